//! Stacks of paper, as shown.

use domain::{AsideReason, DossierId, Mismatch, StackEnd, StackId, StackState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stack of paper with its account (xấp giấy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StackView {
    /// The id.
    pub id: StackId,
    /// The dossier, where it is known.
    pub dossier: Option<DossierId>,
    /// Whose dossier it is.
    pub applicant: String,
    /// The component it was scanned into.
    pub component: Option<u32>,
    /// The component's name.
    pub name: String,
    /// Whether it is still worked on.
    pub state: StackState,
    /// True while the scanner runs for it.
    pub running: bool,
    /// Pages that were said to be there.
    pub expected: Option<u32>,
    /// Sheets that the device says it moved.
    pub fed: Option<u32>,
    /// Pages that one sheet makes.
    pub sides: u32,
    /// Whether its two sides come in two passes that are joined afterwards.
    pub duplex: bool,
    /// Pages received.
    pub received: u32,
    /// Of these, pages that count.
    pub kept: u32,
    /// Of these, pages set aside, by reason.
    pub aside: Vec<AsideCount>,
    /// How the last run ended; none where the program was cut off in it.
    pub ended: Option<StackEnd>,
    /// What does not agree.
    pub mismatch: Option<Mismatch>,
    /// The same in words.
    pub said: Option<String>,
    /// Why it is right all the same.
    pub reason: Option<String>,
    /// When it was begun.
    pub started_at: String,
}

/// How many pages were set aside for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AsideCount {
    /// The reason.
    pub reason: AsideReason,
    /// The pages.
    pub count: u32,
}

/// What becomes of a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum StackChoice {
    /// Its pages stay (Lưu).
    Save,
    /// Its pages are set aside as one (Bỏ).
    Discard,
    /// A discarded one comes back (Khôi phục).
    Restore,
}
