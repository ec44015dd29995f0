//! Pages turned and cut by the reader (H6): poppler sees in the document what the window shows, and the bytes are the old ones.

use crate::samples::{at, receipt};
use crate::witness::{ask, ask_for_files};
use domain::Crop;
use image::ExtendedColorType;
use imaging::{Flat, Shown, Turn};
use pdf::archive::{Seen, compose};
use pdf::{ArchiveInfo, ArchivePage, Paper};

fn info() -> ArchiveInfo {
    ArchiveInfo {
        title: "Giấy khai sinh".into(),
        creator: "Một Cửa".into(),
        created: at("2026-11-23T09:15:00+07:00"),
        seed: "seen".into(),
    }
}

/// No two of its parts look alike, so that no turn and no cut passes for another.
fn sample(width: u32, height: u32) -> Vec<u8> {
    let field = |x: u32, y: u32| u8::try_from((x * 4 / width * 61 + y * 4 / height * 23 + 10) % 256).unwrap();
    let pixels: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| field(x, y))).collect();
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95)
        .encode(&pixels, width, height, ExtendedColorType::L8)
        .unwrap();
    bytes
}

fn every_way() -> impl Iterator<Item = Seen> {
    let cuts = [None, Some(Crop { left: 1_000, top: 2_500, right: 7_500, bottom: 9_000 })];
    (0..4).flat_map(move |turns| cuts.map(|crop| Seen { turns, crop, flat: None }))
}

/// The same for the window's pictures.
fn shown(seen: Seen) -> Shown {
    let cut = seen.crop.map(|crop| [crop.left, crop.top, crop.right, crop.bottom]);
    Shown { flat: seen.flat, turn: Turn::quarters(seen.turns), cut }
}

/// The means of the cells of a grid of 12 by 12.
fn cells(picture: &[u8]) -> Vec<f64> {
    let raster = imaging::decode(picture, 0).unwrap();
    let (width, height) = (raster.facts.width as usize, raster.facts.height as usize);
    let channels = raster.color.channels();
    let span = |at: usize, side: usize| at * side / 12..((at + 1) * side / 12).max(at * side / 12 + 1);
    let mut means = Vec::new();
    for row in 0..12 {
        for column in 0..12 {
            let inside = span(row, height).flat_map(|y| span(column, width).map(move |x| (y * width + x) * channels));
            let samples: Vec<f64> = inside.map(|at| f64::from(raster.data[at])).collect();
            means.push(samples.iter().sum::<f64>() / samples.len() as f64);
        }
    }
    means
}

fn sides(picture: &[u8]) -> (u32, u32) {
    let facts = imaging::decode(picture, 0).unwrap().facts;
    (facts.width, facts.height)
}

/// Poppler's picture of the page of `document` is `ours`, in shape and in what lies where.
fn agrees(document: &[u8], ours: &[u8], what: &str) {
    let longest = sides(ours).0.max(sides(ours).1).to_string();
    let drawn = ask_for_files("pdftoppm", &["-png", "-cropbox", "-scale-to", &longest, "{}", "p"], document);
    let Some(drawn) = drawn else { return };
    let theirs = &drawn[0].1;
    let ((width, height), (across, down)) = (sides(theirs), sides(ours));
    assert!(width.abs_diff(across) <= 3 && height.abs_diff(down) <= 3, "{what}: {width}x{height}, not {across}x{down}");
    let near = cells(theirs).iter().zip(cells(ours)).filter(|(one, other)| (*one - other).abs() < 16.0).count();
    // Along an edge between two fields a pixel more or less is seen.
    assert!(near >= 120, "{what}: only {near} of 144 parts look alike");
}

#[test]
fn a_turned_and_cut_picture_is_seen_alike_and_keeps_its_bytes() {
    let file = sample(400, 600);
    for seen in every_way() {
        let made = compose(&[ArchivePage::Picture { bytes: &file, index: 0, seen }], &info()).unwrap();
        assert_eq!(made.conformance, Some("PDF/A-2b"), "a reader that turns is as archival");
        let shown = imaging::seen(&file, 0, 600, shown(seen)).unwrap();
        agrees(&made.bytes, &shown, &format!("{seen:?}"));
        let again = pdf::read::render(&made.bytes, 0, 600).unwrap();
        agrees(&made.bytes, &again, &format!("read back, {seen:?}"));
        if let Some(said) = ask("qpdf", &["--check", "{}"], &made.bytes) {
            assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        }
        let Some(taken) = ask_for_files("pdfimages", &["-all", "{}", "p"], &made.bytes) else { continue };
        assert!(taken.len() == 1 && taken[0].1 == file, "{seen:?}: the JPEG is not the one that came in");
    }
}

/// A photograph is laid flat in the document as in the window, turned and cut after that, at the true size of its paper.
#[test]
fn a_photograph_is_laid_flat_alike() {
    let file = sample(1_800, 2_400);
    let flat =
        Flat { corners: [(1_500, 900), (8_200, 1_300), (9_300, 9_400), (700, 9_000)], width: 1_480, height: 2_100 };
    for seen in every_way().map(|seen| Seen { flat: Some(flat), ..seen }) {
        let made = compose(&[ArchivePage::Picture { bytes: &file, index: 0, seen }], &info()).unwrap();
        assert_eq!(made.conformance, Some("PDF/A-2b"));
        agrees(&made.bytes, &imaging::seen(&file, 0, 600, shown(seen)).unwrap(), &format!("{seen:?}"));
        let Some(said) = ask("pdfinfo", &["{}"], &made.bytes) else { continue };
        let size = said.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap();
        let sides: Vec<f64> = size.split(' ').filter_map(|word| word.parse().ok()).collect();
        let whole = |side: f64| {
            seen.crop.is_some() || (side - 148.0 * 72.0 / 25.4).abs() < 1.0 || (side - 210.0 * 72.0 / 25.4).abs() < 1.0
        };
        assert!(sides.len() >= 2 && sides.iter().take(2).all(|side| whole(*side)), "A5: {size}");
    }
}

#[test]
fn a_turned_and_cut_page_of_a_foreign_pdf_is_seen_alike() {
    let form = pdf::forms::receipt(&receipt(), Paper::A5).unwrap();
    // One that came in turned and cut already.
    let turned = Seen { turns: 1, crop: Some(Crop { left: 500, top: 500, right: 9_000, bottom: 8_000 }), flat: None };
    let picture = sample(400, 600);
    let odd = compose(&[ArchivePage::Picture { bytes: &picture, index: 0, seen: turned }], &info()).unwrap().bytes;
    for (name, source) in [("form", &form), ("turned and cut before", &odd)] {
        let drawn = pdf::read::render(source, 0, 1_200).unwrap();
        for seen in every_way() {
            let page = ArchivePage::Pdf { bytes: source, index: 0, seen };
            let made = compose(&[page], &info()).unwrap();
            let shown = imaging::seen(&drawn, 0, 600, shown(seen)).unwrap();
            agrees(&made.bytes, &shown, &format!("{name}, {seen:?}"));
        }
    }
}

// T-34: a file that is turned on one page is not that very file any more.
#[test]
fn only_a_pdf_as_it_came_stays_that_very_file() {
    let form = pdf::forms::receipt(&receipt(), Paper::A5).unwrap();
    let page = |index, seen| ArchivePage::Pdf { bytes: &form, index, seen };
    let plain = [page(0, Seen::WHOLE), page(1, Seen::WHOLE)];
    assert!(pdf::archive::whole_file(&plain).unwrap().is_some());
    let turned = [page(0, Seen::WHOLE), page(1, Seen { turns: 2, ..Seen::WHOLE })];
    assert!(pdf::archive::whole_file(&turned).unwrap().is_none());
}
