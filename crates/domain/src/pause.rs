//! What waiting for the applicant does to the appointment (D§0.7, D§4): three computations side by side.
//!
//! The law lets the limit start anew once the papers are complete (NĐ 61/2018 art 19.4). Running systems add the waiting
//! time back (D§4.2). The national index subtracts the applicant's time and counts more than one request as late (QĐ 766).
//! All three are worked out from the dossier's log, so that a step taken back leaves no trace in any date.

use crate::calendar::Calendar;
use crate::deadline::{ChangeKind, Changed, DayKind, DayLine, Deadline, NoDeadline, Term, Why};
use crate::status::{Event, EventKind, effective};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Which of the computations the office prints (cách tính hạn khi bổ sung).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SupplementRule {
    /// The limit starts anew when the papers are complete (tính lại từ đầu).
    #[default]
    Restart,
    /// The time of waiting is added (cộng bù).
    AddBack,
}

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Supplement,
    /// A payment, or a stop: the limit is paused under either rule.
    Other,
}

/// A stretch in which nobody at the office could go on (tạm dừng).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pause {
    cause: Cause,
    from: DateTime<FixedOffset>,
    /// None while it lasts.
    to: Option<DateTime<FixedOffset>>,
}

/// A date that was set and not counted: the one printed at receipt, or one that took its place.
#[derive(Debug, Clone, PartialEq)]
struct Pin {
    /// When; none for what was printed at receipt.
    at: Option<DateTime<FixedOffset>>,
    due: DateTime<FixedOffset>,
    changed: Option<Changed>,
}

/// The appointment by each computation.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointments {
    /// Started anew after the last supplement; payments and stops added.
    pub restarted: Deadline,
    /// Every wait added back.
    pub added_back: Deadline,
    /// Every wait added back to the date that was counted, whatever was appointed by hand: what the national index
    /// measures against (QĐ 766/QĐ-TTg).
    pub measured: Deadline,
    /// How often papers were asked for: more than once counts as late in the index (QĐ 766/QĐ-TTg).
    pub requests: u32,
    /// Whether anything was ever waited for; else all computations are the first one.
    pub waited: bool,
    /// Since when it waits, if it does: the dates above move on for as long as it lasts.
    pub waiting_since: Option<DateTime<FixedOffset>>,
}

impl Appointments {
    /// Works them out for a dossier received at `received`, from its log. What was printed, appointed or corrected stands,
    /// whatever calendar is in force by now.
    ///
    /// # Errors
    /// [`NoDeadline`] where the calendar offers no working day.
    pub fn of<'a>(
        received: DateTime<FixedOffset>,
        term: impl Into<Term<'a>>,
        log: &[Event],
        calendar: &Calendar,
    ) -> Result<Self, NoDeadline> {
        Self::with(received, term.into(), log, pins(log), calendar)
    }

    /// Works them out as `calendar` has them now; only what somebody appointed by hand stands.
    ///
    /// # Errors
    /// [`NoDeadline`] where the calendar offers no working day.
    pub fn anew<'a>(
        received: DateTime<FixedOffset>,
        term: impl Into<Term<'a>>,
        log: &[Event],
        calendar: &Calendar,
    ) -> Result<Self, NoDeadline> {
        let by_hand = pins(log).into_iter().filter(Pin::by_hand).collect();
        Self::with(received, term.into(), log, by_hand, calendar)
    }

    fn with(
        received: DateTime<FixedOffset>,
        term: Term<'_>,
        log: &[Event],
        pins: Vec<Pin>,
        calendar: &Calendar,
    ) -> Result<Self, NoDeadline> {
        let pauses = pauses(log);
        let supplements = || pauses.iter().filter(|pause| pause.cause == Cause::Supplement);
        let complete = supplements().filter_map(|pause| pause.to).max();
        let anew = complete.unwrap_or(received);
        // A limit that starts anew leaves behind what was set before.
        let since = pins.iter().rfind(|pin| complete.is_none_or(|complete| pin.at.is_some_and(|at| at >= complete)));
        let counted = pins.iter().rfind(|pin| !pin.by_hand());
        Ok(Self {
            restarted: with_waits(anew, term, pauses.iter().filter(|pause| pause.from >= anew), since, calendar)?,
            added_back: with_waits(received, term, pauses.iter(), pins.last(), calendar)?,
            measured: with_waits(received, term, pauses.iter(), counted, calendar)?,
            requests: u32::try_from(supplements().count()).unwrap_or(u32::MAX),
            waited: !pauses.is_empty(),
            waiting_since: pauses.iter().find(|pause| pause.to.is_none()).map(|pause| pause.from),
        })
    }

    /// The one that `rule` chooses.
    #[must_use]
    pub fn by(self, rule: SupplementRule) -> Deadline {
        match rule {
            SupplementRule::Restart => self.restarted,
            SupplementRule::AddBack => self.added_back,
        }
    }

    /// Whether the national index counts the dossier as late whatever the date.
    #[must_use]
    pub fn late_by_requests(&self) -> bool {
        self.requests > 1
    }
}

impl Pin {
    fn by_hand(&self) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.kind == ChangeKind::Appointed)
    }

    /// From when a wait counts on top of it. Who appoints a date knows of the wait so far; a correction knows of none that
    /// still lasts.
    fn counts_from(&self, pause: &Pause) -> Option<DateTime<FixedOffset>> {
        match self.at {
            None => Some(pause.from),
            Some(at) if pause.to.is_some_and(|to| to <= at) => None,
            Some(at) if self.by_hand() => Some(pause.from.max(at)),
            Some(_) => Some(pause.from),
        }
    }
}

/// The dates that a log set, oldest first. What was taken back never was.
fn pins(log: &[Event]) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    let mut before: Option<DateTime<FixedOffset>> = None;
    for event in effective(log) {
        let Some(due) = event.due else { continue };
        let kind = match event.kind {
            EventKind::Appointed => Some(ChangeKind::Appointed),
            EventKind::Corrected => Some(ChangeKind::Corrected),
            EventKind::Received => {
                pins.push(Pin { at: None, due, changed: None });
                None
            }
            // Where a wait ended the date was counted, not set.
            _ => None,
        };
        if let Some(kind) = kind {
            let changed = Changed { kind, before: before.unwrap_or(due), reason: event.reason.clone(), at: event.at };
            pins.push(Pin { at: Some(event.at), due, changed: Some(changed) });
        }
        before = Some(due);
    }
    pins
}

/// The waits of a log. What was taken back never was.
fn pauses(log: &[Event]) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = Vec::new();
    for event in effective(log) {
        let open = pauses.last_mut().filter(|pause| pause.to.is_none());
        match (event.kind, open) {
            (EventKind::SupplementAsked, None) => {
                pauses.push(Pause { cause: Cause::Supplement, from: event.at, to: None });
            }
            (EventKind::FinanceAsked | EventKind::Stopped, None) => {
                pauses.push(Pause { cause: Cause::Other, from: event.at, to: None });
            }
            // A clock that was set back ends a wait no earlier than it began.
            (EventKind::Processing, Some(pause)) => pause.to = Some(event.at.max(pause.from)),
            _ => {}
        }
    }
    pauses
}

fn with_waits<'a>(
    start: DateTime<FixedOffset>,
    term: Term<'_>,
    waits: impl Iterator<Item = &'a Pause>,
    pin: Option<&Pin>,
    calendar: &Calendar,
) -> Result<Deadline, NoDeadline> {
    let mut plain = term.deadline(start, calendar)?;
    if let Some(pin) = pin {
        let counted = plain.due;
        plain = plain.ending(pin.due, calendar);
        plain.changed = pin.changed.clone();
        if pin.by_hand()
            && pin.due != counted
            && let Some(last) = plain.days.last_mut()
        {
            last.why.push(Why::Appointed);
        }
    }
    let waits: Vec<(NaiveDateTime, NaiveDateTime)> = waits
        .filter_map(|pause| {
            let from = pin.map_or(Some(pause.from), |pin| pin.counts_from(pause))?;
            Some((calendar.local(from.max(start)), calendar.local(pause.to?)))
        })
        .filter(|(from, to)| from < to)
        .collect();
    let due = moved(plain.due, term, waits.iter(), calendar)?;
    if due == plain.due {
        return Ok(plain);
    }
    let mut found = plain.ending(due, calendar);
    for stage in &mut found.stages {
        let at = calendar.local(stage.due);
        stage.due = moved(stage.due, term, waits.iter().filter(|(from, _)| *from < at), calendar)?;
    }
    mark(&mut found.days, &waits, calendar);
    Ok(found)
}

/// A date with the waits added to it: working minutes, or days on the wall where the limit is counted in those.
fn moved<'a>(
    due: DateTime<FixedOffset>,
    term: Term<'_>,
    waits: impl Iterator<Item = &'a (NaiveDateTime, NaiveDateTime)>,
    calendar: &Calendar,
) -> Result<DateTime<FixedOffset>, NoDeadline> {
    if term.in_calendar_days() {
        let waited = waits.fold(chrono::TimeDelta::zero(), |sum, (from, to)| sum + (*to - *from));
        if waited.is_zero() {
            return Ok(due);
        }
        return Ok(calendar.instant(rolled(calendar.local(due) + waited, calendar)?));
    }
    match waits.map(|(from, to)| worked(*from, *to, calendar)).sum() {
        0 => Ok(due),
        minutes => Deadline::after_minutes(due, minutes, calendar),
    }
}

/// Working minutes between two times.
#[must_use]
pub fn worked(from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> i64 {
    let days = from.date().iter_days().take_while(|date| *date <= to.date());
    days.map(|date| worked_on(date, from, to, calendar)).sum()
}

fn worked_on(date: NaiveDate, from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> i64 {
    let within = |session: &crate::calendar::Session| {
        let opens = date.and_time(session.opens).max(from);
        let closes = date.and_time(session.closes).min(to);
        (closes - opens).num_minutes().max(0)
    };
    calendar.sessions(date).iter().map(within).sum()
}

/// A time that falls on a rest day goes to the next working day, and any into working hours.
fn rolled(time: NaiveDateTime, calendar: &Calendar) -> Result<NaiveDateTime, NoDeadline> {
    let date = if calendar.works(time.date()) {
        time.date()
    } else {
        calendar.next_working_day(time.date()).ok_or(NoDeadline)?
    };
    Ok(date.and_time(calendar.into_working_time(date, time.time())))
}

/// Marks the days on which it was waited, with what was left of them.
fn mark(days: &mut [DayLine], waits: &[(NaiveDateTime, NaiveDateTime)], calendar: &Calendar) {
    for line in days {
        let gone = waits.iter().map(|(from, to)| worked_on(line.date, *from, *to, calendar)).sum::<i64>();
        if gone > 0 && gone >= calendar.minutes(line.date) && line.kind != DayKind::Received {
            line.kind = DayKind::Paused;
        }
        if gone > 0 {
            // The numbers of a count that stood still say nothing any more.
            line.nth = None;
        }
        line.minutes = (line.minutes - gone).max(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventId, Limit, StaffId};
    use proptest::prelude::*;

    const VN: &str = include_str!("../../../assets/calendars/vn.json");

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
    }

    fn log(steps: &[(&str, EventKind)]) -> Vec<Event> {
        let event = |(time, kind): &(&str, EventKind)| Event {
            id: EventId::from_bytes([0; 16]),
            kind: *kind,
            at: at(time),
            by: StaffId::from_bytes([0; 16]),
            reason: String::new(),
            due: None,
        };
        steps.iter().map(event).collect()
    }

    fn of(limit: &str, steps: &[(&str, EventKind)]) -> Appointments {
        let calendar = Calendar::from_json(VN).unwrap();
        Appointments::of(at(steps[0].0), limit.parse::<Limit>().unwrap(), &log(steps), &calendar).unwrap()
    }

    use EventKind::{Appointed, Corrected, FinanceAsked, Processing, Received, Stopped, SupplementAsked, Undone};

    /// Five working days from Monday; asked on Tuesday at nine, complete on Thursday at nine: two working days of waiting.
    #[test]
    fn a_supplement_by_law_and_by_practice() {
        let found = of(
            "5wd",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T10:00", Processing),
                ("2026-03-03T09:00", SupplementAsked),
                ("2026-03-05T09:00", Processing),
            ],
        );
        assert_eq!(found.added_back.due, at("2026-03-11T09:00"), "Monday the 9th and two days");
        assert_eq!(found.restarted.due, at("2026-03-12T09:00"), "five working days from Thursday");
        assert_eq!((found.requests, found.late_by_requests(), found.waiting_since), (1, false, None));
        let kinds: Vec<_> = found.added_back.days.iter().map(|day| (day.date.to_string(), day.kind)).collect();
        assert!(kinds.contains(&("2026-03-04".into(), DayKind::Paused)), "{kinds:?}");
        assert_eq!(found.added_back.days.last().map(|day| day.date.to_string()).as_deref(), Some("2026-03-11"));
    }

    /// A payment and a stop pause under either rule; hours are counted to the minute.
    #[test]
    fn payments_and_stops_are_added_under_either_rule() {
        let found = of(
            "8h",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T09:00", Processing),
                ("2026-03-02T10:00", FinanceAsked),
                ("2026-03-02T11:00", Processing),
                ("2026-03-02T16:30", Stopped),
                ("2026-03-03T07:30", Processing),
            ],
        );
        // 8 h from 09:00 end at 09:00 the next day; one hour, then half an hour and half an hour, are added.
        assert_eq!(found.added_back.due, at("2026-03-03T11:00"));
        assert_eq!(found.restarted, found.added_back);
    }

    #[test]
    fn more_than_one_request_is_late_for_the_index_and_an_open_one_is_waited_for() {
        let found = of(
            "3wd",
            &[
                ("2026-03-02T09:00", Received),
                ("2026-03-02T10:00", Processing),
                ("2026-03-02T11:00", SupplementAsked),
                ("2026-03-03T09:00", Processing),
                ("2026-03-03T15:00", SupplementAsked),
            ],
        );
        assert!(found.late_by_requests());
        assert_eq!(found.waiting_since, Some(at("2026-03-03T15:00")));
    }

    /// What was taken back never was: the dates are those of a log without it.
    #[test]
    fn a_request_taken_back_moves_nothing() {
        let steps = [
            ("2026-03-02T09:00", Received),
            ("2026-03-02T10:00", Processing),
            ("2026-03-02T11:00", SupplementAsked),
            ("2026-03-04T11:00", Undone),
        ];
        let found = of("5wd", &steps);
        assert_eq!(found, of("5wd", &steps[..2]));
        assert_eq!((found.requests, found.waiting_since), (0, None));
    }

    fn pinned(mut events: Vec<Event>, dues: &[(usize, &str)]) -> Vec<Event> {
        for (n, due) in dues {
            events[*n].due = Some(at(due));
        }
        events
    }

    const HANDLED: [(&str, EventKind); 3] =
        [("2026-03-02T09:00", Received), ("2026-03-02T10:00", Processing), ("2026-03-04T09:00", Appointed)];

    /// A date appointed by hand stands and says what was before; the national index does not go by it.
    #[test]
    fn what_was_appointed_stands_and_the_index_goes_by_the_count() {
        let calendar = Calendar::from_json(VN).unwrap();
        let events = pinned(log(&HANDLED), &[(0, "2026-03-05T09:00"), (2, "2026-03-13T16:00")]);
        let found = Appointments::of(at("2026-03-02T09:00"), Limit::WorkingDays(3), &events, &calendar).unwrap();
        assert_eq!(found.restarted, found.added_back);
        assert_eq!((found.restarted.due, found.measured.due), (at("2026-03-13T16:00"), at("2026-03-05T09:00")));
        let changed = found.restarted.changed.clone().unwrap();
        assert_eq!((changed.kind, changed.before), (ChangeKind::Appointed, at("2026-03-05T09:00")));
        let last = found.restarted.days.last().unwrap();
        assert_eq!(
            (last.date.to_string().as_str(), last.why.as_slice()),
            ("2026-03-13", &[Why::Due, Why::Appointed][..])
        );
        let dates: Vec<_> = found.restarted.days.iter().map(|day| day.date).collect();
        assert!(dates.windows(2).all(|pair| pair[1] == pair[0].succ_opt().unwrap()), "each day once, in order");
        assert!(!found.waited);
    }

    /// Taken back, it leaves no trace; and a supplement that starts the limit anew leaves it behind.
    #[test]
    fn an_appointment_is_taken_back_or_left_behind() {
        let calendar = Calendar::from_json(VN).unwrap();
        let (received, limit) = (at("2026-03-02T09:00"), Limit::WorkingDays(3));
        let steps: Vec<_> = HANDLED.into_iter().chain([("2026-03-04T09:05", Undone)]).collect();
        let events = pinned(log(&steps), &[(0, "2026-03-05T09:00"), (2, "2026-03-13T16:00")]);
        let found = Appointments::of(received, limit, &events, &calendar).unwrap();
        assert_eq!((found.restarted.due, found.restarted.changed), (at("2026-03-05T09:00"), None));
        let steps: Vec<_> = HANDLED
            .into_iter()
            .chain([("2026-03-05T09:00", SupplementAsked), ("2026-03-06T09:00", Processing)])
            .collect();
        let events = pinned(log(&steps), &[(0, "2026-03-05T09:00"), (2, "2026-03-13T16:00")]);
        let found = Appointments::of(received, limit, &events, &calendar).unwrap();
        assert_eq!(found.restarted.due, at("2026-03-11T09:00"), "three working days from the 6th");
        assert_eq!(found.added_back.due, at("2026-03-16T16:00"), "a working day on top of what was appointed");
    }

    /// D7: what was printed stands when the calendar changes, until somebody corrects it; that too can be taken back.
    #[test]
    fn a_calendar_that_changes_moves_nothing_by_itself() {
        let calendar = Calendar::from_json(VN).unwrap();
        let (received, limit) = (at("2026-11-23T09:00"), Limit::WorkingDays(1));
        // Printed before anybody knew that the 24th would be a holiday.
        let printed = pinned(log(&[("2026-11-23T09:00", Received)]), &[(0, "2026-11-24T09:00")]);
        assert_eq!(
            Appointments::of(received, limit, &printed, &calendar).unwrap().restarted.due,
            at("2026-11-24T09:00")
        );
        assert_eq!(
            Appointments::anew(received, limit, &printed, &calendar).unwrap().restarted.due,
            at("2026-11-25T09:00")
        );
        let steps = [("2026-11-23T09:00", Received), ("2026-11-23T10:00", Corrected), ("2026-11-23T11:00", Undone)];
        let events = pinned(log(&steps), &[(0, "2026-11-24T09:00"), (1, "2026-11-25T09:00")]);
        let corrected = Appointments::of(received, limit, &events[..2], &calendar).unwrap();
        assert_eq!(corrected.restarted.due, at("2026-11-25T09:00"));
        assert_eq!(corrected.restarted.changed.as_ref().map(|changed| changed.before), Some(at("2026-11-24T09:00")));
        assert_eq!(corrected.measured.due, at("2026-11-25T09:00"), "the index goes by the corrected count");
        assert_eq!(
            Appointments::of(received, limit, &events, &calendar).unwrap().restarted.due,
            at("2026-11-24T09:00")
        );
    }

    proptest! {
        /// T-51: a wait that ends in the minute in which it began, or lies outside working hours, adds nothing; and one
        /// that does not moves the date by exactly its working minutes.
        #[test]
        fn waiting_adds_its_working_minutes_and_nothing_else(day in 1u32..28, from in 0i64..2880, length in 0i64..20_000, hours in 1u32..200) {
            let calendar = Calendar::from_json(VN).unwrap();
            let received = at(&format!("2026-03-{day:02}T08:00"));
            let (asked, back) = (received + chrono::TimeDelta::minutes(from), received + chrono::TimeDelta::minutes(from + length));
            let mut events = log(&[("2026-03-01T00:00", Received), ("2026-03-01T00:00", Processing), ("2026-03-01T00:00", FinanceAsked), ("2026-03-01T00:00", Processing)]);
            for (event, time) in events.iter_mut().zip([received, received, asked, back]) {
                event.at = time;
            }
            let limit = Limit::WorkingMinutes(hours * 60);
            let plain = Deadline::compute(received, limit, &calendar).unwrap();
            let found = Appointments::of(received, limit, &events, &calendar).unwrap().added_back;
            let minutes = worked(calendar.local(asked), calendar.local(back), &calendar);
            prop_assert_eq!(worked(calendar.local(plain.due), calendar.local(found.due), &calendar), minutes);
            if minutes == 0 {
                prop_assert_eq!(&found, &plain);
            }
            let dates: Vec<_> = found.days.iter().map(|line| line.date).collect();
            prop_assert!(dates.windows(2).all(|pair| pair[1] == pair[0].succ_opt().unwrap()), "each day once, in order");
            prop_assert_eq!(dates.last().copied(), Some(calendar.local(found.due).date()));
        }
    }
}
