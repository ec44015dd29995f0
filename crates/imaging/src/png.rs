//! PNG: decoded row order kept, depth kept, transparency laid on white paper.
//!
//! A plain PNG's compressed stream is what PDF calls Flate with PNG predictors, so it can move into
//! an archive without being decoded.

use crate::exif::{self, Exif};
use crate::facts::{Color, PageFacts, Refusal, check_size};
use crate::raster::Raster;
use crate::{MOST_BYTES, dpi};
use ::png::{BitDepth, ColorType, Decoder, DecodingError, Info, Limits, Reader, Transformations, Unit};
use std::io::Cursor;

/// A PNG's own compressed stream, for a container that knows PNG predictors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PngStream {
    /// What the page measures.
    pub facts: PageFacts,
    /// The zlib stream, its parts joined.
    pub data: Vec<u8>,
    /// Bits of a sample: 1, 2, 4, 8 or 16.
    pub bits: u8,
    /// Red, green and blue of every index, where pixels are indices.
    pub palette: Option<Vec<u8>>,
}

pub(crate) fn facts(bytes: &[u8]) -> Result<PageFacts, Refusal> {
    let reader = open(bytes)?;
    facts_of(reader.info())
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Raster, Refusal> {
    let mut reader = open(bytes)?;
    let facts = facts_of(reader.info())?;
    let mut data = vec![0; reader.output_buffer_size().ok_or(Refusal::Damaged)?];
    let frame = reader.next_frame(&mut data).map_err(refusal)?;
    data.truncate(frame.buffer_size());
    // What follows the pixels must be there too: a file without its end is cut.
    reader.finish().map_err(refusal)?;
    let bits = frame.bit_depth as u8;
    let color = match frame.color_type {
        ColorType::Grayscale if bits == 1 => Color::Bilevel,
        ColorType::Grayscale => Color::Gray,
        ColorType::Rgb => Color::Rgb,
        ColorType::GrayscaleAlpha => {
            on_white(&mut data, 1, bits);
            Color::Gray
        }
        ColorType::Rgba => {
            on_white(&mut data, 3, bits);
            Color::Rgb
        }
        ColorType::Indexed => return Err(Refusal::Damaged),
    };
    let raster = Raster { facts, color, bits, data };
    if raster.is_whole() { Ok(raster) } else { Err(Refusal::Damaged) }
}

pub(crate) fn stream(bytes: &[u8]) -> Result<Option<PngStream>, Refusal> {
    let reader = open(bytes)?;
    let info = reader.info();
    let facts = facts_of(info)?;
    let plain = matches!(info.color_type, ColorType::Grayscale | ColorType::Rgb | ColorType::Indexed);
    if !plain || info.trns.is_some() || info.interlaced || info.animation_control.is_some() {
        return Ok(None);
    }
    let mut data = Vec::with_capacity(bytes.len());
    let mut rest = &bytes[8..];
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let body = tail.get(..length).ok_or(Refusal::Damaged)?;
        if &head[4..] == b"IDAT" {
            data.extend_from_slice(body);
        }
        rest = tail.get(length + 4..).ok_or(Refusal::Damaged)?;
    }
    let palette = match info.color_type {
        ColorType::Indexed => Some(info.palette.as_deref().ok_or(Refusal::Damaged)?.to_vec()),
        _ => None,
    };
    Ok(Some(PngStream { facts, data, bits: info.bit_depth as u8, palette }))
}

pub(crate) fn pack(raster: &Raster) -> Result<PngStream, Refusal> {
    let color = match raster.color {
        Color::Bilevel | Color::Gray => ColorType::Grayscale,
        Color::Rgb => ColorType::Rgb,
        Color::Cmyk => return Err(Refusal::UnknownFlavor),
    };
    let depth = BitDepth::from_u8(raster.bits).ok_or(Refusal::UnknownFlavor)?;
    let mut file = Vec::with_capacity(raster.data.len() / 2);
    let mut encoder = ::png::Encoder::new(&mut file, raster.facts.width, raster.facts.height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&raster.data)?;
        writer.finish()
    });
    written.map_err(|_| Refusal::Damaged)?;
    let packed = stream(&file)?.ok_or(Refusal::Damaged)?;
    Ok(PngStream { facts: raster.facts, ..packed })
}

/// Opens the file as far as its header goes, and checks the size before anything is decoded.
fn open(bytes: &[u8]) -> Result<Reader<Cursor<&[u8]>>, Refusal> {
    let limit = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: limit });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let info = decoder.read_header_info().map_err(refusal)?;
    let samples = match info.color_type {
        ColorType::Grayscale => 2,
        ColorType::Indexed | ColorType::Rgb | ColorType::GrayscaleAlpha | ColorType::Rgba => 4,
    };
    // Counted with the alpha that expansion may add.
    let bits = if info.bit_depth == BitDepth::Sixteen { 16 } else { 8 };
    let bilevel = info.color_type == ColorType::Grayscale && info.bit_depth == BitDepth::One;
    check_size(info.width, info.height, if bilevel { 1 } else { samples * bits })?;
    decoder.set_transformations(if bilevel { Transformations::IDENTITY } else { Transformations::EXPAND });
    decoder.read_info().map_err(refusal)
}

fn facts_of(info: &Info<'_>) -> Result<PageFacts, Refusal> {
    let color = match (info.color_type, info.bit_depth) {
        (ColorType::Grayscale, BitDepth::One) => Color::Bilevel,
        (ColorType::Grayscale | ColorType::GrayscaleAlpha, _) => Color::Gray,
        (ColorType::Rgb | ColorType::Rgba | ColorType::Indexed, _) => Color::Rgb,
    };
    let exif = info.exif_metadata.as_deref().map_or_else(Exif::default, exif::read);
    let per_meter = info.pixel_dims.filter(|dims| matches!(dims.unit, Unit::Meter));
    let claimed = per_meter.map(|dims| f64::from(dims.xppu) * 0.0254).or(exif.dpi);
    let dpi = dpi::believed(claimed, info.width, info.height);
    Ok(PageFacts { width: info.width, height: info.height, dpi, color, orientation: exif.orientation.unwrap_or(1) })
}

/// Lays `colors` samples and their alpha on white, in place; samples have 8 or 16 bits.
fn on_white(data: &mut Vec<u8>, colors: usize, bits: u8) {
    let wide = bits == 16;
    let size = if wide { 2 } else { 1 };
    let most: u32 = if wide { 0xffff } else { 0xff };
    let read = |data: &[u8], at: usize| {
        if wide { u32::from(u16::from_be_bytes([data[at], data[at + 1]])) } else { u32::from(data[at]) }
    };
    let stride = (colors + 1) * size;
    let pixels = data.len() / stride;
    for pixel in 0..pixels {
        let alpha = read(data, pixel * stride + colors * size);
        for sample in 0..colors {
            let value = read(data, pixel * stride + sample * size);
            let laid = (value * alpha + most * (most - alpha) + most / 2) / most;
            let to = (pixel * colors + sample) * size;
            let [_, _, high, low] = laid.to_be_bytes();
            if wide {
                data[to..to + 2].copy_from_slice(&[high, low]);
            } else {
                data[to] = low;
            }
        }
    }
    data.truncate(pixels * colors * size);
}

fn refusal(error: DecodingError) -> Refusal {
    match error {
        DecodingError::IoError(_)
        | DecodingError::Format(_)
        | DecodingError::Parameter(_)
        | DecodingError::LimitsExceeded => Refusal::Damaged,
    }
}
