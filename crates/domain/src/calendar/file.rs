//! A calendar as a file: what ships, what an office imports, what it gives to the next one. Foreign input.

use super::{Agency, Calendar, Calendars, CountingRule, Session, SpecialDay, SpecialKind};
use chrono::{Datelike, FixedOffset, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a file: a calendar of thirty years and a hundred agencies has a tenth of it.
const LONGEST: usize = 2 * 1024 * 1024;
/// Letters of a name.
const LONGEST_NAME: usize = 300;
/// Working stretches of one day.
const MOST_SESSIONS: usize = 8;
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The calendar file breaks its shape.
#[derive(Debug, thiserror::Error)]
pub enum BadCalendar {
    /// Not the JSON that is asked for.
    #[error("calendar file: {0}")]
    Shape(#[from] serde_json::Error),
    /// A time of day or a session that ends before it starts, or before the one before it has ended.
    #[error("session {0:?} is not a stretch of a day")]
    Session([String; 2]),
    /// The cut-off is no time of day.
    #[error("cut-off {0:?} is no time of day")]
    CutOff(String),
    /// No working minute in a whole week: nothing could ever fall due.
    #[error("the week has no working time")]
    NoWork,
    /// The offset from UTC is out of range.
    #[error("offset of {0} minutes")]
    Offset(i32),
    /// A day stands under another year than its own.
    #[error("{date} stands under {year}")]
    Year {
        /// Where it stands.
        year: i32,
        /// The day.
        date: chrono::NaiveDate,
    },
    /// A day with hours of its own has none, or a day off has some.
    #[error("hours of {0}")]
    Hours(chrono::NaiveDate),
    /// A weekday's name is none of `mon` to `sun`.
    #[error("weekday {0:?}")]
    Weekday(String),
    /// The same twice, or a name that is empty.
    #[error("{0:?} stands twice or has no name")]
    Twice(String),
    /// Longer than anything that is a calendar.
    #[error("too long")]
    TooLong,
}

impl BadCalendar {
    /// Where the file is wrong, as it can be told in any language.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::Shape(error) => format!("{}:{} ({error})", error.line(), error.column()),
            Self::Session([opens, closes]) => format!("{opens}–{closes}"),
            Self::CutOff(text) | Self::Weekday(text) | Self::Twice(text) => format!("“{text}”"),
            Self::NoWork => "week".to_owned(),
            Self::Offset(minutes) => format!("offset_minutes {minutes}"),
            Self::Year { year, date } => format!("{year}: {date}"),
            Self::Hours(date) => date.to_string(),
            Self::TooLong => "> 2 MB".to_owned(),
        }
    }
}

/// A calendar file (tệp lịch làm việc).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFile {
    /// The counter's offset from UTC.
    pub offset_minutes: i32,
    /// The hour after which what is received moves on the next working day, `15:00`.
    pub cut_off: String,
    /// Working time by weekday, `mon` to `sun`.
    pub week: BTreeMap<String, Vec<Session>>,
    /// How is counted where the law leaves it open.
    #[serde(default)]
    pub rule: CountingRule,
    /// Days that differ, by year.
    pub years: Vec<YearFile>,
    /// Calendars of agencies that work otherwise (D§4.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<Agency>,
}

/// The days of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearFile {
    /// The year.
    pub year: i32,
    /// Whether they are officially published.
    pub confirmed: bool,
    /// The days.
    pub days: Vec<SpecialDay>,
}

impl CalendarFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`BadCalendar`] says what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, BadCalendar> {
        if text.len() > LONGEST {
            return Err(BadCalendar::TooLong);
        }
        let file: Self = serde_json::from_str(text)?;
        file.calendars()?;
        Ok(file)
    }

    /// As it is written down: one day a line, so that people can read and compare it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The calendar of who has none of their own.
    pub(super) fn calendar(&self) -> Result<Calendar, BadCalendar> {
        let offset = FixedOffset::east_opt(self.offset_minutes.saturating_mul(60))
            .ok_or(BadCalendar::Offset(self.offset_minutes))?;
        let mut special = BTreeMap::new();
        let mut years = BTreeSet::new();
        for year in &self.years {
            if !years.insert(year.year) {
                return Err(BadCalendar::Twice(year.year.to_string()));
            }
            for day in &year.days {
                if day.date.year() != year.year {
                    return Err(BadCalendar::Year { year: year.year, date: day.date });
                }
                check(day)?;
                if special.insert(day.date, day.clone()).is_some() {
                    return Err(BadCalendar::Twice(day.date.to_string()));
                }
            }
        }
        let confirmed = self.years.iter().filter(|year| year.confirmed).map(|year| year.year).collect();
        Ok(Calendar {
            offset,
            week: week(&self.week)?,
            special,
            confirmed,
            cut_off: time(&self.cut_off)?,
            rule: self.rule,
        })
    }

    /// Every calendar of the file.
    ///
    /// # Errors
    /// [`BadCalendar`] says what is wrong with it.
    pub fn calendars(&self) -> Result<Calendars, BadCalendar> {
        let base = self.calendar()?;
        let mut agencies: Vec<(Agency, Calendar)> = Vec::new();
        for agency in &self.agencies {
            let known = agencies.iter().any(|(other, _)| other.id == agency.id);
            if known || agency.id.trim().is_empty() || agency.name.trim().is_empty() {
                return Err(BadCalendar::Twice(agency.id.clone()));
            }
            if agency.name.len() > LONGEST_NAME || agency.id.len() > LONGEST_NAME {
                return Err(BadCalendar::TooLong);
            }
            let mut calendar = base.clone();
            if !agency.week.is_empty() {
                calendar.week = week(&agency.week)?;
            }
            if let Some(cut_off) = &agency.cut_off {
                calendar.cut_off = time(cut_off)?;
            }
            if let Some(rule) = agency.rule {
                calendar.rule = rule;
            }
            for day in &agency.days {
                check(day)?;
                calendar.special.insert(day.date, day.clone());
            }
            agencies.push((agency.clone(), calendar));
        }
        Ok(Calendars::new(base, agencies))
    }
}

fn time(text: &str) -> Result<NaiveTime, BadCalendar> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| BadCalendar::CutOff(text.to_owned()))
}

fn week(names: &BTreeMap<String, Vec<Session>>) -> Result<[Vec<Session>; 7], BadCalendar> {
    if let Some(name) = names.keys().find(|name| !WEEK.contains(&name.as_str())) {
        return Err(BadCalendar::Weekday(name.clone()));
    }
    let mut week: [Vec<Session>; 7] = Default::default();
    for (sessions, name) in week.iter_mut().zip(WEEK) {
        *sessions = names.get(name).cloned().unwrap_or_default();
        in_order(sessions)?;
    }
    if week.iter().all(Vec::is_empty) { Err(BadCalendar::NoWork) } else { Ok(week) }
}

fn in_order(sessions: &[Session]) -> Result<(), BadCalendar> {
    if sessions.len() > MOST_SESSIONS {
        return Err(BadCalendar::TooLong);
    }
    match sessions.windows(2).find(|pair| pair[0].closes > pair[1].opens) {
        Some(pair) => Err(BadCalendar::Session(pair[1].into())),
        None => Ok(()),
    }
}

/// Whether a day reads: its hours belong to it, and its name can be printed.
pub(super) fn check(day: &SpecialDay) -> Result<(), BadCalendar> {
    in_order(&day.hours)?;
    let fits = match day.kind {
        SpecialKind::Holiday | SpecialKind::Compensatory | SpecialKind::Closed => day.hours.is_empty(),
        SpecialKind::Hours => !day.hours.is_empty(),
        SpecialKind::MakeUp => true,
    };
    if !fits {
        return Err(BadCalendar::Hours(day.date));
    }
    if day.name.len() > LONGEST_NAME { Err(BadCalendar::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::computed;
    use super::*;

    const VN: &str = include_str!("../../../../assets/calendars/vn.json");

    /// What ships is what the law gives, year by year, and everything later than the last decision is marked.
    #[test]
    fn the_file_that_ships_is_confirmed_to_2026_and_computed_to_2035() {
        let file = CalendarFile::from_json(VN).unwrap();
        let years: Vec<(i32, bool)> = file.years.iter().map(|year| (year.year, year.confirmed)).collect();
        assert_eq!(years, (2024..=2035).map(|year| (year, year <= 2026)).collect::<Vec<_>>());
        for year in file.years.iter().filter(|year| !year.confirmed) {
            assert_eq!(year.days, computed(year.year), "{}", year.year);
        }
        let calendar = file.calendar().unwrap();
        assert!(calendar.is_confirmed(2026) && !calendar.is_confirmed(2027) && !calendar.is_confirmed(2023));
    }

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let file = CalendarFile::from_json(VN).unwrap();
        assert_eq!(CalendarFile::from_json(&file.to_json()).unwrap(), file);
    }

    /// Foreign input: every way to be wrong has its own answer, and none gives a calendar.
    #[test]
    fn what_is_wrong_is_named() {
        let with = |week: &str, years: &str| {
            format!(r#"{{"offset_minutes":420,"cut_off":"15:00","week":{week},"years":{years}}}"#)
        };
        let week = r#"{"mon":[["07:00","11:30"]]}"#;
        for (text, says) in [
            ("{".to_owned(), "line 1"),
            (with("{}", "[]"), "no working time"),
            (with(r#"{"mon":[["11:30","07:00"]]}"#, "[]"), "stretch of a day"),
            (with(r#"{"mon":[["07:00","11:30"],["11:00","12:00"]]}"#, "[]"), "stretch of a day"),
            (with(r#"{"thu2":[["07:00","11:30"]]}"#, "[]"), "weekday"),
            (
                with(
                    week,
                    r#"[{"year":2026,"confirmed":true,"days":[{"date":"2027-01-01","kind":"holiday","name":"x"}]}]"#,
                ),
                "stands under 2026",
            ),
            (
                with(week, r#"[{"year":2026,"confirmed":true,"days":[]},{"year":2026,"confirmed":true,"days":[]}]"#),
                "stands twice",
            ),
            (
                with(
                    week,
                    r#"[{"year":2026,"confirmed":true,"days":[{"date":"2026-01-01","kind":"hours","name":"x"}]}]"#,
                ),
                "hours of",
            ),
            (
                with(
                    week,
                    r#"[{"year":2026,"confirmed":true,"days":[{"date":"2026-02-30","kind":"holiday","name":"x"}]}]"#,
                ),
                "line 1",
            ),
            (with(week, "[]").replace("420", "99999"), "offset"),
            (with(week, "[]").replace("15:00", "25:00"), "cut-off"),
            (" ".repeat(LONGEST + 1), "too long"),
        ] {
            let error = CalendarFile::from_json(&text).unwrap_err().to_string();
            assert!(error.contains(says), "{error} / {says}");
        }
    }
}
