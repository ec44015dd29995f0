//! A stack of paper that went through a scanner (xấp giấy), and its account: expected, fed, received, kept, set aside.
//!
//! Paper that moved is not a page that arrived (G11, T-13): the numbers are kept apart, and whoever accepts a dossier
//! over numbers that do not agree says why.

mod account;

pub use account::{Mismatch, Tally};

use crate::{DossierId, PageSource, StackId, StaffId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// One stack of paper, over as many runs of the scanner as it took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stack {
    /// The id.
    pub id: StackId,
    /// Whose pages these are; none while cover sheets still have to say it.
    pub dossier: Option<DossierId>,
    /// The component it was scanned into; none where cover sheets say it.
    pub component: Option<u32>,
    /// Where the pages came from.
    pub source: PageSource,
    /// Whether it is still being worked on.
    pub state: StackState,
    /// Pages that one sheet makes, 1 or 2.
    pub sides: u32,
    /// Pages that the clerk said there are.
    pub expected: Option<u32>,
    /// Sheets that the device says it moved, over all runs; none where it does not count.
    pub fed: Option<u32>,
    /// Pages received and durable, whatever became of them since.
    pub received: u32,
    /// How its last run ended; none while one is under way, or when the program was cut off in it.
    pub ended: Option<StackEnd>,
    /// Why numbers that do not agree were accepted (lý do chấp nhận lệch).
    pub reason: Option<String>,
    /// Who scanned it.
    pub staff: StaffId,
    /// When its first run began.
    pub started_at: DateTime<FixedOffset>,
    /// When its last run ended.
    pub ended_at: Option<DateTime<FixedOffset>>,
}

/// Whether a stack is still being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum StackState {
    /// Another run may add to it (Tiếp tục).
    Open,
    /// Its pages stay (Lưu).
    Saved,
    /// Its pages were set aside as one, and can come back (Bỏ).
    Discarded,
}

/// How a run of the scanner ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum StackEnd {
    /// The paper was through.
    Empty,
    /// The clerk stopped it.
    Cancelled,
    /// A sheet was jammed; it did not count.
    Jam,
    /// Two sheets went through at once; the last one did not count.
    DoubleFeed,
    /// The cover was opened.
    CoverOpen,
    /// Anything else that went wrong.
    Fault,
}
