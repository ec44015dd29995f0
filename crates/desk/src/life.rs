//! The life of a dossier after intake (D§9.3): refused, handled, waiting for papers or money, stopped, done, returned,
//! withdrawn; and what was done by mistake taken back by a move of its own.
//!
//! One transaction writes event, status, audit and, for a dossier that the central system knows, the outbox.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DossierView, EventView, MoveView};
use chrono::{DateTime, FixedOffset};
use domain::dossier::Obstacle;
use domain::fold::tidy;
use domain::pause::{Appointments, SupplementRule};
use domain::status::{allowed, effective};
use domain::{CommandId, Dossier, DossierId, Event, EventKind, Right, Staff};
use protocol::{Command, CommandBody, DossierMoved};
use store::Writer;

const RULE: &str = "supplement_rule";

/// Letters that a reason may have.
const LONGEST_REASON: usize = 2_000;

impl Desk {
    /// Moves a dossier on. `reason` is asked for where the slip names it or something is taken back.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; [`Error::Illegal`] where the dossier does not stand so; [`Error::NotReady`] for a refusal
    /// that could not say whose dossier for which procedure; when the role may not.
    pub fn move_dossier(&self, id: DossierId, step: EventKind, reason: &str) -> Result<DossierView, Error> {
        let Some(right) = right_for(step) else { return Err(Error::BadInput("step")) };
        let staff = self.require(right)?;
        let reason: String = tidy(reason).chars().take(LONGEST_REASON).collect();
        // What failed at the counter is a reason of its own.
        let from_list = step == EventKind::SupplementAsked && reason.is_empty();
        if step.needs_reason() && reason.is_empty() && !from_list {
            return Err(Error::ReasonMissing);
        }
        // Pages that are still coming in belong to a draft (T-01).
        let _run = self.begin_run()?;
        let sent = self.store()?.write(|tx| -> Result<bool, Error> {
            let mut dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            if step == EventKind::Refused {
                can_be_refused(&dossier)?;
            }
            let made = if from_list { crate::checklist::reason_of(&tx.reader(), &dossier)? } else { String::new() };
            let reason = if from_list { &made } else { &reason };
            if step.needs_reason() && reason.is_empty() {
                return Err(Error::ReasonMissing);
            }
            let mut event = self.next_event(tx, &mut dossier, step, &staff, reason)?;
            let moved = self.appoint_anew(tx, &mut dossier, &mut event)?;
            self.keep_event(tx, &dossier, &event)?;
            tx.put_dossier(&dossier)?;
            // What was never received has no code yet, and the central system has not heard of it.
            let known = dossier.code.is_some();
            if known {
                self.queue_move(tx, &dossier, &event, &staff, moved)?;
            }
            Ok(known)
        })?;
        if sent {
            self.wake.notify_one();
        }
        self.dossier_view(id)
    }

    /// How the office counts after a supplement.
    ///
    /// # Errors
    /// Before the first sign-in.
    pub fn supplement_rule(&self) -> Result<SupplementRule, Error> {
        Ok(self.store()?.read(|r| r.setting(RULE))?.unwrap_or_default())
    }

    /// Sets how the office counts after a supplement, for steps from now on.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_supplement_rule(&self, rule: SupplementRule) -> Result<(), Error> {
        let staff = self.require(Right::Administer)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(RULE, &rule)?;
            tx.log(now, Some(staff.id), "settings.supplement_rule", &format!("{rule:?}"))?;
            Ok(())
        })
    }

    /// The appointment by each computation; none for what was never received.
    pub(crate) fn appointments(&self, dossier: &Dossier, log: &[Event]) -> Option<Result<Appointments, Error>> {
        let term = dossier.chosen_case()?.term()?;
        let calendars = self.calendars();
        Some(Appointments::of(dossier.received_at?, term, log, calendars.of_dossier(dossier)).map_err(Error::from))
    }

    /// Moves the appointment where this step ends a wait, takes one back, or takes back what set a date. Any other step
    /// leaves what was printed alone, whatever calendar is in force by now.
    fn appoint_anew(
        &self,
        tx: &Writer<'_>,
        dossier: &mut Dossier,
        event: &mut Event,
    ) -> Result<Option<DateTime<FixedOffset>>, Error> {
        if !matches!(event.kind, EventKind::Processing | EventKind::Undone) {
            return Ok(None);
        }
        let mut log = tx.reader().events(dossier.id)?;
        let waited =
            |log: &[Event]| Ok::<_, Error>(self.appointments(dossier, log).transpose()?.is_some_and(|f| f.waited));
        let unset = event.kind == EventKind::Undone
            && effective(&log)
                .last()
                .is_some_and(|last| matches!(last.kind, EventKind::Appointed | EventKind::Corrected));
        let waits = waited(&log)?;
        log.push(event.clone());
        if !unset && !waits && !waited(&log)? {
            return Ok(None);
        }
        let Some(found) = self.appointments(dossier, &log).transpose()? else { return Ok(None) };
        let rule = tx.reader().setting(RULE)?.unwrap_or_default();
        let deadline = found.by(rule);
        let moved = dossier.deadline.as_ref().is_none_or(|before| before.due != deadline.due);
        let due = deadline.due;
        dossier.deadline = Some(deadline);
        event.due = moved.then_some(due);
        Ok(event.due)
    }

    pub(crate) fn queue_move(
        &self,
        tx: &Writer<'_>,
        dossier: &Dossier,
        event: &Event,
        staff: &Staff,
        due_at: Option<DateTime<FixedOffset>>,
    ) -> Result<(), Error> {
        let id: CommandId = self.clock.id();
        let moved = DossierMoved {
            dossier: dossier.id,
            event: event.id,
            step: event.kind,
            status: dossier.status,
            at: event.at,
            reason: event.reason.clone(),
            due_at,
            clerk: staff.name.clone(),
        };
        let log = Some(crate::log::head(&tx.reader())?);
        let command = Command { id, at: event.at, log, body: CommandBody::DossierMoved(Box::new(moved)) };
        let body = serde_json::to_vec(&command).map_err(|error| Error::Internal(error.to_string()))?;
        tx.add_outbox(id, dossier.id, &body, event.at)?;
        Ok(())
    }

    /// What may happen next to a dossier with this log, by whoever is at the desk.
    pub(crate) fn moves(&self, log: &[Event]) -> Vec<MoveView> {
        let kinds: Vec<EventKind> = log.iter().map(|event| event.kind).collect();
        let may = |step: &EventKind| right_for(*step).is_some_and(|right| self.require(right).is_ok());
        allowed(&kinds)
            .into_iter()
            .filter(may)
            .map(|step| MoveView { step, needs_reason: step.needs_reason() })
            .collect()
    }

    /// The log as it is shown, oldest first.
    pub(crate) fn history(&self, reader: &store::Reader<'_>, log: &[Event]) -> Result<Vec<EventView>, Error> {
        let view = |event: &Event| -> Result<EventView, Error> {
            let by = reader.staff(event.by)?.map(|staff| staff.name).unwrap_or_default();
            Ok(EventView { step: event.kind, at: self.shown(event.at), by, reason: event.reason.clone() })
        };
        log.iter().map(view).collect()
    }
}

/// Who may take this step here; none for those that have a use case of their own.
fn right_for(step: EventKind) -> Option<Right> {
    match step {
        EventKind::Refused => Some(Right::Intake),
        EventKind::Processing
        | EventKind::SupplementAsked
        | EventKind::FinanceAsked
        | EventKind::Stopped
        | EventKind::Done
        | EventKind::Returned
        | EventKind::Withdrawn
        | EventKind::Undone => Some(Right::Handle),
        EventKind::Registered
        | EventKind::Received
        | EventKind::Discarded
        | EventKind::Restored
        | EventKind::Appointed
        | EventKind::Corrected => None,
    }
}

/// The slip of a refusal (Mẫu 03) names the person and the procedure; papers need not be complete.
fn can_be_refused(dossier: &Dossier) -> Result<(), Error> {
    let named = |obstacle: &Obstacle| match obstacle {
        Obstacle::Applicant { field } => *field == domain::applicant::ApplicantField::Name,
        Obstacle::NoProcedure => true,
        Obstacle::NoLimit
        | Obstacle::MissingPaper { .. }
        | Obstacle::FailedPaper { .. }
        | Obstacle::OpenStack { .. }
        | Obstacle::Miscount { .. }
        | Obstacle::Representative { .. } => false,
    };
    let missing: Vec<Obstacle> = dossier.obstacles(|_| 0).into_iter().filter(named).collect();
    if missing.is_empty() { Ok(()) } else { Err(Error::NotReady(missing)) }
}
