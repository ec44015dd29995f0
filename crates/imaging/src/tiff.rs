//! TIFF: many pages, bilevel G4 among them. One page is in memory at a time, loops of directories
//! end, and every strip must lie within the file: decoders read zeros beyond its end.

use crate::facts::{Color, PageFacts, Refusal, check_size};
use crate::raster::Raster;
use crate::{MOST_BYTES, MOST_PAGES, dpi, exif};
use ::tiff::decoder::{Decoder, DecodingResult, Limits};
use ::tiff::tags::Tag;
use ::tiff::{ColorType, TiffError};
use std::io::Cursor;

/// The pages of a file, decoded one after the other.
pub(crate) struct Pages<'a> {
    bytes: &'a [u8],
    decoder: Decoder<Cursor<&'a [u8]>>,
    started: bool,
    seen: u32,
}

pub(crate) fn pages(bytes: &[u8]) -> Result<impl Iterator<Item = Result<Raster, Refusal>>, Refusal> {
    let mut pages = open(bytes)?;
    let mut failed = false;
    Ok(std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let page = pages.step().transpose()?.and_then(|facts| pages.decode(facts));
        failed = page.is_err();
        Some(page)
    }))
}

pub(crate) fn page(bytes: &[u8], index: u32) -> Result<Raster, Refusal> {
    let mut pages = open(bytes)?;
    for _ in 0..index {
        pages.step()?.ok_or(Refusal::Damaged)?;
    }
    let facts = pages.step()?.ok_or(Refusal::Damaged)?;
    pages.decode(facts)
}

pub(crate) fn facts(bytes: &[u8]) -> Result<Vec<PageFacts>, Refusal> {
    let mut pages = open(bytes)?;
    std::iter::from_fn(|| pages.step().transpose()).collect()
}

fn open(bytes: &[u8]) -> Result<Pages<'_>, Refusal> {
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    let decoder = Decoder::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?.with_limits(limits);
    Ok(Pages { bytes, decoder, started: false, seen: 0 })
}

impl Pages<'_> {
    /// Moves to the next page and returns what it claims; none at the end.
    fn step(&mut self) -> Result<Option<PageFacts>, Refusal> {
        loop {
            if self.started {
                if !self.decoder.more_images() {
                    // A file of reduced pictures alone shows no page at all.
                    return if self.seen == 0 { Err(Refusal::Damaged) } else { Ok(None) };
                }
                self.decoder.next_image().map_err(|error| refusal(&error))?;
            }
            self.started = true;
            self.seen += 1;
            if self.seen > MOST_PAGES {
                return Err(Refusal::TooManyPages { pages: self.seen });
            }
            // Scanners put a thumbnail of a page into the file as a page of its own.
            if self.number(Tag::NewSubfileType)?.unwrap_or(0) & 1 == 0 {
                return self.claimed().map(Some);
            }
            self.seen -= 1;
        }
    }

    fn number(&mut self, tag: Tag) -> Result<Option<u32>, Refusal> {
        self.decoder.find_tag_unsigned(tag).map_err(|error| refusal(&error))
    }

    fn claimed(&mut self) -> Result<PageFacts, Refusal> {
        let (width, height) = self.decoder.dimensions().map_err(|error| refusal(&error))?;
        // The size is judged even where the colors cannot be read, so that a giant is called a giant.
        check_size(width, height, 1)?;
        let color_type = self.decoder.colortype().map_err(|error| refusal(&error))?;
        check_size(width, height, u64::from(color_type.bit_depth()) * u64::from(color_type.num_samples()))?;
        let color = match color_type {
            ColorType::Gray(1) => Color::Bilevel,
            ColorType::Gray(8 | 16) => Color::Gray,
            color if is_masked_gray(color) && self.number(Tag::PhotometricInterpretation)? == Some(1) => Color::Gray,
            ColorType::RGB(8 | 16) | ColorType::RGBA(8 | 16) | ColorType::YCbCr(8) => Color::Rgb,
            ColorType::CMYK(8 | 16) => Color::Cmyk,
            _ => return Err(Refusal::UnknownFlavor),
        };
        let unit = self.number(Tag::ResolutionUnit)?.and_then(|unit| u16::try_from(unit).ok()).unwrap_or(2);
        let resolution = match self.decoder.find_tag(Tag::XResolution).map_err(|error| refusal(&error))? {
            Some(::tiff::decoder::ifd::Value::Rational(over, under)) => Some(f64::from(over) / f64::from(under)),
            _ => None,
        };
        let dpi = dpi::believed(exif::in_inches(resolution, unit), width, height);
        let orientation = self.number(Tag::Orientation)?.and_then(|n| u8::try_from(n).ok());
        let orientation = orientation.filter(|n| (1..=8).contains(n)).unwrap_or(1);
        Ok(PageFacts { width, height, dpi, color, orientation })
    }

    fn decode(&mut self, facts: PageFacts) -> Result<Raster, Refusal> {
        self.check_strips()?;
        let color_type = self.decoder.colortype().map_err(|error| refusal(&error))?;
        let result = self.decoder.read_image().map_err(|error| refusal(&error))?;
        let (bits, mut data) = match result {
            DecodingResult::U8(data) => (color_type.bit_depth(), data),
            DecodingResult::U16(data) => (16, data.into_iter().flat_map(u16::to_be_bytes).collect()),
            _ => return Err(Refusal::UnknownFlavor),
        };
        match color_type {
            ColorType::RGBA(_) => drop_last(&mut data, 4, usize::from(bits / 8)),
            color if is_masked_gray(color) => drop_last(&mut data, 2, usize::from(bits / 8)),
            ColorType::YCbCr(_) => to_rgb(&mut data),
            _ => {}
        }
        let raster = Raster { facts, color: facts.color, bits, data };
        if raster.is_whole() { Ok(raster) } else { Err(Refusal::Damaged) }
    }

    /// Every strip or tile must lie within the file.
    fn check_strips(&mut self) -> Result<(), Refusal> {
        for (at, size) in [(Tag::StripOffsets, Tag::StripByteCounts), (Tag::TileOffsets, Tag::TileByteCounts)] {
            let mut list = |tag| self.decoder.find_tag_unsigned_vec::<u64>(tag).map_err(|error| refusal(&error));
            if let (Some(offsets), Some(sizes)) = (list(at)?, list(size)?) {
                let end = self.bytes.len() as u64;
                let inside = offsets
                    .iter()
                    .zip(&sizes)
                    .all(|(offset, size)| offset.checked_add(*size).is_some_and(|last| last <= end));
                return if inside && offsets.len() == sizes.len() { Ok(()) } else { Err(Refusal::Damaged) };
            }
        }
        Err(Refusal::Damaged)
    }
}

/// Gray with a mask beside it; the decoder has no better name for it.
fn is_masked_gray(color: ColorType) -> bool {
    matches!(color, ColorType::GrayA(8 | 16) | ColorType::Multiband { bit_depth: 8 | 16, num_samples: 2 })
}

/// Drops the last of `samples`, each of `size` bytes: what stands beside the colors, which TIFF has already laid
/// on their ground.
fn drop_last(data: &mut Vec<u8>, samples: usize, size: usize) {
    let (whole, kept) = (samples * size, (samples - 1) * size);
    let pixels = data.len() / whole;
    for pixel in 0..pixels {
        data.copy_within(pixel * whole..pixel * whole + kept, pixel * kept);
    }
    data.truncate(pixels * kept);
}

/// ITU-R BT.601, as JPEG in TIFF means it.
fn to_rgb(data: &mut [u8]) {
    for pixel in data.chunks_exact_mut(3) {
        let (y, blue, red) = (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
        let byte = |value: i32| u8::try_from(((value + (1 << 15)) >> 16).clamp(0, 255)).unwrap_or(u8::MAX);
        pixel[0] = byte(y + 91_881 * red);
        pixel[1] = byte(y - 22_554 * blue - 46_802 * red);
        pixel[2] = byte(y + 116_130 * blue);
    }
}

fn refusal(error: &TiffError) -> Refusal {
    match error {
        TiffError::UnsupportedError(_) => Refusal::UnknownFlavor,
        TiffError::FormatError(_)
        | TiffError::IoError(_)
        | TiffError::LimitsExceeded
        | TiffError::IntSizeError
        | TiffError::UsageError(_) => Refusal::Damaged,
    }
}
