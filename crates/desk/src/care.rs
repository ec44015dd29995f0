//! What the station does for itself when nobody needs the machine: the nightly check, the daily backup.
//!
//! One at a time, at a fifth of one core, and never in the way: as soon as somebody works it stops and goes on later.

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{BackupView, CareStep, CareView, CheckView};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// What the loop knows.
#[derive(Default)]
pub(crate) struct Care {
    /// One check, backup or purge at a time.
    gate: Mutex<()>,
    backup_tried: Tried,
    check_tried: Tried,
    purge_tried: Tried,
    /// Somebody said that what was started by hand is enough for now.
    stopped: AtomicBool,
}

/// When something was last tried, so that what fails is not tried every few seconds.
type Tried = Mutex<Option<DateTime<FixedOffset>>>;

/// How often the loop looks around.
const TICK: Duration = Duration::from_secs(20);

/// So long without a use case counts as nobody being there.
const AWAY: TimeDelta = TimeDelta::minutes(10);

/// Older than this, a check and a backup are done again at the next quiet hour.
const AGAIN: TimeDelta = TimeDelta::hours(20);

/// Older than this, the backup no longer waits for a quiet hour: some counters are switched off at night.
const ANYWAY: TimeDelta = TimeDelta::hours(26);

/// A disk that is not plugged in, and whatever else fails, is tried so often.
const RETRY: TimeDelta = TimeDelta::minutes(10);

/// Older than this, people are told that there is no good backup.
const OVERDUE: TimeDelta = TimeDelta::days(3);

/// Dossiers named on the screen; the console names all.
const FEW_DOSSIERS: usize = 12;

impl Desk {
    /// Cares for the store for as long as the program runs.
    pub async fn keep_caring(self: Arc<Self>) {
        loop {
            tokio::time::sleep(TICK).await;
            let own = Arc::clone(&self);
            if tokio::task::spawn_blocking(move || own.care()).await.is_err() {
                tracing::error!("caring ended early");
            }
        }
    }

    /// Does what is due now, if anything. What fails is in the log and tried again.
    pub fn care(&self) {
        if self.opened.get().is_none() {
            return;
        }
        self.note_doubtful();
        for (what, done) in
            [("backup", self.care_for_backup()), ("check", self.care_for_content()), ("purge", self.care_for_room())]
        {
            if let Err(error) = done {
                tracing::warn!(code = ?error.code().0, what, "not done");
            }
        }
    }

    /// How well the store is cared for.
    ///
    /// # Errors
    /// Before the first sign-in.
    pub fn care_state(&self) -> Result<CareView, Error> {
        let last = self.last_backup()?;
        let check: Option<crate::check::LastCheck> = self.store()?.read(|r| r.setting(crate::check::LAST))?.flatten();
        let bad = self.store()?.read(|r| r.count_kept())?.1;
        Ok(CareView {
            backup_folder: self.backup_folder()?.map(|folder| folder.to_string_lossy().into_owned()),
            last_backup: last.map(|last| self.shown(last)),
            // Nothing in training is worth a disk.
            backup_overdue: !self.profile().training && self.is_older(last, OVERDUE),
            last_check: check.as_ref().map(|check| self.shown(check.at)),
            bad_files: u32::try_from(bad).unwrap_or(u32::MAX),
            database_damaged: check.is_some_and(|check| check.database == store::Database::Damaged),
            busy: matches!(self.care.gate.try_lock(), Err(TryLockError::WouldBlock)),
        })
    }

    /// Backs up at the press of a button: to `picked`, which then is the place of the daily backup too, or to that place.
    ///
    /// # Errors
    /// As [`Desk::back_up`]; [`Error::NoBackupFolder`] while there is no such place.
    pub fn back_up_here(&self, picked: Option<&Path>, told: &mut dyn FnMut(CareStep)) -> Result<BackupView, Error> {
        let set = self.backup_folder()?;
        let folder = picked.or(set.as_deref()).ok_or(Error::NoBackupFolder)?;
        self.care.stopped.store(false, Ordering::SeqCst);
        let report = self.back_up(folder, true, &mut |step| {
            told(CareStep { done: small(step.done), total: small(step.total) });
            !self.care.stopped.load(Ordering::SeqCst)
        })?;
        Ok(BackupView {
            finished: report.finished,
            dossiers: small(report.dossiers),
            bad: small(report.bad.len() as u64),
            same_disk: report.same_disk,
        })
    }

    /// Checks all content at the press of a button, going on where the last one was stopped.
    ///
    /// # Errors
    /// As [`Desk::check`].
    pub fn check_here(&self, told: &mut dyn FnMut(CareStep)) -> Result<CheckView, Error> {
        self.care.stopped.store(false, Ordering::SeqCst);
        let report = self.check(false, &mut |step| {
            told(CareStep { done: small(step.checked), total: small(step.total) });
            !self.care.stopped.load(Ordering::SeqCst)
        })?;
        let dossiers: BTreeSet<&String> = report.bad.iter().flat_map(|bad| &bad.dossiers).collect();
        Ok(CheckView {
            finished: report.finished,
            checked: small(report.checked),
            bad: small(report.bad.len() as u64),
            dossiers: dossiers.into_iter().take(FEW_DOSSIERS).cloned().collect(),
            database_damaged: report.database == store::Database::Damaged,
        })
    }

    /// Stops the check or backup that was started by hand; what it did is not done again.
    pub fn cancel_care(&self) {
        self.care.stopped.store(true, Ordering::SeqCst);
    }

    /// The right to check, back up or take away: one at a time, since each looks at what the others change.
    pub(crate) fn care_alone(&self) -> Result<MutexGuard<'_, ()>, Error> {
        match self.care.gate.try_lock() {
            Ok(one) => Ok(one),
            Err(TryLockError::Poisoned(poisoned)) => Ok(PoisonError::into_inner(poisoned)),
            Err(TryLockError::WouldBlock) => Err(Error::CareRunning),
        }
    }

    fn care_for_backup(&self) -> Result<(), Error> {
        let Some(folder) = self.backup_folder()? else { return Ok(()) };
        let last = self.last_backup()?;
        let anyway = self.is_older(last, ANYWAY);
        if !self.is_older(last, AGAIN) || !(anyway || self.nobody_works()) || self.was_tried(&self.care.backup_tried) {
            return Ok(());
        }
        let _one = self.care_alone()?;
        *lock(&self.care.backup_tried) = Some(self.now());
        self.back_up_daily(&folder, &mut |_| anyway || self.nobody_works())?;
        Ok(())
    }

    fn care_for_content(&self) -> Result<(), Error> {
        let last: Option<crate::check::LastCheck> = self.store()?.read(|r| r.setting(crate::check::LAST))?.flatten();
        if !self.is_older(last.map(|last| last.at), AGAIN)
            || !self.nobody_works()
            || self.was_tried(&self.care.check_tried)
        {
            return Ok(());
        }
        let _one = self.care_alone()?;
        *lock(&self.care.check_tried) = Some(self.now());
        self.check_as(None, false, true, &mut |_| self.nobody_works())?;
        Ok(())
    }

    /// Once a quiet hour, what the central system has proven and whose days have passed leaves the machine (Q8). After
    /// the backup and the check, so that the night's copy still has it and nothing doubtful is taken for proven.
    fn care_for_room(&self) -> Result<(), Error> {
        let Some(days) = self.set_days()? else { return Ok(()) };
        if !self.nobody_works() || lock(&self.care.purge_tried).is_some_and(|at| !self.is_older(Some(at), AGAIN)) {
            return Ok(());
        }
        let _one = self.care_alone()?;
        *lock(&self.care.purge_tried) = Some(self.now());
        let gone = self.purge_as(None, days, false, &mut || self.nobody_works())?;
        tracing::info!(dossiers = gone.dossiers, files = gone.files, "purged");
        Ok(())
    }

    fn was_tried(&self, tried: &Tried) -> bool {
        let now = self.now();
        lock(tried).is_some_and(|tried| tried <= now && now - tried < RETRY)
    }

    /// A clock that was set back makes nothing young.
    fn is_older(&self, last: Option<DateTime<FixedOffset>>, than: TimeDelta) -> bool {
        let now = self.now();
        last.is_none_or(|last| last > now || now - last > than)
    }

    /// Nobody is signed in, or nobody has done anything for a while.
    fn nobody_works(&self) -> bool {
        if lock(&self.running).is_some() {
            return false;
        }
        let last = lock(&self.presence).last;
        self.signed_in().is_none() || last.is_some_and(|last| self.now() - last >= AWAY)
    }
}

/// A count as the window takes it.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
