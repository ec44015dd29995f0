//! `turn`: the hash of what each station has to show next, and of what it showed last.

use crate::error::Error;
use domain::StationId;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// What a station may show.
pub(crate) struct Turns {
    pub(crate) current: [u8; 32],
    pub(crate) before: Option<[u8; 32]>,
}

const FIND: &str = "SELECT current, before FROM turn WHERE station = ?1";
const PUT: &str = "INSERT INTO turn (station, current, before) VALUES (?1, ?2, ?3)
    ON CONFLICT (station) DO UPDATE SET current = ?2, before = ?3";
const FORGET: &str = "DELETE FROM turn WHERE station = ?1";
const MARK: &str = "UPDATE station SET cloned = ?2 WHERE id = ?1";
const IS_CLONED: &str = "SELECT cloned FROM station WHERE id = ?1";

pub(crate) fn find(db: &Connection, station: StationId) -> Result<Option<Turns>, Error> {
    let row = db
        .prepare_cached(FIND)?
        .query_row([station.as_bytes().as_slice()], |row| Ok(Turns { current: row.get(0)?, before: row.get(1)? }));
    Ok(row.optional()?)
}

pub(crate) fn put(tx: &Transaction<'_>, station: StationId, turns: &Turns) -> Result<(), Error> {
    let before = turns.before.as_ref().map(<[u8; 32]>::as_slice);
    tx.execute(PUT, (station.as_bytes().as_slice(), turns.current.as_slice(), before))?;
    Ok(())
}

/// A fresh enrolment starts over.
pub(crate) fn forget(tx: &Transaction<'_>, station: StationId) -> Result<(), Error> {
    tx.execute(FORGET, [station.as_bytes().as_slice()])?;
    tx.execute(MARK, (station.as_bytes().as_slice(), false))?;
    Ok(())
}

pub(crate) fn mark_cloned(tx: &Transaction<'_>, station: StationId) -> Result<(), Error> {
    tx.execute(MARK, (station.as_bytes().as_slice(), true))?;
    Ok(())
}

pub(crate) fn is_cloned(db: &Connection, station: StationId) -> Result<bool, Error> {
    Ok(db.prepare_cached(IS_CLONED)?.query_row([station.as_bytes().as_slice()], |row| row.get(0))?)
}
