//! Stacks of many dossiers, as shown: what goes where, what is doubtful, what still waits to be placed.

use super::RunOutcome;
use domain::{AsideReason, Disposition, DossierId, PageId, StackEnd, StackId, StackState};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A mixed stack in a list (xấp lẫn nhiều hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MixedRow {
    /// The stack.
    pub stack: StackId,
    /// When it was begun.
    pub started_at: String,
    /// The scanner or the first file.
    pub source: String,
    /// Whether it is still worked on.
    pub state: StackState,
    /// Pages received and stored.
    pub received: u32,
    /// Pages that still wait to be placed (trang chờ phân).
    pub waiting: u32,
}

/// A mixed stack with what becomes of each of its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MixedView {
    /// The stack, and how many of its pages wait.
    #[serde(flatten)]
    pub row: MixedRow,
    /// Sheets that the device says it moved.
    pub fed: Option<u32>,
    /// How its last run ended; none where the program was cut off in it.
    pub ended: Option<StackEnd>,
    /// Pages that count in their dossiers.
    pub kept: u32,
    /// Pages set aside: cover sheets, empty sides, what was taken out.
    pub aside: u32,
    /// Cover sheets that were said to lie in it.
    pub covers: Option<u32>,
    /// Cover sheets and patch sheets that were read.
    pub sheets: u32,
    /// Pages that nobody has looked at for cover sheets yet; nothing is split before.
    pub unread: u32,
    /// Pages that wait and that the sheets say the place of.
    pub ready: u32,
    /// What a person has to look at, in words.
    pub alarms: Vec<String>,
    /// Why that is right all the same.
    pub reason: Option<String>,
    /// Its pages in the order of the stack, those together that go to one place.
    pub groups: Vec<MixedGroup>,
}

/// Pages one after another that go to one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MixedGroup {
    /// The dossier they go to; none where nobody can say.
    pub dossier: Option<DossierId>,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Whose dossier it is.
    pub applicant: String,
    /// The component's index.
    pub component: Option<u32>,
    /// The component's name.
    pub name: String,
    /// The pages.
    pub pages: Vec<MixedLeaf>,
}

/// One page of a mixed stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MixedLeaf {
    /// The page, until it is placed and after it was taken back.
    pub id: PageId,
    /// Its place in the stack, from 1.
    pub number: u32,
    /// Whether it still waits to be placed.
    pub waits: bool,
    /// Whether it lies in its dossier.
    pub placed: bool,
    /// Whether it counts there, or will.
    pub disposition: Disposition,
    /// Why it does not.
    pub aside: Option<AsideReason>,
    /// True for a cover sheet or a patch sheet.
    pub sheet: bool,
}

/// How far a mixed stack has come while it is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum MixedStep {
    /// Pages come in.
    Receiving {
        /// So many.
        done: u32,
        /// Of so many, if known.
        total: Option<u32>,
    },
    /// The feeder is empty, and paper is waited for.
    Waiting,
    /// The pages are looked at for cover sheets.
    Looking {
        /// So many.
        done: u32,
        /// Of so many.
        total: u32,
    },
}

/// What a mixed stack came to that was just taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MixedTaken {
    /// The run, with what went wrong in it.
    pub run: RunOutcome,
    /// The stack; none where no page came.
    pub stack: Option<MixedView>,
}
