//! The appointment date (ngày hẹn trả) and the reason for it, day by day.
//!
//! The default rules are those of interfaces.md; D§4 has the law and what running systems do.
//! `Nwd` ends on the N-th working day after the day of receipt, at the hour of receipt moved into
//! working time. `Nh` counts working minutes. `Nd` counts calendar days and rolls forward.

use crate::calendar::{Calendar, SpecialKind};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A time limit (thời hạn giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Limit {
    /// Working days, `3wd` (ngày làm việc).
    WorkingDays(u32),
    /// Working minutes, written in hours, `36h` or `0.5h` (giờ làm việc).
    WorkingMinutes(u32),
    /// Calendar days, `10d` (ngày).
    CalendarDays(u32),
    /// The same working day; after the cut-off the next one, `sd` (trong ngày; D§4.1, civil status and certification).
    SameDay,
}

/// A text that is no time limit, or one beyond ten years.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no time limit: write 3wd, 36h, 10d or sd")]
pub struct BadLimit(pub String);

impl Limit {
    /// As the publications and the receipt say it, `3 ngày làm việc`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::WorkingDays(days) => format!("{days} ngày làm việc"),
            Self::CalendarDays(days) => format!("{days} ngày"),
            Self::WorkingMinutes(minutes) => format!("{} giờ", f64::from(minutes) / 60.0).replace('.', ","),
            Self::SameDay => "Trong ngày; tiếp nhận sau 15 giờ thì trong ngày làm việc tiếp theo".to_owned(),
        }
    }
}

impl std::str::FromStr for Limit {
    type Err = BadLimit;

    fn from_str(text: &str) -> Result<Self, BadLimit> {
        let bad = || BadLimit(text.to_owned());
        let whole = |digits: &str| match digits.parse::<u32>() {
            Ok(n) if n <= 3_650 && !digits.starts_with('+') => Ok(n),
            _ => Err(bad()),
        };
        if text == "sd" {
            Ok(Self::SameDay)
        } else if let Some(days) = text.strip_suffix("wd") {
            whole(days).map(Self::WorkingDays)
        } else if let Some(days) = text.strip_suffix('d') {
            whole(days).map(Self::CalendarDays)
        } else if let Some(hours) = text.strip_suffix('h') {
            let hours: f64 = hours.parse().map_err(|_| bad())?;
            let minutes = (hours * 60.0).round();
            // The range is checked first, so that the cast cannot lose anything.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "range checked in the condition"
            )]
            if (0.0..=30_000.0 * 60.0).contains(&minutes) {
                Ok(Self::WorkingMinutes(minutes as u32))
            } else {
                Err(bad())
            }
        } else {
            Err(bad())
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::WorkingDays(days) => write!(f, "{days}wd"),
            Self::CalendarDays(days) => write!(f, "{days}d"),
            Self::WorkingMinutes(minutes) => write!(f, "{}h", f64::from(*minutes) / 60.0),
            Self::SameDay => f.write_str("sd"),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = BadLimit;
    fn try_from(text: String) -> Result<Self, BadLimit> {
        text.parse()
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

/// What one day did to the count (diễn giải từng ngày).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// The day of receipt.
    Received,
    /// Counted in full.
    Counted,
    /// Weekly rest.
    Weekend,
    /// Public holiday.
    Holiday,
    /// Rest in exchange or compensation.
    Compensatory,
    /// A rest day that is worked, and counted.
    MakeUp,
    /// A working day shorter than others, and counted.
    HalfDay,
    /// A working day on which papers or money were waited for, or handling was stopped (tạm dừng).
    Paused,
}

/// One line of the explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLine {
    /// The date.
    pub date: NaiveDate,
    /// What it did.
    pub kind: DayKind,
    /// Working minutes that counted on it.
    pub minutes: i64,
    /// The holiday's name, or empty.
    pub note: String,
}

/// An appointment date with its reason (ngày hẹn trả và diễn giải).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// When the result is due.
    pub due: DateTime<FixedOffset>,
    /// Every day from receipt to the due date.
    pub days: Vec<DayLine>,
    /// False when a day lies beyond the last published calendar year.
    pub confirmed: bool,
}

/// No working day within reach: the calendar is broken, and no date is better than a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no working day within reach")]
pub struct NoDeadline;

impl Deadline {
    /// Counts `limit` from `received` on `calendar`.
    ///
    /// # Errors
    /// [`NoDeadline`] when the calendar offers no working day within two years of a step.
    pub fn compute(received: DateTime<FixedOffset>, limit: Limit, calendar: &Calendar) -> Result<Self, NoDeadline> {
        let start = calendar.local(received);
        let mut count = Count { calendar, days: Vec::new() };
        let due = match limit {
            Limit::WorkingDays(n) => count.working_days(start, n)?,
            Limit::WorkingMinutes(n) => count.working_minutes(start, i64::from(n))?,
            Limit::CalendarDays(n) => count.calendar_days(start, n)?,
            Limit::SameDay => count.same_day(start)?,
        };
        let due = calendar.instant(due);
        let confirmed = is_confirmed(due, calendar) && is_confirmed(received, calendar);
        Ok(Self { due, days: count.days, confirmed })
    }

    /// The time at which `minutes` of work are done after `from`.
    pub(crate) fn after_minutes(
        from: DateTime<FixedOffset>,
        minutes: i64,
        calendar: &Calendar,
    ) -> Result<DateTime<FixedOffset>, NoDeadline> {
        let mut count = Count { calendar, days: Vec::new() };
        Ok(calendar.instant(count.working_minutes(calendar.local(from), minutes)?))
    }
}

/// Whether the year of `time` is officially published.
pub(crate) fn is_confirmed(time: DateTime<FixedOffset>, calendar: &Calendar) -> bool {
    calendar.local(time).year() <= calendar.confirmed_through()
}

/// A day as it counts when all of it does.
pub(crate) fn line(date: NaiveDate, calendar: &Calendar) -> DayLine {
    let mut count = Count { calendar, days: Vec::new() };
    count.line(date, count.kind(date), calendar.minutes(date));
    count.days.remove(0)
}

struct Count<'a> {
    calendar: &'a Calendar,
    days: Vec<DayLine>,
}

impl Count<'_> {
    fn line(&mut self, date: NaiveDate, kind: DayKind, minutes: i64) {
        let note = self.calendar.special(date).map(|day| day.name.clone()).unwrap_or_default();
        self.days.push(DayLine { date, kind, minutes, note });
    }

    fn kind(&self, date: NaiveDate) -> DayKind {
        match self.calendar.special(date).map(|day| day.kind) {
            Some(SpecialKind::Holiday) => DayKind::Holiday,
            Some(SpecialKind::Compensatory) => DayKind::Compensatory,
            Some(SpecialKind::MakeUp) => DayKind::MakeUp,
            None if !self.calendar.works(date) => DayKind::Weekend,
            None if self.calendar.minutes(date) < self.calendar.full_day_minutes() => DayKind::HalfDay,
            None => DayKind::Counted,
        }
    }

    /// Writes down the rest days after `date` and returns the first working day.
    fn step(&mut self, date: NaiveDate) -> Result<NaiveDate, NoDeadline> {
        let next = self.calendar.next_working_day(date).ok_or(NoDeadline)?;
        for rest in date.iter_days().skip(1).take_while(|day| *day < next) {
            self.line(rest, self.kind(rest), 0);
        }
        Ok(next)
    }

    fn working_days(&mut self, start: NaiveDateTime, n: u32) -> Result<NaiveDateTime, NoDeadline> {
        self.line(start.date(), DayKind::Received, 0);
        let mut date = start.date();
        // Nought days is today, or the next working day when nobody works today.
        if n == 0 && !self.calendar.works(date) {
            date = self.step(date)?;
            self.line(date, self.kind(date), 0);
        }
        for _ in 0..n {
            date = self.step(date)?;
            self.line(date, self.kind(date), self.calendar.minutes(date));
        }
        Ok(date.and_time(self.calendar.into_working_time(date, start.time())))
    }

    fn working_minutes(&mut self, start: NaiveDateTime, limit: i64) -> Result<NaiveDateTime, NoDeadline> {
        let mut date = start.date();
        let mut left = limit;
        loop {
            let from = if date == start.date() { start.time() } else { chrono::NaiveTime::MIN };
            let mut counted = 0;
            let mut due = None;
            for session in self.calendar.sessions(date) {
                let opens = session.opens.max(from);
                let open_minutes = (session.closes - opens).num_minutes();
                // A session that closes at this very minute has nothing to give, not even the end of nought hours.
                if opens >= session.closes {
                    continue;
                }
                if left <= open_minutes {
                    counted += left;
                    due = Some(date.and_time(opens) + TimeDelta::minutes(left));
                    break;
                }
                counted += open_minutes;
                left -= open_minutes;
            }
            let kind = if date == start.date() { DayKind::Received } else { self.kind(date) };
            self.line(date, kind, counted);
            match due {
                Some(due) => return Ok(due),
                None => date = self.step(date)?,
            }
        }
    }

    fn calendar_days(&mut self, start: NaiveDateTime, n: u32) -> Result<NaiveDateTime, NoDeadline> {
        self.line(start.date(), DayKind::Received, 0);
        let mut date = start.date();
        for _ in 0..n {
            date = date.checked_add_days(Days::new(1)).ok_or(NoDeadline)?;
            let minutes = self.calendar.minutes(date);
            self.line(date, DayKind::Counted, minutes);
        }
        if !self.calendar.works(date) {
            // The last counted day is the one that is rolled off; it shows as what it is.
            if n > 0 {
                self.days.pop();
                self.line(date, self.kind(date), 0);
            }
            date = self.step(date)?;
            self.line(date, self.kind(date), self.calendar.minutes(date));
        }
        Ok(date.and_time(self.calendar.into_working_time(date, start.time())))
    }

    fn same_day(&mut self, start: NaiveDateTime) -> Result<NaiveDateTime, NoDeadline> {
        let date = start.date();
        self.line(date, DayKind::Received, 0);
        let closing =
            |date: NaiveDate| self.calendar.sessions(date).last().map(|session| date.and_time(session.closes));
        if let Some(due) = closing(date)
            && start.time() < self.calendar.cut_off()
            && start < due
        {
            return Ok(due);
        }
        let next = self.step(date)?;
        self.line(next, self.kind(next), self.calendar.minutes(next));
        self.calendar.sessions(next).last().map(|session| next.and_time(session.closes)).ok_or(NoDeadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar() -> Calendar {
        Calendar::from_json(include_str!("../../../assets/calendars/vn.json")).unwrap()
    }

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
    }

    fn due(received: &str, limit: &str) -> String {
        let deadline = Deadline::compute(at(received), limit.parse().unwrap(), &calendar()).unwrap();
        deadline.due.format("%Y-%m-%dT%H:%M").to_string()
    }

    // T-51: the edges of a day, the new holiday of 24/11, Tết, and make-up Saturdays.
    #[test]
    fn due_dates() {
        for (received, limit, expected) in [
            ("2026-11-23T09:15", "3wd", "2026-11-27T09:15"),
            ("2026-11-23T12:00", "1wd", "2026-11-25T13:30"),
            ("2026-11-23T18:30", "1wd", "2026-11-25T17:00"),
            ("2026-11-23T05:00", "1wd", "2026-11-25T07:00"),
            ("2026-11-28T10:00", "1wd", "2026-11-30T10:00"),
            ("2026-01-08T10:00", "2wd", "2026-01-10T10:00"),
            ("2026-02-13T16:00", "1wd", "2026-02-23T16:00"),
            ("2026-11-23T11:30", "1h", "2026-11-23T14:30"),
            ("2026-11-23T11:00", "0.5h", "2026-11-23T11:30"),
            ("2026-11-23T16:00", "1h", "2026-11-23T17:00"),
            ("2026-11-23T17:00", "1h", "2026-11-25T08:00"),
            ("2026-11-23T16:30", "1h", "2026-11-25T07:30"),
            ("2026-11-20T07:00", "8h", "2026-11-20T17:00"),
            ("2026-11-14T10:00", "10d", "2026-11-25T10:00"),
            ("2026-11-23T10:00", "5d", "2026-11-30T10:00"),
            ("2026-11-23T14:59", "sd", "2026-11-23T17:00"),
            ("2026-11-23T15:00", "sd", "2026-11-25T17:00"),
            ("2026-11-22T09:00", "sd", "2026-11-23T17:00"),
        ] {
            assert_eq!(due(received, limit), expected, "{received} + {limit}");
        }
    }

    #[test]
    fn the_explanation_names_the_holiday() {
        let deadline = Deadline::compute(at("2026-11-23T09:15"), Limit::WorkingDays(1), &calendar()).unwrap();
        let kinds: Vec<_> = deadline.days.iter().map(|day| (day.date.day(), day.kind, day.minutes)).collect();
        assert_eq!(kinds, [(23, DayKind::Received, 0), (24, DayKind::Holiday, 0), (25, DayKind::Counted, 480)]);
        assert_eq!(deadline.days[1].note, "Ngày Văn hóa Việt Nam");
        assert!(deadline.confirmed);
    }

    #[test]
    fn a_date_beyond_the_published_years_is_unconfirmed() {
        assert!(!Deadline::compute(at("2026-12-30T09:00"), Limit::WorkingDays(5), &calendar()).unwrap().confirmed);
    }

    #[test]
    fn limits_are_read_or_refused() {
        for text in ["3wd", "36h", "10d", "sd", "0.5h", "0wd"] {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        }
        for text in ["", "wd", "-1d", "+1d", "1.5d", "3", "999999999d", "NaNh", "infh", "-1h"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    proptest! {
        // T-51
        #[test]
        fn a_due_time_is_working_time_after_receipt(minute in 0i64..1_100_000, kind in 0u8..4, n in 0u32..200) {
            let calendar = calendar();
            let received = at("2024-01-01T00:00") + TimeDelta::minutes(minute);
            let limit = match kind {
                0 => Limit::WorkingDays(n),
                1 => Limit::WorkingMinutes(n * 30),
                2 => Limit::CalendarDays(n),
                _ => Limit::SameDay,
            };
            let deadline = Deadline::compute(received, limit, &calendar).unwrap();
            let due = calendar.local(deadline.due);
            let within = calendar.sessions(due.date()).iter().any(|s| s.opens <= due.time() && due.time() <= s.closes);
            prop_assert!(within, "{due} is outside working time");
            prop_assert!(due.date() >= calendar.local(received).date());
            if kind == 1 {
                prop_assert_eq!(deadline.days.iter().map(|day| day.minutes).sum::<i64>(), i64::from(n * 30));
                prop_assert!(deadline.due >= received);
            }
            // Every date between receipt and due is explained once.
            let dates: Vec<_> = deadline.days.iter().map(|day| day.date).collect();
            let expected: Vec<_> = calendar.local(received).date().iter_days().take_while(|d| *d <= due.date()).collect();
            prop_assert_eq!(dates, expected);
        }
    }
}
