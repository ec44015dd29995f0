//! Backup and restore as people use them: once by hand, daily by itself, and on another machine the day this one is gone.

use crate::fault::Error;
use crate::identity;
use crate::station::{Desk, Parts};
use chrono::{DateTime, FixedOffset};
use domain::{FileHash, Right, StaffId};
use serde::Serialize;
use std::path::{Path, PathBuf};
use store::{About, BackupStep, Place, Restoring, Store};

/// What a backup holds (interfaces.md: `motcua backup`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    /// Dossiers.
    pub dossiers: u64,
    /// Bytes of all it holds.
    pub bytes: u64,
    /// Files.
    pub files: u64,
    /// Bytes that had to be written, since the others were there already.
    pub copied: u64,
    /// Files that were bad at the station already, so that they are not in the backup.
    pub bad: Vec<FileHash>,
    /// Days one can go back to.
    pub sets: usize,
    /// True when it lies on the disk it is to stand in for.
    pub same_disk: bool,
    /// False when it was stopped: nothing counts, but what was copied need not be copied again.
    pub finished: bool,
}

/// What came back (interfaces.md: `motcua restore`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// Dossiers.
    pub dossiers: u64,
    /// Bytes.
    pub bytes: u64,
    /// Files that are whole.
    pub files: u64,
    /// Files that the backup had not, or not whole.
    pub bad: Vec<FileHash>,
    /// When the backup was made.
    pub made_at: String,
    /// Newer backups that were damaged and passed over.
    pub skipped: u32,
}

pub(crate) const FOLDER: &str = "backup_folder";
pub(crate) const LAST: &str = "backup_last";

impl Desk {
    /// Backs everything up below `folder`, while work goes on. With `daily` it is done there every day from now on.
    ///
    /// # Errors
    /// [`Error::CareRunning`]; [`store::Error::BackupFull`] and its like: earlier backups are as they were.
    pub fn back_up(
        &self,
        folder: &Path,
        daily: bool,
        may_go_on: &mut dyn FnMut(BackupStep) -> bool,
    ) -> Result<BackupReport, Error> {
        let staff = self.require(if daily { Right::Administer } else { Right::BackUp })?;
        let _one = self.care_alone()?;
        let folder = std::path::absolute(folder).map_err(|error| Error::file(folder, error))?;
        let report = self.back_up_as(Some(staff.id), &folder, false, may_go_on)?;
        if daily && report.finished {
            self.set_backup_folder(Some(&folder))?;
        }
        Ok(report)
    }

    /// Sets where the daily backup goes; none: nowhere. The folder must have been backed up to once, so that the empty
    /// place of an unplugged disk is not mistaken for it.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_backup_folder(&self, folder: Option<&Path>) -> Result<(), Error> {
        let staff = self.require(Right::Administer)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(FOLDER, &folder)?;
            tx.log(now, Some(staff.id), "settings.backup", "")?;
            Ok(())
        })
    }

    pub(crate) fn backup_folder(&self) -> Result<Option<PathBuf>, Error> {
        Ok(self.store()?.read(|r| r.setting::<Option<PathBuf>>(FOLDER))?.flatten())
    }

    pub(crate) fn last_backup(&self) -> Result<Option<DateTime<FixedOffset>>, Error> {
        Ok(self.store()?.read(|r| r.setting::<Option<DateTime<FixedOffset>>>(LAST))?.flatten())
    }

    /// The daily one: gently, and only where a backup of this station lies already.
    pub(crate) fn back_up_daily(
        &self,
        folder: &Path,
        may_go_on: &mut dyn FnMut(BackupStep) -> bool,
    ) -> Result<BackupReport, Error> {
        if !Place::of(folder, &self.office()?.code, self.station_id()?).exists() {
            let source = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(store::Error::BackupRefused { path: folder.to_owned(), source }.into());
        }
        self.back_up_as(None, folder, true, may_go_on)
    }

    fn back_up_as(
        &self,
        staff: Option<StaffId>,
        folder: &Path,
        gentle: bool,
        may_go_on: &mut dyn FnMut(BackupStep) -> bool,
    ) -> Result<BackupReport, Error> {
        let (office, station, name) = (self.office()?.code, self.station_id()?, self.profile().station);
        let about = About { at: self.now(), office, station, name, gentle };
        let store = self.store()?;
        let done = store.back_up(folder, &about, may_go_on)?;
        let same_disk = same_disk(folder, self.dir());
        let Some(done) = done else {
            let (dossiers, bytes, files, copied, sets) = (0, 0, 0, 0, 0);
            return Ok(BackupReport {
                dossiers,
                bytes,
                files,
                copied,
                bad: Vec::new(),
                sets,
                same_disk,
                finished: false,
            });
        };
        let now = self.now();
        store.write(|tx| -> Result<(), Error> {
            for hash in &done.bad {
                tx.mark_bad(hash, now)?;
            }
            tx.set(LAST, &Some(about.at))?;
            tx.log(now, staff, "backup", &format!("{} {}", done.dossiers, done.files))?;
            Ok(())
        })?;
        Ok(BackupReport {
            dossiers: done.dossiers,
            bytes: done.bytes,
            files: done.files,
            copied: done.copied,
            bad: done.bad,
            sets: done.sets,
            same_disk,
            finished: true,
        })
    }

    /// Makes a station in `dir` out of the backup below `from`, which `login` can open with the password that held when
    /// it was made. It is another station from then on: it gives out no number that the lost one may have given out,
    /// and has to be enrolled anew; what waited to be sent is sent then, and is there once.
    ///
    /// # Errors
    /// [`store::Error::Exists`], [`store::Error::NoBackup`], [`store::Error::ManyBackups`],
    /// [`store::Error::WrongPassword`]. An interrupted restore counts as none.
    pub fn restore(
        from: &Path,
        dir: &Path,
        (login, password): (&str, &str),
        parts: &Parts,
        told: &mut dyn FnMut(BackupStep),
    ) -> Result<RestoreReport, Error> {
        let restoring = Restoring::begin(from, dir, login, password)?;
        let restored = restoring.bring(told)?;
        let store = restoring.store()?;
        let now = parts.clock.now();
        let staff = store.read(|r| r.staff_by_login(login))?.map(|staff| staff.id);
        store.write(|tx| -> Result<(), Error> {
            for file in tx.reader().bad_files(u32::MAX)? {
                tx.mark_whole(&file.hash)?;
            }
            for hash in &restored.bad {
                tx.mark_bad(hash, now)?;
            }
            identity::part(tx, &parts.clock, "station.restored")?;
            identity::settle_on(tx, parts.machine.as_deref())?;
            Self::forget_checks(tx)?;
            // Its disk may be another machine's by now.
            tx.set(FOLDER, &None::<PathBuf>)?;
            tx.set(LAST, &None::<DateTime<FixedOffset>>)?;
            tx.log(now, staff, "restore", &format!("{} {}", restored.dossiers, restored.files))?;
            Ok(())
        })?;
        close(store)?;
        restoring.finish()?;
        Ok(RestoreReport {
            dossiers: restored.dossiers,
            bytes: restored.bytes,
            files: restored.files,
            bad: restored.bad,
            made_at: crate::format_time(restored.made_at),
            skipped: restored.skipped,
        })
    }
}

/// Everything into the one file, before the folder counts.
fn close(store: Store) -> Result<(), Error> {
    store.fold_log()?;
    drop(store);
    Ok(())
}

/// Whether two folders lie on one disk, as far as the system says.
fn same_disk(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| std::fs::metadata(path).ok().map(|found| found.dev());
        device(one).is_some() && device(one) == device(other)
    }
    #[cfg(not(unix))]
    {
        let disk =
            |path: &Path| std::fs::canonicalize(path).ok()?.components().next().map(|c| c.as_os_str().to_owned());
        disk(one).is_some() && disk(one) == disk(other)
    }
}
