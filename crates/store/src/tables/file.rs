//! Which files are kept. The bytes lie beside the database; a row comes only after they are durable.

use super::millis;
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{FileHash, MediaType};
use rusqlite::OptionalExtension;

impl Reader<'_> {
    /// Size of the file `hash`, if it is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn file_size(&self, hash: &FileHash) -> Result<Option<u64>, Error> {
        let mut query = self.0.prepare_cached("SELECT bytes FROM file WHERE hash = ?1")?;
        let bytes: Option<i64> = query.query_row([hash.as_bytes()], |row| row.get(0)).optional()?;
        Ok(bytes.map(|bytes| u64::try_from(bytes).unwrap_or_default()))
    }
}

impl Writer<'_> {
    /// Notes a file whose bytes [`crate::Store::put_file`] has kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_file(
        &self,
        hash: &FileHash,
        bytes: u64,
        media: MediaType,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        let bytes = i64::try_from(bytes).map_err(|_| Error::Damaged("file size".into()))?;
        let sql =
            "INSERT INTO file (hash, bytes, media, created_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING";
        self.0.prepare_cached(sql)?.execute((hash.as_bytes(), bytes, media.mime(), millis(at)))?;
        Ok(())
    }
}
