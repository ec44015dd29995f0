//! What a driver wrote into a page's stream, as a picture that is kept: JPEG and PNG as they are, BMP as PNG without loss.
//!
//! A page is whole or it is none: a transfer that breaks off leaves half a page behind, which must not be kept as one.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};

/// A0 at 300 dpi, as elsewhere.
const MOST_PIXELS: u64 = 200_000_000;
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
const JPEG_END: &[u8] = &[0xFF, 0xD9];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_END: &[u8] = b"IEND\xAE\x42\x60\x82";
const HEADERS: usize = 54;

/// Why a page is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPage {
    /// Nothing was written.
    Empty,
    /// It breaks off.
    Broken,
    /// It is of no kind that was asked for.
    UnknownKind,
}

/// The picture as it is kept.
///
/// # Errors
/// When it is no whole page.
pub fn page(mut bytes: Vec<u8>) -> Result<Vec<u8>, NoPage> {
    if bytes.is_empty() {
        return Err(NoPage::Empty);
    }
    if bytes.starts_with(b"BM") {
        return bmp(&bytes);
    }
    let end = match () {
        () if bytes.starts_with(JPEG) => JPEG_END,
        () if bytes.starts_with(PNG) => PNG_END,
        () => return Err(NoPage::UnknownKind),
    };
    // Streams are filled up with zeros by some drivers.
    let length = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    if !bytes[..length].ends_with(end) {
        return Err(NoPage::Broken);
    }
    bytes.truncate(length);
    Ok(bytes)
}

/// A Windows bitmap, looked into.
struct Bitmap<'a> {
    width: usize,
    height: usize,
    bits: usize,
    upright: bool,
    /// Dots per meter, across and down.
    density: (u32, u32),
    /// Blue, green, red and nothing of every index.
    palette: &'a [u8],
    rows: &'a [u8],
    stride: usize,
}

impl<'a> Bitmap<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, NoPage> {
        let head = bytes.get(..HEADERS).ok_or(NoPage::Broken)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (width, height) = (number(18).cast_signed(), number(22).cast_signed());
        let (bits, compression) = (usize::from(u16::from_le_bytes([head[28], head[29]])), number(30));
        // Masks in place of the usual order do not come from scanners; they are refused rather than guessed.
        if number(14) < 40 || compression != 0 || !matches!(bits, 1 | 4 | 8 | 24 | 32) || width <= 0 || height == 0 {
            return Err(NoPage::UnknownKind);
        }
        if u64::from(width.unsigned_abs()) * u64::from(height.unsigned_abs()) > MOST_PIXELS {
            return Err(NoPage::UnknownKind);
        }
        let size = |number: u32| usize::try_from(number).map_err(|_| NoPage::UnknownKind);
        let (pixels, info) = (size(number(10))?, size(number(14))?);
        let (width, rows) = (size(width.unsigned_abs())?, size(height.unsigned_abs())?);
        let stride = (width * bits).div_ceil(32) * 4;
        let palette = if bits <= 8 { bytes.get(14 + info..pixels).ok_or(NoPage::Broken)? } else { &[] };
        let end = pixels.checked_add(stride * rows).ok_or(NoPage::UnknownKind)?;
        let density = (number(38), number(42));
        let rows_of = bytes.get(pixels..end).ok_or(NoPage::Broken)?;
        Ok(Self { width, height: rows, bits, upright: height < 0, density, palette, rows: rows_of, stride })
    }

    fn row(&self, number: usize) -> &'a [u8] {
        let at = if self.upright { number } else { self.height - 1 - number };
        &self.rows[at * self.stride..(at + 1) * self.stride]
    }

    /// Red, green and blue of an index; black where the palette is too short for it.
    fn color(&self, index: usize) -> [u8; 3] {
        let at = index * 4;
        self.palette.get(at..at + 3).map_or([0; 3], |color| [color[2], color[1], color[0]])
    }

    /// Whether index is brightness: black and white, or 256 grays.
    fn is_gray(&self) -> bool {
        let most = (1_usize << self.bits) - 1;
        (0..=most).all(|index| u8::try_from(index * 255 / most).is_ok_and(|gray| self.color(index) == [gray; 3]))
    }

    /// Index of a pixel in a row of fewer than 24 bits.
    fn index(&self, row: &[u8], x: usize) -> usize {
        let at = x * self.bits;
        let shift = 8 - self.bits - at % 8;
        usize::from(row[at / 8] >> shift) & ((1 << self.bits) - 1)
    }

    /// Appends row `number` to `out` in the order of a PNG of colors.
    fn colors(&self, number: usize, out: &mut Vec<u8>) {
        let row = self.row(number);
        if self.bits <= 8 {
            out.extend((0..self.width).flat_map(|x| self.color(self.index(row, x))));
        } else {
            let pixels = row.chunks_exact(self.bits / 8).take(self.width);
            out.extend(pixels.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
        }
    }
}

fn bmp(bytes: &[u8]) -> Result<Vec<u8>, NoPage> {
    let bitmap = Bitmap::read(bytes)?;
    let gray = bitmap.bits <= 8 && bitmap.is_gray();
    let depth = match bitmap.bits {
        1 if gray => BitDepth::One,
        4 if gray => BitDepth::Four,
        _ => BitDepth::Eight,
    };
    let mut data = Vec::new();
    for number in 0..bitmap.height {
        if gray {
            data.extend_from_slice(&bitmap.row(number)[..(bitmap.width * bitmap.bits).div_ceil(8)]);
        } else {
            bitmap.colors(number, &mut data);
        }
    }
    let mut out = Vec::new();
    // Both sides are below the limit on pixels.
    let side = |pixels: usize| u32::try_from(pixels).map_err(|_| NoPage::UnknownKind);
    let mut encoder = Encoder::new(&mut out, side(bitmap.width)?, side(bitmap.height)?);
    encoder.set_color(if gray { ColorType::Grayscale } else { ColorType::Rgb });
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Fast);
    if bitmap.density.0 > 0 && bitmap.density.1 > 0 {
        let (xppu, yppu) = bitmap.density;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu, yppu, unit: Unit::Meter }));
    }
    // Writing into memory fails for no reason of the page's.
    let mut writer = encoder.write_header().map_err(|_| NoPage::Broken)?;
    writer.write_image_data(&data).map_err(|_| NoPage::Broken)?;
    writer.finish().map_err(|_| NoPage::Broken)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bitmap of `bits` a pixel whose rows are told from above; 300 dpi.
    fn bitmap(width: u32, bits: u16, palette: &[[u8; 3]], rows: &[&[u8]]) -> Vec<u8> {
        let stride = (width as usize * usize::from(bits)).div_ceil(32) * 4;
        let pixels = HEADERS + palette.len() * 4;
        let mut bytes = b"BM".to_vec();
        let number = |bytes: &mut Vec<u8>, value: usize| {
            bytes.extend(u32::try_from(value).unwrap().to_le_bytes());
        };
        number(&mut bytes, pixels + stride * rows.len());
        number(&mut bytes, 0);
        number(&mut bytes, pixels);
        number(&mut bytes, 40);
        number(&mut bytes, width as usize);
        number(&mut bytes, rows.len());
        bytes.extend([1, 0]);
        bytes.extend(bits.to_le_bytes());
        for value in [0, 0, 11811, 11811, palette.len(), 0] {
            number(&mut bytes, value);
        }
        for [red, green, blue] in palette {
            bytes.extend([*blue, *green, *red, 0]);
        }
        for row in rows.iter().rev() {
            let mut row = row.to_vec();
            row.resize(stride, 0xA5);
            bytes.extend(row);
        }
        bytes
    }

    /// Depth, color, dots per meter and samples of a PNG.
    fn read(png: &[u8]) -> (u8, ColorType, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut data).unwrap();
        data.truncate(frame.buffer_size());
        let dots = reader.info().pixel_dims.unwrap().xppu;
        (frame.bit_depth as u8, frame.color_type, dots, data)
    }

    #[test]
    fn a_bitmap_becomes_a_png_of_the_same_pixels() {
        let colors: &[&[u8]] = &[&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[11, 12, 13, 14, 15, 16, 17, 18, 19]];
        let png = page(bitmap(3, 24, &[], colors)).unwrap();
        let rgb = vec![3, 2, 1, 6, 5, 4, 9, 8, 7, 13, 12, 11, 16, 15, 14, 19, 18, 17];
        assert_eq!(read(&png), (8, ColorType::Rgb, 11811, rgb));
        let png = page(bitmap(1, 32, &[], &[&[1, 2, 3, 0]])).unwrap();
        assert_eq!(read(&png).3, [3, 2, 1], "the fourth byte is nothing");
        let grays: Vec<[u8; 3]> = (0..=255).map(|gray| [gray; 3]).collect();
        let png = page(bitmap(5, 8, &grays, &[&[0, 9, 128, 254, 255]])).unwrap();
        assert_eq!(read(&png), (8, ColorType::Grayscale, 11811, vec![0, 9, 128, 254, 255]));
        let png = page(bitmap(10, 1, &[[0; 3], [255; 3]], &[&[0b1010_0101, 0b1000_0000]])).unwrap();
        let (depth, color, _, data) = read(&png);
        assert_eq!((depth, color, data[0], data[1] & 0xC0), (1, ColorType::Grayscale, 0b1010_0101, 0x80));
    }

    #[test]
    fn a_palette_that_is_no_scale_of_grays_becomes_colors() {
        // White first, as fax machines have it: taken for brightness the page would come out inverted.
        let png = page(bitmap(3, 1, &[[255; 3], [0; 3]], &[&[0b0100_0000]])).unwrap();
        assert_eq!(read(&png).3, [255, 255, 255, 0, 0, 0, 255, 255, 255]);
        let png = page(bitmap(2, 4, &[[9, 8, 7]], &[&[0x0F]])).unwrap();
        assert_eq!(read(&png).3, [9, 8, 7, 0, 0, 0], "an index without a color is black");
    }

    #[test]
    fn half_a_page_is_no_page() {
        let whole = bitmap(3, 24, &[], &[&[1; 9], &[2; 9]]);
        for length in 2..whole.len() {
            assert_eq!(page(whole[..length].to_vec()), Err(NoPage::Broken), "{length} bytes");
        }
        let jpeg = [JPEG, b"....", JPEG_END].concat();
        assert_eq!(page(jpeg.clone()), Ok(jpeg.clone()));
        assert_eq!(page([&jpeg[..], &[0; 7]].concat()), Ok(jpeg.clone()), "filled up with zeros");
        assert_eq!(page(jpeg[..jpeg.len() - 1].to_vec()), Err(NoPage::Broken));
        assert_eq!(page(vec![]), Err(NoPage::Empty));
        assert_eq!(page(b"<html>".to_vec()), Err(NoPage::UnknownKind));
    }

    #[test]
    fn a_bitmap_that_lies_is_refused() {
        let whole = bitmap(3, 24, &[], &[&[1; 9], &[2; 9]]);
        for at in 10..HEADERS {
            for value in [0x00, 0x7F, 0x80, 0xFF] {
                let mut lying = whole.clone();
                lying[at] = value;
                // Refused or taken, but neither a panic nor memory without end.
                let _ = page(lying);
            }
        }
        let mut huge = whole;
        huge[18..26].fill(0x7F);
        assert_eq!(page(huge), Err(NoPage::UnknownKind));
    }
}
