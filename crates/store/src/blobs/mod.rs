//! Page bytes and PDFs, one encrypted file each, named by the SHA-256 of what is inside.
//!
//! Written as temp file → fsync → rename → fsync of the folder, so that a name always holds whole bytes, and
//! it does so before any row names it (T-02, T-05, T-08). Never rewritten; deleted only by [`Blobs::remove`].

mod seal;

pub(crate) use seal::fits;

use crate::Error;
use crate::keys::{DataKey, random};
use crate::vault::{private, sync_dir};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use domain::FileHash;
use seal::Sealer;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(crate) struct Blobs {
    dir: PathBuf,
    cipher: XChaCha20Poly1305,
}

impl Blobs {
    pub(crate) fn open(dir: &Path, key: &DataKey) -> Result<Self, Error> {
        let dir = dir.join("files");
        let temp = dir.join("new");
        fs::create_dir_all(&temp).map_err(Error::io(&temp))?;
        private(&dir, 0o700)?;
        // What lies in `new` was never acknowledged to anyone.
        for entry in fs::read_dir(&temp).map_err(Error::io(&temp))?.flatten() {
            let left = entry.path();
            fs::remove_file(&left).map_err(Error::io(&left))?;
        }
        Ok(Self { dir, cipher: XChaCha20Poly1305::new((&*key.derive("files")).into()) })
    }

    pub(crate) fn put(&self, bytes: &[u8]) -> Result<FileHash, Error> {
        let hash = FileHash::of(bytes);
        let path = self.path(&hash);
        // What lies there under this name is believed only after it was read: bytes that rotted must not swallow whole ones.
        if path.exists() && self.get(&hash).is_ok() {
            return Ok(hash);
        }
        let nonce = random()?;
        let sealed = seal::whole(&self.cipher, nonce, &hash, bytes)
            .ok_or_else(|| Error::Damaged("a file too large to encrypt".into()))?;
        self.make_folder(&path)?;
        let temp = self.temp(&nonce);
        let written = File::create(&temp).and_then(|mut file| {
            file.write_all(&sealed)?;
            file.sync_all()
        });
        self.name(&temp, &path, written)?;
        Ok(hash)
    }

    /// Keeps what `make` writes, of which no more than a segment is ever in memory; returns its name and its size too.
    pub(crate) fn put_stream<R, E: From<Error>>(
        &self,
        make: impl FnOnce(&mut dyn Write) -> Result<R, E>,
    ) -> Result<(FileHash, u64, R), E> {
        let nonce = random()?;
        let temp = self.temp(&nonce);
        let mut noting = Noting { file: File::create(&temp).map_err(Error::io(&temp))?, failed: None };
        let mut sealer = Sealer::new(&self.cipher, nonce, &mut noting);
        let written = match make(&mut sealer) {
            Ok(made) => {
                match sealer.finish().and_then(|(hash, bytes, noting)| Ok((hash, bytes, noting.file.sync_all()?))) {
                    Ok((hash, bytes, ())) => Ok((hash, bytes, made)),
                    Err(error) => Err(Error::io(&temp)(noting.failed.take().unwrap_or(error)).into()),
                }
            }
            // Whoever wrote may not know why a write failed; the disk does.
            Err(error) => Err(noting.failed.take().map_or(error, |failed| Error::io(&temp)(failed).into())),
        };
        let (hash, bytes, made) = written.inspect_err(|_| drop(fs::remove_file(&temp)))?;
        let path = self.path(&hash);
        if path.exists() && self.get(&hash).is_ok() {
            fs::remove_file(&temp).map_err(Error::io(&temp))?;
            return Ok((hash, bytes, made));
        }
        self.make_folder(&path)?;
        self.name(&temp, &path, Ok(()))?;
        Ok((hash, bytes, made))
    }

    fn temp(&self, nonce: &[u8]) -> PathBuf {
        self.dir.join("new").join(FileHash::of(nonce).to_string())
    }

    fn make_folder(&self, path: &Path) -> Result<(), Error> {
        let folder = path.parent().expect("every file has a folder of its own");
        if !folder.exists() {
            fs::create_dir_all(folder).map_err(Error::io(folder))?;
            sync_dir(&self.dir)?;
        }
        Ok(())
    }

    /// Gives a file that was written and synced its name, durably.
    fn name(&self, temp: &Path, path: &Path, written: io::Result<()>) -> Result<(), Error> {
        if let Err(error) = written {
            // A half file helps nobody, and on a full disk its space does.
            let _ = fs::remove_file(temp);
            return Err(Error::io(temp)(error));
        }
        fs::rename(temp, path).map_err(Error::io(path))?;
        sync_dir(path.parent().expect("every file has a folder of its own"))
    }

    pub(crate) fn get(&self, hash: &FileHash) -> Result<Vec<u8>, Error> {
        let sealed = self.sealed(hash)?.ok_or_else(|| Error::Damaged(format!("file {hash}")))?;
        self.unseal(hash, &sealed)
    }

    /// The bytes as they lie on the disk; none where there is no such file.
    pub(crate) fn sealed(&self, hash: &FileHash) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path(hash);
        match fs::read(&path) {
            Ok(sealed) => Ok(Some(sealed)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io(&path)(error)),
        }
    }

    /// What is inside bytes as they lie on the disk, here or in a backup.
    pub(crate) fn unseal(&self, hash: &FileHash, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        seal::open(&self.cipher, hash, sealed).ok_or_else(|| Error::Damaged(format!("file {hash}")))
    }

    /// Names of the files that lie in the folder of `first`, the first byte of their hashes. What is no hash is not ours.
    pub(crate) fn names(&self, first: u8) -> Result<Vec<FileHash>, Error> {
        let folder = self.dir.join(format!("{first:02x}"));
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder)(error)),
        };
        Ok(entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect())
    }

    pub(crate) fn remove(&self, hash: &FileHash) -> Result<(), Error> {
        let path = self.path(hash);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(&path)(error)),
            _ => Ok(()),
        }
    }

    fn path(&self, hash: &FileHash) -> PathBuf {
        place(&self.dir, hash)
    }
}

/// Where the file `hash` lies below a folder of files: spread over 256 folders, so that none grows too long.
pub(crate) fn place(files: &Path, hash: &FileHash) -> PathBuf {
    let name = hash.to_string();
    files.join(&name[..2]).join(name)
}

/// A file that remembers why it could not be written.
struct Noting {
    file: File,
    failed: Option<io::Error>,
}

impl Write for Noting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|error| {
            let kept = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            self.failed = (error.kind() != io::ErrorKind::Interrupted).then_some(kept);
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
