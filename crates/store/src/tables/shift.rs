//! Shifts at the drawer (ca thu tiền): at most one is open for a person; a closed one keeps what was counted.

use super::{id16, json, millis, time, to_json};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{Dong, StaffId};
use rusqlite::Params;
use serde::{Serialize, de::DeserializeOwned};

/// One shift. `T` is what was kept at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow<T> {
    /// Its number at this station.
    pub n: i64,
    /// Whose drawer.
    pub staff: StaffId,
    /// Its first moment.
    pub from: DateTime<FixedOffset>,
    /// The first moment after it; none while it is open.
    pub to: Option<DateTime<FixedOffset>>,
    /// The cash that lay in the drawer before.
    pub float: Dong,
    /// What was kept at its end.
    pub closed: Option<T>,
}

const SHIFT: &str = "SELECT n, staff, from_ms, to_ms, float, body FROM shift";

impl Reader<'_> {
    /// The open shift of a person.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn open_shift<T: DeserializeOwned>(&self, staff: StaffId) -> Result<Option<ShiftRow<T>>, Error> {
        Ok(self.shift_rows(&format!("{SHIFT} WHERE staff = ?1 AND to_ms IS NULL"), [staff.as_bytes()])?.pop())
    }

    /// The shift with that number.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn shift<T: DeserializeOwned>(&self, n: i64) -> Result<Option<ShiftRow<T>>, Error> {
        Ok(self.shift_rows(&format!("{SHIFT} WHERE n = ?1"), [n])?.pop())
    }

    /// The last shifts, newest first: everybody's, or one person's.
    ///
    /// # Errors
    /// [`Error::Damaged`] when one does not read back.
    pub fn shifts<T: DeserializeOwned>(&self, staff: Option<StaffId>, limit: u32) -> Result<Vec<ShiftRow<T>>, Error> {
        let sql = format!("{SHIFT} WHERE ?1 IS NULL OR staff = ?1 ORDER BY n DESC LIMIT ?2");
        self.shift_rows(&sql, (staff.as_ref().map(StaffId::as_bytes), limit))
    }

    fn shift_rows<T: DeserializeOwned>(&self, sql: &str, bound: impl Params) -> Result<Vec<ShiftRow<T>>, Error> {
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map(bound, |row| {
            let to: Option<i64> = row.get(3)?;
            let body: Option<String> = row.get(5)?;
            Ok((row.get(0)?, id16(row, 1)?, row.get(2)?, to, row.get(4)?, body))
        })?;
        rows.map(|row| {
            let (n, staff, from, to, float, body) = row?;
            Ok(ShiftRow {
                n,
                staff: StaffId::from_bytes(staff),
                from: time(from)?,
                to: to.map(time).transpose()?,
                float: Dong::new(float),
                closed: body.map(|body| json(&body)).transpose()?,
            })
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Opens a shift for a person who has none open; its number.
    ///
    /// # Errors
    /// When the database refuses, also where one is open.
    pub fn add_shift(&self, staff: StaffId, from: DateTime<FixedOffset>, float: Dong) -> Result<i64, Error> {
        let sql = "INSERT INTO shift (staff, from_ms, float) VALUES (?1, ?2, ?3)";
        self.0.prepare_cached(sql)?.execute((staff.as_bytes(), millis(from), float.value()))?;
        Ok(self.0.last_insert_rowid())
    }

    /// Sets the cash that lay in the drawer before an open shift.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_float(&self, n: i64, float: Dong) -> Result<(), Error> {
        let sql = "UPDATE shift SET float = ?2 WHERE n = ?1 AND to_ms IS NULL";
        self.0.prepare_cached(sql)?.execute((n, float.value()))?;
        Ok(())
    }

    /// Closes a shift with what was counted. False where it was closed before; then nothing changes.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn close_shift<T: Serialize>(&self, n: i64, to: DateTime<FixedOffset>, closed: &T) -> Result<bool, Error> {
        let sql = "UPDATE shift SET to_ms = ?2, body = ?3 WHERE n = ?1 AND to_ms IS NULL";
        Ok(self.0.prepare_cached(sql)?.execute((n, millis(to), to_json(closed)?))? == 1)
    }
}
