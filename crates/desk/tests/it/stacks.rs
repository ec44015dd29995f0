//! The account of a stack (G11): expected, fed, received, kept, set aside; what does not agree stands in the way.

use crate::feeder::Step;
use crate::samples::{aside, kept};
use crate::world::{Station, draft, request, scan};
use desk::view::{PagePlace, RunEnd, ScanRequest, StackChoice};
use desk::{Error, ErrorCode};
use devices::ScanError;
use domain::dossier::Obstacle;
use domain::{AsideReason, Mismatch, StackEnd, StackState};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// T-13: the device says it moved ten sheets, one picture came: acceptance waits for a reason.
#[test]
fn paper_that_moved_and_did_not_arrive_stands_in_the_way() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1]);
    station.feeder.load((0..9).map(|_| Step::Swallow));
    let outcome = scan(&desk, id, 1).unwrap();
    assert_eq!((outcome.fed, outcome.received, outcome.ended), (Some(10), 1, RunEnd::Empty));
    let view = desk.open_dossier(id).unwrap();
    let stack = &view.stacks[0];
    let mismatch = Mismatch::Fed { sheets: 10, pages: 10, received: 1 };
    assert_eq!((stack.state, stack.mismatch), (StackState::Open, Some(mismatch)));
    assert!(stack.said.as_ref().is_some_and(|said| said.contains("10 tờ") && said.contains("1 trang")), "{stack:?}");
    assert!(matches!(view.obstacles[..], [Obstacle::Miscount { .. }]), "{:?}", view.obstacles);
    assert!(matches!(desk.accept(id), Err(Error::NotReady(_))), "not by any way");
    // Saving it is no explanation.
    desk.end_stack(stack.id, StackChoice::Save).unwrap();
    assert!(matches!(desk.accept(id), Err(Error::NotReady(_))));
    let view = desk.explain_stack(stack.id, "  Chín tờ sau là giấy lót  ").unwrap();
    assert_eq!(view.stacks[0].reason.as_deref(), Some("Chín tờ sau là giấy lót"));
    assert_eq!(view.obstacles, []);
    let accepted = desk.accept(id).unwrap();
    assert_eq!(accepted.stacks[0].mismatch, Some(mismatch), "it is still told afterwards");
    assert!(matches!(desk.explain_stack(stack.id, "khác"), Err(Error::DossierClosed)));
}

#[test]
fn pages_that_were_said_to_be_there_are_missed() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages(1..=4);
    let asked = ScanRequest { expected: Some(5), ..request() };
    let stack = desk.scan(id, 1, &asked, &mut |_| {}).unwrap().stack.unwrap();
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(view.stacks[0].mismatch, Some(Mismatch::Expected { expected: 5, kept: 4 }));
    // The fifth page is found and scanned behind them: the same stack goes on, and agrees.
    station.feeder.pages([5]);
    let again = scan(&desk, id, 1).unwrap();
    assert_eq!(again.stack, Some(stack), "to scan again is to go on");
    let view = desk.open_dossier(id).unwrap();
    assert_eq!((view.stacks.len(), view.stacks[0].state, view.stacks[0].mismatch), (1, StackState::Saved, None));
    assert_eq!(view.obstacles, []);
    let view = desk.expect_pages(stack, Some(6)).unwrap();
    assert!(matches!(view.obstacles[..], [Obstacle::Miscount { .. }]));
    assert_eq!(desk.expect_pages(stack, None).unwrap().obstacles, []);
}

/// T-12: the sheet that jammed did not count, which is said; going on appends behind what came, and the jam is forgotten.
#[test]
fn after_a_jam_the_stack_goes_on_where_it_stopped() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1, 2, 3]);
    station.feeder.load([Step::Fail(ScanError::Jam)]);
    let jammed = scan(&desk, id, 1).unwrap();
    assert_eq!((jammed.ended, jammed.received), (RunEnd::Jam, 3));
    let note = jammed.note.unwrap();
    assert!(note.contains("Đã giữ 3 trang") && note.contains("Trang thứ 4 chưa được tính"), "{note}");
    let view = desk.open_dossier(id).unwrap();
    assert_eq!((view.stacks[0].state, view.stacks[0].ended), (StackState::Open, Some(StackEnd::Jam)));
    assert!(matches!(view.obstacles[..], [Obstacle::OpenStack { .. }]));
    station.feeder.pages([4, 5]);
    let goes_on = scan(&desk, id, 1).unwrap();
    assert_eq!((goes_on.stack, goes_on.error, goes_on.note), (jammed.stack, None, None));
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(kept(&view, 1), [1, 2, 3, 4, 5]);
    assert_eq!((view.stacks.len(), view.stacks[0].received, view.stacks[0].ended), (1, 5, Some(StackEnd::Empty)));
    assert_eq!(view.obstacles, []);
}

/// T-12: sheets that are inserted before a page jam in between; what comes then follows them, not the last page of all.
#[test]
fn an_insertion_that_jams_goes_on_in_its_place() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1, 2, 9]);
    scan(&desk, id, 1).unwrap();
    let nine = desk.open_dossier(id).unwrap().components[0].pages[2].id;
    station.feeder.pages([3, 4]);
    station.feeder.load([Step::Fail(ScanError::Jam)]);
    let place = Some(PagePlace::Before { page: nine });
    let jammed = desk.scan(id, 1, &ScanRequest { place, ..request() }, &mut |_| {}).unwrap();
    assert_eq!((jammed.ended, jammed.received), (RunEnd::Jam, 2));
    station.feeder.pages([5, 6]);
    let on = desk.scan(id, 1, &ScanRequest { stack: jammed.stack, ..request() }, &mut |_| {}).unwrap();
    assert_eq!((on.stack, on.error), (jammed.stack, None));
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 2, 3, 4, 5, 6, 9]);
    // Undoing takes what came last out, as after any insertion.
    desk.undo_pages(id).unwrap();
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 2, 3, 4, 9]);
}

/// A discarded stack takes all its pages along and brings them back; no number is used up by it (K4).
#[test]
fn a_stack_is_discarded_as_one_and_comes_back() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1, 2, 3]);
    let stack = scan(&desk, id, 1).unwrap().stack.unwrap();
    let two = desk.open_dossier(id).unwrap().components[0].pages[1].id;
    desk.set_page_aside(two, true).unwrap();
    let view = desk.end_stack(stack, StackChoice::Discard).unwrap();
    assert_eq!((kept(&view, 1).len(), view.pages.received, view.pages.set_aside), (0, 3, 3));
    assert_eq!(view.stacks[0].state, StackState::Discarded);
    let reasons: Vec<_> = view.stacks[0].aside.iter().map(|one| (one.reason, one.count)).collect();
    assert_eq!(reasons, [(AsideReason::Clerk, 1), (AsideReason::Discarded, 2)]);
    let view = desk.end_stack(stack, StackChoice::Restore).unwrap();
    assert_eq!((kept(&view, 1), aside(&view, 1)), (vec![1, 3], vec![2]), "what the clerk took out stays out");
    station.feeder.pages([7]);
    let other = scan(&desk, id, 1).unwrap().stack.unwrap();
    desk.end_stack(other, StackChoice::Discard).unwrap();
    let code = desk.accept(id).unwrap().code.unwrap();
    assert!(code.ends_with("0001"), "nothing was numbered before: {code}");
}

/// T-03: two dossiers were being scanned into when the program died, twice; both stacks are offered, with their pages.
#[test]
fn every_stack_that_a_crash_left_is_offered() {
    let (station, desk) = Station::new();
    let (first, second) = (draft(&desk, 1), draft(&desk, 2));
    let mut desk = desk;
    for (id, pages) in [(first, 2), (second, 3)] {
        station.feeder.pages(1..=pages);
        station.feeder.then(|| panic!("the program dies here, as this test wants"));
        assert!(catch_unwind(AssertUnwindSafe(|| scan(&desk, id, 1))).is_err());
        station.feeder.clear();
        desk = station.reopen(desk);
    }
    let open = desk.open_stacks().unwrap();
    let told: Vec<_> = open.iter().map(|stack| (stack.dossier, stack.received, stack.running, stack.ended)).collect();
    assert_eq!(told, [(Some(first), 2, false, None), (Some(second), 3, false, None)]);
    assert!(open.iter().all(|stack| stack.mismatch.is_none() && !stack.name.is_empty() && !stack.applicant.is_empty()));
    for stack in open {
        desk.end_stack(stack.id, StackChoice::Save).unwrap();
    }
    assert_eq!(desk.open_stacks().unwrap(), []);
    assert!(desk.accept(first).is_ok() && desk.accept(second).is_ok());
}

#[test]
fn a_stack_that_is_not_there_or_not_of_this_place_is_refused() {
    let (station, desk) = Station::new();
    let (first, second) = (draft(&desk, 1), draft(&desk, 2));
    station.feeder.pages([1]);
    let stack = scan(&desk, first, 1).unwrap().stack;
    station.feeder.pages([2]);
    let elsewhere = ScanRequest { stack, ..request() };
    for (dossier, component) in [(second, 1), (first, 2)] {
        let refused = desk.scan(dossier, component, &elsewhere, &mut |_| {}).unwrap_err();
        assert_eq!(refused.code().0, ErrorCode::StackNotFound);
    }
    assert_eq!(station.feeder.clear(), 1, "no paper moved");
}
