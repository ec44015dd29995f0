//! `event`: the steps in each dossier's life after it was received. Rows are added, never changed.

use super::millis;
use crate::error::Error;
use domain::{CommandId, DossierId, EventKind};
use protocol::DossierMoved;
use rusqlite::{Connection, Transaction};

const STEPS: &str = "SELECT step FROM event WHERE dossier = ?1 ORDER BY n";
const ADD: &str =
    "INSERT INTO event (id, dossier, step, at, reason, clerk, command) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const DUE: &str = "UPDATE dossier SET due_at = ?2 WHERE id = ?1";

/// The steps of a dossier since it was received, oldest first.
pub(crate) fn steps(db: &Connection, dossier: DossierId) -> Result<Vec<EventKind>, Error> {
    let mut query = db.prepare_cached(STEPS)?;
    let rows = query.query_map([dossier.as_bytes().as_slice()], |row| row.get::<_, String>(0))?;
    rows.map(|row| serde_json::from_value(row?.into()).map_err(|_| Error::Damaged("a stored step"))).collect()
}

/// Keeps a step, and the due date that it moved.
pub(crate) fn add(tx: &Transaction<'_>, moved: &DossierMoved, command: CommandId) -> Result<(), Error> {
    let step = serde_json::to_value(moved.step).map_err(|_| Error::Damaged("a step without a name"))?;
    let dossier = moved.dossier.as_bytes().as_slice();
    tx.execute(
        ADD,
        (
            moved.event.as_bytes().as_slice(),
            dossier,
            step.as_str(),
            millis(moved.at),
            &moved.reason,
            &moved.clerk,
            command.as_bytes().as_slice(),
        ),
    )?;
    if let Some(due) = moved.due_at {
        tx.execute(DUE, (dossier, millis(due)))?;
    }
    Ok(())
}
