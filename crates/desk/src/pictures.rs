//! Pictures for the screen, by id: small ones, whole pages, drawn forms. JPEG or PNG bytes, never paths.

use crate::fault::Error;
use crate::station::Desk;
use domain::{DossierId, Form, MediaType, Page, PageEdit, PageId, Right};
use imaging::{Shown, Turn};

/// Longest side of a page on the screen, in pixels: enough to read 10-point type at 100 %.
pub(crate) const PAGE: u32 = 2_000;

impl Desk {
    /// The small picture of a page, made anew where it is no longer kept.
    ///
    /// # Errors
    /// [`Error::PageNotFound`].
    pub fn thumb(&self, page: PageId) -> Result<Vec<u8>, Error> {
        self.require(Right::Read)?;
        let store = self.store()?;
        if let Some(kept) = store.read(|r| r.thumb(page))? {
            return Ok(kept);
        }
        let (edit, made) = self.draw_page(page, crate::pages::THUMB)?;
        store.write(|tx| -> Result<(), Error> {
            // Turned meanwhile: the picture is of before, and is not kept.
            if tx.reader().page(page)?.is_some_and(|(_, now)| now.edit == edit) {
                tx.keep_thumb(page, &made)?;
            }
            Ok(())
        })?;
        Ok(made)
    }

    /// A page as it is read: upright, laid flat, turned and cut.
    ///
    /// # Errors
    /// [`Error::PageNotFound`].
    pub fn page_picture(&self, page: PageId) -> Result<Vec<u8>, Error> {
        self.require(Right::Read)?;
        Ok(self.draw_page(page, PAGE)?.1)
    }

    /// A page, whose it is, and the file it is in.
    ///
    /// # Errors
    /// [`Error::PageNotFound`]; [`Error::Purged`] where its bytes have left the machine.
    pub(crate) fn page_file(&self, page: PageId) -> Result<(DossierId, Page, Vec<u8>), Error> {
        let store = self.store()?;
        let (dossier, page) = store.read(|r| r.page(page))?.ok_or(Error::PageNotFound)?;
        if store.read(|r| r.is_purged(&page.file))? {
            return Err(Error::Purged);
        }
        let bytes = store.file(&page.file)?;
        Ok((dossier, page, bytes))
    }

    /// A page drawn as it is read, and how that is.
    fn draw_page(&self, page: PageId, longest: u32) -> Result<(PageEdit, Vec<u8>), Error> {
        let (_, page, bytes) = self.page_file(page)?;
        let shown = Shown {
            flat: page.edit.flat.map(crate::photo::on_picture),
            turn: Turn::quarters(page.edit.turns),
            cut: page.edit.crop.map(|crop| [crop.left, crop.top, crop.right, crop.bottom]),
        };
        let drawn = match page.media {
            MediaType::Pdf => {
                // Drawn as much larger as is cut off of it.
                let most = page.edit.crop.map_or(10_000, |crop| (crop.right - crop.left).max(crop.bottom - crop.top));
                let whole = (longest * 10_000 / u32::from(most.max(1))).min(3 * longest);
                let drawn = pdf::read::render(&bytes, page.file_index, whole)?;
                if page.edit.is_plain() {
                    drawn
                } else {
                    imaging::seen(&drawn, 0, longest, Shown { flat: None, ..shown })?
                }
            }
            MediaType::Jpeg | MediaType::Png | MediaType::Tiff => {
                imaging::seen(&bytes, page.file_index, longest, shown)?
            }
        };
        Ok((page.edit, drawn))
    }

    /// The small picture of a page that lies in no dossier yet.
    ///
    /// # Errors
    /// [`Error::PageNotFound`].
    pub fn loose_thumb(&self, page: PageId) -> Result<Vec<u8>, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| r.loose_thumb(page))?.ok_or(Error::PageNotFound)
    }

    /// A page that lies in no dossier yet.
    ///
    /// # Errors
    /// [`Error::PageNotFound`].
    pub fn loose_picture(&self, page: PageId) -> Result<Vec<u8>, Error> {
        self.require(Right::Read)?;
        let (.., loose) = self.store()?.read(|r| r.loose_page(page))?.ok_or(Error::PageNotFound)?;
        let bytes = self.store()?.file(&loose.page.file)?;
        Ok(match loose.page.media {
            MediaType::Pdf => pdf::read::render(&bytes, loose.page.file_index, PAGE)?,
            MediaType::Jpeg | MediaType::Png | MediaType::Tiff => {
                imaging::picture(&bytes, loose.page.file_index, PAGE, Turn::None)?
            }
        })
    }

    /// Page `n` of a form's sheet, as it will be printed.
    ///
    /// # Errors
    /// [`Error::NothingToPrint`] where there is no such sheet.
    pub fn paper_picture(&self, form: Form, about: &str, n: u32) -> Result<Vec<u8>, Error> {
        let drawn = self.paper_pdf(form, about, None)?;
        Ok(pdf::read::render(&drawn, n, PAGE)?)
    }
}
