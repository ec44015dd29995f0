//! Pages are looked at while they come in: blank ones are set aside, repeats and odd ones are told, none is dropped.

use crate::feeder::Step;
use crate::world::{Station, draft, request, scan};
use desk::Desk;
use desk::view::{PageView, ScanRequest};
use domain::{AsideReason, BlankPolicy, DossierId, PageWarning};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// A4 at 200 dots an inch, or longer, with lines of marks that `n` chooses; none with 0.
pub(crate) fn sheet(n: usize, height: u32) -> Vec<u8> {
    let width = 1654;
    let mut pixels = vec![250u8; width as usize * height as usize];
    for line in 0..if n == 0 { 0 } else { 24 } {
        let mut dice = n * 7919 + line * 104_729;
        for word in 0..40 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (top, tall) = (200 + line * 60, 12 + (dice >> 33) % 18);
            for y in top..top + tall {
                let left = y * width as usize + 160 + word * 33;
                pixels[left..left + 5].fill(40);
            }
            let foot = (top + (dice >> 45) % 12) * width as usize + 160 + word * 33;
            for y in 0..4 {
                pixels[foot + y * width as usize..][..12 + (dice >> 50) % 10].fill(40);
            }
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode(&pixels, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

fn a4(n: usize) -> Step {
    Step::Side(sheet(n, 2339))
}

fn pages(desk: &Desk, id: DossierId) -> Vec<PageView> {
    desk.open_dossier(id).unwrap().components.swap_remove(0).pages
}

/// T-04: a blank side is set aside with its reason, is there to be seen, and one step brings it back.
#[test]
fn blank_sides_are_set_aside_and_come_back() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.load([a4(1), a4(0), a4(2), a4(0)]);
    let outcome = scan(&desk, id, 1).unwrap();
    assert_eq!((outcome.received, outcome.kept, outcome.set_aside), (4, 2, 2));
    let seen = pages(&desk, id);
    // Those that count are shown first.
    let reasons: Vec<_> = seen.iter().map(|page| page.aside).collect();
    assert_eq!(reasons, [None, None, Some(AsideReason::Blank), Some(AsideReason::Blank)]);
    let view = desk.open_dossier(id).unwrap();
    let stack = &view.stacks[0];
    assert_eq!((stack.received, stack.kept, stack.mismatch), (4, 2, None));
    assert_eq!(view.obstacles, []);
    let back = desk.set_page_aside(seen[2].id, false).unwrap();
    assert_eq!((back.pages.received, back.pages.kept, back.pages.set_aside), (4, 3, 1));
}

#[test]
fn a_run_may_keep_blank_sides_or_ask() {
    for (blank, told) in [(BlankPolicy::Keep, vec![]), (BlankPolicy::Ask, vec![PageWarning::Blank])] {
        let (station, desk) = Station::new();
        let id = draft(&desk, 1);
        station.feeder.load([a4(1), a4(0)]);
        let asked = ScanRequest { blank: Some(blank), ..request() };
        let outcome = desk.scan(id, 1, &asked, &mut |_| {}).unwrap();
        assert_eq!((outcome.kept, outcome.set_aside), (2, 0), "{blank:?}");
        assert_eq!(pages(&desk, id)[1].warnings, told, "{blank:?}");
    }
}

/// T-14: the same picture over and over is told, and all of them are kept; another form of its kind is not told.
/// T-15: so is a page that is much longer than those before.
#[test]
fn repeats_and_long_pages_are_told_and_kept() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.load([a4(1), a4(1), a4(1), a4(2), Step::Side(sheet(3, 3200))]);
    let outcome = scan(&desk, id, 1).unwrap();
    assert_eq!((outcome.received, outcome.kept), (5, 5));
    let warnings: Vec<_> = pages(&desk, id).into_iter().map(|page| page.warnings).collect();
    let repeated = vec![PageWarning::Repeated];
    assert_eq!(warnings, [vec![], repeated.clone(), repeated, vec![], vec![PageWarning::Long]]);
}

/// A file that a person chose counts, whatever is on it.
#[test]
fn a_blank_file_counts() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let file = crate::samples::file(&station.papers(), "trang.jpg", &sheet(0, 2339));
    let outcome = desk.import_files(id, 1, &[file], &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.kept), (1, 1));
    assert_eq!(pages(&desk, id)[0].warnings, []);
}
