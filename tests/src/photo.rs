//! Photographs of paper, as a phone takes them: made up, so that it is known where every corner lies.

use anyhow::Result;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage};

/// Where the corners of the paper lie, in ten-thousandths of the picture, clockwise from the upper left one.
pub const CORNERS: [(u16, u16); 4] = [(1_200, 700), (8_900, 900), (9_400, 9_400), (600, 9_200)];

/// A sheet with lines of writing on a dark table, `width` by `height` pixels.
///
/// # Errors
/// When the encoder refuses.
pub fn on_a_table(width: u32, height: u32) -> Result<Vec<u8>> {
    let at = |n: usize| {
        let (x, y) = CORNERS[n % 4];
        (f64::from(x) / 1e4 * f64::from(width), f64::from(y) / 1e4 * f64::from(height))
    };
    // How far to the right of a side, as one walks around the paper.
    let inside = |n: usize, x: f64, y: f64| {
        let ((ax, ay), (bx, by)) = (at(n), at(n + 1));
        ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / (bx - ax).hypot(by - ay)
    };
    jpeg(&RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let within = (0..4).map(|n| inside(n, x, y)).fold(f64::MAX, f64::min);
        let line = (y / f64::from(height) * 60.0).fract() < 0.3 && (x / 7.0).sin() * (y / 5.0).cos() > -0.2;
        let margin = f64::from(width) / 14.0;
        match within {
            off if off < 0.0 => [74, 60, 48].into(),
            near if near > margin && line => [52, 50, 58].into(),
            _ => [238, 236, 230].into(),
        }
    }))
}

/// Paper from edge to edge: no table is seen.
///
/// # Errors
/// When the encoder refuses.
pub fn without_edges(width: u32, height: u32) -> Result<Vec<u8>> {
    jpeg(&RgbImage::from_fn(width, height, |x, y| {
        if (y / 16) % 3 == 0 && (x / 5 + y / 4) % 2 == 0 { [60, 60, 66].into() } else { [240, 240, 236].into() }
    }))
}

/// The same picture with the word of a camera that it took it.
#[must_use]
pub fn by_a_camera(jpeg: &[u8]) -> Vec<u8> {
    // A directory that points at another, which holds a focal length.
    let mut exif =
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01\x92\x0a\0\x05\0\0\0\x01"
            .to_vec();
    exif.extend([0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 10]);
    let mut marked = vec![0xff, 0xd8, 0xff, 0xe1];
    marked.extend((exif.len() as u16 + 2).to_be_bytes());
    marked.extend(exif);
    marked.extend(&jpeg[2..]);
    marked
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 85);
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)?;
    Ok(bytes)
}
