//! What the tests stand on: a private SANE configuration with its test device, and programs found or skipped.

use devices::{Cancel, Device, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, Source};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The id of the test device.
pub(crate) const TEST_DEVICE: &str = "sane:test:0";

/// Says on the test's own output that it proved nothing.
#[expect(clippy::print_stderr, reason = "the note a skipped test leaves")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// The program in the path, or a note that the test is skipped.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    if found.is_none() {
        skipped(&format!("{name} is not installed"));
    }
    found
}

/// A scanner stand: SANE that knows its test device only, and a folder for the page in passage.
pub(crate) struct Stand {
    pub(crate) folder: TempDir,
}

impl Stand {
    /// Sets one up, or skips.
    pub(crate) fn new() -> Option<Self> {
        program("scanimage")?;
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("sane");
        std::fs::create_dir(&config).unwrap();
        std::fs::create_dir(folder.path().join("pages")).unwrap();
        std::fs::write(config.join("dll.conf"), "test\n").unwrap();
        std::fs::write(config.join("test.conf"), "number_of_devices 1\ntest-picture \"Grid\"\n").unwrap();
        let stand = Self { folder };
        if stand.sane().devices().unwrap().is_empty() {
            skipped("SANE has no test device here");
            return None;
        }
        Some(stand)
    }

    pub(crate) fn sane(&self) -> devices::Sane {
        devices::Sane::new()
            .with_config_dir(self.folder.path().join("sane"))
            .with_temp_dir(self.pages())
            .with_busy_patience(Duration::ZERO)
    }

    /// Where a page lies between the driver and the caller.
    pub(crate) fn pages(&self) -> PathBuf {
        self.folder.path().join("pages")
    }

    /// A `scanimage` of a few lines of shell that ends in the real one, to provoke what the test device cannot.
    #[cfg(unix)]
    pub(crate) fn script(&self, batch: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.path().join("scanimage");
        let text = format!("#!/bin/sh\ncase \"$*\" in *--batch-print*) ;; *) exec scanimage \"$@\" ;; esac\n{batch}\n");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    /// All files that lie in passage now.
    pub(crate) fn in_passage(&self) -> Vec<PathBuf> {
        let folders = std::fs::read_dir(self.pages()).unwrap().map(|entry| entry.unwrap().path());
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect()
    }

    /// Fails when the scan left a page in plain or a process that holds the scanner.
    pub(crate) fn assert_clean(&self) {
        let left: Vec<_> = std::fs::read_dir(self.pages()).unwrap().collect();
        assert!(left.is_empty(), "a page must not stay behind in plain: {left:?}");
        let mark = self.folder.path().to_string_lossy().into_owned();
        let held = || -> Vec<_> {
            let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
            let ours = |process: &std::fs::DirEntry| {
                let environment = std::fs::read(process.path().join("environ")).unwrap_or_default();
                String::from_utf8_lossy(&environment).contains(&mark)
            };
            processes.filter(ours).map(|process| process.file_name()).collect()
        };
        // A killed process needs a moment to go; one that was not killed stays for a minute.
        let end = Instant::now() + Duration::from_secs(5);
        while !held().is_empty() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(20));
        }
        let held = held();
        assert!(held.is_empty(), "a driver that outlives its scan holds the scanner: {held:?}");
    }
}

/// Settings small enough that ten pages take half a second.
pub(crate) fn quick(source: Source) -> ScanSettings {
    ScanSettings { source: Some(source), dpi: Some(75), ..ScanSettings::default() }
}

/// The same with one option for the driver itself.
pub(crate) fn with_option(source: Source, name: &str, value: &str) -> ScanSettings {
    ScanSettings { extra: vec![(name.to_owned(), value.to_owned())], ..quick(source) }
}

/// Scans to the end and keeps what was handed over, also where a fault ended it.
pub(crate) fn scan_all(
    scanner: &dyn Scanner,
    settings: &ScanSettings,
) -> (Vec<ScannedSide>, Result<ScanEnd, ScanError>) {
    let mut sides = Vec::new();
    let outcome = scanner.scan(TEST_DEVICE, settings, &Cancel::new(), &mut |side| {
        sides.push(side);
        ControlFlow::Continue(())
    });
    (sides, outcome)
}

/// The numbers of the sides.
pub(crate) fn numbers(sides: &[ScannedSide]) -> Vec<u32> {
    sides.iter().map(|side| side.number).collect()
}

/// The only device of a list.
pub(crate) fn only(devices: Vec<Device>) -> Device {
    assert_eq!(devices.len(), 1, "one device was set up: {devices:?}");
    devices.into_iter().next().unwrap()
}

/// The file in `path` with such a part in its name.
#[cfg(unix)]
pub(crate) fn file_named(path: &std::path::Path, part: &str) -> Option<PathBuf> {
    let names = std::fs::read_dir(path).into_iter().flatten().flatten();
    names.map(|entry| entry.path()).find(|file| file.to_string_lossy().contains(part))
}
