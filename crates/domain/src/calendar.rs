//! Working time (lịch làm việc): which minutes of which days count. All of it is data.
//!
//! Years up to [`Calendar::confirmed_through`] come from published decisions (D§4.3); later ones are
//! computed and marked so, and a date that leans on them says it is unconfirmed.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One stretch of working time in a day (buổi làm việc), half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When the counter opens.
    pub opens: NaiveTime,
    /// When the counter closes.
    pub closes: NaiveTime,
}

/// What makes a day differ from its weekday (loại ngày).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialKind {
    /// Public holiday (nghỉ lễ).
    Holiday,
    /// Rest day in exchange or compensation (nghỉ bù, hoán đổi).
    Compensatory,
    /// Working day on a rest day (làm bù).
    MakeUp,
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
}

/// A working calendar (lịch làm việc của cơ quan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    offset: FixedOffset,
    week: [Vec<Session>; 7],
    special: BTreeMap<NaiveDate, SpecialDay>,
    confirmed_through: i32,
    cut_off: NaiveTime,
}

/// The calendar file breaks its shape.
#[derive(Debug, thiserror::Error)]
pub enum BadCalendar {
    /// Not the JSON that is asked for.
    #[error("calendar file: {0}")]
    Shape(#[from] serde_json::Error),
    /// A time of day or a session that ends before it starts.
    #[error("calendar file: session {0:?} is not a stretch of a day")]
    Session([String; 2]),
    /// No working minute in a whole week: nothing could ever fall due.
    #[error("calendar file: the week has no working time")]
    NoWork,
    /// The offset from UTC is out of range.
    #[error("calendar file: offset of {0} minutes")]
    Offset(i32),
}

#[derive(Deserialize)]
struct CalendarFile {
    offset_minutes: i32,
    cut_off: String,
    week: BTreeMap<String, Vec<[String; 2]>>,
    years: Vec<YearFile>,
}

#[derive(Deserialize)]
struct YearFile {
    year: i32,
    confirmed: bool,
    days: Vec<SpecialDay>,
}

impl Calendar {
    /// Reads a calendar file; `assets/calendars/vn.json` is the model.
    ///
    /// # Errors
    /// [`BadCalendar`] says what is wrong with the file.
    pub fn from_json(text: &str) -> Result<Self, BadCalendar> {
        let file: CalendarFile = serde_json::from_str(text)?;
        let mut week: [Vec<Session>; 7] = Default::default();
        for (sessions, name) in week.iter_mut().zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) {
            let mut last = None;
            for pair in file.week.get(name).into_iter().flatten() {
                let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
                match (time(&pair[0]), time(&pair[1])) {
                    (Some(opens), Some(closes)) if opens < closes && last.is_none_or(|last| last <= opens) => {
                        sessions.push(Session { opens, closes });
                        last = Some(closes);
                    }
                    _ => return Err(BadCalendar::Session(pair.clone())),
                }
            }
        }
        if week.iter().all(Vec::is_empty) {
            return Err(BadCalendar::NoWork);
        }
        let cut_off = NaiveTime::parse_from_str(&file.cut_off, "%H:%M")
            .map_err(|_| BadCalendar::Session([file.cut_off.clone(), String::new()]))?;
        let mut confirmed_through = 0;
        let mut special = BTreeMap::new();
        for year in file.years {
            if year.confirmed {
                confirmed_through = confirmed_through.max(year.year);
            }
            special.extend(year.days.into_iter().map(|day| (day.date, day)));
        }
        let offset = FixedOffset::east_opt(file.offset_minutes.saturating_mul(60))
            .ok_or(BadCalendar::Offset(file.offset_minutes))?;
        Ok(Self { offset, week, special, confirmed_through, cut_off })
    }

    /// The working stretches of `date`, in order; none on a rest day. A make-up day works like a Monday.
    #[must_use]
    pub fn sessions(&self, date: NaiveDate) -> &[Session] {
        match self.special.get(&date).map(|day| day.kind) {
            Some(SpecialKind::Holiday | SpecialKind::Compensatory) => &[],
            Some(SpecialKind::MakeUp) => &self.week[Weekday::Mon.num_days_from_monday() as usize],
            None => &self.week[date.weekday().num_days_from_monday() as usize],
        }
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
        self.sessions(date).iter().map(|session| (session.closes - session.opens).num_minutes()).sum()
    }

    /// Working minutes of the longest day of the week: a day with fewer is a half day.
    #[must_use]
    pub fn full_day_minutes(&self) -> i64 {
        let minutes =
            |sessions: &Vec<Session>| sessions.iter().map(|s| (s.closes - s.opens).num_minutes()).sum::<i64>();
        self.week.iter().map(minutes).max().unwrap_or_default()
    }

    /// The last year whose days are officially published.
    #[must_use]
    pub fn confirmed_through(&self) -> i32 {
        self.confirmed_through
    }

    /// The hour after which what is received moves on the next working day (15:00, NĐ 61/2018 art 18).
    #[must_use]
    pub fn cut_off(&self) -> NaiveTime {
        self.cut_off
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
}
