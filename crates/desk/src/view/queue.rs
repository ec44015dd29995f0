//! The queue before the counter, as it is seen.

use domain::DossierId;
use domain::queue::TicketState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A ticket (phiếu số thứ tự).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TicketView {
    /// What stands on it.
    pub label: String,
    /// Whether it goes before others.
    pub priority: bool,
    /// Where it stands.
    pub state: TicketState,
    /// When it was taken, if it is known.
    pub taken: Option<String>,
    /// When it was called.
    pub called: Option<String>,
    /// Seconds it waited, up to now while it waits; none where it is not known.
    pub waited: Option<u32>,
    /// Seconds at the counter, up to now while it is served.
    pub served: Option<u32>,
    /// Who called it.
    pub clerk: String,
    /// What was filled in for it.
    pub dossiers: Vec<TicketDossier>,
}

/// A dossier that was filled in for a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TicketDossier {
    /// The id.
    pub id: DossierId,
    /// The code, once accepted.
    pub code: Option<String>,
    /// The applicant's name.
    pub applicant: String,
}

/// The queue now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QueueView {
    /// Whom the person who is signed in serves.
    pub serving: Option<TicketView>,
    /// Those that wait, in the order in which they are called.
    pub waiting: Vec<TicketView>,
    /// Those that were called today and did not come, the last one first.
    pub absent: Vec<TicketView>,
    /// How many were served today.
    pub served: u32,
    /// What stands before the numbers that are handed out here.
    pub prefix: String,
    /// The figures of the day; for whoever may see what others do.
    pub figures: Option<QueueDay>,
}

/// What came of a step: the queue, and the slip that was made for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TicketTaken {
    /// The number.
    pub label: String,
    /// What the form `queue-ticket` is asked for by.
    pub about: String,
    /// The queue after it.
    pub queue: QueueView,
}

/// Waiting and serving on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QueueDay {
    /// The day.
    pub day: String,
    /// Of everybody.
    pub all: QueueFigures,
    /// Of each who called somebody, by name.
    pub clerks: Vec<QueueFigures>,
}

/// Figures of the queue (số liệu hàng chờ); times in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct QueueFigures {
    /// Whose; empty for all.
    pub clerk: String,
    /// Tickets.
    pub taken: u32,
    /// Those that wait.
    pub waiting: u32,
    /// Those that were served.
    pub served: u32,
    /// Those that did not come.
    pub absent: u32,
    /// Waiting, on average.
    pub mean_wait: Option<u32>,
    /// The longest.
    pub longest_wait: Option<u32>,
    /// At the counter, on average.
    pub mean_serving: Option<u32>,
}
