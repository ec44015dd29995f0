//! Pictures of paper: what kind a file is, whether it is whole, what it measures, how it looks small.
//!
//! Pure: bytes in, bytes out. The header is judged before a pixel is decoded, every picture is then
//! decoded whole before it is believed, and the bytes themselves are never changed.

pub mod codes;
mod corners;
mod dpi;
mod exif;
mod facts;
mod flat;
mod jpeg;
mod looks;
mod png;
mod raster;
mod shrink;
mod sketch;
mod tiff;

pub use corners::{seen_corners, stored_corners};
pub use facts::{Color, Format, PageFacts, Refusal, Turn, sniff};
pub use flat::{Flat, flatten};
pub use looks::Looks;
pub use png::PngStream;
pub use raster::Raster;
pub use sketch::Sketch;

/// The most pixels a page may claim: A0 at 300 dpi has 139 million.
pub const MOST_PIXELS: u64 = 200_000_000;

/// The longest side a page may claim, in pixels.
pub const LONGEST_SIDE: u32 = 30_000;

/// The most pages one file may hold.
pub const MOST_PAGES: u32 = 500;

/// The most bytes a decoded page may fill: A0 at 300 dpi in color is 418 million. A file within
/// [`MOST_PIXELS`] can still be a bomb through its depth (T-36).
pub const MOST_BYTES: u64 = 450_000_000;

/// The quality of the JPEGs made for the screen.
const SCREEN_QUALITY: u8 = 82;

/// The quality of the JPEGs made for keeping.
const ARCHIVE_QUALITY: u8 = 92;

/// A page that was decoded whole and can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What it measures.
    pub facts: PageFacts,
    /// A small upright JPEG of it.
    pub thumb: Vec<u8>,
    /// What looking at it told; none of a picture too small to be a page.
    pub looks: Option<Looks>,
}

/// Decodes every page of a picture file whole, and returns what each measures with a small upright JPEG.
///
/// # Errors
/// [`Refusal`] names why the file cannot be taken; [`Refusal::UnknownKind`] for a PDF, which `pdf` reads.
pub fn examine(bytes: &[u8], thumb_longest: u32) -> Result<Vec<Examined>, Refusal> {
    let look = |raster: Raster| {
        let small = shrink::shrink(&raster, looks::LOOKED_AT.max(thumb_longest));
        let looks = looks::look(&raster, &small);
        Ok(Examined { facts: raster.facts, thumb: small.thumb(&raster, thumb_longest)?, looks })
    };
    match sniff(bytes)? {
        Format::Jpeg => Ok(vec![look(jpeg::decode(bytes)?)?]),
        Format::Png => Ok(vec![look(png::decode(bytes)?)?]),
        Format::Tiff => tiff::pages(bytes)?.map(|page| look(page?)).collect(),
        Format::Pdf => Err(Refusal::UnknownKind),
    }
}

/// A photograph of paper that was decoded whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// What the picture measures; its resolution is not the paper's.
    pub facts: PageFacts,
    /// Where the paper lies on it; none where its four edges are not seen, and the whole picture has to be the page.
    pub flat: Option<Flat>,
    /// Dots an inch of paper where it got fewest.
    pub resolution: u32,
    /// A small upright JPEG of the page laid flat.
    pub thumb: Vec<u8>,
    /// What looking at the flat page told.
    pub looks: Option<Looks>,
}

/// Whether a camera took the picture, as its file says: then it is paper on something, and not paper from edge to edge.
#[must_use]
pub fn is_photo(bytes: &[u8]) -> bool {
    sniff(bytes) == Ok(Format::Jpeg) && jpeg::header(bytes).is_ok_and(|header| header.camera)
}

/// Decodes a photograph of one sheet and finds the paper on it, which measures `paper` tenths of a millimeter: shorter side,
/// longer side.
///
/// # Errors
/// As [`examine`]; [`Refusal::UnknownFlavor`] for a file of many pages, which no camera makes.
pub fn examine_photo(bytes: &[u8], paper: (u16, u16), thumb_longest: u32) -> Result<Photo, Refusal> {
    let raster = match sniff(bytes)? {
        Format::Jpeg | Format::Png => decode(bytes, 0)?,
        Format::Tiff if tiff::facts(bytes)?.len() == 1 => decode(bytes, 0)?,
        Format::Tiff => return Err(Refusal::UnknownFlavor),
        Format::Pdf => return Err(Refusal::UnknownKind),
    };
    let facts = raster.facts;
    let laid = |corners| Flat::lying(corners, paper, &facts);
    let found = corners::find(&raster).map(laid).filter(Flat::is_sane);
    let flat = found.unwrap_or_else(|| laid(Flat::whole(facts.orientation)));
    let page = if found.is_some() { flatten(&raster, &flat, LONGEST_SIDE)? } else { raster };
    let small = shrink::shrink(&page, looks::LOOKED_AT.max(thumb_longest));
    let looks = looks::look(&page, &small);
    Ok(Photo {
        facts,
        flat: found,
        resolution: flat.resolution(&facts),
        thumb: small.thumb(&page, thumb_longest)?,
        looks,
    })
}

/// The corners of the paper on page `index` of a picture, as [`Flat::corners`]; none where its four edges are not seen.
///
/// # Errors
/// As [`decode`].
pub fn find_paper(bytes: &[u8], index: u32) -> Result<Option<[(u16, u16); 4]>, Refusal> {
    Ok(corners::find(&decode(bytes, index)?))
}

/// Reads what every page of a picture file claims to measure, from headers alone.
///
/// # Errors
/// [`Refusal`] as [`examine`], as far as headers tell.
pub fn facts(bytes: &[u8]) -> Result<Vec<PageFacts>, Refusal> {
    match sniff(bytes)? {
        Format::Jpeg => Ok(vec![jpeg::header(bytes)?.facts]),
        Format::Png => Ok(vec![png::facts(bytes)?]),
        Format::Tiff => tiff::facts(bytes),
        Format::Pdf => Err(Refusal::UnknownKind),
    }
}

/// Makes an upright JPEG of page `index` for the screen, its longer side at most `longest` pixels.
///
/// A JPEG that already is upright and small enough comes back as it is.
///
/// # Errors
/// [`Refusal`] as [`examine`]; [`Refusal::Damaged`] when there is no such page.
pub fn picture(bytes: &[u8], index: u32, longest: u32, turn: Turn) -> Result<Vec<u8>, Refusal> {
    if sniff(bytes)? == Format::Jpeg && turn == Turn::None {
        let header = jpeg::header(bytes)?;
        let facts = header.facts;
        let fits = facts.width.max(facts.height) <= longest;
        if index == 0 && fits && facts.orientation == 1 && facts.color != Color::Cmyk {
            return Ok(bytes.to_vec());
        }
    }
    shrink::upright_jpeg(&decode(bytes, index)?, longest, turn, SCREEN_QUALITY)
}

/// What of a page is seen, after turning (vùng giữ lại): left, top, right and bottom edge in ten-thousandths of its sides.
pub type Cut = [u16; 4];

/// How a page is read (chỉnh trang), in the order of the fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Where the paper lies, of a photograph that is laid flat.
    pub flat: Option<Flat>,
    /// How it is turned.
    pub turn: Turn,
    /// What is seen of it then.
    pub cut: Option<Cut>,
}

/// Makes an upright JPEG of page `index` for the screen, laid flat, turned and then cut, its longer side at most `longest`
/// pixels.
///
/// # Errors
/// [`Refusal`] as [`examine`]; [`Refusal::Damaged`] when there is no such page.
pub fn seen(bytes: &[u8], index: u32, longest: u32, shown: Shown) -> Result<Vec<u8>, Refusal> {
    let Shown { flat, turn, cut } = shown;
    let page = match (flat, cut) {
        (None, None) => return picture(bytes, index, longest, turn),
        (None, Some(_)) => decode(bytes, index)?,
        (Some(flat), cut) => {
            // As sharp as the part that is seen of it has to be.
            let part = cut.map_or(10_000, |[left, top, right, bottom]| (right - left).max(bottom - top).max(1));
            let whole = u64::from(longest) * 10_000 / u64::from(part);
            flatten(&decode(bytes, index)?, &flat, u32::try_from(whole).unwrap_or(u32::MAX))?
        }
    };
    match cut {
        Some(cut) => shrink::cut_jpeg(&page, longest, turn, cut, SCREEN_QUALITY),
        None => shrink::upright_jpeg(&page, longest, turn, SCREEN_QUALITY),
    }
}

/// The paper of a photograph laid flat as a JPEG for keeping: what had to be drawn anew is drawn once and finely.
///
/// # Errors
/// [`Refusal`] as [`examine`]; [`Refusal::Damaged`] where there is no such page or no paper on it.
pub fn flat_jpeg(bytes: &[u8], index: u32, flat: &Flat) -> Result<(PageFacts, Vec<u8>), Refusal> {
    let page = flatten(&decode(bytes, index)?, flat, LONGEST_SIDE)?;
    let jpeg = shrink::whole_jpeg(&page, ARCHIVE_QUALITY)?;
    Ok((page.facts, jpeg))
}

/// Decodes page `index` whole, at its own depth, for where its bytes cannot pass through.
///
/// # Errors
/// [`Refusal`] as [`examine`]; [`Refusal::Damaged`] when there is no such page.
pub fn decode(bytes: &[u8], index: u32) -> Result<Raster, Refusal> {
    match (sniff(bytes)?, index) {
        (Format::Jpeg, 0) => jpeg::decode(bytes),
        (Format::Png, 0) => png::decode(bytes),
        (Format::Tiff, _) => tiff::page(bytes, index),
        (Format::Jpeg | Format::Png, _) => Err(Refusal::Damaged),
        (Format::Pdf, _) => Err(Refusal::UnknownKind),
    }
}

/// Whether nothing is on a page; not of a picture too small to be one.
#[must_use]
pub fn is_blank(raster: &Raster) -> bool {
    let small = shrink::shrink(raster, looks::LOOKED_AT);
    looks::look(raster, &small).is_some_and(|looks| looks.is_blank())
}

/// The parts of a JPEG that a container must know to show its bytes unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JpegShape {
    /// What the page measures.
    pub facts: PageFacts,
    /// True when an Adobe marker stands in a four-component file: its inks are stored inverted.
    pub inverted: bool,
}

/// Reads how a JPEG's bytes are to be shown, from its header alone.
///
/// # Errors
/// [`Refusal::UnknownKind`] when it is no JPEG, otherwise as [`examine`].
pub fn jpeg_shape(bytes: &[u8]) -> Result<JpegShape, Refusal> {
    match sniff(bytes)? {
        Format::Jpeg => {
            let header = jpeg::header(bytes)?;
            Ok(JpegShape { facts: header.facts, inverted: header.adobe && header.facts.color == Color::Cmyk })
        }
        Format::Png | Format::Tiff | Format::Pdf => Err(Refusal::UnknownKind),
    }
}

/// Takes a PNG's own compressed stream where a container can show it unchanged; none for one that is
/// interlaced, animated or has transparency.
///
/// # Errors
/// [`Refusal`] as [`examine`], as far as the chunks tell.
pub fn png_stream(bytes: &[u8]) -> Result<Option<PngStream>, Refusal> {
    match sniff(bytes)? {
        Format::Png => png::stream(bytes),
        Format::Jpeg | Format::Tiff | Format::Pdf => Err(Refusal::UnknownKind),
    }
}

/// Packs a gray or color raster as a PNG's compressed stream, without loss.
///
/// # Errors
/// [`Refusal::UnknownFlavor`] for a raster in inks, which PNG cannot hold.
pub fn to_png_stream(raster: &Raster) -> Result<PngStream, Refusal> {
    png::pack(raster)
}
