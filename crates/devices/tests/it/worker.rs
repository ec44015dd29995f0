//! A driver in a process of its own: whatever it does, pages so far stay and the counter goes on (T-17).
#![cfg(unix)]

use devices::{
    Cancel, Device, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, TRAINING_ID, VirtualScanner, Worker,
    worker,
};
use std::ops::ControlFlow;
use std::process::Command;
use std::time::{Duration, Instant};

/// The worker is this program, started again to play a driver.
const ROLE: &str = "worker::plays_a_driver";

/// What the driver does to its second page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Well,
    Crash,
    Hang,
    Freeze,
    Panic,
    Jam,
    Chatter,
    Lie,
}

const ALL: [Does; 8] =
    [Does::Well, Does::Crash, Does::Hang, Does::Freeze, Does::Panic, Does::Jam, Does::Chatter, Does::Lie];

struct Driver(Does);

impl Scanner for Driver {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        self.act();
        VirtualScanner::training().devices()
    }

    fn scan(
        &self,
        device: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let scanner = VirtualScanner::training().with_rhythm(Duration::from_millis(20));
        if self.0 == Does::Jam {
            let mut pages = 0;
            scanner.scan(device, settings, cancel, &mut |side| {
                pages += 1;
                if pages < 3 { on_side(side) } else { ControlFlow::Break(()) }
            })?;
            return Err(ScanError::Jam);
        }
        scanner.scan(device, settings, cancel, &mut |side| {
            if side.number == 2 {
                self.act();
            }
            on_side(side)
        })
    }
}

impl Driver {
    fn act(&self) {
        match self.0 {
            Does::Crash => {
                eprint_line("vendor: double free");
                std::process::abort();
            }
            Does::Hang => std::thread::sleep(Duration::from_secs(600)),
            Does::Freeze => {
                let own = std::process::id().to_string();
                drop(Command::new("kill").args(["-STOP", &own]).status());
                // The signal may take a moment to halt every thread.
                std::thread::sleep(Duration::from_secs(600));
            }
            Does::Panic => panic!("vendor: what was that"),
            Does::Chatter => print_line("vendor: lamp 100 %\n{\"page\":"),
            Does::Well | Does::Jam | Does::Lie => {}
        }
    }
}

#[expect(clippy::print_stdout, reason = "what vendors do")]
fn print_line(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "what vendors do")]
fn eprint_line(text: &str) {
    eprintln!("{text}");
}

/// No test but a part to play; without the part it passes at once.
#[test]
fn plays_a_driver() {
    let part = std::env::var("MOTCUA_WORKER_PLAYS").unwrap_or_default();
    let Some(does) = ALL.into_iter().find(|does| format!("{does:?}") == part) else { return };
    let folder = std::env::current_dir().unwrap();
    if does == Does::Lie {
        std::fs::write(folder.join("p00001"), b"not what was told").unwrap();
        let told = r#"{"page":{"number":1,"name":"p00001","bytes":17,"sha256":"00","dpi":null}}"#;
        print_line(&format!("\n{told}"));
        std::thread::sleep(Duration::from_secs(2));
    }
    let stdin = std::io::BufReader::new(std::io::stdin());
    drop(worker::serve(&Driver(does), stdin, std::io::stdout(), &folder));
    std::process::exit(0);
}

fn driver(does: Does) -> Worker {
    let own = std::env::current_exe().unwrap();
    let plays = format!("MOTCUA_WORKER_PLAYS={does:?}");
    let program = [plays.as_str(), own.to_str().unwrap(), ROLE, "--exact", "--nocapture", "--test-threads=1"];
    Worker::new("/usr/bin/env", program).with_patience(Duration::from_secs(4), Duration::from_secs(6))
}

fn scan(does: Does) -> (Vec<ScannedSide>, Result<ScanEnd, ScanError>) {
    let mut sides = Vec::new();
    let outcome = driver(does).scan(TRAINING_ID, &ScanSettings::default(), &Cancel::new(), &mut |side| {
        sides.push(side);
        ControlFlow::Continue(())
    });
    (sides, outcome)
}

#[test]
fn pages_come_whole_and_in_order() {
    for does in [Does::Well, Does::Chatter] {
        let (sides, outcome) = scan(does);
        let end = outcome.unwrap();
        assert_eq!((sides.len(), end.fed, end.ended), (3, Some(3), Ended::Empty), "{does:?}");
        assert!(sides.iter().all(|side| side.bytes.starts_with(&[0xff, 0xd8]) && side.dpi == Some(200)), "{does:?}");
        assert_eq!(driver(does).devices().unwrap()[0].id, TRAINING_ID, "{does:?}");
    }
}

#[test]
fn whatever_the_driver_does_the_pages_before_it_stay() {
    let check = |does: Does, pages: usize, is: fn(&ScanError) -> bool| {
        let start = Instant::now();
        let (sides, outcome) = scan(does);
        let error = outcome.expect_err("a fault");
        assert_eq!(sides.len(), pages, "{does:?}: {error:?}");
        assert!(is(&error), "{does:?}: {error:?}");
        assert!(start.elapsed() < Duration::from_secs(20), "{does:?}: {:?}", start.elapsed());
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            check(
                Does::Crash,
                1,
                |error| matches!(error, ScanError::Failed { message, .. } if message == "vendor: double free"),
            );
        });
        scope.spawn(|| check(Does::Hang, 1, |error| matches!(error, ScanError::Timeout { .. })));
        scope.spawn(|| check(Does::Freeze, 1, |error| matches!(error, ScanError::Timeout { .. })));
        scope.spawn(|| check(Does::Panic, 1, |error| matches!(error, ScanError::Failed { .. })));
        scope.spawn(|| check(Does::Jam, 2, |error| matches!(error, ScanError::Jam)));
        scope.spawn(|| check(Does::Lie, 0, |error| matches!(error, ScanError::Failed { .. })));
    });
}

#[test]
fn a_scan_is_stopped_and_a_deaf_driver_too() {
    for (does, least) in [(Does::Well, 1), (Does::Hang, 1)] {
        let (cancel, start) = (Cancel::new(), Instant::now());
        let mut pages = 0;
        let end = driver(does).scan(TRAINING_ID, &ScanSettings::default(), &cancel, &mut |_| {
            pages += 1;
            cancel.cancel();
            ControlFlow::Continue(())
        });
        assert_eq!(end.unwrap().ended, Ended::Cancelled, "{does:?}");
        assert_eq!(pages, least, "{does:?}: what came after the stop is put back");
        assert!(start.elapsed() < Duration::from_secs(12), "{does:?}: {:?}", start.elapsed());
    }
}

#[test]
fn the_next_page_is_asked_for_only_when_this_one_is_kept() {
    let mut seen = Vec::new();
    let before = Instant::now();
    driver(Does::Well)
        .scan(TRAINING_ID, &ScanSettings::default(), &Cancel::new(), &mut |side| {
            std::thread::sleep(Duration::from_millis(400));
            seen.push((side.number, before.elapsed()));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(seen.windows(2).all(|pair| pair[1].1 - pair[0].1 >= Duration::from_millis(400)), "{seen:?}");
}
