//! Dossiers: one row each, the columns that lists and search need, the rest as JSON beside them.
//!
//! [`Writer::put_dossier`] is the only way in, so that columns, body and search index cannot part.

use super::{id16, json, match_all, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::fold::fold;
use domain::outbox::OutboxState;
use domain::{Dossier, DossierId, Procedure, Status};
use rusqlite::{OptionalExtension, Row};

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct DossierLine {
    /// The id.
    pub id: DossierId,
    /// The code, or none for a draft.
    pub code: Option<String>,
    /// True while the code is provisional.
    pub provisional: bool,
    /// The applicant's name.
    pub applicant: String,
    /// The procedure's name, or empty.
    pub procedure: String,
    /// Where it stands.
    pub status: Status,
    /// When it was opened.
    pub opened_at: DateTime<FixedOffset>,
    /// When it was received.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// When it is due.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Where its last outbox item stands.
    pub sync: Option<OutboxState>,
    /// Code of the dossier that the central system takes for the same one, until somebody has looked into it.
    pub twin: Option<String>,
    /// True while somebody of it was not held against the population database.
    pub unchecked: bool,
}

/// Which dossiers a list holds.
#[derive(Debug, Clone, Copy)]
pub enum DossierList {
    /// Open drafts, newest first.
    Drafts,
    /// Received in a stretch of time, newest first.
    Received {
        /// From.
        from: DateTime<FixedOffset>,
        /// Before.
        before: DateTime<FixedOffset>,
    },
    /// At work and due in a stretch of time, the earliest first.
    Due {
        /// From, or ever since.
        from: Option<DateTime<FixedOffset>>,
        /// Before.
        before: DateTime<FixedOffset>,
    },
    /// Waiting for papers or money, or stopped; the earliest due first.
    Waiting,
    /// Waiting for papers, the earliest due first.
    Supplement,
    /// Waiting for money, or stopped; the earliest due first.
    Paused,
    /// Perhaps received at another station too, newest first.
    Twins,
    /// With a result that nobody has come for, the earliest due first.
    Done,
    /// With something that the central system has not accepted, newest first.
    Unsent,
    /// With somebody who was not held against the population database, newest first.
    Unchecked,
}

/// Where the due time stands among the columns of [`LINE`], counted from one.
const DUE_COLUMN: u32 = 8;

pub(super) const LINE: &str = "SELECT d.id, d.code, d.applicant_name, coalesce(p.name, ''), d.status, d.opened_ms, d.received_ms, \
    d.due_ms, (SELECT o.state FROM outbox o WHERE o.dossier = d.id ORDER BY o.n DESC LIMIT 1), \
    coalesce(json_extract(d.body, '$.provisional'), 0), d.twin, \
    EXISTS (SELECT 1 FROM identity_check i WHERE i.dossier = d.n AND i.state IN ('unchecked', 'mismatched')) \
    FROM dossier d LEFT JOIN procedure p ON p.n = d.procedure";

/// The query of a list; its last parameter is the limit.
fn sql_of(list: DossierList) -> String {
    match list {
        DossierList::Drafts => newest("SELECT n FROM dossier WHERE status = 'draft'"),
        DossierList::Received { .. } => {
            format!("{LINE} WHERE d.received_ms >= ?1 AND d.received_ms < ?2 ORDER BY d.received_ms DESC LIMIT ?3")
        }
        DossierList::Due { .. } => {
            earliest_due(&["received", "processing"], "AND d.due_ms >= ?1 AND d.due_ms < ?2", "?3")
        }
        DossierList::Waiting => earliest_due(&["supplement", "finance", "stopped"], "", "?1"),
        DossierList::Supplement => earliest_due(&["supplement"], "", "?1"),
        DossierList::Paused => earliest_due(&["finance", "stopped"], "", "?1"),
        DossierList::Done => earliest_due(&["done"], "", "?1"),
        DossierList::Twins => newest("SELECT n FROM dossier WHERE twin IS NOT NULL"),
        DossierList::Unchecked => newest(
            "SELECT dossier FROM identity_check WHERE state IN ('unchecked', 'mismatched') \
             ORDER BY dossier DESC LIMIT 2 * ?1",
        ),
        DossierList::Unsent => {
            newest("SELECT x.n FROM outbox o JOIN dossier x ON x.id = o.dossier WHERE o.state IN ('queued', 'blocked')")
        }
    }
}

/// The rows that `numbers` selects, newest first. Only numbers are gathered; a line is put together for what is shown.
fn newest(numbers: &str) -> String {
    format!("{LINE} WHERE d.n IN ({numbers}) ORDER BY d.n DESC LIMIT ?1")
}

/// The dossiers at one of `statuses`, the earliest due first. Each status lies in the index by due time, and they are merged;
/// asked for at once they would all be sorted first, which took 91 ms among a million dossiers.
fn earliest_due(statuses: &[&str], and: &str, limit: &str) -> String {
    let one = |status: &&str| format!("{LINE} WHERE d.status = '{status}' {and}");
    let all: Vec<String> = statuses.iter().map(one).collect();
    format!("{} ORDER BY {DUE_COLUMN} LIMIT {limit}", all.join(" UNION ALL "))
}

const CODES_OF: &str = "SELECT code FROM dossier_code WHERE dossier = ?1";

impl Reader<'_> {
    /// Open drafts that stand on any version of the procedure `code`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn drafts_of_procedure(&self, code: &str) -> Result<Vec<DossierId>, Error> {
        let sql = "SELECT d.id FROM dossier d JOIN procedure p ON p.n = d.procedure \
                   WHERE d.status = 'draft' AND p.code = ?1 ORDER BY d.n";
        let mut drafts = self.0.prepare_cached(sql)?;
        Ok(drafts.query_map([code], |row| super::id16(row, 0).map(DossierId::from_bytes))?.collect::<Result<_, _>>()?)
    }

    /// The dossier `id`, with its procedure in the version it stands on.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn dossier(&self, id: DossierId) -> Result<Option<Dossier>, Error> {
        let sql = "SELECT d.body, p.body FROM dossier d LEFT JOIN procedure p ON p.n = d.procedure WHERE d.id = ?1";
        let row = self
            .0
            .prepare_cached(sql)?
            .query_row([id.as_bytes()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)));
        let Some((body, procedure)) = row.optional()? else { return Ok(None) };
        let mut dossier: Dossier = json(&body)?;
        dossier.procedure = procedure.map(|body| json::<Procedure>(&body)).transpose()?;
        Ok(Some(dossier))
    }

    /// The dossier whose code this is or once was.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossier_by_code(&self, code: &str) -> Result<Option<DossierId>, Error> {
        let sql = "SELECT dossier FROM dossier_code WHERE code = ?1";
        let id = self.0.prepare_cached(sql)?.query_row([code], |row| id16(row, 0)).optional()?;
        Ok(id.map(DossierId::from_bytes))
    }

    /// The codes that the dossier had before the one it has now (O8).
    ///
    /// # Errors
    /// When the database refuses.
    pub fn former_codes(&self, dossier: DossierId) -> Result<Vec<String>, Error> {
        let sql = "SELECT c.code FROM dossier_code c JOIN dossier d ON d.id = c.dossier \
                   WHERE c.dossier = ?1 AND c.code IS NOT d.code ORDER BY c.code";
        let mut query = self.0.prepare_cached(sql)?;
        Ok(query.query_map([dossier.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The lines of `list`, `limit` at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers(&self, list: DossierList, limit: u32) -> Result<Vec<DossierLine>, Error> {
        let sql = sql_of(list);
        match list {
            DossierList::Received { from, before } => self.lines(&sql, (millis(from), millis(before), limit)),
            DossierList::Due { from, before } => {
                self.lines(&sql, (from.map_or(i64::MIN, millis), millis(before), limit))
            }
            DossierList::Drafts
            | DossierList::Waiting
            | DossierList::Supplement
            | DossierList::Paused
            | DossierList::Twins
            | DossierList::Done
            | DossierList::Unsent
            | DossierList::Unchecked => self.lines(&sql, [limit]),
        }
    }

    /// How many are perhaps received at another station too.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_twins(&self) -> Result<u32, Error> {
        let sql = "SELECT count(*) FROM dossier WHERE twin IS NOT NULL";
        Ok(self.0.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// How many stand at one of `statuses`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_at(&self, statuses: &[Status]) -> Result<u32, Error> {
        let mut query = self.0.prepare_cached("SELECT count(*) FROM dossier WHERE status = ?1")?;
        let mut sum = 0;
        for status in statuses {
            sum += query.query_row([status.as_str()], |row| row.get::<_, u32>(0))?;
        }
        Ok(sum)
    }

    /// How many have something that the central system has not accepted.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_unsent(&self) -> Result<u32, Error> {
        let sql = "SELECT count(DISTINCT dossier) FROM outbox WHERE state IN ('queued', 'blocked')";
        Ok(self.0.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Dossiers received in a stretch of time that have every word of `text`, newest first. Those of a few days stand
    /// close together in the table, which the search is then held to.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search_received(
        &self,
        text: &str,
        from: DateTime<FixedOffset>,
        before: DateTime<FixedOffset>,
        limit: u32,
    ) -> Result<Vec<DossierLine>, Error> {
        let (from, before) = (millis(from), millis(before));
        let Some(query) = match_all(text) else {
            let sql =
                format!("{LINE} WHERE d.received_ms >= ?1 AND d.received_ms < ?2 ORDER BY d.received_ms DESC LIMIT ?3");
            return self.lines(&sql, (from, before, limit));
        };
        let sql = "SELECT min(n), max(n) FROM dossier WHERE received_ms >= ?1 AND received_ms < ?2";
        let ends = self.0.prepare_cached(sql)?.query_row((from, before), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (Some(first), Some(last)): (Option<i64>, Option<i64>) = ends else { return Ok(Vec::new()) };
        let sql = format!(
            "{LINE} WHERE d.n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?1 \
             AND rowid BETWEEN ?2 AND ?3) AND +d.received_ms >= ?4 AND +d.received_ms < ?5 ORDER BY d.n DESC LIMIT ?6"
        );
        self.lines(&sql, (query, first, last, from, before, limit))
    }

    /// Dossiers with every word of `text`, newest first. Ordered by row and not by rank: the commonest
    /// family name stands in every fifth row, and ranking it took 381 ms where this takes 0.5 (performance.md C).
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search_dossiers(&self, text: &str, limit: u32) -> Result<Vec<DossierLine>, Error> {
        match match_all(text) {
            Some(query) => {
                let sql = format!(
                    "{LINE} WHERE d.n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?1 \
                     ORDER BY rowid DESC LIMIT ?2) ORDER BY d.n DESC"
                );
                self.lines(&sql, (query, limit))
            }
            None => self.lines(&format!("{LINE} WHERE d.status <> 'discarded' ORDER BY d.n DESC LIMIT ?1"), [limit]),
        }
    }

    /// Dossiers whose ids lie between two, both included, that are not thrown away.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers_between(&self, first: DossierId, last: DossierId, limit: u32) -> Result<Vec<DossierLine>, Error> {
        let sql = format!("{LINE} WHERE d.id BETWEEN ?1 AND ?2 AND d.status <> 'discarded' ORDER BY d.n DESC LIMIT ?3");
        self.lines(&sql, (first.as_bytes(), last.as_bytes(), limit))
    }

    /// Every dossier that was ever opened for this identity number or handed in by it, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers_of_person(&self, id_number: &str) -> Result<Vec<DossierId>, Error> {
        let Some(query) = match_all(id_number) else { return Ok(Vec::new()) };
        // The index finds candidates; the number itself decides.
        let sql = "SELECT id FROM dossier WHERE n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?1) \
                   AND ?2 IN (json_extract(body, '$.applicant.id_number'), json_extract(body, '$.applicant.tax_code'), \
                   json_extract(body, '$.representative.person.id_number')) ORDER BY n";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map((query, id_number), |row| id16(row, 0))?;
        rows.map(|row| row.map(DossierId::from_bytes).map_err(Error::from)).collect()
    }

    /// How many dossiers stand where.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_dossiers_by_status(&self) -> Result<Vec<(String, u32)>, Error> {
        let mut query =
            self.0.prepare_cached("SELECT status, count(*) FROM dossier GROUP BY status ORDER BY status")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many unfinished dossiers are due in a stretch of time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_due(&self, from: Option<DateTime<FixedOffset>>, before: DateTime<FixedOffset>) -> Result<u32, Error> {
        let sql =
            "SELECT count(*) FROM dossier WHERE status IN ('received', 'processing') AND due_ms >= ?1 AND due_ms < ?2";
        let from = from.map_or(i64::MIN, millis);
        Ok(self.0.prepare_cached(sql)?.query_row((from, millis(before)), |row| row.get(0))?)
    }

    /// How many dossiers were received in a stretch of time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_received(&self, from: DateTime<FixedOffset>, before: DateTime<FixedOffset>) -> Result<u32, Error> {
        let sql = "SELECT count(*) FROM dossier WHERE received_ms >= ?1 AND received_ms < ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((millis(from), millis(before)), |row| row.get(0))?)
    }

    pub(super) fn lines(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<DossierLine>, Error> {
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map(params, raw_line)?;
        rows.map(|row| build_line(row?)).collect()
    }
}

impl Writer<'_> {
    /// Keeps `dossier` as it is now, with its search words and every code it ever had.
    ///
    /// # Errors
    /// When the database refuses, such as for a code that another dossier has.
    pub fn put_dossier(&self, dossier: &Dossier) -> Result<(), Error> {
        let procedure = dossier.procedure.as_ref().map(|procedure| self.keep_procedure(procedure)).transpose()?;
        // The procedure stands in its own row; a copy in each dossier would be a third of the database.
        let body = to_json(&Dossier { procedure: None, ..dossier.clone() })?;
        let code = dossier.code.as_ref().map(|code| code.as_str());
        let sql = "INSERT INTO dossier (id, code, status, procedure, applicant_name, opened_ms, received_ms, due_ms, body) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET code = excluded.code, \
                   status = excluded.status, procedure = excluded.procedure, applicant_name = excluded.applicant_name, \
                   received_ms = excluded.received_ms, due_ms = excluded.due_ms, body = excluded.body RETURNING n";
        let n: i64 = self.0.prepare_cached(sql)?.query_row(
            (
                dossier.id.as_bytes(),
                code,
                dossier.status.as_str(),
                procedure,
                &dossier.applicant.name,
                millis(dossier.opened_at),
                dossier.received_at.map(millis),
                dossier.deadline.as_ref().map(|deadline| millis(deadline.due)),
                body,
            ),
            |row| row.get(0),
        )?;
        if let Some(code) = code {
            let sql = "INSERT INTO dossier_code (code, dossier) VALUES (?1, ?2) ON CONFLICT (code) DO NOTHING";
            self.0.prepare_cached(sql)?.execute((code, dossier.id.as_bytes()))?;
        }
        self.file_under_numbers(n, dossier)?;
        self.index(n, dossier)
    }

    fn index(&self, n: i64, dossier: &Dossier) -> Result<(), Error> {
        // Not the procedure: every second one begins with "Đăng ký", and folded that is the family name Đặng.
        let applicant = &dossier.applicant;
        let mut words = vec![applicant.name.as_str(), &applicant.id_number, &applicant.phone, &applicant.tax_code];
        if let Some(representative) = &dossier.representative {
            let person = &representative.person;
            words.extend([person.name.as_str(), &person.id_number, &person.phone]);
        }
        let mut query = self.0.prepare_cached(CODES_OF)?;
        let codes: Vec<String> =
            query.query_map([dossier.id.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?;
        words.extend(codes.iter().map(String::as_str));
        // A put-away draft leaves the index and comes back with it.
        let folded = if dossier.status == Status::Discarded { String::new() } else { fold(&words.join(" ")) };
        self.0
            .prepare_cached("INSERT OR REPLACE INTO dossier_search (rowid, folded) VALUES (?1, ?2)")?
            .execute((n, folded))?;
        Ok(())
    }
}

struct RawLine {
    id: [u8; 16],
    code: Option<String>,
    applicant: String,
    procedure: String,
    status: String,
    opened: i64,
    received: Option<i64>,
    due: Option<i64>,
    sync: Option<String>,
    provisional: bool,
    twin: Option<String>,
    unchecked: bool,
}

fn raw_line(row: &Row<'_>) -> rusqlite::Result<RawLine> {
    Ok(RawLine {
        id: id16(row, 0)?,
        code: row.get(1)?,
        applicant: row.get(2)?,
        procedure: row.get(3)?,
        status: row.get(4)?,
        opened: row.get(5)?,
        received: row.get(6)?,
        due: row.get(7)?,
        sync: row.get(8)?,
        provisional: row.get(9)?,
        twin: row.get(10)?,
        unchecked: row.get(11)?,
    })
}

fn build_line(raw: RawLine) -> Result<DossierLine, Error> {
    Ok(DossierLine {
        id: DossierId::from_bytes(raw.id),
        code: raw.code,
        provisional: raw.provisional,
        applicant: raw.applicant,
        procedure: raw.procedure,
        status: word(&raw.status)?,
        opened_at: time(raw.opened)?,
        received_at: raw.received.map(time).transpose()?,
        due_at: raw.due.map(time).transpose()?,
        sync: raw.sync.map(|state| word(&state)).transpose()?,
        twin: raw.twin,
        unchecked: raw.unchecked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind of list there is.
    fn lists() -> [DossierList; 10] {
        let at = time(0).unwrap();
        [
            DossierList::Drafts,
            DossierList::Received { from: at, before: at },
            DossierList::Due { from: None, before: at },
            DossierList::Waiting,
            DossierList::Supplement,
            DossierList::Paused,
            DossierList::Twins,
            DossierList::Done,
            DossierList::Unsent,
            DossierList::Unchecked,
        ]
    }

    /// Two hundred of half a million overdue dossiers are shown without sorting the rest, and none walks the table.
    #[test]
    fn no_list_sorts_or_walks_the_table() {
        let connection = crate::migrate::empty();
        for list in lists() {
            let sql = sql_of(list);
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let values = rusqlite::params_from_iter(vec![1_i64; plan.parameter_count()]);
            let steps: Vec<String> = plan.query_map(values, |row| row.get(3)).unwrap().flatten().collect();
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{list:?}: {steps:#?}");
            // This partial index holds what its list shows and nothing else.
            let walks = |step: &String| step.starts_with("SCAN") && !step.ends_with("INDEX identity_check_open");
            assert!(!steps.iter().any(walks), "{list:?}: {steps:#?}");
        }
    }

    /// Each edit runs these; one that walks a table takes a tenth of a second on a station of a million dossiers.
    #[test]
    fn what_runs_at_every_edit_goes_by_an_index() {
        let connection = crate::migrate::empty();
        for sql in [CODES_OF, "SELECT 1 FROM page WHERE file = ?1", "SELECT 1 FROM outbox WHERE dossier = ?1"] {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps: Vec<String> = plan.query_map([[0_u8; 16]], |row| row.get(3)).unwrap().flatten().collect();
            assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{sql}: {steps:?}");
        }
    }
}
