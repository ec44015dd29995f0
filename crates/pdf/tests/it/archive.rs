//! The archive document: bytes unchanged, pages in order and at true size, PDF/A's five things.

use crate::samples::{SCANS, at, receipt, scan};
use crate::witness::{ask, ask_for_files, skipped};
use image::{ExtendedColorType, ImageEncoder};
use pdf::archive::{Composer, compose};
use pdf::{Archive, ArchiveInfo, ArchivePage, ComposeError, Paper, PdfRefusal};

fn info() -> ArchiveInfo {
    ArchiveInfo {
        title: "Giấy khai sinh <&> \u{1}Đ".into(),
        creator: "Một Cửa".into(),
        created: at("2026-11-23T09:15:00+07:00"),
        seed: "H99.1-261123-0007/1".into(),
    }
}

fn pictures(files: &[Vec<u8>]) -> Archive {
    let pages: Vec<_> =
        files.iter().map(|bytes| ArchivePage::Picture { bytes, index: 0, seen: pdf::archive::Seen::WHOLE }).collect();
    compose(&pages, &info()).unwrap()
}

fn pixels(width: u32, height: u32, channels: u32) -> Vec<u8> {
    (0..width * height * channels).map(|n| (n * 7 % 251) as u8).collect()
}

fn jpeg(width: u32, height: u32, color: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let channels = u32::from(color.channel_count());
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode(&pixels(width, height, channels), width, height, color)
        .unwrap();
    bytes
}

fn png(width: u32, height: u32, color: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let size = u32::from(color.bits_per_pixel()) / 8;
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&pixels(width, height, size), width, height, color)
        .unwrap();
    bytes
}

/// Puts an EXIF orientation into a JPEG.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1, 0, 34]);
    bytes.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    bytes.extend([orientation, 0, 0, 0, 0, 0, 0]);
    bytes.extend(&jpeg[2..]);
    bytes
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn jpeg_bytes_stay_as_they_are() {
    let mut files = vec![jpeg(40, 60, ExtendedColorType::Rgb8), jpeg(40, 60, ExtendedColorType::L8)];
    files.extend(SCANS.iter().filter(|name| name.ends_with("jpg")).filter_map(|name| scan(name)));
    let archive = pictures(&files);
    for (n, file) in files.iter().enumerate() {
        assert!(contains(&archive.bytes, file), "picture {n} is inside, byte for byte");
    }
    let Some(extracted) = ask_for_files("pdfimages", &["-all", "{}", "p"], &archive.bytes) else { return };
    assert_eq!(extracted.len(), files.len());
    for ((name, out), file) in extracted.iter().zip(&files) {
        assert!(out == file, "{name} differs from what was put in");
    }
}

#[test]
fn other_pictures_lose_nothing() {
    let files = [ExtendedColorType::L8, ExtendedColorType::Rgb8, ExtendedColorType::L16, ExtendedColorType::Rgb16]
        .map(|color| png(37, 23, color));
    let archive = pictures(&files);
    assert_eq!(archive.conformance, Some("PDF/A-2b"));
    let Some(extracted) = ask_for_files("pdfimages", &["-png", "{}", "p"], &archive.bytes) else { return };
    for ((name, out), file) in extracted.iter().zip(&files).take(2) {
        let (out, file) = (imaging::decode(out, 0).unwrap(), imaging::decode(file, 0).unwrap());
        assert_eq!(out.data, file.data, "{name}");
    }
}

// T-35: bilevel pages keep every pixel.
#[test]
fn a_bilevel_scan_keeps_every_pixel() {
    let Some(file) = scan("p17_hop_dong_1.tif") else { return skipped("../shared/data") };
    let archive = pictures(std::slice::from_ref(&file));
    assert!(archive.bytes.len() < file.len() * 3 / 2, "still a fax code: {} of {}", archive.bytes.len(), file.len());
    let Some(extracted) = ask_for_files("pdfimages", &["-png", "{}", "p"], &archive.bytes) else { return };
    let (out, file) = (imaging::decode(&extracted[0].1, 0).unwrap(), imaging::decode(&file, 0).unwrap());
    assert_eq!(out.facts.width, file.facts.width);
    assert!(out.data == file.data, "a pixel changed");
}

#[test]
fn pages_have_their_true_size_and_stand_upright() {
    let flat = jpeg(300, 600, ExtendedColorType::L8);
    let files: Vec<_> = (1..=8).map(|orientation| turned(&flat, orientation)).collect();
    let archive = pictures(&files);
    let Some(said) = ask("pdfinfo", &["-l", "8", "{}"], &archive.bytes) else { return };
    // 300 by 600 pixels without a resolution fill an A4's longer side, 100 dpi at least.
    for page in 1..=8 {
        let line = said.lines().find(|line| line.starts_with(&format!("Page    {page} size:"))).unwrap();
        let expected = if page >= 5 { "432 x 216" } else { "216 x 432" };
        assert!(line.contains(expected), "{line}");
    }
    let Some(scan) = scan("p04_giay_khai_sinh.jpg") else { return skipped("../shared/data") };
    let archive = pictures(&[scan]);
    let Some(said) = ask("pdfinfo", &["{}"], &archive.bytes) else { return };
    assert!(said.contains("595.2 x 841.92") && said.contains("A4"), "scale 100 %: {said}");
}

#[test]
fn orientation_is_shown_as_exif_means_it() {
    // Black top left corner in the upright view for each orientation: built by turning the other way.
    let upright = |x: u32, y: u32| if x < 16 && y < 16 { 0u8 } else { 255 };
    let (w, h) = (48u32, 96u32);
    for orientation in 1..=8u8 {
        let (sw, sh) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut stored = vec![255u8; (sw * sh) as usize];
        for y in 0..h {
            for x in 0..w {
                let (sx, sy) = match orientation {
                    1 => (x, y),
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, w - 1 - x),
                    7 => (h - 1 - y, w - 1 - x),
                    _ => (h - 1 - y, x),
                };
                stored[(sy * sw + sx) as usize] = upright(x, y);
            }
        }
        let mut file = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 95)
            .encode(&stored, sw, sh, ExtendedColorType::L8)
            .unwrap();
        let archive = pictures(&[turned(&file, orientation)]);
        let seen = pdf::read::render(&archive.bytes, 0, 96).unwrap();
        let raster = imaging::decode(&seen, 0).unwrap();
        assert_eq!((raster.facts.width, raster.facts.height), (48, 96), "orientation {orientation}");
        let at = |x: usize, y: usize| raster.data[(y * 48 + x) * raster.color.channels()];
        assert!(at(6, 6) < 60, "orientation {orientation}: the corner is dark");
        assert!(
            at(42, 6) > 200 && at(6, 90) > 200 && at(42, 90) > 200,
            "orientation {orientation}: the others are light"
        );
    }
}

// T-32: the five things beside the pages (libraries.md §10.5).
#[test]
fn a_document_of_pictures_has_what_pdf_a_asks_for() {
    let archive = pictures(&[jpeg(40, 60, ExtendedColorType::Rgb8)]);
    assert_eq!(archive.conformance, Some("PDF/A-2b"));
    let bytes = &archive.bytes;
    assert!(bytes.starts_with(b"%PDF-1.7\n%"), "a header with a binary mark");
    for part in [
        "/ID [",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        "/S /GTS_PDFA1",
        "/DestOutputProfile",
        "/Metadata",
        "<rdf:li xml:lang=\"x-default\">Giấy khai sinh &lt;&amp;&gt;  Đ</rdf:li>",
        "<xmp:CreateDate>2026-11-23T09:15:00+07:00</xmp:CreateDate>",
    ] {
        assert!(contains(bytes, part.as_bytes()), "{part} is missing");
    }
    assert!(!contains(bytes, b"/Encrypt"));
    assert!(contains(bytes, b"D:20261123091500+07'00"), "Info and XMP name the same moment");
    if let Some(said) = ask("qpdf", &["--check", "{}"], bytes) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
    if let Some(said) = ask("pdfinfo", &["{}"], bytes) {
        assert!(said.contains("Giấy khai sinh <&>  Đ"), "{said}");
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let files = [jpeg(40, 60, ExtendedColorType::Rgb8), png(20, 20, ExtendedColorType::Rgba8)];
    assert_eq!(pictures(&files), pictures(&files));
    let other = ArchiveInfo { seed: "another".into(), ..info() };
    let page = [ArchivePage::Picture { bytes: &files[0], index: 0, seen: pdf::archive::Seen::WHOLE }];
    assert_ne!(compose(&page, &info()).unwrap().bytes, compose(&page, &other).unwrap().bytes, "the identifier differs");
}

// T-34
#[test]
fn a_whole_pdf_stays_that_very_file() {
    let form = pdf::forms::receipt(&receipt(), Paper::A5).unwrap();
    let page = |index| ArchivePage::Pdf { bytes: &form, index, seen: pdf::archive::Seen::WHOLE };
    let archive = compose(&[page(0), page(1)], &info()).unwrap();
    assert!(archive.bytes == form, "its signatures would be broken");
    assert_eq!((archive.pages, archive.conformance), (2, None));
}

#[test]
fn pages_of_pdfs_are_copied_in_order_and_stay_searchable() {
    let form = pdf::forms::receipt(&receipt(), Paper::A5).unwrap();
    let picture = jpeg(200, 300, ExtendedColorType::Rgb8);
    let pages = [
        ArchivePage::Pdf { bytes: &form, index: 1, seen: pdf::archive::Seen::WHOLE },
        ArchivePage::Picture { bytes: &picture, index: 0, seen: pdf::archive::Seen::WHOLE },
        ArchivePage::Pdf { bytes: &form, index: 0, seen: pdf::archive::Seen::WHOLE },
    ];
    let archive = compose(&pages, &info()).unwrap();
    assert_eq!((archive.pages, archive.conformance), (3, None));
    assert!(!contains(&archive.bytes, b"pdfaid"), "what is not PDF/A must not claim it");
    assert!(contains(&archive.bytes, &picture));
    assert_eq!(pdf::read::inspect(&archive.bytes).unwrap().len(), 3);
    if let Some(said) = ask("qpdf", &["--check", "{}"], &archive.bytes) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
    let Some(text) = ask("pdftotext", &["{}", "-"], &archive.bytes) else { return };
    let texts: Vec<_> = text.split('\u{c}').collect();
    assert!(texts[0].contains("Liên 2: Giao khách hàng") && texts[0].contains("NGƯỜI TIẾP NHẬN HỒ SƠ"));
    assert!(texts[1].trim().is_empty() && texts[2].contains("Liên 1: Lưu"), "the order is kept");
}

#[test]
fn what_cannot_be_read_is_named_by_its_place() {
    let good = jpeg(40, 60, ExtendedColorType::Rgb8);
    let page = |bytes| ArchivePage::Picture { bytes, index: 0, seen: pdf::archive::Seen::WHOLE };
    assert_eq!(compose(&[], &info()), Err(ComposeError::NoPages));
    let cut = &good[..good.len() - 20];
    let refused = compose(&[page(&good), page(cut)], &info());
    assert_eq!(refused, Err(ComposeError::Picture { page: 1, source: imaging::Refusal::Damaged }));
    let refused = compose(
        &[page(&good), ArchivePage::Pdf { bytes: b"%PDF-1.4 no", index: 0, seen: pdf::archive::Seen::WHOLE }],
        &info(),
    );
    assert_eq!(refused, Err(ComposeError::Pdf { page: 1, source: PdfRefusal::Damaged }));
}

/// Takes only so many bytes, as a full disk does.
struct Narrow(usize);

impl std::io::Write for Narrow {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

// T-60: a long document goes out page by page, and is the same as when it is made at once.
#[test]
fn a_document_made_in_parts_is_the_same_and_whole() {
    let files: Vec<_> = (1..40).map(|n| jpeg(n, 9, ExtendedColorType::Rgb8)).collect();
    let mut bytes = Vec::new();
    let mut composer = Composer::new(&info(), &mut bytes).unwrap();
    for file in &files {
        composer.add(&[ArchivePage::Picture { bytes: file, index: 0, seen: pdf::archive::Seen::WHOLE }]).unwrap();
    }
    let made = composer.finish().unwrap();
    assert_eq!((made.pages, made.conformance), (39, Some("PDF/A-2b")));
    assert_eq!(bytes, pictures(&files).bytes);
    if let Some(said) = ask("qpdf", &["--check", "{}"], &bytes) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }

    let mut narrow = Narrow(20_000);
    let mut composer = Composer::new(&info(), &mut narrow).unwrap();
    let refused = files.iter().find_map(|file| {
        composer.add(&[ArchivePage::Picture { bytes: file, index: 0, seen: pdf::archive::Seen::WHOLE }]).err()
    });
    assert_eq!(refused.or_else(|| composer.finish().err()), Some(ComposeError::Write), "no end without all of it");
}
