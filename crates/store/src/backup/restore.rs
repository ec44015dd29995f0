//! A station out of its backup, on whatever machine. The key file is written last: until then the folder holds no
//! station, and an interrupted restore is simply done again.

use super::copies::Copies;
use super::manifest::Manifest;
use super::{KEYS, PROFILE, Place, own};
use crate::blobs::{Blobs, place};
use crate::connection::DATABASE;
use crate::keys::DataKey;
use crate::tables::check::KeptFile;
use crate::vault::{self, private, sync_dir};
use crate::{Error, Reader, Store, Vault, connection, migrate};
use chrono::{DateTime, FixedOffset};
use domain::FileHash;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A restore that has begun: the backup is found and open, the folder is held.
pub struct Restoring {
    place: Place,
    set: PathBuf,
    manifest: Manifest,
    key: DataKey,
    dir: PathBuf,
    skipped: u32,
    _lock: File,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: DateTime<FixedOffset>,
    /// Dossiers.
    pub dossiers: u64,
    /// Files that are whole.
    pub files: u64,
    /// Bytes of all that came back.
    pub bytes: u64,
    /// Files that the backup has not, or not whole.
    pub bad: Vec<FileHash>,
    /// Newer sets that were damaged and passed over.
    pub skipped: u32,
}

/// Files read from the list at a time.
const BATCH: u32 = 500;

impl Restoring {
    /// Finds the newest sound set at or below `from` that the password opens, and takes hold of the empty folder `dir`.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::InUse`], [`Error::NoBackup`], [`Error::ManyBackups`], [`Error::WrongPassword`].
    pub fn begin(from: &Path, dir: &Path, login: &str, password: &str) -> Result<Self, Error> {
        if Vault::exists(dir) {
            return Err(Error::Exists(dir.to_owned()));
        }
        let mut found = Vec::new();
        let mut wrong = false;
        for place in Place::all(from)? {
            match newest_sound(&place, login, password) {
                Ok(Some(sound)) => found.push((place, sound)),
                Ok(None) => {}
                Err(Error::WrongPassword) => wrong = true,
                Err(error) => return Err(error),
            }
        }
        if found.len() > 1 {
            return Err(Error::ManyBackups(found.iter().map(|(place, _)| place.name()).collect()));
        }
        let none = || if wrong { Error::WrongPassword } else { Error::NoBackup };
        let (place, Sound { n, manifest, key, skipped }) = found.pop().ok_or_else(none)?;
        let lock = vault::hold_new(dir)?;
        Ok(Self { set: place.set(n), place, manifest, key, dir: dir.to_owned(), skipped, _lock: lock })
    }

    /// Brings the database and every file, each looked at before it counts. `told` hears of each file.
    ///
    /// # Errors
    /// When the disk refuses, or the database does not come over whole. Files that are bad in the backup are no error:
    /// all others are worth having.
    pub fn bring(&self, told: &mut dyn FnMut(super::BackupStep)) -> Result<Restored, Error> {
        let path = self.bring_database()?;
        let raw = self.key.derive("database");
        let database = connection::connect(&path, &raw, connection::read_only())?;
        if !migrate::is_whole(&database)? {
            return Err(Error::Damaged("the restored database".into()));
        }
        let rows = Reader(&database);
        let blobs = Blobs::open(&self.dir, &self.key)?;
        let mut copies = Copies::into(self.dir.join("files"), &blobs, own)?;
        let mut step = super::BackupStep { done: 0, total: rows.count_kept()?.0 };
        let (made_at, skipped, dossiers) = (self.manifest.made_at, self.skipped, rows.count_dossiers()?);
        let bytes = fs::metadata(&path).map_err(Error::io(&path))?.len();
        let mut sum = Restored { made_at, dossiers, files: 0, bytes, bad: Vec::new(), skipped };
        let mut after = None;
        loop {
            let batch = rows.files_after(after.as_ref(), BATCH)?;
            let Some(last) = batch.last() else { break };
            after = Some(last.hash);
            for file in &batch {
                match self.bring_file(file, &blobs, &mut copies)? {
                    Some(bytes) => {
                        sum.files += 1;
                        sum.bytes += bytes;
                    }
                    None => sum.bad.push(file.hash),
                }
                step.done += 1;
                told(step);
            }
        }
        copies.settle()?;
        Ok(sum)
    }

    fn bring_database(&self) -> Result<PathBuf, Error> {
        let (path, part) = (self.dir.join(DATABASE), self.dir.join("motcua.db.part"));
        // What an interrupted restore or creation left belongs to nobody.
        for name in [DATABASE, "motcua.db-wal", "motcua.db-shm"] {
            let left = self.dir.join(name);
            if left.exists() {
                fs::remove_file(&left).map_err(Error::io(&left))?;
            }
        }
        fs::copy(self.set.join(DATABASE), &part).map_err(Error::io(&part))?;
        File::open(&part).and_then(|file| file.sync_all()).map_err(Error::io(&part))?;
        fs::rename(&part, &path).map_err(Error::io(&path))?;
        sync_dir(&self.dir)?;
        Ok(path)
    }

    /// Brings one file and says how many bytes it takes on the disk; none where the backup does not have it whole.
    fn bring_file(&self, file: &KeptFile, blobs: &Blobs, copies: &mut Copies<'_>) -> Result<Option<u64>, Error> {
        let whole = |sealed: &[u8]| {
            let opened = blobs.unseal(&file.hash, sealed);
            opened.is_ok_and(|bytes| bytes.len() as u64 == file.bytes && FileHash::of(&bytes) == file.hash)
        };
        // An interrupted restore brought some already.
        if let Some(sealed) = blobs.sealed(&file.hash)?.filter(|sealed| whole(sealed)) {
            return Ok(Some(sealed.len() as u64));
        }
        let Ok(sealed) = fs::read(place(&self.place.files(), &file.hash)) else { return Ok(None) };
        if !whole(&sealed) {
            return Ok(None);
        }
        copies.put(&file.hash, &sealed)?;
        Ok(Some(sealed.len() as u64))
    }

    /// The restored store, for what has to be changed in it before it is a station again.
    ///
    /// # Errors
    /// [`Error::Newer`] when a newer program made the backup.
    pub fn store(&self) -> Result<Store, Error> {
        Store::open(&self.dir, &self.key)
    }

    /// Makes the folder a station.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<(), Error> {
        for name in [PROFILE, KEYS] {
            let (path, part) = (self.dir.join(name), self.dir.join(format!("{name}.new")));
            let from = self.set.join(name);
            let bytes = fs::read(&from).map_err(Error::io(&from))?;
            let mut file = File::create(&part).map_err(Error::io(&part))?;
            private(&part, 0o600)?;
            file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(Error::io(&part))?;
            fs::rename(&part, &path).map_err(Error::io(&path))?;
            sync_dir(&self.dir)?;
        }
        Ok(())
    }
}

struct Sound {
    n: u64,
    manifest: Manifest,
    key: DataKey,
    skipped: u32,
}

/// The newest set of a place whose parts are all what they were. A wrong password is not tried on older sets: it may be
/// that of somebody who had to leave.
fn newest_sound(place: &Place, login: &str, password: &str) -> Result<Option<Sound>, Error> {
    let mut skipped = 0;
    for n in place.sets() {
        let set = place.set(n);
        if !set.join(super::MANIFEST).exists() {
            continue;
        }
        let sound = place.manifest(n).filter(|manifest| manifest.matches(&set));
        let Some(manifest) = sound else {
            skipped += 1;
            continue;
        };
        let keys = set.join(KEYS);
        let text = fs::read_to_string(&keys).map_err(|error| super::refused(&keys, error))?;
        let key = vault::unlock_in(&text, login, password)?;
        return Ok(Some(Sound { n, manifest, key, skipped }));
    }
    Ok(None)
}
