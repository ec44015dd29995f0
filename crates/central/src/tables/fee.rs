//! `serial_lease` and `fee_receipt`: numbers of fee receipts, and what was paid with them.

use super::millis;
use crate::error::Error;
use chrono::{DateTime, FixedOffset};
use domain::{CommandId, OfficeCode, StationId};
use protocol::{SentFeeReceipt, SerialLease};
use rusqlite::{Connection, OptionalExtension, Transaction};

const LAST_LEASED: &str =
    "SELECT coalesce(max(last), 0) FROM serial_lease WHERE office = ?1 AND template = ?2 AND sign = ?3";
const LAST_USED: &str =
    "SELECT coalesce(max(serial), 0) FROM fee_receipt WHERE office = ?1 AND template = ?2 AND sign = ?3";
const HOLDER: &str = "SELECT station FROM serial_lease
    WHERE office = ?1 AND template = ?2 AND sign = ?3 AND ?4 BETWEEN first AND last";
const LEASE: &str = "INSERT INTO serial_lease (office, template, sign, first, last, station, granted_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const KNOWN: &str = "SELECT total, paid_at FROM fee_receipt
    WHERE office = ?1 AND template = ?2 AND sign = ?3 AND serial = ?4 LIMIT 1";
const PUT: &str = "INSERT INTO fee_receipt
    (office, template, sign, serial, dossier, total, share, method, paid_at, void_at, command)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    ON CONFLICT (office, template, sign, serial, dossier)
    DO UPDATE SET void_at = coalesce(void_at, excluded.void_at), command = excluded.command";

/// The highest number of a series that was leased or told of.
pub(crate) fn last_taken(db: &Connection, office: &OfficeCode, template: &str, sign: &str) -> Result<u32, Error> {
    let series = (office.as_str(), template, sign);
    let leased: u32 = db.prepare_cached(LAST_LEASED)?.query_row(series, |row| row.get(0))?;
    let used: u32 = db.prepare_cached(LAST_USED)?.query_row(series, |row| row.get(0))?;
    Ok(leased.max(used))
}

/// The station that holds a number.
pub(crate) fn holder(
    db: &Connection,
    office: &OfficeCode,
    receipt: &SentFeeReceipt,
) -> Result<Option<StationId>, Error> {
    let number = (office.as_str(), &receipt.template, &receipt.sign, receipt.serial);
    let found = db.prepare_cached(HOLDER)?.query_row(number, |row| row.get::<_, [u8; 16]>(0)).optional()?;
    Ok(found.map(StationId::from_bytes))
}

/// Keeps a block.
pub(crate) fn lease(
    tx: &Transaction<'_>,
    office: &OfficeCode,
    station: StationId,
    lease: &SerialLease,
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let id = station.as_bytes().as_slice();
    tx.execute(LEASE, (office.as_str(), &lease.template, &lease.sign, lease.first, lease.last, id, millis(now)))?;
    Ok(())
}

/// The sum and the time of whatever receipt has this number.
pub(crate) fn known(
    db: &Connection,
    office: &OfficeCode,
    receipt: &SentFeeReceipt,
) -> Result<Option<(i64, i64)>, Error> {
    let number = (office.as_str(), &receipt.template, &receipt.sign, receipt.serial);
    Ok(db.prepare_cached(KNOWN)?.query_row(number, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// What [`known`] answers for this very receipt.
pub(crate) fn told(receipt: &SentFeeReceipt) -> (i64, i64) {
    (receipt.total.value(), millis(receipt.paid_at))
}

/// Keeps what was paid for a dossier, and that it is void once it is.
pub(crate) fn put(
    tx: &Transaction<'_>,
    office: &OfficeCode,
    receipt: &SentFeeReceipt,
    command: CommandId,
) -> Result<(), Error> {
    let method = serde_json::to_value(receipt.method).map_err(|_| Error::Damaged("a method without a name"))?;
    tx.execute(
        PUT,
        (
            office.as_str(),
            &receipt.template,
            &receipt.sign,
            receipt.serial,
            receipt.dossier.as_bytes().as_slice(),
            receipt.total.value(),
            receipt.share.value(),
            method.as_str(),
            millis(receipt.paid_at),
            receipt.void.as_ref().map(|void| millis(void.at)),
            command.as_bytes().as_slice(),
        ),
    )?;
    Ok(())
}
