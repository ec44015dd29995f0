//! What the program and a driver's worker say to each other: a JSON object a line, on the worker's standard streams.
//!
//! A page goes by file and checksum, never through the pipe. What is no such line is a driver's chatter: vendors' code
//! prints where it likes.

use crate::device::Device;
use crate::scanner::{Applied, Ended, ScanEnd, ScanError, ScanSettings};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How often a worker says that it lives.
pub(super) const BEAT: Duration = Duration::from_secs(1);

/// What the worker is told.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// List the scanners, and end.
    List,
    /// Scan into files in the working folder, and end.
    Scan { device: String, settings: ScanSettings },
    /// The page is kept: the next one may come.
    Next,
    /// Stop as soon as the paper is safe.
    Cancel,
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    /// It lives.
    Beat,
    /// The scanners.
    Devices(Vec<Device>),
    /// A page lies in the working folder under this name.
    Page { number: u32, name: String, bytes: u64, sha256: String, dpi: Option<u32> },
    /// The scan is over.
    End { fed: Option<u32>, ended: Ended, applied: Applied },
    /// The scan failed.
    Fault(Fault),
}

impl Word {
    pub(super) fn end(end: &ScanEnd) -> Self {
        Self::End { fed: end.fed, ended: end.ended, applied: end.applied }
    }
}

/// A [`ScanError`] as it goes over the pipe.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    NotFound,
    FeederEmpty,
    Jam,
    DoubleFeed,
    CoverOpen,
    Busy,
    AccessDenied,
    /// Anything else, in words.
    Failed(String),
}

impl Fault {
    pub(super) fn of(error: &ScanError) -> Self {
        match error {
            ScanError::NotFound { .. } => Self::NotFound,
            ScanError::FeederEmpty => Self::FeederEmpty,
            ScanError::Jam => Self::Jam,
            ScanError::DoubleFeed => Self::DoubleFeed,
            ScanError::CoverOpen => Self::CoverOpen,
            ScanError::Busy => Self::Busy,
            ScanError::AccessDenied => Self::AccessDenied,
            other => Self::Failed(other.to_string()),
        }
    }

    pub(super) fn error(self, device: &str) -> ScanError {
        match self {
            Self::NotFound => ScanError::NotFound { device: device.to_owned() },
            Self::FeederEmpty => ScanError::FeederEmpty,
            Self::Jam => ScanError::Jam,
            Self::DoubleFeed => ScanError::DoubleFeed,
            Self::CoverOpen => ScanError::CoverOpen,
            Self::Busy => ScanError::Busy,
            Self::AccessDenied => ScanError::AccessDenied,
            Self::Failed(message) => ScanError::Failed { message, code: None },
        }
    }
}

/// Reads a line; none for chatter.
pub(super) fn read<T: serde::de::DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line.trim()).ok()
}

/// Writes a line of its own, also behind chatter that did not end its line.
pub(super) fn line<T: Serialize>(word: &T) -> Vec<u8> {
    // Numbers, texts and enums without maps: there is nothing in them that JSON cannot hold.
    let word = serde_json::to_vec(word).unwrap_or_default();
    [b"\n", word.as_slice(), b"\n"].concat()
}
