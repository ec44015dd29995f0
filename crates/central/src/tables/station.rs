//! `station`: who may speak, and the hash of what it says to prove it.

use super::{count_from, millis, office_from};
use crate::error::Error;
use chrono::{DateTime, FixedOffset};
use domain::{OfficeCode, StationId};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// An enrolled station (máy trạm đã ghi danh).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its id.
    pub id: StationId,
    /// The office it belongs to.
    pub office: OfficeCode,
}

const FIND: &str = "SELECT office, secret_hash FROM station WHERE id = ?1";
const COUNT: &str = "SELECT count(*) FROM station";
const ADD: &str = "INSERT INTO station (id, office, name, secret_hash, enrolled_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (id) DO UPDATE SET name = ?3, secret_hash = ?4, enrolled_at = ?5";

const IS_FORMER: &str = "SELECT 1 FROM former WHERE station = ?1 AND former = ?2";
const ADD_FORMER: &str = "INSERT OR IGNORE INTO former (station, former) VALUES (?1, ?2)";
const INHERIT: &str = "INSERT OR IGNORE INTO former (station, former) SELECT ?1, former FROM former WHERE station = ?2";

/// Whether `station` spoke as `former` before.
pub(crate) fn was(db: &Connection, station: StationId, former: StationId) -> Result<bool, Error> {
    let ids = (station.as_bytes().as_slice(), former.as_bytes().as_slice());
    Ok(db.prepare_cached(IS_FORMER)?.exists(ids)?)
}

/// Notes that `station` spoke as `former` before, and as whoever that was before.
pub(crate) fn add_former(tx: &Transaction<'_>, station: StationId, former: StationId) -> Result<(), Error> {
    let ids = (station.as_bytes().as_slice(), former.as_bytes().as_slice());
    tx.execute(ADD_FORMER, ids)?;
    tx.execute(INHERIT, ids)?;
    Ok(())
}

/// The station `id` and the hash of its secret.
pub(crate) fn find(db: &Connection, id: StationId) -> Result<Option<(Station, [u8; 32])>, Error> {
    let row = db
        .prepare_cached(FIND)?
        .query_row([id.as_bytes().as_slice()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(office, hash)| Ok((Station { id, office: office_from(&office)? }, hash))).transpose()
}

/// The number of enrolled stations.
pub(crate) fn count(db: &Connection) -> Result<u64, Error> {
    Ok(count_from(db.query_row(COUNT, [], |row| row.get(0))?))
}

/// Keeps a station; one that enrolls again gets its new secret and keeps its office.
pub(crate) fn put(
    tx: &Transaction<'_>,
    station: &Station,
    name: &str,
    secret_hash: &[u8; 32],
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let id = station.id.as_bytes().as_slice();
    tx.execute(ADD, (id, station.office.as_str(), name, secret_hash.as_slice(), millis(now)))?;
    Ok(())
}
