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

/// What the markers say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    pub(crate) facts: PageFacts,
    /// Whether a camera took it.
    pub(crate) camera: bool,
    /// An Adobe marker is there.
    pub(crate) adobe: bool,
    /// Where the end marker stands, if the one scan before it is to fill the picture by itself.
    end_of_only_scan: Option<usize>,
}

/// Reads the markers to the end one, and checks that the scans between them are all there.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Refusal> {
    let mut walk = Walk { bytes, at: 2 };
    let (mut frame, mut exif, mut jfif, mut adobe) = (None, Exif::default(), None, false);
    let (mut scans, mut interval, mut restarts) = (0, 0, 0);
    let end = loop {
        let at = walk.at;
        match walk.next().ok_or(Refusal::Damaged)? {
            (0xd9, _) => break at,
            (0xda, body) => {
                scans += 1;
                frame.as_mut().ok_or(Refusal::Damaged).and_then(|frame: &mut Frame| frame.cover(body))?;
                restarts = walk.skip_scan();
            }
            (0xdd, &[high, low, ..]) => interval = u32::from(u16::from_be_bytes([high, low])),
            (0xe0, body) if body.starts_with(b"JFIF\0") => jfif = jfif_dpi(body),
            (0xe1, body) if exif == Exif::default() => {
                exif = body.strip_prefix(b"Exif\0\0").map(exif::read).unwrap_or_default();
            }
            (0xee, body) if body.starts_with(b"Adobe") => adobe = true,
            // A frame of baseline, extended or progressive Huffman coding; no reader shows the others.
            (marker @ 0xc0..=0xc2, body) if frame.is_none() => frame = Some(Frame::read(marker, body)?),
            (0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, _) => return Err(Refusal::UnknownFlavor),
            _ => {}
        }
    };
    let frame = frame.ok_or(Refusal::Damaged)?;
    let only_scan = scans == 1 && !frame.progressive;
    let intervals_missing = only_scan && interval > 0 && restarts + 1 < frame.units().div_ceil(interval);
    if !frame.is_covered() || intervals_missing {
        return Err(Refusal::Damaged);
    }
    let Frame { width, height, color, .. } = frame;
    let dpi = dpi::believed(jfif.or(exif.dpi), width, height);
    let facts = PageFacts { width, height, dpi, color, orientation: exif.orientation.unwrap_or(1) };
    Ok(Header { facts, camera: exif.camera, adobe, end_of_only_scan: (only_scan && interval == 0).then_some(end) })
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
    // The decoder takes an end marker as leave to make up what is missing before it, as in a file that
    // was cut and then closed. Without the marker it says so; the noughts are what it reads ahead.
    let data = match header.end_of_only_scan {
        Some(end) => {
            let open = [&bytes[..end], &[0; 16]].concat();
            JpegDecoder::new_with_options(ZCursor::new(&open[..]), options).decode()
        }
        None => JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode(),
    };
    let data = data.map_err(|_| Refusal::Damaged)?;
    let color = if gray { Color::Gray } else { Color::Rgb };
    let raster = Raster { facts: header.facts, color, bits: 8, data };
    if raster.is_whole() { Ok(raster) } else { Err(Refusal::Damaged) }
}

/// The frame, with what of each component the scans have brought to full precision.
struct Frame {
    width: u32,
    height: u32,
    color: Color,
    progressive: bool,
    components: Vec<Component>,
}

struct Component {
    id: u8,
    across: u32,
    down: u32,
    /// One bit for each of the 64 frequencies.
    covered: u64,
}

impl Frame {
    fn read(marker: u8, body: &[u8]) -> Result<Self, Refusal> {
        let (&[precision, h1, h0, w1, w0, count], list) = body.split_first_chunk().ok_or(Refusal::Damaged)?;
        let (width, height) = (u32::from(u16::from_be_bytes([w1, w0])), u32::from(u16::from_be_bytes([h1, h0])));
        let color = match count {
            1 => Color::Gray,
            3 => Color::Rgb,
            4 => Color::Cmyk,
            _ => return Err(Refusal::UnknownFlavor),
        };
        if precision != 8 {
            return Err(Refusal::UnknownFlavor);
        }
        check_size(width, height, 8 * color.channels() as u64)?;
        let component = |part: &[u8]| {
            let (across, down) = (u32::from(part[1] >> 4), u32::from(part[1] & 15));
            ((1..=4).contains(&across) && (1..=4).contains(&down))
                .then_some(Component { id: part[0], across, down, covered: 0 })
                .ok_or(Refusal::Damaged)
        };
        let list = list.get(..usize::from(count) * 3).ok_or(Refusal::Damaged)?;
        let components = list.chunks_exact(3).map(component).collect::<Result<_, _>>()?;
        Ok(Self { width, height, color, progressive: marker == 0xc2, components })
    }

    /// Notes what a scan with this header brings.
    fn cover(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let count = usize::from(*body.first().ok_or(Refusal::Damaged)?);
        let &[first, last, approximation] = body.get(1 + 2 * count..4 + 2 * count).ok_or(Refusal::Damaged)? else {
            return Err(Refusal::Damaged);
        };
        // What a later scan refines is not there yet. Baseline scans leave these bytes to chance.
        let bits = match (self.progressive, approximation & 15) {
            (false, _) => u64::MAX,
            (true, 0) => (first.min(63)..=last.min(63)).fold(0, |bits, frequency| bits | 1 << frequency),
            (true, _) => 0,
        };
        for id in body[1..=2 * count].iter().step_by(2) {
            for component in self.components.iter_mut().filter(|component| component.id == *id) {
                component.covered |= bits;
            }
        }
        Ok(())
    }

    fn is_covered(&self) -> bool {
        self.components.iter().all(|component| component.covered == u64::MAX)
    }

    /// How many coded units the one scan of a baseline picture holds.
    fn units(&self) -> u32 {
        let most = |side: fn(&Component) -> u32| self.components.iter().map(side).max().unwrap_or(1);
        // A single component is coded block by block, whatever it claims.
        let (across, down) = match self.components.len() {
            1 => (1, 1),
            _ => (most(|component| component.across), most(|component| component.down)),
        };
        self.width.div_ceil(8 * across) * self.height.div_ceil(8 * down)
    }
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

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    /// The second byte of the next marker, and the body of its segment.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        // Between segments some writers leave stray bytes; the next marker counts.
        self.at += self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0xff)?;
        while *self.bytes.get(self.at)? == 0xff {
            self.at += 1;
        }
        let marker = *self.bytes.get(self.at)?;
        self.at += 1;
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
            return Some((marker, &[]));
        }
        let length = usize::from(u16::from_be_bytes(self.bytes.get(self.at..self.at + 2)?.try_into().ok()?));
        let body = self.bytes.get(self.at + 2..self.at + length.max(2))?;
        self.at += length.max(2);
        Some((marker, body))
    }

    /// Moves over entropy-coded bytes to the marker that ends them, and counts the restarts among them.
    fn skip_scan(&mut self) -> u32 {
        let mut restarts = 0;
        while let Some(rest) = self.bytes.get(self.at..) {
            let Some(found) = rest.iter().position(|byte| *byte == 0xff) else {
                self.at = self.bytes.len();
                break;
            };
            self.at += found;
            match self.bytes.get(self.at + 1) {
                Some(0x00) => self.at += 2,
                Some(0xd0..=0xd7) => {
                    restarts += 1;
                    self.at += 2;
                }
                Some(0xff) => self.at += 1,
                _ => break,
            }
        }
        restarts
    }
}
