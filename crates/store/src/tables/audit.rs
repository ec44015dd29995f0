//! Who did what, chained by hash (nhật ký): a row that is changed or taken out breaks the chain after it.
//!
//! Objects are ids and form names, never names or identity numbers of citizens.

use super::millis;
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::StaffId;
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

/// The outcome of walking the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainCheck {
    /// Entries walked.
    pub entries: u64,
    /// Number of the first entry that does not follow from the one before.
    pub first_broken: Option<i64>,
}

impl Reader<'_> {
    /// Walks the whole chain.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn verify_audit(&self) -> Result<ChainCheck, Error> {
        let mut query = self.0.prepare("SELECT n, at_ms, staff, action, object, prev, hash FROM audit ORDER BY n")?;
        let mut rows = query.query([])?;
        let mut before = [0_u8; 32];
        let mut check = ChainCheck { entries: 0, first_broken: None };
        while let Some(row) = rows.next()? {
            let n: i64 = row.get(0)?;
            let staff: Option<[u8; 16]> = row.get(2)?;
            let (action, object): (String, String) = (row.get(3)?, row.get(4)?);
            let (prev, hash): ([u8; 32], [u8; 32]) = (row.get(5)?, row.get(6)?);
            let expected = link(&before, n, row.get(1)?, staff.as_ref(), &action, &object);
            check.entries += 1;
            if check.first_broken.is_none()
                && (prev != before || hash != expected || n != i64::try_from(check.entries).unwrap_or(i64::MAX))
            {
                check.first_broken = Some(n);
            }
            before = hash;
        }
        Ok(check)
    }
}

impl Writer<'_> {
    /// Adds an entry. Belongs in the transaction of what it tells of.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn log(
        &self,
        at: DateTime<FixedOffset>,
        staff: Option<StaffId>,
        action: &str,
        object: &str,
    ) -> Result<(), Error> {
        let last = self
            .0
            .prepare_cached("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)));
        let (n, prev) = last.optional()?.unwrap_or((0, [0; 32]));
        let staff = staff.as_ref().map(StaffId::as_bytes);
        let hash = link(&prev, n + 1, millis(at), staff, action, object);
        self.0
            .prepare_cached(
                "INSERT INTO audit (n, at_ms, staff, action, object, prev, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((n + 1, millis(at), staff, action, object, prev, hash))?;
        Ok(())
    }
}

fn link(prev: &[u8; 32], n: i64, at: i64, staff: Option<&[u8; 16]>, action: &str, object: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(prev);
    digest.update(n.to_le_bytes());
    digest.update(at.to_le_bytes());
    digest.update(staff.unwrap_or(&[0; 16]));
    // Lengths keep two fields from sliding into each other.
    for field in [action, object] {
        digest.update((field.len() as u64).to_le_bytes());
        digest.update(field);
    }
    digest.finalize().into()
}
