//! What publications do not say clearly, procedure by procedure.

use super::{json, to_json};
use crate::{Error, Reader, Writer};
use domain::procedure::Doubt;

/// One thing that did not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadItem {
    /// Code of the procedure, as far as it reads.
    pub code: String,
    /// Its name, as far as it reads.
    pub name: String,
    /// What it is.
    pub doubt: Doubt,
}

impl Reader<'_> {
    /// What did not read, by code: in one field or all, of procedures whose code or name hold `text`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unread(&self, field: Option<&str>, text: &str, limit: u32) -> Result<Vec<UnreadItem>, Error> {
        let sql = "SELECT code, name, doubt FROM procedure_unread WHERE (?1 IS NULL OR field = ?1) \
                   ORDER BY code, id";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([field])?;
        let words = domain::fold::fold(text);
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (code, name): (String, String) = (row.get(0)?, row.get(1)?);
            let whole = domain::fold::fold(&format!("{code} {name}"));
            if !words.split(' ').all(|word| whole.contains(word)) {
                continue;
            }
            found.push(UnreadItem { code, name, doubt: json(&row.get::<_, String>(2)?)? });
            if found.len() >= limit as usize {
                break;
            }
        }
        Ok(found)
    }

    /// How many things did not read in each field, the most first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_unread(&self) -> Result<Vec<(String, u32)>, Error> {
        let sql = "SELECT field, count(*) FROM procedure_unread GROUP BY field ORDER BY 2 DESC, 1";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Keeps what did not read in the last publication of `code`, in the place of what did not before.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn list_unread(&self, code: &str, name: &str, doubts: &[Doubt]) -> Result<(), Error> {
        self.0.prepare_cached("DELETE FROM procedure_unread WHERE code = ?1")?.execute([code])?;
        let sql = "INSERT INTO procedure_unread (code, name, field, doubt) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = self.0.prepare_cached(sql)?;
        for doubt in doubts {
            insert.execute((code, name, doubt.field(), to_json(doubt)?))?;
        }
        Ok(())
    }
}
