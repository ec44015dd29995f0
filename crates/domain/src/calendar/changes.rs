//! What an office did to its calendar: files brought in, local days off and make-up days, and what was taken back. Entries
//! are added and never changed; the calendar in force is their fold over what ships.

use super::file::check;
use super::{BadCalendar, CalendarFile, SpecialDay, YearFile};
use crate::{EventId, StaffId};
use chrono::{DateTime, Datelike, FixedOffset};
use serde::{Deserialize, Serialize};

/// One entry of the log (thay đổi lịch làm việc).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarChange {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who did it.
    pub by: StaffId,
    /// Why, by which decision.
    pub reason: String,
    /// What.
    pub change: Change,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A file took the place of what was in force; local days stand over it.
    Imported {
        /// The file.
        file: Box<CalendarFile>,
    },
    /// One day became another, for the whole counter or for one agency.
    Day {
        /// The agency, or none for all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agency: Option<String>,
        /// The day.
        day: SpecialDay,
    },
    /// An earlier entry was taken back.
    Undone {
        /// Which.
        change: EventId,
    },
}

/// No entry of that id stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no change of the calendar with this id stands")]
pub struct UnknownChange;

/// The entries that still hold, oldest first: what was taken back, and the taking back, are left out.
#[must_use]
pub fn standing(log: &[CalendarChange]) -> Vec<&CalendarChange> {
    let undone =
        |id: EventId| log.iter().any(|entry| matches!(&entry.change, Change::Undone { change } if *change == id));
    log.iter().filter(|entry| !matches!(entry.change, Change::Undone { .. }) && !undone(entry.id)).collect()
}

/// The calendar file that results: what ships or was imported last, with every local day that stands, the latest of a date.
///
/// # Errors
/// [`BadCalendar`] where a day does not read; an agency that the file does not know takes nobody's day.
pub fn in_force(ships: &CalendarFile, log: &[CalendarChange]) -> Result<CalendarFile, BadCalendar> {
    let standing = standing(log);
    let imported = standing.iter().rev().find_map(|entry| match &entry.change {
        Change::Imported { file } => Some(file.as_ref()),
        Change::Day { .. } | Change::Undone { .. } => None,
    });
    let mut file = imported.unwrap_or(ships).clone();
    for entry in standing {
        if let Change::Day { agency, day } = &entry.change {
            check(day)?;
            place(&mut file, agency.as_deref(), day);
        }
    }
    Ok(file)
}

fn place(file: &mut CalendarFile, agency: Option<&str>, day: &SpecialDay) {
    let days = match agency {
        Some(id) => match file.agencies.iter_mut().find(|agency| agency.id == id) {
            Some(agency) => &mut agency.days,
            None => return,
        },
        None => {
            let year = day.date.year();
            let at = file.years.iter().position(|known| known.year == year).unwrap_or_else(|| {
                // A local day does not make a year's holidays known.
                file.years.push(YearFile { year, confirmed: false, days: Vec::new() });
                file.years.len() - 1
            });
            &mut file.years[at].days
        }
    };
    days.retain(|other| other.date != day.date);
    days.push(day.clone());
    days.sort_by_key(|day| day.date);
}

#[cfg(test)]
mod tests {
    use super::super::SpecialKind;
    use super::*;

    fn ships() -> CalendarFile {
        CalendarFile::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap()
    }

    fn entry(n: u8, change: Change) -> CalendarChange {
        CalendarChange {
            id: EventId::from_bytes([n; 16]),
            at: DateTime::parse_from_rfc3339("2026-11-23T08:00:00+07:00").unwrap(),
            by: StaffId::from_bytes([0; 16]),
            reason: "Theo công văn".into(),
            change,
        }
    }

    fn day(date: &str, kind: SpecialKind) -> Change {
        Change::Day { agency: None, day: SpecialDay::of(date.parse().unwrap(), kind, "Nghỉ địa phương") }
    }

    fn works(log: &[CalendarChange], date: &str) -> bool {
        in_force(&ships(), log).unwrap().calendars().unwrap().base().works(date.parse().unwrap())
    }

    #[test]
    fn a_local_day_stands_until_it_is_taken_back() {
        let off = entry(1, day("2026-11-27", SpecialKind::Closed));
        let back = entry(2, Change::Undone { change: off.id });
        assert!(works(&[], "2026-11-27"));
        assert!(!works(std::slice::from_ref(&off), "2026-11-27"));
        assert!(works(&[off.clone(), back.clone()], "2026-11-27"));
        assert_eq!(standing(&[off, back]).len(), 0);
        assert!(works(&[entry(1, day("2026-11-28", SpecialKind::MakeUp))], "2026-11-28"), "a Saturday");
    }

    /// The latest word on a date holds; taken back, the one before it does.
    #[test]
    fn the_latest_word_on_a_date_holds() {
        let log = [entry(1, day("2026-11-27", SpecialKind::Closed)), entry(2, day("2026-11-27", SpecialKind::MakeUp))];
        assert!(works(&log, "2026-11-27"));
        let log = [log[0].clone(), log[1].clone(), entry(3, Change::Undone { change: log[1].id })];
        assert!(!works(&log, "2026-11-27"));
    }

    #[test]
    fn local_days_stand_over_a_file_that_comes_later() {
        let mut file = ships();
        file.years.iter_mut().find(|year| year.year == 2027).unwrap().confirmed = true;
        let imported = entry(2, Change::Imported { file: Box::new(file) });
        let log = [entry(1, day("2027-03-05", SpecialKind::Closed)), imported.clone()];
        let calendars = in_force(&ships(), &log).unwrap().calendars().unwrap();
        assert!(!calendars.base().works("2027-03-05".parse().unwrap()));
        assert!(calendars.base().is_confirmed(2027));
        let log = [imported.clone(), entry(3, Change::Undone { change: imported.id })];
        assert!(!in_force(&ships(), &log).unwrap().calendars().unwrap().base().is_confirmed(2027));
    }

    #[test]
    fn a_local_day_confirms_no_year() {
        let log = [entry(1, day("2040-03-05", SpecialKind::Closed))];
        assert!(!in_force(&ships(), &log).unwrap().calendars().unwrap().base().is_confirmed(2040));
    }
}
