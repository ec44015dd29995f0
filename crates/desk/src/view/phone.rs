//! A phone as a camera: what is asked for, and what is told meanwhile.

use super::PageProgress;
use domain::PhotoPaper;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use ts_rs::TS;

/// How photographs are taken by a phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PhoneRequest {
    /// What is photographed.
    #[serde(default)]
    pub paper: PhotoPaper,
    /// Minutes after which the link ends when nothing comes; ten where it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub minutes: Option<u16>,
    /// This machine's address to listen at; found where it is left out. Not for the window to say.
    #[serde(skip)]
    pub address: Option<IpAddr>,
}

/// The code that a phone opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PhoneCode {
    /// The link.
    pub url: String,
    /// The squares of its QR code, row by row; `1` is dark.
    pub rows: Vec<String>,
    /// SHA-256 of the certificate that the phone is shown.
    pub fingerprint: String,
    /// Minutes after which it ends when nothing comes.
    pub minutes: u16,
}

/// What is told while a phone takes photographs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PhoneProgress {
    /// The link is open.
    Link {
        /// Its code.
        code: PhoneCode,
    },
    /// A phone opened it.
    Opened,
    /// A photograph was stored or refused.
    Pages {
        /// Which.
        step: PageProgress,
    },
}
