//! What waiting for the applicant does to the appointment (D§0.7, D§4): three computations side by side.
//!
//! The law lets the limit start anew once the papers are complete (NĐ 61/2018 art 19.4). Running systems add the waiting
//! time back (D§4.2). The national index subtracts the applicant's time and counts more than one request as late (QĐ 766).
//! All three are worked out from the dossier's log, so that a step taken back leaves no trace in any date.

use crate::calendar::Calendar;
use crate::deadline::{DayKind, DayLine, Deadline, Limit, NoDeadline};
use crate::status::{Event, EventKind, effective};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Which of the computations the office prints (cách tính hạn khi bổ sung).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SupplementRule {
    /// The limit starts anew when the papers are complete (tính lại từ đầu).
    #[default]
    Restart,
    /// The time of waiting is added (cộng bù).
    AddBack,
}

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Supplement,
    /// A payment, or a stop: the limit is paused under either rule.
    Other,
}

/// A stretch in which nobody at the office could go on (tạm dừng).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pause {
    cause: Cause,
    from: DateTime<FixedOffset>,
    /// None while it lasts.
    to: Option<DateTime<FixedOffset>>,
}

/// The appointment by each computation.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointments {
    /// Started anew after the last supplement; payments and stops added.
    pub restarted: Deadline,
    /// Every wait added back; also what the national index measures against.
    pub added_back: Deadline,
    /// How often papers were asked for: more than once counts as late in the index (QĐ 766/QĐ-TTg).
    pub requests: u32,
    /// Whether anything was ever waited for; else all computations are the first one.
    pub waited: bool,
    /// Since when it waits, if it does: the dates above move on for as long as it lasts.
    pub waiting_since: Option<DateTime<FixedOffset>>,
}

impl Appointments {
    /// Works them out for a dossier received at `received`, from its log.
    ///
    /// # Errors
    /// [`NoDeadline`] where the calendar offers no working day.
    pub fn of(
        received: DateTime<FixedOffset>,
        limit: Limit,
        log: &[Event],
        calendar: &Calendar,
    ) -> Result<Self, NoDeadline> {
        let pauses = pauses(log);
        let supplements = || pauses.iter().filter(|pause| pause.cause == Cause::Supplement);
        let anew = supplements().filter_map(|pause| pause.to).max().unwrap_or(received);
        Ok(Self {
            restarted: with_waits(anew, limit, pauses.iter().filter(|pause| pause.from >= anew), calendar)?,
            added_back: with_waits(received, limit, pauses.iter(), calendar)?,
            requests: u32::try_from(supplements().count()).unwrap_or(u32::MAX),
            waited: !pauses.is_empty(),
            waiting_since: pauses.iter().find(|pause| pause.to.is_none()).map(|pause| pause.from),
        })
    }

    /// The one that `rule` chooses.
    #[must_use]
    pub fn by(self, rule: SupplementRule) -> Deadline {
        match rule {
            SupplementRule::Restart => self.restarted,
            SupplementRule::AddBack => self.added_back,
        }
    }

    /// Whether the national index counts the dossier as late whatever the date.
    #[must_use]
    pub fn late_by_requests(&self) -> bool {
        self.requests > 1
    }
}

/// The waits of a log. What was taken back never was.
fn pauses(log: &[Event]) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = Vec::new();
    for event in effective(log) {
        let open = pauses.last_mut().filter(|pause| pause.to.is_none());
        match (event.kind, open) {
            (EventKind::SupplementAsked, None) => {
                pauses.push(Pause { cause: Cause::Supplement, from: event.at, to: None });
            }
            (EventKind::FinanceAsked | EventKind::Stopped, None) => {
                pauses.push(Pause { cause: Cause::Other, from: event.at, to: None });
            }
            // A clock that was set back ends a wait no earlier than it began.
            (EventKind::Processing, Some(pause)) => pause.to = Some(event.at.max(pause.from)),
            _ => {}
        }
    }
    pauses
}

fn with_waits<'a>(
    start: DateTime<FixedOffset>,
    limit: Limit,
    waits: impl Iterator<Item = &'a Pause>,
    calendar: &Calendar,
) -> Result<Deadline, NoDeadline> {
    let plain = Deadline::compute(start, limit, calendar)?;
    let waits: Vec<(NaiveDateTime, NaiveDateTime)> = waits
        .filter_map(|pause| Some((calendar.local(pause.from.max(start)), calendar.local(pause.to?))))
        .filter(|(from, to)| from < to)
        .collect();
    let due = match limit {
        Limit::CalendarDays(_) => {
            let waited = waits.iter().fold(chrono::TimeDelta::zero(), |sum, (from, to)| sum + (*to - *from));
            rolled(calendar.local(plain.due) + waited, calendar)?
        }
        Limit::WorkingDays(_) | Limit::WorkingMinutes(_) | Limit::SameDay => {
            let minutes: i64 = waits.iter().map(|(from, to)| worked(*from, *to, calendar)).sum();
            if minutes == 0 {
                return Ok(plain);
            }
            calendar.local(Deadline::after_minutes(plain.due, minutes, calendar)?)
        }
    };
    let due = calendar.instant(due);
    if due == plain.due {
        return Ok(plain);
    }
    let days = explained(&plain, calendar.local(due).date(), &waits, calendar);
    let confirmed = plain.confirmed && crate::deadline::is_confirmed(due, calendar);
    Ok(Deadline { due, days, confirmed })
}

/// Working minutes between two times.
#[must_use]
pub fn worked(from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> i64 {
    let days = from.date().iter_days().take_while(|date| *date <= to.date());
    days.map(|date| worked_on(date, from, to, calendar)).sum()
}

fn worked_on(date: NaiveDate, from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> i64 {
    let within = |session: &crate::calendar::Session| {
        let opens = date.and_time(session.opens).max(from);
        let closes = date.and_time(session.closes).min(to);
        (closes - opens).num_minutes().max(0)
    };
    calendar.sessions(date).iter().map(within).sum()
}

/// A time that falls on a rest day goes to the next working day, and any into working hours.
fn rolled(time: NaiveDateTime, calendar: &Calendar) -> Result<NaiveDateTime, NoDeadline> {
    let date = if calendar.works(time.date()) {
        time.date()
    } else {
        calendar.next_working_day(time.date()).ok_or(NoDeadline)?
    };
    Ok(date.and_time(calendar.into_working_time(date, time.time())))
}

/// The days of the plain count, those waited on as such, and those that were added behind them.
fn explained(
    plain: &Deadline,
    last: NaiveDate,
    waits: &[(NaiveDateTime, NaiveDateTime)],
    calendar: &Calendar,
) -> Vec<DayLine> {
    let waited = |date: NaiveDate| waits.iter().map(|(from, to)| worked_on(date, *from, *to, calendar)).sum::<i64>();
    let known = plain.days.last().map_or(last, |day| day.date);
    let added = known.iter_days().skip(1).take_while(|date| *date <= last);
    let lines = plain.days.iter().cloned().chain(added.map(|date| crate::deadline::line(date, calendar)));
    lines
        .map(|line| {
            let (minutes, gone) = (calendar.minutes(line.date), waited(line.date));
            let kind =
                if gone > 0 && gone >= minutes && line.kind != DayKind::Received { DayKind::Paused } else { line.kind };
            DayLine { kind, minutes: (line.minutes - gone).max(0), ..line }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventId, StaffId};
    use proptest::prelude::*;

    const VN: &str = include_str!("../../../assets/calendars/vn.json");

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
    }

    fn log(steps: &[(&str, EventKind)]) -> Vec<Event> {
        let event = |(time, kind): &(&str, EventKind)| Event {
            id: EventId::from_bytes([0; 16]),
            kind: *kind,
            at: at(time),
            by: StaffId::from_bytes([0; 16]),
            reason: String::new(),
        };
        steps.iter().map(event).collect()
    }

    fn of(limit: &str, steps: &[(&str, EventKind)]) -> Appointments {
        let calendar = Calendar::from_json(VN).unwrap();
        Appointments::of(at(steps[0].0), limit.parse().unwrap(), &log(steps), &calendar).unwrap()
    }

    use EventKind::{FinanceAsked, Processing, Received, Stopped, SupplementAsked, Undone};

    /// Five working days from Monday; asked on Tuesday at nine, complete on Thursday at nine: two working days of waiting.
    #[test]
    fn a_supplement_by_law_and_by_practice() {
        let found = of(
            "5wd",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T10:00", Processing),
                ("2026-03-03T09:00", SupplementAsked),
                ("2026-03-05T09:00", Processing),
            ],
        );
        assert_eq!(found.added_back.due, at("2026-03-11T09:00"), "Monday the 9th and two days");
        assert_eq!(found.restarted.due, at("2026-03-12T09:00"), "five working days from Thursday");
        assert_eq!((found.requests, found.late_by_requests(), found.waiting_since), (1, false, None));
        let kinds: Vec<_> = found.added_back.days.iter().map(|day| (day.date.to_string(), day.kind)).collect();
        assert!(kinds.contains(&("2026-03-04".into(), DayKind::Paused)), "{kinds:?}");
        assert_eq!(found.added_back.days.last().map(|day| day.date.to_string()).as_deref(), Some("2026-03-11"));
    }

    /// A payment and a stop pause under either rule; hours are counted to the minute.
    #[test]
    fn payments_and_stops_are_added_under_either_rule() {
        let found = of(
            "8h",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T09:00", Processing),
                ("2026-03-02T10:00", FinanceAsked),
                ("2026-03-02T11:00", Processing),
                ("2026-03-02T16:30", Stopped),
                ("2026-03-03T07:30", Processing),
            ],
        );
        // 8 h from 09:00 end at 09:00 the next day; one hour, then half an hour and half an hour, are added.
        assert_eq!(found.added_back.due, at("2026-03-03T11:00"));
        assert_eq!(found.restarted, found.added_back);
    }

    #[test]
    fn more_than_one_request_is_late_for_the_index_and_an_open_one_is_waited_for() {
        let found = of(
            "3wd",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T10:00", Processing),
                ("2026-03-02T11:00", SupplementAsked),
                ("2026-03-03T09:00", Processing),
                ("2026-03-03T15:00", SupplementAsked),
            ],
        );
        assert!(found.late_by_requests());
        assert_eq!(found.waiting_since, Some(at("2026-03-03T15:00")));
    }

    /// What was taken back never was: the dates are those of a log without it.
    #[test]
    fn a_request_taken_back_moves_nothing() {
        let steps = [
            ("2026-03-02T09:00", Received),
            ("2026-03-02T10:00", Processing),
            ("2026-03-02T11:00", SupplementAsked),
            ("2026-03-04T11:00", Undone),
        ];
        let found = of("5wd", &steps);
        assert_eq!(found, of("5wd", &steps[..2]));
        assert_eq!((found.requests, found.waiting_since), (0, None));
    }

    proptest! {
        /// T-51: a wait that ends in the minute in which it began, or lies outside working hours, adds nothing; and one
        /// that does not moves the date by exactly its working minutes.
        #[test]
        fn waiting_adds_its_working_minutes_and_nothing_else(day in 1u32..28, from in 0i64..2880, length in 0i64..20_000, hours in 1u32..200) {
            let calendar = Calendar::from_json(VN).unwrap();
            let received = at(&format!("2026-03-{day:02}T08:00"));
            let (asked, back) = (received + chrono::TimeDelta::minutes(from), received + chrono::TimeDelta::minutes(from + length));
            let mut events = log(&[("2026-03-01T00:00", Received), ("2026-03-01T00:00", Processing), ("2026-03-01T00:00", FinanceAsked), ("2026-03-01T00:00", Processing)]);
            for (event, time) in events.iter_mut().zip([received, received, asked, back]) {
                event.at = time;
            }
            let limit = Limit::WorkingMinutes(hours * 60);
            let plain = Deadline::compute(received, limit, &calendar).unwrap();
            let found = Appointments::of(received, limit, &events, &calendar).unwrap().added_back;
            let minutes = worked(calendar.local(asked), calendar.local(back), &calendar);
            prop_assert_eq!(worked(calendar.local(plain.due), calendar.local(found.due), &calendar), minutes);
            if minutes == 0 {
                prop_assert_eq!(&found, &plain);
            }
            let dates: Vec<_> = found.days.iter().map(|line| line.date).collect();
            prop_assert!(dates.windows(2).all(|pair| pair[1] == pair[0].succ_opt().unwrap()), "each day once, in order");
            prop_assert_eq!(dates.last().copied(), Some(calendar.local(found.due).date()));
        }
    }
}
