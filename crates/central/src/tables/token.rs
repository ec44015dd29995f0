//! `token`: one-time enrolment tokens, hashed.

use super::{millis, office_from};
use crate::error::Error;
use chrono::{DateTime, FixedOffset};
use domain::OfficeCode;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A token that was made and not used yet.
pub(crate) struct Token {
    pub(crate) hash: [u8; 32],
    pub(crate) office: OfficeCode,
    pub(crate) station: String,
}

const FIND: &str = "SELECT hash, office, station FROM token WHERE id = ?1 AND used_at IS NULL AND expires_at > ?2";
const ADD: &str = "INSERT INTO token (id, hash, office, station, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)";
const USE: &str = "UPDATE token SET used_at = ?2 WHERE id = ?1";

/// The token `id`, when it can still be used at `now`.
pub(crate) fn usable(db: &Connection, id: &[u8; 8], now: DateTime<FixedOffset>) -> Result<Option<Token>, Error> {
    let row = db
        .prepare_cached(FIND)?
        .query_row((id.as_slice(), millis(now)), |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))
        .optional()?;
    row.map(|(hash, office, station)| Ok(Token { hash, office: office_from(&office)?, station })).transpose()
}

/// Keeps a new token.
pub(crate) fn add(
    tx: &Transaction<'_>,
    id: &[u8; 8],
    token: &Token,
    expires: DateTime<FixedOffset>,
) -> Result<(), Error> {
    tx.execute(ADD, (id.as_slice(), token.hash.as_slice(), token.office.as_str(), &token.station, millis(expires)))?;
    Ok(())
}

/// Marks a token as used.
pub(crate) fn mark_used(tx: &Transaction<'_>, id: &[u8; 8], now: DateTime<FixedOffset>) -> Result<(), Error> {
    tx.execute(USE, (id.as_slice(), millis(now)))?;
    Ok(())
}
