//! Photographs of paper: where the paper lies, how fine it got, and that it reads once it is laid flat. Photographed by a made-up
//! camera whose every line is known, and held against what it saw.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "coordinates of made-up pictures"
)]

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, RgbImage};
use imaging::codes::{Effort, find};
use imaging::{Flat, Photo, Shown, Turn};

const A4: (u16, u16) = (2_100, 2_970);
const WORD: &[u8] = b"MC1|H99.1-20261127-0001";

/// A sheet of A4 at 200 dots an inch with writing, a stamp and a code on it.
fn sheet(paper: [u8; 3]) -> RgbImage {
    let (width, height) = (1_654, 2_339);
    let mut sheet = RgbImage::from_pixel(width, height, paper.into());
    let code = qrcode::QrCode::new(WORD).unwrap();
    let side = u32::try_from(code.width()).unwrap();
    for (at, color) in (0..).zip(code.to_colors()) {
        let (x, y) = (120 + at % side * 7, 120 + at / side * 7);
        let dark = color == qrcode::Color::Dark;
        (0..49).filter(|_| dark).for_each(|dot| sheet.put_pixel(x + dot % 7, y + dot / 7, [20, 20, 20].into()));
    }
    let mut dice = 7_u64;
    for line in 0..30 {
        let mut x = 150;
        while x < 1_450 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (wide, high) = (6 + (dice >> 40) % 12, 10 + (dice >> 33) % 14);
            for (dx, dy) in (0..4).flat_map(|dx| (0..high).map(move |dy| (dx, dy))).chain((0..wide).map(|dx| (dx, 9))) {
                sheet.put_pixel(x + dx as u32, 520 + line * 56 + 24 - dy as u32, [40, 40, 48].into());
            }
            x += wide as u32 + if (dice >> 50).is_multiple_of(6) { 26 } else { 8 };
        }
    }
    for step in 0..3_600 {
        let angle = (step as f32 / 10.0).to_radians();
        for ring in 0..6 {
            let (x, y) = (1_150.0 + (150.0 + ring as f32) * angle.cos(), 1_950.0 + (150.0 + ring as f32) * angle.sin());
            sheet.put_pixel(x as u32, y as u32, [200, 40, 50].into());
        }
    }
    sheet
}

/// What a camera sees: `sheet` with its corners at `corners` on a picture of `width` by `height`, on a table of the color
/// `table` with grain, lit from one side by `light` percent more than from the other.
fn photographed(
    sheet: &RgbImage,
    corners: [(f32, f32); 4],
    (width, height): (u32, u32),
    table: [u8; 3],
    light: f32,
) -> RgbImage {
    let from = |n: usize| (corners[n].0 * width as f32, corners[n].1 * height as f32);
    let to = [
        (0.0, 0.0),
        (sheet.width() as f32, 0.0),
        (sheet.width() as f32, sheet.height() as f32),
        (0.0, sheet.height() as f32),
    ];
    let back = solve([from(0), from(1), from(2), from(3)], to);
    let mut dice = 99_u64;
    RgbImage::from_fn(width, height, |x, y| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let grain = (dice >> 56) as f32 / 32.0 - 4.0;
        let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
        let far = back[6] * px + back[7] * py + 1.0;
        let (u, v) =
            ((back[0] * px + back[1] * py + back[2]) / far - 0.5, (back[3] * px + back[4] * py + back[5]) / far - 0.5);
        let inside = u > -0.5 && v > -0.5 && u < sheet.width() as f32 - 0.5 && v < sheet.height() as f32 - 0.5;
        let color = if inside {
            between(sheet, u, v)
        } else {
            let streak = ((px * 0.03 + (py * 0.004).sin() * 3.0).sin() * 7.0).round();
            table.map(|level| f32::from(level) + streak)
        };
        let lit = 1.0 - light / 100.0 * (px / width as f32 * 0.7 + py / height as f32 * 0.3);
        image::Rgb(color.map(|level| (level * lit + grain).clamp(0.0, 255.0) as u8))
    })
}

fn between(sheet: &RgbImage, u: f32, v: f32) -> [f32; 3] {
    let (u, v) = (u.clamp(0.0, sheet.width() as f32 - 1.0), v.clamp(0.0, sheet.height() as f32 - 1.0));
    let (x, y) = (u as u32, v as u32);
    let (right, below) = ((x + 1).min(sheet.width() - 1), (y + 1).min(sheet.height() - 1));
    let (over, down) = (u - x as f32, v - y as f32);
    std::array::from_fn(|channel| {
        let at = |x, y| f32::from(sheet.get_pixel(x, y).0[channel]);
        let upper = at(x, y) * (1.0 - over) + at(right, y) * over;
        let lower = at(x, below) * (1.0 - over) + at(right, below) * over;
        upper * (1.0 - down) + lower * down
    })
}

/// The projection that takes four points to four others, by the eight equations that say so.
fn solve(from: [(f32, f32); 4], to: [(f32, f32); 4]) -> [f32; 8] {
    let mut rows = Vec::new();
    for ((x, y), (u, v)) in
        from.map(|(x, y)| (f64::from(x), f64::from(y))).into_iter().zip(to.map(|(u, v)| (f64::from(u), f64::from(v))))
    {
        rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
        rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
    }
    for column in 0..8 {
        let pivot = (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs())).unwrap();
        rows.swap(column, pivot);
        let lead = rows[column];
        for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != column) {
            let _ = at;
            let share = row[column] / lead[column];
            row.iter_mut().zip(lead).for_each(|(value, lead)| *value -= share * lead);
        }
    }
    std::array::from_fn(|n| (rows[n][8] / rows[n][n]) as f32)
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    image::ImageEncoder::write_image(encoder, picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// A JPEG whose EXIF block says how the camera was held.
fn held(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = jpeg(picture);
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

fn photo(bytes: &[u8]) -> Photo {
    imaging::examine_photo(bytes, A4, 320).unwrap()
}

fn near(flat: &Flat, corners: [(f32, f32); 4]) -> f32 {
    let off = flat
        .corners
        .iter()
        .zip(corners)
        .map(|((x, y), (u, v))| (f32::from(*x) / 10_000.0 - u).hypot(f32::from(*y) / 10_000.0 - v));
    off.fold(0.0, f32::max)
}

fn reads(bytes: &[u8], flat: &Flat) -> bool {
    let (facts, page) = imaging::flat_jpeg(bytes, 0, flat).unwrap();
    let raster = imaging::decode(&page, 0).unwrap();
    assert_eq!((raster.facts.width, raster.facts.height), (facts.width, facts.height));
    find(&raster, Effort::Thorough).iter().any(|code| code.bytes == WORD)
}

/// From above, tilted, askew, with the far side smaller: as people hold phones.
const LYING: [[(f32, f32); 4]; 4] = [
    [(0.10, 0.09), (0.91, 0.08), (0.92, 0.93), (0.09, 0.92)],
    [(0.17, 0.08), (0.84, 0.10), (0.95, 0.94), (0.05, 0.91)],
    [(0.20, 0.05), (0.93, 0.13), (0.82, 0.95), (0.07, 0.85)],
    [(0.06, 0.14), (0.88, 0.05), (0.95, 0.83), (0.13, 0.95)],
];

#[test]
fn paper_is_found_laid_flat_and_read() {
    let white = sheet([246, 245, 240]);
    for (corners, (table, light)) in LYING.into_iter().zip([
        ([92, 66, 44], 10.0),
        ([120, 122, 126], 35.0),
        ([48, 52, 60], 25.0),
        ([160, 126, 92], 30.0),
    ]) {
        let bytes = jpeg(&photographed(&white, corners, (1_900, 2_600), table, light));
        let photo = photo(&bytes);
        let flat = photo.flat.unwrap_or_else(|| panic!("no paper on {table:?}"));
        assert!(near(&flat, corners) < 0.0025, "off by {} on {table:?}: {flat:?}", near(&flat, corners));
        assert_eq!((flat.width, flat.height), A4);
        assert!((120..215).contains(&photo.resolution), "{}", photo.resolution);
        assert!(reads(&bytes, &flat), "the code on {table:?} reads");
    }
}

#[test]
fn colored_paper_on_a_light_table_is_found() {
    let pink = sheet([236, 190, 198]);
    let bytes = jpeg(&photographed(&pink, LYING[1], (1_500, 2_050), [226, 224, 218], 15.0));
    let flat = photo(&bytes).flat.expect("told by its color");
    assert!(near(&flat, LYING[1]) < 0.005, "{}", near(&flat, LYING[1]));
}

#[test]
fn a_camera_held_sideways_is_told_by_its_file() {
    let white = sheet([246, 245, 240]);
    let upright = photographed(&white, LYING[1], (1_900, 2_600), [92, 66, 44], 20.0);
    let turned = DynamicImage::ImageRgb8(upright);
    // The stored picture lies on its side; its orientation says how to turn it back.
    for (orientation, stored) in [(6, turned.rotate270()), (8, turned.rotate90()), (3, turned.rotate180())] {
        let bytes = held(&stored.to_rgb8(), orientation);
        let photo = photo(&bytes);
        assert_eq!(photo.facts.orientation, orientation);
        let flat = photo.flat.expect("paper");
        let (facts, page) = imaging::flat_jpeg(&bytes, 0, &flat).unwrap();
        assert!(facts.width < facts.height && facts.orientation == 1, "upright as it was photographed");
        let code = find(&imaging::decode(&page, 0).unwrap(), Effort::Thorough);
        let at = code.iter().find(|code| code.bytes == WORD).expect("reads").corners[0];
        assert!(at.x < facts.width / 3 && at.y < facts.height / 5, "{orientation}: {at:?}");
    }
}

#[test]
fn what_shows_no_whole_sheet_is_the_page_as_it_is() {
    let white = sheet([246, 245, 240]);
    // One edge lies outside the picture.
    let cut = [(0.10, 0.09), (0.91, 0.08), (1.04, 0.93), (0.09, 0.92)].map(|(x, y): (f32, f32)| (x * 1.08, y));
    assert_eq!(photo(&jpeg(&photographed(&white, cut, (1_400, 1_900), [92, 66, 44], 10.0))).flat, None);
    // A scan, that is paper and nothing else.
    let scan = jpeg(&white);
    let whole = photo(&scan);
    assert_eq!(whole.flat, None);
    assert!(whole.resolution.abs_diff(200) <= 1, "the whole picture is the sheet: {}", whole.resolution);
    // A table, and a white wall with nothing on it.
    let table =
        photographed(&white, [(3.0, 3.0), (4.0, 3.0), (4.0, 4.0), (3.0, 4.0)], (900, 1_200), [120, 90, 60], 30.0);
    assert_eq!(photo(&jpeg(&table)).flat, None);
}

#[test]
fn a_photo_from_afar_says_how_little_it_holds() {
    let white = sheet([246, 245, 240]);
    let far = LYING[0].map(|(x, y)| (0.3 + x * 0.4, 0.3 + y * 0.4));
    let bytes = jpeg(&photographed(&white, far, (1_900, 2_600), [92, 66, 44], 10.0));
    let photo = photo(&bytes);
    let flat = photo.flat.expect("paper");
    // 0.81 of 0.4 of 1,900 dots for 8.27 inches.
    assert!(photo.resolution.abs_diff(74) <= 3, "{}", photo.resolution);
    assert!(photo.resolution < 200 && flat.is_sane());
}

#[test]
fn turning_and_cutting_come_after_laying_flat() {
    let white = sheet([246, 245, 240]);
    let bytes = jpeg(&photographed(&white, LYING[1], (1_900, 2_600), [92, 66, 44], 10.0));
    let flat = photo(&bytes).flat;
    let facts = |shown| imaging::facts(&imaging::seen(&bytes, 0, 1_000, shown).unwrap()).unwrap()[0];
    let plain = facts(Shown { flat, ..Shown::default() });
    assert!((plain.width.abs_diff(707) <= 2) && plain.height == 1_000, "{plain:?}");
    let turned = facts(Shown { flat, turn: Turn::Right, cut: Some([0, 0, 5_000, 10_000]) });
    assert!(
        turned.width.abs_diff(500) <= 3 && turned.height.abs_diff(707) <= 3,
        "half of a sheet on its side: {turned:?}"
    );
}
