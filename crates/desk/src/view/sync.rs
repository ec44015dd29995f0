//! The outbox and the link, as the status bar and its list tell of them.

use super::TwinView;
use domain::outbox::OutboxState;
use domain::{CommandId, DossierId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One item of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OutboxItemView {
    /// The command's id.
    pub id: CommandId,
    /// The dossier's id.
    pub dossier: DossierId,
    /// The dossier's code.
    pub code: String,
    /// The applicant's name.
    pub applicant: String,
    /// Where it stands.
    pub state: OutboxState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried again.
    pub next: Option<String>,
    /// What the last attempt met, in words.
    pub reason: Option<String>,
    /// When it was put in.
    pub created_at: String,
    /// When the central system accepted it.
    pub accepted_at: Option<String>,
    /// What the central system takes for the same dossier, until somebody has looked into it.
    pub twins: Vec<TwinView>,
}

/// What is known of the central system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Link {
    /// Not enrolled: work goes on, nothing is sent.
    #[default]
    NotEnrolled,
    /// Not tried yet.
    Unknown,
    /// The last exchange went through.
    Online,
    /// The last exchange failed.
    Offline,
}

/// The status bar's account of the outbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SyncView {
    /// State of the link.
    pub link: Link,
    /// Address of the central system.
    pub central: Option<String>,
    /// Items waiting.
    pub waiting: u32,
    /// Items that need a person.
    pub blocked: u32,
    /// Items accepted since midnight.
    pub accepted_today: u32,
    /// True while something is on the wire.
    pub sending: bool,
    /// When the next item is tried.
    pub next: Option<String>,
    /// What the last failed attempt met, in words.
    pub reason: Option<String>,
    /// Numbers left today in the leased block.
    pub numbers_left: Option<u32>,
}
