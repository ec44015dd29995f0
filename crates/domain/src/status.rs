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
    /// The last move was a mistake and is taken back, as a move of its own (hoàn tác).
    Undone,
    /// Another date was appointed by hand (hẹn lại ngày trả).
    Appointed,
    /// The date was counted anew after the calendar had changed (chỉnh hạn theo lịch làm việc).
    Corrected,
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
    /// The appointment that it set: of what was received, appointed or corrected. Entries of before that was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<FixedOffset>>,
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

/// Where `event` takes a dossier that stands at `status`. [`EventKind::Undone`] needs the log too: see [`fold`].
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
        // What was promised to a citizen can be promised anew while it is open; it stands where it stood.
        (S::Received | S::Processing | S::Supplement | S::Finance | S::Stopped, E::Appointed | E::Corrected) => {
            Ok(status)
        }
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
            | E::Restored
            | E::Undone
            | E::Appointed
            | E::Corrected,
        ) => Err(Illegal { status, event }),
    }
}

/// The status that a whole log leads to.
///
/// # Errors
/// [`Illegal`] at the first entry that cannot follow.
pub fn fold(events: impl IntoIterator<Item = EventKind>) -> Result<Status, Illegal> {
    // The moves that still hold, each with the status it left.
    let mut way: Vec<(Status, EventKind)> = Vec::new();
    let mut status = Status::Draft;
    for event in events {
        if event == EventKind::Undone {
            let undone = way.pop().filter(|(_, moved)| moved.can_be_undone());
            status = undone.ok_or(Illegal { status, event })?.0;
        } else {
            let next = apply(status, event)?;
            way.push((status, event));
            status = next;
        }
    }
    Ok(status)
}

/// The entries of a log that still hold: what was taken back, and the taking back, are left out.
pub fn effective(log: &[Event]) -> Vec<&Event> {
    let mut way: Vec<&Event> = Vec::new();
    for event in log {
        if event.kind == EventKind::Undone {
            way.pop();
        } else {
            way.push(event);
        }
    }
    way
}

/// What may happen next to a dossier with this log: feeds the buttons and the check behind them alike.
#[must_use]
pub fn allowed(log: &[EventKind]) -> Vec<EventKind> {
    let next = |event: &EventKind| fold(log.iter().copied().chain([*event])).is_ok();
    EventKind::ALL.into_iter().filter(next).collect()
}

impl EventKind {
    /// Every kind, in the order in which they are offered: the way forward first.
    pub const ALL: [Self; 15] = [
        Self::Registered,
        Self::Received,
        Self::Refused,
        Self::Processing,
        Self::Done,
        Self::Returned,
        Self::SupplementAsked,
        Self::FinanceAsked,
        Self::Stopped,
        Self::Withdrawn,
        Self::Discarded,
        Self::Restored,
        Self::Undone,
        Self::Appointed,
        Self::Corrected,
    ];

    /// Whether the person has to say why: the slip that goes with it names the reason (Mẫu 02, 03, 05), or it takes
    /// something back.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        match self {
            Self::Refused
            | Self::SupplementAsked
            | Self::FinanceAsked
            | Self::Stopped
            | Self::Withdrawn
            | Self::Undone
            | Self::Appointed
            | Self::Corrected => true,
            Self::Registered
            | Self::Received
            | Self::Processing
            | Self::Done
            | Self::Returned
            | Self::Discarded
            | Self::Restored => false,
        }
    }

    /// Whether a mistake of this kind can be taken back. A receipt is in the citizen's hand, so that what was received
    /// is withdrawn and not undone; a draft has moves of its own.
    #[must_use]
    pub fn can_be_undone(self) -> bool {
        match self {
            Self::Refused
            | Self::Processing
            | Self::SupplementAsked
            | Self::FinanceAsked
            | Self::Stopped
            | Self::Done
            | Self::Returned
            | Self::Withdrawn
            | Self::Appointed
            | Self::Corrected => true,
            Self::Registered | Self::Received | Self::Discarded | Self::Restored | Self::Undone => false,
        }
    }
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

    /// A wrong move is taken back by a new one, as often as there is one to take back.
    #[test]
    fn a_wrong_move_is_taken_back_by_a_new_one() {
        use EventKind as E;
        let log = [E::Received, E::Processing, E::Done, E::Undone];
        assert_eq!(fold(log), Ok(Status::Processing));
        assert_eq!(fold(log.into_iter().chain([E::Undone])), Ok(Status::Received));
        assert!(fold(log.into_iter().chain([E::Undone, E::Undone])).is_err(), "what was received stays received");
        assert_eq!(fold([E::Refused, E::Undone, E::Received]), Ok(Status::Received));
        assert!(fold([E::Undone]).is_err() && fold([E::Discarded, E::Undone]).is_err());
    }

    /// What is offered can be done, and nothing else can.
    #[test]
    fn what_is_offered_is_what_can_be_done() {
        fn walk(log: &mut Vec<EventKind>, depth: u32) {
            let offered = allowed(log);
            for event in EventKind::ALL {
                log.push(event);
                assert_eq!(fold(log.iter().copied()).is_ok(), offered.contains(&event), "{log:?}");
                if offered.contains(&event) && depth > 0 {
                    walk(log, depth - 1);
                }
                log.pop();
            }
        }
        walk(&mut Vec::new(), 6);
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
