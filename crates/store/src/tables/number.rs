//! Numbers for dossier codes: taken from leased blocks, inside the transaction that uses them.
//!
//! A number taken in a transaction that fails is not taken: nothing is burnt (T-49).

use crate::{Error, Reader, Writer};
use chrono::NaiveDate;

/// A block of daily numbers that belongs to this station alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// First number of each day.
    pub first: u32,
    /// Last number of each day.
    pub last: u32,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Block 0 of the table counts provisional codes.
const PROVISIONAL: i64 = 0;

impl Reader<'_> {
    /// How many numbers are left on `day`; none when no block covers it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn numbers_left(&self, day: NaiveDate) -> Result<Option<u32>, Error> {
        let sql = "SELECT sum(l.last - coalesce(u.last, l.first - 1)) FROM lease l \
                   LEFT JOIN number u ON u.lease = l.n AND u.day = ?1 WHERE l.from_day <= ?1 AND l.to_day >= ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([day.to_string()], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Takes the next leased number of `day`; none when every block is used up or none covers it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn take_number(&self, day: NaiveDate) -> Result<Option<u32>, Error> {
        let sql = "SELECT l.n, coalesce(u.last, l.first - 1) + 1 FROM lease l \
                   LEFT JOIN number u ON u.lease = l.n AND u.day = ?1 \
                   WHERE l.from_day <= ?1 AND l.to_day >= ?1 AND coalesce(u.last, l.first - 1) < l.last ORDER BY l.n LIMIT 1";
        let mut query = self.0.prepare_cached(sql)?;
        let mut rows = query.query([day.to_string()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (lease, number): (i64, u32) = (row.get(0)?, row.get(1)?);
        self.use_number(day, lease, number)?;
        Ok(Some(number))
    }

    /// Takes the next provisional number of `day`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn take_provisional_number(&self, day: NaiveDate) -> Result<u32, Error> {
        let sql = "SELECT coalesce(max(last), 0) + 1 FROM number WHERE day = ?1 AND lease = ?2";
        let number = self.0.prepare_cached(sql)?.query_row((day.to_string(), PROVISIONAL), |row| row.get(0))?;
        self.use_number(day, PROVISIONAL, number)?;
        Ok(number)
    }

    fn use_number(&self, day: NaiveDate, lease: i64, number: u32) -> Result<(), Error> {
        let sql = "INSERT INTO number (day, lease, last) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (day, lease) DO UPDATE SET last = excluded.last";
        self.0.prepare_cached(sql)?.execute((day.to_string(), lease, number))?;
        Ok(())
    }

    /// Gives up every block, at a new enrolment. What was given out of them stays noted.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end_leases(&self) -> Result<(), Error> {
        self.0.execute("UPDATE lease SET to_day = '0001-01-01'", [])?;
        Ok(())
    }

    /// Keeps a block that the central system gave.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_lease(&self, lease: &Lease) -> Result<(), Error> {
        let sql = "INSERT INTO lease (first, last, from_day, to_day) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (first, last, from_day, to_day) DO NOTHING";
        self.0.prepare_cached(sql)?.execute((lease.first, lease.last, lease.from.to_string(), lease.to.to_string()))?;
        Ok(())
    }
}
