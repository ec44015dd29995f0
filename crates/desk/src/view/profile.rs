//! Scan profiles (kiểu quét): what a paper is scanned with, under a name, bound to kinds of paper and to a key.

use devices::{Mode, Size, Source, WhenEmpty};
use domain::BlankPolicy;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A named way to scan (kiểu quét). What is left out is the station's choice, then the device's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ScanProfile {
    /// Its number at this station; 0 for a new one.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Words of the names of papers that it is for; `*` for every paper, none where it is only taken by hand.
    pub papers: Vec<String>,
    /// The one scanner that it is for.
    pub device: Option<String>,
    /// Where the paper lies.
    pub source: Option<Source>,
    /// Dots an inch.
    pub dpi: Option<u32>,
    /// How it is pictured.
    pub mode: Option<Mode>,
    /// How large the paper is.
    pub size: Option<Size>,
    /// What becomes of blank pages.
    pub blank: Option<BlankPolicy>,
    /// What is done when the feeder is empty.
    pub when_empty: Option<WhenEmpty>,
    /// Options of the driver of its scanner, each with its value.
    pub extra: Vec<(String, String)>,
    /// Its key: Ctrl with this digit, 1 to 9.
    pub key: Option<u8>,
    /// Only who may lock profiles changes it, and papers that it is for are scanned with it.
    pub locked: bool,
}

/// The station's profiles, and which of them each paper of a dossier is scanned with by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ProfilesView {
    /// In their order.
    pub profiles: Vec<ScanProfile>,
    /// Whether who is signed in may lock profiles and change locked ones.
    pub may_lock: bool,
    /// Papers of the dossier that was asked for, those that a profile is for.
    pub components: Vec<ComponentProfile>,
}

/// A paper and the profile that it is scanned with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ComponentProfile {
    /// Index of the component.
    pub component: u32,
    /// Number of the profile.
    pub profile: u32,
}
