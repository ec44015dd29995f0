//! The working calendar of the office: shown by month, changed by decisions that are kept with their reason, taken back, brought
//! in and given out as a file. What is in force is the fold of the changes over what ships; nothing is ever overwritten.

use crate::appoint::reason_of;
use crate::fault::Error;
use crate::station::{Desk, read, write};
use crate::view::{
    AgencyView, CalendarChangeView, CalendarDayView, CalendarView, CalendarYearView, NewCalendarDay, SessionView,
};
use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use domain::calendar::{Change, Scope, Session, SpecialDay, SpecialKind, in_force, standing};
use domain::fold::tidy;
use domain::{Calendar, CalendarChange, CalendarFile, Calendars, EventId, Right};
use std::path::Path;
use std::sync::Arc;

/// Letters of a day's name on the receipt.
const LONGEST_NAME: usize = 80;
/// How far back and ahead a day can be changed, in days.
const REACH: i64 = 3_660;

impl Desk {
    /// The calendars in force.
    pub(crate) fn calendars(&self) -> Arc<Calendars> {
        Arc::clone(&read(&self.calendars))
    }

    /// Puts in force what the store holds.
    pub(crate) fn load_calendars(&self) -> Result<(), Error> {
        let log = self.store()?.read(|r| r.calendar_changes())?;
        let calendars = in_force(&Self::shipped_calendar()?, &log)?.calendars()?;
        *write(&self.calendars) = Arc::new(calendars);
        Ok(())
    }

    /// The calendar file in force, local days among its days.
    fn calendar_file(&self) -> Result<CalendarFile, Error> {
        let log = self.store()?.read(|r| r.calendar_changes())?;
        Ok(in_force(&Self::shipped_calendar()?, &log)?)
    }

    /// A month of the counter's calendar, or of an agency's; `month` is `yyyy-mm`, or empty for this one.
    ///
    /// # Errors
    /// [`Error::BadInput`] for no month or no agency.
    pub fn calendar_view(&self, month: &str, agency: Option<&str>) -> Result<CalendarView, Error> {
        self.require(Right::Read)?;
        let first = self.first_of(month)?;
        let calendars = self.calendars();
        let calendar = calendars.of(agency).ok_or(Error::BadInput("agency"))?;
        let log = self.store()?.read(|r| r.calendar_changes())?;
        let next = first.checked_add_months(Months::new(1)).ok_or(Error::BadInput("month"))?;
        let days = first.iter_days().take_while(|date| *date < next);
        let file = self.calendar_file()?;
        let mut years: Vec<CalendarYearView> =
            file.years.iter().map(|year| CalendarYearView { year: year.year, confirmed: year.confirmed }).collect();
        years.sort_by_key(|year| year.year);
        let monday = NaiveDate::from_ymd_opt(2001, 1, 1).ok_or(Error::BadInput("month"))?;
        Ok(CalendarView {
            month: first.format("%Y-%m").to_string(),
            today: self.today().to_string(),
            agency: agency.map(str::to_owned),
            agencies: calendars.agencies().map(agency_view).collect(),
            confirmed: calendar.is_confirmed(first.year()),
            days: days.map(|date| day_view(date, calendar, &log, agency)).collect(),
            years,
            cut_off: calendar.cut_off().format("%H:%M").to_string(),
            // A week before any holiday is known shows the weekdays as such.
            week: monday.iter_days().take(7).map(|date| sessions(calendar.sessions(date))).collect(),
            changes: self.change_views(&log)?,
            may_change: self.require(Right::Administer).is_ok(),
        })
    }

    fn first_of(&self, month: &str) -> Result<NaiveDate, Error> {
        let month = month.trim();
        let first = match month {
            "" => self.today().with_day(1),
            month => NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok(),
        };
        first.filter(|first| (2000..2100).contains(&first.year())).ok_or(Error::BadInput("month"))
    }

    /// Makes a day another: off, worked, or with hours of its own.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; [`Error::CalendarSame`] where the day is so already; [`Error::BadCalendar`] for hours that
    /// are none; [`Error::BadInput`]; when the role may not.
    pub fn set_calendar_day(&self, new: &NewCalendarDay) -> Result<CalendarView, Error> {
        let reason = reason_of(&new.reason)?;
        let date: NaiveDate = new.date.parse().map_err(|_| Error::BadInput("date"))?;
        if (date - self.today()).abs() > TimeDelta::days(REACH) {
            return Err(Error::BadInput("date"));
        }
        let calendars = self.calendars();
        let calendar = calendars.of(new.agency.as_deref()).ok_or(Error::BadInput("agency"))?;
        let hours = new.hours.iter().map(|pair| Session::try_from([pair.opens.clone(), pair.closes.clone()]));
        let day = SpecialDay {
            date,
            kind: new.kind,
            name: tidy(&new.name).chars().take(LONGEST_NAME).collect(),
            hours: hours.collect::<Result<_, _>>()?,
        };
        if same(calendar, &day) {
            return Err(Error::CalendarSame);
        }
        let change = Change::Day { agency: new.agency.clone(), day };
        self.change_calendar(change, &reason)?;
        self.calendar_view(&date.format("%Y-%m").to_string(), new.agency.as_deref())
    }

    /// Takes back a change by its id, for a reason.
    ///
    /// # Errors
    /// [`Error::CalendarChangeNotFound`] where none of that id stands; [`Error::ReasonMissing`]; when the role may not.
    pub fn undo_calendar_change(&self, id: &str, reason: &str) -> Result<(), Error> {
        let reason = reason_of(reason)?;
        let id: EventId = id.parse().map_err(|_| Error::CalendarChangeNotFound)?;
        let log = self.store()?.read(|r| r.calendar_changes())?;
        if !standing(&log).iter().any(|entry| entry.id == id) {
            return Err(Error::CalendarChangeNotFound);
        }
        self.change_calendar(Change::Undone { change: id }, &reason)
    }

    /// Brings in a calendar file. It takes the place of what ships; the office's own days stand over it.
    ///
    /// # Errors
    /// [`Error::BadCalendar`] says where the file is wrong, and nothing changes then; [`Error::ReasonMissing`]; when the role
    /// may not.
    pub fn import_calendar(&self, text: &str, reason: &str) -> Result<(), Error> {
        self.require(Right::Administer)?;
        let reason = reason_of(reason)?;
        let file = CalendarFile::from_json(text.trim_start_matches('\u{feff}'))?;
        if file.offset_minutes * 60 != self.calendar.offset().local_minus_utc() {
            return Err(domain::calendar::BadCalendar::Offset(file.offset_minutes).into());
        }
        self.change_calendar(Change::Imported { file: Box::new(file) }, &reason)
    }

    /// Brings in a calendar file from the disk.
    ///
    /// # Errors
    /// When it cannot be read; as [`Self::import_calendar`].
    pub fn import_calendar_file(&self, path: &Path, reason: &str) -> Result<(), Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
        self.import_calendar(&text, reason)
    }

    /// The calendar in force as a file, for another station or another year.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn export_calendar(&self) -> Result<String, Error> {
        self.require(Right::Read)?;
        Ok(self.calendar_file()?.to_json())
    }

    /// Writes the calendar in force to a file, whole or not at all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn export_calendar_file(&self, path: &Path) -> Result<(), Error> {
        crate::digitize::write_whole(path, self.export_calendar()?.as_bytes())
    }

    /// Writes a change down and puts it in force; a change that would leave no calendar is refused.
    fn change_calendar(&self, change: Change, reason: &str) -> Result<(), Error> {
        let staff = self.require(Right::Administer)?;
        let (id, at) = (self.clock.id(), self.now());
        let action = match &change {
            Change::Imported { .. } => "calendar.import".to_owned(),
            Change::Day { day, .. } => format!("calendar.day {}", day.date),
            Change::Undone { .. } => "calendar.undo".to_owned(),
        };
        let entry = CalendarChange { id, at, by: staff.id, reason: reason.to_owned(), change };
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut log = tx.reader().calendar_changes()?;
            log.push(entry.clone());
            in_force(&Self::shipped_calendar()?, &log)?.calendars()?;
            tx.add_calendar_change(&entry)?;
            tx.log(at, Some(staff.id), &action, &id.to_string())?;
            Ok(())
        })?;
        self.load_calendars()
    }

    fn change_views(&self, log: &[CalendarChange]) -> Result<Vec<CalendarChangeView>, Error> {
        let calendars = self.calendars();
        let undone = |id: EventId| {
            let back = log.iter().find(|entry| matches!(&entry.change, Change::Undone { change } if *change == id));
            back.map(|entry| entry.reason.clone())
        };
        self.store()?.read(|r| {
            let mut views = Vec::new();
            for entry in log.iter().rev() {
                let (day, agency) = match &entry.change {
                    Change::Imported { .. } => (None, None),
                    Change::Day { day, agency } => (Some(day), agency.as_ref()),
                    Change::Undone { .. } => continue,
                };
                let named = |id: &String| calendars.agencies().find(|agency| agency.id == *id).map(|a| a.name.clone());
                views.push(CalendarChangeView {
                    id: entry.id.to_string(),
                    at: self.shown(entry.at),
                    by: r.staff(entry.by)?.map(|staff| staff.name).unwrap_or_default(),
                    reason: entry.reason.clone(),
                    date: day.map(|day| day.date.to_string()),
                    kind: day.map(|day| day.kind),
                    name: day.map(|day| day.name.clone()).unwrap_or_default(),
                    agency: agency.map(|id| named(id).unwrap_or_else(|| id.clone())),
                    undone: undone(entry.id),
                });
            }
            Ok(views)
        })
    }
}

/// Whether the change would leave the day as it is.
fn same(calendar: &Calendar, day: &SpecialDay) -> bool {
    match day.kind {
        SpecialKind::Holiday | SpecialKind::Compensatory | SpecialKind::Closed => !calendar.works(day.date),
        SpecialKind::MakeUp => calendar.works(day.date) && day.hours.is_empty(),
        SpecialKind::Hours => calendar.sessions(day.date) == day.hours,
    }
}

fn sessions(sessions: &[Session]) -> Vec<SessionView> {
    let view = |session: &Session| {
        let [opens, closes] = (*session).into();
        SessionView { opens, closes }
    };
    sessions.iter().map(view).collect()
}

fn agency_view(agency: &domain::calendar::Agency) -> AgencyView {
    let scope = |scope: &Scope| {
        let parts = [&scope.field, &scope.procedure, &scope.case];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    };
    AgencyView {
        id: agency.id.clone(),
        name: agency.name.clone(),
        applies_to: agency.applies_to.iter().map(scope).collect(),
    }
}

fn day_view(date: NaiveDate, calendar: &Calendar, log: &[CalendarChange], agency: Option<&str>) -> CalendarDayView {
    let special = calendar.special(date);
    let own = standing(log).into_iter().rev().find(|entry| match &entry.change {
        Change::Day { agency: of, day } => day.date == date && (of.is_none() || of.as_deref() == agency),
        Change::Imported { .. } | Change::Undone { .. } => false,
    });
    let works = calendar.works(date);
    CalendarDayView {
        date: date.to_string(),
        works,
        kind: special.map(|day| day.kind),
        name: special.map(|day| day.name.clone()).unwrap_or_default(),
        hours: sessions(calendar.sessions(date)),
        short: works && calendar.minutes(date) < calendar.full_day_minutes(),
        change: own.map(|entry| entry.id.to_string()),
    }
}
