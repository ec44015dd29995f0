//! Stages of the handling (các bước của quy trình nội bộ, D§4.2): each hand has its own hours, one after the other.

use super::count::Count;
use super::{BadLimit, DayLine, Deadline, Limit, NoDeadline};
use crate::calendar::Calendar;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// Stages of one case.
const MOST: usize = 50;

/// One stage (bước).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What is done in it.
    pub name: String,
    /// Who does it (đơn vị, chức danh), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// How long it may take.
    pub limit: Limit,
}

/// When a stage has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageDue {
    /// What is done in it.
    pub name: String,
    /// Who does it, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// How long it may take.
    pub limit: Limit,
    /// Until when.
    pub due: DateTime<FixedOffset>,
}

/// What is counted for a case: its published limit, its stages, or both. Never neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    limit: Option<Limit>,
    stages: &'a [Stage],
}

impl From<Limit> for Term<'_> {
    fn from(limit: Limit) -> Self {
        Self { limit: Some(limit), stages: &[] }
    }
}

impl<'a> Term<'a> {
    /// None where there is nothing to count.
    #[must_use]
    pub fn of(limit: Option<Limit>, stages: &'a [Stage]) -> Option<Self> {
        (limit.is_some() || !stages.is_empty()).then_some(Self { limit, stages })
    }

    /// Whether all of it is counted by the calendar on the wall, nights and Sundays too.
    pub(crate) fn in_calendar_days(&self) -> bool {
        match self.limit {
            Some(limit) => matches!(limit, Limit::CalendarDays(_)),
            None => self.stages.iter().all(|stage| matches!(stage.limit, Limit::CalendarDays(_))),
        }
    }

    /// The appointment. The published limit holds where there is one; else the stages make it.
    ///
    /// # Errors
    /// [`NoDeadline`] when the calendar offers no working day.
    pub fn deadline(&self, received: DateTime<FixedOffset>, calendar: &Calendar) -> Result<Deadline, NoDeadline> {
        let mut from = received;
        let mut lines: Vec<DayLine> = Vec::new();
        let mut dues: Vec<StageDue> = Vec::new();
        for stage in self.stages.iter().take(MOST) {
            let mut count = Count::new(calendar);
            let due = calendar.instant(count.limit(calendar.local(from), stage.limit)?);
            join(&mut lines, count.days);
            dues.push(StageDue { name: stage.name.clone(), unit: stage.unit.clone(), limit: stage.limit, due });
            from = due;
        }
        let whole = match self.limit {
            Some(limit) => Deadline::compute(received, limit, calendar)?,
            None => Deadline::counted(received, from, lines, calendar),
        };
        Ok(Deadline { stages: dues, ..whole })
    }
}

/// Puts the days of the next stage behind those before it: the day on which both meet stands once, with what it gave to both.
fn join(lines: &mut Vec<DayLine>, next: Vec<DayLine>) {
    let mut next = next.into_iter();
    if let Some(first) = next.next() {
        match lines.last_mut() {
            Some(last) if last.date == first.date => last.minutes += first.minutes,
            _ => lines.push(first),
        }
    }
    // Days of a limit that is made of several are not numbered through.
    lines.extend(next);
    for line in lines.iter_mut() {
        line.nth = None;
    }
}

/// The appointment that stages make by themselves; [`NoDeadline`] for none at all.
///
/// # Errors
/// [`NoDeadline`] when the calendar offers no working day.
pub fn staged(received: DateTime<FixedOffset>, stages: &[Stage], calendar: &Calendar) -> Result<Deadline, NoDeadline> {
    Term::of(None, stages).ok_or(NoDeadline)?.deadline(received, calendar)
}

/// Reads limits that follow one another: `2h+3wd`.
///
/// # Errors
/// [`BadLimit`] for what is none.
pub fn stages(text: &str) -> Result<Vec<Stage>, BadLimit> {
    let parts: Vec<&str> = text.split('+').collect();
    if parts.len() > MOST {
        return Err(BadLimit(text.to_owned()));
    }
    let stage = |(n, part): (usize, &str)| {
        Ok(Stage { name: format!("Bước {n}"), unit: String::new(), limit: part.trim().parse()? })
    };
    (1..).zip(parts).map(stage).collect()
}
