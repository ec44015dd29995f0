//! Which files are kept. The bytes lie beside the database; a row comes only after they are durable.

use super::millis;
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{DossierId, FileHash, MediaType};
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

    /// Whether the bytes of the file `hash` are to be on this machine.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn file_is_here(&self, hash: &FileHash) -> Result<bool, Error> {
        let mut query = self.0.prepare_cached("SELECT 1 FROM file WHERE hash = ?1 AND purged_ms IS NULL")?;
        Ok(query.exists([hash.as_bytes()])?)
    }

    /// Whether the bytes of the file `hash` left this machine.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn is_purged(&self, hash: &FileHash) -> Result<bool, Error> {
        let mut query = self.0.prepare_cached("SELECT 1 FROM file WHERE hash = ?1 AND purged_ms IS NOT NULL")?;
        Ok(query.exists([hash.as_bytes()])?)
    }

    /// Whether no page of another dossier shows the file `hash`, nor one that lies in none yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn only_in(&self, hash: &FileHash, dossier: DossierId) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM page WHERE file = ?1 AND dossier <> ?2 \
             UNION ALL SELECT 1 FROM loose_page WHERE file = ?1 AND placed IS NULL";
        Ok(!self.0.prepare_cached(sql)?.exists((hash.as_bytes(), dossier.as_bytes()))?)
    }

    /// Counts the files.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_files(&self) -> Result<FileCount, Error> {
        let sql = "SELECT count(*), coalesce(sum(bytes), 0), count(bad_ms), count(purged_ms) FROM file";
        let (count, bytes, bad, purged): (i64, i64, i64, i64) = self
            .0
            .prepare_cached(sql)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let [count, bytes, bad, purged] = [count, bytes, bad, purged].map(|n| u64::try_from(n).unwrap_or_default());
        Ok(FileCount { count, bytes, bad, purged })
    }
}

/// How many files there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// Every file that was ever kept.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Found damaged or gone.
    pub bad: u64,
    /// No longer on this machine.
    pub purged: u64,
}

impl Writer<'_> {
    /// Notes that the bytes of a file leave this machine.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mark_purged(&self, hash: &FileHash, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let mut query = self.0.prepare_cached("UPDATE file SET purged_ms = ?2 WHERE hash = ?1")?;
        query.execute((hash.as_bytes(), millis(at)))?;
        Ok(())
    }

    /// Notes a file whose bytes [`crate::Store::put_file`] has kept, also one that was bad or gone before.
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
        let sql = "INSERT INTO file (hash, bytes, media, created_ms) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (hash) DO UPDATE SET bad_ms = NULL, purged_ms = NULL";
        self.0.prepare_cached(sql)?.execute((hash.as_bytes(), bytes, media.mime(), millis(at)))?;
        Ok(())
    }
}
