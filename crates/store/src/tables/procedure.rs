//! Procedures in all their versions, the one on offer for each code, and the search over those.

use super::{json, match_all, to_json};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::fold::fold;
use domain::{FileHash, Procedure};
use rusqlite::OptionalExtension;

/// What an import did with one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// A new code.
    New,
    /// A new version of a known code.
    Updated,
    /// Nothing changed.
    Same,
}

/// A procedure found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureFound {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
}

impl Reader<'_> {
    /// The version of `code` that is on offer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn procedure(&self, code: &str) -> Result<Option<Procedure>, Error> {
        let sql = "SELECT p.body FROM procedure_offer o JOIN procedure p ON p.n = o.n WHERE o.code = ?1";
        let body: Option<String> = self.0.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?;
        body.map(|body| json(&body)).transpose()
    }

    /// Procedures with every word of `text` in name, field, code or aliases, diacritics aside; those
    /// chosen most often here come first. Without words: the most recently chosen, then by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn find_procedures(&self, text: &str, limit: u32) -> Result<Vec<ProcedureFound>, Error> {
        let found =
            |row: &rusqlite::Row<'_>| Ok(ProcedureFound { code: row.get(0)?, name: row.get(1)?, field: row.get(2)? });
        let rows = match match_all(text) {
            Some(query) => {
                let sql = "SELECT p.code, p.name, p.field FROM procedure_search s \
                           JOIN procedure p ON p.n = s.rowid JOIN procedure_offer o ON o.n = p.n \
                           WHERE procedure_search MATCH ?1 ORDER BY o.uses DESC, s.rank, length(p.name), p.code LIMIT ?2";
                self.0.prepare_cached(sql)?.query_map((query, limit), found)?.collect::<Result<_, _>>()?
            }
            None => {
                let sql = "SELECT p.code, p.name, p.field FROM procedure_offer o JOIN procedure p ON p.n = o.n \
                           ORDER BY o.used_ms IS NULL, o.used_ms DESC, p.field, p.name LIMIT ?1";
                self.0.prepare_cached(sql)?.query_map([limit], found)?.collect::<Result<_, _>>()?
            }
        };
        Ok(rows)
    }
}

impl Writer<'_> {
    /// Puts `procedure` on offer. An equal version already kept is used again.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn offer_procedure(&self, procedure: &Procedure) -> Result<Offered, Error> {
        let n = self.keep_procedure(procedure)?;
        let sql = "SELECT n FROM procedure_offer WHERE code = ?1";
        let before: Option<i64> =
            self.0.prepare_cached(sql)?.query_row([&procedure.code], |row| row.get(0)).optional()?;
        if before == Some(n) {
            return Ok(Offered::Same);
        }
        let sql =
            "INSERT INTO procedure_offer (code, n) VALUES (?1, ?2) ON CONFLICT (code) DO UPDATE SET n = excluded.n";
        self.0.prepare_cached(sql)?.execute((&procedure.code, n))?;
        if let Some(before) = before {
            self.0.prepare_cached("DELETE FROM procedure_search WHERE rowid = ?1")?.execute([before])?;
        }
        let words =
            [procedure.name.as_str(), &procedure.field, &procedure.code, &procedure.aliases.join(" ")].join(" ");
        self.0
            .prepare_cached("INSERT OR REPLACE INTO procedure_search (rowid, folded) VALUES (?1, ?2)")?
            .execute((n, fold(&words)))?;
        Ok(if before.is_some() { Offered::Updated } else { Offered::New })
    }

    /// Keeps this version and returns its row; versions never change.
    pub(super) fn keep_procedure(&self, procedure: &Procedure) -> Result<i64, Error> {
        let body = to_json(procedure)?;
        let version = FileHash::of(body.as_bytes());
        let sql = "SELECT n FROM procedure WHERE code = ?1 AND version = ?2";
        let known = self.0.prepare_cached(sql)?.query_row((&procedure.code, version.as_bytes()), |row| row.get(0));
        if let Some(n) = known.optional()? {
            return Ok(n);
        }
        let sql =
            "INSERT INTO procedure (code, version, valid_from, name, field, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.0.prepare_cached(sql)?.execute((
            &procedure.code,
            version.as_bytes(),
            procedure.valid_from.to_string(),
            &procedure.name,
            &procedure.field,
            body,
        ))?;
        Ok(self.0.last_insert_rowid())
    }

    /// Counts one use of `code`, so that it comes up first next time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_procedure_use(&self, code: &str, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let sql = "UPDATE procedure_offer SET uses = uses + 1, used_ms = ?2 WHERE code = ?1";
        self.0.prepare_cached(sql)?.execute((code, super::millis(at)))?;
        Ok(())
    }
}
