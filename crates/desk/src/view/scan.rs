//! Scanners, how to scan, and what is told while pages come in.

use super::{PagePlace, PageView};
use crate::error::UserError;
use devices::{DeviceKind, Mode, Size, Source, WhenEmpty};
use domain::StackId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A scanner and what it can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeviceView {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: DeviceKind,
    /// Paper sources.
    pub sources: Vec<Source>,
    /// Resolutions in dots an inch.
    pub resolutions: Vec<u32>,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Whether its driver tells when a key on it is pressed.
    pub buttons: bool,
}

/// How to scan. What is left out is the device's first choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ScanRequest {
    /// The device's id.
    pub device: String,
    /// Where the paper lies.
    pub source: Option<Source>,
    /// Dots an inch.
    pub dpi: Option<u32>,
    /// How it is pictured.
    pub mode: Option<Mode>,
    /// How large the paper is.
    #[ts(optional)]
    pub size: Option<Size>,
    /// The profile to scan with, by its number, 0 for none; the one of the paper where it is left out.
    #[ts(optional)]
    pub profile: Option<u32>,
    /// Options of the driver itself, each with its value.
    #[ts(optional, as = "Option<Vec<(String, String)>>")]
    pub extra: Vec<(String, String)>,
    /// The stack that goes on; a new one is begun where it is left out.
    #[ts(optional)]
    pub stack: Option<StackId>,
    /// Pages that the clerk says there are.
    #[ts(optional)]
    pub expected: Option<u32>,
    /// Where its pages go; behind the last page where it is left out.
    #[ts(optional)]
    pub place: Option<PagePlace>,
    /// What becomes of blank pages; they are set aside where it is left out.
    #[serde(default)]
    #[ts(optional)]
    pub blank: Option<domain::BlankPolicy>,
    /// What is done when the feeder is empty; it is told where it is left out.
    #[ts(optional)]
    pub when_empty: Option<WhenEmpty>,
}

/// What is told while pages come in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PageProgress {
    /// A page is stored, durably.
    Page {
        /// The page.
        page: PageView,
        /// Pages stored so far in this run.
        received: u32,
        /// Pages there will be, if known.
        total: Option<u32>,
    },
    /// The feeder is empty, and paper is waited for.
    Waiting,
    /// A file was refused; the others go on.
    Refused {
        /// Its name.
        name: String,
        /// Why, and what to do.
        error: UserError,
    },
}

/// How a run of pages ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RunEnd {
    /// The feeder is empty, the glass is read, or every file is done.
    #[default]
    Empty,
    /// The clerk stopped it.
    Cancelled,
    /// Paper jam.
    Jam,
    /// The cover is open.
    CoverOpen,
    /// Another fault; `error` says which.
    Fault,
}

/// The account of one run of pages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RunOutcome {
    /// Sheets the device says it fed, where it says so.
    pub fed: Option<u32>,
    /// Pages received and stored.
    pub received: u32,
    /// Pages kept.
    pub kept: u32,
    /// Files refused.
    pub refused: u32,
    /// Pages set aside by themselves, such as blank ones.
    pub set_aside: u32,
    /// The stack they came in, where they came through a scanner into a dossier.
    pub stack: Option<StackId>,
    /// The name of the profile that it was scanned with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub profile: Option<String>,
    /// What differs from the profile, in words.
    #[ts(optional, as = "Option<Vec<String>>")]
    pub told: Vec<String>,
    /// Of a run that broke off: what counted, and what to do with the sheet that did not.
    pub note: Option<String>,
    /// How it ended.
    pub ended: RunEnd,
    /// What went wrong, if something did. Pages received before stay.
    pub error: Option<UserError>,
}
