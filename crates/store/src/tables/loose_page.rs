//! Pages that lie in no dossier yet, by stack, pass and place. Rows are never deleted.

use super::{json, to_json, word};
use crate::{Error, Reader, Writer};
use domain::loose::{LoosePage, Seen, StackWay};
use domain::{PageId, StackId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str = "l.page, l.seen, l.placed, p.disposition, p.aside";

/// What is said of a stack whose pages are placed afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Afterwards {
    /// How they are placed.
    pub way: StackWay,
    /// Cover sheets that were laid in, where somebody counted.
    pub covers: Option<u32>,
}

impl Reader<'_> {
    /// The pages of one pass of a stack, in the order in which they came.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn loose_pages(&self, stack: StackId, pass: u32) -> Result<Vec<LoosePage>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM loose_page l LEFT JOIN page p ON p.id = l.placed \
             WHERE l.stack = ?1 AND l.pass = ?2 ORDER BY l.position"
        );
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map((stack.as_bytes(), pass), raw)?;
        rows.map(|row| build(row?)).collect()
    }

    /// The page `id`, and the stack and pass that it is in.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the row does not read back.
    pub fn loose_page(&self, id: PageId) -> Result<Option<(StackId, u32, LoosePage)>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, l.stack, l.pass FROM loose_page l LEFT JOIN page p ON p.id = l.placed WHERE l.id = ?1"
        );
        let read = |row: &Row<'_>| Ok((raw(row)?, super::id16(row, 5)?, row.get(6)?));
        let row = self.0.prepare_cached(&sql)?.query_row([id.as_bytes()], read).optional()?;
        row.map(|(raw, stack, pass)| Ok((StackId::from_bytes(stack), pass, build(raw)?))).transpose()
    }

    /// The small picture of the page `id`, a JPEG.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn loose_thumb(&self, id: PageId) -> Result<Option<Vec<u8>>, Error> {
        let mut query = self.0.prepare_cached("SELECT picture FROM loose_page WHERE id = ?1")?;
        Ok(query.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The place after the last page of a pass.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next_loose(&self, stack: StackId, pass: u32) -> Result<i64, Error> {
        let sql = "SELECT coalesce(max(position), 0) + 1 FROM loose_page WHERE stack = ?1 AND pass = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((stack.as_bytes(), pass), |row| row.get(0))?)
    }

    /// How the pages of the stack `id` are placed; none where they were as they came.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the row does not read back.
    pub fn afterwards(&self, id: StackId) -> Result<Option<Afterwards>, Error> {
        let mut query = self.0.prepare_cached("SELECT way, covers FROM stack WHERE id = ?1 AND way IS NOT NULL")?;
        let row = query.query_row([id.as_bytes()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?))).optional()?;
        row.map(|(way, covers)| Ok(Afterwards { way: word(&way)?, covers })).transpose()
    }

    /// The stacks whose pages are placed in this way, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn stacks_of_way(&self, way: StackWay, limit: u32) -> Result<Vec<StackId>, Error> {
        let sql = "SELECT id FROM stack WHERE way = ?1 ORDER BY started_ms DESC, rowid DESC LIMIT ?2";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((name(way), limit), |row| super::id16(row, 0))?;
        Ok(rows.map(|row| row.map(StackId::from_bytes)).collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Adds a page to a pass of the stack it names.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_loose(&self, stack: StackId, pass: u32, loose: &LoosePage, picture: &[u8]) -> Result<(), Error> {
        let sql = "INSERT INTO loose_page (id, stack, pass, position, file, page, seen, picture) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.0.prepare_cached(sql)?.execute(rusqlite::params![
            loose.page.id.as_bytes(),
            stack.as_bytes(),
            pass,
            loose.page.position,
            loose.page.file.as_bytes(),
            to_json(&loose.page)?,
            loose.seen.as_ref().map(to_json).transpose()?,
            picture,
        ])?;
        Ok(())
    }

    /// Writes what may change of a page: whether it still belongs to the stack, what was read on it, and the page of a
    /// dossier that was made of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_loose(&self, loose: &LoosePage) -> Result<(), Error> {
        let sql = "UPDATE loose_page SET page = ?2, seen = ?3, placed = ?4 WHERE id = ?1";
        self.0.prepare_cached(sql)?.execute((
            loose.page.id.as_bytes(),
            to_json(&loose.page)?,
            loose.seen.as_ref().map(to_json).transpose()?,
            loose.placed.as_ref().map(|(page, ..)| page.as_bytes()),
        ))?;
        Ok(())
    }

    /// Says how the pages of a stack are placed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn place_afterwards(&self, stack: StackId, said: Afterwards) -> Result<(), Error> {
        let mut query = self.0.prepare_cached("UPDATE stack SET way = ?2, covers = ?3 WHERE id = ?1")?;
        query.execute((stack.as_bytes(), name(said.way), said.covers))?;
        Ok(())
    }
}

fn name(way: StackWay) -> &'static str {
    match way {
        StackWay::Mixed => "mixed",
        StackWay::Duplex => "duplex",
    }
}

type Raw = (String, Option<String>, Option<[u8; 16]>, Option<String>, Option<String>);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn build((page, seen, placed, disposition, aside): Raw) -> Result<LoosePage, Error> {
    let placed = match (placed, disposition) {
        (Some(id), Some(disposition)) => {
            Some((PageId::from_bytes(id), word(&disposition)?, aside.as_deref().map(word).transpose()?))
        }
        (None, _) => None,
        (Some(_), None) => return Err(Error::Damaged("a placed page is gone".into())),
    };
    Ok(LoosePage { page: json(&page)?, placed, seen: seen.as_deref().map(json::<Seen>).transpose()? })
}
