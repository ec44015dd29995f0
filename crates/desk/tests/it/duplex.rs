//! Both sides by a scanner that sees one: fronts, the stack turned, backs in reverse; nothing is lost where counts differ.

use crate::samples::kept;
use crate::world::{Station, counted, draft, request, scan};
use chrono::TimeDelta;
use desk::view::{MixedStep, RunEnd, ScanProfile, StackChoice};
use desk::{Desk, DossierId, Error, ErrorCode, Joining, StackId};
use devices::{Source, WhenEmpty};

fn code<T>(result: Result<T, Error>) -> ErrorCode {
    result.err().unwrap().code().0
}

fn fronts(station: &Station, desk: &Desk, id: DossierId, pages: &[u32]) -> StackId {
    station.feeder.pages(pages.iter().copied());
    desk.scan_fronts(id, 1, &request(), &mut |_| {}).unwrap().duplex.unwrap().stack
}

/// T-25: the clerk is called away for hours and the program ends in between; the backs come in reverse and are joined.
#[test]
fn fronts_wait_for_their_backs_over_hours_and_a_restart() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    let stack = fronts(&station, &desk, id, &[1, 3, 5]);
    assert!(desk.duplex(stack).unwrap().next.contains("lật úp"));
    assert_eq!(code(desk.accept(id)), ErrorCode::NotReady, "half a stack is not accepted");
    let desk = station.reopen(desk);
    let waiting = &desk.open_dossier(id).unwrap().stacks[0];
    assert!(waiting.duplex && waiting.id == stack, "it is offered where the dossier is opened");
    station.wall.pass(TimeDelta::minutes(185));
    station.feeder.pages([6, 4, 2]);
    let pass = desk.scan_backs(stack, &request(), false, &mut |_| {}).unwrap();
    assert!(pass.duplex.unwrap().agrees);
    let view = desk.join_duplex(stack, None).unwrap();
    assert_eq!(kept(&view, 1), [1, 2, 3, 4, 5, 6]);
    let account = desk.stack(stack).unwrap();
    assert_eq!((account.received, account.kept, account.mismatch), (6, 6, None));
    desk.accept(id).unwrap();
}

/// T-25: a sheet is skipped in the second pass, or they come in the other order: nothing is joined by itself and nothing is
/// deleted; a person scans the backs again, joins all the same, or appends them.
#[test]
fn where_counts_differ_a_person_decides_and_nothing_is_lost() {
    let (station, desk) = Station::new();
    for (joining, order) in [
        (Joining::Appended, vec![1, 3, 5, 4, 2]),
        (Joining::SameOrder, vec![1, 4, 3, 2, 5]),
        (Joining::Turned, vec![1, 2, 3, 4, 5]),
    ] {
        let id = draft(&desk, 1);
        let stack = fronts(&station, &desk, id, &[1, 3, 5]);
        station.feeder.pages([4, 2]);
        let told = desk.scan_backs(stack, &request(), false, &mut |_| {}).unwrap().duplex.unwrap();
        assert_eq!((told.agrees, told.fronts.len(), told.backs.len()), (false, 3, 2));
        let number = |page| match told.fronts.iter().position(|front| front == page) {
            Some(at) => [1, 3, 5][at],
            None => [4, 2][told.backs.iter().position(|back| back == page).unwrap()],
        };
        let shown = told.ways.iter().find(|way| way.joining == joining).unwrap();
        assert_eq!(shown.pages.iter().map(number).collect::<Vec<_>>(), order, "what is shown is what comes");
        assert!(told.backs.iter().all(|page| desk.loose_picture(*page).is_ok()), "both passes can be looked at");
        assert_eq!(code(desk.join_duplex(stack, None)), ErrorCode::DuplexUneven);
        assert_eq!(code(desk.end_stack(stack, StackChoice::Save)), ErrorCode::DuplexUneven);
        assert_eq!(kept(&desk.join_duplex(stack, Some(joining)).unwrap(), 1), order, "{joining:?}");
        assert_eq!(code(desk.join_duplex(stack, None)), ErrorCode::StackNotFound, "once");
    }
    let id = counted(&desk, 2);
    let stack = fronts(&station, &desk, id, &[1, 3]);
    station.feeder.pages([2]);
    desk.scan_backs(stack, &request(), false, &mut |_| {}).unwrap();
    station.feeder.pages([4, 2]);
    assert!(desk.scan_backs(stack, &request(), true, &mut |_| {}).unwrap().duplex.unwrap().agrees);
    assert_eq!(kept(&desk.join_duplex(stack, None).unwrap(), 1), [1, 2, 3, 4]);
    let account = desk.stack(stack).unwrap();
    assert_eq!((account.received, account.kept), (5, 4), "the first back is set aside, not gone");
    desk.accept(id).unwrap();
}

/// A run into the component leaves a duplex that waits alone; a discarded one comes back whole.
#[test]
fn a_waiting_duplex_is_no_stack_of_another_run() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let stack = fronts(&station, &desk, id, &[1, 2]);
    station.feeder.pages([9]);
    assert_ne!(scan(&desk, id, 1).unwrap().stack, Some(stack));
    desk.end_stack(stack, StackChoice::Discard).unwrap();
    assert_eq!(desk.duplex(stack).unwrap().fronts.len(), 0);
    desk.end_stack(stack, StackChoice::Restore).unwrap();
    assert_eq!(desk.duplex(stack).unwrap().fronts.len(), 2);
}

/// G6: each pass waits for its paper as the profile of it says, and that is told; one side at a time, whatever else it says.
#[test]
fn a_pass_waits_for_paper_as_the_profile_says_and_tells_it() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    let wait = ScanProfile {
        name: "Chờ giấy".into(),
        papers: vec!["*".into()],
        source: Some(Source::Duplex),
        when_empty: Some(WhenEmpty::Wait),
        ..ScanProfile::default()
    };
    desk.set_scan_profile(&wait).unwrap();
    let mut told = Vec::new();
    let pass = desk.scan_fronts(id, 1, &request(), &mut |step| {
        told.push(step);
        if step == MixedStep::Waiting {
            station.feeder.pages([1, 3]);
        }
    });
    let pass = pass.unwrap();
    let receiving = |done| MixedStep::Receiving { done, total: None };
    assert_eq!(told, [MixedStep::Waiting, receiving(1), receiving(2)]);
    assert_eq!((pass.run.profile.as_deref(), station.feeder.asked().source), (Some("Chờ giấy"), Some(Source::Feeder)));
    let stack = pass.duplex.unwrap().stack;
    let stopped = desk.scan_backs(stack, &request(), false, &mut |step| {
        assert_eq!(step, MixedStep::Waiting);
        desk.cancel_run();
    });
    let stopped = stopped.unwrap();
    assert_eq!((stopped.run.ended, stopped.run.error), (RunEnd::Cancelled, None));
    assert_eq!(stopped.duplex.unwrap().fronts.len(), 2, "the fronts still wait");
}
