//! G6: what an empty feeder leads to, with the network scanner of [`crate::escl_server`], which says so as devices do.

use crate::escl::{driver, pages};
use crate::escl_server::{Page, Server};
use devices::{Cancel, Ended, Feeding, ScanEnd, ScanError, ScanSettings, Source, WhenEmpty};
use std::ops::ControlFlow;
use std::time::Duration;

const ID: &str = "escl:1c852a4d-0000-1000-8000-099199000001";

/// What came, what was told on the way, and how it ended; `meanwhile` is done when the feeder was found empty.
fn scan(
    server: &Server,
    when: WhenEmpty,
    settings: &ScanSettings,
    cancel: &Cancel,
    meanwhile: &dyn Fn(),
) -> (usize, Vec<WhenEmpty>, Result<ScanEnd, ScanError>) {
    let feeding = Feeding::new(when).with_patience(Duration::from_millis(5), Duration::from_secs(20));
    let (mut sides, mut told) = (0, Vec::new());
    let mut on_empty = |what| {
        told.push(what);
        meanwhile();
    };
    let mut on_side = |_| {
        sides += 1;
        ControlFlow::Continue(())
    };
    let end = feeding.scan(&driver(&[server]), (ID, settings), cancel, &mut on_empty, &mut on_side);
    (sides, told, end)
}

/// A device whose feeder holds nothing: it refuses the job.
fn empty(pages: Vec<Page>) -> Server {
    let server = Server::new(pages);
    server.set(|device| device.feeder = "ScannerAdfEmpty");
    server
}

fn feeder() -> ScanSettings {
    ScanSettings { source: Some(Source::Feeder), ..ScanSettings::default() }
}

#[test]
fn an_empty_feeder_is_told_unless_something_else_was_chosen() {
    let server = empty(Vec::new());
    let (sides, told, end) = scan(&server, WhenEmpty::Tell, &feeder(), &Cancel::new(), &|| {});
    assert!(matches!(end, Err(ScanError::FeederEmpty)), "{end:?}");
    assert_eq!((sides, told), (0, Vec::new()));
}

#[test]
fn an_empty_feeder_leads_to_the_glass_and_a_loaded_one_does_not() {
    let server = empty(Vec::new());
    let glass = || server.set(|device| device.pages = pages(1).into());
    let (sides, told, end) = scan(&server, WhenEmpty::Glass, &feeder(), &Cancel::new(), &glass);
    assert_eq!((sides, told), (1, vec![WhenEmpty::Glass]));
    assert_eq!(end.unwrap().applied.source, Source::Glass);
    let jobs = server.inside.lock().unwrap().asked.iter().filter(|one| one.contains("Platen")).count();
    assert_eq!(jobs, 1, "one sheet was asked of the glass");

    let loaded = Server::new(pages(2));
    let (sides, told, end) = scan(&loaded, WhenEmpty::Glass, &feeder(), &Cancel::new(), &|| {});
    assert_eq!((sides, told, end.unwrap().applied.source), (2, Vec::new(), Source::Feeder));
}

#[test]
fn paper_is_waited_for_and_scanned_when_it_comes() {
    let server = empty(Vec::new());
    let load = || {
        server.set(|device| {
            device.feeder = "ScannerAdfLoaded";
            device.pages = pages(3).into();
        });
    };
    let (sides, told, end) = scan(&server, WhenEmpty::Wait, &feeder(), &Cancel::new(), &load);
    assert_eq!((sides, told, end.unwrap().ended), (3, vec![WhenEmpty::Wait], Ended::Empty));
}

#[test]
fn who_waits_for_paper_can_stop_and_does_not_wait_for_ever() {
    let server = empty(Vec::new());
    let cancel = Cancel::new();
    let (sides, told, end) = scan(&server, WhenEmpty::Wait, &feeder(), &cancel, &|| cancel.cancel());
    assert_eq!((sides, told, end.unwrap().ended), (0, vec![WhenEmpty::Wait], Ended::Cancelled));

    let feeding = Feeding::new(WhenEmpty::Wait).with_patience(Duration::from_millis(5), Duration::from_millis(40));
    let (mut on_side, settings) = (|_| ControlFlow::Continue(()), feeder());
    let end = feeding.scan(&driver(&[&server]), (ID, &settings), &Cancel::new(), &mut |_| {}, &mut on_side);
    assert!(matches!(end, Err(ScanError::FeederEmpty)), "{end:?}");
}

/// A jam is no empty feeder: nothing else is tried over it.
#[test]
fn a_fault_is_told_whatever_was_chosen() {
    for when in [WhenEmpty::Glass, WhenEmpty::Wait] {
        let server = Server::new(vec![Page::NothingTurns("ScannerAdfJam")]);
        let (sides, told, end) = scan(&server, when, &feeder(), &Cancel::new(), &|| {});
        assert!(matches!(end, Err(ScanError::Jam)), "{end:?}");
        assert_eq!((sides, told), (0, Vec::new()));
    }
}
