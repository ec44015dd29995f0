//! Members of staff. The role stands here, inside the encryption, not in the key file.

use super::{id16, word};
use crate::{Error, Reader, Writer};
use domain::{Staff, StaffId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str = "id, login, name, role";

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
}

impl Writer<'_> {
    /// Adds a member of staff.
    ///
    /// # Errors
    /// When the login is taken.
    pub fn add_staff(&self, staff: &Staff) -> Result<(), Error> {
        self.0.prepare_cached("INSERT INTO staff (id, login, name, role) VALUES (?1, ?2, ?3, ?4)")?.execute((
            staff.id.as_bytes(),
            &staff.login,
            &staff.name,
            staff.role.as_str(),
        ))?;
        Ok(())
    }
}

type Raw = ([u8; 16], String, String, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((id16(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn build((id, login, name, role): Raw) -> Result<Staff, Error> {
    Ok(Staff { id: StaffId::from_bytes(id), login, name, role: word(&role)? })
}
