//! What is seen of lists to be worked through: how long they are, how much time is left, one step for several.

use super::{DossierRow, StackView};
use crate::error::UserError;
use domain::{DossierId, EventKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many dossiers each list has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ListCounts {
    /// Received today.
    pub received: u32,
    /// Due later today.
    pub due_today: u32,
    /// Due before now and not done.
    pub overdue: u32,
    /// Waiting for papers.
    pub supplement: u32,
    /// Waiting for money, or stopped.
    pub paused: u32,
    /// With a result to be handed over.
    pub done: u32,
    /// Not accepted by the central system yet.
    pub unsent: u32,
    /// Perhaps received at another station too.
    pub twins: u32,
}

/// What a code that a reader read leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum CodeRead {
    /// A paper of ours, to its dossier.
    Dossier {
        /// Which.
        id: DossierId,
    },
    /// A paper of ours, whose dossier is not at this station.
    Elsewhere {
        /// Its code.
        code: String,
    },
    /// Perhaps an identity card, whole or torn.
    Card,
    /// Somebody else's code: nothing is done.
    Foreign,
    /// A slip of the queue: what was read, for the queue to make of it.
    Ticket {
        /// The text.
        text: String,
    },
}

/// Working time until an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LeftView {
    /// Working minutes; below nought once it is past.
    pub minutes: i64,
    /// Whole working days of these.
    pub days: i64,
}

/// A step that some of several dossiers may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BulkMove {
    /// The step.
    pub step: EventKind,
    /// Whether it asks for a reason.
    pub needs_reason: bool,
    /// How many of them may take it.
    pub dossiers: u32,
}

/// What became of one step for several dossiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BulkView {
    /// Those that took it.
    pub moved: Vec<DossierId>,
    /// Those that did not, and why.
    pub refused: Vec<BulkRefused>,
}

/// A dossier that did not take the step of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BulkRefused {
    /// Which.
    pub dossier: DossierId,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// The applicant's name.
    pub applicant: String,
    /// Why, and what to do.
    pub error: UserError,
}

/// The screen of the day (Hôm nay).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TodayView {
    /// Unfinished drafts, newest first.
    pub drafts: Vec<DossierRow>,
    /// Stacks of paper that were broken off and wait for a person, oldest first.
    pub stacks: Vec<StackView>,
    /// Received today, newest first.
    pub received: Vec<DossierRow>,
    /// How many were received today.
    pub received_count: u32,
    /// How many are due today and not finished.
    pub due_today: u32,
    /// How many are overdue and not finished.
    pub overdue: u32,
}
