//! What can go wrong with keeping. A variant exists where the clerk must be told something different.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the folder.
    #[error("{0} is in use by another copy of the program")]
    InUse(PathBuf),
    /// The folder holds no station.
    #[error("{0} holds no station")]
    Missing(PathBuf),
    /// The folder holds a station already.
    #[error("{0} holds a station already")]
    Exists(PathBuf),
    /// The folder lies on another machine, where neither locks nor syncs hold (T-57).
    #[error("{0} lies on a network drive")]
    NetworkDrive(PathBuf),
    /// What was typed is no recovery key: a sign is wrong or missing.
    #[error("not a recovery key")]
    MistypedRecovery,
    /// No slot opens with this name and password.
    #[error("wrong name or password")]
    WrongPassword,
    /// The database was written by a newer program.
    #[error("database version {found} is newer than {known}")]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version this program knows.
        known: u32,
    },
    /// The disk is full; nothing of the change was kept.
    #[error("disk full")]
    DiskFull(#[source] Box<dyn std::error::Error + Send + Sync>),
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
    Database(#[source] rusqlite::Error),
    /// Something stored does not read back as what it must be.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The backup would lie in the station's own folder, and go with it.
    #[error("the backup would lie inside the data folder")]
    BackupInside,
    /// The backup's disk is full; earlier backups are as they were.
    #[error("backup disk full")]
    BackupFull,
    /// The backup's disk takes no file of this size, as FAT does not beyond 4 GB.
    #[error("a file is too large for the backup disk")]
    BackupTooLarge,
    /// The backup's disk or folder is not there or refuses. People name folders after people: it stays out of the log.
    #[error("the backup disk refuses: {source}")]
    BackupRefused {
        /// What was read or written.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// What was written does not read back; earlier backups are as they were.
    #[error("the backup does not read back: {0}")]
    Unproven(String),
    /// There is no backup there, or none that is sound.
    #[error("no sound backup")]
    NoBackup,
    /// Backups of several stations lie there that this password opens.
    #[error("several backups: {0:?}")]
    ManyBackups(Vec<String>),
    /// The system has no randomness to give.
    #[error("no randomness")]
    Random,
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| {
            if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
                Self::DiskFull(Box::new(source))
            } else {
                Self::Io { path, source }
            }
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull(Box::new(error)),
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Database(error),
        }
    }
}
