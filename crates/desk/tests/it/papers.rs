//! Every form of a dossier and of days: when it is there, what it says, what counts as printed again (F4, T-54).

use crate::world::{Station, accepted, counted};
use chrono::TimeDelta;
use desk::view::DossierView;
use desk::{Desk, DossierId, ErrorCode, EventKind, Form};
use devices::{JobState, Media};

/// What poppler reads in a form; none where it is not installed.
pub(crate) fn text(desk: &Desk, form: Form, about: &str) -> Option<String> {
    let bytes = desk.paper_pdf(form, about, None).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &*bytes).unwrap();
    let read =
        std::process::Command::new("pdftotext").args(["-raw".as_ref(), file.path().as_os_str(), "-".as_ref()]).output();
    let read = read.ok()?;
    assert!(read.status.success(), "{form:?}");
    Some(String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a list names the dossier, in a column that may break its code.
fn holds(said: &str, view: &DossierView) -> bool {
    said.replace(' ', "").contains(view.code.as_deref().unwrap())
}

fn nothing(desk: &Desk, form: Form, about: &str) {
    let code = desk.paper_pdf(form, about, None).unwrap_err().code().0;
    assert!(matches!(code, ErrorCode::NothingToPrint | ErrorCode::DossierState), "{form:?}: {code:?}");
}

fn steps(desk: &Desk, id: DossierId, steps: &[(EventKind, &str)]) {
    for (step, reason) in steps {
        desk.move_dossier(id, *step, reason).unwrap();
    }
}

#[test]
fn a_slip_is_there_once_its_step_is_taken_and_gone_once_it_is_taken_back() {
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let about = id.to_string();
    for form in [Form::Supplement, Form::Refusal, Form::Stop, Form::ResultReceipt] {
        nothing(&desk, form, &about);
    }
    steps(&desk, id, &[(EventKind::Processing, ""), (EventKind::SupplementAsked, "Giấy chứng sinh; Giấy ủy quyền")]);
    if let Some(said) = text(&desk, Form::Supplement, &about) {
        for phrase in ["PHIẾU YÊU CẦU BỔ SUNG", "1. Giấy chứng sinh", "2. Giấy ủy quyền", "Nguyễn Thị Mẫu 1"]
        {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    assert_eq!(desk.papers_of(id).unwrap()[0].form, Form::Supplement, "the last step's slip comes first");
    desk.move_dossier(id, EventKind::Undone, "Nhầm hồ sơ").unwrap();
    nothing(&desk, Form::Supplement, &about);
    steps(
        &desk,
        id,
        &[
            (EventKind::Stopped, "Tòa án thụ lý"),
            (EventKind::Processing, ""),
            (EventKind::Done, "Giấy khai sinh số 12"),
        ],
    );
    for (form, phrase) in [
        (Form::Stop, "Tòa án thụ lý"),
        (Form::ResultReceipt, "Giấy khai sinh số 12"),
        (Form::Control, "PHIẾU KIỂM SOÁT"),
        (Form::History, "Dừng giải quyết"),
    ] {
        if let Some(said) = text(&desk, form, &about) {
            assert!(said.contains(phrase), "{form:?} lacks {phrase}: {said}");
        }
    }
    let offered: Vec<Form> = desk.papers_of(id).unwrap().into_iter().map(|offer| offer.form).collect();
    assert_eq!(
        offered,
        [Form::ResultReceipt, Form::Receipt, Form::Stop, Form::Control, Form::History, Form::DueExplanation]
    );
}

#[test]
fn a_refused_draft_has_its_slip_and_no_receipt() {
    let (_station, desk) = Station::new();
    let id = counted(&desk, 1);
    desk.move_dossier(id, EventKind::Refused, "Không thuộc thẩm quyền").unwrap();
    let about = id.to_string();
    if let Some(said) = text(&desk, Form::Refusal, &about) {
        assert!(
            said.contains("không tiếp nhận, giải quyết hồ sơ này") && said.contains("Không thuộc thẩm quyền"),
            "{said}"
        );
    }
    nothing(&desk, Form::Receipt, &about);
    assert_eq!(desk.papers_of(id).unwrap().len(), 1);
}

/// T-54: what was printed is counted for each sheet: another supplement is another sheet, and a print that did not come
/// out counts for none.
#[test]
fn each_sheet_counts_its_own_prints() {
    let (station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let about = id.to_string();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    steps(&desk, id, &[(EventKind::Processing, ""), (EventKind::SupplementAsked, "Giấy ủy quyền")]);
    let print = |form: Form| desk.print_paper(form, &about, None, None);
    assert!(!print(Form::Receipt).unwrap().reprint);
    assert!(!print(Form::Supplement).unwrap().reprint, "the receipt's print is not the slip's");
    assert!(print(Form::Supplement).unwrap().reprint);
    if let Some(said) = text(&desk, Form::Supplement, &about) {
        assert!(said.contains("BẢN IN LẠI lần 2"), "{said}");
    }
    steps(&desk, id, &[(EventKind::Processing, ""), (EventKind::SupplementAsked, "Bản sao hộ khẩu")]);
    assert!(!desk.paper(Form::Supplement, &about, None).unwrap().reprint, "another request is another sheet");
    *station.press.outcome.lock().unwrap() = Some(JobState::Failed { reason: "media-empty".into() });
    assert_eq!(print(Form::Supplement).unwrap_err().code().0, ErrorCode::PrintFailed);
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    assert!(!print(Form::Supplement).unwrap().reprint, "the paper was out: nothing had come out");
    print(Form::Control).unwrap();
    let jobs = station.press.jobs.lock().unwrap();
    assert_eq!(jobs.last().unwrap().1.media, Media::A4, "the control slip asks for A4");
    for (_, request) in &*jobs {
        assert!(!request.title.contains(&about) && !request.title.contains("Mẫu"), "the queue is read by others");
    }
}

#[test]
fn the_days_list_holds_what_was_received_and_a_longer_one_is_no_reprint() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let (first, second) = (accepted(&desk, 1), accepted(&desk, 2));
    steps(&desk, second.id, &[(EventKind::Withdrawn, "Người nộp rút")]);
    let said = text(&desk, Form::Handover, "today");
    if let Some(said) = &said {
        assert!(said.contains("Hồ sơ tiếp nhận ngày 23/11/2026") && holds(said, &first), "{said}");
        assert!(!holds(said, &second), "what was withdrawn goes nowhere");
    }
    assert!(!desk.print_paper(Form::Handover, "today", None, None).unwrap().reprint);
    assert!(desk.print_paper(Form::Handover, "2026-11-23", None, None).unwrap().reprint, "the same day by its date");
    let third = accepted(&desk, 3);
    assert!(!desk.paper(Form::Handover, "today", None).unwrap().reprint, "it holds one more dossier now");
    let chosen = format!("{},{}", third.id, first.code.unwrap());
    if let Some(said) = text(&desk, Form::Handover, &chosen) {
        assert!(said.contains("Số lượng hồ sơ: 02"), "{said}");
    }
    station.wall.pass(TimeDelta::days(1));
    if let Some(said) = text(&desk, Form::Handover, "today") {
        assert!(said.contains("Số lượng hồ sơ: 0"), "{said}");
    }
    steps(&desk, first.id, &[(EventKind::Processing, ""), (EventKind::Done, "Giấy khai sinh")]);
    if let Some(said) = text(&desk, Form::HandoverResults, "today") {
        assert!(said.contains("Giấy khai sinh") && said.contains("Số lượng hồ sơ: 01"), "{said}");
    }
    assert_eq!(
        desk.paper_pdf(Form::Handover, "2026-12-01..2026-11-01", None).unwrap_err().code().0,
        ErrorCode::BadInput
    );
}

/// F5: a list is printed as it stands on the screen, and so is what was looked for.
#[test]
fn what_is_on_the_screen_is_what_is_listed() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let (first, second) = (accepted(&desk, 1), accepted(&desk, 2));
    steps(&desk, second.id, &[(EventKind::Processing, ""), (EventKind::SupplementAsked, "Giấy ủy quyền")]);
    let search = format!("search:{}", first.code.clone().unwrap());
    let search = search.as_str();
    for (about, phrase, has) in [
        ("list:supplement", "Hồ sơ chờ bổ sung", [false, true]),
        ("list:received", "Hồ sơ tiếp nhận trong ngày", [true, true]),
        ("list:overdue", "Số lượng hồ sơ: 0", [false, false]),
        (search, "Tìm theo “", [true, false]),
        ("today", "Hồ sơ tiếp nhận ngày 23/11/2026", [true, true]),
        ("month", "Hồ sơ tiếp nhận tháng 11/2026", [true, true]),
    ] {
        let Some(said) = text(&desk, Form::DossierList, about) else { return };
        assert!(said.contains(phrase), "{about}: {said}");
        assert_eq!([&first, &second].map(|view| holds(&said, view)), has, "{about}: {said}");
    }
    if let Some(said) = text(&desk, Form::Handover, "list:supplement") {
        assert!(holds(&said, &second) && !holds(&said, &first), "{said}");
    }
    assert!(!desk.print_paper(Form::DossierList, search, None, None).unwrap().reprint);
    assert!(desk.print_paper(Form::DossierList, search, None, None).unwrap().reprint);
    for bad in ["list:", "list:nothing", "list:../x"] {
        assert_eq!(desk.paper_pdf(Form::DossierList, bad, None).unwrap_err().code().0, ErrorCode::BadInput, "{bad}");
    }
}

/// D§2.1: numbers go on through the whole year, also over the months that are printed one by one, and begin anew with
/// the next.
#[test]
fn the_books_numbers_go_on_through_the_year() {
    let (station, desk) = Station::new();
    for n in 1..=3 {
        accepted(&desk, n);
    }
    station.wall.pass(TimeDelta::days(14));
    let december = accepted(&desk, 4);
    station.wall.pass(TimeDelta::days(28));
    let january = accepted(&desk, 5);
    let number = |view: &DossierView, period: &str| {
        let said = text(&desk, Form::TrackingBook, period)?;
        // The code stands right after the number; in its narrow column it may be broken.
        assert!(holds(&said, view), "{said}");
        let day = &view.code.as_ref().unwrap()[..12];
        let (before, _) = said.split_once(day).unwrap();
        Some(before.split_whitespace().last().unwrap().to_owned())
    };
    if let (Some(fourth), Some(first)) = (number(&december, "2026-12"), number(&january, "2027")) {
        assert_eq!((fourth.as_str(), first.as_str()), ("04", "01"));
    }
}

#[test]
fn a_sheet_shown_before_midnight_is_drawn_anew_the_day_after() {
    let (station, desk) = Station::new();
    let about = accepted(&desk, 1).id.to_string();
    let shown = desk.paper_pdf(Form::Control, &about, None).unwrap();
    station.wall.pass(TimeDelta::hours(2));
    assert!(shown == desk.paper_pdf(Form::Control, &about, None).unwrap(), "what was shown is what is printed");
    station.wall.pass(TimeDelta::days(1));
    assert!(shown != desk.paper_pdf(Form::Control, &about, None).unwrap(), "its date would be yesterday's");
}

/// NĐ 61/2018 art 19.9: whoever is put off is written to, with what was promised, why, and the new date; the form is the
/// head's to sign. It goes with its step, and a date that was brought forward is no matter for an apology.
#[test]
fn whoever_is_put_off_is_written_an_apology_with_both_dates() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let id = accepted(&desk, 1).id;
    let about = id.to_string();
    nothing(&desk, Form::Apology, &about);
    assert!(desk.appoint_on(id, "2026-11-26", "09:00", "Chờ xác minh").is_err(), "a clerk appoints nothing");
    desk.sign_out().unwrap();
    desk.sign_in("supervisor", crate::world::PASSWORD).unwrap();
    desk.appoint_on(id, "2026-11-26", "09:00", "Chờ kết quả xác minh").unwrap();
    assert_eq!(desk.papers_of(id).unwrap()[0].form, Form::Apology, "it belongs to the last step");
    if let Some(said) = text(&desk, Form::Apology, &about) {
        for phrase in [
            "VĂN BẢN XIN LỖI",
            "Nguyễn Thị Mẫu 1",
            "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
            "lý do: Chờ kết quả xác minh",
            "09 giờ 00 phút, ngày 26 tháng 11 năm 2026",
            "THỦ TRƯỞNG CƠ QUAN",
        ] {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    assert!(!desk.print_paper(Form::Apology, &about, None, None).unwrap().reprint);
    desk.appoint_on(id, "2026-11-27", "09:00", "Vẫn chờ").unwrap();
    if let Some(said) = text(&desk, Form::Apology, &about) {
        assert!(said.contains("Thời gian hẹn trả kết quả: 09 giờ 00 phút, ngày 26 tháng 11 năm 2026"), "{said}");
    }
    assert!(!desk.paper(Form::Apology, &about, None).unwrap().reprint, "another date is another letter");
    desk.move_dossier(id, EventKind::Undone, "Nhầm").unwrap();
    assert!(desk.paper(Form::Apology, &about, None).unwrap().reprint, "the first one again");
    desk.appoint_on(id, "2026-11-25", "09:00", "Xong sớm").unwrap();
    nothing(&desk, Form::Apology, &about);
}

/// K3: the sheets that part a scan, for a draft as for a received dossier; another station takes none of them.
#[test]
fn cover_sheets_lead_back_to_their_component_at_this_station_alone() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let id = counted(&desk, 1);
    let about = id.to_string();
    let view = desk.open_dossier(id).unwrap();
    let papers = view.components.iter().filter(|one| one.originals > 0).count();
    let offered = |desk: &Desk| desk.papers_of(id).unwrap().iter().any(|offer| offer.form == Form::CoverSheet);
    assert!(offered(&desk), "a draft is scanned too");
    let all = desk.paper(Form::CoverSheet, &about, None).unwrap();
    assert!(all.pages as usize >= papers && papers > 0, "{all:?}");
    assert_eq!(desk.paper(Form::CoverSheet, &format!("{about}:2"), None).unwrap().pages, 1);
    nothing(&desk, Form::CoverSheet, &format!("{about}:99"));
    assert_eq!(
        desk.paper_pdf(Form::CoverSheet, &format!("{about}:x"), None).unwrap_err().code().0,
        ErrorCode::BadInput
    );
    assert!(!desk.print_paper(Form::CoverSheet, &about, None, None).unwrap().reprint);
    assert_eq!(station.press.jobs.lock().unwrap()[0].1.media, Media::A4);

    let Some(codes) = codes(&desk.paper_pdf(Form::CoverSheet, &format!("{about}:2"), None).unwrap()) else { return };
    let (_other, elsewhere) = Station::new();
    for code in codes {
        let said = desk.read_separator(&code).unwrap().unwrap();
        assert_eq!((said.dossier, said.component), (id, 2));
        assert!(elsewhere.read_separator(&code).unwrap().is_err(), "it was not printed there");
    }
    assert!(desk.read_separator("MC1|H99.1-261123-0001|x|y").unwrap().is_err());
}

/// What zbar reads off the first page; none where it is not installed.
fn codes(pdf: &[u8]) -> Option<Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sheet.pdf");
    std::fs::write(&path, pdf).unwrap();
    let mut draw = std::process::Command::new("pdftoppm");
    draw.args(["-r", "150", "-gray", "-singlefile"]).arg(&path).arg(dir.path().join("sheet"));
    assert!(draw.status().ok()?.success());
    let mut read = std::process::Command::new("zbarimg");
    let read = read.args(["-q", "--raw"]).arg(dir.path().join("sheet.pgm")).output().ok()?;
    let texts: Vec<String> = String::from_utf8(read.stdout).unwrap().lines().map(str::to_owned).collect();
    assert!(!texts.is_empty(), "nothing is read");
    Some(texts)
}

/// D§2.3: one receipt for all, beside the single ones; it counts its own reprints, and a bundle that grew is another sheet.
#[test]
fn the_dossiers_of_a_visit_have_one_receipt_with_a_list() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let first = accepted(&desk, 1);
    let about = first.id.to_string();
    nothing(&desk, Form::VisitReceipt, &about);
    let accept_next = |procedure: &str| {
        let id = desk.next_in_visit(first.id).unwrap().id;
        desk.choose_procedure(id, procedure, None).unwrap();
        for component in [1, 2] {
            let counts = desk::view::PaperCounts { originals: 1, ..Default::default() };
            desk.set_papers(id, component, counts).unwrap();
        }
        desk.accept(id).unwrap()
    };
    let second = accept_next(crate::world::BIRTH);
    let offered: Vec<Form> = desk.papers_of(second.id).unwrap().into_iter().map(|offer| offer.form).collect();
    assert_eq!(offered[..2], [Form::Receipt, Form::VisitReceipt]);
    if let Some(said) = text(&desk, Form::VisitReceipt, &about) {
        for phrase in ["02 (kèm theo danh sách)", "BIÊN BẢN GIAO NHẬN HỒ SƠ", "đăng ký khai sinh", "Nguyễn Thị Mẫu 1"]
        {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
        assert!(holds(&said, &first) && holds(&said, &second), "{said}");
    }
    desk.print_paper(Form::VisitReceipt, &about, None, None).unwrap();
    assert!(
        desk.paper(Form::VisitReceipt, &second.id.to_string(), None).unwrap().reprint,
        "the same sheet, whoever asks"
    );
    assert!(!desk.paper(Form::Receipt, &about, None).unwrap().reprint);
}
