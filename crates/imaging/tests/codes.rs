//! Codes are found however the paper lay, told with their place, and hostile pictures cost little.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use imaging::codes::{Code, CodeKind, Effort, find, is_patch_t};
use imaging::{Color, PageFacts, Raster};
use qrcode::{EcLevel, QrCode};
use std::path::PathBuf;

const CARD: &str = "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu, thành phố Mẫu|02052021";

/// A gray page.
struct Sheet {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Sheet {
    fn new(width: u32, height: u32, shade: u8) -> Self {
        Self { width, height, pixels: vec![shade; (width * height) as usize] }
    }

    fn set(&mut self, x: u32, y: u32, shade: u8) {
        self.pixels[(y * self.width + x) as usize] = shade;
    }

    /// Prints a QR code of `side` pixels with its middle at `at`, turned by `degrees`, in ink of `dark`.
    fn print(&mut self, text: &str, (x, y): (f64, f64), side: f64, degrees: f64, dark: u8) {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let (modules, colors) = (code.width(), code.to_colors());
        let (sin, cos) = degrees.to_radians().sin_cos();
        let reach = side * 0.75;
        for py in (y - reach).max(0.0) as u32..((y + reach) as u32).min(self.height) {
            for px in (x - reach).max(0.0) as u32..((x + reach) as u32).min(self.width) {
                let (dx, dy) = (f64::from(px) + 0.5 - x, f64::from(py) + 0.5 - y);
                let at = |n: f64| ((n / side + 0.5) * modules as f64).floor();
                let (column, row) = (at(dx * cos + dy * sin), at(dy * cos - dx * sin));
                if column < 0.0 || row < 0.0 || column >= modules as f64 || row >= modules as f64 {
                    continue;
                }
                if colors[row as usize * modules + column as usize] == qrcode::Color::Dark {
                    self.set(px, py, dark);
                }
            }
        }
    }

    /// Grain of a scan: each pixel a little off, always in the same way.
    fn grain(&mut self, depth: i32) {
        let mut state = 0x9E37_79B9_u32;
        for pixel in &mut self.pixels {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let off = i32::try_from(state % 256).unwrap() * depth / 256 - depth / 2;
            *pixel = u8::try_from((i32::from(*pixel) + off).clamp(0, 255)).unwrap();
        }
    }

    /// Low ink: of the print only every so many dots took.
    fn starve(&mut self, paper: u8, share: u32) {
        let mut state = 7_u32;
        for pixel in &mut self.pixels {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if *pixel < paper && (state >> 16) % 100 < share {
                *pixel = paper;
            }
        }
    }

    fn raster(self) -> Raster {
        let facts = PageFacts { width: self.width, height: self.height, dpi: 300, color: Color::Gray, orientation: 1 };
        Raster { facts, color: Color::Gray, bits: 8, data: self.pixels }
    }
}

fn texts(codes: &[Code]) -> Vec<String> {
    codes.iter().map(Code::text).collect()
}

/// T-29: upside down, skewed, turned.
#[test]
fn a_code_is_found_at_every_angle() {
    for degrees in [0.0, 3.5, 10.0, 45.0, 90.0, 170.0, 180.0, 190.0, 270.0, 350.0] {
        let mut sheet = Sheet::new(1_240, 1_754, 244);
        sheet.print(CARD, (700.0, 900.0), 220.0, degrees, 40);
        sheet.grain(24);
        let found = find(&sheet.raster(), Effort::Once);
        assert_eq!(texts(&found), [CARD], "{degrees}°");
        let corners = found[0].corners;
        let (x, y) = corners.iter().fold((0, 0), |(x, y), corner| (x + corner.x / 4, y + corner.y / 4));
        assert!(x.abs_diff(700) < 12 && y.abs_diff(900) < 12, "{degrees}°: its middle is told as {x}, {y}");
    }
}

#[test]
fn its_corners_say_how_it_lies() {
    let mut sheet = Sheet::new(600, 600, 255);
    sheet.print(CARD, (300.0, 300.0), 300.0, 180.0, 0);
    let corners = find(&sheet.raster(), Effort::Once)[0].corners;
    assert!(corners[0].x > corners[1].x && corners[0].y > corners[3].y, "upside down: {corners:?}");
}

/// T-29: faint, starved and small prints.
#[test]
fn faint_and_small_codes_are_found() {
    for (what, side, dark, starved, grain) in [
        ("faint", 300.0, 200, 0, 12),
        ("low ink", 420.0, 60, 45, 16),
        ("14 mm on a photocopy", 170.0, 90, 0, 40),
        ("a small photo", 110.0, 70, 0, 10),
    ] {
        let mut sheet = Sheet::new(1_000, 1_000, 236);
        sheet.print(CARD, (500.0, 480.0), side, 4.0, dark);
        sheet.starve(236, starved);
        sheet.grain(grain);
        assert_eq!(texts(&find(&sheet.raster(), Effort::Thorough)), [CARD], "{what}");
    }
}

#[test]
fn all_codes_of_a_page_are_told_from_the_top_down() {
    let mut sheet = Sheet::new(2_000, 2_000, 250);
    sheet.print("thứ ba", (1_000.0, 1_700.0), 240.0, 10.0, 30);
    sheet.print("thứ nhất", (400.0, 300.0), 240.0, 0.0, 30);
    sheet.print("thứ hai", (1_500.0, 1_000.0), 240.0, 90.0, 30);
    let found = find(&sheet.raster(), Effort::Once);
    assert_eq!(texts(&found), ["thứ nhất", "thứ hai", "thứ ba"]);
    assert!(found.iter().all(|code| code.kind == CodeKind::Qr));
    assert_eq!(found[0].bytes, "thứ nhất".as_bytes());
}

/// `MC1|H99` as a Data Matrix code, by an encoder of somebody else.
const MATRIX: [&str; 14] = [
    "#.#.#.#.#.#.#.",
    "#.#.#.########",
    "#....##.#..#..",
    "##....#..###.#",
    "####..#.......",
    "#.#....##....#",
    "#.#.####.#.##.",
    "#..#.#.##...##",
    "#.#########...",
    "##..#.####.###",
    "######.##...#.",
    "#..#.##......#",
    "#..######..#..",
    "##############",
];

#[test]
fn data_matrix_codes_are_found_beside_qr_codes() {
    let mut sheet = Sheet::new(900, 900, 240);
    for (y, row) in (0_u32..).zip(MATRIX) {
        for (x, module) in (0_u32..).zip(row.chars()) {
            for (px, py) in (0..100).map(|p| (p % 10, p / 10)).filter(|_| module == '#') {
                sheet.set(600 + x * 10 + px, 100 + y * 10 + py, 40);
            }
        }
    }
    sheet.print(CARD, (300.0, 600.0), 240.0, 5.0, 40);
    sheet.grain(16);
    let found = find(&sheet.raster(), Effort::Once);
    let kinds: Vec<CodeKind> = found.iter().map(|code| code.kind).collect();
    assert_eq!(kinds, [CodeKind::DataMatrix, CodeKind::Qr]);
    assert_eq!(texts(&found), ["MC1|H99", CARD]);
}

#[test]
fn an_empty_page_has_none() {
    let mut sheet = Sheet::new(2_480, 3_508, 240);
    sheet.grain(30);
    assert_eq!(find(&sheet.raster(), Effort::Thorough), []);
}

/// T-36: nothing but finder patterns, nothing but noise, a page of a single row. Bounded by the test runner's patience.
#[test]
fn hostile_pictures_end_and_tell_nothing() {
    let mut finders = Sheet::new(2_100, 2_100, 255);
    for y in 0..2_100_u32 {
        for x in 0..2_100_u32 {
            let (u, v): (u32, u32) = (x / 3 % 9, y / 3 % 9);
            let ring = u.abs_diff(3).max(v.abs_diff(3));
            if ring <= 1 || ring == 3 {
                finders.set(x, y, 0);
            }
        }
    }
    let mut noise = Sheet::new(3_000, 3_000, 128);
    noise.grain(255);
    let mut checks = Sheet::new(3_000, 3_000, 255);
    for y in 0..3_000 {
        for x in (y % 2..3_000).step_by(2) {
            checks.set(x, y, 0);
        }
    }
    for sheet in [finders, noise, checks, Sheet::new(30_000, 1, 0), Sheet::new(1, 30_000, 255), Sheet::new(1, 1, 0)] {
        assert_eq!(find(&sheet.raster(), Effort::Thorough), []);
    }
}

/// A page larger than is searched is shrunk, and places are told on the page as it is.
#[test]
fn places_on_a_shrunk_page_are_those_of_the_page() {
    let mut sheet = Sheet::new(7_000, 7_000, 245);
    sheet.print(CARD, (5_000.0, 6_000.0), 900.0, 0.0, 30);
    let found = find(&sheet.raster(), Effort::Once);
    let corner = found[0].corners[0];
    assert!(corner.x.abs_diff(4_550) < 20 && corner.y.abs_diff(5_550) < 20, "{corner:?}");
}

/// The samples: a separator with two codes, a photocopied card of 14 mm, a land certificate.
#[test]
fn every_code_of_the_samples_is_read() {
    let expected: [(&str, &[&str]); 3] = [
        ("p01_qr_separator.jpg", &["SEP1;000.00.15.H26-250920-0106;TP02;A", "SEP1;000.00.15.H26-250920-0106;TP02;B"]),
        (
            "p05_photo_cccd.jpg",
            &[
                "099191271735|188141019|Lê Ngọc Quỳnh|18111991|Nữ|số 45, tổ dân phố Đông Thắng, xã Vĩnh Thạnh Trung, tỉnh Đắk Lắk|18032023",
            ],
        ),
        ("p09_gcn_qsdd.jpg", &["GCN|099191271735|374|57"]),
    ];
    for (name, payloads) in expected {
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/data/scans", name].iter().collect();
        let Ok(bytes) = std::fs::read(path) else { return skipped() };
        let page = imaging::decode(&bytes, 0).unwrap();
        assert_eq!(texts(&find(&page, Effort::Once)), payloads, "{name}");
    }
}

#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
fn skipped() {
    eprintln!("skipped: ../shared/data is not here");
}

/// Bars of Code 39 for the letters of `*PATCHX`, ten pixels a wide one, from `left` down to `bottom`.
fn bars(sheet: &mut Sheet, word: &str, dark: u8) {
    let of = |letter| match letter {
        'P' => "nnwnwnnwn",
        'A' => "wnnnnwnnw",
        'T' => "nnnnwnwwn",
        'C' => "wnwnnwnnn",
        'H' => "wnnnnwwnn",
        'X' => "nwnnwnnnw",
        _ => "nwnnwnwnn",
    };
    let mut x = 200;
    for letter in word.chars() {
        for (n, element) in of(letter).chars().enumerate() {
            let width = if element == 'w' { 12 } else { 4 };
            for (column, y) in (x..x + width).flat_map(|x| (200..500).map(move |y| (x, y))).filter(|_| n % 2 == 0) {
                sheet.set(column, y, dark);
            }
            x += width;
        }
        x += 4;
    }
}

// K1: the bars that every patch sheet bears, whole and with little ink. T-28: nobody else's bars are one, nor its word in
// another code.
#[test]
fn a_patch_sheet_is_known_by_its_bars_and_nothing_else_is() {
    let page = |word: &str, dark| {
        let mut sheet = Sheet::new(1240, 1754, 245);
        bars(&mut sheet, word, dark);
        sheet.grain(12);
        sheet
    };
    assert!(is_patch_t(&page("*PATCHT*", 20).raster()));
    assert!(is_patch_t(&page("*PATCHT*", 170).raster()), "low ink");
    for other in ["*PATCHX*", "*PATCHTT*", "*TAPCHT*", "*HATCHT*", "PATCHT"] {
        assert!(!is_patch_t(&page(other, 20).raster()), "{other}");
    }
    let mut code = Sheet::new(1240, 1754, 245);
    code.print("PATCHT", (600.0, 600.0), 300.0, 0.0, 20);
    assert!(!is_patch_t(&code.raster()));
}
