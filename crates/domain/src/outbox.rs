//! The life of an outbox item (hàng chờ gửi), pure: what an attempt's outcome makes of it, and when it is tried again.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

/// Where an outbox item stands (trạng thái gửi).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits for its turn, or for its next try (chờ gửi).
    Queued,
    /// Proven: the central system answered with the same hashes (đã được tiếp nhận).
    Accepted,
    /// The central system will not take it as it is; a person has to look (cần xử lý).
    Blocked,
}

impl OutboxState {
    /// The name the store keeps.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Accepted => "accepted",
            Self::Blocked => "blocked",
        }
    }
}

/// What came of one attempt to send (kết quả một lần gửi).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The answer held the same hashes.
    Proven,
    /// Trying again can help: no network, a server that is down, an answer that is not ours.
    Failed,
    /// Trying again as it is cannot help.
    Refused,
}

/// The next state of an item after its `attempts`-th attempt, and when a queued one is due again.
#[must_use]
pub fn after(
    attempt: Attempt,
    attempts: u32,
    now: DateTime<FixedOffset>,
    seed: u64,
) -> (OutboxState, Option<DateTime<FixedOffset>>) {
    match attempt {
        Attempt::Proven => (OutboxState::Accepted, None),
        Attempt::Refused => (OutboxState::Blocked, None),
        Attempt::Failed => (OutboxState::Queued, Some(now + delay(attempts, seed))),
    }
}

/// The longest wait between two tries. OpenCRVS has no ceiling, and its items sleep for hours (T-42).
pub const LONGEST_DELAY: TimeDelta = TimeDelta::minutes(5);

/// How long to wait after the `attempts`-th failure: doubling from two seconds to [`LONGEST_DELAY`],
/// with up to a quarter of it taken off by `seed` so that stations do not come back in step.
#[must_use]
pub fn delay(attempts: u32, seed: u64) -> TimeDelta {
    let doubled = TimeDelta::milliseconds(2_000 << attempts.saturating_sub(1).min(10)).min(LONGEST_DELAY);
    let quarter = doubled.num_milliseconds() / 4;
    let off = i64::try_from(seed % 1_000).unwrap_or_default() * quarter / 1_000;
    doubled - TimeDelta::milliseconds(off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // T-42
        #[test]
        fn delays_are_bounded(attempts in any::<u32>(), seed in any::<u64>()) {
            let delay = delay(attempts, seed);
            prop_assert!(delay >= TimeDelta::milliseconds(1_500) && delay <= LONGEST_DELAY);
        }
    }

    #[test]
    fn delays_grow() {
        assert_eq!([1, 2, 3, 4].map(|n| delay(n, 0).num_seconds()), [2, 4, 8, 16]);
        assert_eq!(delay(60, 0), LONGEST_DELAY);
    }
}
