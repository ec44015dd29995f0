//! Writing a backup: snapshot, files, keys, proof, and the manifest that makes it count. Whatever stops it before the
//! manifest leaves the sets before as they were.

use super::copies::Copies;
use super::manifest::{Contents, Manifest};
use super::{KEYS, PROFILE, Place, SETS, refused};
use crate::blobs::{self, place};
use crate::check::rest;
use crate::connection::DATABASE;
use crate::tables::check::KeptFile;
use crate::vault::sync_dir;
use crate::{Error, Reader, Store, migrate};
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::{FileHash, OfficeCode, StationId};
use rusqlite::Connection;
use std::collections::HashSet;
use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

/// Whose backup it is.
#[derive(Debug, Clone)]
pub struct About {
    /// When it is made.
    pub at: DateTime<FixedOffset>,
    /// Code of the agency.
    pub office: OfficeCode,
    /// The station.
    pub station: StationId,
    /// Its name, for people.
    pub name: String,
    /// Leaves four fifths of the time to others.
    pub gentle: bool,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupStep {
    /// Files that are in the backup.
    pub done: u64,
    /// Files that will be.
    pub total: u64,
}

/// What was written and proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// Dossiers in it.
    pub dossiers: u64,
    /// Files in it.
    pub files: u64,
    /// Bytes of all it holds.
    pub bytes: u64,
    /// Of those, bytes that had to be written.
    pub copied: u64,
    /// Files that were bad at the station already.
    pub bad: Vec<FileHash>,
    /// Sets there are now.
    pub sets: usize,
}

/// Files read from the list at a time.
const BATCH: u32 = 500;

/// Of the copies made earlier one in so many is read back each time: a disk in a drawer rots too.
const AGAIN: u64 = 32;

/// FAT holds no larger file.
const LARGEST_ON_FAT: u64 = u32::MAX as u64;

impl Store {
    /// Backs everything up below `target`. Writers go on meanwhile. None: `may_go_on` said no, and nothing counts.
    ///
    /// # Errors
    /// [`Error::BackupFull`], [`Error::BackupTooLarge`], [`Error::BackupRefused`], [`Error::BackupInside`],
    /// [`Error::Unproven`]; earlier sets are as they were.
    pub fn back_up(
        &self,
        target: &Path,
        about: &About,
        may_go_on: &mut dyn FnMut(BackupStep) -> bool,
    ) -> Result<Option<BackupDone>, Error> {
        let place = self.begin(target, about)?;
        let n = place.sets().first().map_or(1, |newest| newest + 1);
        let written = Writing { store: self, place: &place, about, n }.run(may_go_on);
        if !matches!(written, Ok(Some(_))) {
            let _ = fs::remove_dir_all(place.set(n));
            let _ = fs::remove_dir_all(place.files().join("new"));
        }
        let Some(mut done) = written? else { return Ok(None) };
        self.tidy_up(&place);
        done.sets = place.sets().len();
        Ok(Some(done))
    }

    fn begin(&self, target: &Path, about: &About) -> Result<Place, Error> {
        let place = Place::of(target, &about.office, about.station);
        fs::create_dir_all(place.sets_dir()).map_err(|error| refused(target, error))?;
        let real = |path: &Path| fs::canonicalize(path).map_err(|error| refused(path, error));
        if real(&place.dir)?.starts_with(real(&self.dir)?) {
            let _ = fs::remove_dir_all(&place.dir);
            return Err(Error::BackupInside);
        }
        // What was begun and never finished is of no use to anyone.
        for n in place.sets().into_iter().filter(|n| !place.set(*n).join(super::MANIFEST).exists()) {
            fs::remove_dir_all(place.set(n)).map_err(|error| refused(&place.set(n), error))?;
        }
        Ok(place)
    }

    /// Lets the oldest sets go, and the files that left the station before the oldest one that stays. The backup is good
    /// already: what cannot be removed now is removed the next time.
    fn tidy_up(&self, place: &Place) {
        let sets = place.sets();
        let old = |n: &u64| place.manifest(*n).map(|manifest| manifest.made_at);
        let before = sets.iter().filter_map(old).min();
        for n in sets.iter().skip(SETS) {
            // The manifest first, so that an interrupted removal leaves no set that looks whole.
            let _ = fs::remove_file(place.set(*n).join(super::MANIFEST));
            let _ = fs::remove_dir_all(place.set(*n));
        }
        let oldest = sets.iter().take(SETS).filter_map(old).min();
        let (Some(from), Some(to)) = (before, oldest) else { return };
        let gone = self.read(|r| r.gone_between(from - TimeDelta::days(60), to)).unwrap_or_default();
        for hash in gone {
            let _ = fs::remove_file(crate::blobs::place(&place.files(), &hash));
        }
    }
}

struct Writing<'a> {
    store: &'a Store,
    place: &'a Place,
    about: &'a About,
    n: u64,
}

impl Writing<'_> {
    fn run(&self, may_go_on: &mut dyn FnMut(BackupStep) -> bool) -> Result<Option<BackupDone>, Error> {
        let set = self.place.set(self.n);
        fs::create_dir_all(&set).map_err(|error| refused(&set, error))?;
        if !self.snapshot(&set, may_go_on)? {
            return Ok(None);
        }
        let copy = self.store.open_copy(&set.join(DATABASE))?;
        let Some((copied, bad)) = self.copy_files(&copy, may_go_on)? else { return Ok(None) };
        for name in [KEYS, PROFILE] {
            copy_small(&self.store.dir.join(name), &set.join(name))?;
        }
        sync_dir(&set)?;
        drop(copy);
        let (dossiers, files, bytes) = self.prove(&set, &bad)?;
        let about = self.about;
        let contents = Contents {
            made_at: about.at,
            office: about.office.to_string(),
            station: about.station,
            name: about.name.clone(),
            dossiers,
            files,
            bytes,
            bad: bad.len() as u64,
        };
        let manifest = Manifest::of(&set, contents)?;
        manifest.write(&set)?;
        let database = fs::metadata(set.join(DATABASE)).map_or(0, |found| found.len());
        let bytes = manifest.bytes;
        Ok(Some(BackupDone { dossiers, files, bytes, copied: copied + database, bad, sets: 0 }))
    }

    fn snapshot(&self, set: &Path, may_go_on: &mut dyn FnMut(BackupStep) -> bool) -> Result<bool, Error> {
        let path = set.join(DATABASE);
        let step = BackupStep { done: 0, total: 0 };
        let made = self.store.look_apart(self.about.gentle, &mut || may_go_on(step), |r| migrate::snapshot(r.0, &path));
        match made {
            Ok(made) => Ok(made.is_some()),
            Err(Error::DiskFull(_)) => Err(Error::BackupFull),
            Err(error @ (Error::Io { .. } | Error::Database(_))) => {
                if self.store.size()? > LARGEST_ON_FAT {
                    Err(Error::BackupTooLarge)
                } else {
                    Err(unwritable(set, error))
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Copies what is not there yet. Gives the bytes written, and the files that are bad here and nowhere else.
    fn copy_files(
        &self,
        copy: &Connection,
        may_go_on: &mut dyn FnMut(BackupStep) -> bool,
    ) -> Result<Option<(u64, Vec<FileHash>)>, Error> {
        let rows = Reader(copy);
        let mut step = BackupStep { done: 0, total: rows.count_kept()?.0 };
        let mut copies = Copies::into(self.place.files(), &self.store.blobs, refused)?;
        let (mut bad, mut after) = (Vec::new(), None);
        loop {
            let files = rows.files_after(after.as_ref(), BATCH)?;
            let Some(last) = files.last() else { break };
            after = Some(last.hash);
            for file in &files {
                let began = Instant::now();
                if !self.is_there(file) && !self.bring(file, &mut copies)? {
                    bad.push(file.hash);
                }
                step.done += 1;
                let go_on =
                    if self.about.gentle { rest(began.elapsed(), &mut || may_go_on(step)) } else { may_go_on(step) };
                if !go_on {
                    // What was copied so far need not be copied again.
                    copies.settle()?;
                    return Ok(None);
                }
            }
        }
        copies.settle()?;
        Ok(Some((copies.bytes, bad)))
    }

    fn is_there(&self, file: &KeptFile) -> bool {
        let path = place(&self.place.files(), &file.hash);
        let there = fs::metadata(&path).is_ok_and(|found| blobs::fits(found.len(), file.bytes));
        let turn = u64::from(file.hash.as_bytes()[0]) % AGAIN == self.n % AGAIN;
        let reads = || fs::read(&path).is_ok_and(|sealed| self.store.blobs.unseal(&file.hash, &sealed).is_ok());
        there && (!turn || reads())
    }

    /// Copies one file, if it is whole here.
    fn bring(&self, file: &KeptFile, copies: &mut Copies<'_>) -> Result<bool, Error> {
        let Ok(Some(sealed)) = self.store.blobs.sealed(&file.hash) else { return Ok(false) };
        if !blobs::fits(sealed.len() as u64, file.bytes) || self.store.blobs.unseal(&file.hash, &sealed).is_err() {
            return Ok(false);
        }
        copies.put(&file.hash, &sealed)?;
        Ok(true)
    }

    /// Opens what was written and looks: the database whole, every file that it names there in its size.
    fn prove(&self, set: &Path, bad: &[FileHash]) -> Result<(u64, u64, u64), Error> {
        let copy = self.store.open_copy(&set.join(DATABASE))?;
        if !migrate::seals_hold(&copy)? || !migrate::rows_fit(&copy, "quick_check")? {
            return Err(Error::Unproven("the database".into()));
        }
        let rows = Reader(&copy);
        let bad: HashSet<&FileHash> = bad.iter().collect();
        let (mut files, mut bytes, mut after) = (0, 0, None);
        loop {
            let batch = rows.files_after(after.as_ref(), BATCH)?;
            let Some(last) = batch.last() else { break };
            after = Some(last.hash);
            for file in batch.iter().filter(|file| !bad.contains(&file.hash)) {
                let found = fs::metadata(place(&self.place.files(), &file.hash)).map_or(0, |found| found.len());
                if !blobs::fits(found, file.bytes) {
                    return Err(Error::Unproven(format!("file {}", file.hash)));
                }
                files += 1;
                bytes += found;
            }
        }
        Ok((rows.count_dossiers()?, files, bytes))
    }
}

fn copy_small(from: &Path, to: &Path) -> Result<(), Error> {
    let bytes = fs::read(from).map_err(Error::io(from))?;
    let written = File::create(to).and_then(|mut file| {
        std::io::Write::write_all(&mut file, &bytes)?;
        file.sync_all()
    });
    written.map_err(|error| refused(to, error))?;
    // Wrapped keys are worth guessing at; a disk with FAT has no rights to set.
    let _ = crate::vault::private(to, 0o600);
    Ok(())
}

/// The database library does not say more than that the disk refused.
fn unwritable(set: &Path, error: Error) -> Error {
    match error {
        Error::Io { path, source } => refused(&path, source),
        error => Error::BackupRefused { path: set.to_owned(), source: std::io::Error::other(error) },
    }
}
