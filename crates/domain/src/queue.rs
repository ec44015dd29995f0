//! The queue before the counter (hàng chờ, số thứ tự): who is called next, how long people waited and were served.
//!
//! Numbers come from a queue machine, typed or read, or are handed out here. A ticket says nothing of its bearer: what ties
//! it to a person is the dossier that is filled in while it is served (A4).

use crate::StaffId;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Marks the code on a slip of ours.
const MARK: &str = "MCQ";

/// The longest number that a queue machine prints, with its letters.
const LONGEST: usize = 12;

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Its bearer waits (đang chờ).
    Waiting,
    /// Its bearer is at the counter (đang phục vụ).
    Serving,
    /// Its bearer has gone again (đã xong).
    Served,
    /// It was called and nobody came (gọi không có mặt).
    Absent,
}

/// One ticket (phiếu số thứ tự).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its place among all of this station.
    pub n: i64,
    /// The day it is of.
    pub day: NaiveDate,
    /// What stands on it.
    pub label: String,
    /// Whether it goes before others: the elderly, pregnant, disabled (đối tượng ưu tiên).
    pub priority: bool,
    /// Where it stands.
    pub state: TicketState,
    /// When it was taken; none where a queue machine handed it out and nobody knows when.
    pub taken: Option<DateTime<FixedOffset>>,
    /// When it was called last.
    pub called: Option<DateTime<FixedOffset>>,
    /// When its bearer left the counter.
    pub ended: Option<DateTime<FixedOffset>>,
    /// Who called it last.
    pub by: Option<StaffId>,
}

/// A ticket cannot do this where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket that is {0:?} cannot do this")]
pub struct NotSo(pub TicketState);

impl Ticket {
    /// A ticket that waits from `taken` on.
    #[must_use]
    pub fn new(day: NaiveDate, label: String, priority: bool, taken: Option<DateTime<FixedOffset>>) -> Self {
        let state = TicketState::Waiting;
        Self { n: 0, day, label, priority, state, taken, called: None, ended: None, by: None }
    }

    /// Called to the counter; also one that was called before and did not come.
    ///
    /// # Errors
    /// [`NotSo`] for one that is being served or has been.
    pub fn call(&mut self, by: StaffId, at: DateTime<FixedOffset>) -> Result<(), NotSo> {
        self.step(&[TicketState::Waiting, TicketState::Absent], TicketState::Serving)?;
        (self.called, self.ended, self.by) = (Some(at), None, Some(by));
        Ok(())
    }

    /// Its bearer leaves the counter.
    ///
    /// # Errors
    /// [`NotSo`] unless it is being served.
    pub fn finish(&mut self, at: DateTime<FixedOffset>) -> Result<(), NotSo> {
        self.step(&[TicketState::Serving], TicketState::Served)?;
        self.ended = Some(at);
        Ok(())
    }

    /// Nobody came when it was called.
    ///
    /// # Errors
    /// [`NotSo`] unless it was called.
    pub fn absent(&mut self, at: DateTime<FixedOffset>) -> Result<(), NotSo> {
        self.step(&[TicketState::Serving], TicketState::Absent)?;
        self.ended = Some(at);
        Ok(())
    }

    /// Back among those that wait, at its old place: called by mistake, or its bearer came after all.
    ///
    /// # Errors
    /// [`NotSo`] where it waits already.
    pub fn put_back(&mut self) -> Result<(), NotSo> {
        self.step(&[TicketState::Serving, TicketState::Absent, TicketState::Served], TicketState::Waiting)?;
        (self.called, self.ended, self.by) = (None, None, None);
        Ok(())
    }

    fn step(&mut self, from: &[TicketState], to: TicketState) -> Result<(), NotSo> {
        if !from.contains(&self.state) {
            return Err(NotSo(self.state));
        }
        self.state = to;
        Ok(())
    }

    /// Seconds between taking and calling; none where one of the two is not known.
    #[must_use]
    pub fn waited(&self) -> Option<u32> {
        seconds(self.taken?, self.called?)
    }

    /// Seconds at the counter; none for one that did not come or is still there, or where nobody said when it ended.
    #[must_use]
    pub fn served(&self) -> Option<u32> {
        let (called, ended) = (self.called?, self.ended?);
        if self.state == TicketState::Served && ended > called { seconds(called, ended) } else { None }
    }

    /// As [`Self::waited`], up to `now` while it waits.
    #[must_use]
    pub fn waited_by(&self, now: DateTime<FixedOffset>) -> Option<u32> {
        if self.state == TicketState::Waiting { seconds(self.taken?, now) } else { self.waited() }
    }

    /// As [`Self::served`], up to `now` while it is served.
    #[must_use]
    pub fn served_by(&self, now: DateTime<FixedOffset>) -> Option<u32> {
        if self.state == TicketState::Serving { seconds(self.called?, now) } else { self.served() }
    }

    /// What those that wait are sorted by: priority first, then who has waited longest.
    #[must_use]
    pub fn turn(&self) -> (bool, i64) {
        (!self.priority, self.n)
    }

    /// Whether it waits and is called before `other`.
    #[must_use]
    pub fn waits_before(&self, other: &Self) -> bool {
        self.state == TicketState::Waiting && self.turn() < other.turn()
    }

    /// Closes one that was still open when its day was over: how long it took is not known.
    pub fn close_forgotten(&mut self) {
        if self.state == TicketState::Serving {
            (self.state, self.ended) = (TicketState::Served, self.called);
        }
    }
}

/// A clock that was set back makes no negative time.
fn seconds(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> Option<u32> {
    Some(u32::try_from((to - from).num_seconds().max(0)).unwrap_or(u32::MAX))
}

/// The ticket that is called next.
#[must_use]
pub fn next(tickets: &[Ticket]) -> Option<&Ticket> {
    tickets.iter().filter(|one| one.state == TicketState::Waiting).min_by_key(|one| one.turn())
}

/// A number of ours as it is printed and shown; `prefix` tells the stations of one hall apart.
#[must_use]
pub fn label(prefix: &str, number: u32) -> String {
    format!("{prefix}{number:03}")
}

/// What may stand before our numbers: at most three letters, as capitals; none for anything else.
#[must_use]
pub fn prefix(text: &str) -> Option<String> {
    let text = text.trim();
    let sane = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    sane.then(|| text.to_ascii_uppercase())
}

/// What was typed or read as one label: letters and digits, capital; none for anything else. The code of a slip of ours
/// names its number if it is of `today`.
#[must_use]
pub fn read_label(text: &str, today: NaiveDate) -> Option<String> {
    let text = text.trim();
    let mut fields = text.split('|');
    let label = if fields.next().is_some_and(|mark| mark.eq_ignore_ascii_case(MARK)) {
        let day = fields.next()?;
        let label = fields.next()?;
        (day == today.to_string()).then_some(label)?
    } else {
        text
    };
    let sane = !label.is_empty()
        && label.len() <= LONGEST
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && label.bytes().any(|byte| byte.is_ascii_digit());
    if !sane {
        return None;
    }
    // "7" means the slip that says "007".
    let number = label.parse::<u32>().ok().filter(|_| label.len() < 3);
    Some(number.map_or_else(|| label.to_ascii_uppercase(), |number| self::label("", number)))
}

/// Whether a text that was read is the code of a slip of ours.
#[must_use]
pub fn is_slip(text: &str) -> bool {
    text.trim().split('|').next().is_some_and(|mark| mark.eq_ignore_ascii_case(MARK))
}

/// The text of a slip's code.
#[must_use]
pub fn slip_code(day: NaiveDate, label: &str) -> String {
    format!("{MARK}|{day}|{label}|")
}

/// Figures of a day's tickets (số liệu hàng chờ), or of one clerk's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Tickets that were taken.
    pub taken: u32,
    /// Those that wait.
    pub waiting: u32,
    /// Those that were served to the end.
    pub served: u32,
    /// Those that did not come.
    pub absent: u32,
    /// Seconds of waiting, on average over those of which it is known.
    pub mean_wait: Option<u32>,
    /// The longest of them.
    pub longest_wait: Option<u32>,
    /// Seconds at the counter, on average.
    pub mean_serving: Option<u32>,
}

/// The figures of these tickets.
#[must_use]
pub fn figures<'a>(tickets: impl IntoIterator<Item = &'a Ticket>) -> Figures {
    let mut figures = Figures::default();
    let (mut waits, mut servings) = (Vec::new(), Vec::new());
    for ticket in tickets {
        figures.taken += 1;
        match ticket.state {
            TicketState::Waiting => figures.waiting += 1,
            TicketState::Served => figures.served += 1,
            TicketState::Absent => figures.absent += 1,
            TicketState::Serving => {}
        }
        // Who did not come did not wait until then.
        if ticket.state != TicketState::Absent {
            waits.extend(ticket.waited());
        }
        servings.extend(ticket.served());
    }
    figures.longest_wait = waits.iter().max().copied();
    (figures.mean_wait, figures.mean_serving) = (mean(&waits), mean(&servings));
    figures
}

/// The figures of each person who called anybody.
#[must_use]
pub fn by_clerk(tickets: &[Ticket]) -> BTreeMap<StaffId, Figures> {
    let mut of: BTreeMap<StaffId, Vec<&Ticket>> = BTreeMap::new();
    for ticket in tickets {
        if let Some(by) = ticket.by {
            of.entry(by).or_default().push(ticket);
        }
    }
    of.into_iter().map(|(by, tickets)| (by, figures(tickets))).collect()
}

fn mean(seconds: &[u32]) -> Option<u32> {
    let count = u64::try_from(seconds.len()).ok().filter(|count| *count > 0)?;
    let sum: u64 = seconds.iter().map(|one| u64::from(*one)).sum();
    u32::try_from((sum + count / 2) / count).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn at(minute: i64) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T08:00:00+07:00").unwrap() + chrono::TimeDelta::minutes(minute)
    }

    fn ticket(n: u32, priority: bool) -> Ticket {
        Ticket { n: n.into(), ..Ticket::new(day(), label("", n), priority, Some(at(i64::from(n)))) }
    }

    fn clerk(n: u8) -> StaffId {
        StaffId::from_bytes([n; 16])
    }

    // A4: waiting and serving are told apart, and a call that nobody answered is neither.
    #[test]
    fn times_are_of_those_who_came() {
        let (mut came, mut gone) = (ticket(1, false), ticket(2, false));
        came.call(clerk(1), at(11)).unwrap();
        came.finish(at(15)).unwrap();
        gone.call(clerk(2), at(90)).unwrap();
        gone.absent(at(92)).unwrap();
        let all = [came, gone, ticket(3, false)];
        let figures = figures(&all);
        assert_eq!((figures.taken, figures.waiting, figures.served, figures.absent), (3, 1, 1, 1));
        assert_eq!((figures.mean_wait, figures.longest_wait, figures.mean_serving), (Some(600), Some(600), Some(240)));
        let clerks = by_clerk(&all);
        assert_eq!((clerks[&clerk(1)].served, clerks[&clerk(2)].served), (1, 0));
    }

    #[test]
    fn who_did_not_come_can_be_called_again_and_keeps_the_place() {
        let mut all = [ticket(1, false), ticket(2, false)];
        all[0].call(clerk(1), at(5)).unwrap();
        all[0].absent(at(6)).unwrap();
        assert_eq!(next(&all).unwrap().n, 2);
        all[0].put_back().unwrap();
        assert_eq!(next(&all).unwrap().n, 1);
        assert_eq!(all[0].finish(at(7)), Err(NotSo(TicketState::Waiting)));
    }

    #[test]
    fn a_label_is_read_however_it_comes() {
        let read = |text: &str| read_label(text, day());
        assert_eq!(read(" a012 ").as_deref(), Some("A012"));
        assert_eq!(read("7").as_deref(), Some("007"));
        assert_eq!(read("1234").as_deref(), Some("1234"));
        assert_eq!(read(&slip_code(day(), "007")).as_deref(), Some("007"));
        assert_eq!(read(&slip_code(day().pred_opt().unwrap(), "007")), None, "yesterday's slip");
        for text in ["", "ABC", "không", "1234567890123", "12 34", "MCQ|", "099199000001|x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        // Nobody is called twice or forgotten, and nobody without priority goes before one with it.
        #[test]
        fn everybody_is_called_once(priorities in prop::collection::vec(any::<bool>(), 0..30)) {
            let mut all: Vec<Ticket> = (1..).zip(&priorities).map(|(n, priority)| ticket(n, *priority)).collect();
            let mut order = Vec::new();
            while let Some(n) = next(&all).map(|one| one.n) {
                all.iter_mut().find(|one| one.n == n).unwrap().call(clerk(1), at(99)).unwrap();
                order.push(n);
            }
            let mut wanted: Vec<&Ticket> = all.iter().collect();
            wanted.sort_by_key(|one| (!one.priority, one.n));
            prop_assert_eq!(order, wanted.into_iter().map(|one| one.n).collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_a_label_or_none(text in ".{0,40}") {
            if let Some(label) = read_label(&text, day()) {
                prop_assert!(label.len() <= LONGEST);
                prop_assert_eq!(read_label(&label, day()), Some(label));
            }
        }
    }
}
