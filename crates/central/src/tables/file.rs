//! `file`: what the folder holds, for counting; whether a file is there is asked of the disk, never of this table.

use super::{count_from, millis};
use crate::error::Error;
use chrono::{DateTime, FixedOffset};
use domain::FileHash;
use rusqlite::{Connection, Transaction};

const TOTAL: &str = "SELECT count(*), coalesce(sum(bytes), 0) FROM file";
const PUT: &str = "INSERT INTO file (sha256, bytes, stored_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

/// How many files there are and how many bytes they have.
pub(crate) fn total(db: &Connection) -> Result<(u64, u64), Error> {
    Ok(db.query_row(TOTAL, [], |row| Ok((count_from(row.get(0)?), count_from(row.get(1)?))))?)
}

/// Notes that a file is kept.
pub(crate) fn put(tx: &Transaction<'_>, hash: &FileHash, bytes: u64, now: DateTime<FixedOffset>) -> Result<(), Error> {
    tx.prepare_cached(PUT)?.execute((
        hash.as_bytes().as_slice(),
        i64::try_from(bytes).unwrap_or(i64::MAX),
        millis(now),
    ))?;
    Ok(())
}
