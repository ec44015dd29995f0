//! Sealed files on their way to another disk: written, read back, durable, and only then under their name.
//!
//! In batches, since a disk that is asked to be sure of every small file by itself spends its time on nothing else.

use crate::Error;
use crate::blobs::{Blobs, place};
use crate::vault::sync_dir;
use domain::FileHash;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Files, and bytes, that wait to be made durable together.
const BATCH: usize = 128;
const BATCH_BYTES: u64 = 64 * 1024 * 1024;

pub(super) struct Copies<'a> {
    files: PathBuf,
    /// Opens seals: what was written is read back.
    blobs: &'a Blobs,
    fault: fn(&Path, io::Error) -> Error,
    waiting: Vec<(FileHash, PathBuf, File)>,
    waiting_bytes: u64,
    /// Bytes written so far.
    pub(super) bytes: u64,
}

impl<'a> Copies<'a> {
    /// Ready to copy into the folder of files `files`.
    pub(super) fn into(files: PathBuf, blobs: &'a Blobs, fault: fn(&Path, io::Error) -> Error) -> Result<Self, Error> {
        let new = files.join("new");
        fs::create_dir_all(&new).map_err(|error| fault(&new, error))?;
        // What an interrupted run left here never had a name.
        for entry in fs::read_dir(&new).map_err(|error| fault(&new, error))?.flatten() {
            let _ = fs::remove_file(entry.path());
        }
        Ok(Self { files, blobs, fault, waiting: Vec::new(), waiting_bytes: 0, bytes: 0 })
    }

    pub(super) fn put(&mut self, hash: &FileHash, sealed: &[u8]) -> Result<(), Error> {
        let temp = self.files.join("new").join(hash.to_string());
        let written = File::create(&temp).and_then(|mut file| file.write_all(sealed).map(|()| file));
        let file = written.map_err(|error| {
            // On a full disk half a file only takes room.
            let _ = fs::remove_file(&temp);
            (self.fault)(&temp, error)
        })?;
        self.waiting.push((*hash, temp, file));
        self.waiting_bytes += sealed.len() as u64;
        self.bytes += sealed.len() as u64;
        if self.waiting.len() >= BATCH || self.waiting_bytes >= BATCH_BYTES { self.settle() } else { Ok(()) }
    }

    /// Makes everything durable that was put, and gives it its name.
    pub(super) fn settle(&mut self) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        self.waiting_bytes = 0;
        for (hash, temp, file) in std::mem::take(&mut self.waiting) {
            file.sync_all().map_err(|error| (self.fault)(&temp, error))?;
            drop(file);
            let written = fs::read(&temp).map_err(|error| (self.fault)(&temp, error))?;
            if self.blobs.unseal(&hash, &written).is_err() {
                return Err(Error::Unproven(format!("file {hash}")));
            }
            let path = place(&self.files, &hash);
            let folder = path.parent().expect("every file has a folder of its own").to_owned();
            if !folder.exists() {
                fs::create_dir_all(&folder).map_err(|error| (self.fault)(&folder, error))?;
                folders.insert(self.files.clone());
            }
            fs::rename(&temp, &path).map_err(|error| (self.fault)(&path, error))?;
            folders.insert(folder);
        }
        folders.iter().try_for_each(|folder| sync_dir(folder))
    }
}
