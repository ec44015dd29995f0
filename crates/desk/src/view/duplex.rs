//! A manual duplex, as shown.

use super::RunOutcome;
use domain::duplex::Joining;
use domain::{DossierId, PageId, StackId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Two passes of one stack, until they are joined (quét hai mặt thủ công).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DuplexView {
    /// The stack.
    pub stack: StackId,
    /// Whose pages they are.
    pub dossier: DossierId,
    /// The component they go to.
    pub component: u32,
    /// The fronts that wait, in the order in which they came.
    pub fronts: Vec<PageId>,
    /// The backs that wait, in the order in which they came.
    pub backs: Vec<PageId>,
    /// Whether as many backs came as fronts.
    pub agrees: bool,
    /// The ways to join them, each with the pages in the order it would give; none before backs are there.
    pub ways: Vec<DuplexWay>,
    /// What to do next, in words.
    pub next: String,
}

/// A way to join two passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DuplexWay {
    /// The way.
    pub joining: Joining,
    /// Every page of both passes, in its order.
    pub pages: Vec<PageId>,
}

/// What a pass came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DuplexPass {
    /// The run, with what went wrong in it.
    pub run: RunOutcome,
    /// Both passes; none where no page came.
    pub duplex: Option<DuplexView>,
}
