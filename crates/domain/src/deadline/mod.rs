//! The appointment date (ngày hẹn trả) and the reason for it, day by day.
//!
//! The default rules are those of interfaces.md; D§4 has the law and what running systems do, and an agency's calendar
//! ([`crate::calendar::CountingRule`]) says where it counts otherwise. `Nwd` ends on the N-th working day after the day of
//! receipt, at the hour of receipt moved into working time. `Nh` counts working minutes. `Nd` counts calendar days and
//! rolls forward.

mod count;
mod limit;
mod stage;
#[cfg(test)]
mod tests;

pub use limit::{BadLimit, Limit};
pub use stage::{Stage, StageDue, Term, staged, stages};

use crate::calendar::Calendar;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use count::Count;
use serde::{Deserialize, Serialize};

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
    /// The agency is closed by its own decision (nghỉ riêng của cơ quan).
    Closed,
}

/// Why a day counts as it does, beyond what its kind says (lý do).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The day of receipt is not counted (BLDS 2015 art 147).
    FirstDayNotCounted,
    /// The office counts the day of receipt as the first one.
    FirstDayCounted,
    /// Received at or after the cut-off: it is the next working day's (NĐ 61/2018 art 18; NĐ 23/2015 art 7).
    AfterCutOff,
    /// Counts as the day of receipt, since what came after the cut-off is this day's.
    TakenAsReceived,
    /// Received while nobody worked: the hour moves to the next opening, or to the last closing.
    OutsideHours,
    /// The last day fell on a rest day and rolled forward to here (BLDS 2015 art 148).
    RolledForward,
    /// Ends here.
    Due,
    /// Was appointed by hand.
    Appointed,
    /// Counts a part of a day, for a limit in hours.
    PartOfDay,
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
    /// Which counted day of a limit in days it is, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// Why, where its kind does not say it all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
}

/// How an appointment came to differ from the count (hẹn lại, chỉnh hạn).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Somebody appointed another date.
    Appointed,
    /// Counted anew, since the calendar changed.
    Corrected,
}

/// What an appointment was before, and why it is another now: the citizen sees both (D7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// How.
    pub kind: ChangeKind,
    /// The date before, as it was printed.
    pub before: DateTime<FixedOffset>,
    /// Why.
    pub reason: String,
    /// When it was changed.
    pub at: DateTime<FixedOffset>,
}

/// An appointment date with its reason (ngày hẹn trả và diễn giải).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// When the result is due.
    pub due: DateTime<FixedOffset>,
    /// Every day from receipt to the due date.
    pub days: Vec<DayLine>,
    /// False when a day lies in a year whose calendar is not published.
    pub confirmed: bool,
    /// When each stage of the handling is due, where the case has stages (quy trình nội bộ).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageDue>,
    /// What it was before, where it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
}

/// No working day within reach: the calendar is broken, and no date is better than a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no working day within reach")]
pub struct NoDeadline;

/// A time that nothing can be appointed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAppointment {
    /// It has passed.
    #[error("the time has passed")]
    Past,
    /// Nobody is at the counter then.
    #[error("nobody works then")]
    Closed,
    /// Ten years off and more.
    #[error("too far off")]
    TooFar,
    /// It is due then already.
    #[error("it is due then already")]
    Same,
}

impl Deadline {
    /// Counts `limit` from `received` on `calendar`.
    ///
    /// # Errors
    /// [`NoDeadline`] when the calendar offers no working day within two years of a step.
    pub fn compute(received: DateTime<FixedOffset>, limit: Limit, calendar: &Calendar) -> Result<Self, NoDeadline> {
        let start = calendar.local(received);
        let mut count = Count::new(calendar);
        let due = count.limit(start, limit)?;
        Ok(Self::counted(received, calendar.instant(due), count.days, calendar))
    }

    pub(crate) fn counted(
        received: DateTime<FixedOffset>,
        due: DateTime<FixedOffset>,
        mut days: Vec<DayLine>,
        calendar: &Calendar,
    ) -> Self {
        if let Some(last) = days.last_mut() {
            last.why.push(Why::Due);
        }
        Self { due, days, confirmed: is_confirmed(received, due, calendar), stages: Vec::new(), changed: None }
    }

    /// The same count with another end: its days are cut or gone on with to there.
    #[must_use]
    pub fn ending(self, due: DateTime<FixedOffset>, calendar: &Calendar) -> Self {
        if due == self.due {
            return self;
        }
        let last = calendar.local(due).date();
        let mut days = self.days;
        for day in &mut days {
            day.why.retain(|why| !matches!(why, Why::Due | Why::Appointed));
        }
        let first = days.first().map_or(last, |day| day.date);
        days.retain(|day| day.date <= last || day.date == first);
        let known = days.last().map_or(last, |day| day.date);
        days.extend(known.iter_days().skip(1).take_while(|date| *date <= last).map(|date| line(date, calendar)));
        if let Some(day) = days.last_mut() {
            day.why.push(Why::Due);
        }
        let start = days.first().map_or(due, |day| calendar.instant(day.date.and_time(chrono::NaiveTime::MIN)));
        Self { due, days, confirmed: is_confirmed(start, due, calendar), ..Self { days: Vec::new(), ..self } }
    }

    /// This appointment after `due` took its place: what it was and why stays with it (D7).
    #[must_use]
    pub fn changed(
        self,
        kind: ChangeKind,
        due: DateTime<FixedOffset>,
        reason: &str,
        at: DateTime<FixedOffset>,
        calendar: &Calendar,
    ) -> Self {
        let before = self.due;
        let mut found = self.ending(due, calendar);
        found.changed = Some(Changed { kind, before, reason: reason.to_owned(), at });
        if kind == ChangeKind::Appointed
            && let Some(last) = found.days.last_mut()
        {
            last.why.push(Why::Appointed);
        }
        found
    }

    /// Whether a dossier of this appointment may be appointed for `due` by hand.
    ///
    /// # Errors
    /// [`BadAppointment`] says why not.
    pub fn can_become(
        &self,
        due: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
        calendar: &Calendar,
    ) -> Result<(), BadAppointment> {
        if due <= now {
            Err(BadAppointment::Past)
        } else if (due - now).num_days() > 3_650 {
            Err(BadAppointment::TooFar)
        } else if !calendar.is_open(calendar.local(due)) {
            Err(BadAppointment::Closed)
        } else if due == self.due {
            Err(BadAppointment::Same)
        } else {
            Ok(())
        }
    }

    /// Whether the years that it leans on are published by now: a date that was counted by computed years and still holds is
    /// no longer provisional once they were confirmed as they had been computed.
    #[must_use]
    pub fn is_settled(&self, received: DateTime<FixedOffset>, calendar: &Calendar) -> bool {
        self.confirmed || is_confirmed(received, self.due, calendar)
    }

    /// Whether it is too late to put the result off as the law has it: the apology with the new date goes out at least a
    /// day before the date that was promised (NĐ 61/2018 art 19.9).
    #[must_use]
    pub fn is_late_to_put_off(&self, now: DateTime<FixedOffset>) -> bool {
        self.due - now < chrono::TimeDelta::days(1)
    }

    /// The time at which `minutes` of work are done after `from`.
    pub(crate) fn after_minutes(
        from: DateTime<FixedOffset>,
        minutes: i64,
        calendar: &Calendar,
    ) -> Result<DateTime<FixedOffset>, NoDeadline> {
        let mut count = Count::new(calendar);
        Ok(calendar.instant(count.working_minutes(calendar.local(from), minutes)?))
    }
}

/// Whether every year between the two is officially published.
pub(crate) fn is_confirmed(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>, calendar: &Calendar) -> bool {
    (calendar.local(from).year()..=calendar.local(to).year()).all(|year| calendar.is_confirmed(year))
}

/// A day as it counts when all of it does.
pub(crate) fn line(date: NaiveDate, calendar: &Calendar) -> DayLine {
    let count = Count::new(calendar);
    count.made(date, count.kind(date), calendar.minutes(date))
}
