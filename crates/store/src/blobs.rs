//! Page bytes and PDFs, one encrypted file each, named by the SHA-256 of what is inside.
//!
//! Written as temp file → fsync → rename → fsync of the folder, so that a name always holds whole bytes, and
//! it does so before any row names it (T-02, T-05, T-08). Never rewritten; deleted only by [`Blobs::remove`].

use crate::Error;
use crate::keys::{DataKey, random};
use crate::vault::{private, sync_dir};
use chacha20poly1305::aead::{Aead, AeadInOut, Buffer, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use domain::FileHash;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// First bytes of every file: format 1.
const MAGIC: &[u8; 4] = b"MCB1";
const NONCE: usize = 24;

/// By how many bytes a sealed file is longer than what is in it.
pub(crate) const SEAL: u64 = 4 + NONCE as u64 + 16;

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
        let nonce: [u8; NONCE] = random()?;
        let mut sealed = Vec::with_capacity(MAGIC.len() + NONCE + bytes.len() + 16);
        sealed.extend_from_slice(MAGIC);
        sealed.extend_from_slice(&nonce);
        let mut body = Tail { start: sealed.len(), all: &mut sealed };
        body.all.extend_from_slice(bytes);
        self.cipher
            .encrypt_in_place(&XNonce::from(nonce), hash.as_bytes(), &mut body)
            .map_err(|_| Error::Damaged("a file too large to encrypt".into()))?;

        let folder = path.parent().expect("every file has a folder of its own").to_owned();
        if !folder.exists() {
            fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
            sync_dir(&self.dir)?;
        }
        let temp = self.dir.join("new").join(format!("{}", FileHash::of(&nonce)));
        let written = File::create(&temp).and_then(|mut file| {
            file.write_all(&sealed)?;
            file.sync_all()
        });
        if let Err(error) = written {
            // A half file helps nobody, and on a full disk its space does.
            let _ = fs::remove_file(&temp);
            return Err(Error::io(&temp)(error));
        }
        fs::rename(&temp, &path).map_err(Error::io(&path))?;
        sync_dir(&folder)?;
        Ok(hash)
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
        let damaged = || Error::Damaged(format!("file {hash}"));
        let rest = sealed.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        // The seal covers the name too, so that two files cannot change places.
        let payload = Payload { msg: body, aad: hash.as_bytes() };
        self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| damaged())
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

/// The part of a buffer after its header, so that bytes are encrypted where they lie.
struct Tail<'a> {
    start: usize,
    all: &'a mut Vec<u8>,
}

impl AsRef<[u8]> for Tail<'_> {
    fn as_ref(&self) -> &[u8] {
        &self.all[self.start..]
    }
}

impl AsMut<[u8]> for Tail<'_> {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.all[self.start..]
    }
}

impl Buffer for Tail<'_> {
    fn extend_from_slice(&mut self, other: &[u8]) -> chacha20poly1305::aead::Result<()> {
        self.all.extend_from_slice(other);
        Ok(())
    }

    fn truncate(&mut self, len: usize) {
        self.all.truncate(self.start + len);
    }
}
