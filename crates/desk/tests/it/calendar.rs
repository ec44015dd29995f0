//! The working calendar of an office and what follows from it: local days, files, agencies, dates set by hand, dates counted
//! anew; each with its reason, each to be taken back, nothing silent.

use crate::capital::Capital;
use crate::world::{MARRIAGE, PASSWORD, Station, draft, enroll};
use chrono::{DateTime, FixedOffset};
use desk::view::{DossierView, NewCalendarDay, PaperCounts, SessionView};
use desk::{Desk, DossierId, Error, ErrorCode, EventKind, Form};
use domain::calendar::SpecialKind;
use domain::deadline::{ChangeKind, DayKind, Why};

/// Received on Monday the 23rd with five working days, of which the 24th is none: due on the first of December.
fn owed(desk: &Desk, n: u32) -> DossierView {
    let id = draft(desk, n);
    desk.choose_procedure(id, MARRIAGE, Some("xac-minh")).unwrap();
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    desk.accept(id).unwrap()
}

fn due(view: &DossierView) -> String {
    view.due.as_ref().unwrap().due.chars().take(16).collect()
}

fn opened(desk: &Desk, id: DossierId) -> DossierView {
    desk.open_dossier(id).unwrap()
}

fn day(date: &str, kind: SpecialKind) -> NewCalendarDay {
    NewCalendarDay {
        agency: None,
        date: date.into(),
        kind,
        name: "Mất điện toàn xã".into(),
        hours: Vec::new(),
        reason: "Công văn số 12 của Ủy ban nhân dân xã".into(),
    }
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
}

/// D2, D7: a day off moves no promised date by itself; it is offered, applied as a step with its reason, and taken back.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_day_off_moves_dates_only_where_somebody_says_so() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let id = owed(&desk, 1).id;
    assert_eq!(due(&opened(&desk, id)), "2026-12-01T08:15");
    assert!(matches!(desk.set_calendar_day(&day("2026-11-27", SpecialKind::Closed)), Err(Error::NotAllowed)));

    desk.sign_in("supervisor", PASSWORD).unwrap();
    let month = desk.set_calendar_day(&day("2026-11-27", SpecialKind::Closed)).unwrap();
    let friday = month.days.iter().find(|day| day.date == "2026-11-27").unwrap();
    assert_eq!(
        (friday.works, friday.kind, friday.name.as_str()),
        (false, Some(SpecialKind::Closed), "Mất điện toàn xã")
    );
    assert_eq!(due(&opened(&desk, id)), "2026-12-01T08:15", "what was printed stands");
    let moved = desk.moved_appointments().unwrap();
    let told: Vec<_> = moved.dossiers.iter().map(|one| (one.id, &one.before[..10], &one.after[..10])).collect();
    assert_eq!((moved.total, told), (1, vec![(id, "2026-12-01", "2026-12-02")]));
    assert!(matches!(desk.correct_appointments(&[], " "), Err(Error::ReasonMissing)));
    let done = desk.correct_appointments(&[id], "Lịch làm việc thay đổi").unwrap();
    assert_eq!((done.corrected, done.skipped), (1, 0));
    assert_eq!(desk.correct_appointments(&[id], "Lần nữa").unwrap().skipped, 1, "it stands already");
    let view = opened(&desk, id);
    let told = view.due.clone().unwrap();
    let changed = told.changed.unwrap();
    assert_eq!(
        (due(&view), changed.kind, &changed.before[..10]),
        ("2026-12-02T08:15".into(), ChangeKind::Corrected, "2026-12-01")
    );
    assert!(told.days.iter().any(|day| day.kind == DayKind::Closed && day.note == "Mất điện toàn xã"));
    let last = view.history.last().unwrap();
    assert_eq!((last.step, last.reason.as_str()), (EventKind::Corrected, "Lịch làm việc thay đổi"));
    assert_eq!(desk.moved_appointments().unwrap().total, 0);

    // Taken back on both sides: the day, and the correction.
    let change = friday.change.clone().unwrap();
    desk.undo_calendar_change(&change, "Có điện lại").unwrap();
    assert!(matches!(desk.undo_calendar_change(&change, "Lần nữa"), Err(Error::CalendarChangeNotFound)));
    assert_eq!(desk.moved_appointments().unwrap().total, 1);
    let back = desk.move_dossier(id, EventKind::Undone, "Có điện lại").unwrap();
    assert_eq!((due(&back), back.due.unwrap().changed), ("2026-12-01T08:15".into(), None));
    assert_eq!(desk.moved_appointments().unwrap().total, 0);
    let changes = desk.calendar_view("2026-11", None).unwrap().changes;
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].undone.as_deref(), changes[0].by.is_empty()), (Some("Có điện lại"), false));
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.accepted, run.blocked), (3, 0), "received, corrected, taken back");
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
}

/// D2: another date by hand, for a reason, by who may; both dates stay to be seen; the central system hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_date_appointed_by_hand_carries_its_reason() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let id = owed(&desk, 1).id;
    let may = |view: &DossierView| view.due.as_ref().unwrap().may_appoint;
    assert!(!may(&opened(&desk, id)));
    let hand = "Chờ kết quả xác minh của xã khác";
    assert!(matches!(desk.appoint(id, at("2026-12-08T16:00"), hand), Err(Error::NotAllowed)));

    desk.sign_in("supervisor", PASSWORD).unwrap();
    assert!(may(&opened(&desk, id)));
    for (time, code) in [
        ("2026-11-20T09:00", ErrorCode::AppointmentTime),
        ("2056-11-20T09:00", ErrorCode::AppointmentTime),
        ("2026-12-08T12:00", ErrorCode::AppointmentClosed),
        ("2026-12-06T09:00", ErrorCode::AppointmentClosed),
        ("2026-12-01T08:15", ErrorCode::AppointmentSame),
    ] {
        assert_eq!(desk.appoint(id, at(time), hand).unwrap_err().code().0, code, "{time}");
    }
    assert!(matches!(desk.appoint(id, at("2026-12-08T16:00"), "\n "), Err(Error::ReasonMissing)));
    assert_eq!(opened(&desk, id).history.len(), 1, "nothing was left by what was refused");

    let view = desk.appoint(id, at("2026-12-08T16:00"), hand).unwrap();
    let told = view.due.clone().unwrap();
    let changed = told.changed.unwrap();
    assert_eq!(
        (due(&view).as_str(), &changed.before[..10], changed.reason.as_str()),
        ("2026-12-08T16:00", "2026-12-01", hand)
    );
    let last = told.days.last().unwrap();
    assert!(last.date == "2026-12-08" && last.why.contains(&Why::Appointed));
    assert_eq!(told.reappointed, 1);
    assert!(!told.late_to_put_off, "art 19.9: more than a day is left for the apology");
    // D5, D6: what is printed names both dates and the reason.
    let about = id.to_string();
    for form in [Form::Receipt, Form::DueExplanation, Form::Apology] {
        assert!(desk.papers_of(id).unwrap().iter().any(|offer| offer.form == form), "{form:?}");
        let Some(said) = crate::papers::text(&desk, form, &about) else { continue };
        for phrase in ["ngày 01 tháng 12 năm 2026", "16 giờ 00 phút, ngày 08 tháng 12 năm 2026", hand] {
            assert!(said.contains(phrase), "{form:?} lacks {phrase}: {said}");
        }
    }
    // A calendar that changes leaves alone what somebody appointed.
    desk.set_calendar_day(&day("2026-11-27", SpecialKind::Closed)).unwrap();
    assert_eq!(desk.moved_appointments().unwrap().total, 0);
    // A supplement under the rule that adds back goes on from the appointed date.
    desk.set_supplement_rule(desk::SupplementRule::AddBack).unwrap();
    desk.move_dossier(id, EventKind::Processing, "").unwrap();
    desk.move_dossier(id, EventKind::SupplementAsked, "Thiếu giấy").unwrap();
    let again = desk.move_dossier(id, EventKind::Processing, "").unwrap();
    assert_eq!((due(&again).as_str(), again.due.unwrap().changed.is_some()), ("2026-12-08T16:00", true));
    assert_eq!(desk.sync_now().await.unwrap().accepted, 5);
}

/// A calendar is data: it goes out as a file and comes in as one; a wrong one changes nothing.
#[test]
fn a_calendar_goes_out_and_comes_in_as_a_file() {
    let (station, desk) = Station::new();
    let file = desk.export_calendar().unwrap();
    assert!(matches!(desk.import_calendar(&file, "Thử"), Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    for (text, code) in [
        ("{", ErrorCode::BadCalendarFile),
        (&file.replace("420", "480"), ErrorCode::BadCalendarFile),
        (&file.replace("\"17:00\"", "\"13:00\""), ErrorCode::BadCalendarFile),
    ] {
        assert_eq!(desk.import_calendar(text, "Thử").unwrap_err().code().0, code);
    }
    assert!(!desk.calendar_view("2027-02", None).unwrap().confirmed);
    let year = "\"year\": 2027,\n      \"confirmed\": false";
    assert!(file.contains(year));
    let published = file.replace(year, &year.replace("false", "true"));
    desk.set_calendar_day(&day("2026-11-28", SpecialKind::MakeUp)).unwrap();
    let id = owed(&desk, 1).id;
    let far = desk.appoint(id, at("2027-01-06T09:00"), "Chờ kết quả xác minh").unwrap();
    assert!(!far.due.unwrap().confirmed, "counted by a computed year");
    desk.import_calendar(&published, "Thông báo lịch nghỉ năm 2027").unwrap();
    assert!(desk.calendar_view("2027-02", None).unwrap().confirmed);
    assert!(opened(&desk, id).due.unwrap().confirmed, "once it is published the mark goes, here and on paper");
    let desk = station.reopen(desk);
    let month = desk.calendar_view("2026-11", None).unwrap();
    assert!(month.days[27].works, "the office's own make-up Saturday stands over the file");
    assert!(month.years.iter().any(|year| year.year == 2027 && year.confirmed));
    assert_eq!(month.changes.len(), 2);
    assert!(desk.export_calendar().unwrap().contains("2026-11-28"));
    assert!(matches!(desk.calendar_view("2026-13", None), Err(Error::BadInput("month"))));
    assert!(matches!(desk.calendar_view("", Some("x")), Err(Error::BadInput("agency"))));
}

/// D§4.2: what goes to an agency that works on Saturday mornings is due by that agency's calendar.
#[test]
fn a_procedure_goes_by_the_calendar_of_its_agency() {
    let (_station, desk) = Station::new();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&desk.export_calendar().unwrap()).unwrap();
    let mut week = file["week"].clone();
    week["sat"] = serde_json::json!([["07:00", "11:30"]]);
    file["agencies"] = serde_json::json!([{
        "id": "cong-an-xa", "name": "Công an xã An Mẫu", "week": week,
        "applies_to": [{"procedure": MARRIAGE, "case": "xac-minh"}],
    }]);
    desk.import_calendar(&file.to_string(), "Lịch trực của công an xã").unwrap();
    let view = owed(&desk, 1);
    let told = view.due.clone().unwrap();
    assert_eq!((due(&view).as_str(), told.agency.as_deref()), ("2026-11-30T08:15", Some("Công an xã An Mẫu")));
    assert!(told.days.iter().any(|day| day.kind == DayKind::HalfDay && day.date == "2026-11-28"));
    let mut hours = day("2026-11-30", SpecialKind::Hours);
    hours.agency = Some("cong-an-xa".into());
    hours.hours = vec![SessionView { opens: "13:30".into(), closes: "17:00".into() }];
    let month = desk.set_calendar_day(&hours).unwrap();
    assert_eq!(month.days[29].hours, hours.hours);
    assert!(desk.calendar_view("2026-11", None).unwrap().days[29].hours.len() == 2, "the counter works as ever");
    assert_eq!(desk.moved_appointments().unwrap().total, 1, "due at half past one instead");
    assert!(matches!(desk.set_calendar_day(&hours), Err(Error::CalendarSame)));
    hours.hours[0].closes = "12:00".into();
    assert_eq!(desk.set_calendar_day(&hours).unwrap_err().code().0, ErrorCode::BadCalendarFile);
    hours.date = "2066-01-01".into();
    assert!(desk.set_calendar_day(&hours).is_err());
}

/// D4: a case of the training catalogue has stages; each has a time until which it has to be done, and paper tells them.
#[test]
fn stages_are_told_beside_the_published_limit() {
    let (_station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &crate::world::person(1)).unwrap();
    desk.choose_procedure(id, "2.000908", None).unwrap();
    let view = desk.accept(id).unwrap();
    let told: Vec<String> = view.due.clone().unwrap().stages.iter().map(|stage| stage.due[..16].to_owned()).collect();
    // Two hours from a quarter past eight, three more over noon; the 24th is a holiday.
    assert_eq!(told, ["2026-11-23T10:15", "2026-11-23T15:15", "2026-11-25T07:15", "2026-11-25T08:15"]);
    assert_eq!(due(&view), "2026-11-25T08:15");
    let Some(said) = crate::papers::text(&desk, Form::DueExplanation, &id.to_string()) else { return };
    for phrase in
        ["24/11/2026 Nghỉ lễ, không tính; Ngày Văn hóa Việt Nam", "Tra sổ gốc, lập bản sao", "15:15 23/11/2026"]
    {
        assert!(said.contains(phrase), "{phrase}: {said}");
    }
}
