//! Settings: one JSON value a name, typed by whoever asks.

use super::{json, to_json};
use crate::{Error, Reader, Writer};
use rusqlite::OptionalExtension;
use serde::{Serialize, de::DeserializeOwned};

impl Reader<'_> {
    /// The setting `name`, if it was ever written.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read as a `T`.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        let mut query = self.0.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        let value: Option<String> = query.query_row([name], |row| row.get(0)).optional()?;
        value.map(|value| json(&value)).transpose()
    }
}

impl Writer<'_> {
    /// Writes the setting `name`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Error> {
        let sql =
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.0.prepare_cached(sql)?.execute((name, to_json(value)?))?;
        Ok(())
    }
}
