//! Pages: where each side of paper lies, in which order, kept or set aside. Rows are never deleted.

use super::{hash32, id16, json, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use domain::{Disposition, DossierId, MediaType, Page, PageId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str =
    "id, component, position, file, file_index, media, width, height, dpi, source, disposition, received_ms";

impl Reader<'_> {
    /// The pages of `dossier` by component and position, those set aside among them.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn pages(&self, dossier: DossierId) -> Result<Vec<Page>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM page WHERE dossier = ?1 ORDER BY component, position, id");
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map([dossier.as_bytes()], raw)?;
        rows.map(|row| build(row?)).collect()
    }

    /// The page `id` and the dossier it belongs to.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the row does not read back.
    pub fn page(&self, id: PageId) -> Result<Option<(DossierId, Page)>, Error> {
        let sql = format!("SELECT {COLUMNS}, dossier FROM page WHERE id = ?1");
        let row = self.0.prepare_cached(&sql)?.query_row([id.as_bytes()], |row| Ok((raw(row)?, id16(row, 12)?)));
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
            "INSERT INTO page ({COLUMNS}, dossier) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        );
        self.0.prepare_cached(&sql)?.execute((
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
            dossier.as_bytes(),
        ))?;
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

    /// Puts a page to a component, a place and a disposition.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn place_page(&self, id: PageId, component: u32, position: i64, disposition: Disposition) -> Result<(), Error> {
        let sql = "UPDATE page SET component = ?2, position = ?3, disposition = ?4 WHERE id = ?1";
        self.0.prepare_cached(sql)?.execute((id.as_bytes(), component, position, name(disposition)))?;
        Ok(())
    }
}

fn name(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Kept => "kept",
        Disposition::SetAside => "set_aside",
    }
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
        received_at: time(raw.received)?,
    })
}
