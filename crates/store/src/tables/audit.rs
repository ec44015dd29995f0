//! Who did what, chained by hash (nhật ký): a row that is changed or taken out breaks the chain after it.
//!
//! Objects are ids and form names, never names or identity numbers of citizens.

use super::{millis, time};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::log::{Entry, GENESIS};
use domain::{FileHash, StaffId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str = "n, at_ms, staff, action, object, prev, hash";

impl Reader<'_> {
    /// Gives every entry to `take`, oldest first, until it says no.
    ///
    /// # Errors
    /// When the database refuses, or what `take` returned.
    pub fn audit<E: From<Error>>(&self, mut take: impl FnMut(Entry) -> Result<(), E>) -> Result<(), E> {
        let mut query = self.0.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY n")).map_err(Error::from)?;
        let mut rows = query.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            take(entry(row)?)?;
        }
        Ok(())
    }

    /// Number and hash of the last entry; nought and the chain's beginning when there is none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn audit_head(&self) -> Result<(i64, FileHash), Error> {
        let last = self
            .0
            .prepare_cached("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, FileHash::from_bytes(row.get(1)?))));
        Ok(last.optional()?.unwrap_or((0, GENESIS)))
    }
}

impl Writer<'_> {
    /// Adds an entry. Belongs in the transaction of what it tells of.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn log(
        &self,
        at: DateTime<FixedOffset>,
        staff: Option<StaffId>,
        action: &str,
        object: &str,
    ) -> Result<(), Error> {
        let (n, prev) = self.reader().audit_head()?;
        let entry = Entry::after(n, prev, at, staff, action, object);
        let sql = format!("INSERT INTO audit ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        self.0.prepare_cached(&sql)?.execute((
            entry.n,
            millis(entry.at),
            entry.staff.as_ref().map(StaffId::as_bytes),
            &entry.action,
            &entry.object,
            entry.prev.as_bytes(),
            entry.hash.as_bytes(),
        ))?;
        Ok(())
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, Error> {
    Ok(Entry {
        n: row.get(0)?,
        at: time(row.get(1)?)?,
        staff: row.get::<_, Option<[u8; 16]>>(2)?.map(StaffId::from_bytes),
        action: row.get(3)?,
        object: row.get(4)?,
        prev: FileHash::from_bytes(row.get(5)?),
        hash: FileHash::from_bytes(row.get(6)?),
    })
}
