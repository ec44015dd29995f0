//! The log of each dossier. Rows are added, never changed; the status is their fold.

use super::{id16, millis, time, word};
use crate::{Error, Reader, Writer};
use domain::{DossierId, Event, EventId, StaffId};

impl Reader<'_> {
    /// The log of `dossier`, oldest first.
    ///
    /// # Errors
    /// [`Error::Damaged`] when an entry does not read back.
    pub fn events(&self, dossier: DossierId) -> Result<Vec<Event>, Error> {
        let mut query = self
            .0
            .prepare_cached("SELECT id, kind, at_ms, staff, reason, due_ms FROM event WHERE dossier = ?1 ORDER BY n")?;
        let rows = query.query_map([dossier.as_bytes()], |row| {
            let due: Option<i64> = row.get(5)?;
            Ok((id16(row, 0)?, row.get::<_, String>(1)?, row.get(2)?, id16(row, 3)?, row.get(4)?, due))
        })?;
        rows.map(|row| {
            let (id, kind, at, by, reason, due) = row?;
            Ok(Event {
                id: EventId::from_bytes(id),
                kind: word(&kind)?,
                at: time(at)?,
                by: StaffId::from_bytes(by),
                reason,
                due: due.map(time).transpose()?,
            })
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Adds `event` to the log of `dossier`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_event(&self, dossier: DossierId, event: &Event) -> Result<(), Error> {
        let kind = serde_json::to_value(event.kind).map_err(|error| Error::Damaged(error.to_string()))?;
        self.0
            .prepare_cached(
                "INSERT INTO event (id, dossier, kind, at_ms, staff, reason, due_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                event.id.as_bytes(),
                dossier.as_bytes(),
                kind.as_str(),
                millis(event.at),
                event.by.as_bytes(),
                &event.reason,
                event.due.map(millis),
            ))?;
        Ok(())
    }
}
