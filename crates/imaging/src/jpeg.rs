//! JPEG: the header by our own walk over the markers, the pixels by a strict decoder.
//!
//! Decoders fill what a cut file lacks with gray; here a file without its end marker is damaged, and
//! so is one whose scans break off early.

use crate::exif::{self, Exif};
use crate::facts::{Color, PageFacts, Refusal, check_size};
use crate::raster::Raster;
use crate::{LONGEST_SIDE, dpi};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// What the markers before the first scan say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    pub(crate) facts: PageFacts,
    /// An Adobe marker is there.
    pub(crate) adobe: bool,
}

/// Reads the header, and checks that the file goes on to its end marker.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Refusal> {
    let mut walk = Walk { bytes, at: 2 };
    let (mut frame, mut exif, mut jfif, mut adobe, mut scans) = (None, Exif::default(), None, false, 0);
    loop {
        match walk.next().ok_or(Refusal::Damaged)? {
            Segment::Marker(0xd9, _) => break,
            Segment::Marker(0xda, _) => {
                scans += 1;
                walk.skip_scan();
            }
            Segment::Marker(0xe0, body) if body.starts_with(b"JFIF\0") => jfif = jfif_dpi(body),
            Segment::Marker(0xe1, body) if exif == Exif::default() => {
                exif = body.strip_prefix(b"Exif\0\0").map(exif::read).unwrap_or_default();
            }
            Segment::Marker(0xee, body) if body.starts_with(b"Adobe") => adobe = true,
            // A frame of baseline, extended or progressive Huffman coding; no reader shows the others.
            Segment::Marker(0xc0..=0xc2, body) if frame.is_none() => frame = Some(read_frame(body)?),
            Segment::Marker(0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, _) => return Err(Refusal::UnknownKind),
            Segment::Marker(..) => {}
        }
    }
    let (width, height, color) = frame.ok_or(Refusal::Damaged)?;
    if scans == 0 {
        return Err(Refusal::Damaged);
    }
    let dpi = dpi::believed(jfif.or(exif.dpi), width, height);
    let orientation = exif.orientation.unwrap_or(1);
    Ok(Header { facts: PageFacts { width, height, dpi, color, orientation }, adobe })
}

/// Decodes the whole picture; ink pictures come out as red, green and blue.
pub(crate) fn decode(bytes: &[u8]) -> Result<Raster, Refusal> {
    let header = header(bytes)?;
    let gray = header.facts.color == Color::Gray;
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_out_colorspace(if gray { ColorSpace::Luma } else { ColorSpace::RGB });
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let data = decoder.decode().map_err(|_| Refusal::Damaged)?;
    let color = if gray { Color::Gray } else { Color::Rgb };
    let raster = Raster { facts: header.facts, color, bits: 8, data };
    if raster.is_whole() { Ok(raster) } else { Err(Refusal::Damaged) }
}

fn read_frame(body: &[u8]) -> Result<(u32, u32, Color), Refusal> {
    let &[precision, h1, h0, w1, w0, components, ..] = body else { return Err(Refusal::Damaged) };
    let (width, height) = (u32::from(u16::from_be_bytes([w1, w0])), u32::from(u16::from_be_bytes([h1, h0])));
    let color = match components {
        1 => Color::Gray,
        3 => Color::Rgb,
        4 => Color::Cmyk,
        _ => return Err(Refusal::UnknownKind),
    };
    if precision != 8 {
        return Err(Refusal::UnknownKind);
    }
    check_size(width, height, 8 * color.channels() as u64)?;
    Ok((width, height, color))
}

fn jfif_dpi(body: &[u8]) -> Option<f64> {
    let &[unit, x1, x0] = body.get(7..10)? else { return None };
    let density = f64::from(u16::from_be_bytes([x1, x0]));
    match unit {
        1 => exif::in_inches(Some(density), 2),
        2 => exif::in_inches(Some(density), 3),
        _ => None,
    }
}

enum Segment<'a> {
    /// A marker's second byte, with the body of its segment.
    Marker(u8, &'a [u8]),
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn next(&mut self) -> Option<Segment<'a>> {
        // Between segments some writers leave stray bytes; the next marker counts.
        self.at += self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0xff)?;
        while *self.bytes.get(self.at)? == 0xff {
            self.at += 1;
        }
        let marker = *self.bytes.get(self.at)?;
        self.at += 1;
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
            return Some(Segment::Marker(marker, &[]));
        }
        let length = usize::from(u16::from_be_bytes(self.bytes.get(self.at..self.at + 2)?.try_into().ok()?));
        let body = self.bytes.get(self.at + 2..self.at + length.max(2))?;
        self.at += length.max(2);
        Some(Segment::Marker(marker, body))
    }

    /// Moves over entropy-coded bytes to the marker that ends them.
    fn skip_scan(&mut self) {
        while let Some(rest) = self.bytes.get(self.at..) {
            let Some(found) = rest.iter().position(|byte| *byte == 0xff) else {
                self.at = self.bytes.len();
                return;
            };
            self.at += found;
            match self.bytes.get(self.at + 1) {
                Some(0x00 | 0xd0..=0xd7) => self.at += 2,
                Some(0xff) => self.at += 1,
                _ => return,
            }
        }
    }
}
