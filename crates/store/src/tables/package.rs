//! Whose signed packages of procedures are taken, and which one of each series was taken last.

use super::{hash32, millis, time};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{FileHash, StaffId};
use rusqlite::OptionalExtension;

/// A key whose packages are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// The public key.
    pub key: [u8; 32],
    /// Whose it is.
    pub name: String,
    /// Since when.
    pub at: DateTime<FixedOffset>,
}

/// The package of a series that was taken last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Its number in the series.
    pub serial: u32,
    /// The hash of its content.
    pub content: FileHash,
}

impl Reader<'_> {
    /// The keys whose packages are taken, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn trusted_keys(&self) -> Result<Vec<TrustedKey>, Error> {
        let mut statement = self.0.prepare_cached("SELECT key, name, at_ms FROM package_key ORDER BY name, key")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.map(|row| {
            let (key, name, at) = row?;
            Ok(TrustedKey { key, name, at: time(at)? })
        })
        .collect()
    }

    /// The package of `series` that was taken last.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn package_taken(&self, series: &str) -> Result<Option<Taken>, Error> {
        let sql = "SELECT serial, content FROM package_taken WHERE series = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok(Taken { serial: row.get(0)?, content: hash32(row, 1)? });
        Ok(self.0.prepare_cached(sql)?.query_row([series], row).optional()?)
    }
}

impl Writer<'_> {
    /// Takes packages signed with `key` from now on.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn trust_key(&self, trusted: &TrustedKey, staff: StaffId) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO package_key (key, name, staff, at_ms) VALUES (?1, ?2, ?3, ?4)";
        let row = (trusted.key, &trusted.name, staff.as_bytes(), millis(trusted.at));
        self.0.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    /// Takes no more packages signed with `key`; true where they were.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn distrust_key(&self, key: &[u8; 32]) -> Result<bool, Error> {
        Ok(self.0.prepare_cached("DELETE FROM package_key WHERE key = ?1")?.execute([key])? > 0)
    }

    /// Notes which package of `series` was taken.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn take_package(&self, series: &str, taken: Taken, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO package_taken (series, serial, content, at_ms) VALUES (?1, ?2, ?3, ?4)";
        let row = (series, taken.serial, taken.content.as_bytes(), millis(at));
        self.0.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }
}
