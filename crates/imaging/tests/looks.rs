//! What looking at pages tells, on the scanned samples where they are at hand and on pages drawn here.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use imaging::Looks;

const WIDTH: usize = 1240;
const HEIGHT: usize = 1754;

/// A sheet of A4 at 150 dots an inch.
#[derive(Clone)]
struct Sheet(Vec<u8>);

impl Sheet {
    fn new() -> Self {
        Self(vec![248; WIDTH * HEIGHT * 3])
    }

    fn rect(mut self, left: usize, top: usize, width: usize, height: usize, color: [u8; 3]) -> Self {
        for y in top..(top + height).min(HEIGHT) {
            for x in left..(left + width).min(WIDTH) {
                self.0[(y * WIDTH + x) * 3..][..3].copy_from_slice(&color);
            }
        }
        self
    }

    /// Lines of something like letters, which `seed` chooses.
    fn writing(mut self, lines: std::ops::Range<usize>, left: usize, seed: usize, level: u8) -> Self {
        for line in lines {
            let (mut x, top) = (left, 120 + line * 44);
            let mut dice = seed * 7919 + line * 104_729 + 1;
            while x < 1080 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (height, width) = (10 + (dice >> 33) % 10, 8 + (dice >> 40) % 6);
                // An L or a cross: letters are strokes, not blocks.
                self = self.rect(x, top + 20 - height, 3, height, [level; 3]);
                self = self.rect(x, top + 17 - (dice >> 50) % 8, width, 3, [level; 3]);
                x += width + if (dice >> 45).is_multiple_of(5) { 16 } else { 5 };
            }
        }
        self
    }

    fn ring(mut self, x: usize, y: usize, color: [u8; 3]) -> Self {
        for at in 0..1_440 {
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small"
            )]
            let (dx, dy) = {
                let angle = (at as f32 / 4.0).to_radians();
                ((100.0 + 90.0 * angle.cos()) as usize, (100.0 + 90.0 * angle.sin()) as usize)
            };
            self = self.rect(x + dx, y + dy, 4, 4, color);
        }
        self
    }

    /// Grain as of a sensor, another for each `seed`.
    fn grain(mut self, seed: u64) -> Self {
        let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        for sample in &mut self.0 {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            *sample = sample.saturating_sub((dice % 9) as u8);
        }
        self
    }

    fn moved(self, right: usize, down: usize) -> Self {
        let mut moved = Self::new();
        for y in down..HEIGHT {
            let (to, from) = ((y * WIDTH + right) * 3, (y - down) * WIDTH * 3);
            moved.0[to..(y + 1) * WIDTH * 3].copy_from_slice(&self.0[from..from + (WIDTH - right) * 3]);
        }
        moved
    }

    fn blurred(mut self, reach: usize) -> Self {
        for _ in 0..2 {
            for row in self.0.chunks_exact_mut(WIDTH * 3) {
                let before: Vec<u32> = row.iter().step_by(3).map(|v| u32::from(*v)).collect();
                for x in 0..WIDTH {
                    let near = &before[x.saturating_sub(reach)..(x + reach + 1).min(WIDTH)];
                    let mean = near.iter().sum::<u32>() / u32::try_from(near.len()).unwrap();
                    row[x * 3..][..3].fill(u8::try_from(mean).unwrap());
                }
            }
        }
        self
    }

    fn looks(&self) -> Looks {
        let mut bytes = Vec::new();
        let (width, height) = (u32::try_from(WIDTH).unwrap(), u32::try_from(HEIGHT).unwrap());
        PngEncoder::new(&mut bytes).write_image(&self.0, width, height, ExtendedColorType::Rgb8).unwrap();
        imaging::examine(&bytes, 320).unwrap().remove(0).looks.unwrap()
    }
}

fn form() -> Sheet {
    Sheet::new().writing(0..14, 120, 1, 30)
}

/// T-04: whatever somebody wrote, stamped or initialed is seen; a watermark and what shines through may be set aside.
#[test]
fn faint_writing_is_writing() {
    let initial = Sheet::new().rect(600, 800, 3, 26, [30, 30, 120]).rect(600, 823, 18, 3, [30, 30, 120]);
    for (name, sheet, blank) in [
        ("nothing", Sheet::new(), true),
        ("pencil", Sheet::new().writing(10..11, 700, 3, 190), false),
        ("a red stamp", Sheet::new().ring(700, 900, [225, 90, 95]), false),
        ("one initial", initial, false),
        ("a page number", Sheet::new().writing(35..36, 1050, 3, 30), false),
        ("shining through", Sheet::new().writing(0..30, 120, 1, 226), true),
        ("yellow paper", Sheet::new().rect(0, 0, WIDTH, HEIGHT, [250, 240, 190]), true),
        ("a streak of the glass", Sheet::new().rect(500, 0, 2, HEIGHT, [90; 3]), true),
        ("ruled paper", (4..36).fold(Sheet::new(), |s, n| s.rect(120, n * 45, 1000, 2, [150; 3])), true),
        ("dust", (0..40).fold(Sheet::new(), |s, n| s.rect(n * 367 % 1200, n * 911 % 1700, 2, 2, [40; 3])), true),
        ("punched", [600, 1070].into_iter().fold(Sheet::new(), |s, y| disc(s, 70, y, 18)), true),
    ] {
        let looks = sheet.grain(5).looks();
        assert_eq!(looks.is_blank(), blank, "{name}: {looks:?}");
    }
}

fn disc(sheet: Sheet, x: usize, y: usize, radius: usize) -> Sheet {
    (0..=2 * radius).fold(sheet, |sheet, row| {
        let half = (radius * radius - radius.abs_diff(row).pow(2)).isqrt();
        sheet.rect(x - half, y + row - radius, 2 * half, 1, [25; 3])
    })
}

/// T-14: the same sheet again is told, also a hair further down and with other grain; another form of its kind is not.
#[test]
fn the_same_page_again_is_told_from_another_of_its_kind() {
    let first = form().writing(16..20, 300, 7, 40).grain(1).looks();
    let again = form().writing(16..20, 300, 7, 40).moved(1, 1).grain(2).looks();
    let other = form().writing(16..20, 300, 8, 40).grain(3).looks();
    assert!(again.repeats(&first));
    assert!(!other.repeats(&first), "another person's form");
    let one_word =
        form().writing(16..20, 300, 7, 40).writing(28..29, 960, 9, 40).rect(0, 0, 1, 1, [40; 3]).grain(4).looks();
    assert!(!one_word.repeats(&first), "one word more");
    assert!(!Sheet::new().looks().repeats(&Sheet::new().looks()), "blank pages are blank, not the same");
}

/// H7: what should be scanned again while the citizen is there.
#[test]
fn a_bad_scan_is_told() {
    let good = form().grain(1).looks();
    assert!(!good.blurred && !good.dark && !good.cut, "{good:?}");
    assert_eq!(good.skew, Some(0));
    assert!(form().blurred(3).grain(1).looks().blurred);
    assert!(!form().blurred(1).grain(1).looks().blurred, "a little soft can be read");
    assert!(Sheet::new().rect(0, 0, WIDTH, HEIGHT, [20; 3]).looks().dark);
    assert!(Sheet::new().writing(0..30, 120, 1, 30).moved(168, 0).looks().cut, "writing runs off the right side");
}

/// The scanned samples: no page with anything on it is blank, every blank one is, and no two are the same.
#[test]
fn of_the_samples_all_blank_pages_are_found_and_no_other() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/scans");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut seen: Vec<(String, Looks)> = Vec::new();
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            continue;
        }
        let looks = imaging::examine(&std::fs::read(entry.path()).unwrap(), 320).unwrap().remove(0).looks.unwrap();
        assert_eq!(looks.is_blank(), name.contains("_blank_"), "{name}: ink {}", looks.ink);
        assert!(!looks.blurred && !looks.dark && !looks.cut, "{name}");
        assert!(looks.skew.is_none_or(|tenths| tenths.abs() < 50), "{name} leans {:?}", looks.skew);
        for (other, before) in &seen {
            assert!(!looks.repeats(before), "{name} is not {other}");
        }
        seen.push((name, looks));
    }
}
