//! Lists to be worked through (N5), the same step for several dossiers (N4), finding by what people say (L1, L3).

use crate::world::{Station, accepted, counted, person};
use chrono::TimeDelta;
use desk::view::WorkList;
use desk::{Desk, DossierId, Error, ErrorCode, EventKind, Status};

fn list(desk: &Desk, kind: WorkList) -> Vec<DossierId> {
    desk.work_list(kind, 100).unwrap().hits.iter().map(|row| row.id).collect()
}

#[test]
fn what_waits_for_papers_is_told_from_what_waits_for_money_or_was_stopped() {
    let (_station, desk) = Station::new();
    let ids: Vec<_> = (1..=4).map(|n| accepted(&desk, n).id).collect();
    for (id, step) in ids.iter().zip([EventKind::SupplementAsked, EventKind::FinanceAsked, EventKind::Stopped]) {
        desk.move_dossier(*id, EventKind::Processing, "").unwrap();
        desk.move_dossier(*id, step, "Chờ").unwrap();
    }
    assert_eq!(list(&desk, WorkList::Supplement), [ids[0]]);
    assert_eq!(list(&desk, WorkList::Paused).len(), 2);
    assert_eq!(list(&desk, WorkList::Waiting).len(), 3);
    assert_eq!(list(&desk, WorkList::Received).len(), 4);
    let counts = desk.list_counts().unwrap();
    assert_eq!((counts.supplement, counts.paused, counts.unsent, counts.received), (1, 2, 4, 4));
    assert_eq!((counts.due_today, counts.overdue, counts.done, counts.twins), (1, 0, 0, 0));
}

/// Received at 08:15 for the same day: the time that is left is working time, and none where nobody works on it.
#[test]
fn the_time_that_is_left_is_working_time() {
    let (station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let left = |desk: &Desk| desk.work_list(WorkList::Received, 100).unwrap().hits[0].left;
    let at_first = left(&desk).unwrap();
    assert!((300..480).contains(&at_first.minutes) && at_first.days == 0, "{at_first:?}");
    station.wall.pass(TimeDelta::hours(1));
    assert_eq!(left(&desk).unwrap().minutes, at_first.minutes - 60);
    station.wall.pass(TimeDelta::hours(8));
    assert!(left(&desk).unwrap().minutes < 0, "past");
    desk.move_dossier(id, EventKind::Processing, "").unwrap();
    desk.move_dossier(id, EventKind::SupplementAsked, "Chờ").unwrap();
    assert_eq!(left(&desk), None, "the time stands still");
}

#[test]
fn several_take_the_same_step_each_for_itself_and_what_cannot_says_why() {
    let (_station, desk) = Station::new();
    let ids: Vec<_> = (1..=3).map(|n| accepted(&desk, n).id).collect();
    let draft = counted(&desk, 9);
    let all = [ids[0], draft, ids[1], ids[2]];
    let moves = desk.bulk_moves(&all).unwrap();
    assert_eq!((moves[0].step, moves[0].dossiers), (EventKind::Processing, 3), "what most may take comes first");
    assert!(matches!(desk.move_many(&all, EventKind::Stopped, " "), Err(Error::ReasonMissing)));
    let bulk = desk.move_many(&all, EventKind::Processing, "").unwrap();
    assert_eq!(bulk.moved, ids);
    let [refused] = &bulk.refused[..] else { panic!("{:?}", bulk.refused) };
    assert_eq!((refused.dossier, refused.error.code), (draft, ErrorCode::DossierState));
    for id in &ids {
        let view = desk.open_dossier(*id).unwrap();
        assert_eq!((view.status, view.history.len()), (Status::Processing, 2), "an event of its own");
    }
    let bulk = desk.move_many(&ids, EventKind::SupplementAsked, "Thiếu bản chính").unwrap();
    assert_eq!((bulk.moved.len(), bulk.refused.len()), (3, 0));
    assert_eq!(desk.open_dossier(ids[2]).unwrap().history.last().unwrap().reason, "Thiếu bản chính");
}

/// L1, L3: nothing of this was sent anywhere.
#[test]
fn a_dossier_is_found_by_day_phone_number_and_words_in_any_mixture() {
    let (station, desk) = Station::new();
    let first = accepted(&desk, 1);
    let id = counted(&desk, 2);
    let form = desk::view::ApplicantForm { phone: "0912 345 678".into(), ..person(2) };
    desk.save_applicant(id, &form).unwrap();
    let second = desk.accept(id).unwrap();
    station.wall.pass(TimeDelta::days(2));
    desk.sign_in("clerk", crate::world::PASSWORD).unwrap();
    let third = accepted(&desk, 3);
    let found = |text: &str| desk.search(text, 9).unwrap().hits.iter().map(|row| row.id).collect::<Vec<_>>();
    for text in ["23/11", "23/11/2026", "mau 23/11", "23/11 nguyen thi"] {
        assert_eq!(found(text), [second.id, first.id], "{text}");
    }
    assert_eq!(found("25/11 nguyen"), [third.id]);
    assert_eq!(found("11/2026").len(), 3);
    assert_eq!(found("24/11"), []);
    for text in ["0912345678", "0912 345 678", "+84 912.345.678", "mau 0912"] {
        assert_eq!(found(text), [second.id], "{text}");
    }
    let code = first.code.unwrap();
    for text in [code.as_str(), &code.to_lowercase(), "261123 0001", "099 1900 00001"] {
        assert_eq!(found(text), [first.id], "{text}");
    }
}

/// L, F1: the code in the corner of a paper leads to its dossier, at every place where one is looked for; what others
/// print leads nowhere (T-52).
#[test]
fn the_code_of_a_paper_opens_its_dossier_and_a_foreign_one_does_nothing() {
    use desk::view::CodeRead;
    let (_station, desk) = Station::new();
    let first = accepted(&desk, 1);
    accepted(&desk, 2);
    let code = first.code.unwrap();
    let text = format!("MC1|{code}|1.001193|099199000001|Giấy tiếp nhận|Hệ thống|2026-11-23T09:15:00+07:00|x");
    for text in [text.clone(), text.to_lowercase(), format!("{text}\r\n{text}")] {
        assert_eq!(desk.read_code(&text).unwrap(), CodeRead::Dossier { id: first.id }, "{text}");
        assert_eq!(desk.find_dossier(&text).unwrap(), first.id);
        let found: Vec<_> = desk.search(&text, 10).unwrap().hits.iter().map(|hit| hit.id).collect();
        assert_eq!(found, [first.id], "and no other: {text}");
    }
    let elsewhere = text.replace(&code, "H98.1-261123-0001");
    assert_eq!(desk.read_code(&elsewhere).unwrap(), CodeRead::Elsewhere { code: "H98.1-261123-0001".into() });
    assert_eq!(desk.find_dossier(&elsewhere).unwrap_err().code().0, ErrorCode::DossierNotFound);
    assert_eq!(desk.read_code("099099000000||NGUYỄN VĂN MẪU|01011999|Nam|x|").unwrap(), CodeRead::Card);
    for text in ["", "||", "https://example.vn/|a|b", "MC1|' OR 1=1|x|y", &format!("MC9|{code}|x")] {
        assert_eq!(desk.read_code(text).unwrap(), CodeRead::Foreign, "{text}");
    }
    desk.sign_out().unwrap();
    assert!(desk.read_code(&text).is_err(), "nobody is signed in");
}
