//! What the check of all content asks: which files there must be, which dossiers need them, which were found bad (J4).

use super::{hash32, id16, millis};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{DossierId, FileHash};
use rusqlite::Row;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// A file that must be on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFile {
    /// Its name.
    pub hash: FileHash,
    /// Its size.
    pub bytes: u64,
    /// Whether it was found bad before.
    pub bad: bool,
}

/// A file that a dossier names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file.
    pub hash: FileHash,
    /// Whether the list of files has it.
    pub listed: bool,
    /// The dossier's code, or its id before it has one.
    pub dossier: String,
}

/// A hash to begin with: the one before every other.
const FIRST: FileHash = FileHash::from_bytes([0; 32]);

impl Reader<'_> {
    /// The files that must be on this machine, by name, those after `after`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn files_after(&self, after: Option<&FileHash>, limit: u32) -> Result<Vec<KeptFile>, Error> {
        let sql = "SELECT hash, bytes, bad_ms IS NOT NULL FROM file \
                   WHERE (hash > ?1 OR (?2 AND hash = ?1)) AND purged_ms IS NULL ORDER BY hash LIMIT ?3";
        let (from, open) = (after.unwrap_or(&FIRST), after.is_none());
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((from.as_bytes(), open, limit), kept_file)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The file `hash`, if it must be on this machine.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn kept_file(&self, hash: &FileHash) -> Result<Option<KeptFile>, Error> {
        let sql = "SELECT hash, bytes, bad_ms IS NOT NULL FROM file WHERE hash = ?1 AND purged_ms IS NULL";
        let mut query = self.0.prepare_cached(sql)?;
        let mut rows = query.query_map([hash.as_bytes()], kept_file)?;
        Ok(rows.next().transpose()?)
    }

    /// The files that were found bad, and not whole since.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn bad_files(&self, limit: u32) -> Result<Vec<KeptFile>, Error> {
        let sql =
            "SELECT hash, bytes, 1 FROM file WHERE bad_ms IS NOT NULL AND purged_ms IS NULL ORDER BY hash LIMIT ?1";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([limit], kept_file)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many files must be on this machine, and how many of them were found bad.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_kept(&self) -> Result<(u64, u64), Error> {
        let sql = "SELECT count(*), count(bad_ms) FROM file WHERE purged_ms IS NULL";
        let (kept, bad): (i64, i64) =
            self.0.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((u64::try_from(kept).unwrap_or_default(), u64::try_from(bad).unwrap_or_default()))
    }

    /// Those of `found`, names beginning with the byte `first`, that no row says must be on this machine.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn strays(&self, first: u8, found: &[FileHash]) -> Result<Vec<FileHash>, Error> {
        let (mut from, mut to) = ([0; 32], [0xFF; 32]);
        (from[0], to[0]) = (first, first);
        let sql = "SELECT hash FROM file WHERE hash BETWEEN ?1 AND ?2 AND purged_ms IS NULL";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((from, to), |row| hash32(row, 0))?;
        let known: HashSet<FileHash> = rows.collect::<Result<_, _>>()?;
        Ok(found.iter().filter(|hash| !known.contains(hash)).copied().collect())
    }

    /// Codes or ids of the dossiers of which a page shows the file, `limit` at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers_showing(&self, hash: &FileHash, limit: u32) -> Result<Vec<String>, Error> {
        let sql =
            "SELECT DISTINCT d.code, d.id FROM page p JOIN dossier d ON d.id = p.dossier WHERE p.file = ?1 LIMIT ?2";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((hash.as_bytes(), limit), |row| name(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives every page whose file is not listed, then every component's PDF, to `take`, until it says no.
    ///
    /// # Errors
    /// When the database refuses, or what `take` returned.
    pub fn references(&self, take: &mut dyn FnMut(Reference) -> ControlFlow<()>) -> Result<(), Error> {
        let pages = "SELECT p.file, 0, d.code, d.id FROM page p JOIN dossier d ON d.id = p.dossier \
                     WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.hash = p.file)";
        let papers = "SELECT unhex(c.value ->> '$.digitized.file'), EXISTS (SELECT 1 FROM file f WHERE \
                      f.hash = unhex(c.value ->> '$.digitized.file')), d.code, d.id FROM dossier d, \
                      json_each(d.body, '$.components') c WHERE c.value ->> '$.digitized.file' IS NOT NULL";
        for sql in [pages, papers] {
            let mut query = self.0.prepare(sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let reference = Reference { hash: hash32(row, 0)?, listed: row.get(1)?, dossier: name(row, 2)? };
                if take(reference).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The commands that are not accepted yet, with the name of their dossier, those after number `after`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unsent(&self, after: i64, limit: u32) -> Result<Vec<(i64, String, Vec<u8>)>, Error> {
        let sql = "SELECT o.n, d.code, d.id, o.body FROM outbox o JOIN dossier d ON d.id = o.dossier \
                   WHERE o.state <> 'accepted' AND o.n > ?1 ORDER BY o.n LIMIT ?2";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((after, limit), |row| Ok((row.get(0)?, name(row, 1)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many dossiers there are, whatever their state.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_dossiers(&self) -> Result<u64, Error> {
        let count: i64 = self.0.prepare_cached("SELECT count(*) FROM dossier")?.query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Files whose bytes left this machine in a stretch of time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn gone_between(
        &self,
        from: DateTime<FixedOffset>,
        before: DateTime<FixedOffset>,
    ) -> Result<Vec<FileHash>, Error> {
        let sql = "SELECT hash FROM file WHERE purged_ms >= ?1 AND purged_ms < ?2";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((millis(from), millis(before)), |row| hash32(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Notes that a file was found bad, at the first time it was.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mark_bad(&self, hash: &FileHash, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let sql = "UPDATE file SET bad_ms = coalesce(bad_ms, ?2) WHERE hash = ?1";
        self.0.prepare_cached(sql)?.execute((hash.as_bytes(), millis(at)))?;
        Ok(())
    }

    /// Notes that a file was found whole again.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mark_whole(&self, hash: &FileHash) -> Result<(), Error> {
        self.0.prepare_cached("UPDATE file SET bad_ms = NULL WHERE hash = ?1")?.execute([hash.as_bytes()])?;
        Ok(())
    }
}

fn kept_file(row: &Row<'_>) -> rusqlite::Result<KeptFile> {
    let bytes: i64 = row.get(1)?;
    Ok(KeptFile { hash: hash32(row, 0)?, bytes: u64::try_from(bytes).unwrap_or_default(), bad: row.get(2)? })
}

/// What people call a dossier: its code in `column`, or before it has one the id in the next.
fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    match row.get(column)? {
        Some(code) => Ok(code),
        None => Ok(DossierId::from_bytes(id16(row, column + 1)?).to_string()),
    }
}
