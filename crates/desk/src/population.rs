//! The queue of people to be held against the population database (B3, B4, T-53). Nothing at the counter waits for it.
//!
//! A register that is down, slow or wants a one-time code leaves the badge where it is and is asked again later; one that
//! says something else is shown to a person, with both values.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DeskEvent, DossierView, IdentityView, PopulationView};
use courier::Courier;
use domain::identity::{Answer, CheckFault, CheckState, IdentityCheck, RegisterEntry, seats_to_check, wait_after};
use domain::{Applicant, Dossier, DossierId, Right, Seat};
use protocol::{PopulationOutcome, PopulationQuery};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::Writer;
use store::tables::party::CheckRow;

/// Where the population database is asked.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Register {
    pub(crate) url: Option<String>,
    /// True for the stand-in of the training mode, which moves with its central system.
    #[serde(default)]
    pub(crate) training: bool,
}

const REGISTER: &str = "population";

/// People asked about in one round.
const BATCH: u32 = 20;

/// How long the loop sleeps.
const IDLE: Duration = Duration::from_secs(20);

impl Desk {
    /// Opens the checks of a dossier that is being accepted.
    pub(crate) fn open_identity_checks(&self, tx: &Writer<'_>, dossier: &Dossier) -> Result<(), Error> {
        for seat in seats_to_check(dossier) {
            let asked = person(dossier, seat).is_some_and(|person| is_personal_number(&person.id_number));
            tx.put_identity_check(&CheckRow {
                dossier: dossier.id,
                seat,
                state: CheckState::Unchecked,
                attempts: 0,
                // A passport is in no register that we could ask.
                next: asked.then(|| self.now()),
                check: IdentityCheck::default(),
            })?;
        }
        Ok(())
    }

    /// Where the population database is asked.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn population(&self) -> Result<PopulationView, Error> {
        self.require(Right::Read)?;
        Ok(PopulationView { url: self.register()?.url })
    }

    /// Sets where it is asked; an empty address asks nobody.
    ///
    /// # Errors
    /// [`courier::Error::BadAddress`]; when the role may not.
    pub fn set_population(&self, url: &str) -> Result<PopulationView, Error> {
        let staff = self.require(Right::Administer)?;
        let url = Some(url.trim().to_owned()).filter(|url| !url.is_empty());
        if let Some(url) = &url {
            Courier::new(url, None)?;
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(REGISTER, &Register { url: url.clone(), training: false })?;
            tx.log(now, Some(staff.id), "settings.population", if url.is_some() { "set" } else { "off" })?;
            Ok(())
        })?;
        self.population_wake.notify_one();
        Ok(PopulationView { url })
    }

    /// In training mode the central system stands in for the register, unless the office has set another.
    pub(crate) fn stand_in_register(&self, url: &str) -> Result<(), Error> {
        let register = self.register()?;
        if register.url.is_none() || register.training {
            let register = Register { url: Some(url.to_owned()), training: true };
            self.store()?.write(|tx| tx.set(REGISTER, &register))?;
        }
        Ok(())
    }

    fn register(&self) -> Result<Register, Error> {
        Ok(self.store()?.read(|r| r.setting::<Register>(REGISTER))?.unwrap_or_default())
    }

    /// Asks for as long as the program runs: after each acceptance, and now and then.
    pub async fn keep_checking(&self) {
        loop {
            if self.opened.get().is_some()
                && let Err(error) = self.check_people().await
            {
                tracing::warn!(code = ?error.code().0, "population check failed");
            }
            let _ = tokio::time::timeout(IDLE, self.population_wake.notified()).await;
        }
    }

    /// One round: asks about everybody whose time has come. Says how many were answered.
    ///
    /// # Errors
    /// When the store refuses. A register that fails is no error: the checks wait.
    pub async fn check_people(&self) -> Result<u32, Error> {
        let Some(url) = self.register()?.url else { return Ok(0) };
        let courier = Courier::new(&url, None)?;
        let mut answered = 0;
        let due = self.store()?.read(|r| r.identity_checks_due(self.now(), BATCH))?;
        for row in due {
            let Some(dossier) = self.store()?.read(|r| r.dossier(row.dossier))? else { continue };
            let Some(query) = person(&dossier, row.seat).map(query) else { continue };
            let (answer, reached) = match courier.check_person(&query).await {
                Ok(answer) => (said(answer), true),
                Err(error) => {
                    tracing::info!(%error, "population database");
                    (Answer::None(CheckFault::Unreachable), false)
                }
            };
            answered += u32::from(self.note_answer(row, answer)?);
            if !reached {
                // The others would wait for the same line.
                break;
            }
        }
        Ok(answered)
    }

    /// Writes an answer down. Whatever a person did meanwhile stands.
    fn note_answer(&self, asked: CheckRow, answer: Answer) -> Result<bool, Error> {
        let now = self.now();
        let id = asked.dossier;
        let settled = self.store()?.write(|tx| -> Result<bool, Error> {
            let rows = tx.reader().identity_checks(id)?;
            let Some(mut row) = rows.into_iter().find(|row| row.seat == asked.seat) else { return Ok(false) };
            if row.state != CheckState::Unchecked {
                return Ok(false);
            }
            row.attempts += 1;
            let settled = match answer {
                Answer::None(fault) => {
                    row.next = Some(now + wait_after(fault, row.attempts));
                    row.check.fault = Some(fault);
                    false
                }
                Answer::Match => {
                    (row.state, row.next) = (CheckState::Matched, None);
                    row.check = IdentityCheck { at: Some(now), ..IdentityCheck::default() };
                    true
                }
                Answer::Mismatch(entry) => {
                    (row.state, row.next) = (CheckState::Mismatched, None);
                    row.check = IdentityCheck { entry: Some(entry), at: Some(now), ..IdentityCheck::default() };
                    true
                }
            };
            tx.put_identity_check(&row)?;
            if settled {
                tx.log(now, None, &format!("identity.{}", row.state.as_str()), &id.to_string())?;
            }
            Ok(settled)
        })?;
        self.tell(DeskEvent::Dossier { id });
        Ok(settled)
    }

    /// A person looked elsewhere and says so; the badge goes.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; when the role may not.
    pub fn confirm_identity(&self, id: DossierId, seat: Seat, reason: &str) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let reason = crate::intake::short(reason, 300);
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        let by = Some(staff.id);
        self.change_check(id, seat, "identity.confirmed", move |row, now| {
            row.state = CheckState::Confirmed;
            row.next = None;
            row.check = IdentityCheck { entry: row.check.entry.take(), reason, by, at: Some(now), fault: None };
        })
    }

    /// Takes a confirmation or an answer back: the badge comes again, and the register is asked again.
    ///
    /// # Errors
    /// When the role may not.
    pub fn reopen_identity(&self, id: DossierId, seat: Seat) -> Result<DossierView, Error> {
        let view = self.change_check(id, seat, "identity.reopened", |row, now| {
            (row.state, row.attempts, row.next) = (CheckState::Unchecked, 0, Some(now));
            row.check = IdentityCheck::default();
        })?;
        self.population_wake.notify_one();
        Ok(view)
    }

    fn change_check(
        &self,
        id: DossierId,
        seat: Seat,
        action: &str,
        change: impl FnOnce(&mut CheckRow, chrono::DateTime<chrono::FixedOffset>),
    ) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let rows = tx.reader().identity_checks(id)?;
            let mut row = rows.into_iter().find(|row| row.seat == seat).ok_or(Error::DossierNotFound)?;
            change(&mut row, now);
            tx.put_identity_check(&row)?;
            tx.log(now, Some(staff.id), action, &id.to_string())?;
            Ok(())
        })?;
        self.dossier_view(id)
    }

    /// The checks of a dossier, as shown.
    pub(crate) fn identity_views(&self, dossier: &Dossier) -> Result<Vec<IdentityView>, Error> {
        self.store()?.read(|r| {
            let view = |row: CheckRow| -> Result<IdentityView, Error> {
                let person = person(dossier, row.seat);
                let by = row.check.by.map(|by| r.staff(by)).transpose()?.flatten();
                Ok(IdentityView {
                    seat: row.seat,
                    name: person.map(|person| person.name.clone()).unwrap_or_default(),
                    birth_date: person.and_then(|person| person.birth_date).map(|date| date.to_string()),
                    state: row.state,
                    fault: row.check.fault,
                    next: row.next.map(|next| self.shown(next)),
                    register_birth_date: row
                        .check
                        .entry
                        .as_ref()
                        .and_then(|entry| entry.birth_date)
                        .map(|date| date.to_string()),
                    register_name: row.check.entry.map(|entry| entry.name),
                    by: by.map(|staff| staff.name),
                    reason: row.check.reason,
                    at: row.check.at.map(|at| self.shown(at)),
                })
            };
            r.identity_checks(dossier.id)?.into_iter().map(view).collect()
        })
    }
}

fn person(dossier: &Dossier, seat: Seat) -> Option<&Applicant> {
    match seat {
        Seat::Owner => Some(&dossier.applicant),
        Seat::Representative => dossier.representative.as_ref().map(|one| &one.person),
    }
}

fn is_personal_number(number: &str) -> bool {
    number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn query(person: &Applicant) -> PopulationQuery {
    PopulationQuery { number: person.id_number.clone(), name: person.name.clone(), birth_date: person.birth_date }
}

fn said(answer: protocol::PopulationAnswer) -> Answer {
    match answer.outcome {
        PopulationOutcome::Match => Answer::Match,
        PopulationOutcome::Mismatch => {
            Answer::Mismatch(RegisterEntry { name: answer.name.unwrap_or_default(), birth_date: answer.birth_date })
        }
        PopulationOutcome::Unknown => Answer::None(CheckFault::NotFound),
        PopulationOutcome::OneTimeCode => Answer::None(CheckFault::OneTimeCode),
    }
}
