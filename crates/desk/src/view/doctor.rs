//! What the scanner doctor found.

use crate::error::ErrorCode;
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
    /// What is wrong, for programs.
    pub code: Option<ErrorCode>,
    /// What was found, in words.
    pub said: String,
    /// What to do now.
    pub advice: Option<String>,
    /// The driver's own words, for whoever looks after the machine.
    pub detail: Option<String>,
}

/// All that the doctor found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ScannerExamination {
    /// In the order in which it was looked at.
    pub findings: Vec<ScannerFinding>,
    /// The same as text, to be handed on: nothing of any person, and no path.
    pub report: String,
    /// Whether somebody stopped it before the end.
    pub stopped: bool,
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
