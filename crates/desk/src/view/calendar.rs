//! What the window sees of the working calendar: a month, the years, what the office changed, and whose date moved.

use domain::DossierId;
use domain::calendar::SpecialKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A month of a calendar, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarView {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// Today, `yyyy-mm-dd`.
    pub today: String,
    /// Whose: an agency's id, or none for the counter's.
    pub agency: Option<String>,
    /// Every agency with a calendar of its own.
    pub agencies: Vec<AgencyView>,
    /// Whether the month's year is officially published.
    pub confirmed: bool,
    /// Its days.
    pub days: Vec<CalendarDayView>,
    /// Every year it knows days of.
    pub years: Vec<CalendarYearView>,
    /// The hour after which what comes in is the next working day's.
    pub cut_off: String,
    /// Working time of the week, Monday first.
    pub week: Vec<Vec<SessionView>>,
    /// What the office did to it, the latest first.
    pub changes: Vec<CalendarChangeView>,
    /// Whether whoever is at the desk may change it.
    pub may_change: bool,
}

/// An agency with a calendar of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AgencyView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The fields, procedures and cases that go by it.
    pub applies_to: Vec<String>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarDayView {
    /// The date, `yyyy-mm-dd`.
    pub date: String,
    /// Whether anybody works.
    pub works: bool,
    /// What makes it differ from its weekday.
    pub kind: Option<SpecialKind>,
    /// Its name, or empty.
    pub name: String,
    /// Its working time.
    pub hours: Vec<SessionView>,
    /// True where it is shorter than a full day.
    pub short: bool,
    /// The office's own change that made it so, to be taken back by this id.
    pub change: Option<String>,
}

/// A stretch of working time, `07:00` to `11:30`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SessionView {
    /// Opens.
    pub opens: String,
    /// Closes.
    pub closes: String,
}

/// One year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarYearView {
    /// The year.
    pub year: i32,
    /// Whether it is officially published.
    pub confirmed: bool,
}

/// One thing that the office did to the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CalendarChangeView {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// Name of who did it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The day that was changed; none where a file was brought in.
    pub date: Option<String>,
    /// What the day became.
    pub kind: Option<SpecialKind>,
    /// The day's name, or empty.
    pub name: String,
    /// The agency, by name, where it was not the counter.
    pub agency: Option<String>,
    /// Why it was taken back, where it was.
    pub undone: Option<String>,
}

/// A day that the office makes another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewCalendarDay {
    /// The agency's id, or none for the counter.
    #[serde(default)]
    pub agency: Option<String>,
    /// The date, `yyyy-mm-dd`.
    pub date: String,
    /// What it becomes.
    pub kind: SpecialKind,
    /// Its name, as it is printed.
    pub name: String,
    /// Its working time, where it has its own.
    #[serde(default)]
    pub hours: Vec<SessionView>,
    /// Why, by which decision.
    pub reason: String,
}

/// Open dossiers whose date is another by the calendar in force; nothing has been changed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MovedView {
    /// How many there are.
    pub total: u32,
    /// The first of them, the earliest due first.
    pub dossiers: Vec<MovedDossier>,
    /// Whether whoever is at the desk may correct them.
    pub may_correct: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MovedDossier {
    /// The id.
    pub id: DossierId,
    /// The code.
    pub code: String,
    /// The applicant's name.
    pub applicant: String,
    /// The procedure's name.
    pub procedure: String,
    /// The date that was promised.
    pub before: String,
    /// The date by the calendar in force.
    pub after: String,
    /// Whether that one leans on published years only.
    pub confirmed: bool,
}

/// What a correction did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CorrectedView {
    /// Dossiers with a new date.
    pub corrected: u32,
    /// Those of the asked whose date stands already, or that are no longer open.
    pub skipped: u32,
}
