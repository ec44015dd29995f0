//! What happens to a dossier after it was received: every step is kept, sent, explained, and can be taken back.

use crate::capital::Capital;
use crate::world::{BIRTH, PASSWORD, Station, accepted, draft, enroll};
use desk::view::{DossierView, PaperCounts, WorkList};
use desk::{DossierId, Error, ErrorCode, EventKind, Status, SupplementRule};

fn offered(view: &DossierView) -> Vec<EventKind> {
    view.moves.iter().map(|step| step.step).collect()
}

/// T-41, T-45: the steps follow the acceptance in their order, and the central system works out the same status.
#[tokio::test(flavor = "multi_thread")]
async fn every_step_reaches_the_central_system_in_its_order() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    for (step, reason) in [
        (EventKind::Processing, ""),
        (EventKind::SupplementAsked, "Thiếu giấy chứng sinh"),
        (EventKind::Processing, ""),
        (EventKind::Done, ""),
        (EventKind::Undone, "Bấm nhầm"),
        (EventKind::Done, ""),
        (EventKind::Returned, ""),
    ] {
        desk.move_dossier(id, step, reason).unwrap();
    }
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(view.status, Status::Returned);
    assert_eq!(view.history.len(), 8);
    assert_eq!(view.history[2].reason, "Thiếu giấy chứng sinh");
    assert!(view.history.iter().all(|entry| !entry.by.is_empty() && entry.at.ends_with("+07:00")));

    enroll(&desk, &capital, &capital.url()).await;
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.accepted, run.blocked), (8, 0), "a provisional code first, and then the steps under it");
    assert!(!desk.open_dossier(id).unwrap().provisional);
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
}

/// What is offered can be done; what is not offered is refused and leaves nothing.
#[test]
fn what_is_not_offered_is_refused() {
    let (_station, desk) = Station::new();
    let view = accepted(&desk, 1);
    assert_eq!(offered(&view), [EventKind::Processing, EventKind::Withdrawn]);
    for step in EventKind::ALL {
        if offered(&view).contains(&step) {
            continue;
        }
        let error = desk.move_dossier(view.id, step, "Lý do").unwrap_err();
        assert!(matches!(error.code().0, ErrorCode::DossierState | ErrorCode::BadInput), "{step:?}: {error:?}");
    }
    let after = desk.open_dossier(view.id).unwrap();
    assert_eq!((after.status, after.history.len()), (Status::Received, 1));
}

#[test]
fn a_reason_is_asked_for_where_the_slip_names_it() {
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    let error = desk.move_dossier(id, EventKind::Withdrawn, "  \n ").unwrap_err();
    assert!(matches!(error, Error::ReasonMissing));
    let view = desk.move_dossier(id, EventKind::Withdrawn, " Công dân\nxin rút ").unwrap();
    assert_eq!((view.status, view.history[1].reason.as_str()), (Status::Withdrawn, "Công dân xin rút"));
    assert_eq!(offered(&view), [EventKind::Undone], "the only way back is to take it back");
}

/// D§2.5: a refusal names the person and the procedure; the papers need not be complete.
#[test]
fn a_draft_is_refused_with_a_reason_and_comes_back_when_that_was_wrong() {
    let (_station, desk) = Station::new();
    let empty = desk.new_dossier().unwrap().id;
    let missing = desk.move_dossier(empty, EventKind::Refused, "Sai thẩm quyền").unwrap_err();
    assert_eq!(missing.code().0, ErrorCode::NotReady);
    let id: DossierId = draft(&desk, 1);
    let view = desk.move_dossier(id, EventKind::Refused, "Sai thẩm quyền").unwrap();
    assert_eq!(view.status, Status::Refused);
    assert_eq!(desk.outbox().unwrap().len(), 0, "it never had a code, so that nobody elsewhere knows it");
    assert_eq!(desk.save_note(id, "x").unwrap_err().code().0, ErrorCode::DossierClosed);
    let view = desk.move_dossier(id, EventKind::Undone, "Xem lại: đúng thẩm quyền").unwrap();
    assert_eq!(view.status, Status::Draft);
    desk.save_note(id, "Đã xem lại").unwrap();
}

/// D§0.7: by law the limit starts anew when the papers are complete; an office that adds the wait back says so once.
#[tokio::test(flavor = "multi_thread")]
async fn a_supplement_moves_the_appointment_and_the_central_system_hears_of_it() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let id = draft(&desk, 1);
    desk.choose_procedure(id, BIRTH, None).unwrap();
    for component in [1, 2] {
        desk.set_papers(id, component, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    }
    let due = |view: &DossierView| view.due.as_ref().unwrap().due.clone();
    let first = desk.accept(id).unwrap();
    assert!(first.due.as_ref().unwrap().waits.is_none(), "nothing was waited for");
    let handled = desk.move_dossier(id, EventKind::Processing, "").unwrap();
    assert_eq!(due(&handled), due(&first), "what was printed stands");
    let asked = desk.move_dossier(id, EventKind::SupplementAsked, "Thiếu giấy chứng sinh").unwrap();
    assert!(asked.due.as_ref().unwrap().waits.as_ref().unwrap().since.is_some());
    station.wall.pass(chrono::TimeDelta::days(2));
    desk.sign_in("clerk", PASSWORD).unwrap();
    let back = desk.move_dossier(id, EventKind::Processing, "").unwrap();
    let waits = back.due.as_ref().unwrap().waits.clone().unwrap();
    assert_eq!((due(&back), waits.requests), (waits.restarted.clone(), 1));
    assert!(due(&back) > due(&first) && waits.added_back > due(&first));
    let undone = desk.move_dossier(id, EventKind::Undone, "Giấy chưa đủ").unwrap();
    assert_eq!(due(&undone), due(&first), "it waits still");
    assert!(matches!(desk.set_supplement_rule(SupplementRule::AddBack), Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_supplement_rule(SupplementRule::AddBack).unwrap();
    let again = desk.move_dossier(id, EventKind::Processing, "").unwrap();
    let waits = again.due.as_ref().unwrap().waits.clone().unwrap();
    assert_eq!(due(&again), waits.added_back);
    assert_eq!(desk.sync_now().await.unwrap().accepted, 6);
}

/// L1: what is to be worked through, what is most pressing first, and nothing twice.
#[test]
fn the_lists_hold_what_their_names_say() {
    let (station, desk) = Station::new();
    let ids: Vec<DossierId> = (1..=4).map(|n| accepted(&desk, n).id).collect();
    let list = |kind| -> Vec<DossierId> { desk.work_list(kind, 100).unwrap().hits.iter().map(|row| row.id).collect() };
    assert_eq!(list(WorkList::DueToday).len(), 4, "a marriage is registered the same day");
    assert_eq!(list(WorkList::Unsent), ids.iter().rev().copied().collect::<Vec<_>>());
    desk.move_dossier(ids[0], EventKind::Processing, "").unwrap();
    desk.move_dossier(ids[0], EventKind::SupplementAsked, "Thiếu giấy").unwrap();
    desk.move_dossier(ids[1], EventKind::Processing, "").unwrap();
    desk.move_dossier(ids[1], EventKind::Done, "").unwrap();
    assert_eq!((list(WorkList::Waiting), list(WorkList::Done)), (vec![ids[0]], vec![ids[1]]));
    assert_eq!((list(WorkList::DueToday), list(WorkList::Overdue)), (vec![ids[2], ids[3]], vec![]));
    station.wall.pass(chrono::TimeDelta::days(1));
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert_eq!((list(WorkList::DueToday), list(WorkList::Overdue)), (vec![], vec![ids[2], ids[3]]));
}

/// Who may do what is data, and what a role may not do is not offered to it either.
#[test]
fn a_reader_moves_nothing() {
    let (_station, desk) = Station::new();
    let id = accepted(&desk, 1).id;
    desk.sign_in("postal", PASSWORD).unwrap();
    let view = desk.open_dossier(id).unwrap();
    assert!(view.moves.is_empty(), "{:?}", view.moves);
    assert!(matches!(desk.move_dossier(id, EventKind::Processing, ""), Err(Error::NotAllowed)));
}
