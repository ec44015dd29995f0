//! Papers for the counter, each with bytes of its own: two pages that look alike could stand in for each other unseen.

use domain::FileHash;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use serde::{Deserialize, Serialize};

/// A file as it is handed in: the hash of its bytes and how many pages it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Paper {
    pub(crate) sha: FileHash,
    pub(crate) pages: u32,
    /// Of these, told of already.
    #[serde(default)]
    pub(crate) taken: u32,
}

impl Paper {
    pub(crate) fn of(bytes: &[u8], pages: u32) -> Self {
        Self { sha: FileHash::of(bytes), pages, taken: 0 }
    }
}

/// Paper `n` as a file: its name, its bytes, its pages.
pub(crate) fn file(n: u64) -> (String, Vec<u8>, u32) {
    match n % 5 {
        0 => (format!("{n}.png"), png(n), 1),
        1 => (format!("{n}.pdf"), pdf(n, 1 + (n / 5 % 2) as u32), 1 + (n / 5 % 2) as u32),
        _ => (format!("{n}.jpg"), jpeg(n), 1),
    }
}

/// Paper `n` as a scanner gives it. Sizes go from one disk block to a dozen.
pub(crate) fn jpeg(n: u64) -> Vec<u8> {
    let (width, height) = (60 + (n % 7 * 40) as u32, 80);
    let mut bytes = Vec::new();
    let pixels = grain(n, width, height);
    JpegEncoder::new_with_quality(&mut bytes, 90).encode(&pixels, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

fn png(n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&grain(n, 60, 80), 60, 80, ExtendedColorType::L8).unwrap();
    bytes
}

fn grain(n: u64, width: u32, height: u32) -> Vec<u8> {
    let mut dice = crate::dice::Dice::new(n);
    (0..width * height).map(|_| 128 | dice.below(128) as u8).collect()
}

/// A PDF of blank pages whose title is its number.
fn pdf(n: u64, pages: u32) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 4)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>"),
        format!("<< /Title (Paper {n}) >>"),
    ];
    objects.extend((0..pages).map(|_| "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 280] >>".to_owned()));
    let mut text = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", text.len());
        text += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (text.len(), objects.len() + 1);
    text += &format!("{table}trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}
