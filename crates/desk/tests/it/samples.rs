//! Files as a counter meets them. Sample page `n` is `100 + n` pixels wide, so that a page says which one it is.

use desk::view::DossierView;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::tiff::TiffEncoder;
use image::{ExtendedColorType, ImageEncoder};
use std::path::{Path, PathBuf};

/// The width of sample page 0.
const BASE: u32 = 100;

/// Sample page `n`, a JPEG.
pub(crate) fn jpeg(n: u32) -> Vec<u8> {
    jpeg_of(BASE + n, 140)
}

/// A JPEG of this size, with some grain so that it does not shrink to nothing.
pub(crate) fn jpeg_of(width: u32, height: u32) -> Vec<u8> {
    let pixels = grain(width, height);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode(&pixels, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

/// Sample page `n`, a PNG.
pub(crate) fn png(n: u32) -> Vec<u8> {
    let (width, height) = (BASE + n, 140);
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&grain(width, height), width, height, ExtendedColorType::L8).unwrap();
    bytes
}

/// Sample page `n`, a TIFF.
pub(crate) fn tiff(n: u32) -> Vec<u8> {
    let (width, height) = (BASE + n, 140);
    let mut bytes = std::io::Cursor::new(Vec::new());
    TiffEncoder::new(&mut bytes).write_image(&grain(width, height), width, height, ExtendedColorType::L8).unwrap();
    bytes.into_inner()
}

/// A JPEG that breaks off in its pixels.
pub(crate) fn torn_jpeg() -> Vec<u8> {
    let mut bytes = jpeg_of(400, 400);
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// A small PNG whose header claims 20 000 × 20 000 pixels.
pub(crate) fn bomb_png() -> Vec<u8> {
    let mut bytes = png(0);
    bytes[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// Writes `bytes` as `name` into `dir`.
pub(crate) fn file(dir: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Which sample pages the kept ones of a component are, in order.
pub(crate) fn kept(view: &DossierView, component: u32) -> Vec<u32> {
    of(view, component, desk::Disposition::Kept)
}

/// Which sample pages of a component are set aside, in order.
pub(crate) fn aside(view: &DossierView, component: u32) -> Vec<u32> {
    of(view, component, desk::Disposition::SetAside)
}

fn of(view: &DossierView, component: u32, disposition: desk::Disposition) -> Vec<u32> {
    let component = view.components.iter().find(|c| c.index == component).unwrap();
    component.pages.iter().filter(|page| page.disposition == disposition).map(|page| page.width - BASE).collect()
}

fn grain(width: u32, height: u32) -> Vec<u8> {
    let mut state = u64::from(width) * 7_919 + u64::from(height);
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        200 | ((state >> 60) as u8)
    })
    .take((width * height) as usize)
    .collect()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}
