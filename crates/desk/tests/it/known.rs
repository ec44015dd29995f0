//! People and papers known from before (B5), and the queue for the population database (B3, B4, T-53).

use crate::world::*;
use desk::view::PaperCounts;
use desk::{Desk, DossierId, ErrorCode, Seat};
use domain::identity::{CheckFault, CheckState};

fn accepted(station: &Station, desk: &Desk, n: u32) -> DossierId {
    let id = draft(desk, n);
    let path = station.papers().join(format!("to-khai-{n}.jpg"));
    std::fs::write(&path, crate::samples::jpeg(n)).unwrap();
    let outcome = desk.import_files(id, 1, &[path], &mut |_| {}).unwrap();
    assert_eq!(outcome.kept, 1);
    desk.accept(id).unwrap();
    id
}

// B5
#[test]
fn a_paper_is_offered_again_only_with_consent_and_shows_the_same_bytes() {
    let (station, desk) = Station::new();
    let desk = &desk;
    let first = accepted(&station, desk, 1);
    let code = desk.open_dossier(first).unwrap().code.unwrap();
    let id = draft(desk, 1);
    let known = desk.known(id, Seat::Owner).unwrap();
    assert_eq!((known.consent, known.dossiers.len()), (None, 1));
    assert_eq!((known.contact, known.papers.len()), (None, 0), "nothing is offered before anybody was asked");
    assert_eq!(desk.reuse_paper(id, 1, first, 1).unwrap_err().code().0, ErrorCode::NotOffered);
    let known = desk.set_consent(id, Seat::Owner, true).unwrap();
    assert_eq!(known.contact.unwrap().form.address, "Thôn 1, xã An Mẫu");
    let paper = &known.papers[0];
    assert_eq!((paper.dossier, paper.code.as_str(), paper.pages, paper.fits), (first, code.as_str(), 1, Some(1)));
    let view = desk.reuse_paper(id, 1, first, 1).unwrap();
    let page = &view.components[0].pages[0];
    assert_eq!((page.reused, page.source.as_str()), (true, code.as_str()), "the page says where it is from");
    assert!(view.components[0].digitized, "its PDF is made");
    let view = desk.accept_twice(id, "lần nộp khác").unwrap();
    let part = &view.components[0];
    assert_eq!((part.originals, part.copies, part.certified), (0, 0, 0), "no sheet was handed in");
    assert_eq!(desk.known(id, Seat::Owner).unwrap().dossiers.len(), 1, "the dossier itself is none from before");
    // Another person's draft gets none of it.
    let other = draft(desk, 2);
    desk.set_consent(other, Seat::Owner, true).unwrap();
    assert_eq!(desk.reuse_paper(other, 1, first, 1).unwrap_err().code().0, ErrorCode::NotOffered);
    desk.set_consent(draft(desk, 1), Seat::Owner, false).unwrap();
    assert!(desk.known(draft(desk, 1), Seat::Owner).unwrap().papers.is_empty(), "and a no takes it back");
}

// T-53
#[test]
fn a_register_that_is_down_leaves_the_badge_and_a_person_can_tick_it_off() {
    let (_station, desk) = Station::new();
    let desk = &desk;
    let id = draft(desk, 1);
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let set = desk.set_population(&format!("http://{nobody}"));
    let view = desk.accept(id).unwrap();
    assert_eq!(view.identity[0].state, CheckState::Unchecked, "accepted without anybody having answered");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert_eq!(runtime.block_on(desk.check_people()).unwrap(), 0);
    if set.is_ok() {
        let view = desk.open_dossier(id).unwrap();
        assert_eq!(view.identity[0].fault, Some(CheckFault::Unreachable));
        assert!(view.identity[0].next.is_some(), "it is asked again later");
    }
    let listed = || desk.work_list(desk::view::WorkList::Unchecked, 50).unwrap().hits;
    assert!(listed().iter().any(|hit| hit.id == id && hit.unchecked));
    assert_eq!(desk.confirm_identity(id, Seat::Owner, " ").unwrap_err().code().0, ErrorCode::ReasonMissing);
    let view = desk.confirm_identity(id, Seat::Owner, "Đã tra trên máy của công an xã").unwrap();
    assert_eq!(view.identity[0].state, CheckState::Confirmed);
    assert!(listed().is_empty(), "the badge goes");
    let view = desk.reopen_identity(id, Seat::Owner).unwrap();
    assert_eq!(view.identity[0].state, CheckState::Unchecked, "and comes back when that was wrong");
}
