//! What can go wrong: a [`Refusal`] is said to the station, an [`Error`] is ours to log and is a plain 500 to it.

use protocol::{Problem, ProblemCode};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why the central system cannot do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no central system yet.
    #[error("{0} holds no central system")]
    Missing(PathBuf),
    /// Another process serves this folder.
    #[error("{0} is served by another process")]
    InUse(PathBuf),
    /// The database was written by a newer program.
    #[error("database version {found} is newer than {known}")]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version this program knows.
        known: u32,
    },
    /// Nothing can listen there.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address as asked for.
        address: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The file system refuses.
    #[error("{path}")]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// The database refuses.
    #[error("database")]
    Database(#[from] rusqlite::Error),
    /// A stored value does not read back as what it must be.
    #[error("damaged: {0}")]
    Damaged(&'static str),
    /// The system has no randomness to give.
    #[error("no randomness")]
    Random,
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(crate) fn listen(address: &SocketAddr) -> impl FnOnce(io::Error) -> Self {
        let address = address.to_string();
        move |source| Self::Listen { address, source }
    }
}

/// A request that is not done, with the reason the station is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Problem);

impl Refusal {
    pub(crate) fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self(Problem { code, message: message.into(), missing: Vec::new() })
    }
}

/// What a request can end in besides its answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The station asked for what it cannot have.
    #[error("refused: {:?}", .0.0.code)]
    Refused(Refusal),
    /// The central system failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}
