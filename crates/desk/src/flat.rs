//! Paper on a picture laid flat by hand (nắn phẳng bằng tay): a person drags its four corners where they were not found, or not
//! rightly. The bytes stay; what is said lies beside them and can be taken back like any change of a page.

use crate::fault::Error;
use crate::photo::on_picture;
use crate::station::Desk;
use crate::view::{DossierView, PaperEdges};
use domain::{DossierId, Flat, LEAST_PHOTO_DPI, MediaType, Page, PageAct, PageId, PhotoPaper, Right};
use imaging::{PageFacts, Shown, Turn};

/// Where corners are offered on a picture on which no paper is told from the table.
const GUESS: [(u16, u16); 4] = [(800, 800), (9_200, 800), (9_200, 9_200), (800, 9_200)];

impl Desk {
    /// Where the paper lies on a page's whole picture, as a person sees it upright and turned as the page is: where it was
    /// said or found before, else where it is found now, else a guess.
    ///
    /// # Errors
    /// [`Error::PageNotFound`]; [`Error::BadInput`] for a page that is no picture.
    pub fn paper_edges(&self, page: PageId) -> Result<PaperEdges, Error> {
        self.require(Right::Intake)?;
        let (_, page, bytes) = self.picture(page)?;
        let facts = facts(&page, &bytes)?;
        let known = match page.edit.flat {
            Some(flat) => Some(flat.corners),
            None => imaging::find_paper(&bytes, page.file_index)?,
        };
        let seen = |corners| imaging::seen_corners(corners, facts.orientation, page.edit.turns);
        let paper = page.edit.flat.and_then(|flat| {
            let sides = (flat.width.min(flat.height), flat.width.max(flat.height));
            PhotoPaper::ALL.into_iter().find(|paper| paper.sides() == sides)
        });
        Ok(PaperEdges { corners: known.map_or(GUESS, seen), found: known.is_some(), paper: paper.unwrap_or_default() })
    }

    /// Lays the paper flat whose corners a person sees, clockwise from the upper left one, in ten-thousandths of the picture
    /// that [`Desk::whole_picture`] gives.
    ///
    /// # Errors
    /// [`Error::BadInput`] for corners that are no paper's; [`Error::PhotoCoarse`] where it then has fewer dots an inch than
    /// may be kept for good (G8). Nothing changes then.
    pub fn lay_flat(&self, page: PageId, seen: [(u16, u16); 4], paper: PhotoPaper) -> Result<DossierView, Error> {
        self.require(Right::Intake)?;
        let (dossier, page, bytes) = self.picture(page)?;
        let facts = facts(&page, &bytes)?;
        let corners = imaging::stored_corners(seen, facts.orientation, page.edit.turns);
        let lying = imaging::Flat::lying(corners, paper.sides(), &facts);
        let flat = Flat { corners, width: lying.width, height: lying.height };
        if !flat.is_sane() {
            return Err(Error::BadInput("corners"));
        }
        let dpi = on_picture(flat).resolution(&facts);
        if dpi < LEAST_PHOTO_DPI {
            return Err(Error::PhotoCoarse { dpi });
        }
        self.edit_pages(dossier, &PageAct::Flatten { page: page.id, flat: Some(flat) })
    }

    /// A page's whole picture, upright and turned as the page is, neither laid flat nor cut.
    ///
    /// # Errors
    /// As [`Desk::paper_edges`].
    pub fn whole_picture(&self, page: PageId) -> Result<Vec<u8>, Error> {
        self.require(Right::Read)?;
        let (_, page, bytes) = self.picture(page)?;
        let shown = Shown { flat: None, turn: Turn::quarters(page.edit.turns), cut: None };
        Ok(imaging::seen(&bytes, page.file_index, crate::pictures::PAGE, shown)?)
    }

    /// A page that came as a picture; what a PDF draws has no paper and no table.
    fn picture(&self, page: PageId) -> Result<(DossierId, Page, Vec<u8>), Error> {
        let found = self.page_file(page)?;
        if found.1.media == MediaType::Pdf { Err(Error::BadInput("page")) } else { Ok(found) }
    }
}

fn facts(page: &Page, bytes: &[u8]) -> Result<PageFacts, Error> {
    let at = usize::try_from(page.file_index).unwrap_or(usize::MAX);
    imaging::facts(bytes)?.get(at).copied().ok_or(Error::PageNotFound)
}
