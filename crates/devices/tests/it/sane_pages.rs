//! Pages from the real test device: all of them, in order, one at a time.

use crate::stand::{Stand, TEST_DEVICE, numbers, only, quick, scan_all, with_option};
use devices::{Applied, Cancel, DeviceKind, Ended, Mode, ScanError, Scanner, Scanners, Source, VirtualScanner};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

#[test]
fn the_test_device_is_listed_with_what_it_can_do() {
    let Some(stand) = Stand::new() else { return };
    let device = only(stand.sane().devices().unwrap());
    assert_eq!((device.id.as_str(), device.kind), (TEST_DEVICE, DeviceKind::Sane));
    assert_eq!(device.caps.sources, [Source::Feeder, Source::Glass]);
    assert_eq!(device.caps.modes, [Mode::Color, Mode::Gray]);
    assert!(device.caps.resolutions.contains(&300));
}

/// Every option of a device can be reached.
#[test]
fn every_option_of_the_test_device_is_listed_and_can_be_given() {
    let Some(stand) = Stand::new() else { return };
    let sane = stand.sane();
    let all = sane.all_options(TEST_DEVICE).unwrap();
    let option = |name: &str| all.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("{name}: {all:?}"));
    assert_eq!(option("mode").values, "Gray|Color");
    assert!(!option("three-pass-order").active && option("test-picture").active);
    assert!(option("test-picture").about.contains("kind of test picture"), "{:?}", option("test-picture"));
    assert!(all.iter().all(|one| one.name != "output-file" && one.name != "batch"), "scanimage's own are none");
    let (plain, _) = scan_all(&sane, &with_option(Source::Glass, "test-picture", "Solid white"));
    let (grid, end) = scan_all(&sane, &with_option(Source::Glass, "test-picture", "Grid"));
    assert!(end.is_ok() && plain[0].bytes != grid[0].bytes, "what was given was taken");
    assert!(sane.check(TEST_DEVICE).is_ok());
    assert!(matches!(sane.check("sane:test:99"), Err(ScanError::NotFound { .. })));
}

#[test]
fn ten_pages_come_in_order_and_none_before_the_one_before_it_is_kept() {
    let Some(stand) = Stand::new() else { return };
    let mut got = Vec::new();
    let end = stand.sane().scan(TEST_DEVICE, &quick(Source::Feeder), &Cancel::new(), &mut |side| {
        // While the caller stores a page the driver must stand still (T-02, G13). It would need 10 ms for the next.
        std::thread::sleep(Duration::from_millis(if side.number < 4 { 200 } else { 0 }));
        assert_eq!(stand.in_passage(), [] as [&std::path::Path; 0], "page {} was not kept yet", side.number);
        got.push(side);
        ControlFlow::Continue(())
    });
    let end = end.unwrap();
    assert_eq!(numbers(&got), (1..=10).collect::<Vec<_>>(), "the feeder of the test device holds ten sheets");
    assert_eq!(end.ended, Ended::Empty);
    assert_eq!(end.applied, Applied { source: Source::Feeder, dpi: Some(75), mode: Some(Mode::Color) });
    for side in &got {
        assert!(side.bytes.starts_with(b"\xff\xd8") && side.bytes.ends_with(b"\xff\xd9"), "a whole JPEG");
        assert_eq!(side.dpi, Some(75));
    }
    stand.assert_clean();
}

#[test]
fn the_glass_gives_one_page_and_can_be_used_after_the_feeder() {
    let Some(stand) = Stand::new() else { return };
    let sane = stand.sane();
    for source in [Source::Glass, Source::Feeder, Source::Glass] {
        let (sides, end) = scan_all(&sane, &quick(source));
        assert_eq!(sides.len(), if source == Source::Glass { 1 } else { 10 }, "switching sources loses nothing (T-16)");
        assert_eq!(end.unwrap().ended, Ended::Empty);
    }
    stand.assert_clean();
}

#[test]
fn a_break_in_the_middle_keeps_what_came() {
    let Some(stand) = Stand::new() else { return };
    let mut got = 0;
    let end = stand.sane().scan(TEST_DEVICE, &quick(Source::Feeder), &Cancel::new(), &mut |_| {
        got += 1;
        if got == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((got, end.unwrap().ended), (4, Ended::Cancelled), "no page after the one that broke");
    stand.assert_clean();
}

#[test]
fn a_cancel_in_the_middle_of_a_page_is_quick_and_keeps_what_came() {
    let Some(stand) = Stand::new() else { return };
    // Each buffer of 2 KiB takes 100 ms, so that a page of this size would take a minute.
    let mut settings = with_option(Source::Feeder, "read-limit", "yes");
    for (name, value) in [("read-limit-size", "2048"), ("read-delay", "yes"), ("read-delay-duration", "100000")] {
        settings.extra.push((name.to_owned(), value.to_owned()));
    }
    let cancel = Cancel::new();
    let from_outside = cancel.clone();
    let clerk = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        from_outside.cancel();
    });
    let start = Instant::now();
    let mut got = 0;
    let end = stand.sane().scan(TEST_DEVICE, &settings, &cancel, &mut |_| {
        got += 1;
        ControlFlow::Continue(())
    });
    clerk.join().unwrap();
    assert_eq!((got, end.unwrap().ended), (0, Ended::Cancelled), "the page in work is not handed over");
    assert!(start.elapsed() < Duration::from_secs(8), "the clerk does not wait for the page: {:?}", start.elapsed());
    stand.assert_clean();
    let (sides, _) = scan_all(&stand.sane(), &quick(Source::Glass));
    assert_eq!(sides.len(), 1, "the scanner can be used again at once");
}

#[test]
fn the_resolution_nearest_to_the_one_asked_is_used_and_told() {
    let Some(stand) = Stand::new() else { return };
    let mut settings = quick(Source::Glass);
    settings.dpi = Some(5_000);
    settings.mode = Some(Mode::Bw);
    // A small piece: a whole page at this resolution would be 90 megapixels.
    settings.extra = [("x", "20"), ("y", "20")].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let (sides, end) = scan_all(&stand.sane(), &settings);
    assert_eq!(sides[0].dpi, Some(1_200));
    let applied = end.unwrap().applied;
    assert_eq!(applied.mode, Some(Mode::Gray), "a device without black and white gives gray and says so (T-19)");
}

#[test]
fn drivers_are_told_apart_by_the_id() {
    let Some(stand) = Stand::new() else { return };
    let training = VirtualScanner::training().with_rhythm(Duration::ZERO);
    let all = Scanners::new().with("sane", stand.sane()).with("virtual", training);
    let ids: Vec<_> = all.devices().unwrap().into_iter().map(|device| device.id).collect();
    assert_eq!(ids, [TEST_DEVICE, "virtual:training"]);
    assert_eq!(scan_all(&all, &quick(Source::Glass)).0.len(), 1);
    let mut none = |_| ControlFlow::Continue(());
    for id in ["", "sane", "sane:", "wia:x", "virtual:other", "sane:test:9", "sane:--help", "sane:a\0b"] {
        let outcome = all.scan(id, &quick(Source::Glass), &Cancel::new(), &mut none);
        assert!(matches!(outcome, Err(ScanError::NotFound { .. })), "{id:?} gave {outcome:?}");
    }
}

#[test]
fn without_scanimage_there_are_no_devices_and_that_is_no_error() {
    let sane = devices::Sane::new().with_program("/nonexistent/scanimage");
    assert_eq!(sane.devices().unwrap(), []);
    let outcome = sane.scan(TEST_DEVICE, &quick(Source::Glass), &Cancel::new(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(outcome, Err(ScanError::ProgramMissing { .. })));
}
