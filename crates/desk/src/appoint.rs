//! Appointments that are not counted but set: another date appointed by hand (D2), and dates counted anew for open dossiers
//! after the calendar changed (D7). Each is an event with its reason; nothing moves by itself.

use crate::accept::LONGEST_REASON;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{CorrectedView, DossierView, MovedDossier, MovedView};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime};
use domain::deadline::ChangeKind;
use domain::fold::tidy;
use domain::pause::{Appointments, SupplementRule};
use domain::{Deadline, Dossier, DossierId, Event, EventKind, Right};
use store::Reader;

/// Most dossiers that a list of moved dates shows.
const MOST: usize = 500;

impl Desk {
    /// Appoints another date for an open dossier. The date before, the reason and who did it stay with it.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; [`Error::BadAppointment`] for a time at which nothing can be due; [`Error::Illegal`] where
    /// the dossier is no longer open; when the role may not.
    pub fn appoint(&self, id: DossierId, due: DateTime<FixedOffset>, reason: &str) -> Result<DossierView, Error> {
        let staff = self.require(Right::Appoint)?;
        let reason = reason_of(reason)?;
        let (calendars, now) = (self.calendars(), self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            let mut event = self.next_event(tx, &mut dossier, EventKind::Appointed, &staff, &reason)?;
            let calendar = calendars.of_dossier(&dossier);
            let due = due.with_timezone(&calendar.offset());
            let before =
                dossier.deadline.take().ok_or_else(|| Error::Internal("an open dossier without a date".into()))?;
            before.can_become(due, now, calendar)?;
            event.due = Some(due);
            dossier.deadline = Some(before.changed(ChangeKind::Appointed, due, &reason, event.at, calendar));
            self.keep_event(tx, &dossier, &event)?;
            tx.put_dossier(&dossier)?;
            self.queue_move(tx, &dossier, &event, &staff, event.due)
        })?;
        self.wake.notify_one();
        self.dossier_view(id)
    }

    /// Appoints another date by the counter's clock: `day` is `yyyy-mm-dd`, `time` is `hh:mm`.
    ///
    /// # Errors
    /// [`Error::BadInput`] for what is no day or hour; as [`Self::appoint`].
    pub fn appoint_on(&self, id: DossierId, day: &str, time: &str, reason: &str) -> Result<DossierView, Error> {
        let day: NaiveDate = day.trim().parse().map_err(|_| Error::BadInput("day"))?;
        let time = NaiveTime::parse_from_str(time.trim(), "%H:%M").map_err(|_| Error::BadInput("time"))?;
        if !(2000..2100).contains(&day.year()) {
            return Err(Error::BadInput("day"));
        }
        self.appoint(id, self.calendar.instant(day.and_time(time)), reason)
    }

    /// The open dossiers whose date is another by the calendar in force. What somebody appointed by hand is left alone.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn moved_appointments(&self) -> Result<MovedView, Error> {
        self.require(Right::Read)?;
        let may_correct = self.require(Right::Appoint).is_ok();
        let rule = self.supplement_rule()?;
        self.store()?.read(|r| {
            let (mut total, mut dossiers) = (0, Vec::new());
            for id in r.owed_dossiers()? {
                let Some((dossier, _, after)) = self.moved(r, id, rule)? else { continue };
                total += 1;
                if dossiers.len() < MOST {
                    dossiers.push(self.moved_view(&dossier, &after));
                }
            }
            Ok(MovedView { total, dossiers, may_correct })
        })
    }

    /// Gives those of `ids` whose date moved the one by the calendar in force, all or none; an empty list is all there are.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; when the role may not.
    pub fn correct_appointments(&self, ids: &[DossierId], reason: &str) -> Result<CorrectedView, Error> {
        let staff = self.require(Right::Appoint)?;
        let reason = reason_of(reason)?;
        let rule = self.supplement_rule()?;
        let calendars = self.calendars();
        let done = self.store()?.write(|tx| -> Result<CorrectedView, Error> {
            let all = if ids.is_empty() { tx.reader().owed_dossiers()? } else { ids.to_vec() };
            let mut done = CorrectedView { corrected: 0, skipped: 0 };
            for id in all {
                let Some((mut dossier, _, after)) = self.moved(&tx.reader(), id, rule)? else {
                    done.skipped += u32::from(!ids.is_empty());
                    continue;
                };
                let mut event = self.next_event(tx, &mut dossier, EventKind::Corrected, &staff, &reason)?;
                let calendar = calendars.of_dossier(&dossier);
                let before = dossier.deadline.take().map_or(after.due, |deadline| deadline.due);
                event.due = Some(after.due);
                let counted = Deadline { due: before, ..after.clone() };
                let changed = counted.changed(ChangeKind::Corrected, after.due, &reason, event.at, calendar);
                dossier.deadline = Some(Deadline { changed: changed.changed, ..after });
                self.keep_event(tx, &dossier, &event)?;
                tx.put_dossier(&dossier)?;
                self.queue_move(tx, &dossier, &event, &staff, event.due)?;
                done.corrected += 1;
            }
            Ok(done)
        })?;
        self.wake.notify_one();
        Ok(done)
    }

    /// The dossier with its log and its date by the calendar in force, where that is another than was promised.
    fn moved(
        &self,
        reader: &Reader<'_>,
        id: DossierId,
        rule: SupplementRule,
    ) -> Result<Option<(Dossier, Vec<Event>, Deadline)>, Error> {
        let dossier = reader.dossier(id)?.ok_or(Error::DossierNotFound)?;
        let log = reader.events(id)?;
        let kinds: Vec<EventKind> = log.iter().map(|event| event.kind).chain([EventKind::Corrected]).collect();
        let (Some(received), Some(promised), Ok(_)) =
            (dossier.received_at, &dossier.deadline, domain::status::fold(kinds))
        else {
            return Ok(None);
        };
        let calendars = self.calendars();
        let Some(term) = dossier.chosen_case().and_then(|case| case.term()) else { return Ok(None) };
        let after = Appointments::anew(received, term, &log, calendars.of_dossier(&dossier))?.by(rule);
        let by_hand = after.changed.as_ref().is_some_and(|changed| changed.kind == ChangeKind::Appointed);
        let moved = !by_hand && after.due != promised.due;
        Ok(moved.then_some((dossier, log, after)))
    }

    fn moved_view(&self, dossier: &Dossier, after: &Deadline) -> MovedDossier {
        MovedDossier {
            id: dossier.id,
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            applicant: dossier.applicant.name.clone(),
            procedure: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
            before: dossier.deadline.as_ref().map(|deadline| self.shown(deadline.due)).unwrap_or_default(),
            after: self.shown(after.due),
            confirmed: after.confirmed,
        }
    }
}

/// A reason that says something, as it is kept.
pub(crate) fn reason_of(text: &str) -> Result<String, Error> {
    let reason: String = tidy(text).chars().take(LONGEST_REASON).collect();
    if reason.is_empty() { Err(Error::ReasonMissing) } else { Ok(reason) }
}
