//! Keeping a page: its bytes durable first, then its row, then the clerk sees it. In that order, always (G13, T-02).
//!
//! Also what a clerk does with pages afterwards; the bytes never change, every move can be taken back.

use crate::digitize;
use crate::fault::Error;
use crate::intake::draft;
use crate::station::Desk;
use crate::view::{DossierView, PageView};
use chrono::{DateTime, FixedOffset};
use domain::{
    AsideReason, Disposition, DossierId, FileHash, MediaType, Page, PageAct, PageEdit, PageFound, PageId, PageSource,
    Right, StackId, StaffId,
};
use imaging::Format;

/// Longest side of a small picture, in pixels.
pub(crate) const THUMB: u32 = 320;

/// A file whose pages were looked at and whose bytes are durable, but that no row names yet.
pub(crate) struct Examined {
    pub(crate) file: FileHash,
    pub(crate) bytes: u64,
    pub(crate) media: MediaType,
    pub(crate) pages: Vec<ExaminedPage>,
}

/// What is known of one page before it belongs to anything.
pub(crate) struct ExaminedPage {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) dpi: u32,
    pub(crate) thumb: Vec<u8>,
    /// What it looks like, until the run's watch has judged it.
    pub(crate) looks: Option<imaging::Looks>,
    /// What that means.
    pub(crate) found: PageFound,
    /// Why it does not count, where it does not.
    pub(crate) aside: Option<AsideReason>,
    /// How it is read.
    pub(crate) edit: PageEdit,
    /// Whether it was photographed.
    pub(crate) photo: bool,
}

impl Examined {
    /// One of its pages as it came in, in the first place of the first component and of no stack yet.
    pub(crate) fn page(
        &self,
        id: PageId,
        (file_index, found): (u32, &ExaminedPage),
        source: &PageSource,
        received_at: DateTime<FixedOffset>,
    ) -> Page {
        let mut page = Page {
            id,
            component: 1,
            position: 1,
            file: self.file,
            file_index,
            media: self.media,
            width: found.width,
            height: found.height,
            dpi: found.dpi,
            source: source.clone(),
            disposition: Disposition::Kept,
            aside: None,
            stack: None,
            edit: found.edit.clone(),
            found: found.found.clone(),
            received_at,
        };
        if let Some(reason) = found.aside {
            page.set_aside(reason);
        }
        page
    }
}

impl Desk {
    /// Looks at every page of `bytes` and keeps the bytes. Nothing refers to them yet, so that a crash here loses nothing
    /// that anyone was told of.
    pub(crate) fn examine(&self, bytes: &[u8]) -> Result<Examined, Error> {
        let (media, pages) = look(bytes)?;
        let file = self.store()?.put_file(bytes)?;
        Ok(Examined { file, bytes: bytes.len() as u64, media, pages })
    }

    /// Adds the pages of an examined file to the end of a component, in one transaction.
    pub(crate) fn keep_pages(
        &self,
        dossier: DossierId,
        component: u32,
        examined: &Examined,
        source: &PageSource,
        stack: Option<StackId>,
    ) -> Result<Vec<PageView>, Error> {
        let pages = self.store()?.write(|tx| self.add_pages(tx, (dossier, component), examined, source, stack))?;
        Ok(pages.iter().map(crate::views::page).collect())
    }

    /// Adds the pages of an examined file to the end of a component, within a transaction of the caller's.
    pub(crate) fn add_pages(
        &self,
        tx: &store::Writer<'_>,
        (dossier, component): (DossierId, u32),
        examined: &Examined,
        source: &PageSource,
        stack: Option<StackId>,
    ) -> Result<Vec<Page>, Error> {
        let now = self.now();
        let staff = self.signed_in().map(|staff| staff.id);
        let draft = draft(tx, dossier)?;
        if !draft.components.iter().any(|c| c.index == component) {
            return Err(Error::ComponentNotFound);
        }
        tx.add_file(&examined.file, examined.bytes, examined.media, now)?;
        let places = tx.reader().next_position(dossier, component)?..;
        let mut pages = Vec::with_capacity(examined.pages.len());
        for ((file_index, found), position) in (0..).zip(&examined.pages).zip(places) {
            let page =
                Page { component, position, stack, ..examined.page(self.clock.id(), (file_index, found), source, now) };
            bring(tx, dossier, &page, &found.thumb, staff)?;
            pages.push(page);
        }
        crate::stack::count(tx, stack, pages.len())?;
        Ok(pages)
    }

    /// Sets a page aside, or brings it back.
    ///
    /// # Errors
    /// [`Error::PageNotFound`]; [`Error::DossierClosed`] once the dossier is accepted.
    pub fn set_page_aside(&self, page: PageId, aside: bool) -> Result<DossierView, Error> {
        let pages = vec![page];
        let act = if aside { PageAct::Aside { pages } } else { PageAct::Back { pages } };
        self.edit_pages(self.dossier_of(page)?, &act)
    }

    /// Moves a page into `component`, before another page or to the end.
    ///
    /// # Errors
    /// [`Error::PageNotFound`] or [`Error::ComponentNotFound`].
    pub fn move_page(&self, page: PageId, component: u32, before: Option<PageId>) -> Result<DossierView, Error> {
        self.require(Right::Intake)?;
        let (dossier, moved) = self.store()?.read(|r| r.page(page))?.ok_or(Error::PageNotFound)?;
        if before == Some(page) && moved.component == component {
            return self.dossier_view(dossier);
        }
        self.edit_pages(dossier, &PageAct::Move { pages: vec![page], component, before })
    }

    fn dossier_of(&self, page: PageId) -> Result<DossierId, Error> {
        self.require(Right::Intake)?;
        Ok(self.store()?.read(|r| r.page(page))?.ok_or(Error::PageNotFound)?.0)
    }

    /// Makes PDFs ahead of acceptance. A failure here costs nothing: the pages are kept, and acceptance makes what is missing.
    pub(crate) fn digitize_ahead(&self, dossier: DossierId) {
        if let Err(error) = self.digitize_stale(dossier) {
            tracing::warn!(code = ?error.code().0, "PDF not made ahead");
        }
    }

    /// Makes the PDFs of components whose kept pages changed. Called after a run of pages, so that acceptance
    /// finds them ready.
    pub(crate) fn digitize_stale(&self, dossier: DossierId) -> Result<(), Error> {
        let (loaded, pages) = self.store()?.read(|r| -> Result<_, Error> {
            Ok((r.dossier(dossier)?.ok_or(Error::DossierNotFound)?, r.pages(dossier)?))
        })?;
        for component in &loaded.components {
            let kept: Vec<&Page> = digitize::kept(&pages, component.index).collect();
            let made_of = domain::dossier::page_list_hash(kept.iter().copied());
            let fresh = component.digitized.as_ref().is_some_and(|digitized| digitized.made_of == made_of);
            if fresh || (kept.is_empty() && component.digitized.is_none()) {
                continue;
            }
            let digitized = digitize::component(self.store()?, &component.name, &kept, self.now())?;
            let now = self.now();
            self.store()?.write(|tx| -> Result<(), Error> {
                let mut dossier = draft(tx, dossier)?;
                let Some(target) = dossier.components.iter_mut().find(|c| c.index == component.index) else {
                    return Ok(());
                };
                if let Some(made) = &digitized {
                    tx.add_file(&made.file, made.bytes, MediaType::Pdf, now)?;
                }
                target.digitized = digitized;
                tx.put_dossier(&dossier)?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Writes a page that came in, with its small picture.
pub(crate) fn bring(
    tx: &store::Writer<'_>,
    dossier: DossierId,
    page: &Page,
    thumb: &[u8],
    staff: Option<StaffId>,
) -> Result<(), Error> {
    tx.add_page(dossier, page)?;
    tx.keep_thumb(page.id, thumb)?;
    tx.log(page.received_at, staff, "page.add", &page.id.to_string())?;
    Ok(())
}

/// What the pages of a file are, without keeping anything. A decoder that panics over a hostile file has found damage.
pub(crate) fn look(bytes: &[u8]) -> Result<(MediaType, Vec<ExaminedPage>), Error> {
    std::panic::catch_unwind(|| decode(bytes)).unwrap_or(Err(imaging::Refusal::Damaged.into()))
}

fn decode(bytes: &[u8]) -> Result<(MediaType, Vec<ExaminedPage>), Error> {
    let media = match imaging::sniff(bytes)? {
        Format::Jpeg => MediaType::Jpeg,
        Format::Png => MediaType::Png,
        Format::Tiff => MediaType::Tiff,
        Format::Pdf => return Ok((MediaType::Pdf, look_at_pdf(bytes)?)),
    };
    let pages = imaging::examine(bytes, THUMB)?;
    let page = |page: imaging::Examined| {
        let (width, height) = page.facts.upright_size();
        ExaminedPage {
            width,
            height,
            dpi: page.facts.dpi,
            thumb: page.thumb,
            looks: page.looks,
            found: PageFound::default(),
            aside: None,
            edit: PageEdit::default(),
            photo: false,
        }
    };
    Ok((media, pages.into_iter().map(page).collect()))
}

fn look_at_pdf(bytes: &[u8]) -> Result<Vec<ExaminedPage>, Error> {
    let pages = pdf::read::inspect(bytes)?;
    let page = |(index, page): (u32, pdf::read::PdfPage)| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "points of a page, checked by the reader"
        )]
        let points = |length: f32| length.max(0.0).round() as u32;
        let thumb = pdf::read::render(bytes, index, THUMB)?;
        let (width, height) = (points(page.width_pt), points(page.height_pt));
        let (found, edit) = (PageFound::default(), PageEdit::default());
        Ok(ExaminedPage { width, height, dpi: 72, thumb, looks: None, found, aside: None, edit, photo: false })
    };
    (0..).zip(pages).map(page).collect()
}
