//! Pages: where each side of paper lies, in which order, kept or set aside. Rows are never deleted.

use super::{hash32, id16, json, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use domain::{AsideReason, Disposition, DossierId, MediaType, Page, PageEdit, PageId, StackId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str = "id, component, position, file, file_index, media, width, height, dpi, source, disposition, received_ms, \
     aside, stack, edit, found";

impl Reader<'_> {
    /// The pages of `dossier` by component and position, those set aside among them.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn pages(&self, dossier: DossierId) -> Result<Vec<Page>, Error> {
        self.pages_where("dossier = ?1", dossier.as_bytes())
    }

    /// Pages by component and position.
    pub(super) fn pages_where(&self, which: &str, id: &[u8; 16]) -> Result<Vec<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM page WHERE {which} ORDER BY component, position, id");
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map([id], raw)?;
        rows.map(|row| build(row?)).collect()
    }

    /// The page `id` and the dossier it belongs to.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the row does not read back.
    pub fn page(&self, id: PageId) -> Result<Option<(DossierId, Page)>, Error> {
        let sql = format!("SELECT {COLUMNS}, dossier FROM page WHERE id = ?1");
        let row = self.0.prepare_cached(&sql)?.query_row([id.as_bytes()], |row| Ok((raw(row)?, id16(row, 16)?)));
        let Some((page, dossier)) = row.optional()? else { return Ok(None) };
        Ok(Some((DossierId::from_bytes(dossier), build(page)?)))
    }

    /// The small picture of the page `id`, a JPEG; none when it has to be made anew.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn thumb(&self, id: PageId) -> Result<Option<Vec<u8>>, Error> {
        let mut query = self.0.prepare_cached("SELECT picture FROM thumb WHERE page = ?1")?;
        Ok(query.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The position after the last page of a component, kept or not.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next_position(&self, dossier: DossierId, component: u32) -> Result<i64, Error> {
        let sql = "SELECT coalesce(max(position), 0) + 1 FROM page WHERE dossier = ?1 AND component = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((dossier.as_bytes(), component), |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Adds `page`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_page(&self, dossier: DossierId, page: &Page) -> Result<(), Error> {
        let sql = format!(
            "INSERT INTO page ({COLUMNS}, dossier) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
             ?15, ?16, ?17)"
        );
        self.0.prepare_cached(&sql)?.execute(rusqlite::params![
            page.id.as_bytes(),
            page.component,
            page.position,
            page.file.as_bytes(),
            page.file_index,
            page.media.mime(),
            page.width,
            page.height,
            page.dpi,
            to_json(&page.source)?,
            name(page.disposition),
            millis(page.received_at),
            page.aside.map(reason),
            page.stack.as_ref().map(StackId::as_bytes),
            edit(&page.edit)?,
            to_json(&page.found)?,
            dossier.as_bytes(),
        ])?;
        Ok(())
    }

    /// Keeps the small picture of a page.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_thumb(&self, page: PageId, picture: &[u8]) -> Result<(), Error> {
        let sql = "INSERT INTO thumb (page, picture) VALUES (?1, ?2) ON CONFLICT (page) DO UPDATE SET picture = excluded.picture";
        self.0.prepare_cached(sql)?.execute((page.as_bytes(), picture))?;
        Ok(())
    }

    /// Forgets the small picture of a page, which is to be made anew.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_thumb(&self, page: PageId) -> Result<(), Error> {
        self.0.prepare_cached("DELETE FROM thumb WHERE page = ?1")?.execute([page.as_bytes()])?;
        Ok(())
    }

    /// Writes what may change of a page: its component and place, whether and why it counts, how it is read.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_page(&self, page: &Page) -> Result<(), Error> {
        let sql =
            "UPDATE page SET component = ?2, position = ?3, disposition = ?4, aside = ?5, edit = ?6 WHERE id = ?1";
        self.0.prepare_cached(sql)?.execute((
            page.id.as_bytes(),
            page.component,
            page.position,
            name(page.disposition),
            page.aside.map(reason),
            edit(&page.edit)?,
        ))?;
        Ok(())
    }
}

fn name(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Kept => "kept",
        Disposition::SetAside => "set_aside",
    }
}

fn reason(reason: AsideReason) -> &'static str {
    match reason {
        AsideReason::Clerk => "clerk",
        AsideReason::Blank => "blank",
        AsideReason::Duplicate => "duplicate",
        AsideReason::Test => "test",
        AsideReason::Separator => "separator",
        AsideReason::Unplaced => "unplaced",
        AsideReason::Replaced => "replaced",
        AsideReason::Discarded => "discarded",
    }
}

/// Nothing for a page as it came, which nearly all of them are.
fn edit(edit: &PageEdit) -> Result<Option<String>, Error> {
    if edit.is_plain() { Ok(None) } else { to_json(edit).map(Some) }
}

struct Raw {
    id: [u8; 16],
    component: u32,
    position: i64,
    file: domain::FileHash,
    file_index: u32,
    media: String,
    width: u32,
    height: u32,
    dpi: u32,
    source: String,
    disposition: String,
    received: i64,
    aside: Option<String>,
    stack: Option<[u8; 16]>,
    edit: Option<String>,
    found: Option<String>,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: id16(row, 0)?,
        component: row.get(1)?,
        position: row.get(2)?,
        file: hash32(row, 3)?,
        file_index: row.get(4)?,
        media: row.get(5)?,
        width: row.get(6)?,
        height: row.get(7)?,
        dpi: row.get(8)?,
        source: row.get(9)?,
        disposition: row.get(10)?,
        received: row.get(11)?,
        aside: row.get(12)?,
        stack: row.get(13)?,
        edit: row.get(14)?,
        found: row.get(15)?,
    })
}

fn build(raw: Raw) -> Result<Page, Error> {
    Ok(Page {
        id: PageId::from_bytes(raw.id),
        component: raw.component,
        position: raw.position,
        file: raw.file,
        file_index: raw.file_index,
        media: MediaType::from_mime(&raw.media).ok_or_else(|| Error::Damaged(format!("media {:?}", raw.media)))?,
        width: raw.width,
        height: raw.height,
        dpi: raw.dpi,
        source: json(&raw.source)?,
        disposition: word(&raw.disposition)?,
        aside: raw.aside.as_deref().map(word).transpose()?,
        stack: raw.stack.map(StackId::from_bytes),
        edit: raw.edit.as_deref().map(json).transpose()?.unwrap_or_default(),
        found: raw.found.as_deref().map(json).transpose()?.unwrap_or_default(),
        received_at: time(raw.received)?,
    })
}
