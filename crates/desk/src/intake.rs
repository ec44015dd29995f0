//! Filling in a dossier: every change is kept as it is made, so that a draft survives whatever happens (A2).

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{ApplicantForm, DossierView, PaperCounts, RepresentativeForm};
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::applicant::{Applicant, Sex, normalized_phone};
use domain::fold::tidy;
use domain::status::fold;
use domain::{AsideReason, Channel, Dossier, DossierId, Event, EventKind, Right, Staff, Status, TaxCode};
use serde::Deserialize;
use store::Writer;

/// A whole intake in one file, as `motcua intake` takes it.
#[derive(Debug, Clone, Deserialize)]
pub struct IntakeFile {
    /// National code of the procedure.
    pub procedure: String,
    /// Id of the case, or none for the default.
    #[serde(default)]
    pub case: Option<String>,
    /// How it came.
    #[serde(default)]
    pub channel: Channel,
    /// Whose dossier it is.
    pub applicant: ApplicantForm,
    /// Who hands it in for the owner, or none.
    #[serde(default)]
    pub representative: Option<RepresentativeForm>,
    /// When it was received, or none for now.
    #[serde(default)]
    pub received: Option<DateTime<FixedOffset>>,
    /// Its papers.
    #[serde(default)]
    pub components: Vec<IntakeComponent>,
    /// A note.
    #[serde(default)]
    pub note: String,
    /// What was told of what the procedure asks for beside papers, by key.
    #[serde(default)]
    pub fields: std::collections::BTreeMap<String, String>,
    /// Code or id of a dossier of the same visit.
    #[serde(default)]
    pub visit: Option<String>,
    /// The fee that was taken for it.
    #[serde(default)]
    pub fee: Option<crate::fees::ToldFee>,
}

/// One component of an intake file.
#[derive(Debug, Clone, Deserialize)]
pub struct IntakeComponent {
    /// Index, from 1.
    pub index: u32,
    /// Originals received.
    #[serde(default)]
    pub originals: u32,
    /// Plain copies received.
    #[serde(default)]
    pub copies: u32,
    /// Certified copies received.
    #[serde(default)]
    pub certified: u32,
    /// What was found on looking at it.
    #[serde(default)]
    pub verdict: Option<domain::Verdict>,
    /// Why it failed.
    #[serde(default)]
    pub reason: String,
    /// Files to take pages from, in order.
    #[serde(default)]
    pub files: Vec<std::path::PathBuf>,
}

impl Desk {
    /// Opens a new draft.
    ///
    /// # Errors
    /// When the signed-in role may not receive.
    pub fn new_dossier(&self) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let dossier = Dossier::draft(self.clock.id(), staff.id, self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.put_dossier(&dossier)?;
            self.tie_to_served(tx, &staff, dossier.id)?;
            tx.log(dossier.opened_at, Some(staff.id), "dossier.open", &dossier.id.to_string())?;
            Ok(())
        })?;
        self.dossier_view(dossier.id)
    }

    /// A dossier as the intake screen shows it. Looking is logged (Q2).
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn open_dossier(&self, id: DossierId) -> Result<DossierView, Error> {
        let staff = self.require(Right::Read)?;
        let view = self.dossier_view(id)?;
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "dossier.view", &id.to_string()))?;
        Ok(view)
    }

    /// Keeps the applicant's fields.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a date that is none; the draft keeps what it had.
    pub fn save_applicant(&self, id: DossierId, form: &ApplicantForm) -> Result<DossierView, Error> {
        self.edit(id, "applicant", |dossier| {
            let typed = applicant_of(form, dossier.applicant.from_card)?;
            let same_person = typed.id_number == dossier.applicant.id_number && typed.name == dossier.applicant.name;
            dossier.applicant = Applicant { from_card: typed.from_card && same_person, ..typed };
            Ok(())
        })
    }

    /// Puts the draft on a procedure and a case of it. Pages move with their component's index; pages of an
    /// index that the new list lacks go to the last component, set aside, so that none is lost.
    ///
    /// # Errors
    /// [`Error::ProcedureNotFound`] or [`Error::CaseNotFound`].
    pub fn choose_procedure(&self, id: DossierId, code: &str, case: Option<&str>) -> Result<DossierView, Error> {
        self.require(Right::Intake)?;
        // Pages that are still coming in belong to the components as they are now (T-01).
        let _run = self.begin_run()?;
        self.turn_catalogue()?;
        let procedure = self.store()?.read(|r| r.procedure(code))?.ok_or(Error::ProcedureNotFound)?;
        let now = self.now();
        self.edit_in(id, "procedure", |tx, dossier| {
            // The same procedure again, such as another case, keeps the version the draft stands on.
            let mut chosen = dossier.procedure.clone().filter(|kept| kept.code == code).unwrap_or(procedure);
            // A limit that the office set since then counts for it too.
            for set in tx.reader().hand_limits(Some(code))? {
                chosen.complete_limit(&set.case, set.limit);
            }
            if case.is_some_and(|case| chosen.case(Some(case)).is_none()) {
                return Err(Error::CaseNotFound);
            }
            let before = std::mem::take(&mut dossier.components);
            dossier.choose(chosen, case.map(str::to_owned));
            for component in &mut dossier.components {
                if let Some(old) = before.iter().find(|old| old.name == component.name) {
                    (component.originals, component.copies, component.certified) =
                        (old.originals, old.copies, old.certified);
                    component.check.clone_from(&old.check);
                }
            }
            rehome_pages(tx, dossier, &before)?;
            tx.count_procedure_use(code, now)?;
            Ok(())
        })
    }

    /// Keeps the papers counted for a component.
    ///
    /// # Errors
    /// [`Error::ComponentNotFound`].
    pub fn set_papers(&self, id: DossierId, component: u32, counts: PaperCounts) -> Result<DossierView, Error> {
        self.edit(id, "papers", |dossier| {
            let component =
                dossier.components.iter_mut().find(|c| c.index == component).ok_or(Error::ComponentNotFound)?;
            let most = |n: u32| n.min(9_999);
            component.originals = most(counts.originals);
            component.copies = most(counts.copies);
            component.certified = most(counts.certified);
            Ok(())
        })
    }

    /// Keeps the clerk's note.
    ///
    /// # Errors
    /// When the dossier is no draft.
    pub fn save_note(&self, id: DossierId, note: &str) -> Result<DossierView, Error> {
        self.edit(id, "note", |dossier| {
            dossier.note = note.chars().take(4_000).collect();
            Ok(())
        })
    }

    /// Keeps what was told for one field that the procedure asks for; a key or the field's label names it. What does not
    /// fit is kept, with a warning beside it.
    ///
    /// # Errors
    /// [`Error::BadInput`] where the procedure asks for no such thing; when the dossier is no draft.
    pub fn save_field(&self, id: DossierId, name: &str, value: &str) -> Result<DossierView, Error> {
        self.edit(id, "field", |dossier| {
            let wanted = domain::fold::fold(name);
            let named = |asked: &&domain::asked::Asked<'_>| domain::fold::fold(&asked.spec.label) == wanted;
            let key = dossier.asked().iter().find(named).map_or(name, |asked| &asked.spec.key).to_owned();
            if dossier.answer(&key, value) { Ok(()) } else { Err(Error::BadInput("field")) }
        })
    }

    /// Keeps how the dossier came.
    ///
    /// # Errors
    /// When the dossier is no draft.
    pub fn set_channel(&self, id: DossierId, channel: Channel) -> Result<DossierView, Error> {
        self.edit(id, "channel", |dossier| {
            dossier.channel = channel;
            Ok(())
        })
    }

    /// Puts a draft away; it comes back with [`Self::restore_draft`].
    ///
    /// # Errors
    /// When the dossier is no draft.
    pub fn discard_draft(&self, id: DossierId) -> Result<DossierView, Error> {
        self.happen(id, EventKind::Discarded)
    }

    /// Brings a put-away draft back.
    ///
    /// # Errors
    /// When the dossier is not put away.
    pub fn restore_draft(&self, id: DossierId) -> Result<DossierView, Error> {
        self.happen(id, EventKind::Restored)
    }

    fn happen(&self, id: DossierId, kind: EventKind) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            if kind == EventKind::Discarded && tx.reader().fee_shares(id)?.iter().any(|share| !share.void) {
                return Err(Error::FeePaid);
            }
            self.record(tx, &mut dossier, kind, &staff, "")?;
            tx.put_dossier(&dossier)?;
            Ok(())
        })?;
        self.dossier_view(id)
    }

    /// Writes an event and moves the status with it; both or neither (the status is the log's fold).
    pub(crate) fn record(
        &self,
        tx: &Writer<'_>,
        dossier: &mut Dossier,
        kind: EventKind,
        staff: &Staff,
        reason: &str,
    ) -> Result<Event, Error> {
        let event = self.next_event(tx, dossier, kind, staff, reason)?;
        self.keep_event(tx, dossier, &event)?;
        Ok(event)
    }

    /// The event that comes next, if it may; the dossier stands where it leads. Nothing is written.
    pub(crate) fn next_event(
        &self,
        tx: &Writer<'_>,
        dossier: &mut Dossier,
        kind: EventKind,
        staff: &Staff,
        reason: &str,
    ) -> Result<Event, Error> {
        let before = tx.reader().events(dossier.id)?;
        dossier.status = fold(before.iter().map(|event| event.kind).chain([kind]))?;
        let (id, at) = (self.clock.id(), self.now());
        Ok(Event { id, kind, at, by: staff.id, reason: reason.to_owned(), due: None })
    }

    /// Writes an event down, and into the station's log under what it made of the dossier.
    pub(crate) fn keep_event(&self, tx: &Writer<'_>, dossier: &Dossier, event: &Event) -> Result<(), Error> {
        tx.add_event(dossier.id, event)?;
        let action = match event.kind {
            EventKind::Appointed => "appointed",
            EventKind::Corrected => "corrected",
            _ => dossier.status.as_str(),
        };
        tx.log(event.at, Some(event.by), &format!("dossier.{action}"), &dossier.id.to_string())?;
        Ok(())
    }

    /// Changes a draft, whole and durable. `what` was changed stands in the log, not how.
    pub(crate) fn edit(
        &self,
        id: DossierId,
        what: &str,
        change: impl FnOnce(&mut Dossier) -> Result<(), Error>,
    ) -> Result<DossierView, Error> {
        self.edit_in(id, what, |_, dossier| change(dossier))
    }

    pub(crate) fn edit_in(
        &self,
        id: DossierId,
        what: &str,
        change: impl FnOnce(&Writer<'_>, &mut Dossier) -> Result<(), Error>,
    ) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut dossier = draft(tx, id)?;
            let before = dossier.clone();
            change(tx, &mut dossier)?;
            if dossier != before {
                tx.put_dossier(&dossier)?;
                tx.log(now, Some(staff.id), &format!("dossier.{what}"), &id.to_string())?;
            }
            Ok(())
        })?;
        self.dossier_view(id)
    }
}

/// The draft `id`, or why it cannot be edited.
pub(crate) fn draft(tx: &Writer<'_>, id: DossierId) -> Result<Dossier, Error> {
    let dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
    if dossier.status == Status::Draft { Ok(dossier) } else { Err(Error::DossierClosed) }
}

/// Moves pages to the component of the same name; what has no such component stays with the last one, set aside.
fn rehome_pages(tx: &Writer<'_>, dossier: &Dossier, before: &[domain::Component]) -> Result<(), Error> {
    let pages = tx.reader().pages(dossier.id)?;
    let last = dossier.components.last().map_or(1, |component| component.index);
    // Places are given anew from 1 in the old order, so that pages of two components cannot interleave.
    for (place, mut page) in (1..).zip(pages) {
        let name = before.iter().find(|component| component.index == page.component).map(|component| &component.name);
        let same = dossier.components.iter().find(|component| Some(&component.name) == name);
        page.component = same.map_or(last, |component| component.index);
        page.position = place;
        if same.is_none() {
            page.set_aside(AsideReason::Unplaced);
        }
        tx.put_page(&page)?;
    }
    Ok(())
}

/// The form as the domain keeps it: composed, trimmed, telephone and tax code in one form.
pub(crate) fn applicant_of(form: &ApplicantForm, from_card: bool) -> Result<Applicant, Error> {
    let tax_code = short(&form.tax_code, 40);
    Ok(Applicant {
        kind: form.kind,
        tax_code: tax_code.parse().map_or(tax_code, |code: TaxCode| code.to_string()),
        id_number: short(&form.id_number, 40),
        name: short(&form.name, 200),
        birth_date: day_of(form.birth_date.as_deref(), "birth_date")?,
        sex: form.sex.filter(|sex| matches!(sex, Sex::Male | Sex::Female)),
        address: short(&form.address, 500),
        phone: short(&normalized_phone(&form.phone), 40),
        email: short(&form.email, 200),
        from_card,
    })
}

/// A text tidied and cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    tidy(text).chars().take(most).collect()
}

/// A date of a form; empty is none.
pub(crate) fn day_of(text: Option<&str>, field: &'static str) -> Result<Option<NaiveDate>, Error> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| Error::BadInput(field)),
    }
}
