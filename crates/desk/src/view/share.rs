//! What is seen of scanners that are lent to other counters.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the sharing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ShareStatus {
    /// Nothing is lent now.
    #[default]
    Off,
    /// Other counters can use what is lent.
    Open,
    /// The port cannot be listened at; it is tried again.
    Failed,
}

/// The scanners of this station that other counters may use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SharesView {
    /// How that goes.
    pub status: ShareStatus,
    /// The port.
    pub port: u16,
    /// SHA-256 of the certificate that others are shown; nothing where nothing was ever lent.
    pub fingerprint: String,
    /// Those that were lent at some time.
    pub scanners: Vec<SharedScanner>,
    /// Who scans now.
    pub guest: Option<ShareGuest>,
}

/// A scanner that is lent, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SharedScanner {
    /// Its id here.
    pub device: String,
    /// Its name.
    pub name: String,
    /// Whether it is lent while the program runs.
    pub on: bool,
    /// The address to give to the other counters: whoever has it can scan.
    pub address: String,
    /// The squares of the address's QR code, row by row; `1` is dark.
    pub rows: Vec<String>,
}

/// Another counter that scans here now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShareGuest {
    /// The scanner's id.
    pub device: String,
    /// Its name.
    pub name: String,
    /// The address it scans from.
    pub peer: String,
    /// Pages that it has fetched.
    pub pages: u32,
    /// Since when.
    pub since: String,
}
