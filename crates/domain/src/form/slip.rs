//! The slip with a number of the queue (phiếu số thứ tự): the number, large, and its code; nothing of anybody.

use super::Issue;

/// What stands on a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketSlip {
    /// Where and when.
    pub issue: Issue,
    /// The number.
    pub label: String,
    /// Whether it goes before others.
    pub priority: bool,
    /// How many waited before it when the slip was made.
    pub before: u32,
    /// The text of its code.
    pub code: String,
}
