//! Acceptance (tiếp nhận): the dossier gets its code, its time, its due date, and its place in the outbox.
//!
//! One transaction writes dossier, number, event, audit and outbox; either all of it happened or none.

use crate::fault::Error;
use crate::intake::{IntakeFile, draft};
use crate::station::Desk;
use crate::view::{DeskEvent, DossierView, PageProgress, PaperCounts, PaperVerdict};
use chrono::{DateTime, Datelike, FixedOffset};
use domain::fold::tidy;
use domain::{CommandId, Dossier, DossierCode, DossierId, EventKind, Right, Staff};
use protocol::{Command, CommandBody, DossierReceived, FileRef, SentCheck, SentComponent};
use serde::Serialize;
use store::Writer;

/// The answer to an intake without a window (interfaces.md: `motcua intake`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Received {
    /// The dossier's id.
    pub id: DossierId,
    /// Its code.
    pub code: String,
    /// True while the code is provisional.
    pub provisional: bool,
    /// When it was received.
    pub received: String,
    /// When its result is due.
    pub due: String,
    /// How long the acceptance itself took, synced to the disk, in milliseconds.
    pub accept_ms: f64,
    /// Codes of what the same person handed in lately for the same procedure.
    pub duplicates: Vec<String>,
    /// What became of the fee that the file told of; none where it told of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<crate::fees::TakenFee>,
}

/// What is done where the same person handed in the same lately (A11).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Twice<'a> {
    /// Whoever is at the desk is asked first.
    Unless,
    /// Goes on: they said why.
    Because(&'a str),
    /// Goes on: nobody is there to be asked.
    Unasked,
}

/// Letters that a reason may have.
pub(crate) const LONGEST_REASON: usize = 500;

impl Desk {
    /// Accepts a draft now.
    ///
    /// # Errors
    /// [`Error::NotReady`] names what is missing, [`Error::Duplicate`] what was handed in lately; the draft stays as it is.
    pub fn accept(&self, id: DossierId) -> Result<DossierView, Error> {
        self.accept_at(id, None, Twice::Unless)?;
        self.dossier_view(id)
    }

    /// Accepts a draft although the same person handed in the same lately; `reason` is kept with the acceptance.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] and those of [`Self::accept`].
    pub fn accept_twice(&self, id: DossierId, reason: &str) -> Result<DossierView, Error> {
        let reason: String = tidy(reason).chars().take(LONGEST_REASON).collect();
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        self.accept_at(id, None, Twice::Because(&reason))?;
        self.dossier_view(id)
    }

    /// Accepts, and answers with the codes of what was handed in lately.
    pub(crate) fn accept_at(
        &self,
        id: DossierId,
        received: Option<DateTime<FixedOffset>>,
        twice: Twice<'_>,
    ) -> Result<Vec<String>, Error> {
        let staff = self.require(Right::Intake)?;
        // No page may arrive between the check and the acceptance (T-01).
        let _run = self.begin_run()?;
        self.check_ready(id)?;
        self.digitize_stale(id)?;
        let office = self.office()?;
        let station = self.station_id()?;
        let now = self.now();
        // A code writes the year with two digits; and chrono's own ends have no local time at all.
        if received.is_some_and(|time| !(2000..2100).contains(&time.naive_utc().year())) {
            return Err(Error::BadInput("received"));
        }
        let received = received.map_or(now, |time| time.with_timezone(&self.calendar.offset()));
        let lately = self.store()?.write(|tx| -> Result<Vec<String>, Error> {
            let mut dossier = draft(tx, id)?;
            // A page set aside meanwhile leaves the PDF stale; what is sent must be what the clerk sees.
            if stale(&dossier, &tx.reader().pages(id)?) {
                return Err(Error::ScanRunning);
            }
            let before = self.handed_in_lately(&tx.reader(), &dossier)?;
            let lately: Vec<String> = before.iter().filter_map(|line| line.code.clone()).collect();
            let reason = match (lately.is_empty(), twice) {
                (true, _) | (false, Twice::Unasked) => "",
                (false, Twice::Because(reason)) => reason,
                (false, Twice::Unless) => return Err(Error::Duplicate(lately)),
            };
            dossier.count_scanned();
            let case = dossier.chosen_case().ok_or(Error::CaseNotFound)?;
            let term = case.term().ok_or_else(|| Error::NotReady(vec![domain::dossier::Obstacle::NoLimit]))?;
            let deadline = term.deadline(received, self.calendars().of_dossier(&dossier))?;
            let day = received.date_naive();
            (dossier.code, dossier.provisional) = match tx.take_number(day)? {
                Some(number) => (Some(DossierCode::official(&office.code, day, number)), false),
                None => {
                    let tag = station.to_string()[32..].to_uppercase();
                    let number = tx.take_provisional_number(day)?;
                    (Some(DossierCode::provisional(&office.code, day, &tag, number)), true)
                }
            };
            dossier.received_at = Some(received);
            let mut event = self.next_event(tx, &mut dossier, EventKind::Received, &staff, reason)?;
            event.due = Some(deadline.due);
            dossier.deadline = Some(deadline);
            self.keep_event(tx, &dossier, &event)?;
            if let Some(other) = before.first() {
                tx.log(now, Some(staff.id), "dossier.twice", &format!("{id} {}", other.id))?;
            }
            tx.put_dossier(&dossier)?;
            tx.enter_in_book(id, day.year())?;
            self.queue(tx, &dossier, office, &staff)?;
            self.queue_fees(tx, &dossier)?;
            self.open_identity_checks(tx, &dossier)?;
            Ok(lately)
        })?;
        tracing::info!(dossier = %id, "dossier received");
        self.wake.notify_one();
        self.population_wake.notify_one();
        self.tell(DeskEvent::Sync { sync: self.sync_state()? });
        Ok(lately)
    }

    fn check_ready(&self, id: DossierId) -> Result<(), Error> {
        let obstacles = self.store()?.read(|r| self.obstacles_of(r, &r.dossier(id)?.ok_or(Error::DossierNotFound)?))?;
        if obstacles.is_empty() { Ok(()) } else { Err(Error::NotReady(obstacles)) }
    }

    /// Writes the command for the central system into the outbox, in the transaction of the acceptance.
    pub(crate) fn queue(
        &self,
        tx: &Writer<'_>,
        dossier: &Dossier,
        office: domain::Office,
        staff: &Staff,
    ) -> Result<CommandId, Error> {
        let missing = || Error::Internal("an accepted dossier lacks a part".into());
        let procedure = dossier.procedure.as_ref().ok_or_else(missing)?;
        let names = crate::checklist::names(&tx.reader(), dossier)?;
        let check = |check: &domain::PaperCheck| SentCheck {
            verdict: check.verdict,
            reason: check.reason.clone(),
            at: check.at,
            clerk: names.get(&check.by).cloned().unwrap_or_default(),
        };
        let component = |component: &domain::Component| SentComponent {
            index: component.index,
            name: component.name.clone(),
            originals: component.originals,
            copies: component.copies,
            certified: component.certified,
            file: component.digitized.as_ref().map(|made| FileRef {
                sha256: made.file,
                bytes: made.bytes,
                pages: made.pages,
            }),
            check: component.check.as_ref().map(check),
            reused_from: component.reused_from().map(str::to_owned),
        };
        let id: CommandId = self.clock.id();
        let now = self.now();
        let command = Command {
            id,
            at: now,
            log: Some(crate::log::head(&tx.reader())?),
            body: CommandBody::DossierReceived(Box::new(DossierReceived {
                dossier: dossier.id,
                code: dossier.code.clone().ok_or_else(missing)?,
                provisional: dossier.provisional,
                office,
                procedure: procedure.code.clone(),
                procedure_name: procedure.name.clone(),
                case: dossier.case.clone(),
                channel: dossier.channel,
                applicant: dossier.applicant.clone(),
                representative: dossier.representative.clone(),
                received_at: dossier.received_at.ok_or_else(missing)?,
                due_at: dossier.deadline.as_ref().ok_or_else(missing)?.due,
                clerk: staff.name.clone(),
                components: dossier.components.iter().map(component).collect(),
                note: dossier.note.clone(),
                fields: sent_fields(dossier),
                visit: dossier.visit,
            })),
        };
        let body = serde_json::to_vec(&command).map_err(|error| Error::Internal(error.to_string()))?;
        tx.add_outbox(id, dossier.id, &body, now)?;
        Ok(id)
    }

    /// A whole intake from a file: the same steps as in the window, one after the other.
    ///
    /// # Errors
    /// As the steps; on an error the draft stays and can be gone on with in the window. A refused file is an error here.
    pub fn intake(&self, file: &IntakeFile) -> Result<Received, Error> {
        let id = match &file.visit {
            Some(of) => self.next_in_visit(self.find_dossier(of)?)?.id,
            None => self.new_dossier()?.id,
        };
        self.save_applicant(id, &file.applicant)?;
        self.save_representative(id, file.representative.as_ref())?;
        self.set_channel(id, file.channel)?;
        self.choose_procedure(id, &file.procedure, file.case.as_deref())?;
        self.save_note(id, &file.note)?;
        for (key, value) in &file.fields {
            self.save_field(id, key, value)?;
        }
        for component in &file.components {
            let counts = PaperCounts {
                originals: component.originals,
                copies: component.copies,
                certified: component.certified,
            };
            self.set_papers(id, component.index, counts)?;
            let (verdict, reason) = (component.verdict, component.reason.clone());
            if verdict.is_some() {
                self.check_papers(id, &[PaperVerdict { component: component.index, verdict, reason }], false)?;
            }
            if component.files.is_empty() {
                continue;
            }
            let mut refused = None;
            self.import_files(id, component.index, &component.files, &mut |progress| {
                if let PageProgress::Refused { name, error } = progress {
                    refused.get_or_insert((name, error));
                }
            })?;
            if let Some((name, error)) = refused {
                return Err(Error::FileRefused { name, error: Box::new(error) });
            }
        }
        let began = std::time::Instant::now();
        let duplicates = self.accept_at(id, file.received, Twice::Unasked)?;
        let accept_ms = began.elapsed().as_secs_f64() * 1_000.0;
        let view = self.dossier_view(id)?;
        Ok(Received {
            id,
            code: view.code.unwrap_or_default(),
            provisional: view.provisional,
            received: view.received_at.unwrap_or_default(),
            due: view.due.map(|due| due.due).unwrap_or_default(),
            accept_ms,
            duplicates,
            fee: file.fee.as_ref().and_then(|fee| self.take_told_fee(id, fee)),
        })
    }
}

/// Whether some component's PDF is not made of exactly its kept pages.
fn stale(dossier: &Dossier, pages: &[domain::Page]) -> bool {
    dossier.components.iter().any(|component| {
        let mut kept = crate::digitize::kept(pages, component.index).peekable();
        match &component.digitized {
            None => kept.peek().is_some(),
            Some(made) => made.made_of != domain::dossier::page_list_hash(kept),
        }
    })
}

/// What was told beside the papers.
fn sent_fields(dossier: &Dossier) -> Vec<protocol::SentField> {
    let told = dossier.asked().into_iter().filter(|asked| !asked.value.is_empty());
    let sent = |asked: domain::asked::Asked<'_>| protocol::SentField {
        key: asked.spec.key.clone(),
        label: asked.spec.label.clone(),
        value: asked.value.to_owned(),
    };
    told.map(sent).collect()
}
