//! PDFs that came in: how many pages, how large, how they look, and whether they can be read at all.
//!
//! They are other people's bytes, so this is the one place where a panic of the reader below is
//! turned into [`PdfRefusal::Damaged`]: hayro is fuzzed but young, and a clerk's dossier must outlive any file.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::Dict;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest side that [`render`] draws, in pixels: A4 at 300 dpi.
pub const LONGEST_RENDER: u32 = 3_508;

/// How far from its end a file's end marker may stand; readers agree on about this much trailing matter.
const TRAILING: usize = 4_096;

/// One page of a PDF, as a person sees it (trang PDF).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PdfPage {
    /// Width in points.
    pub width_pt: f32,
    /// Height in points.
    pub height_pt: f32,
}

/// Why a PDF is not taken (lý do không nhận tệp PDF).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfRefusal {
    /// No bytes, or no pages.
    #[error("the PDF is empty")]
    Empty,
    /// It cannot be read, or not all of it is there.
    #[error("the PDF is damaged")]
    Damaged,
    /// It opens only with a password or a certificate.
    #[error("the PDF is locked")]
    Password,
    /// It has more pages than one file may hold.
    #[error("the PDF holds {pages} pages")]
    TooManyPages {
        /// How many.
        pages: u32,
    },
}

/// Reads the size of every page.
///
/// # Errors
/// [`PdfRefusal`] says why the file cannot be taken.
pub fn inspect(bytes: &[u8]) -> Result<Vec<PdfPage>, PdfRefusal> {
    guarded(|| {
        let pdf = open(bytes)?;
        let size = |page: &hayro::hayro_syntax::page::Page<'_>| {
            let (width_pt, height_pt) = page.render_dimensions();
            let sane = [width_pt, height_pt].iter().all(|side| side.is_finite() && *side > 0.0);
            if sane { Ok(PdfPage { width_pt, height_pt }) } else { Err(PdfRefusal::Damaged) }
        };
        pdf.pages().iter().map(size).collect()
    })
}

/// Draws page `index` as a JPEG on white, its longer side `longest` pixels, [`LONGEST_RENDER`] at most.
///
/// # Errors
/// [`PdfRefusal`] says why it cannot be drawn; [`PdfRefusal::Damaged`] when there is no such page.
pub fn render(bytes: &[u8], index: u32, longest: u32) -> Result<Vec<u8>, PdfRefusal> {
    guarded(|| {
        let pdf = open(bytes)?;
        let page = pdf.pages().get(index as usize).ok_or(PdfRefusal::Damaged)?;
        let (width, height) = page.render_dimensions();
        #[expect(clippy::cast_precision_loss, reason = "at most a few thousand pixels")]
        let wanted = longest.clamp(1, LONGEST_RENDER) as f32;
        let scale = wanted / width.max(height);
        if !scale.is_finite() || scale <= 0.0 {
            return Err(PdfRefusal::Damaged);
        }
        // A side of nought pixels is none: a page a thousand times longer than wide still shows.
        let at_least_one = |side: f32| scale.max(1.0 / side);
        let settings = PixmapSettings { x_scale: at_least_one(width), y_scale: at_least_one(height), bg_color: WHITE };
        let interpreter = InterpreterSettings::default();
        let pixmap = hayro::render(page, &RenderCache::new(), &interpreter, &RenderSettings::default(), &settings);
        let (pixels, _) = pixmap.data_as_u8_slice().as_chunks::<4>();
        // The ground is opaque white, so premultiplied colors are the colors.
        let colors: Vec<u8> = pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 85)
            .encode(&colors, u32::from(pixmap.width()), u32::from(pixmap.height()), ExtendedColorType::Rgb8)
            .map_err(|_| PdfRefusal::Damaged)?;
        Ok(jpeg)
    })
}

/// Runs `read` over a foreign file; a panic in it says that the file is damaged.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, PdfRefusal>) -> Result<T, PdfRefusal> {
    // Nothing outlives the closure but its result, so no broken state can be seen afterwards.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(PdfRefusal::Damaged))
}

/// Opens a foreign file and makes sure that all of its pages are there.
pub(crate) fn open(bytes: &[u8]) -> Result<Pdf, PdfRefusal> {
    if bytes.is_empty() {
        return Err(PdfRefusal::Empty);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            PdfRefusal::Password
        }
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption)
        | LoadPdfError::Invalid => PdfRefusal::Damaged,
    })?;
    // The reader rebuilds what a cut file lost and goes on with the pages that are left; a paper that
    // lost pages without a word is worse than one refused.
    let tail = &bytes[bytes.len().saturating_sub(TRAILING)..];
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(PdfRefusal::Damaged);
    }
    let found = pdf.pages().len();
    let claimed = pdf
        .xref()
        .get::<Dict<'_>>(pdf.xref().root_id())
        .and_then(|catalog| catalog.get::<Dict<'_>>("Pages"))
        .and_then(|pages| pages.get::<i32>("Count"));
    if claimed.is_some_and(|claimed| usize::try_from(claimed).is_ok_and(|claimed| claimed > found)) {
        return Err(PdfRefusal::Damaged);
    }
    match u32::try_from(found) {
        Ok(0) => Err(PdfRefusal::Empty),
        Ok(pages) if pages <= imaging::MOST_PAGES => Ok(pdf),
        Ok(pages) => Err(PdfRefusal::TooManyPages { pages }),
        Err(_) => Err(PdfRefusal::TooManyPages { pages: u32::MAX }),
    }
}
