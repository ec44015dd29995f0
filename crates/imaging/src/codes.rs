//! QR and Data Matrix codes on a page: found at any angle, told with their place and their bytes.
//!
//! The pixels come out of our own decoders, judged before they are believed. What goes to the C++ library beneath is a gray
//! picture of bounded size and nothing else: it opens no file and sees no format of one.

use crate::raster::Raster;
use crate::shrink::{self, Gray};
use zxingcpp::{Barcode, BarcodeFormat, BarcodeReader, Binarizer, ImageFormat, ImageView, TextMode};

/// The most pixels that are searched; a larger page is shrunk first. A4 at 600 dpi has 35 million.
const MOST_SEARCHED: u64 = 36_000_000;

/// The most pixels that are searched again with other eyes, which take longer. A4 at 300 dpi has 9 million.
const MOST_SEARCHED_AGAIN: u64 = 12_000_000;

/// The most codes that are told of one page.
const MOST_CODES: i32 = 64;

/// A page whose longer side is shorter than this is also looked at enlarged: a small code in a photo.
const SMALL: u32 = 1_600;

/// How hard is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One look, for every page of a stack.
    Once,
    /// Where one look finds nothing, more with other eyes: for a picture that is known to show a code.
    Thorough,
}

/// The kinds of codes that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// QR code.
    Qr,
    /// Data Matrix.
    DataMatrix,
}

/// A point of the page as it is stored, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// To the right.
    pub x: u32,
    /// Down.
    pub y: u32,
}

/// A code on a page (mã vạch hai chiều).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its kind.
    pub kind: CodeKind,
    /// Its bytes as they are written in it.
    pub bytes: Vec<u8>,
    /// What the code itself says its bytes mean, where that is not UTF-8.
    declared: Option<String>,
    /// Its corners: top left, top right, bottom right and bottom left as one reads it, wherever they lie on the page.
    pub corners: [Corner; 4],
}

impl Code {
    /// Its text: UTF-8 where the bytes are that, otherwise as the code declares them.
    #[must_use]
    pub fn text(&self) -> String {
        match (&self.declared, std::str::from_utf8(&self.bytes)) {
            (Some(declared), _) => declared.clone(),
            (None, Ok(text)) => text.to_owned(),
            (None, Err(_)) => String::from_utf8_lossy(&self.bytes).into_owned(),
        }
    }
}

/// The codes on a page, from the top of the page down.
#[must_use]
pub fn find(raster: &Raster, effort: Effort) -> Vec<Code> {
    let page = shrink::gray(raster, longest(raster, MOST_SEARCHED));
    let scale = |page: &Gray| f64::from(raster.facts.width.max(1)) / f64::from(page.width.max(1));
    let mut found = look(&page, Binarizer::LocalAverage, scale(&page));
    drop(page);
    if found.is_empty() && effort == Effort::Thorough {
        let page = shrink::gray(raster, longest(raster, MOST_SEARCHED_AGAIN));
        let eyes = [Eye::Softer(1), Eye::Softer(3), Eye::Larger, Eye::Global];
        found =
            eyes.iter().map(|eye| eye.look(&page, scale(&page))).find(|found| !found.is_empty()).unwrap_or_default();
    }
    found.sort_by_key(|code| code.corners.iter().map(|corner| (corner.y, corner.x)).min());
    found
}

/// Whether the page is a patch sheet (tờ ngăn Patch-T): the word that such sheets bear, in the bars of Code 39 or Code 128,
/// as every program that knows them reads it. The same word in any other code, or among others, is none.
#[must_use]
pub fn is_patch_t(raster: &Raster) -> bool {
    let page = shrink::gray(raster, longest(raster, MOST_SEARCHED_AGAIN));
    let bars = |page: &Gray, binarizer| {
        let Ok(view) = ImageView::from_slice(&page.data, page.width, page.height, ImageFormat::Lum) else {
            return false;
        };
        let reader = BarcodeReader::new()
            .formats([BarcodeFormat::Code39, BarcodeFormat::Code128])
            .try_harder(true)
            .try_rotate(true)
            .try_downscale(true)
            .binarizer(binarizer)
            .text_mode(TextMode::Plain)
            .max_number_of_symbols(MOST_CODES);
        let found = reader.from(&view).unwrap_or_default();
        found.iter().any(|code| code.is_valid() && code.text().trim().eq_ignore_ascii_case(PATCH_T))
    };
    bars(&page, Binarizer::LocalAverage) || bars(&page.softened(1), Binarizer::LocalAverage)
}

/// What a patch sheet's bars say.
const PATCH_T: &str = "PATCHT";

/// Another way to look at a page.
#[derive(Clone, Copy)]
enum Eye {
    /// Faint print falls apart into dots, which run together again when each pixel takes after its neighbors.
    Softer(usize),
    /// Of a small code each module is a pixel or two.
    Larger,
    /// One threshold for the whole page, where the ground around a code misleads a local one.
    Global,
}

impl Eye {
    fn look(self, page: &Gray, scale: f64) -> Vec<Code> {
        match self {
            Self::Softer(reach) => look(&page.softened(reach), Binarizer::LocalAverage, scale),
            Self::Larger if page.width.max(page.height) < SMALL => {
                look(&page.doubled(), Binarizer::LocalAverage, scale / 2.0)
            }
            Self::Larger => Vec::new(),
            Self::Global => look(page, Binarizer::GlobalHistogram, scale),
        }
    }
}

/// How long the longer side may be, so that there are no more than `limit` pixels.
fn longest(raster: &Raster, limit: u64) -> u32 {
    let (width, height) = (u64::from(raster.facts.width), u64::from(raster.facts.height));
    let most = width.max(height);
    let pixels = (width * height).max(1);
    if pixels <= limit {
        return u32::try_from(most).unwrap_or(u32::MAX);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a length"
    )]
    let fits = (most as f64 * (limit as f64 / pixels as f64).sqrt()) as u32;
    fits.max(1)
}

/// One look at a gray picture; `scale` brings its places back to the page.
fn look(page: &Gray, binarizer: Binarizer, scale: f64) -> Vec<Code> {
    let Ok(view) = ImageView::from_slice(&page.data, page.width, page.height, ImageFormat::Lum) else {
        return Vec::new();
    };
    let reader = BarcodeReader::new()
        .formats([BarcodeFormat::QRCode, BarcodeFormat::DataMatrix])
        .try_harder(true)
        .try_rotate(true)
        .try_invert(true)
        .try_downscale(true)
        .binarizer(binarizer)
        .text_mode(TextMode::Plain)
        .max_number_of_symbols(MOST_CODES);
    // What the library gives up on holds no code that it could read.
    let found = reader.from(&view).unwrap_or_default();
    found.iter().filter(|code| code.is_valid()).filter_map(|code| told(code, scale)).collect()
}

fn told(code: &Barcode, scale: f64) -> Option<Code> {
    let kind = match code.symbology() {
        BarcodeFormat::QRCode => CodeKind::Qr,
        BarcodeFormat::DataMatrix => CodeKind::DataMatrix,
        _ => return None,
    };
    let place = code.position();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place on a page of at most 30,000 pixels"
    )]
    let at = |n: i32| (f64::from(n.max(0)) * scale).round() as u32;
    let corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        .map(|point| Corner { x: at(point.x), y: at(point.y) });
    let bytes = code.bytes();
    let plain = !code.has_eci() && std::str::from_utf8(&bytes).is_ok();
    Some(Code { kind, declared: (!plain).then(|| code.text()), bytes, corners })
}
