//! The folder of files, each named by its SHA-256: `files/ab/ab…`, drafts in `files/new`.
//!
//! A name always holds whole bytes: draft → fsync → rename → fsync of the folder. What does not hash to its
//! name any more is set aside under `files/damaged`, so that the station can send it again.

use crate::error::Error;
use crate::secrets;
use domain::FileHash;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

#[derive(Clone)]
pub(crate) struct Files {
    dir: PathBuf,
}

/// What a look at a file's bytes found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// They hash to the name.
    Whole { bytes: u64 },
    /// Not there, or set aside just now.
    Missing,
}

/// A file that is being written; it is gone when this is dropped before [`Draft::keep`].
pub(crate) struct Draft {
    path: PathBuf,
    kept: bool,
}

impl Files {
    pub(crate) fn open(data: &Path) -> Result<Self, Error> {
        let files = Self { dir: data.join("files") };
        // All folders are made and synced once, so that a rename into one needs only that one synced.
        let made = (0..=255_u8).map(|shard| format!("{shard:02x}")).chain(["new".to_owned(), "damaged".to_owned()]);
        for name in made {
            let path = files.dir.join(name);
            fs::create_dir_all(&path).map_err(Error::io(&path))?;
        }
        sync(&files.dir)?;
        sync(data)?;
        Ok(files)
    }

    /// Removes drafts that a killed server left; nobody was told of them.
    pub(crate) fn sweep(&self) -> Result<(), Error> {
        let drafts = self.dir.join("new");
        for entry in fs::read_dir(&drafts).map_err(Error::io(&drafts))?.flatten() {
            let path = entry.path();
            fs::remove_file(&path).map_err(Error::io(&path))?;
        }
        Ok(())
    }

    /// The size of a file that is there.
    pub(crate) fn size(&self, hash: &FileHash) -> Option<u64> {
        fs::metadata(self.path(hash)).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
    }

    /// Reads a file back and hashes it.
    pub(crate) fn verify(&self, hash: &FileHash) -> Result<Held, Error> {
        let path = self.path(hash);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Held::Missing),
            Err(error) => return Err(Error::io(&path)(error)),
        };
        let mut hasher = Sha256::new();
        let mut bytes = 0;
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut buffer).map_err(Error::io(&path))?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            bytes += read as u64;
        }
        if FileHash::from_bytes(hasher.finalize().into()) == *hash {
            return Ok(Held::Whole { bytes });
        }
        tracing::error!(%hash, "a stored file is damaged; it is set aside");
        let aside = self.dir.join("damaged").join(hash.to_string());
        fs::rename(&path, &aside).map_err(Error::io(&path))?;
        Ok(Held::Missing)
    }

    /// A place for a new file's bytes.
    pub(crate) fn draft(&self) -> Result<Draft, Error> {
        let name = secrets::hex(&secrets::random::<16>()?);
        Ok(Draft { path: self.dir.join("new").join(name), kept: false })
    }

    fn path(&self, hash: &FileHash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(&name[..2]).join(name)
    }
}

impl Draft {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the bytes, written and synced already, their name. Two that do so at once write the same bytes.
    pub(crate) fn keep(mut self, files: &Files, hash: &FileHash) -> Result<(), Error> {
        let path = files.path(hash);
        fs::rename(&self.path, &path).map_err(Error::io(&path))?;
        self.kept = true;
        sync(path.parent().expect("every file lies in a folder"))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // It may never have been made; the next start sweeps what stays.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn sync(dir: &Path) -> Result<(), Error> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(Error::io(dir))
}

#[cfg(not(unix))]
fn sync(_: &Path) -> Result<(), Error> {
    // Windows has no fsync of a folder; NTFS journals the rename itself.
    Ok(())
}
