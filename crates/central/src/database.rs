//! The server's database: one connection that writes, one that reads, opened by one function.
//!
//! WAL and a busy timeout let `enroll` and `stats` work from another process while the server runs;
//! `synchronous=FULL` because a station forgets what an acceptance says is here.

use crate::error::Error;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Forward-only, numbered by `user_version`, never edited once merged.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_turn.sql"),
    include_str!("../migrations/0003_event.sql"),
    include_str!("../migrations/0004_twin.sql"),
    include_str!("../migrations/0005_fees.sql"),
];

/// Name of the database inside the data folder.
pub(crate) const FILE: &str = "central.db";

pub(crate) struct Database {
    // The reader first: fields drop in this order, and only a writer that closes last can fold the log in.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
}

impl Database {
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(FILE);
        let mut writer = connect(&path, OpenFlags::default())?;
        writer.pragma_update(None, "journal_mode", "wal")?;
        migrate(&mut writer)?;
        let reader = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        Ok(Self { writer: Mutex::new(writer), reader: Mutex::new(reader) })
    }

    /// Runs `change` as one transaction; `Ok` means it is on the disk, anything else that nothing of it is.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = held(&self.writer);
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let value = change(&tx)?;
        tx.commit().map_err(Error::from)?;
        Ok(value)
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        look(&held(&self.reader))
    }
}

/// A panic in one request must not take the database from the next: its transaction was rolled back.
fn held(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "busy_timeout", 10_000)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", "on")?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    // Immediate from the start: the server and `enroll` may both find an empty database.
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (version, sql) in (found + 1..).zip(MIGRATIONS.iter().skip(found as usize)) {
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", version)?;
    }
    tx.commit()?;
    Ok(())
}
