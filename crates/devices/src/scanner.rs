//! The one way to scan, whoever drives the device, and the joining of several drivers into one.
//!
//! The rule that everything else serves: the next page is asked for only after `on_side` has returned, so a page is
//! on disk and in the store before the paper of the next one moves (G13, T-02).

use crate::button::Button;
use crate::device::{Caps, Device, DeviceOption, Mode, Size, Source};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use ts_rs::TS;

/// Drives scanners of one kind.
pub trait Scanner: Send + Sync {
    /// Lists the scanners that answer now. A driver that is not installed has none.
    ///
    /// # Errors
    /// When the driver is there and fails to list.
    fn devices(&self) -> Result<Vec<Device>, ScanError>;

    /// Scans until the paper ends, `cancel` is set or `on_side` breaks, handing over each side as it arrives.
    ///
    /// # Errors
    /// With the fault that ended the scan. Sides handed over before it stay handed over; the side in work at the
    /// fault was not handed over and its sheet has to be scanned again.
    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError>;

    /// Asks the device anew whether it could scan now. No paper moves.
    ///
    /// # Errors
    /// With what keeps it from scanning.
    fn check(&self, device_id: &str) -> Result<(), ScanError> {
        let there = self.devices()?.iter().any(|device| device.id == device_id);
        if there { Ok(()) } else { Err(ScanError::NotFound { device: device_id.to_owned() }) }
    }

    /// What the device can do, without looking for others.
    ///
    /// # Errors
    /// When it is not there or does not answer.
    fn caps(&self, device_id: &str) -> Result<Caps, ScanError> {
        let found = self.devices()?.into_iter().find(|device| device.id == device_id);
        found.map(|device| device.caps).ok_or_else(|| ScanError::NotFound { device: device_id.to_owned() })
    }

    /// The keys on the device; none where the driver does not tell of them.
    ///
    /// # Errors
    /// When the device does not answer.
    fn buttons(&self, _device_id: &str) -> Result<Vec<Button>, ScanError> {
        Ok(Vec::new())
    }

    /// Every option of the device that can be given in [`ScanSettings::extra`]; none where the driver has none.
    ///
    /// # Errors
    /// When the device does not answer.
    fn all_options(&self, _device_id: &str) -> Result<Vec<DeviceOption>, ScanError> {
        Ok(Vec::new())
    }
}

/// What the clerk asks of a scan; what is left open the driver chooses (feeder, 300 dpi, color).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScanSettings {
    /// Where the paper lies.
    pub source: Option<Source>,
    /// Dots per inch; the nearest the device offers is taken.
    pub dpi: Option<u32>,
    /// Color mode; a device without it gets the next richer one (T-19).
    pub mode: Option<Mode>,
    /// How large the paper is; A4 or what the device takes by itself where it is left out.
    #[serde(default)]
    pub size: Option<Size>,
    /// Options handed to the driver as they are, one `(name, value)` each, for devices with needs of their own.
    #[serde(default)]
    pub extra: Vec<(String, String)>,
}

/// One side of a sheet as the scanner gave it (mặt giấy).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedSide {
    /// The picture file, JPEG or PNG, never re-encoded here and never empty.
    pub bytes: Vec<u8>,
    /// The resolution it was scanned at, where known.
    pub dpi: Option<u32>,
    /// 1, 2, 3 … within this scan.
    pub number: u32,
}

/// How a scan without fault ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanEnd {
    /// Sheets the device says it moved, where it counts them (T-13).
    pub fed: Option<u32>,
    /// Why it ended.
    pub ended: Ended,
    /// What was used in the end, to be told where it differs from what was asked.
    pub applied: Applied,
}

/// Why a scan without fault ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// No paper is left; on the glass, the one side is done.
    Empty,
    /// The clerk or the caller stopped it.
    Cancelled,
}

/// The settings as the device took them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Where the paper was taken from.
    pub source: Source,
    /// The resolution, where the device has a choice of it.
    pub dpi: Option<u32>,
    /// The color mode, where the device has a choice of it.
    pub mode: Option<Mode>,
}

/// Why a scan or a listing failed.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// No such device, or it no longer answers.
    #[error("scanner {device} was not found")]
    NotFound {
        /// The id asked for.
        device: String,
    },
    /// The device has no such place for paper.
    #[error("the scanner has no {source_wanted:?}")]
    NoSource {
        /// What was asked for.
        source_wanted: Source,
    },
    /// The feeder held no sheet at all.
    #[error("the feeder is empty")]
    FeederEmpty,
    /// A sheet is stuck; it was not handed over.
    #[error("a sheet is jammed in the feeder")]
    Jam,
    /// Two sheets went through at once; none of them was handed over.
    #[error("two sheets went through the feeder at once")]
    DoubleFeed,
    /// The cover is open.
    #[error("the scanner cover is open")]
    CoverOpen,
    /// Another program or person uses it.
    #[error("the scanner is busy")]
    Busy,
    /// It gave nothing for too long and its driver was stopped.
    #[error("the scanner gave nothing for {} s", after.as_secs())]
    Timeout {
        /// How long it was waited for.
        after: Duration,
    },
    /// The program that drives it is not installed.
    #[error("{program} is not installed")]
    ProgramMissing {
        /// The program's name.
        program: &'static str,
    },
    /// The user may not use the device.
    #[error("access to the scanner was denied")]
    AccessDenied,
    /// Any other fault, in the driver's own words.
    #[error("the scanner driver failed: {message}")]
    Failed {
        /// What the driver wrote, last line.
        message: String,
        /// Its exit code; none where a signal ended it.
        code: Option<i32>,
    },
    /// The page could not be passed through the temporary folder.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

impl ScanError {
    /// Names the file or folder that a fault of the disk is about.
    pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// How often the clerk's cancel is looked at while nothing happens.
const GLANCE: Duration = Duration::from_millis(20);

/// A flag that stops a scan from another thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Makes one that is not set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the scan to stop; it stays asked.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether the scan was asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Waits for `time`; true when it was asked to stop meanwhile.
    pub(crate) fn during(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        while !self.is_cancelled() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            std::thread::sleep(left.min(GLANCE));
        }
        true
    }
}

/// Several drivers as one, told apart by the first part of the device id.
#[derive(Default)]
pub struct Scanners {
    drivers: Vec<(&'static str, Box<dyn Scanner>)>,
}

impl Scanners {
    /// Makes one without any driver.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the driver of all ids that begin with `prefix` and a colon.
    #[must_use]
    pub fn with(mut self, prefix: &'static str, driver: impl Scanner + 'static) -> Self {
        self.drivers.push((prefix, Box::new(driver)));
        self
    }

    fn driver(&self, device_id: &str) -> Result<&dyn Scanner, ScanError> {
        let prefix = device_id.split_once(':').map(|(prefix, _)| prefix);
        let driver = self.drivers.iter().find(|(own, _)| Some(*own) == prefix).map(|(_, driver)| driver.as_ref());
        driver.ok_or_else(|| ScanError::NotFound { device: device_id.to_owned() })
    }
}

impl Scanner for Scanners {
    /// One driver's failure must not hide the scanners of another: it is an error only when nothing was found.
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        // All at once: each may wait for its devices to speak.
        let listed: Vec<_> = std::thread::scope(|scope| {
            let asked: Vec<_> =
                self.drivers.iter().map(|(at, driver)| (*at, scope.spawn(|| driver.devices()))).collect();
            asked.into_iter().filter_map(|(at, one)| Some((at, one.join().ok()?))).collect()
        });
        let mut found = Vec::new();
        let mut failure = None;
        for (prefix, listed) in listed {
            match listed {
                Ok(devices) => found.extend(devices),
                Err(error) => {
                    tracing::warn!(%error, prefix, "listing scanners failed");
                    failure = Some(error);
                }
            }
        }
        match failure {
            Some(error) if found.is_empty() => Err(error),
            _ => Ok(found),
        }
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        self.driver(device_id)?.scan(device_id, settings, cancel, on_side)
    }

    fn check(&self, device_id: &str) -> Result<(), ScanError> {
        self.driver(device_id)?.check(device_id)
    }

    fn caps(&self, device_id: &str) -> Result<Caps, ScanError> {
        self.driver(device_id)?.caps(device_id)
    }

    fn buttons(&self, device_id: &str) -> Result<Vec<Button>, ScanError> {
        self.driver(device_id)?.buttons(device_id)
    }

    fn all_options(&self, device_id: &str) -> Result<Vec<DeviceOption>, ScanError> {
        self.driver(device_id)?.all_options(device_id)
    }
}
