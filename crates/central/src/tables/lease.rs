//! `lease`: blocks of daily numbers, never two of one office with a number in common on any day (T-49).

use super::{day_from, day_number, millis};
use crate::error::Error;
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::{OfficeCode, StationId};
use protocol::NumberLease;
use rusqlite::{Connection, OptionalExtension, Transaction};

const LAST_TAKEN: &str =
    "SELECT coalesce(max(last), 0) FROM lease WHERE office = ?1 AND to_day >= ?2 AND from_day <= ?3";
const HOLDER: &str = "SELECT station FROM lease
    WHERE office = ?1 AND to_day >= ?2 AND from_day <= ?2 AND ?3 BETWEEN first AND last";
const OWN: &str = "SELECT first, last, from_day, to_day FROM lease
    WHERE office = ?1 AND station IS NULL AND to_day >= ?2 AND from_day <= ?2 ORDER BY first DESC LIMIT 1";
const ADD: &str = "INSERT INTO lease (office, station, first, last, from_day, to_day, granted_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Who holds a number on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// No block has it.
    Nobody,
    /// A block of the central system's own, for provisional dossiers.
    Central,
    /// A block of this station.
    Station(StationId),
}

/// The last number that any block of `office` holds on any of the days.
pub(crate) fn last_taken(db: &Connection, office: &OfficeCode, from: NaiveDate, to: NaiveDate) -> Result<u32, Error> {
    let days = (office.as_str(), day_number(from), day_number(to));
    Ok(db.prepare_cached(LAST_TAKEN)?.query_row(days, |row| row.get(0))?)
}

/// Who holds `number` on `day`.
pub(crate) fn holder(db: &Connection, office: &OfficeCode, day: NaiveDate, number: u32) -> Result<Holder, Error> {
    let found = db
        .prepare_cached(HOLDER)?
        .query_row((office.as_str(), day_number(day), number), |row| row.get::<_, Option<[u8; 16]>>(0))
        .optional()?;
    Ok(match found {
        None => Holder::Nobody,
        Some(None) => Holder::Central,
        Some(Some(station)) => Holder::Station(StationId::from_bytes(station)),
    })
}

/// The newest block of the central system's own on `day`.
pub(crate) fn own(db: &Connection, office: &OfficeCode, day: NaiveDate) -> Result<Option<NumberLease>, Error> {
    let row = db
        .prepare_cached(OWN)?
        .query_row((office.as_str(), day_number(day)), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    row.map(|(first, last, from, to)| Ok(NumberLease { first, last, from: day_from(from)?, to: day_from(to)? }))
        .transpose()
}

/// Keeps a block; without a station it is the central system's own.
pub(crate) fn add(
    tx: &Transaction<'_>,
    office: &OfficeCode,
    station: Option<StationId>,
    lease: &NumberLease,
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let station = station.map(|station| station.as_bytes().to_vec());
    let (from, to) = (day_number(lease.from), day_number(lease.to));
    tx.execute(ADD, (office.as_str(), station, lease.first, lease.last, from, to, millis(now)))?;
    Ok(())
}
