//! Files that a person picked or dropped: read, looked at and kept two at a time, added in the order they were given.
//!
//! A file that is refused is named with its reason; the others go on, the dossier is untouched by it.

use crate::fault::Error;
use crate::looks::Watch;
use crate::pages::Examined;
use crate::station::{Desk, lock};
use crate::view::{PagePlace, PageProgress, RunEnd, RunOutcome};
use devices::Cancel;
use domain::{DossierId, PageSource, PhotoPaper, Right};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 300 * 1024 * 1024;

/// Files looked at at once. Each may hold a decoded page, some 26 MB for A4 at 300 dpi.
const WORKERS: usize = 2;

/// How a file is looked at.
type Examine<'a> = dyn Fn(&[u8]) -> Result<Examined, Error> + Sync + 'a;

impl Desk {
    /// Adds the pages of `files` to the end of a component, in order.
    ///
    /// # Errors
    /// When the dossier takes no pages or another run is under way. A refused file is no error: it is told by `progress`.
    pub fn import_files(
        &self,
        dossier: DossierId,
        component: u32,
        files: &[PathBuf],
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.import_files_at((dossier, component, PagePlace::Append), files, progress)
    }

    /// Adds photographs of `paper` where they are wanted, each a page laid flat.
    ///
    /// # Errors
    /// As [`Self::import_files_at`].
    pub fn import_photos(
        &self,
        target: (DossierId, u32, PagePlace),
        files: &[PathBuf],
        paper: PhotoPaper,
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.import_as(target, files, &|bytes| self.examine_photo(bytes, Some(paper)), progress)
    }

    /// Adds the pages of `files` where they are wanted: behind the last page, before one, or in the place of one, which is
    /// set aside. Undoing takes them all as one action.
    ///
    /// # Errors
    /// As [`Self::import_files`]; [`Error::PageNotFound`] for a place that is none.
    pub fn import_files_at(
        &self,
        target: (DossierId, u32, PagePlace),
        files: &[PathBuf],
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.import_as(target, files, &|bytes| self.examine_file(bytes), progress)
    }

    fn import_as(
        &self,
        (dossier, component, place): (DossierId, u32, PagePlace),
        files: &[PathBuf],
        examine: &Examine<'_>,
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.require(Right::Intake)?;
        self.pages_before(dossier, place)?;
        let run = self.begin_run()?;
        let mut came = Vec::new();
        let mut told = |step: PageProgress| {
            if let PageProgress::Page { page, .. } = &step {
                came.push(page.id);
            }
            progress(step);
        };
        let outcome = self.import_run((dossier, component), files, (examine, &run.cancel), &mut told);
        let settled = self.settle(dossier, component, place, &|page| came.contains(&page.id));
        drop(run);
        let mut outcome = outcome?;
        if let Err(error) = settled {
            outcome.error = outcome.error.or_else(|| Some(error.for_person(self.profile().locale)));
        }
        self.digitize_ahead(dossier);
        Ok(outcome)
    }

    fn import_run(
        &self,
        (dossier, component): (DossierId, u32),
        files: &[PathBuf],
        (examine, cancel): (&Examine<'_>, &Cancel),
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        let mut outcome = RunOutcome::default();
        let next = AtomicUsize::new(0);
        let stop = Cancel::new();
        std::thread::scope(|scope| -> Result<(), Error> {
            let (send, results) = mpsc::sync_channel::<(usize, Result<Examined, Error>)>(WORKERS);
            for _ in 0..WORKERS.min(files.len()) {
                let send = send.clone();
                let (next, stop) = (&next, &stop);
                scope.spawn(move || {
                    while !cancel.is_cancelled() && !stop.is_cancelled() {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let Some(path) = files.get(n) else { break };
                        let examined = read_file(path).and_then(|bytes| examine(&bytes));
                        if send.send((n, examined)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            let mut watch = Watch::files();
            let mut early = BTreeMap::new();
            let mut due = 0;
            for (n, examined) in results {
                early.insert(n, examined);
                while let Some(examined) = early.remove(&due) {
                    let name = file_name(&files[due]);
                    let kept = examined.and_then(|mut examined| {
                        watch.judge(&mut examined);
                        self.keep_pages(dossier, component, &examined, &PageSource::File { name: name.clone() }, None)
                    });
                    due += 1;
                    match kept {
                        Ok(pages) => {
                            // Every file to come has a page at least; how many more shows when it is read.
                            let known = outcome.received as usize + pages.len() + (files.len() - due);
                            let total = u32::try_from(known).ok();
                            for page in pages {
                                outcome.received += 1;
                                outcome.kept += 1;
                                progress(PageProgress::Page { page, received: outcome.received, total });
                            }
                        }
                        // What is wrong with the dossier or the disk is wrong with every file.
                        Err(
                            error @ (Error::Store(_)
                            | Error::DossierClosed
                            | Error::DossierNotFound
                            | Error::ComponentNotFound),
                        ) => {
                            stop.cancel();
                            return Err(error);
                        }
                        Err(error) => {
                            outcome.refused += 1;
                            progress(PageProgress::Refused { name, error: error.for_person(self.profile().locale) });
                        }
                    }
                }
            }
            Ok(())
        })?;
        if cancel.is_cancelled() {
            outcome.ended = RunEnd::Cancelled;
        }
        Ok(outcome)
    }

    /// Stops the run of pages that is under way, if there is one. Pages already received stay.
    pub fn cancel_run(&self) {
        if let Some(cancel) = &*lock(&self.running) {
            cancel.cancel();
        }
    }

    /// Starts a run of pages. One at a time, so that pages of two runs cannot interleave (T-01).
    pub(crate) fn begin_run(&self) -> Result<Run<'_>, Error> {
        let mut running = lock(&self.running);
        if running.is_some() {
            return Err(Error::ScanRunning);
        }
        let cancel = Cancel::new();
        *running = Some(cancel.clone());
        Ok(Run { desk: self, cancel })
    }

    /// As [`Self::begin_run`], with a scanner that must not be in another counter's hands; none for any of them.
    pub(crate) fn begin_scan(&self, device: Option<&str>) -> Result<Run<'_>, Error> {
        let run = self.begin_run()?;
        match self.lent_to(device) {
            Some(peer) => Err(Error::ScannerLent(peer)),
            None => Ok(run),
        }
    }
}

/// A run of pages; dropping it lets the next one start, however it ended.
pub(crate) struct Run<'a> {
    desk: &'a Desk,
    pub(crate) cancel: Cancel,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        *lock(&self.desk.running) = None;
    }
}

/// Reads a regular file whole. A pipe or a device would block for ever.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::file(path, error);
    let meta = std::fs::metadata(path).map_err(failed)?;
    if !meta.is_file() {
        return Err(imaging::Refusal::UnknownKind.into());
    }
    if meta.len() > LARGEST {
        return Err(Error::FileTooHeavy { megabytes: meta.len() / (1024 * 1024) });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
    std::fs::File::open(path).map_err(failed)?.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
