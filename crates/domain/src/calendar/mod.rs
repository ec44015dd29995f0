//! Working time (lịch làm việc): which minutes of which days count. All of it is data.
//!
//! A year counts as confirmed where its file says that its days were published (D§4.3); other years are computed or empty,
//! and a date that leans on one says that it is unconfirmed.

mod agency;
mod changes;
mod computed;
mod file;
pub mod lunar;

pub use agency::{Agency, Calendars, Scope};
pub use changes::{CalendarChange, Change, UnknownChange, in_force, standing};
pub use computed::{COMPUTED_THROUGH, computed};
pub use file::{BadCalendar, CalendarFile, YearFile};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One stretch of working time in a day (buổi làm việc), half open. Written as `["07:00", "11:30"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[String; 2]", into = "[String; 2]")]
pub struct Session {
    /// When the counter opens.
    pub opens: NaiveTime,
    /// When the counter closes.
    pub closes: NaiveTime,
}

impl TryFrom<[String; 2]> for Session {
    type Error = BadCalendar;

    fn try_from(pair: [String; 2]) -> Result<Self, BadCalendar> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        match (time(&pair[0]), time(&pair[1])) {
            (Some(opens), Some(closes)) if opens < closes => Ok(Self { opens, closes }),
            _ => Err(BadCalendar::Session(pair)),
        }
    }
}

impl From<Session> for [String; 2] {
    fn from(session: Session) -> Self {
        [session.opens, session.closes].map(|time| time.format("%H:%M").to_string())
    }
}

impl Session {
    /// How long it is.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        (self.closes - self.opens).num_minutes()
    }
}

/// What makes a day differ from its weekday (loại ngày).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SpecialKind {
    /// Public holiday (nghỉ lễ).
    Holiday,
    /// Rest day in exchange or compensation (nghỉ bù, hoán đổi).
    Compensatory,
    /// Working day on a rest day (làm bù).
    MakeUp,
    /// The agency is closed by its own decision (nghỉ riêng của cơ quan).
    Closed,
    /// Other hours than the weekday's, such as a morning only (giờ làm việc riêng).
    Hours,
}

/// A day that differs from its weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The date.
    pub date: NaiveDate,
    /// What it is.
    pub kind: SpecialKind,
    /// Its Vietnamese name, printed in the explanation.
    pub name: String,
    /// Its working time, for [`SpecialKind::Hours`], and for a make-up day that is not like a Monday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Session>,
}

impl SpecialDay {
    /// A day without hours of its own.
    pub fn of(date: NaiveDate, kind: SpecialKind, name: impl Into<String>) -> Self {
        Self { date, kind, name: name.into(), hours: Vec::new() }
    }
}

/// Which hour a limit in days ends at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum DueHour {
    /// The hour of receipt, moved into working time.
    #[default]
    Receipt,
    /// When the counter closes on that day.
    Closing,
}

/// How an agency counts where the law leaves it open (D§4.1). The defaults are those of interfaces.md.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountingRule {
    /// What is received at or after the cut-off counts as received when the next working day opens.
    pub after_cut_off_next_day: bool,
    /// The day of receipt is the first day of a limit in working days; by the Civil Code it is not (art 147).
    pub count_first_day: bool,
    /// At which hour the last day ends.
    pub due_hour: DueHour,
}

/// A working calendar (lịch làm việc của cơ quan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    offset: FixedOffset,
    week: [Vec<Session>; 7],
    special: BTreeMap<NaiveDate, SpecialDay>,
    confirmed: BTreeSet<i32>,
    cut_off: NaiveTime,
    rule: CountingRule,
}

impl Calendar {
    /// Reads a calendar file; `assets/calendars/vn.json` is the model. Calendars of single agencies in it are passed over.
    ///
    /// # Errors
    /// [`BadCalendar`] says what is wrong with the file.
    pub fn from_json(text: &str) -> Result<Self, BadCalendar> {
        CalendarFile::from_json(text)?.calendar()
    }

    /// The working stretches of `date`, in order; none on a rest day. A make-up day without hours works like a Monday.
    #[must_use]
    pub fn sessions(&self, date: NaiveDate) -> &[Session] {
        let Some(day) = self.special.get(&date) else { return self.of_weekday(date.weekday()) };
        match day.kind {
            SpecialKind::Holiday | SpecialKind::Compensatory | SpecialKind::Closed => &[],
            SpecialKind::Hours => &day.hours,
            SpecialKind::MakeUp if !day.hours.is_empty() => &day.hours,
            SpecialKind::MakeUp => {
                let monday = self.of_weekday(Weekday::Mon);
                if monday.is_empty() {
                    self.week.iter().find(|day| !day.is_empty()).map_or(&[], Vec::as_slice)
                } else {
                    monday
                }
            }
        }
    }

    fn of_weekday(&self, weekday: Weekday) -> &[Session] {
        &self.week[weekday.num_days_from_monday() as usize]
    }

    /// What makes `date` special, if anything does.
    #[must_use]
    pub fn special(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.special.get(&date)
    }

    /// Whether anyone works on `date`.
    #[must_use]
    pub fn works(&self, date: NaiveDate) -> bool {
        !self.sessions(date).is_empty()
    }

    /// Working minutes of `date`.
    #[must_use]
    pub fn minutes(&self, date: NaiveDate) -> i64 {
        self.sessions(date).iter().map(Session::minutes).sum()
    }

    /// Working minutes of the longest day of the week: a day with fewer is a half day.
    #[must_use]
    pub fn full_day_minutes(&self) -> i64 {
        self.week.iter().map(|day| day.iter().map(Session::minutes).sum()).max().unwrap_or_default()
    }

    /// Whether the days of `year` are officially published.
    #[must_use]
    pub fn is_confirmed(&self, year: i32) -> bool {
        self.confirmed.contains(&year)
    }

    /// The last year whose days are officially published.
    #[must_use]
    pub fn confirmed_through(&self) -> i32 {
        self.confirmed.last().copied().unwrap_or_default()
    }

    /// The hour after which what is received moves on the next working day (15:00, NĐ 61/2018 art 18).
    #[must_use]
    pub fn cut_off(&self) -> NaiveTime {
        self.cut_off
    }

    /// How the agency counts.
    #[must_use]
    pub fn rule(&self) -> CountingRule {
        self.rule
    }

    /// The counter's offset from UTC.
    #[must_use]
    pub fn offset(&self) -> FixedOffset {
        self.offset
    }

    /// `time` on the counter's clock.
    #[must_use]
    pub fn local(&self, time: DateTime<FixedOffset>) -> NaiveDateTime {
        time.with_timezone(&self.offset).naive_local()
    }

    /// A counter's clock time as an instant. The offset is fixed, so that every local time exists once.
    #[must_use]
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let utc = local - TimeDelta::seconds(i64::from(self.offset.local_minus_utc()));
        DateTime::from_naive_utc_and_offset(utc, self.offset)
    }

    /// The first working day after `date`, looked for over two years at most.
    #[must_use]
    pub fn next_working_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().skip(1).take(740).find(|day| self.works(*day))
    }

    /// `time` on `date` moved into the day's working time: to the next opening of that day, or to its last closing.
    #[must_use]
    pub fn into_working_time(&self, date: NaiveDate, time: NaiveTime) -> NaiveTime {
        let sessions = self.sessions(date);
        sessions
            .iter()
            .find(|session| time <= session.closes)
            .map(|session| time.max(session.opens))
            .or_else(|| sessions.last().map(|session| session.closes))
            .unwrap_or(time)
    }

    /// Whether somebody is at the counter at `time`, its closing minute included.
    #[must_use]
    pub fn is_open(&self, time: NaiveDateTime) -> bool {
        self.sessions(time.date()).iter().any(|session| session.opens <= time.time() && time.time() <= session.closes)
    }
}
