//! Several procedures in one visit (lượt), and dossiers made after the model of others.
//!
//! A visit is no thing of its own: its dossiers name the one that it began with. Accepting all of them is accepting
//! each, in a transaction of its own, so that a power cut in the middle loses none and doubles none.

use crate::accept::Twice;
use crate::fault::Error;
use crate::papers::Made;
use crate::station::Desk;
use crate::view::{DossierView, VisitAccepted, VisitDossier, VisitLeft, VisitView};
use chrono::{DateTime, FixedOffset};
use domain::{Dossier, DossierId, FileHash, Right, Staff, Status};
use store::{Reader, Writer};

impl Desk {
    /// Opens the next draft of the visit that `id` belongs to: the same person, another procedure.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`]; when the role may not receive.
    pub fn next_in_visit(&self, id: DossierId) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        self.begin(&staff, |tx| {
            let before = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            Ok(before.next_of_visit(self.clock.id(), staff.id, self.now()))
        })
    }

    /// Opens a draft after the model of `id`: applicant, procedure, case and counts, neither pages nor code.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`]; when the role may not receive.
    pub fn copy_dossier(&self, id: DossierId) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        self.begin(&staff, |tx| {
            let model = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            let code = model.procedure.as_ref().map(|procedure| procedure.code.as_str());
            let offered = code.map(|code| tx.reader().procedure(code)).transpose()?.flatten();
            tx.log(self.now(), Some(staff.id), "dossier.copy", &id.to_string())?;
            Ok(model.copied(self.clock.id(), staff.id, self.now(), offered))
        })
    }

    fn begin(
        &self,
        staff: &Staff,
        draft: impl FnOnce(&Writer<'_>) -> Result<Dossier, Error>,
    ) -> Result<DossierView, Error> {
        let id = self.store()?.write(|tx| -> Result<DossierId, Error> {
            let dossier = draft(tx)?;
            tx.put_dossier(&dossier)?;
            self.tie_to_served(tx, staff, dossier.id)?;
            tx.log(dossier.opened_at, Some(staff.id), "dossier.open", &dossier.id.to_string())?;
            Ok(dossier.id)
        })?;
        self.dossier_view(id)
    }

    /// Accepts every draft of the visit that lacks nothing, one after the other, and says why of those that it leaves.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`]; when the role may not receive. A draft that is not accepted is no error here.
    pub fn accept_visit(&self, id: DossierId) -> Result<VisitAccepted, Error> {
        self.require(Right::Intake)?;
        let drafts = self.store()?.read(|r| -> Result<_, Error> {
            let asked = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
            let all = r.visit(asked.visit_root())?.into_iter().map(|id| r.dossier(id));
            Ok(all.collect::<Result<Vec<_>, _>>()?)
        })?;
        let (mut accepted, mut left) = (Vec::new(), Vec::new());
        for draft in drafts.into_iter().flatten().filter(|dossier| dossier.status == Status::Draft) {
            match self.accept_at(draft.id, None, Twice::Unless) {
                Ok(_) => accepted.push(draft.id),
                Err(error) => left.push(VisitLeft {
                    dossier: draft.id,
                    procedure: draft.procedure.map(|procedure| procedure.name).unwrap_or_default(),
                    error: self.explain(&error),
                }),
            }
        }
        Ok(VisitAccepted { accepted, left, dossier: self.dossier_view(id)? })
    }

    /// One receipt for all that was accepted of the visit that `about` belongs to, with its list.
    pub(crate) fn make_visit_receipt(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        let id = self.find_dossier(about)?;
        let (root, dossiers) = self.store()?.read(|r| -> Result<_, Error> {
            let root = r.dossier(id)?.ok_or(Error::DossierNotFound)?.visit_root();
            let all = r.visit(root)?.into_iter().map(|id| r.dossier(id)).collect::<Result<Vec<_>, _>>()?;
            Ok((root, all.into_iter().flatten().collect::<Vec<_>>()))
        })?;
        // A bundle that has grown is another sheet, and no reprint of the smaller one.
        let ids: Vec<u8> =
            dossiers.iter().filter(|one| one.code.is_some()).flat_map(|one| *one.id.as_bytes()).collect();
        let subject: String = FileHash::of(&ids).to_string().chars().take(16).collect();
        let document =
            domain::form::visit_receipt(&dossiers, self.issue(&staff.name, at)?).ok_or(Error::NothingToPrint)?;
        Ok(Made::of_dossier(document, root, subject))
    }

    /// The visit of `dossier`; none where it came alone.
    pub(crate) fn visit_view(&self, r: &Reader<'_>, dossier: &Dossier) -> Result<Option<VisitView>, Error> {
        let root = dossier.visit_root();
        let ids = r.visit(root)?;
        if ids.len() < 2 {
            return Ok(None);
        }
        let mut dossiers = Vec::new();
        for id in ids {
            let Some(one) = r.dossier(id)? else { continue };
            let draft = one.status == Status::Draft;
            let missing = if draft { self.obstacles_of(r, &one)?.len() } else { 0 };
            dossiers.push(VisitDossier {
                id,
                code: one.code.as_ref().map(ToString::to_string),
                provisional: one.provisional,
                state: one.status,
                missing: u32::try_from(missing).unwrap_or(u32::MAX),
                duplicate: draft && !self.handed_in_lately(r, &one)?.is_empty(),
                due: one.deadline.as_ref().map(|deadline| self.shown(deadline.due)),
                procedure: one.procedure.map(|procedure| procedure.name).unwrap_or_default(),
            });
        }
        Ok(Some(VisitView { root, dossiers }))
    }
}
