//! A second place for everything that is kept (S4, L3): written while work goes on, proven before it counts, and good
//! for another machine.
//!
//! ```text
//! TARGET/motcua-H99.1-0123456789ab/      one station; several may share a disk
//!     files/ab/ab12…                     page files as they lie, sealed, each copied once
//!     sets/000007/motcua.db              one snapshot of the database, with the same key
//!     sets/000007/keys.json, station.json
//!     sets/000007/manifest.json          written last: a set without it is none
//! ```
//!
//! The snapshot comes first and the files after it: bytes are durable before their row, so that every file a snapshot
//! names is there to be copied. Plain files and folders only, so that a disk with FAT will do.

mod copies;
mod manifest;
mod restore;
mod write;

pub use restore::{Restored, Restoring};
pub use write::{About, BackupDone, BackupStep};

use crate::Error;
use domain::{OfficeCode, StationId};
use manifest::Manifest;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Snapshots that are kept.
const SETS: usize = 7;

const MANIFEST: &str = "manifest.json";
const KEYS: &str = "keys.json";
const PROFILE: &str = "station.json";

/// Where one station's backup lies on a disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    dir: PathBuf,
}

impl Place {
    /// The place of a station below the folder that people chose.
    #[must_use]
    pub fn of(target: &Path, office: &OfficeCode, station: StationId) -> Self {
        let id = station.to_string();
        Self { dir: target.join(format!("motcua-{office}-{}", &id[id.len() - 12..])) }
    }

    /// Whether something was ever backed up here. An unplugged disk leaves an empty folder behind that must not fill up.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.sets_dir().is_dir()
    }

    /// Every place at or right below `dir`.
    fn all(dir: &Path) -> Result<Vec<Self>, Error> {
        let own = Self { dir: dir.to_owned() };
        if own.exists() {
            return Ok(vec![own]);
        }
        let entries = fs::read_dir(dir).map_err(|error| refused(dir, error))?;
        let mut places: Vec<Self> = entries.flatten().map(|entry| Self { dir: entry.path() }).collect();
        places.retain(Self::exists);
        places.sort_by(|a, b| a.dir.cmp(&b.dir));
        Ok(places)
    }

    fn name(&self) -> String {
        self.dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn files(&self) -> PathBuf {
        self.dir.join("files")
    }

    fn sets_dir(&self) -> PathBuf {
        self.dir.join("sets")
    }

    fn set(&self, n: u64) -> PathBuf {
        self.sets_dir().join(format!("{n:06}"))
    }

    /// Numbers of the sets that were begun, newest first.
    fn sets(&self) -> Vec<u64> {
        let entries = fs::read_dir(self.sets_dir()).into_iter().flatten().flatten();
        let mut sets: Vec<u64> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
        sets.sort_unstable_by(|a, b| b.cmp(a));
        sets
    }

    /// The manifest of a set that was finished.
    fn manifest(&self, n: u64) -> Option<Manifest> {
        Manifest::read(&self.set(n).join(MANIFEST))
    }
}

/// What a backup disk meets, in terms of what to do about it.
fn refused(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::BackupFull,
        io::ErrorKind::FileTooLarge => Error::BackupTooLarge,
        _ => Error::BackupRefused { path: path.to_owned(), source: error },
    }
}

/// The same for the station's own disk.
fn own(path: &Path, error: io::Error) -> Error {
    Error::io(path)(error)
}
