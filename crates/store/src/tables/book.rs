//! The tracking book: every accepted dossier has its number in the year, given once, without a gap (D§2.1).

use super::{id16, millis};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::DossierId;
use rusqlite::OptionalExtension;

impl Reader<'_> {
    /// The dossier's year and number in the book.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn book_number(&self, dossier: DossierId) -> Result<Option<(i32, u32)>, Error> {
        let mut query = self.0.prepare_cached("SELECT year, number FROM book_entry WHERE dossier = ?1")?;
        Ok(query.query_row([dossier.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The entries of dossiers received in a stretch of time, in the order of the book, `limit` at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn book(
        &self,
        from: DateTime<FixedOffset>,
        before: DateTime<FixedOffset>,
        limit: u32,
    ) -> Result<Vec<(u32, DossierId)>, Error> {
        let sql = "SELECT b.number, b.dossier FROM dossier d JOIN book_entry b ON b.dossier = d.id \
                   WHERE d.received_ms >= ?1 AND d.received_ms < ?2 ORDER BY b.year, b.number LIMIT ?3";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((millis(from), millis(before), limit), |row| Ok((row.get(0)?, id16(row, 1)?)))?;
        rows.map(|row| row.map(|(number, id)| (number, DossierId::from_bytes(id))).map_err(Error::from)).collect()
    }

    /// The dossiers whose handling was finished in a stretch of time, in that order, `limit` at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn finished_between(
        &self,
        from: DateTime<FixedOffset>,
        before: DateTime<FixedOffset>,
        limit: u32,
    ) -> Result<Vec<DossierId>, Error> {
        let sql = "SELECT dossier FROM event WHERE kind = 'done' AND at_ms >= ?1 AND at_ms < ?2 \
                   GROUP BY dossier ORDER BY max(at_ms), max(n) LIMIT ?3";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((millis(from), millis(before), limit), |row| id16(row, 0))?;
        rows.map(|row| row.map(DossierId::from_bytes).map_err(Error::from)).collect()
    }
}

impl Writer<'_> {
    /// Enters a dossier into the book of `year`, under the next number. One that stands in it keeps its number.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn enter_in_book(&self, dossier: DossierId, year: i32) -> Result<(), Error> {
        let sql = "INSERT INTO book_entry (year, number, dossier) \
                   SELECT ?1, coalesce((SELECT max(number) FROM book_entry WHERE year = ?1), 0) + 1, ?2 \
                   WHERE NOT EXISTS (SELECT 1 FROM book_entry WHERE dossier = ?2)";
        self.0.prepare_cached(sql)?.execute((year, dossier.as_bytes()))?;
        Ok(())
    }
}
