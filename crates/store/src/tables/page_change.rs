//! The journal of what was done to pages in place; only added to.

use super::{id16, json, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::page_change::Step;
use domain::{DossierId, PageChange, PageWhat, StaffId};

/// One action on the pages of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAction {
    /// Its number; nought before it is written.
    pub n: i64,
    /// What was done, or taken back, or done again.
    pub what: PageWhat,
    /// What it is to the actions before it.
    pub step: Step,
    /// The names of the components there were.
    pub components: Vec<String>,
    /// The pages it touched.
    pub pages: Vec<PageChange>,
    /// Who did it.
    pub staff: StaffId,
    /// When.
    pub at: DateTime<FixedOffset>,
}

const COLUMNS: &str = "n, what, undid, redid, components, pages, staff, at_ms";

impl Reader<'_> {
    /// What was done to the pages of `dossier`, in order.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn page_actions(&self, dossier: DossierId) -> Result<Vec<PageAction>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM page_change WHERE dossier = ?1 ORDER BY n");
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map([dossier.as_bytes()], |row| {
            let step = match (row.get(2)?, row.get(3)?) {
                (Some(of), _) => Step::Undid(of),
                (None, Some(of)) => Step::Redid(of),
                (None, None) => Step::Done,
            };
            let words: (String, String, String) = (row.get(1)?, row.get(4)?, row.get(5)?);
            Ok((row.get(0)?, words, step, id16(row, 6)?, row.get(7)?))
        })?;
        rows.map(|row| {
            let (n, (what, components, pages), step, staff, at) = row?;
            Ok(PageAction {
                n,
                what: word(&what)?,
                step,
                components: json(&components)?,
                pages: json(&pages)?,
                staff: StaffId::from_bytes(staff),
                at: time(at)?,
            })
        })
        .collect()
    }
}

impl Writer<'_> {
    /// Writes an action down.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_page_action(&self, dossier: DossierId, action: &PageAction) -> Result<(), Error> {
        let (undid, redid) = match action.step {
            Step::Done => (None, None),
            Step::Undid(of) => (Some(of), None),
            Step::Redid(of) => (None, Some(of)),
        };
        let sql = "INSERT INTO page_change (dossier, what, undid, redid, components, pages, staff, at_ms) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.0.prepare_cached(sql)?.execute((
            dossier.as_bytes(),
            name(action.what),
            undid,
            redid,
            to_json(&action.components)?,
            to_json(&action.pages)?,
            action.staff.as_bytes(),
            millis(action.at),
        ))?;
        Ok(())
    }
}

fn name(what: PageWhat) -> &'static str {
    match what {
        PageWhat::Turn => "turn",
        PageWhat::Crop => "crop",
        PageWhat::Flatten => "flatten",
        PageWhat::Move => "move",
        PageWhat::Aside => "aside",
        PageWhat::Back => "back",
        PageWhat::Replace => "replace",
        PageWhat::Insert => "insert",
        PageWhat::Split => "split",
        PageWhat::Merge => "merge",
        PageWhat::Reverse => "reverse",
    }
}
