//! The two connections: one that writes, one that only reads, opened by one function.
//!
//! WAL with `synchronous=FULL`: with NORMAL a power cut took 171 acknowledged rows in a trial, with FULL
//! none (performance.md C). SQLCipher's key is given raw, so that opening costs no key derivation.

use crate::blobs::Blobs;
use crate::keys::{DataKey, hex};
use crate::{Error, migrate};
use domain::FileHash;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// The database's name in the data folder.
pub(crate) const DATABASE: &str = "motcua.db";

/// What a station keeps, open.
pub struct Store {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    pub(crate) blobs: Blobs,
    pub(crate) dir: PathBuf,
    raw: Zeroizing<[u8; 32]>,
    doubtful: Mutex<BTreeSet<FileHash>>,
}

/// A transaction that changes things; every function in [`crate::tables`] that writes takes one.
pub struct Writer<'a>(pub(crate) Transaction<'a>);

/// A connection that cannot change anything.
pub struct Reader<'a>(pub(crate) &'a Connection);

impl Writer<'_> {
    /// Reads inside the transaction.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader(&self.0)
    }
}

impl Store {
    pub(crate) fn open(dir: &Path, key: &DataKey) -> Result<Self, Error> {
        let path = dir.join(DATABASE);
        let raw = key.derive("database");
        let mut writer = connect(&path, &raw, OpenFlags::default())?;
        migrate::run(&mut writer, dir, &raw)?;
        let reader = connect(&path, &raw, read_only())?;
        let blobs = Blobs::open(dir, key)?;
        let (writer, reader) = (Mutex::new(writer), Mutex::new(reader));
        Ok(Self { writer, reader, blobs, dir: dir.to_owned(), raw, doubtful: Mutex::default() })
    }

    /// A connection of its own for long looks, so that the counter does not wait for them.
    pub(crate) fn apart(&self) -> Result<Connection, Error> {
        connect(&self.dir.join(DATABASE), &self.raw, read_only())
    }

    /// Opens a copy of this database that lies elsewhere.
    pub(crate) fn open_copy(&self, path: &Path) -> Result<Connection, Error> {
        connect(path, &self.raw, read_only())
    }

    /// Keeps writers out for as long as the guard lives; also nothing is folded into the database file meanwhile.
    pub(crate) fn hold_still(&self) -> impl Drop + '_ {
        held(&self.writer)
    }

    /// Runs `change` as one transaction. When this returns `Ok`, everything in it is on the disk; otherwise nothing is.
    ///
    /// # Errors
    /// What `change` returned, or what the database said at commit.
    pub fn write<T, E: From<Error>>(&self, change: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = held(&self.writer);
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let writer = Writer(begun.map_err(Error::from)?);
        let value = change(&writer)?;
        writer.0.commit().map_err(Error::from)?;
        Ok(value)
    }

    /// Runs `look` on the reading connection.
    ///
    /// # Errors
    /// What `look` returned.
    pub fn read<T, E: From<Error>>(&self, look: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        look(&Reader(&held(&self.reader)))
    }

    /// Folds the write-ahead log into the database file.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fold_log(&self) -> Result<(), Error> {
        held(&self.writer).pragma_update(None, "wal_checkpoint", "truncate")?;
        Ok(())
    }

    /// Size of the database in bytes, without its write-ahead log.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn size(&self) -> Result<u64, Error> {
        let path = PathBuf::from(held(&self.reader).path().unwrap_or_default());
        Ok(std::fs::metadata(&path).map_err(Error::io(&path))?.len())
    }

    /// Version of the database's layout.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn version(&self) -> Result<u32, Error> {
        Ok(held(&self.reader).pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    /// Takes the bytes kept under `hash` off the disk. Only after a row says that they may go; gone already is as good.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove_file(&self, hash: &FileHash) -> Result<(), Error> {
        self.blobs.remove(hash)
    }

    /// Whether every page of the database file is sealed rightly and every row and index fits. Reads all of it.
    ///
    /// # Errors
    /// When the database does not read at all.
    pub fn is_whole(&self) -> Result<bool, Error> {
        // Pages that a crash tore on their way out of the log are whole only once they were written again.
        self.fold_log()?;
        migrate::is_whole(&held(&self.writer))
    }

    /// Keeps `bytes` under their hash, durable when it returns. Bytes already kept are not written again.
    ///
    /// # Errors
    /// [`Error::DiskFull`] or [`Error::Io`]; nothing half-written stays.
    pub fn put_file(&self, bytes: &[u8]) -> Result<FileHash, Error> {
        self.blobs.put(bytes)
    }

    /// Keeps what `make` writes under its hash, durable when it returns, without ever holding more than a mebibyte of it;
    /// returns the hash, the number of bytes, and what `make` returned.
    ///
    /// # Errors
    /// What `make` returned; [`Error::DiskFull`] or [`Error::Io`]; nothing half-written stays.
    pub fn put_stream<R, E: From<Error>>(
        &self,
        make: impl FnOnce(&mut dyn std::io::Write) -> Result<R, E>,
    ) -> Result<(FileHash, u64, R), E> {
        self.blobs.put_stream(make)
    }

    /// The bytes kept under `hash`.
    ///
    /// # Errors
    /// [`Error::Damaged`] when they are gone or were changed.
    pub fn file(&self, hash: &FileHash) -> Result<Vec<u8>, Error> {
        let read = self.blobs.get(hash);
        if read.is_err() {
            self.doubtful.lock().unwrap_or_else(PoisonError::into_inner).insert(*hash);
        }
        read
    }

    /// Files that did not read back since this was last asked, to be looked at and noted (J4).
    #[must_use]
    pub fn take_doubtful(&self) -> Vec<FileHash> {
        std::mem::take(&mut *self.doubtful.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }
}

impl Drop for Store {
    /// Folds the day into the database file, so that whoever deletes the log afterwards takes nothing away (T-57).
    fn drop(&mut self) {
        // What cannot be folded in now stays in the log, and the next opening has it.
        let _ = self.fold_log();
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(…)")
    }
}

/// A panic in one command must not take the store away from the next: the transaction was rolled back.
fn held(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How a connection that changes nothing is opened.
pub(crate) fn read_only() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Opens the database in `path` with its raw key.
pub(crate) fn connect(path: &Path, key: &Zeroizing<[u8; 32]>, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags)?;
    let literal = Zeroizing::new(format!("x'{}'", hex(&**key)));
    connection.pragma_update(None, "key", literal.as_str())?;
    // SQLite 3.51 deletes the log at closing without having copied it, where the index beside it could not be opened for
    // writing just then. A store folds the log in itself before it closes, which loses nothing when it fails.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    if !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        connection.pragma_update(None, "journal_mode", "wal")?;
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", "on")?;
    connection.pragma_update(None, "busy_timeout", 5_000)?;
    // The write-ahead log of a long day must not grow without end.
    connection.pragma_update(None, "wal_autocheckpoint", 1_000)?;
    Ok(connection)
}
