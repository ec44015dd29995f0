//! The check of all content (J4): every file read back and hashed, every reference followed, the database looked at.
//!
//! It goes by the names of the files, which are their hashes, and notes how far it came: ended in the middle, it goes on
//! from there. Nothing is ever deleted here.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::DeskEvent;
use chrono::{DateTime, FixedOffset};
use domain::{FileHash, Right, StaffId};
use protocol::Command;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use store::tables::check::{KeptFile, Reference};
use store::{Database, Flaw};

/// How far the check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckProgress {
    /// Files looked at.
    pub checked: u64,
    /// Files there are.
    pub total: u64,
}

/// What the check found (interfaces.md: `motcua check`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Files looked at, those of an interrupted run among them.
    pub checked: u64,
    /// What is wrong, at most 10 000 of it.
    pub bad: Vec<BadFile>,
    /// How many of these are not there at all.
    pub missing: u64,
    /// Files that no row needs: left by a crash, harmless.
    pub orphans: u64,
    /// The database itself.
    pub database: Database,
    /// False when it was stopped; the next run goes on from there.
    pub finished: bool,
}

/// A file that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadFile {
    /// Its name.
    pub hash: FileHash,
    /// What is wrong.
    pub what: Flaw,
    /// Codes of the dossiers that need it, or their ids before they have one.
    pub dossiers: Vec<String>,
}

impl CheckReport {
    fn of_damaged_database() -> Self {
        let (checked, missing, orphans) = (0, 0, 0);
        Self { checked, bad: Vec::new(), missing, orphans, database: Database::Damaged, finished: true }
    }
}

/// How far an interrupted check came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Sweep {
    after: Option<FileHash>,
    checked: u64,
    files_done: bool,
}

/// The last check that went to the end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LastCheck {
    pub(crate) at: DateTime<FixedOffset>,
    pub(crate) checked: u64,
    pub(crate) bad: u64,
    pub(crate) orphans: u64,
    pub(crate) database: Database,
}

const SWEEP: &str = "check_sweep";
pub(crate) const LAST: &str = "check_last";

/// Files taken from the list at a time.
const BATCH: u32 = 100;

/// How often the place is noted: what a kill costs.
const NOTE: Duration = Duration::from_secs(2);

/// Most bad files that are told one by one.
const MOST: u32 = 10_000;

/// Most dossiers told of one file.
const MOST_DOSSIERS: u32 = 100;

/// Whether to go on.
pub(crate) type GoOn<'a> = &'a mut dyn FnMut(CheckProgress) -> bool;

impl Desk {
    /// Checks all content, going on where an interrupted check ended, or with `fresh` from the beginning. `told` hears of
    /// every file and may say that it is enough.
    ///
    /// # Errors
    /// [`Error::CareRunning`]; when nobody is signed in; when the disk refuses. What is bad is no error.
    pub fn check(&self, fresh: bool, told: GoOn<'_>) -> Result<CheckReport, Error> {
        let staff = self.require(Right::Read)?;
        let _one = self.care_alone()?;
        self.check_as(Some(staff.id), fresh, false, told)
    }

    /// The check itself; a gentle one takes a fifth of one core.
    pub(crate) fn check_as(
        &self,
        staff: Option<StaffId>,
        fresh: bool,
        gentle: bool,
        told: GoOn<'_>,
    ) -> Result<CheckReport, Error> {
        self.note_doubtful();
        let report = match self.check_content(fresh, gentle, told) {
            // A database that cannot say what it holds is the worst finding, and still a finding.
            Err(Error::Store(store::Error::Damaged(_))) => CheckReport::of_damaged_database(),
            checked => checked?,
        };
        if report.finished {
            self.note_finished(staff, &report);
        }
        Ok(report)
    }

    fn check_content(&self, fresh: bool, gentle: bool, told: GoOn<'_>) -> Result<CheckReport, Error> {
        let store = self.store()?;
        let noted = if fresh { None } else { store.read(|r| r.setting::<Sweep>(SWEEP))? };
        let mut sweep = noted.unwrap_or_default();
        let total = store.read(|r| r.count_kept())?.0;
        let read = sweep.files_done || self.check_files(&mut sweep, total, gentle, told)?;
        let progress = CheckProgress { checked: sweep.checked, total };
        let may_go_on = &mut || told(progress);
        let mut needed = Needed::of(store.read(|r| r.bad_files(MOST))?);
        let followed = read && self.follow_references(&mut needed, gentle, may_go_on)?;
        let orphans = if followed { self.count_orphans(gentle, may_go_on)? } else { None };
        let database = match orphans {
            Some(_) => store.look_at_database(gentle, may_go_on)?,
            None => Database::Unchecked,
        };
        let bad = self.bad_files(needed)?;
        let missing = bad.iter().filter(|bad| bad.what == Flaw::Missing).count() as u64;
        let (orphans, finished) = (orphans.unwrap_or_default(), database != Database::Unchecked);
        Ok(CheckReport { checked: sweep.checked, bad, missing, orphans, database, finished })
    }

    /// Reads the files from where the sweep stands. Says whether it came to the end.
    fn check_files(&self, sweep: &mut Sweep, total: u64, gentle: bool, told: GoOn<'_>) -> Result<bool, Error> {
        let store = self.store()?;
        let (mut changes, mut noted) = (Vec::new(), Instant::now());
        loop {
            let files = store.read(|r| r.files_after(sweep.after.as_ref(), BATCH))?;
            sweep.files_done = files.is_empty();
            if sweep.files_done {
                self.note_place(sweep, &mut changes)?;
                return Ok(true);
            }
            for file in files {
                let began = Instant::now();
                let flaw = store.flaw_of(&file);
                if flaw.is_some() != file.bad {
                    changes.push((file.hash, flaw.is_some()));
                }
                sweep.after = Some(file.hash);
                sweep.checked += 1;
                let progress = CheckProgress { checked: sweep.checked, total };
                let go_on = if gentle { store::rest(began.elapsed(), &mut || told(progress)) } else { told(progress) };
                if !go_on || noted.elapsed() > NOTE {
                    self.note_place(sweep, &mut changes)?;
                    noted = Instant::now();
                }
                if !go_on {
                    return Ok(false);
                }
            }
        }
    }

    fn note_place(&self, sweep: &Sweep, changes: &mut Vec<(FileHash, bool)>) -> Result<(), Error> {
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            for (hash, bad) in changes.drain(..) {
                if bad { tx.mark_bad(&hash, now)? } else { tx.mark_whole(&hash)? }
            }
            tx.set(SWEEP, sweep)?;
            Ok(())
        })
    }

    /// Who needs the bad files, and which files are needed without being listed: by pages, by components' PDFs, by
    /// commands that wait.
    fn follow_references(
        &self,
        needed: &mut Needed,
        gentle: bool,
        may_go_on: &mut dyn FnMut() -> bool,
    ) -> Result<bool, Error> {
        let store = self.store()?;
        let followed = store.look_apart(gentle, may_go_on, |r| {
            r.references(&mut |reference| {
                needed.take(reference);
                ControlFlow::Continue(())
            })
        })?;
        let mut after = 0;
        while followed.is_some() && may_go_on() {
            let waiting = store.read(|r| r.unsent(after, BATCH))?;
            let Some((last, ..)) = waiting.last() else { return Ok(true) };
            after = *last;
            for (_, dossier, body) in waiting {
                // One that does not read is the outbox's to tell of.
                let Ok(command) = serde_json::from_slice::<Command>(&body) else { continue };
                for file in command.body.files() {
                    let listed = store.read(|r| r.file_size(&file.sha256))?.is_some();
                    needed.take(Reference { hash: file.sha256, listed, dossier: dossier.clone() });
                }
            }
        }
        Ok(false)
    }

    fn count_orphans(&self, gentle: bool, may_go_on: &mut dyn FnMut() -> bool) -> Result<Option<u64>, Error> {
        let store = self.store()?;
        let mut strays = Vec::new();
        for first in 0..=u8::MAX {
            let began = Instant::now();
            strays.push((first, store.strays(first)?));
            if !(if gentle { store::rest(began.elapsed(), may_go_on) } else { may_go_on() }) {
                return Ok(None);
            }
        }
        let mut orphans = 0;
        for (first, strays) in strays.into_iter().filter(|(_, strays)| !strays.is_empty()) {
            // Looked at twice: a page that was just coming in has its row by now.
            orphans += store.read(|r| r.strays(first, &strays))?.len() as u64;
        }
        Ok(Some(orphans))
    }

    fn bad_files(&self, needed: Needed) -> Result<Vec<BadFile>, Error> {
        let store = self.store()?;
        let mut bad = Vec::new();
        for (hash, Need { file, mut dossiers }) in needed.0 {
            // Not listed at all: whatever lies there under that name, nothing says what it should be.
            let what = file.map_or(Some(Flaw::Missing), |file| store.flaw_of(&file));
            let Some(what) = what else { continue };
            dossiers.extend(store.read(|r| r.dossiers_showing(&hash, MOST_DOSSIERS))?);
            let dossiers = dossiers.into_iter().take(MOST_DOSSIERS as usize).collect();
            bad.push(BadFile { hash, what, dossiers });
        }
        Ok(bad)
    }

    /// In a damaged database there may be nowhere to note anything; what was found is told all the same.
    fn note_finished(&self, staff: Option<StaffId>, report: &CheckReport) {
        let (at, bad) = (self.now(), report.bad.len() as u64);
        let CheckReport { checked, orphans, database, .. } = *report;
        let noted = self.store().and_then(|store| {
            store.write(|tx| -> Result<(), Error> {
                tx.set(SWEEP, &Sweep::default())?;
                tx.set(LAST, &Some(LastCheck { at, checked, bad, orphans, database }))?;
                tx.log(at, staff, "check", &format!("{checked} {bad}"))?;
                Ok(())
            })
        });
        if let Err(error) = noted {
            tracing::warn!(code = ?error.code().0, "the check was not noted");
        }
        let count = bad + u64::from(database == Database::Damaged);
        if count > 0 {
            self.tell(DeskEvent::Damaged { count: u32::try_from(count).unwrap_or(u32::MAX) });
        }
    }

    /// Looks at the files that did not read back since the last time, and notes those that are bad. A failure here must not
    /// hide what it is about: the next check finds them as well.
    pub(crate) fn note_doubtful(&self) {
        if let Err(error) = self.try_note_doubtful() {
            tracing::warn!(code = ?error.code().0, "a bad file was not noted");
        }
    }

    fn try_note_doubtful(&self) -> Result<(), Error> {
        let Some(store) = self.opened.get() else { return Ok(()) };
        let mut found = Vec::new();
        for hash in store.take_doubtful() {
            let file = store.read(|r| r.kept_file(&hash))?;
            found.extend(file.filter(|file| !file.bad && store.flaw_of(file).is_some()));
        }
        if found.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let count = store.write(|tx| -> Result<u64, Error> {
            for file in &found {
                tx.mark_bad(&file.hash, now)?;
                tx.log(now, None, "file.bad", &file.hash.to_string())?;
            }
            Ok(tx.reader().count_kept()?.1)
        })?;
        self.tell(DeskEvent::Damaged { count: u32::try_from(count).unwrap_or(u32::MAX) });
        Ok(())
    }

    /// Forgets how far a check came, where the content is not what it was: after a restore.
    pub(crate) fn forget_checks(tx: &store::Writer<'_>) -> Result<(), Error> {
        tx.set(SWEEP, &Sweep::default())?;
        tx.set(LAST, &None::<LastCheck>)?;
        Ok(())
    }
}

/// Bad and unlisted files, and who needs them.
struct Needed(BTreeMap<FileHash, Need>);

struct Need {
    /// None: no row lists it.
    file: Option<KeptFile>,
    dossiers: BTreeSet<String>,
}

impl Needed {
    fn of(bad: Vec<KeptFile>) -> Self {
        let need = |file: KeptFile| (file.hash, Need { file: Some(file), dossiers: BTreeSet::new() });
        Self(bad.into_iter().map(need).collect())
    }

    fn take(&mut self, Reference { hash, listed, dossier }: Reference) {
        if !listed {
            self.0.entry(hash).or_insert(Need { file: None, dossiers: BTreeSet::new() });
        }
        if let Some(need) = self.0.get_mut(&hash) {
            need.dossiers.insert(dossier);
        }
    }
}
