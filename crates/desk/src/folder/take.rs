//! Taking a file of a watched folder into a component: it leaves the folder only after the store has its pages (T-08), and
//! that it was taken stands in the same transaction as its pages, so that a crash at any step neither loses nor doubles it.

use super::{Incoming, Watched};
use crate::fault::Error;
use crate::import::Run;
use crate::station::Desk;
use crate::view::{PageProgress, PageView, RunEnd, RunOutcome, ScanRequest};
use devices::ScanEnd;
use devices::folder::{Claimed, State};
use domain::{
    AsideReason, Disposition, DossierId, FileHash, Page, PageId, PageSource, Right, StackEnd, StackId, Status,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ffi::OsString;
use std::time::{Duration, SystemTime};
use store::Writer;

/// How often a folder is looked at while what comes is taken.
const EVERY: Duration = Duration::from_millis(250);

const TAKEN: &str = "folders.taken";

/// How many taken files are remembered.
const REMEMBERED: usize = 400;

/// A file that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) folder: String,
    pub(crate) name: String,
    pub(crate) hash: FileHash,
    dossier: DossierId,
    component: u32,
    pages: Vec<PageId>,
    /// True until the file has left the folder: after a crash it is finished instead of offered again.
    open: bool,
    /// True for a file that went on growing while it was taken: what comes after it stands in its place.
    grew: bool,
}

/// Where pages go.
type Target = (DossierId, u32, Option<StackId>);

impl Desk {
    /// Takes files that wait in the folders into a component, in the order they are named.
    ///
    /// # Errors
    /// When the dossier takes no pages or another run is under way. A refused file is no error: it is told by `progress` and
    /// stays where it is.
    pub fn take_incoming(
        &self,
        dossier: DossierId,
        component: u32,
        ids: &[String],
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.require(Right::Intake)?;
        self.takes_pages(dossier, component)?;
        let run = self.begin_run()?;
        let mut outcome = RunOutcome::default();
        let (incoming, _) = self.look_at_folders(None)?;
        let pages = |id: &String| match incoming.iter().find(|item| item.id == *id)?.found.state {
            State::Ready { pages, .. } => Some(pages),
            _ => None,
        };
        // The refused bring none, and a file that changes meanwhile may bring more: a number for the eye.
        let total = Some(ids.iter().filter_map(pages).sum());
        for id in ids {
            if run.cancel.is_cancelled() {
                outcome.ended = RunEnd::Cancelled;
                break;
            }
            let item = incoming.iter().find(|item| item.id == *id);
            let name = item.map(|item| item.found.name.to_string_lossy().into_owned()).unwrap_or_default();
            match item.ok_or(Error::IncomingNotReady).and_then(|item| self.take(item, (dossier, component, None))) {
                Ok(pages) => told(pages, &mut outcome, total, progress),
                Err(error) if is_ours(&error) => return Err(error),
                Err(error) => {
                    outcome.refused += 1;
                    progress(PageProgress::Refused { name, error: error.for_person(self.profile().locale) });
                }
            }
        }
        drop(run);
        self.digitize_ahead(dossier);
        Ok(outcome)
    }

    /// Takes whatever comes into a folder from now on, until it is told to stop or the pages that were counted are there.
    /// What waited before stays in the tray: it may be another person's.
    pub(crate) fn folder_run(
        &self,
        request: &ScanRequest,
        run: &Run<'_>,
        target: Target,
        progress: &mut dyn FnMut(PageProgress),
    ) -> (RunOutcome, StackEnd, Option<ScanEnd>) {
        let mut outcome = RunOutcome::default();
        let ended = match self.take_what_comes(request, run, target, &mut outcome, progress) {
            Ok(()) => StackEnd::Empty,
            Err(error) => {
                outcome.error = Some(error.for_person(self.profile().locale));
                outcome.ended = RunEnd::Fault;
                StackEnd::Fault
            }
        };
        (outcome, ended, None)
    }

    fn take_what_comes(
        &self,
        request: &ScanRequest,
        run: &Run<'_>,
        target: Target,
        outcome: &mut RunOutcome,
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<(), Error> {
        let id = request.device.trim_start_matches("folder:");
        let stamp = |item: &Incoming| (item.found.name.clone(), item.found.modified, item.found.bytes);
        let (waiting, away) = self.look_at_folders(Some(id))?;
        if !away.is_empty() || self.watched()?.iter().all(|folder| folder.id != id) {
            return Err(devices::ScanError::NotFound { device: request.device.clone() }.into());
        }
        let before: HashSet<(OsString, Option<SystemTime>, u64)> = waiting.iter().map(stamp).collect();
        loop {
            let enough = request.expected.is_some_and(|expected| outcome.received >= expected);
            if run.cancel.is_cancelled() || enough {
                return Ok(());
            }
            for item in self.look_at_folders(Some(id))?.0 {
                let ready = matches!(item.found.state, State::Ready { .. }) && !before.contains(&stamp(&item));
                if !ready || run.cancel.is_cancelled() {
                    continue;
                }
                match self.take(&item, target) {
                    Ok(pages) => told(pages, outcome, request.expected, progress),
                    Err(error) if is_ours(&error) => return Err(error),
                    // Another station was faster, or its program is at it again: it comes up again by itself.
                    Err(error) => tracing::debug!(code = ?error.code().0, "a file was not taken"),
                }
            }
            std::thread::sleep(EVERY);
        }
    }

    /// Nothing but a draft with that component takes pages.
    pub(crate) fn takes_pages(&self, dossier: DossierId, component: u32) -> Result<String, Error> {
        let ready = self.store()?.read(|r| r.dossier(dossier))?.ok_or(Error::DossierNotFound)?;
        if ready.status != Status::Draft {
            return Err(Error::DossierClosed);
        }
        let part = ready.components.into_iter().find(|part| part.index == component);
        part.map(|part| part.name).ok_or(Error::ComponentNotFound)
    }

    fn take(&self, item: &Incoming, target: Target) -> Result<Vec<PageView>, Error> {
        if !matches!(item.found.state, State::Ready { .. }) {
            return Err(Error::IncomingNotReady);
        }
        let (folder, station) = (&item.folder, self.station_id()?.to_string());
        let claimed = devices::folder::claim(&folder.path, &item.found.name, &station).map_err(|error| {
            tracing::info!(%error, "a file was not claimed");
            Error::IncomingNotReady
        })?;
        match self.store_claimed(&claimed, folder, target) {
            Ok((hash, pages)) => {
                self.let_go(claimed, folder, hash)?;
                Ok(pages)
            }
            Err(error) => {
                give_back(claimed);
                Err(error)
            }
        }
    }

    /// Stores the pages of a claimed file, and that it was taken, in one transaction.
    fn store_claimed(
        &self,
        claimed: &Claimed,
        folder: &Watched,
        (dossier, component, stack): Target,
    ) -> Result<(FileHash, Vec<PageView>), Error> {
        let bytes = claimed.read().map_err(|_| Error::IncomingNotReady)?;
        let examined = self.examine_file(&bytes)?;
        let name = claimed.name().to_string_lossy().into_owned();
        let source = match stack {
            Some(_) => PageSource::Scanner { device: format!("folder:{}", folder.id) },
            None => PageSource::File { name: name.clone() },
        };
        let pages = self.store()?.write(|tx| -> Result<Vec<Page>, Error> {
            let pages = self.add_pages(tx, (dossier, component), &examined, &source, stack)?;
            let mut taken: Vec<Taken> = tx.reader().setting(TAKEN)?.unwrap_or_default();
            let earlier = taken.iter().rfind(|one| {
                one.folder == folder.id && one.name == name && (one.dossier, one.component) == (dossier, component)
            });
            if let Some(earlier) = earlier {
                self.replace(tx, earlier, &pages)?;
            }
            let ids = pages.iter().map(|page| page.id).collect();
            let (folder, hash) = (folder.id.clone(), examined.file);
            taken.push(Taken { folder, name, hash, dossier, component, pages: ids, open: true, grew: false });
            let surplus = taken.len().saturating_sub(REMEMBERED);
            taken.drain(..surplus);
            tx.set(TAKEN, &taken)?;
            Ok(pages)
        })?;
        Ok((examined.file, pages.iter().map(crate::views::page).collect()))
    }

    /// A program that writes one file again as 1, 1+2, 1+2+3 means one document: the earlier pages give way when the new
    /// ones begin with the same pictures (T-23). Other pages under the same name are other pages.
    fn replace(&self, tx: &Writer<'_>, earlier: &Taken, pages: &[Page]) -> Result<(), Error> {
        let reader = tx.reader();
        let mut old = Vec::new();
        for id in &earlier.pages {
            match reader.page(*id)? {
                Some((_, page)) if page.component == earlier.component => old.push(page),
                _ => return Ok(()),
            }
        }
        let mut same = !old.is_empty() && old.len() <= pages.len();
        for (old, new) in old.iter().zip(pages) {
            same = same && (reader.thumb(old.id)? == reader.thumb(new.id)?);
        }
        if !same && !earlier.grew {
            return Ok(());
        }
        let (now, staff) = (self.now(), self.signed_in().map(|staff| staff.id));
        for page in old.iter_mut().filter(|page| page.disposition == Disposition::Kept) {
            page.set_aside(AsideReason::Replaced);
            tx.put_page(page)?;
            tx.log(now, staff, "page.aside", &page.id.to_string())?;
        }
        Ok(())
    }

    /// The store has the file: it leaves the folder, unless its program went on writing meanwhile, in which case it is offered
    /// again and what it becomes stands in the place of what was taken.
    fn let_go(&self, claimed: Claimed, folder: &Watched, hash: FileHash) -> Result<(), Error> {
        let grew = claimed.read().map_or(true, |bytes| FileHash::of(&bytes) != hash);
        let gone = if grew {
            give_back(claimed)
        } else {
            let finished = claimed.finish(folder.done);
            // It stays with the station and is finished at the next chance; its pages are in the store.
            finished.inspect_err(|error| tracing::warn!(%error, "a taken file stays in its folder")).is_ok()
        };
        if !gone && !grew {
            return Ok(());
        }
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut taken: Vec<Taken> = tx.reader().setting(TAKEN)?.unwrap_or_default();
            if let Some(one) = taken.iter_mut().rfind(|one| one.folder == folder.id && one.hash == hash) {
                (one.open, one.grew) = (false, grew);
            }
            Ok(tx.set(TAKEN, &taken)?)
        })
    }

    /// What a crash left with the station: finished when the store has it, otherwise back into the folder. False while the
    /// folder is not there.
    pub(super) fn settle_left(&self, folder: &Watched, station: &str) -> Result<bool, Error> {
        let Ok(left) = devices::folder::left(&folder.path, station) else { return Ok(false) };
        let mut taken = self.taken()?;
        let mut kept = HashSet::new();
        for claimed in left {
            let hash = claimed.read().ok().map(|bytes| FileHash::of(&bytes));
            let stored = |one: &Taken| one.open && one.folder == folder.id && Some(one.hash) == hash;
            if taken.iter().any(stored) {
                if claimed.finish(folder.done).is_err() {
                    kept.extend(hash);
                }
            } else {
                give_back(claimed);
            }
        }
        let mut changed = false;
        for one in taken.iter_mut().filter(|one| one.open && one.folder == folder.id && !kept.contains(&one.hash)) {
            one.open = false;
            changed = true;
        }
        if changed {
            self.store()?.write(|tx| tx.set(TAKEN, &taken))?;
        }
        Ok(true)
    }

    pub(super) fn taken(&self) -> Result<Vec<Taken>, Error> {
        Ok(self.store()?.read(|r| r.setting(TAKEN))?.unwrap_or_default())
    }
}

/// Whether it went back. Where it cannot, it stays with the station, and the next start tries again.
fn give_back(claimed: Claimed) -> bool {
    claimed.give_back().inspect_err(|error| tracing::warn!(%error, "a file was not given back")).is_ok()
}

/// What is wrong with the dossier or the disk is wrong with every file.
fn is_ours(error: &Error) -> bool {
    matches!(
        error,
        Error::Store(_) | Error::DossierClosed | Error::DossierNotFound | Error::ComponentNotFound | Error::NotSignedIn
    )
}

fn told(pages: Vec<PageView>, outcome: &mut RunOutcome, total: Option<u32>, progress: &mut dyn FnMut(PageProgress)) {
    for page in pages {
        outcome.received += 1;
        outcome.kept += 1;
        progress(PageProgress::Page { page, received: outcome.received, total });
    }
}
