//! One attempt to deliver a command with its files, and the proof that it arrived.
//!
//! Files first, each only when the server lacks it, so that an attempt that was cut off continues with the
//! next file; then the command; then its answer is compared with what was sent.

use crate::client::Courier;
use crate::error::Error;
use domain::{CommandId, FileHash};
use protocol::{Acceptance, FileRef, ProblemCode};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be delivered (một mục của hàng chờ gửi).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The command's id.
    pub id: CommandId,
    /// The command's bytes, the same in every attempt.
    pub body: Vec<u8>,
    /// The files that the command names.
    pub files: Vec<FileRef>,
}

/// Where the bytes of files come from. The courier knows no database; its caller does.
pub trait FileSource: Sync {
    /// The bytes of a file, or nothing when they cannot be had.
    fn read(&self, hash: &FileHash) -> Option<Vec<u8>>;
}

/// A proven delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The proof, which names the parcel's command, body and files.
    pub acceptance: Acceptance,
    /// Bytes of files and command that went out, those sent twice counted twice.
    pub bytes_sent: u64,
    /// The part of them that had been sent in this attempt before.
    pub bytes_resent: u64,
}

impl Courier {
    /// Delivers a parcel, or says why not. Safe to call again with the same parcel, and from two tasks at once:
    /// the central system takes it once (T-38, T-39).
    ///
    /// # Errors
    /// Every [`Error`] but [`Error::TokenRefused`] and [`Error::BadAddress`].
    pub async fn deliver(&self, parcel: &Parcel, files: &dyn FileSource) -> Result<Delivered, Error> {
        let wanted: BTreeMap<FileHash, u64> = parcel.files.iter().map(|file| (file.sha256, file.bytes)).collect();
        let named = wanted.values().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes));
        let body = parcel.body.len() as u64;
        let mut sent = BTreeSet::new();
        let (mut bytes_sent, mut bytes_resent) = (0, 0);
        for hash in wanted.keys() {
            if !self.holds(hash).await? {
                bytes_sent += self.carry(hash, files).await?;
                sent.insert(*hash);
            }
        }
        bytes_sent += body;
        let acceptance = match self.submit_with(parcel.id, &parcel.body, named).await {
            Err(Error::Refused { code: ProblemCode::FilesMissing, missing, .. })
                if missing.iter().any(|hash| wanted.contains_key(hash)) =>
            {
                let missing: BTreeSet<_> = missing.into_iter().filter(|hash| wanted.contains_key(hash)).collect();
                tracing::warn!(command = %parcel.id, files = missing.len(), "the central system lacks files; they go again");
                for hash in &missing {
                    let bytes = self.carry(hash, files).await?;
                    bytes_sent += bytes;
                    bytes_resent += if sent.contains(hash) { bytes } else { 0 };
                }
                bytes_sent += body;
                bytes_resent += body;
                self.submit_with(parcel.id, &parcel.body, named).await?
            }
            other => other?,
        };
        if proves(&acceptance, parcel) {
            Ok(Delivered { acceptance, bytes_sent, bytes_resent })
        } else {
            Err(Error::Unproven)
        }
    }

    async fn carry(&self, hash: &FileHash, files: &dyn FileSource) -> Result<u64, Error> {
        let bytes = files.read(hash).ok_or(Error::FileGone { hash: *hash })?;
        let length = bytes.len() as u64;
        self.put_file(hash, bytes).await?;
        Ok(length)
    }
}

/// True when the acceptance is for exactly this command, these bytes and these files.
///
/// Files are compared as sets: their order and repetition are in the body, whose hash is compared too.
fn proves(acceptance: &Acceptance, parcel: &Parcel) -> bool {
    let held: BTreeSet<_> = acceptance.files.iter().collect();
    let wanted: BTreeSet<_> = parcel.files.iter().map(|file| &file.sha256).collect();
    acceptance.command == parcel.id && acceptance.body_sha256 == FileHash::of(&parcel.body) && held == wanted
}
