//! The same person with the same matter twice (A11): at once and from this station's own store, as a warning that goes
//! on with a reason; and from the central system, once two offline stations have told of it (T-48).

use crate::accept::LONGEST_REASON;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DossierView, DuplicatesView, TwinView};
use chrono::TimeDelta;
use domain::dossier::Obstacle;
use domain::fold::tidy;
use domain::{Dossier, DossierId, Right};
use store::Reader;
use store::tables::dossier::DossierLine;

const DAYS: &str = "duplicate_days";

/// How far back is looked, where the office has set nothing else.
const USUAL_DAYS: u32 = 30;

/// Nobody remembers longer, and the look stays short.
const MOST_DAYS: u32 = 366;

impl Desk {
    /// How many days back the same person with the same procedure is warned of; 0 for never.
    ///
    /// # Errors
    /// Before the first sign-in.
    pub fn duplicate_days(&self) -> Result<u32, Error> {
        self.store()?.read(days)
    }

    /// Sets how many days back is looked.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_duplicate_days(&self, days: u32) -> Result<u32, Error> {
        let staff = self.require(Right::Administer)?;
        let (now, days) = (self.now(), days.min(MOST_DAYS));
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(DAYS, &days)?;
            tx.log(now, Some(staff.id), "settings.duplicate_days", &days.to_string())?;
            Ok(())
        })?;
        Ok(days)
    }

    /// What the applicant of `id` handed in lately for the same procedure.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn duplicates(&self, id: DossierId) -> Result<DuplicatesView, Error> {
        self.require(Right::Read)?;
        let (lines, ms) = self.store()?.read(|r| -> Result<_, Error> {
            let dossier = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
            let started = std::time::Instant::now();
            let lines = self.handed_in_lately(r, &dossier)?;
            Ok((lines, started.elapsed().as_secs_f64() * 1_000.0))
        })?;
        Ok(DuplicatesView { hits: lines.into_iter().map(|line| self.row(line)).collect(), ms })
    }

    /// What the same person handed in for the same procedure within the office's days; `dossier` itself is not among it.
    pub(crate) fn handed_in_lately(&self, r: &Reader<'_>, dossier: &Dossier) -> Result<Vec<DossierLine>, Error> {
        let (Some(person), Some(procedure)) = (dossier.applicant.person_key(), dossier.procedure.as_ref()) else {
            return Ok(Vec::new());
        };
        let days = days(r)?;
        if days == 0 {
            return Ok(Vec::new());
        }
        let since = self.now() - TimeDelta::days(days.into());
        Ok(r.handed_in_lately(&person, &procedure.code, since, dossier.id)?)
    }

    pub(crate) fn obstacles_of(&self, r: &Reader<'_>, dossier: &Dossier) -> Result<Vec<Obstacle>, Error> {
        let pages = r.pages(dossier.id)?;
        let papers = dossier.obstacles(|component| crate::digitize::kept(&pages, component).count());
        Ok([papers, self.stack_obstacles(&Self::stacks_counted(r, dossier.id)?, dossier)].concat())
    }

    /// Somebody has looked into what the central system takes for the same dossier; why it is another one is kept.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; when the role may not.
    pub fn settle_twins(&self, id: DossierId, reason: &str) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let reason = tidy(reason);
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut dossier = tx.reader().dossier(id)?.ok_or(Error::DossierNotFound)?;
            dossier.twins_settled = Some(reason.chars().take(LONGEST_REASON).collect());
            tx.put_dossier(&dossier)?;
            tx.log(now, Some(staff.id), "dossier.no_twin", &id.to_string())?;
            Ok(())
        })?;
        self.dossier_view(id)
    }

    /// What is still to be looked into.
    pub(crate) fn twins(&self, dossier: &Dossier) -> Vec<TwinView> {
        let view = |twin: &domain::Twin| TwinView {
            code: twin.code.to_string(),
            received_at: self.shown(twin.received_at),
            station: twin.station.clone(),
        };
        let open = dossier.twins.iter().filter(|_| dossier.twins_settled.is_none());
        open.map(view).collect()
    }
}

fn days(r: &Reader<'_>) -> Result<u32, Error> {
    Ok(r.setting(DAYS)?.unwrap_or(USUAL_DAYS))
}
