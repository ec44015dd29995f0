//! The life of a dossier as one pure function over its events (trạng thái hồ sơ, D§9.3).
//!
//! The event log is the truth, the status its fold. Every pair of status and event is decided here.

use crate::{EventId, StaffId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// Where a dossier stands (trạng thái hồ sơ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being filled in at this station; no code on the wire.
    Draft,
    /// Mới đăng ký (1).
    Registered,
    /// Được tiếp nhận (2).
    Received,
    /// Không được tiếp nhận (3).
    Refused,
    /// Đang xử lý (4).
    Processing,
    /// Yêu cầu bổ sung giấy tờ (5).
    Supplement,
    /// Yêu cầu thực hiện nghĩa vụ tài chính (6).
    Finance,
    /// Công dân yêu cầu rút hồ sơ (7).
    Withdrawn,
    /// Dừng xử lý (8).
    Stopped,
    /// Đã xử lý xong (9).
    Done,
    /// Đã trả kết quả (10).
    Returned,
    /// A draft that was put away; it can come back.
    Discarded,
}

/// What can happen to a dossier (diễn biến).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The applicant registered it, online or by post.
    Registered,
    /// The counter received it (tiếp nhận).
    Received,
    /// The counter refused it (từ chối).
    Refused,
    /// An officer began to handle it (bắt đầu xử lý), or resumed it.
    Processing,
    /// Papers are asked for (yêu cầu bổ sung).
    SupplementAsked,
    /// A payment is asked for (nghĩa vụ tài chính).
    FinanceAsked,
    /// Handling is stopped (dừng).
    Stopped,
    /// Handling is finished (xong).
    Done,
    /// The result is handed over (trả kết quả).
    Returned,
    /// The applicant takes it back (rút).
    Withdrawn,
    /// The draft is put away (bỏ nháp).
    Discarded,
    /// The put-away draft comes back (khôi phục nháp).
    Restored,
}

/// One entry of a dossier's log (diễn biến): what, when, by whom, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who did it.
    pub by: StaffId,
    /// Why, where a reason is asked for.
    pub reason: String,
}

/// The event cannot happen in this status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} cannot happen to a dossier that is {status:?}")]
pub struct Illegal {
    /// Where the dossier stands.
    pub status: Status,
    /// What was tried.
    pub event: EventKind,
}

/// Where `event` takes a dossier that stands at `status`.
///
/// # Errors
/// [`Illegal`] when D§9.3 has no such arrow.
pub fn apply(status: Status, event: EventKind) -> Result<Status, Illegal> {
    use EventKind as E;
    use Status as S;
    match (status, event) {
        (S::Draft, E::Registered) => Ok(S::Registered),
        (S::Draft | S::Registered, E::Received) => Ok(S::Received),
        (S::Draft | S::Registered, E::Refused) => Ok(S::Refused),
        (S::Draft, E::Discarded) => Ok(S::Discarded),
        (S::Discarded, E::Restored) => Ok(S::Draft),
        (S::Received | S::Supplement | S::Finance | S::Stopped, E::Processing) => Ok(S::Processing),
        (S::Processing, E::SupplementAsked) => Ok(S::Supplement),
        (S::Processing, E::FinanceAsked) => Ok(S::Finance),
        (S::Processing, E::Stopped) => Ok(S::Stopped),
        (S::Processing, E::Done) => Ok(S::Done),
        (S::Done, E::Returned) => Ok(S::Returned),
        (S::Received | S::Processing | S::Supplement, E::Withdrawn) => Ok(S::Withdrawn),
        (
            S::Draft
            | S::Registered
            | S::Received
            | S::Refused
            | S::Processing
            | S::Supplement
            | S::Finance
            | S::Withdrawn
            | S::Stopped
            | S::Done
            | S::Returned
            | S::Discarded,
            E::Registered
            | E::Received
            | E::Refused
            | E::Processing
            | E::SupplementAsked
            | E::FinanceAsked
            | E::Stopped
            | E::Done
            | E::Returned
            | E::Withdrawn
            | E::Discarded
            | E::Restored,
        ) => Err(Illegal { status, event }),
    }
}

/// The status that a whole log leads to.
///
/// # Errors
/// [`Illegal`] at the first entry that cannot follow.
pub fn fold(events: impl IntoIterator<Item = EventKind>) -> Result<Status, Illegal> {
    events.into_iter().try_fold(Status::Draft, apply)
}

impl Status {
    /// The national status code 1–10 (TrangThaiHoSo, D§9.3); a draft has none.
    #[must_use]
    pub fn national_code(self) -> Option<u8> {
        match self {
            Self::Draft | Self::Discarded => None,
            Self::Registered => Some(1),
            Self::Received => Some(2),
            Self::Refused => Some(3),
            Self::Processing => Some(4),
            Self::Supplement => Some(5),
            Self::Finance => Some(6),
            Self::Withdrawn => Some(7),
            Self::Stopped => Some(8),
            Self::Done => Some(9),
            Self::Returned => Some(10),
        }
    }

    /// The name the store keeps.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Registered => "registered",
            Self::Received => "received",
            Self::Refused => "refused",
            Self::Processing => "processing",
            Self::Supplement => "supplement",
            Self::Finance => "finance",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Returned => "returned",
            Self::Discarded => "discarded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counters_way_is_legal() {
        use EventKind as E;
        assert_eq!(fold([]), Ok(Status::Draft));
        assert_eq!(
            fold([E::Received, E::Processing, E::SupplementAsked, E::Processing, E::Done, E::Returned]),
            Ok(Status::Returned)
        );
        assert_eq!(fold([E::Discarded, E::Restored, E::Received]), Ok(Status::Received));
    }

    #[test]
    fn ends_are_ends() {
        use EventKind as E;
        for status in [Status::Refused, Status::Returned, Status::Withdrawn] {
            for event in [E::Received, E::Processing, E::Done, E::Returned, E::Discarded, E::Restored] {
                assert_eq!(apply(status, event), Err(Illegal { status, event }));
            }
        }
        assert!(apply(Status::Received, E::Received).is_err(), "a dossier is received once");
    }
}
