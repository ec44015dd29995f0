//! Receiving a file: from the socket to a draft while it is hashed, never whole in memory.
//!
//! Bytes for a file that is there already are read and hashed too, but not written: an answer in the
//! middle of an upload reaches the station as a broken connection.

use crate::central::Central;
use crate::error::{Error, Failure, Refusal};
use crate::tables::file;
use axum::body::{Body, Bytes};
use domain::FileHash;
use http_body::Body as _;
use protocol::{LARGEST_FILE, ProblemCode, StoredFile};
use sha2::{Digest, Sha256};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// An upload that brings nothing for this long is over.
const STALL: Duration = Duration::from_secs(30);

/// A file that arrived.
pub(crate) struct Received {
    pub(crate) file: StoredFile,
    /// False when it was there before.
    pub(crate) new: bool,
}

/// Takes a file's bytes and keeps them under `hash`, or keeps nothing.
pub(crate) async fn receive(central: Arc<Central>, hash: FileHash, mut body: Body) -> Result<Received, Failure> {
    if body.size_hint().lower() > LARGEST_FILE {
        return Err(too_large());
    }
    let present = central.files.size(&hash).is_some();
    let draft = central.files.draft()?;
    let mut file = match present {
        true => None,
        false => Some(tokio::fs::File::create(draft.path()).await.map_err(Error::io(draft.path()))?),
    };
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    while let Some(chunk) = next(&mut body, STALL).await? {
        bytes += chunk.len() as u64;
        if bytes > LARGEST_FILE {
            return Err(too_large());
        }
        hasher.update(&chunk);
        if let Some(file) = &mut file {
            file.write_all(&chunk).await.map_err(Error::io(draft.path()))?;
        }
    }
    if FileHash::from_bytes(hasher.finalize().into()) != hash {
        return Err(Refusal::new(ProblemCode::HashMismatch, "the bytes have another hash").into());
    }
    if let Some(mut file) = file {
        file.flush().await.map_err(Error::io(draft.path()))?;
        file.sync_all().await.map_err(Error::io(draft.path()))?;
        crate::http::blocking(move || {
            draft.keep(&central.files, &hash)?;
            let now = (central.clock)();
            central.database.write(|tx| file::put(tx, &hash, bytes, now)).map_err(Failure::Failed)
        })
        .await?;
    }
    Ok(Received { file: StoredFile { sha256: hash, bytes }, new: !present })
}

/// A small body, whole.
pub(crate) async fn small(mut body: Body, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut all = Vec::new();
    let reading = async {
        while let Some(chunk) = next(&mut body, STALL).await? {
            if all.len() + chunk.len() > limit {
                return Err(too_large());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(())
    };
    tokio::time::timeout(STALL, reading).await.map_err(|_| cut())??;
    Ok(all)
}

async fn next(body: &mut Body, patience: Duration) -> Result<Option<Bytes>, Failure> {
    loop {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx));
        match tokio::time::timeout(patience, frame).await {
            Err(_) | Ok(Some(Err(_))) => return Err(cut()),
            Ok(None) => return Ok(None),
            Ok(Some(Ok(frame))) => {
                // Trailers are no bytes of the file.
                if let Ok(chunk) = frame.into_data() {
                    return Ok(Some(chunk));
                }
            }
        }
    }
}

fn too_large() -> Failure {
    Refusal::new(ProblemCode::TooLarge, "larger than the largest that is taken").into()
}

fn cut() -> Failure {
    Refusal::new(ProblemCode::Malformed, "the body ended early or stalled").into()
}
