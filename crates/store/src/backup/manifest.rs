//! What a set holds, and the hashes by which a damaged one is known. No name of a citizen stands in it.

use crate::Error;
use crate::vault::sync_dir;
use chrono::{DateTime, FixedOffset};
use domain::{FileHash, StationId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

/// The newest layout that this program reads.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    pub(super) made_at: DateTime<FixedOffset>,
    pub(super) office: String,
    pub(super) station: StationId,
    pub(super) name: String,
    pub(super) dossiers: u64,
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// Files that were bad at the station already, and so are not in the backup.
    pub(super) bad: u64,
    database: Part,
    keys: Part,
    profile: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    bytes: u64,
    sha256: FileHash,
}

/// What a set holds, before its parts are measured.
pub(super) struct Contents {
    pub(super) made_at: DateTime<FixedOffset>,
    pub(super) office: String,
    pub(super) station: StationId,
    pub(super) name: String,
    pub(super) dossiers: u64,
    pub(super) files: u64,
    pub(super) bytes: u64,
    pub(super) bad: u64,
}

impl Manifest {
    /// The manifest of the set in `dir`, measured.
    pub(super) fn of(dir: &Path, contents: Contents) -> Result<Self, Error> {
        let part = |name: &str| {
            let path = dir.join(name);
            measure(&path).map_err(|error| super::refused(&path, error))
        };
        let database = part(crate::connection::DATABASE)?;
        let Contents { made_at, office, station, name, dossiers, files, bytes, bad } = contents;
        let bytes = bytes + database.bytes;
        let (keys, profile) = (part(super::KEYS)?, part(super::PROFILE)?);
        let version = VERSION;
        Ok(Self { version, made_at, office, station, name, dossiers, files, bytes, bad, database, keys, profile })
    }

    pub(super) fn read(path: &Path) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        (manifest.version <= VERSION).then_some(manifest)
    }

    /// Makes the set in `dir` count: durable when this returns, and never half of it.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Error> {
        let (path, part) = (dir.join(super::MANIFEST), dir.join("manifest.part"));
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::Unproven(error.to_string()))?;
        let written = File::create(&part).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&part, &path)).map_err(|error| super::refused(&path, error))?;
        sync_dir(dir)?;
        dir.parent().map_or(Ok(()), sync_dir)
    }

    /// Whether every part of the set in `dir` is what was proven when it was written.
    pub(super) fn matches(&self, dir: &Path) -> bool {
        let parts =
            [(crate::connection::DATABASE, self.database), (super::KEYS, self.keys), (super::PROFILE, self.profile)];
        parts.iter().all(|(name, part)| measure(&dir.join(name)).is_ok_and(|found| found == *part))
    }
}

fn measure(path: &Path) -> std::io::Result<Part> {
    let (mut file, mut digest, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(Part { bytes, sha256: FileHash::from_bytes(digest.finalize().into()) });
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
    }
}
