//! `dossier`: one row for each dossier, whatever the number of commands about it; its official code is unique.

use super::{count_from, day_number, millis, time};
use crate::error::Error;
use chrono::{NaiveDate, TimeDelta};
use domain::{CommandId, DossierCode, DossierId, OfficeCode, StationId, Twin};
use protocol::DossierReceived;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// An official code, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) code: DossierCode,
    pub(crate) day: NaiveDate,
    pub(crate) number: u32,
}

const FIND: &str = "SELECT office, code FROM dossier WHERE id = ?1";
const OWNER: &str = "SELECT id FROM dossier WHERE office = ?1 AND day = ?2 AND number = ?3";
const LAST_USED: &str = "SELECT max(number) FROM dossier
    WHERE office = ?1 AND day BETWEEN ?2 AND ?3 AND number BETWEEN ?4 AND ?5";
const COUNT: &str = "SELECT count(*) FROM dossier";
const ADD: &str = "INSERT INTO dossier
    (id, office, day, number, code, sent_code, procedure, received_at, due_at, command, person)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const TWINS: &str = "SELECT d.id, d.code, d.received_at, s.name FROM dossier d
    JOIN command c ON c.id = d.command JOIN station s ON s.id = c.station
    WHERE d.person = ?1 AND d.procedure = ?2 AND d.received_at BETWEEN ?3 AND ?4 AND c.station <> ?5
    ORDER BY d.received_at DESC LIMIT 10";
const RENEW: &str = "UPDATE dossier SET procedure = ?2, received_at = ?3, due_at = ?4, command = ?5 WHERE id = ?1";

/// The office and official code of a known dossier.
pub(crate) fn find(db: &Connection, id: DossierId) -> Result<Option<(String, DossierCode)>, Error> {
    let row = db
        .prepare_cached(FIND)?
        .query_row([id.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(row.map(|(office, code)| (office, DossierCode::from_stored(code))))
}

/// The dossier that has this number on this day.
pub(crate) fn owner(
    db: &Connection,
    office: &OfficeCode,
    day: NaiveDate,
    number: u32,
) -> Result<Option<DossierId>, Error> {
    let row =
        db.prepare_cached(OWNER)?.query_row((office.as_str(), day_number(day), number), |row| row.get(0)).optional()?;
    Ok(row.map(DossierId::from_bytes))
}

/// The largest number from `first` to `last` that a dossier has on any of the days.
pub(crate) fn last_used(
    db: &Connection,
    office: &OfficeCode,
    (from, to): (NaiveDate, NaiveDate),
    (first, last): (u32, u32),
) -> Result<Option<u32>, Error> {
    let range = (office.as_str(), day_number(from), day_number(to), first, last);
    Ok(db.prepare_cached(LAST_USED)?.query_row(range, |row| row.get(0))?)
}

/// The number of dossiers.
pub(crate) fn count(db: &Connection) -> Result<u64, Error> {
    Ok(count_from(db.query_row(COUNT, [], |row| row.get(0))?))
}

/// Keeps a new dossier under its official code.
pub(crate) fn add(
    tx: &Transaction<'_>,
    received: &DossierReceived,
    official: &Numbered,
    command: CommandId,
) -> Result<(), Error> {
    tx.execute(
        ADD,
        (
            received.dossier.as_bytes().as_slice(),
            received.office.code.as_str(),
            day_number(official.day),
            official.number,
            official.code.as_str(),
            received.code.as_str(),
            &received.procedure,
            millis(received.received_at),
            millis(received.due_at),
            command.as_bytes().as_slice(),
            received.applicant.person_key().map(|person| person.to_string()),
        ),
    )?;
    Ok(())
}

/// What stations other than `station` received of the same person for the same procedure, within `days` either way.
pub(crate) fn twins(
    db: &Connection,
    received: &DossierReceived,
    station: StationId,
    days: i64,
) -> Result<Vec<Twin>, Error> {
    let Some(person) = received.applicant.person_key() else { return Ok(Vec::new()) };
    let at = |days| millis(received.received_at + TimeDelta::days(days));
    let mut query = db.prepare_cached(TWINS)?;
    let rows = query.query_map(
        (person.to_string(), &received.procedure, at(-days), at(days), station.as_bytes().as_slice()),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    rows.map(|row| {
        let (id, code, at, station) = row?;
        let received_at = time(at)?;
        Ok(Twin { dossier: DossierId::from_bytes(id), code: DossierCode::from_stored(code), received_at, station })
    })
    .collect()
}

/// Takes what a later command says of a known dossier; its code stays.
pub(crate) fn renew(tx: &Transaction<'_>, received: &DossierReceived, command: CommandId) -> Result<(), Error> {
    tx.execute(
        RENEW,
        (
            received.dossier.as_bytes().as_slice(),
            &received.procedure,
            millis(received.received_at),
            millis(received.due_at),
            command.as_bytes().as_slice(),
        ),
    )?;
    Ok(())
}
