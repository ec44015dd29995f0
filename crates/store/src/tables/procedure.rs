//! Procedures in all their versions: which one takes effect on which day, which one is on offer, and the search over
//! those on offer.

use super::{json, match_all, to_json};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::fold::{fold, initials};
use domain::{FileHash, Procedure, StaffId};
use rusqlite::OptionalExtension;

/// What an import did with one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// A new code.
    New,
    /// A new version of a known code.
    Updated,
    /// A version that takes effect on a day to come.
    Coming,
    /// A version older than the one on offer: kept, and offered to nobody.
    Older,
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
    /// Whether the one who asks has starred it.
    pub starred: bool,
    /// Whether it was ever chosen here.
    pub used: bool,
}

/// When which version takes effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The first day.
    pub from: NaiveDate,
    /// The version; none where the procedure is repealed (bãi bỏ).
    pub procedure: Option<Procedure>,
}

impl Reader<'_> {
    /// The version of `code` that is on offer, with the limits that the office set where the publication names none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn procedure(&self, code: &str) -> Result<Option<Procedure>, Error> {
        let sql = "SELECT p.body FROM procedure_today o JOIN procedure p ON p.n = o.n WHERE o.code = ?1";
        let body: Option<String> = self.0.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?;
        let Some(body) = body else { return Ok(None) };
        let mut procedure: Procedure = json(&body)?;
        for set in self.hand_limits(Some(code))? {
            procedure.complete_limit(&set.case, set.limit);
        }
        Ok(Some(procedure))
    }

    /// Every version in force as published, and every one that takes effect after `today`, by code and day.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn procedures(&self, today: NaiveDate) -> Result<Vec<Procedure>, Error> {
        let sql = "SELECT p.body FROM procedure p WHERE p.n IN (SELECT n FROM procedure_today UNION \
                   SELECT n FROM procedure_turn WHERE from_day > ?1) ORDER BY p.code, p.valid_from";
        let mut rows = self.0.prepare_cached(sql)?;
        let bodies = rows.query_map([day(today)], |row| row.get::<_, String>(0))?;
        bodies.map(|body| json(&body?)).collect()
    }

    /// How many procedures are on offer, and how many versions take effect after `today`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_procedures(&self, today: NaiveDate) -> Result<(u32, u32), Error> {
        let sql = "SELECT (SELECT count(*) FROM procedure_today), \
                   (SELECT count(*) FROM procedure_turn WHERE from_day > ?1)";
        Ok(self.0.prepare_cached(sql)?.query_row([day(today)], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Every version of `code` by its day, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn turns(&self, code: &str) -> Result<Vec<Turn>, Error> {
        let sql = "SELECT t.from_day, p.body FROM procedure_turn t LEFT JOIN procedure p ON p.n = t.n \
                   WHERE t.code = ?1 ORDER BY t.from_day DESC";
        let mut rows = self.0.prepare_cached(sql)?;
        let turns = rows.query_map([code], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
        turns
            .map(|turn| {
                let (from, body) = turn?;
                let from = from.parse().map_err(|_| Error::Damaged("day of a procedure".into()))?;
                Ok(Turn { from, procedure: body.map(|body| json(&body)).transpose()? })
            })
            .collect()
    }

    /// Procedures with every word of `text` in name, field, code, aliases or initials, diacritics aside: those `staff`
    /// has starred first, then those chosen most often here. Without words: the starred ones in their order, which
    /// does not change by itself, then the others by their last use.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn find_procedures(&self, text: &str, staff: StaffId, limit: u32) -> Result<Vec<ProcedureFound>, Error> {
        let found = |row: &rusqlite::Row<'_>| {
            let (code, name, field) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(ProcedureFound { code, name, field, starred: row.get(3)?, used: row.get(4)? })
        };
        let rows = match match_all(text) {
            Some(query) => {
                let sql = "SELECT o.code, o.name, o.field, s.code IS NOT NULL, u.uses IS NOT NULL \
                           FROM procedure_search f JOIN procedure_today o ON o.n = f.rowid \
                           LEFT JOIN procedure_use u ON u.code = o.code \
                           LEFT JOIN procedure_star s ON s.staff = ?2 AND s.code = o.code \
                           WHERE procedure_search MATCH ?1 ORDER BY s.code IS NULL, coalesce(u.uses, 0) DESC, \
                           CASE WHEN ?4 THEN 0 ELSE bm25(procedure_search, 3.0, 1.0) END, length(o.name), o.code LIMIT ?3";
                // A single letter stands in thousands of names: how often it does says nothing, and costs most of the time.
                let letter = text.split_whitespace().all(|word| word.chars().count() < 2);
                let mut statement = self.0.prepare_cached(sql)?;
                statement.query_map((query, staff.as_bytes(), limit, letter), found)?.collect::<Result<_, _>>()?
            }
            None => {
                let sql = "SELECT o.code, o.name, o.field, s.code IS NOT NULL, u.uses IS NOT NULL FROM procedure_today o \
                           LEFT JOIN procedure_use u ON u.code = o.code \
                           LEFT JOIN procedure_star s ON s.staff = ?1 AND s.code = o.code \
                           ORDER BY s.at_ms IS NULL, s.at_ms, u.used_ms IS NULL, u.used_ms DESC, o.field, o.name LIMIT ?2";
                let mut statement = self.0.prepare_cached(sql)?;
                statement.query_map((staff.as_bytes(), limit), found)?.collect::<Result<_, _>>()?
            }
        };
        Ok(rows)
    }
}

impl Writer<'_> {
    /// Takes a version that names its own day. An equal one already kept is used again; a dossier stays on its own.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn offer_procedure(&self, procedure: &Procedure, today: NaiveDate) -> Result<Offered, Error> {
        let code = &procedure.code;
        let n = self.keep_procedure(procedure)?;
        if self.turn_at(code, procedure.valid_from)? == Some(Some(n)) {
            return Ok(Offered::Same);
        }
        let known = self.last_turn(code)?.is_some();
        self.set_turn(code, procedure.valid_from, Some(n))?;
        let offered = match (known, self.settle(code, today)? == Some(n)) {
            _ if procedure.valid_from > today => Offered::Coming,
            (false, _) => Offered::New,
            (true, true) => Offered::Updated,
            (true, false) => return Ok(Offered::Older),
        };
        self.list_unread(code, &procedure.name, &procedure.doubts)?;
        Ok(offered)
    }

    /// Takes a version of a publication that names no day: it holds from `today`, unless it is the one already told.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn offer_undated(&self, procedure: Procedure, today: NaiveDate) -> Result<Offered, Error> {
        if let Some((from, Some(n))) = self.last_turn(&procedure.code)? {
            let same = Procedure { valid_from: from, ..procedure.clone() };
            let version = FileHash::of(to_json(&same)?.as_bytes());
            if self.kept(&procedure.code, &version)? == Some(n) {
                return Ok(Offered::Same);
            }
        }
        self.offer_procedure(&Procedure { valid_from: today, ..procedure }, today)
    }

    /// Repeals `code` from a day on (bãi bỏ); true where that changed anything.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn repeal_procedure(&self, code: &str, from: NaiveDate, today: NaiveDate) -> Result<bool, Error> {
        if self.last_turn(code)?.is_none() || self.turn_at(code, from)? == Some(None) {
            return Ok(false);
        }
        self.set_turn(code, from, None)?;
        self.settle(code, today)?;
        Ok(true)
    }

    /// Puts on offer what takes effect by `today`, and takes off what it replaces. Gives how many changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn turn_procedures(&self, today: NaiveDate) -> Result<u32, Error> {
        let sql = "SELECT t.code FROM procedure_turn t LEFT JOIN procedure_today o ON o.code = t.code \
                   WHERE t.from_day = (SELECT max(x.from_day) FROM procedure_turn x WHERE x.code = t.code AND x.from_day <= ?1) \
                   AND o.n IS NOT t.n";
        let mut statement = self.0.prepare_cached(sql)?;
        let codes = statement.query_map([day(today)], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        for code in &codes {
            self.settle(code, today)?;
        }
        Ok(u32::try_from(codes.len()).unwrap_or(u32::MAX))
    }

    /// Brings the offer of one code in line with its turns; gives the version on offer afterwards.
    fn settle(&self, code: &str, today: NaiveDate) -> Result<Option<i64>, Error> {
        let sql = "SELECT n FROM procedure_turn WHERE code = ?1 AND from_day <= ?2 ORDER BY from_day DESC LIMIT 1";
        let due: Option<Option<i64>> =
            self.0.prepare_cached(sql)?.query_row((code, day(today)), |row| row.get(0)).optional()?;
        let due = due.flatten();
        let sql = "SELECT n FROM procedure_today WHERE code = ?1";
        let before: Option<i64> = self.0.prepare_cached(sql)?.query_row([code], |row| row.get(0)).optional()?;
        if before == due {
            return Ok(due);
        }
        if let Some(before) = before {
            self.0.prepare_cached("DELETE FROM procedure_today WHERE n = ?1")?.execute([before])?;
            self.0.prepare_cached("DELETE FROM procedure_search WHERE rowid = ?1")?.execute([before])?;
        }
        let Some(due) = due else { return Ok(None) };
        let sql = "SELECT body FROM procedure WHERE n = ?1";
        let procedure: Procedure = json(&self.0.prepare_cached(sql)?.query_row([due], |row| row.get::<_, String>(0))?)?;
        let sql = "INSERT INTO procedure_today (n, code, name, field) VALUES (?1, ?2, ?3, ?4)";
        self.0.prepare_cached(sql)?.execute((due, code, &procedure.name, &procedure.field))?;
        let other = [
            procedure.field.as_str(),
            code,
            &code.replace('.', ""),
            &initials(&procedure.name),
            &procedure.aliases.join(" "),
        ];
        let sql = "INSERT OR REPLACE INTO procedure_search (rowid, name, other) VALUES (?1, ?2, ?3)";
        self.0.prepare_cached(sql)?.execute((due, fold(&procedure.name), fold(&other.join(" "))))?;
        Ok(Some(due))
    }

    fn turn_at(&self, code: &str, from: NaiveDate) -> Result<Option<Option<i64>>, Error> {
        let sql = "SELECT n FROM procedure_turn WHERE code = ?1 AND from_day = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((code, day(from)), |row| row.get(0)).optional()?)
    }

    fn last_turn(&self, code: &str) -> Result<Option<(NaiveDate, Option<i64>)>, Error> {
        let sql = "SELECT from_day, n FROM procedure_turn WHERE code = ?1 ORDER BY from_day DESC LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?));
        let last = self.0.prepare_cached(sql)?.query_row([code], row).optional()?;
        let parsed = last.map(|(from, n)| from.parse().map(|from| (from, n)));
        parsed.transpose().map_err(|_| Error::Damaged("day of a procedure".into()))
    }

    fn set_turn(&self, code: &str, from: NaiveDate, n: Option<i64>) -> Result<(), Error> {
        let sql = "INSERT INTO procedure_turn (code, from_day, n) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (code, from_day) DO UPDATE SET n = excluded.n";
        self.0.prepare_cached(sql)?.execute((code, day(from), n))?;
        Ok(())
    }

    fn kept(&self, code: &str, version: &FileHash) -> Result<Option<i64>, Error> {
        let sql = "SELECT n FROM procedure WHERE code = ?1 AND version = ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row((code, version.as_bytes()), |row| row.get(0)).optional()?)
    }

    /// Keeps this version and returns its row; versions never change.
    pub(super) fn keep_procedure(&self, procedure: &Procedure) -> Result<i64, Error> {
        let body = to_json(procedure)?;
        let version = FileHash::of(body.as_bytes());
        if let Some(n) = self.kept(&procedure.code, &version)? {
            return Ok(n);
        }
        let sql =
            "INSERT INTO procedure (code, version, valid_from, name, field, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.0.prepare_cached(sql)?.execute((
            &procedure.code,
            version.as_bytes(),
            day(procedure.valid_from),
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
        let sql = "INSERT INTO procedure_use (code, uses, used_ms) VALUES (?1, 1, ?2) \
                   ON CONFLICT (code) DO UPDATE SET uses = uses + 1, used_ms = excluded.used_ms";
        self.0.prepare_cached(sql)?.execute((code, super::millis(at)))?;
        Ok(())
    }

    /// Stars a procedure for `staff`, or takes the star away.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn star_procedure(
        &self,
        staff: StaffId,
        code: &str,
        starred: bool,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        if starred {
            let sql = "INSERT OR IGNORE INTO procedure_star (staff, code, at_ms) VALUES (?1, ?2, ?3)";
            self.0.prepare_cached(sql)?.execute((staff.as_bytes(), code, super::millis(at)))?;
        } else {
            let sql = "DELETE FROM procedure_star WHERE staff = ?1 AND code = ?2";
            self.0.prepare_cached(sql)?.execute((staff.as_bytes(), code))?;
        }
        Ok(())
    }
}

/// A day as it is kept. Years of four digits only, so that days sort as text.
fn day(day: NaiveDate) -> String {
    day.to_string()
}
