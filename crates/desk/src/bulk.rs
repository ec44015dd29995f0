//! The same step for several dossiers (N4): each moves on in a transaction and an event of its own, and what cannot says why.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{BulkMove, BulkRefused, BulkView};
use domain::{DossierId, EventKind, Right};

/// Most dossiers in one go.
const MOST: usize = 1_000;

impl Desk {
    /// The steps that some of these dossiers may take, and how many of them each; what most may take first.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn bulk_moves(&self, ids: &[DossierId]) -> Result<Vec<BulkMove>, Error> {
        self.require(Right::Read)?;
        let mut moves: Vec<BulkMove> = Vec::new();
        for id in ids.iter().take(MOST) {
            let log = self.store()?.read(|r| r.events(*id))?;
            for step in self.moves(&log) {
                match moves.iter_mut().find(|known| known.step == step.step) {
                    Some(known) => known.dossiers += 1,
                    None => moves.push(BulkMove { step: step.step, needs_reason: step.needs_reason, dossiers: 1 }),
                }
            }
        }
        moves.sort_by_key(|step| std::cmp::Reverse(step.dossiers));
        Ok(moves)
    }

    /// Takes `step` with each of these dossiers, with one reason. What is refused is told and stays where it stands.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] where the step asks for one; when nobody is signed in.
    pub fn move_many(&self, ids: &[DossierId], step: EventKind, reason: &str) -> Result<BulkView, Error> {
        self.require(Right::Read)?;
        if step.needs_reason() && reason.trim().is_empty() {
            return Err(Error::ReasonMissing);
        }
        let mut bulk = BulkView::default();
        for id in ids.iter().take(MOST) {
            match self.move_dossier(*id, step, reason) {
                Ok(_) => bulk.moved.push(*id),
                Err(error) => {
                    let known = self.store()?.read(|r| r.dossier(*id))?;
                    let code = known.as_ref().and_then(|dossier| dossier.code.as_ref()).map(ToString::to_string);
                    let applicant = known.map(|dossier| dossier.applicant.name).unwrap_or_default();
                    bulk.refused.push(BulkRefused { dossier: *id, code, applicant, error: self.explain(&error) });
                }
            }
        }
        Ok(bulk)
    }
}
