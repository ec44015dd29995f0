//! What the office did to its working calendar. Rows are added, never changed; the calendar in force is their fold.

use super::{id16, json, millis, time, to_json};
use crate::{Error, Reader, Writer};
use domain::{CalendarChange, DossierId, EventId, StaffId};

impl Reader<'_> {
    /// Every change, oldest first.
    ///
    /// # Errors
    /// [`Error::Damaged`] when one does not read back.
    pub fn calendar_changes(&self) -> Result<Vec<CalendarChange>, Error> {
        let sql = "SELECT id, at_ms, staff, reason, change FROM calendar_change ORDER BY n";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([], |row| {
            Ok((id16(row, 0)?, row.get(1)?, id16(row, 2)?, row.get(3)?, row.get::<_, String>(4)?))
        })?;
        rows.map(|row| {
            let (id, at, by, reason, change) = row?;
            Ok(CalendarChange {
                id: EventId::from_bytes(id),
                at: time(at)?,
                by: StaffId::from_bytes(by),
                reason,
                change: json(&change)?,
            })
        })
        .collect()
    }

    /// The dossiers whose result is still owed, the earliest due first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn owed_dossiers(&self) -> Result<Vec<DossierId>, Error> {
        let sql = "SELECT id FROM dossier WHERE status IN ('received', 'processing', 'supplement', 'finance', 'stopped') \
                   AND received_ms IS NOT NULL ORDER BY due_ms, n";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([], |row| id16(row, 0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().map(DossierId::from_bytes).collect())
    }
}

impl Writer<'_> {
    /// Adds a change.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_calendar_change(&self, change: &CalendarChange) -> Result<(), Error> {
        let sql = "INSERT INTO calendar_change (id, at_ms, staff, reason, change) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.0.prepare_cached(sql)?.execute((
            change.id.as_bytes(),
            millis(change.at),
            change.by.as_bytes(),
            &change.reason,
            to_json(&change.change)?,
        ))?;
        Ok(())
    }
}
