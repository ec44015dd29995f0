//! Limits that the office set by hand, where a publication names none.

use super::{id16, millis, time};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{Limit, StaffId};

/// One limit set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandLimit {
    /// Code of the procedure.
    pub code: String,
    /// Id of the case.
    pub case: String,
    /// The limit.
    pub limit: Limit,
    /// Why it is this one.
    pub reason: String,
    /// Who set it.
    pub staff: StaffId,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Reader<'_> {
    /// The limits set by hand, of one procedure or of all.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn hand_limits(&self, code: Option<&str>) -> Result<Vec<HandLimit>, Error> {
        let sql = "SELECT code, case_id, limit_of, reason, staff, at_ms FROM procedure_limit \
                   WHERE ?1 IS NULL OR code = ?1 ORDER BY code, case_id";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map([code], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?, id16(row, 4)?, row.get(5)?))
        })?;
        rows.map(|row| {
            let (code, case, limit, reason, staff, at): (_, _, String, _, _, _) = row?;
            let limit = limit.parse().map_err(|_| Error::Damaged("a limit set by hand".into()))?;
            Ok(HandLimit { code, case, limit, reason, staff: StaffId::from_bytes(staff), at: time(at)? })
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Sets the limit of a case, or another one in its place.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_hand_limit(&self, set: &HandLimit) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO procedure_limit (code, case_id, limit_of, reason, staff, at_ms) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let limit = set.limit.to_string();
        self.0.prepare_cached(sql)?.execute((
            &set.code,
            &set.case,
            limit,
            &set.reason,
            set.staff.as_bytes(),
            millis(set.at),
        ))?;
        Ok(())
    }

    /// Takes a limit set by hand away; true where there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn drop_hand_limit(&self, code: &str, case: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM procedure_limit WHERE code = ?1 AND case_id = ?2";
        Ok(self.0.prepare_cached(sql)?.execute((code, case))? > 0)
    }
}
