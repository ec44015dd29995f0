//! Counting a limit from one local time to another, with every day on the way written down.

use super::{DayKind, DayLine, Limit, NoDeadline, Why};
use crate::calendar::{Calendar, CountingRule, DueHour, SpecialKind};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

pub(super) struct Count<'a> {
    calendar: &'a Calendar,
    pub(super) days: Vec<DayLine>,
}

impl<'a> Count<'a> {
    pub(super) fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, days: Vec::new() }
    }

    /// Counts `limit` from `start` by the calendar's rule.
    pub(super) fn limit(&mut self, start: NaiveDateTime, limit: Limit) -> Result<NaiveDateTime, NoDeadline> {
        let start = if limit == Limit::SameDay { start } else { self.taken(start)? };
        match limit {
            Limit::WorkingDays(n) => self.working_days(start, n),
            Limit::WorkingMinutes(n) => self.working_minutes(start, i64::from(n)),
            Limit::CalendarDays(n) => self.calendar_days(start, n),
            Limit::SameDay => self.same_day(start),
        }
    }

    /// Where the agency takes what came after the cut-off as the next working day's: that day's opening.
    fn taken(&mut self, start: NaiveDateTime) -> Result<NaiveDateTime, NoDeadline> {
        let date = start.date();
        let late = self.rule().after_cut_off_next_day && start.time() >= self.calendar.cut_off();
        if !late || !self.calendar.works(date) {
            return Ok(start);
        }
        self.add(date, DayKind::Received, 0, &[Why::AfterCutOff]);
        let next = self.step(date)?;
        let opens = self.calendar.sessions(next).first().map_or(NaiveTime::MIN, |session| session.opens);
        Ok(next.and_time(opens))
    }

    fn rule(&self) -> CountingRule {
        self.calendar.rule()
    }

    pub(super) fn made(&self, date: NaiveDate, kind: DayKind, minutes: i64) -> DayLine {
        let note = self.calendar.special(date).map(|day| day.name.clone()).unwrap_or_default();
        DayLine { date, kind, minutes, note, nth: None, why: Vec::new() }
    }

    fn add(&mut self, date: NaiveDate, kind: DayKind, minutes: i64, why: &[Why]) {
        let line = DayLine { why: why.to_vec(), ..self.made(date, kind, minutes) };
        self.days.push(line);
    }

    fn numbered(&mut self, date: NaiveDate, kind: DayKind, nth: u32) {
        let line = DayLine { nth: Some(nth), ..self.made(date, kind, self.calendar.minutes(date)) };
        self.days.push(line);
    }

    /// The line of the day on which the count begins. What came after the cut-off has a line of receipt before it.
    fn begin(&mut self, start: NaiveDateTime, why: &[Why]) {
        let mut why = why.to_vec();
        if !self.days.is_empty() {
            why.insert(0, Why::TakenAsReceived);
        } else if !self.calendar.is_open(start) {
            why.insert(0, Why::OutsideHours);
        }
        self.add(start.date(), DayKind::Received, 0, &why);
    }

    pub(super) fn kind(&self, date: NaiveDate) -> DayKind {
        let short = || self.calendar.minutes(date) < self.calendar.full_day_minutes();
        match self.calendar.special(date).map(|day| day.kind) {
            Some(SpecialKind::Holiday) => DayKind::Holiday,
            Some(SpecialKind::Compensatory) => DayKind::Compensatory,
            Some(SpecialKind::Closed) => DayKind::Closed,
            Some(SpecialKind::MakeUp) => DayKind::MakeUp,
            None if !self.calendar.works(date) => DayKind::Weekend,
            Some(SpecialKind::Hours) | None if short() => DayKind::HalfDay,
            Some(SpecialKind::Hours) | None => DayKind::Counted,
        }
    }

    /// Writes down the rest days after `date` and returns the first working day.
    fn step(&mut self, date: NaiveDate) -> Result<NaiveDate, NoDeadline> {
        let next = self.calendar.next_working_day(date).ok_or(NoDeadline)?;
        for rest in date.iter_days().skip(1).take_while(|day| *day < next) {
            self.add(rest, self.kind(rest), 0, &[]);
        }
        Ok(next)
    }

    /// The end of a limit in days: the hour of `start`, or the closing, by the agency's rule. A first day that counts is a
    /// whole day, and so is the last one then.
    fn at_hour(&self, date: NaiveDate, start: NaiveDateTime) -> NaiveDateTime {
        let closing = self.calendar.sessions(date).last().map(|session| session.closes);
        let whole = self.rule().due_hour == DueHour::Closing || self.rule().count_first_day;
        match closing {
            Some(closes) if whole => date.and_time(closes),
            _ => date.and_time(self.calendar.into_working_time(date, start.time())),
        }
    }

    fn working_days(&mut self, start: NaiveDateTime, n: u32) -> Result<NaiveDateTime, NoDeadline> {
        let closes = self.calendar.sessions(start.date()).last().map(|session| session.closes);
        let first = self.rule().count_first_day && n > 0 && closes.is_some_and(|closes| start.time() < closes);
        let why = if first { Why::FirstDayCounted } else { Why::FirstDayNotCounted };
        self.begin(start, if n == 0 { &[] } else { std::slice::from_ref(&why) });
        let mut date = start.date();
        // Nought days is today, or the next working day when nobody works today.
        if n == 0 && !self.calendar.works(date) {
            date = self.step(date)?;
            self.add(date, self.kind(date), 0, &[]);
        }
        if first && let Some(line) = self.days.last_mut() {
            (line.nth, line.minutes) = (Some(1), self.calendar.minutes(date));
        }
        for nth in 1 + u32::from(first)..=n {
            date = self.step(date)?;
            self.numbered(date, self.kind(date), nth);
        }
        Ok(self.at_hour(date, start))
    }

    pub(super) fn working_minutes(&mut self, start: NaiveDateTime, limit: i64) -> Result<NaiveDateTime, NoDeadline> {
        let mut date = start.date();
        let mut left = limit;
        loop {
            let from = if date == start.date() { start.time() } else { NaiveTime::MIN };
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
            if date == start.date() {
                self.begin(start, &[]);
                if let Some(line) = self.days.last_mut() {
                    line.minutes = counted;
                }
            } else {
                let part = if counted < self.calendar.minutes(date) { &[Why::PartOfDay][..] } else { &[] };
                self.add(date, self.kind(date), counted, part);
            }
            match due {
                Some(due) => return Ok(due),
                None => date = self.step(date)?,
            }
        }
    }

    fn calendar_days(&mut self, start: NaiveDateTime, n: u32) -> Result<NaiveDateTime, NoDeadline> {
        self.begin(start, if n == 0 { &[] } else { &[Why::FirstDayNotCounted] });
        let mut date = start.date();
        for nth in 1..=n {
            date = date.checked_add_days(Days::new(1)).ok_or(NoDeadline)?;
            self.numbered(date, DayKind::Counted, nth);
        }
        if !self.calendar.works(date) {
            // The last counted day is the one that is rolled off; it shows as what it is.
            if n > 0 {
                self.days.pop();
                self.add(date, self.kind(date), 0, &[]);
            }
            date = self.step(date)?;
            self.add(date, self.kind(date), self.calendar.minutes(date), &[Why::RolledForward]);
            if n > 0
                && let Some(line) = self.days.last_mut()
            {
                line.nth = Some(n);
            }
        }
        Ok(self.at_hour(date, start))
    }

    fn same_day(&mut self, start: NaiveDateTime) -> Result<NaiveDateTime, NoDeadline> {
        let date = start.date();
        let closing = |calendar: &Calendar, date| calendar.sessions(date).last().map(|session| session.closes);
        let closes = closing(self.calendar, date).map(|closes| date.and_time(closes));
        if let Some(due) = closes
            && start.time() < self.calendar.cut_off()
            && start < due
        {
            self.begin(start, &[]);
            return Ok(due);
        }
        let late = closes.is_some() && start.time() >= self.calendar.cut_off();
        self.add(date, DayKind::Received, 0, &[if late { Why::AfterCutOff } else { Why::OutsideHours }]);
        let next = self.step(date)?;
        self.numbered(next, self.kind(next), 1);
        closing(self.calendar, next).map(|closes| next.and_time(closes)).ok_or(NoDeadline)
    }
}
