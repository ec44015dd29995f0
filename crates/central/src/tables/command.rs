//! `command`: every accepted command byte for byte, with the answer it got and gets again.

use super::millis;
use crate::error::Error;
use domain::{CommandId, FileHash, StationId};
use protocol::Acceptance;
use rusqlite::{Connection, OptionalExtension, Transaction};

const FIND: &str = "SELECT body_sha256, acceptance FROM command WHERE id = ?1";
const ADD: &str = "INSERT INTO command (id, body_sha256, body, station, acceptance, accepted_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// The hash of the body that `id` was first used with, and the answer.
pub(crate) fn find(db: &Connection, id: CommandId) -> Result<Option<(FileHash, Acceptance)>, Error> {
    let row = db
        .prepare_cached(FIND)?
        .query_row([id.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    row.map(|(hash, acceptance)| {
        let acceptance = serde_json::from_str(&acceptance).map_err(|_| Error::Damaged("a stored acceptance"))?;
        Ok((FileHash::from_bytes(hash), acceptance))
    })
    .transpose()
}

/// Keeps an accepted command.
pub(crate) fn add(tx: &Transaction<'_>, body: &[u8], station: StationId, acceptance: &Acceptance) -> Result<(), Error> {
    let text = serde_json::to_string(acceptance).map_err(|_| Error::Damaged("an acceptance"))?;
    tx.execute(
        ADD,
        (
            acceptance.command.as_bytes().as_slice(),
            acceptance.body_sha256.as_bytes().as_slice(),
            body,
            station.as_bytes().as_slice(),
            text,
            millis(acceptance.accepted_at),
        ),
    )?;
    Ok(())
}
