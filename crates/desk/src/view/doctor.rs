//! What the scanner doctor found.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ScannerFinding {
    /// What was looked at.
    pub step: ScannerStep,
    /// The scanner's id; none where all were looked for.
    pub device: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is as it should be.
    pub fine: bool,
    /// What was found, in words.
    pub said: String,
    /// What to do now.
    pub advice: Option<String>,
}

/// What the doctor looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ScannerStep {
    /// Whether any scanner is there.
    Found,
    /// Whether it answers and could scan now.
    State,
    /// What it says it can do.
    Abilities,
}
