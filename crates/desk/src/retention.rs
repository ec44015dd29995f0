//! What may leave this machine, and when (Q8, O11): only bytes that the central system has proven it holds, only after
//! the days that the office set, never by a clerk, and never anything whose proof is somewhere else.
//!
//! A page's original goes only where its very bytes stand in a proven PDF; every other original stays.

use crate::fault::Error;
use crate::station::Desk;
use chrono::TimeDelta;
use domain::{DossierId, FileHash, MediaType, Page, Right, StaffId};
use protocol::Acceptance;
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// What went, or would go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Purged {
    /// Dossiers of which something went.
    pub dossiers: u32,
    /// Files.
    pub files: u32,
    /// Their bytes.
    pub bytes: u64,
    /// Originals that stay because nothing proves them.
    pub unproven: u32,
}

const DAYS: &str = "retention_days";

/// Dossiers looked at in one go.
const BATCH: u32 = 200;

impl Desk {
    /// After how many days bytes may go; none: never.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn retention_days(&self) -> Result<Option<u32>, Error> {
        self.require(Right::Read)?;
        self.set_days()
    }

    /// Sets after how many days bytes may go; none: never.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_retention_days(&self, days: Option<u32>) -> Result<Option<u32>, Error> {
        let staff = self.require(Right::Administer)?;
        let (now, said) = (self.now(), days.map_or_else(|| "never".to_owned(), |days| days.to_string()));
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(DAYS, &days)?;
            tx.log(now, Some(staff.id), "settings.retention", &said)?;
            Ok(())
        })?;
        Ok(days)
    }

    /// Takes away what the central system has proven and whose days have passed. With `dry_run` only counts it.
    ///
    /// # Errors
    /// [`Error::NoRetention`] where no days are set; when the role may not.
    pub fn purge(&self, dry_run: bool) -> Result<Purged, Error> {
        let staff = self.require(Right::Administer)?;
        let days = self.retention_days()?.ok_or(Error::NoRetention)?;
        self.purge_as(Some(staff.id), days, dry_run, &mut || true)
    }

    /// The days that were set; none: nothing ever goes.
    pub(crate) fn set_days(&self) -> Result<Option<u32>, Error> {
        Ok(self.store()?.read(|r| r.setting::<Option<u32>>(DAYS))?.flatten())
    }

    /// Takes away what may go, for `by` or, by night, for the station itself. Stops between two dossiers when
    /// `go_on` says so; what is left goes the next time.
    pub(crate) fn purge_as(
        &self,
        by: Option<StaffId>,
        days: u32,
        dry_run: bool,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Purged, Error> {
        let before = self.now() - TimeDelta::days(i64::from(days));
        let store = self.store()?;
        let mut sum = Purged::default();
        let mut after = 0;
        loop {
            let settled = store.read(|r| r.settled_dossiers(before, after, BATCH))?;
            let Some((last, _)) = settled.last() else { return Ok(sum) };
            after = *last;
            for (_, id) in settled {
                if !go_on() {
                    return Ok(sum);
                }
                let (going, unproven) = self.may_go(id)?;
                sum.unproven += unproven;
                if going.is_empty() {
                    continue;
                }
                sum.dossiers += 1;
                sum.files += u32::try_from(going.len()).unwrap_or_default();
                sum.bytes += going.iter().map(|(_, bytes)| bytes).sum::<u64>();
                if !dry_run {
                    self.take_away(by, id, &going)?;
                }
            }
        }
    }

    /// The files of a settled dossier that nothing here needs any more, with their sizes, and how many originals stay.
    fn may_go(&self, id: DossierId) -> Result<(Vec<(FileHash, u64)>, u32), Error> {
        let store = self.store()?;
        let (dossier, pages, acceptances) = store.read(|r| -> Result<_, Error> {
            let dossier = r.dossier(id)?.ok_or(Error::DossierNotFound)?;
            Ok((dossier, r.pages(id)?, r.acceptances_of(id)?))
        })?;
        let proven: BTreeSet<FileHash> = acceptances
            .iter()
            .filter_map(|json| serde_json::from_str::<Acceptance>(json).ok())
            .flat_map(|acceptance| acceptance.files)
            .collect();
        let mut going: Vec<(FileHash, u64)> = Vec::new();
        let mut unproven = 0;
        for component in &dossier.components {
            let Some(made) = component.digitized.as_ref().filter(|made| proven.contains(&made.file)) else { continue };
            if !store.read(|r| r.file_is_here(&made.file))? {
                continue;
            }
            // Read back and compared, not believed: what is not in the PDF would be gone for good.
            let pdf = store.file(&made.file)?;
            for (hash, media) in originals(&pages, component.index) {
                if !store.read(|r| -> Result<_, Error> { Ok(r.file_is_here(&hash)? && r.only_in(&hash, id)?) })? {
                    continue;
                }
                let bytes = store.file(&hash)?;
                if media == MediaType::Jpeg && memchr::memmem::find(&pdf, &bytes).is_some() {
                    going.push((hash, bytes.len() as u64));
                } else {
                    unproven += 1;
                }
            }
            going.push((made.file, made.bytes));
        }
        going.sort_unstable();
        going.dedup();
        Ok((going, unproven))
    }

    /// Rows first: a crash in between leaves a file that no row needs, and nothing that a row needs is ever gone.
    fn take_away(&self, by: Option<StaffId>, id: DossierId, going: &[(FileHash, u64)]) -> Result<(), Error> {
        let (store, now) = (self.store()?, self.now());
        store.write(|tx| -> Result<(), Error> {
            for (hash, _) in going {
                tx.mark_purged(hash, now)?;
            }
            tx.log(now, by, "purge", &format!("{id} {}", going.len()))?;
            Ok(())
        })?;
        for (hash, _) in going {
            store.remove_file(hash)?;
        }
        Ok(())
    }
}

/// The files that the kept and set-aside pages of a component came from. Pages set aside are in no PDF.
fn originals(pages: &[Page], component: u32) -> HashSet<(FileHash, MediaType)> {
    pages.iter().filter(|page| page.component == component).map(|page| (page.file, page.media)).collect()
}
