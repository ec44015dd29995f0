//! Whole pictures are measured; cut, corrupt, giant and hostile ones are refused by name, and nothing panics.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use imaging::{Color, PageFacts, Refusal, Turn, decode, examine, facts, picture, png_stream};
use proptest::prelude::*;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;
use tiff::encoder::{TiffEncoder, colortype};

fn scan(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/data/scans", name].iter().collect();
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        skipped();
    }
    bytes
}

#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
fn skipped() {
    eprintln!("skipped: ../shared/data is not here");
}

fn noise(count: usize) -> Vec<u8> {
    (0..count).map(|n| u8::try_from(n * n % 251).unwrap()).collect()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode(&noise((width * height * 3) as usize), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn png(width: u32, height: u32, color: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let size = width as usize * height as usize * usize::from(color.bits_per_pixel()) / 8;
    PngEncoder::new(&mut bytes).write_image(&noise(size), width, height, color).unwrap();
    bytes
}

fn tiff(pages: &[(u32, u32)]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    for (width, height) in pages {
        let data = noise((width * height) as usize);
        encoder.write_image::<colortype::Gray8>(*width, *height, &data).unwrap();
    }
    bytes.into_inner()
}

/// A TIFF of one G4 strip, as fax machines and scanners write it.
fn fax(width: u16, rows: &[Vec<bool>]) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in rows {
        let pels = row.iter().map(|white| if *white { fax::Color::White } else { fax::Color::Black });
        encoder.encode_line(pels, width).unwrap();
    }
    fax::tiff::wrap(&encoder.finish().unwrap().finish(), width.into(), u32::try_from(rows.len()).unwrap())
}

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let rows: Vec<Vec<bool>> = (0..40).map(|y| (0..50).map(|x| (x * y) % 7 < 4).collect()).collect();
    vec![
        jpeg(64, 48),
        png(33, 21, ExtendedColorType::Rgba8),
        png(33, 21, ExtendedColorType::L16),
        tiff(&[(30, 20), (20, 30)]),
        fax(50, &rows),
    ]
});

#[test]
fn kinds_are_measured_and_shown() {
    let expected = [
        (64, 48, Color::Rgb),
        (33, 21, Color::Rgb),
        (33, 21, Color::Gray),
        (30, 20, Color::Gray),
        (50, 40, Color::Bilevel),
    ];
    for (bytes, (width, height, color)) in FILES.iter().zip(expected) {
        let pages = examine(bytes, 16).unwrap();
        let seen = pages[0].facts;
        assert_eq!((seen.width, seen.height, seen.color, seen.orientation), (width, height, color, 1));
        assert_eq!(facts(bytes).unwrap()[0], seen, "the header says what the pixels are");
        let thumb = examine(&pages[0].thumb, 16).unwrap()[0].facts;
        assert_eq!(thumb.width.max(thumb.height), 16, "a thumbnail is a picture of the size asked for");
    }
    assert_eq!(examine(&FILES[3], 16).unwrap().len(), 2, "both pages of the TIFF");
    assert_eq!(decode(&FILES[3], 1).unwrap().facts.width, 20);
    assert_eq!(decode(&FILES[3], 2), Err(Refusal::Damaged), "no such page");
}

#[test]
fn fax_code_is_black_where_it_was_black() {
    let rows = vec![vec![true, true, false, true, true, true, true, true, false], vec![true; 9]];
    let raster = decode(&fax(9, &rows), 0).unwrap();
    // The bits beside the ninth fill the row up and mean nothing.
    let pixels: Vec<bool> = raster.rows().flat_map(|row| (0..9).map(|x| row[x / 8] >> (7 - x % 8) & 1 == 1)).collect();
    assert_eq!(pixels, rows.concat(), "white is 1");
}

#[test]
fn transparency_is_white_paper() {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&[0, 0, 0, 0, 0, 0, 0, 255], 2, 1, ExtendedColorType::Rgba8).unwrap();
    assert_eq!(decode(&bytes, 0).unwrap().data, [255, 255, 255, 0, 0, 0]);
    assert_eq!(png_stream(&bytes), Ok(None), "its bytes cannot be shown unchanged");
}

#[test]
fn gray_tiff_with_a_mask_is_read_without_it() {
    let mut bytes = Vec::new();
    write_gray_with_mask(&mut bytes, &[10, 255, 20, 0, 30, 128], 3);
    assert_eq!(decode(&bytes, 0).unwrap().data, [10, 20, 30]);
}

/// A baseline TIFF of one row, two samples a pixel, laid out by hand: no encoder here writes one.
fn write_gray_with_mask(out: &mut Vec<u8>, samples: &[u8], width: u16) {
    let entries: [(u16, u16, u32, u32); 10] = [
        (256, 3, 1, u32::from(width)),
        (257, 3, 1, 1),
        (258, 3, 2, 8 | 8 << 16),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8 + 2 + 10 * 12 + 4),
        (277, 3, 1, 2),
        (278, 3, 1, 1),
        (279, 4, 1, u32::try_from(samples.len()).unwrap()),
        (338, 3, 1, 2),
    ];
    out.extend_from_slice(b"II\x2a\0\x08\0\0\0");
    out.extend_from_slice(&10_u16.to_le_bytes());
    for (tag, kind, count, value) in entries {
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&count.to_le_bytes());
        out.extend_from_slice(&value.to_le_bytes());
    }
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(samples);
}

#[test]
fn every_cut_is_damaged() {
    for (n, bytes) in FILES.iter().enumerate() {
        for end in (1..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
            let refused = examine(&bytes[..end], 16);
            assert!(refused.is_err(), "file {n} cut at {end} of {} passed as whole", bytes.len());
        }
    }
}

#[test]
fn a_scan_cut_short_is_damaged_even_with_an_end_mark() {
    let Some(bytes) = scan("p04_giay_khai_sinh.jpg") else { return };
    for part in [3, 5, 8, 9] {
        let mut cut = bytes[..bytes.len() * part / 10].to_vec();
        assert_eq!(examine(&cut, 64), Err(Refusal::Damaged), "cut at {part} tenths");
        // A program that closes what it could not finish.
        cut.extend([0xff, 0xd9]);
        assert_eq!(examine(&cut, 64), Err(Refusal::Damaged), "closed at {part} tenths");
    }
}

#[test]
fn every_sample_scan_is_whole_and_300_dpi() {
    let Some(_) = scan("p01_qr_separator.jpg") else { return };
    let dir: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/data/scans"].iter().collect();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jpg" || extension == "tif") {
            let pages = examine(&std::fs::read(&path).unwrap(), 320).unwrap();
            assert_eq!((pages.len(), pages[0].facts.dpi), (1, 300), "{}", path.display());
            assert!(
                pages[0].thumb.len() < 60_000,
                "{} has a thumbnail of {} bytes",
                path.display(),
                pages[0].thumb.len()
            );
        }
    }
}

// T-36, and the picture that the issue names.
#[test]
fn giants_are_refused_by_their_header() {
    let giant = Refusal::TooLarge { width: 20_000, height: 20_000 };
    let mut bytes = jpeg(64, 48);
    let frame = bytes.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0x4e, 0x20, 0x4e, 0x20]);
    assert_eq!(examine(&bytes, 16), Err(giant));

    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 20_000, 20_000);
    encoder.set_color(::png::ColorType::Grayscale);
    drop(encoder.write_header().unwrap());
    assert_eq!(examine(&bytes, 16), Err(giant));

    let bytes = fax::tiff::wrap(&[0; 64], 20_000, 20_000);
    assert_eq!(examine(&bytes, 16), Err(giant));
}

#[test]
fn loops_and_crowds_of_pages_end() {
    let many = tiff(&vec![(1, 1); 501]);
    assert_eq!(facts(&many), Err(Refusal::TooManyPages { pages: 501 }));
    assert_eq!(examine(&many, 16), Err(Refusal::TooManyPages { pages: 501 }));

    // The last directory points back at the first.
    let mut bytes = tiff(&[(4, 4), (4, 4)]);
    let start = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let next_of = |bytes: &[u8], at: usize| {
        let entries = usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        at + 2 + entries * 12
    };
    let first_next = next_of(&bytes, start);
    let second = u32::from_le_bytes(bytes[first_next..first_next + 4].try_into().unwrap()) as usize;
    let second_next = next_of(&bytes, second);
    bytes[second_next..second_next + 4].copy_from_slice(&u32::try_from(start).unwrap().to_le_bytes());
    assert_eq!(examine(&bytes, 16), Err(Refusal::Damaged));
}

#[test]
fn the_screen_gets_upright_pictures() {
    let bytes = jpeg(64, 48);
    assert!(picture(&bytes, 0, 64, Turn::None).unwrap() == bytes, "what fits needs no second coding");
    let size = |bytes: &[u8]| {
        let PageFacts { width, height, .. } = facts(bytes).unwrap()[0];
        (width, height)
    };
    assert_eq!(size(&picture(&bytes, 0, 32, Turn::None).unwrap()), (32, 24));
    assert_eq!(size(&picture(&bytes, 0, 32, Turn::Right).unwrap()), (24, 32));
    assert_eq!(size(&picture(&bytes, 0, 4000, Turn::Half).unwrap()), (64, 48), "nothing is blown up");
    assert_eq!(picture(&bytes, 1, 32, Turn::None), Err(Refusal::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_change_of_bytes_makes_it_panic(
        file in 0usize..5,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = FILES[file].clone();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = facts(&bytes);
        if let Ok(pages) = examine(&bytes, 16) {
            prop_assert!(!pages.is_empty());
            let _ = picture(&bytes, 0, 20, Turn::Left);
        }
        let _ = png_stream(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn changed_scans_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..200), fax in any::<bool>()) {
        static SCANS: LazyLock<Option<[Vec<u8>; 2]>> =
            LazyLock::new(|| Some([scan("p15_bien_lai_A5.jpg")?, scan("p17_hop_dong_1.tif")?]));
        let Some(scans) = SCANS.as_ref() else { return Ok(()) };
        let mut bytes = scans[usize::from(fax)].clone();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let _ = examine(&bytes, 64);
    }
}
