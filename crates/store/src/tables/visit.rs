//! Dossiers that belong together: of one visit, of one person, or the same one twice. Columns and indexes are those of
//! `dossier`.

use super::dossier::{DossierLine, LINE};
use super::{id16, millis};
use crate::{Error, Reader};
use chrono::{DateTime, FixedOffset};
use domain::DossierId;
use domain::fold::fold;
use domain::visit::PersonKey;

const OF_VISIT: &str = "SELECT id FROM (SELECT id, n, status FROM dossier WHERE id = ?1 UNION ALL \
    SELECT id, n, status FROM dossier WHERE visit = ?2) WHERE status <> 'discarded' ORDER BY n";

/// What was taken back or turned away is nobody's second dossier. The plus keeps the index of the person in charge.
const LATELY: &str = "AND d.received_ms >= ?2 AND +p.code = ?3 AND d.id <> ?4 \
    AND d.status NOT IN ('draft', 'discarded', 'refused', 'withdrawn') ORDER BY d.received_ms DESC LIMIT 20";

fn by_number() -> String {
    format!("{LINE} WHERE d.person = ?1 {LATELY}")
}

fn by_birth() -> String {
    format!("{LINE} WHERE d.born = ?1 AND d.person IS NULL {LATELY}")
}

impl Reader<'_> {
    /// The dossiers of the visit that began with `root`, in the order in which they were opened.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn visit(&self, root: DossierId) -> Result<Vec<DossierId>, Error> {
        let mut query = self.0.prepare_cached(OF_VISIT)?;
        let rows = query.query_map((root.as_bytes(), root.to_string()), |row| id16(row, 0))?;
        rows.map(|row| row.map(DossierId::from_bytes).map_err(Error::from)).collect()
    }

    /// What this person handed in for this procedure since `since`, newest first; not `except` itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn handed_in_lately(
        &self,
        person: &PersonKey,
        procedure: &str,
        since: DateTime<FixedOffset>,
        except: DossierId,
    ) -> Result<Vec<DossierLine>, Error> {
        let since = millis(since);
        match person {
            PersonKey::Number(number) => self.lines(&by_number(), (number, since, procedure, except.as_bytes())),
            PersonKey::Name { folded, born } => {
                let mut lines = self.lines(&by_birth(), (born.to_string(), since, procedure, except.as_bytes()))?;
                lines.retain(|line| fold(&line.applicant) == *folded);
                Ok(lines)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The warning is worked out at every edit of a draft, among every dossier that ever was.
    #[test]
    fn who_belongs_together_is_found_by_an_index() {
        let connection = crate::migrate::empty();
        for sql in [by_number(), by_birth(), OF_VISIT.to_owned()] {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let count = plan.parameter_count();
            let steps = plan.query_map(rusqlite::params_from_iter(vec![None::<String>; count]), |row| row.get(3));
            let steps: Vec<String> = steps.unwrap().flatten().collect();
            let scans = steps.iter().filter(|step| step.starts_with("SCAN") && !step.contains("subquery")).count();
            assert_eq!(scans, 0, "{sql}: {steps:?}");
            assert!(steps.iter().any(|step| step.contains("dossier_of_")), "{sql}: {steps:?}");
        }
    }
}
