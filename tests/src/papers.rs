//! Papers for tests: the project's sample pages as they are, and files made on the fly, good and bad.

use crate::programs::{checkout, tool};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The sample pages of training mode, in order: real JPEGs, always there.
///
/// # Errors
/// When the checkout lacks them.
pub fn samples() -> Result<Vec<PathBuf>> {
    let folder = checkout().join("assets/training/pages");
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut pages: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "jpg"));
    pages.sort();
    Ok(pages)
}

/// The shared scans of truth.json, where this checkout has them beside it.
#[must_use]
pub fn shared_scans() -> Option<PathBuf> {
    Some(checkout().parent()?.join("shared/data/scans")).filter(|folder| folder.is_dir())
}

/// Writes a PNG of one page, a TIFF of `pages` pages or a PDF, by its extension, with ImageMagick.
///
/// # Errors
/// When it is missing or refuses.
pub fn draw(path: &Path, pages: u32) -> Result<()> {
    let mut words: Vec<OsString> = Vec::new();
    for page in 1..=pages {
        for word in ["(", "-size", "620x877", "xc:white", "-fill", "black", "-draw"] {
            words.push(word.into());
        }
        let lines = (0..page * 3).map(|line| format!("rectangle 60,{} 500,{}", 60 + line * 40, 72 + line * 40));
        words.push(lines.collect::<Vec<_>>().join(" ").into());
        words.extend([OsString::from(")")]);
    }
    for word in ["-alpha", "off", "-density", "75", "-units", "PixelsPerInch", "-depth", "8"] {
        words.push(word.into());
    }
    words.push(path.into());
    tool("convert", words).map(drop)
}

/// Writes a PDF of one A5 page of text, without any tool.
///
/// # Errors
/// When the disk refuses.
pub fn plain_pdf(path: &Path) -> Result<()> {
    let text = "BT /F 24 Tf 60 400 Td (An Mau) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 419.53 595.28]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    Ok(std::fs::write(path, file)?)
}

/// Writes a PDF that opens only with a password, with qpdf.
///
/// # Errors
/// When it is missing.
pub fn locked_pdf(path: &Path) -> Result<()> {
    let open = path.with_extension("open.pdf");
    plain_pdf(&open)?;
    let words = ["--encrypt", "mo", "chu", "256", "--"].map(OsString::from);
    tool("qpdf", words.into_iter().chain([open.clone().into(), path.into()]))?;
    Ok(std::fs::remove_file(open)?)
}

/// Writes a whole, valid PNG of 20,000 by 20,000 black and white pixels: 50 MB of zeros, packed to some 50 kB.
///
/// # Errors
/// When `zlib-flate` (it comes with qpdf) is missing.
pub fn huge_png(path: &Path) -> Result<()> {
    const SIDE: u32 = 20_000;
    let mut pack = Command::new("zlib-flate").arg("-compress").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = pack.stdin.take().context("stdin")?;
    // One filter byte a row, then eight pixels a byte.
    let row = vec![0; 1 + SIDE as usize / 8];
    let feed = std::thread::spawn(move || (0..SIDE).try_for_each(|_| input.write_all(&row)));
    let packed = pack.wait_with_output()?.stdout;
    feed.join().ok().context("feeding")??;
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = SIDE.to_be_bytes();
    chunk(&mut png, b"IHDR", &[&side[..], &side, &[1, 0, 0, 0, 0]].concat());
    chunk(&mut png, b"IDAT", &packed);
    chunk(&mut png, b"IEND", &[]);
    Ok(std::fs::write(path, png)?)
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = png[start..].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    });
    png.extend((!sum).to_be_bytes());
}
