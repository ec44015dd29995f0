//! The training scanner with its own pages.

use devices::virtual_scanner::TRAINING_ID;
use devices::{Cancel, Ended, ScanEnd, ScanError, ScanSettings, Scanner, Source, VirtualScanner};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

fn scan(scanner: &VirtualScanner, source: Option<Source>) -> (Vec<Vec<u8>>, ScanEnd) {
    let settings = ScanSettings { source, ..ScanSettings::default() };
    let mut pages = Vec::new();
    let end = scanner.scan(TRAINING_ID, &settings, &Cancel::new(), &mut |side| {
        pages.push(side.bytes);
        ControlFlow::Continue(())
    });
    (pages, end.unwrap())
}

#[test]
fn every_scan_goes_on_with_the_next_stack_and_starts_over_after_the_last() {
    let scanner = VirtualScanner::training().with_rhythm(Duration::ZERO);
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for _ in 0..3 {
        let (pages, end) = scan(&scanner, None);
        assert_eq!((pages.len(), end.fed, end.ended), (3, Some(3), Ended::Empty));
        for page in pages {
            assert!(page.starts_with(b"\xff\xd8\xff") && page.ends_with(b"\xff\xd9"), "a whole JPEG");
            assert!(!seen.contains(&page), "nine different pages before any comes again");
            seen.push(page);
        }
    }
    assert_eq!(scan(&scanner, None).0[..], seen[..3], "after the last stack the first");
    assert_eq!(scan(&scanner, Some(Source::Glass)).0.len(), 1, "on the glass lies one page");
}

#[test]
fn pages_arrive_one_by_one_and_a_cancel_keeps_what_came() {
    let scanner =
        VirtualScanner::new([b"a".to_vec(), b"b".to_vec(), b"c".to_vec()]).with_rhythm(Duration::from_millis(60));
    let (start, mut times) = (Instant::now(), Vec::new());
    let cancel = Cancel::new();
    let end = scanner.scan(TRAINING_ID, &ScanSettings::default(), &cancel, &mut |_| {
        times.push(start.elapsed());
        if times.len() == 2 {
            cancel.cancel();
        }
        ControlFlow::Continue(())
    });
    assert_eq!((times.len(), end.unwrap().ended), (2, Ended::Cancelled));
    assert!(times[1] - times[0] >= Duration::from_millis(55), "a clerk sees each page come: {times:?}");
}

#[test]
fn an_empty_feeder_and_a_missing_duplex_unit_are_told() {
    let empty = VirtualScanner::new(Vec::<Vec<u8>>::new());
    let mut none = |_| ControlFlow::Continue(());
    let outcome = empty.scan(TRAINING_ID, &ScanSettings::default(), &Cancel::new(), &mut none);
    assert!(matches!(outcome, Err(ScanError::FeederEmpty)));
    let both = ScanSettings { source: Some(Source::Duplex), ..ScanSettings::default() };
    let outcome = VirtualScanner::training().scan(TRAINING_ID, &both, &Cancel::new(), &mut none);
    assert!(matches!(outcome, Err(ScanError::NoSource { source_wanted: Source::Duplex })));
}
