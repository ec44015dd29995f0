//! Who stands behind which accepted dossier, who may be offered what was told before, and whose identity was checked.

use super::{id16, json, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::identity::{CheckState, IdentityCheck};
use domain::{Dossier, DossierId, Seat, StaffId, Status};
use rusqlite::OptionalExtension;

const OF_NUMBER: &str = "SELECT d.id FROM party a JOIN dossier d ON d.n = a.dossier WHERE a.number = ?1 \
    GROUP BY a.dossier ORDER BY a.dossier DESC LIMIT ?2";

/// One check of one person, with the dossier it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The dossier.
    pub dossier: DossierId,
    /// Which of its people.
    pub seat: Seat,
    /// Where it stands.
    pub state: CheckState,
    /// Questions so far.
    pub attempts: u32,
    /// When it is asked again.
    pub next: Option<DateTime<FixedOffset>>,
    /// The rest.
    pub check: IdentityCheck,
}

impl Reader<'_> {
    /// The latest accepted dossiers in which this number stands, `limit` at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers_with(&self, number: &str, limit: u32) -> Result<Vec<DossierId>, Error> {
        let mut query = self.0.prepare_cached(OF_NUMBER)?;
        let rows = query.query_map((number, limit), |row| id16(row, 0))?;
        rows.map(|row| row.map(DossierId::from_bytes).map_err(Error::from)).collect()
    }

    /// What was said about offering again what is kept under this number; none where nobody was asked.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn consent(&self, number: &str) -> Result<Option<bool>, Error> {
        let mut query = self.0.prepare_cached("SELECT given FROM consent WHERE number = ?1")?;
        Ok(query.query_row([number], |row| row.get(0)).optional()?)
    }

    /// The checks of a dossier's people, the owner first.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn identity_checks(&self, dossier: DossierId) -> Result<Vec<CheckRow>, Error> {
        let sql = "SELECT d.id, i.seat, i.state, i.attempts, i.next_ms, i.body FROM identity_check i \
                   JOIN dossier d ON d.n = i.dossier WHERE d.id = ?1 ORDER BY i.seat";
        self.checks(sql, [dossier.as_bytes()])
    }

    /// The checks whose time has come, the longest waiting first.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn identity_checks_due(&self, now: DateTime<FixedOffset>, limit: u32) -> Result<Vec<CheckRow>, Error> {
        let sql = "SELECT d.id, i.seat, i.state, i.attempts, i.next_ms, i.body FROM identity_check i \
                   JOIN dossier d ON d.n = i.dossier WHERE i.state = 'unchecked' AND i.next_ms IS NOT NULL \
                   AND i.next_ms <= ?1 ORDER BY i.next_ms LIMIT ?2";
        self.checks(sql, (millis(now), limit))
    }

    fn checks(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<CheckRow>, Error> {
        type Raw = ([u8; 16], String, String, u32, Option<i64>, String);
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map(params, |row| -> rusqlite::Result<Raw> {
            Ok((id16(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?;
        rows.map(|row| {
            let (dossier, seat, state, attempts, next, body) = row?;
            Ok(CheckRow {
                dossier: DossierId::from_bytes(dossier),
                seat: word(&seat)?,
                state: word(&state)?,
                attempts,
                next: next.map(time).transpose()?,
                check: json(&body)?,
            })
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Notes what was said about offering again what is kept under this number.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_consent(
        &self,
        number: &str,
        given: bool,
        at: DateTime<FixedOffset>,
        staff: StaffId,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO consent (number, given, at_ms, staff) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (number) \
                   DO UPDATE SET given = excluded.given, at_ms = excluded.at_ms, staff = excluded.staff";
        self.0.prepare_cached(sql)?.execute((number, given, millis(at), staff.as_bytes()))?;
        Ok(())
    }

    /// Keeps a check as it is now.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_identity_check(&self, row: &CheckRow) -> Result<(), Error> {
        let sql = "INSERT INTO identity_check (dossier, seat, state, attempts, next_ms, body) \
                   SELECT n, ?2, ?3, ?4, ?5, ?6 FROM dossier WHERE id = ?1 ON CONFLICT (dossier, seat) DO UPDATE SET \
                   state = excluded.state, attempts = excluded.attempts, next_ms = excluded.next_ms, body = excluded.body";
        self.0.prepare_cached(sql)?.execute((
            row.dossier.as_bytes(),
            row.seat.as_str(),
            row.state.as_str(),
            row.attempts,
            row.next.map(millis),
            to_json(&row.check)?,
        ))?;
        Ok(())
    }

    /// Files an accepted dossier under the numbers of its people. A draft is nobody's yet.
    pub(super) fn file_under_numbers(&self, n: i64, dossier: &Dossier) -> Result<(), Error> {
        if matches!(dossier.status, Status::Draft | Status::Discarded) {
            return Ok(());
        }
        let representative = dossier.representative.as_ref().map(|one| one.person.id_number.as_str());
        let numbers = [(Seat::Owner, dossier.applicant.number()), (Seat::Representative, representative.unwrap_or(""))];
        for (seat, number) in numbers.into_iter().filter(|(_, number)| !number.is_empty()) {
            let sql = "INSERT OR IGNORE INTO party (number, dossier, seat) VALUES (?1, ?2, ?3)";
            self.0.prepare_cached(sql)?.execute((number, n, seat.as_str()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked while somebody types, on stations of a million dossiers.
    #[test]
    fn a_number_and_what_is_open_are_found_by_an_index() {
        let connection = crate::migrate::empty();
        let open = "SELECT dossier FROM identity_check WHERE state IN ('unchecked', 'mismatched') ORDER BY dossier DESC LIMIT 5";
        for (sql, params) in [(OF_NUMBER, 2), (open, 0)] {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let values = rusqlite::params_from_iter(["099", "5"].into_iter().take(params));
            let steps: Vec<String> = plan.query_map(values, |row| row.get(3)).unwrap().flatten().collect();
            // The partial index holds what is open and nothing else, in the order asked for.
            let by_index = |step: &String| step.starts_with("SEARCH") || step.ends_with("INDEX identity_check_open");
            assert!(steps.iter().all(by_index), "{sql}: {steps:?}");
        }
    }
}
