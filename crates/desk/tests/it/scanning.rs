//! Paper into the store, and what happens when the scanner, the program or the clerk stops in the middle.

use crate::feeder::Step;
use crate::samples::{kept, torn_jpeg};
use crate::world::{Station, counted, draft, import, request, scan};
use crate::{feeder, samples};
use desk::view::{PageProgress, RunEnd, ScanProfile, ScanRequest, StackChoice};
use desk::{Error, ErrorCode};
use devices::{ScanError, WhenEmpty};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// G13, T-02: asked from inside the scanner, before page k + 1 moves, the desk already has page k whole.
#[test]
fn a_page_is_kept_before_the_next_is_asked_for() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let told = Arc::new(AtomicU32::new(0));
    for k in 1..=4 {
        station.feeder.pages([k]);
        let (desk, told) = (Arc::clone(&desk), Arc::clone(&told));
        station.feeder.then(move || {
            let view = desk.open_dossier(id).unwrap();
            assert_eq!(kept(&view, 1), (1..=k).collect::<Vec<_>>(), "page {k} must be in the store by now");
            assert_eq!(told.load(Ordering::Relaxed), k, "and the clerk must see it");
            let page = view.components[0].pages.last().unwrap();
            assert!(desk.page_picture(page.id).is_ok() && desk.thumb(page.id).is_ok(), "its bytes must read back");
        });
    }
    let outcome = desk
        .scan(id, 1, &request(), &mut |_| {
            told.fetch_add(1, Ordering::Relaxed);
        })
        .unwrap();
    assert_eq!((outcome.ended, outcome.received, outcome.kept), (RunEnd::Empty, 4, 4));
}

/// T-02: the program dies while the scanner is at work; every page it had handed over is there afterwards, in order.
#[test]
fn a_crash_between_two_pages_loses_none() {
    for k in [0, 1, 2, 5] {
        let (station, desk) = Station::new();
        let id = draft(&desk, 1);
        station.feeder.pages(1..=k);
        station.feeder.then(|| panic!("the program dies here, as this test wants"));
        station.feeder.pages([99]);
        let died = catch_unwind(AssertUnwindSafe(|| scan(&desk, id, 1)));
        assert!(died.is_err(), "the test must crash in the middle");
        station.feeder.clear();
        let desk = station.reopen(desk);
        let view = desk.open_dossier(id).unwrap();
        assert_eq!(kept(&view, 1), (1..=k).collect::<Vec<_>>(), "{k} pages were handed over before the crash");
        station.feeder.pages([50]);
        scan(&desk, id, 1).unwrap();
        assert_eq!(kept(&desk.accept(id).unwrap(), 1).len() as u32, k + 1, "the draft goes on as if nothing had been");
    }
}

/// A panic in one run must not leave the desk saying that a scan is running.
#[test]
fn a_run_that_died_does_not_lock_the_next_one_out() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1]);
    station.feeder.then(|| panic!("the driver dies here, as this test wants"));
    assert!(catch_unwind(AssertUnwindSafe(|| scan(&desk, id, 1))).is_err());
    station.feeder.pages([2]);
    assert_eq!(scan(&desk, id, 1).unwrap().ended, RunEnd::Empty);
    assert_eq!(kept(&desk.accept(id).unwrap(), 1), [1, 2]);
}

/// T-12: a jam at page k keeps the pages before it, says what to do, and the next run goes on behind them.
#[test]
fn a_jam_keeps_what_came_before_it() {
    for k in [0, 1, 3] {
        let (station, desk) = Station::new();
        let id = draft(&desk, 1);
        station.feeder.pages(1..=k);
        station.feeder.load([Step::Fail(ScanError::Jam)]);
        let outcome = scan(&desk, id, 1).unwrap();
        assert_eq!((outcome.ended, outcome.received, outcome.kept), (RunEnd::Jam, k, k), "jam after {k}");
        let error = outcome.error.unwrap();
        assert_eq!(error.code, ErrorCode::ScannerJam);
        assert!(error.message.contains("kẹt giấy") && error.message.contains("vẫn còn"), "{}", error.message);
        assert!(error.hint.is_some_and(|hint| hint.contains("F5")), "the clerk must be told how to go on");
        station.feeder.pages(k + 1..=k + 2);
        assert_eq!(scan(&desk, id, 1).unwrap().error, None, "the old message must not come back (NAPS2 #449)");
        let view = desk.open_dossier(id).unwrap();
        assert_eq!(kept(&view, 1), (1..=k + 2).collect::<Vec<_>>(), "scanning again appends after the jam at {k}");
        assert!(view.components[0].digitized, "the PDF is of the pages of both runs");
    }
}

#[test]
fn every_fault_of_a_scanner_ends_the_run_and_keeps_the_pages() {
    let faults = [
        (ScanError::DoubleFeed, RunEnd::Jam, ErrorCode::ScannerDoubleFeed),
        (ScanError::CoverOpen, RunEnd::CoverOpen, ErrorCode::ScannerCoverOpen),
        (ScanError::Busy, RunEnd::Fault, ErrorCode::ScannerBusy),
        (ScanError::Timeout { after: Duration::from_secs(25) }, RunEnd::Fault, ErrorCode::ScannerTimeout),
        (ScanError::AccessDenied, RunEnd::Fault, ErrorCode::ScannerDenied),
        (ScanError::ProgramMissing { program: "scanimage" }, RunEnd::Fault, ErrorCode::ScannerMissing),
        (
            ScanError::Failed { message: "Error during device I/O".into(), code: Some(9) },
            RunEnd::Fault,
            ErrorCode::ScannerFailed,
        ),
    ];
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    for (n, (fault, ended, code)) in (1..).zip(faults) {
        station.feeder.pages([n]);
        station.feeder.load([Step::Fail(fault)]);
        let outcome = scan(&desk, id, 1).unwrap();
        assert_eq!((outcome.ended, outcome.received), (ended, 1), "{code:?}");
        let error = outcome.error.unwrap();
        assert_eq!(error.code, code);
        assert!(!error.message.contains('{') && !error.message.contains('?'), "{}", error.message);
        assert_eq!(desk.open_dossier(id).unwrap().pages.kept, n, "{code:?}: no page goes away");
    }
    let unknown = ScanRequest { device: "peer:none".into(), ..ScanRequest::default() };
    let outcome = desk.scan(id, 1, &unknown, &mut |_| {}).unwrap();
    assert_eq!(outcome.error.unwrap().code, ErrorCode::ScannerNotFound);
}

/// T-05's kin: a side that does not read ends the run with its name for the fault; nothing half is kept.
#[test]
fn a_damaged_side_ends_the_run_and_earlier_pages_stay() {
    for (bytes, code) in [
        (torn_jpeg(), ErrorCode::FileDamaged),
        (Vec::new(), ErrorCode::FileEmpty),
        (b"<html>503</html>".to_vec(), ErrorCode::FileKind),
        (samples::bomb_png(), ErrorCode::FileTooLarge),
    ] {
        let (station, desk) = Station::new();
        let id = draft(&desk, 1);
        station.feeder.pages([1, 2]);
        station.feeder.load([Step::Side(bytes)]);
        station.feeder.pages([3]);
        let outcome = scan(&desk, id, 1).unwrap();
        assert_eq!((outcome.ended, outcome.received), (RunEnd::Fault, 2), "{code:?}");
        assert_eq!(outcome.error.unwrap().code, code);
        assert_eq!(station.feeder.clear(), 1, "the paper behind a bad side stays in the feeder");
        // What came of the stack is for a person to say.
        desk.end_stack(outcome.stack.unwrap(), StackChoice::Save).unwrap();
        assert_eq!(kept(&desk.accept(id).unwrap(), 1), [1, 2], "{code:?}");
    }
}

#[test]
fn cancelling_a_silent_scanner_keeps_what_it_gave() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1, 2]);
    station.feeder.load([Step::Hang]);
    station.feeder.pages([3]);
    let outcome = std::thread::scope(|scope| {
        let (send, seen) = mpsc::channel();
        let desk = &desk;
        let run = scope.spawn(move || {
            desk.scan(id, 1, &request(), &mut |progress| {
                if let PageProgress::Page { received: 2, .. } = progress {
                    send.send(()).unwrap();
                }
            })
        });
        seen.recv().unwrap();
        desk.cancel_run();
        run.join().unwrap().unwrap()
    });
    assert_eq!(
        (outcome.ended, outcome.received, outcome.error),
        (RunEnd::Cancelled, 2, None),
        "no error: the clerk chose it"
    );
    station.feeder.clear();
    desk.cancel_run();
    station.feeder.pages([4]);
    assert_eq!(scan(&desk, id, 1).unwrap().ended, RunEnd::Empty, "a cancel with no run must not stop the next one");
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 2, 4]);
}

/// T-01: while one run is under way there is no other, and no acceptance; both runs' pages are whole afterwards.
#[test]
fn a_second_run_waits_for_the_first() {
    let (station, desk) = Station::new();
    let (id, other) = (counted(&desk, 1), draft(&desk, 2));
    let file = samples::file(&station.papers(), "a.jpg", &samples::jpeg(7));
    station.feeder.pages([1]);
    let (inside, again) = (Arc::clone(&desk), file.clone());
    station.feeder.then(move || {
        let refused = |what: &str, error: Error| assert!(matches!(error, Error::ScanRunning), "{what}: {error:?}");
        refused("scan", scan(&inside, other, 1).unwrap_err());
        refused("import", inside.import_files(other, 1, std::slice::from_ref(&again), &mut |_| {}).unwrap_err());
        refused("folder", inside.scan_to_folder(again.parent().unwrap(), &request()).unwrap_err());
        // The draft lacks nothing by now, so that only the run stands in the way.
        refused("accept", inside.accept(id).unwrap_err());
        assert!(inside.save_note(id, "gõ trong lúc quét").is_ok(), "typing goes on while pages come in");
    });
    station.feeder.pages([2]);
    assert_eq!(scan(&desk, id, 1).unwrap().received, 2);
    let (outcome, _) = import(&desk, other, 1, &[file]);
    assert_eq!(outcome.received, 1);
    assert_eq!(kept(&desk.accept(id).unwrap(), 1), [1, 2]);
    assert_eq!(kept(&desk.accept(other).unwrap(), 1), [7]);
    assert_eq!(desk.open_dossier(id).unwrap().note, "gõ trong lúc quét");
}

#[test]
fn paper_cannot_go_where_there_is_no_place_for_it() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1]);
    assert!(matches!(scan(&desk, id, 99), Err(Error::ComponentNotFound)));
    assert!(matches!(scan(&desk, id, 0), Err(Error::ComponentNotFound)));
    let bare = desk.new_dossier().unwrap().id;
    assert!(matches!(scan(&desk, bare, 1), Err(Error::ComponentNotFound)), "no procedure, no component");
    let done = desk.accept(counted(&desk, 2)).unwrap().id;
    assert!(matches!(scan(&desk, done, 1), Err(Error::DossierClosed)));
    assert_eq!(station.feeder.clear(), 1, "the scanner must not have been asked");
}

#[test]
fn scanning_to_a_folder_names_pages_in_order() {
    let (station, desk) = Station::created();
    station.feeder.pages([1]);
    station.feeder.load([Step::Side(samples::png(2)), Step::Fail(ScanError::Jam)]);
    let out = station.papers().join("new");
    let (outcome, files) = desk.scan_to_folder(&out, &request()).unwrap();
    assert_eq!((outcome.ended, outcome.received), (RunEnd::Jam, 2), "needs nobody signed in, and keeps pages too");
    assert_eq!(files, [out.join("page-0001.jpg"), out.join("page-0002.png")]);
    assert_eq!(std::fs::read(&files[0]).unwrap(), samples::jpeg(1), "bytes as they came");
    assert_eq!(desk::list_devices(&station.parts(), &station.data()).unwrap()[0].id, feeder::FEEDER);
}

/// Scanning twice into one folder must not write over what is there.
#[test]
fn scanning_to_a_folder_again_overwrites_nothing() {
    let (station, desk) = Station::created();
    let out = station.papers();
    station.feeder.pages([1]);
    let (_, first) = desk.scan_to_folder(&out, &request()).unwrap();
    station.feeder.pages([2]);
    let (_, second) = desk.scan_to_folder(&out, &request()).unwrap();
    assert_ne!(first, second, "the first page was written over");
    assert_eq!(std::fs::read(&first[0]).unwrap(), samples::jpeg(1));
    assert_eq!(std::fs::read(&second[0]).unwrap(), samples::jpeg(2));
}

/// G6: an empty feeder is no fault for who chose to wait; what comes then is counted as always.
#[test]
fn paper_is_waited_for_as_the_profile_says() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let wait = ScanProfile {
        name: "Chờ giấy".into(),
        papers: vec!["*".into()],
        when_empty: Some(WhenEmpty::Wait),
        ..ScanProfile::default()
    };
    desk.set_scan_profile(&wait).unwrap();
    let mut told = Vec::new();
    let outcome = desk
        .scan(id, 1, &request(), &mut |step| match step {
            PageProgress::Waiting => {
                told.push(0);
                station.feeder.pages([1, 2]);
            }
            PageProgress::Page { received, .. } => told.push(received),
            PageProgress::Refused { .. } => unreachable!(),
        })
        .unwrap();
    assert_eq!(told, [0, 1, 2], "it is told that paper is waited for, once, and then what comes");
    assert_eq!((outcome.received, outcome.fed, outcome.error), (2, Some(2), None));

    // Nobody lays paper in: who stops it has lost nothing and is told no fault.
    let outcome = desk
        .scan(id, 1, &request(), &mut |step| {
            assert!(matches!(step, PageProgress::Waiting));
            desk.cancel_run();
        })
        .unwrap();
    assert_eq!((outcome.received, outcome.ended, outcome.error), (0, RunEnd::Cancelled, None));
    assert_eq!(desk.open_dossier(id).unwrap().pages.kept, 2);
}

#[test]
fn an_empty_feeder_leads_to_the_glass_which_is_told() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let glass = ScanRequest { when_empty: Some(WhenEmpty::Glass), ..request() };
    let outcome = desk.scan(id, 1, &glass, &mut |_| {}).unwrap();
    assert!(outcome.error.is_some(), "there is no glass: the empty feeder is told");
    station.feeder.lay(1);
    let outcome = desk.scan(id, 1, &glass, &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.error), (1, None));
    assert!(outcome.told.iter().any(|line| line.contains("mặt kính")), "{:?}", outcome.told);
    station.feeder.pages([2, 3]);
    let outcome = desk.scan(id, 1, &glass, &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.told.len()), (2, 0), "what lies in the feeder goes first");
}
