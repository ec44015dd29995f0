//! Members of staff. The role stands here, inside the encryption, not in the key file.

use super::{id16, word};
use crate::{Error, Reader, Writer};
use domain::{Staff, StaffId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str = "id, login, name, role, active";

impl Reader<'_> {
    /// The member of staff who signs in as `login`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn staff_by_login(&self, login: &str) -> Result<Option<Staff>, Error> {
        let mut query = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE login = ?1"))?;
        query.query_row([login], raw).optional()?.map(build).transpose()
    }

    /// The member of staff `id`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn staff(&self, id: StaffId) -> Result<Option<Staff>, Error> {
        let mut query = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM staff WHERE id = ?1"))?;
        query.query_row([id.as_bytes()], raw).optional()?.map(build).transpose()
    }

    /// Everybody who works or ever worked here, by login.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn all_staff(&self) -> Result<Vec<Staff>, Error> {
        let mut query = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM staff ORDER BY login"))?;
        let rows = query.query_map([], raw)?;
        rows.map(|row| build(row?)).collect()
    }
}

impl Writer<'_> {
    /// Adds a member of staff, or changes the one with this id.
    ///
    /// # Errors
    /// When the login is another's.
    pub fn put_staff(&self, staff: &Staff) -> Result<(), Error> {
        let sql = "INSERT INTO staff (id, login, name, role, active) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET \
                   login = excluded.login, name = excluded.name, role = excluded.role, active = excluded.active";
        self.0.prepare_cached(sql)?.execute((
            staff.id.as_bytes(),
            &staff.login,
            &staff.name,
            staff.role.as_str(),
            staff.active,
        ))?;
        Ok(())
    }
}

type Raw = ([u8; 16], String, String, String, bool);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((id16(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn build((id, login, name, role, active): Raw) -> Result<Staff, Error> {
    Ok(Staff { id: StaffId::from_bytes(id), login, name, role: word(&role)?, active })
}
