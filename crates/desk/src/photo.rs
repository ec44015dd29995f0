//! Paper that was photographed (ảnh chụp giấy): the paper is found on the picture and read as if it lay flat, the bytes stay
//! as they came. What is too coarse to be kept for good is refused while the paper is still at hand (G8).

use crate::fault::Error;
use crate::pages::{Examined, ExaminedPage, THUMB};
use crate::station::Desk;
use domain::{Flat, LEAST_PHOTO_DPI, MediaType, PageEdit, PageFound, PhotoPaper};
use imaging::{Format, Photo};

/// The sides of what is longer than this many times its width are a card's: paper of the A series is 1.41, a card 1.59.
const CARD_FROM: f64 = 1.5;

impl Desk {
    /// Looks at a file that a person chose, and keeps the bytes: what a camera took is a photograph of A4 or, where its
    /// shape says so, of a card; anything else is pages as they are.
    pub(crate) fn examine_file(&self, bytes: &[u8]) -> Result<Examined, Error> {
        if imaging::is_photo(bytes) { self.examine_photo(bytes, None) } else { self.examine(bytes) }
    }

    /// Looks at a photograph of `paper`, told by its shape where nobody says what it is, and keeps the bytes.
    ///
    /// # Errors
    /// [`Error::PhotoCoarse`] where the paper has too few dots an inch; what else is wrong with the file.
    pub(crate) fn examine_photo(&self, bytes: &[u8], paper: Option<PhotoPaper>) -> Result<Examined, Error> {
        let look = || look(bytes, paper);
        // A decoder that panics over a hostile file has found damage.
        let (media, page) = std::panic::catch_unwind(look).unwrap_or(Err(imaging::Refusal::Damaged.into()))?;
        let file = self.store()?.put_file(bytes)?;
        Ok(Examined { file, bytes: bytes.len() as u64, media, pages: vec![page] })
    }
}

fn look(bytes: &[u8], paper: Option<PhotoPaper>) -> Result<(MediaType, ExaminedPage), Error> {
    let media = match imaging::sniff(bytes)? {
        Format::Jpeg => MediaType::Jpeg,
        Format::Png => MediaType::Png,
        Format::Tiff => MediaType::Tiff,
        Format::Pdf => return Err(imaging::Refusal::UnknownKind.into()),
    };
    let mut photo = imaging::examine_photo(bytes, paper.unwrap_or_default().sides(), THUMB)?;
    if paper.is_none() && is_card(&photo) {
        photo = imaging::examine_photo(bytes, PhotoPaper::Card.sides(), THUMB)?;
    }
    if photo.resolution < LEAST_PHOTO_DPI {
        return Err(Error::PhotoCoarse { dpi: photo.resolution });
    }
    let flat = photo.flat.map(|flat| Flat { corners: flat.corners, width: flat.width, height: flat.height });
    let (width, height) = photo.facts.upright_size();
    let page = ExaminedPage {
        width,
        height,
        dpi: photo.resolution,
        thumb: photo.thumb,
        looks: photo.looks,
        found: PageFound::default(),
        aside: None,
        edit: PageEdit { flat, ..PageEdit::default() },
        photo: true,
    };
    Ok((media, page))
}

/// Whether the paper that was found has the shape of a card.
fn is_card(photo: &Photo) -> bool {
    let Some(flat) = photo.flat else { return false };
    let at = |n: usize| {
        let (x, y) = flat.corners[n % 4];
        (f64::from(x) * f64::from(photo.facts.width), f64::from(y) * f64::from(photo.facts.height))
    };
    let side = |n: usize| {
        let ((ax, ay), (bx, by)) = (at(n), at(n + 1));
        (bx - ax).hypot(by - ay)
    };
    let (across, down) = (side(0) + side(2), side(1) + side(3));
    across.max(down) > CARD_FROM * across.min(down)
}

/// The same paper as pictures know it.
pub(crate) fn on_picture(flat: Flat) -> imaging::Flat {
    imaging::Flat { corners: flat.corners, width: flat.width, height: flat.height }
}
