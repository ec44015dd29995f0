//! Faults of the real test device, and of drivers that crash, hang or lie: pages so far stay, the counter stays.
#![cfg(unix)]

use crate::stand::{Stand, TEST_DEVICE, numbers, quick, scan_all, with_option};
use devices::{Cancel, Ended, ScanError, Scanner, Source};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

#[test]
fn each_status_of_the_driver_is_a_fault_of_its_own() {
    let Some(stand) = Stand::new() else { return };
    // One run in twenty hangs in the backend after it has told its status; what it told must come through all the same.
    let fault = |status: &str| {
        let settings = with_option(Source::Feeder, "read-return-value", &format!("SANE_STATUS_{status}"));
        let sane = stand.sane().with_page_patience(Duration::from_secs(4));
        let (sides, outcome) = scan_all(&sane, &settings);
        assert!(sides.is_empty(), "{status}: a page with a fault is not a page");
        outcome
    };
    assert!(matches!(fault("JAMMED"), Err(ScanError::Jam)));
    assert!(matches!(fault("COVER_OPEN"), Err(ScanError::CoverOpen)));
    assert!(matches!(fault("DEVICE_BUSY"), Err(ScanError::Busy)));
    assert!(matches!(fault("ACCESS_DENIED"), Err(ScanError::AccessDenied)));
    assert!(matches!(fault("NO_DOCS"), Err(ScanError::FeederEmpty)), "no page at all is an empty feeder, not an end");
    assert!(matches!(fault("IO_ERROR"), Err(ScanError::Failed { .. })));
    assert!(matches!(fault("NO_MEM"), Err(ScanError::Failed { .. })));
    // scanimage itself gives up here, half a page written; with other formats it aborts.
    assert!(matches!(fault("EOF"), Err(ScanError::Failed { .. })));
    let cancelled = fault("CANCELLED");
    assert!(matches!(cancelled, Ok(end) if end.ended == Ended::Cancelled), "the button at the device is no fault");
    stand.assert_clean();
}

#[test]
fn a_jam_at_page_three_keeps_two() {
    let Some(stand) = Stand::new() else { return };
    let jams = "scanimage \"$@\" --batch-count=2 2>/dev/null\n\
                exec scanimage \"$@\" --batch-start=3 --read-return-value=SANE_STATUS_JAMMED";
    let sane = stand.sane().with_program(stand.script(jams));
    let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
    assert_eq!(numbers(&sides), [1, 2], "what came before the jam was handed over, the jammed sheet was not (T-12)");
    assert!(matches!(outcome, Err(ScanError::Jam)), "{outcome:?}");
    stand.assert_clean();
}

#[test]
fn a_driver_that_hangs_in_the_middle_of_a_page_is_stopped() {
    let Some(stand) = Stand::new() else { return };
    // The real driver, slowed down, then halted where it stands: it cannot even hear that it should stop.
    let hangs = "exec 3<&0; scanimage \"$@\" <&3 & p=$!; sleep 0.5; kill -STOP $p; wait $p";
    let mut settings = with_option(Source::Feeder, "read-delay", "yes");
    settings.extra.push(("read-delay-duration".to_owned(), "200000".to_owned()));
    settings.dpi = Some(300);
    let start = Instant::now();
    let sane = stand.sane().with_program(stand.script(hangs)).with_page_patience(Duration::from_secs(2));
    let (sides, outcome) = scan_all(&sane, &settings);
    assert!(sides.is_empty(), "half a page is not a page");
    assert!(matches!(outcome, Err(ScanError::Timeout { after }) if after == Duration::from_secs(2)), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(15), "and no later: {:?}", start.elapsed());
    stand.assert_clean();
    assert_eq!(scan_all(&stand.sane(), &quick(Source::Glass)).0.len(), 1, "the scanner can be used again at once");
}

#[test]
fn a_driver_deaf_to_everything_is_killed_with_all_it_started() {
    let Some(stand) = Stand::new() else { return };
    let deaf = "scanimage \"$@\" --batch-count=1 2>/dev/null\ntrap '' TERM\n(trap '' TERM; sleep 60) &\nsleep 60";
    let sane = stand.sane().with_program(stand.script(deaf)).with_page_patience(Duration::from_secs(1));
    let start = Instant::now();
    let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
    assert_eq!(numbers(&sides), [1], "the page before the hang stays (T-17)");
    assert!(matches!(outcome, Err(ScanError::Timeout { .. })), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(20), "killed within seconds: {:?}", start.elapsed());
    stand.assert_clean();
}

#[test]
fn a_driver_that_hangs_after_it_has_told_its_fault_is_believed() {
    let told = [
        ("Document feeder jammed", "Jam"),
        ("Error during device I/O", "Failed"),
        ("Document feeder out of documents", "Empty"),
    ];
    // Every script is written before the first is run: a program still open for writing cannot be run, and a child
    // begun meanwhile would hold it open.
    let stands: Vec<_> = told.iter().filter_map(|told| Some((Stand::new()?, told))).collect();
    let hangs: Vec<_> = stands
        .iter()
        .map(|(stand, (told, _))| {
            stand.script(&format!(
                "scanimage \"$@\" --batch-count=2 2>/dev/null\necho 'scanimage: sane_read: {told}' >&2\n\
                 echo 'Batch terminated, 3 pages scanned' >&2\nsleep 60"
            ))
        })
        .collect();
    std::thread::scope(|scope| {
        for ((stand, (told, becomes)), hangs) in stands.iter().zip(hangs) {
            scope.spawn(move || {
                let (sides, outcome) = scan_all(&stand.sane().with_program(hangs), &quick(Source::Feeder));
                assert_eq!(numbers(&sides), [1, 2], "{outcome:?}");
                let said = format!("{outcome:?}");
                assert!(said.contains(becomes) && !said.contains("Timeout"), "{told} became {said}");
                stand.assert_clean();
            });
        }
    });
}

#[test]
fn a_driver_that_crashes_leaves_the_counter_alive() {
    let Some(stand) = Stand::new() else { return };
    let crashes = "scanimage \"$@\" --batch-count=3 2>/dev/null\necho 'free(): invalid pointer' >&2\nkill -SEGV $$";
    let sane = stand.sane().with_program(stand.script(crashes));
    let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
    assert_eq!(numbers(&sides), [1, 2, 3]);
    let Err(ScanError::Failed { message, code: None }) = outcome else { panic!("a signal has no code: {outcome:?}") };
    assert_eq!(message, "free(): invalid pointer", "its last words are in the log");
    stand.assert_clean();
}

#[test]
fn what_is_no_page_is_never_handed_over() {
    let Some(stand) = Stand::new() else { return };
    let secret = stand.folder.path().join("secret.jpeg");
    std::fs::write(&secret, b"\xff\xd8\xff\xe0 not yours \xff\xd9").unwrap();
    let lies = [
        (": >p00001.jpeg; echo p00001.jpeg", "an empty file"),
        ("printf '\\377\\330\\377 half' >p00001.jpeg; echo p00001.jpeg", "half a picture"),
        ("printf '\\377\\330\\377\\331' >p00001.jpeg.part; echo p00001.jpeg.part", "a file still written to"),
        ("echo p00001.jpeg", "no file at all"),
        (&format!("echo {}", secret.display()), "a file of somebody else"),
        ("echo ../../secret.jpeg", "a way out of the folder"),
        ("mkfifo p00001.jpeg; echo p00001.jpeg", "a pipe that never ends"),
    ];
    for (lie, what) in lies {
        let sane = stand.sane().with_program(stand.script(&format!("read x; {lie}; read x")));
        let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
        assert!(sides.is_empty(), "{what} was taken for a page");
        assert!(matches!(outcome, Err(ScanError::Failed { .. } | ScanError::Io { .. })), "{what}: {outcome:?}");
    }
    assert!(secret.exists(), "nothing of others is removed");
    stand.assert_clean();
}

#[test]
fn a_flood_of_messages_does_not_fill_the_memory_or_stop_the_scan() {
    let Some(stand) = Stand::new() else { return };
    let floods = "head -c 30000000 /dev/zero | tr '\\0' x >&2\nyes debug | head -n 200000 >&2\nexec scanimage \"$@\"";
    let sane = stand.sane().with_program(stand.script(floods));
    let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
    assert_eq!(sides.len(), 10);
    assert_eq!(outcome.unwrap().ended, Ended::Empty);
}

#[test]
fn a_scanner_that_wakes_up_is_waited_for() {
    let Some(stand) = Stand::new() else { return };
    let count = stand.folder.path().join("asked");
    let wakes = format!(
        "echo x >>'{0}'; [ $(wc -l <'{0}') -gt 2 ] && exec scanimage \"$@\"\n\
         echo 'scanimage: open of device test:0 failed: Device busy' >&2; exit 1",
        count.display()
    );
    let sane = stand.sane().with_program(stand.script(&wakes)).with_busy_patience(Duration::from_secs(25));
    let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
    assert_eq!(sides.len(), 10, "busy for a while and then ten pages, no error (T-10): {outcome:?}");
}

#[test]
fn an_option_the_device_refuses_is_named() {
    let Some(stand) = Stand::new() else { return };
    let (_, outcome) = scan_all(&stand.sane(), &with_option(Source::Feeder, "no-such-option", "1"));
    assert!(
        matches!(&outcome, Err(ScanError::Failed { message, .. }) if message.contains("no-such-option")),
        "{outcome:?}"
    );
}

/// T-17: a driver that hangs while it opens the device, and while it starts: nothing came, it is stopped in its time, and
/// the next scan works.
#[test]
fn a_driver_that_hangs_before_the_first_page_is_stopped() {
    let Some(stand) = Stand::new() else { return };
    let hangs = [
        ("in sane_open", "trap '' TERM; sleep 60"),
        (
            "in sane_start",
            "echo 'Scanning page 1' >&2; echo 'Press <RETURN> to continue.' >&2; read x; trap '' TERM; sleep 60",
        ),
    ];
    for (where_it_hangs, hang) in hangs {
        let sane = stand.sane().with_program(stand.script(hang)).with_page_patience(Duration::from_secs(1));
        let start = Instant::now();
        let (sides, outcome) = scan_all(&sane, &quick(Source::Feeder));
        assert!(sides.is_empty(), "{where_it_hangs}");
        assert!(matches!(outcome, Err(ScanError::Timeout { .. })), "{where_it_hangs}: {outcome:?}");
        assert!(start.elapsed() < Duration::from_secs(20), "{where_it_hangs}: {:?}", start.elapsed());
        stand.assert_clean();
        assert_eq!(scan_all(&stand.sane(), &quick(Source::Glass)).0.len(), 1, "{where_it_hangs}: the next scan works");
    }
}

/// T-17: a driver that does not hear the cancel is killed with what it started; pages so far stay, the next scan works.
#[test]
fn a_driver_that_hangs_while_it_is_cancelled_is_killed() {
    let Some(stand) = Stand::new() else { return };
    let deaf = "scanimage \"$@\" --batch-count=2 2>/dev/null\ntrap '' TERM\n(trap '' TERM; sleep 60) &\nsleep 60";
    let sane = stand.sane().with_program(stand.script(deaf));
    let (cancel, mut sides) = (Cancel::new(), Vec::new());
    let start = Instant::now();
    let outcome = sane.scan(TEST_DEVICE, &quick(Source::Feeder), &cancel, &mut |side| {
        sides.push(side);
        if sides.len() == 2 {
            cancel.cancel();
        }
        ControlFlow::Continue(())
    });
    assert_eq!(numbers(&sides), [1, 2], "what came before the cancel stays");
    assert!(matches!(&outcome, Ok(end) if end.ended == Ended::Cancelled), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    stand.assert_clean();
    assert_eq!(scan_all(&stand.sane(), &quick(Source::Glass)).0.len(), 1, "the scanner can be used again at once");
}

/// T-16: the feeder, the glass and the feeder again; and a driver that refuses its second start (`SANE_STATUS_INVAL`,
/// sane-airscan #332) keeps the page that came and says what it is.
#[test]
fn a_second_start_that_is_refused_keeps_the_first_page() {
    let Some(stand) = Stand::new() else { return };
    let refuses = "scanimage \"$@\" --batch-count=1 2>/dev/null\necho 'scanimage: sane_start: Invalid argument' >&2\n\
                   echo 'Batch terminated, 1 pages scanned' >&2; exit 4";
    let (sides, outcome) = scan_all(&stand.sane().with_program(stand.script(refuses)), &quick(Source::Feeder));
    assert_eq!(numbers(&sides), [1]);
    assert!(matches!(&outcome, Err(ScanError::Failed { message, .. }) if message.contains("Invalid")), "{outcome:?}");
    let sane = stand.sane();
    for (source, pages) in [(Source::Feeder, 10), (Source::Glass, 1), (Source::Feeder, 10)] {
        let (sides, outcome) = scan_all(&sane, &quick(source));
        assert_eq!((sides.len(), outcome.unwrap().applied.source), (pages, source), "switching sources loses nothing");
    }
    stand.assert_clean();
}
