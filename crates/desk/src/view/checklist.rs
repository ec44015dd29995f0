//! What the window sees of the checklist: verdicts on papers, what the applicant still has to bring.

use domain::Verdict;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody found on looking at a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperCheckView {
    /// What was found.
    pub verdict: Verdict,
    /// Why it failed, or empty.
    pub reason: String,
    /// When, RFC 3339.
    pub at: String,
    /// Name of who looked.
    pub by: String,
}

/// A verdict to be kept; none takes back what was kept before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperVerdict {
    /// The component's index.
    pub component: u32,
    /// What was found.
    pub verdict: Option<Verdict>,
    /// Why it failed.
    #[serde(default)]
    pub reason: String,
}

/// One entry of the slip that says what to bring or to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LackingView {
    /// The component's index.
    pub component: u32,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
}
