//! Files picked or dropped: order, refusals by name, and nothing else touched by them.

use crate::samples::{self, bomb_png, file, jpeg, jpeg_of, kept, png, torn_jpeg};
use crate::world::{Station, counted, draft, import};
use desk::view::{Locale, PageProgress, RunEnd};
use desk::{Clock, DigitizeInput, Error, ErrorCode, digitize_files};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A PDF of the sample pages `numbers`.
fn pdf(dir: &Path, name: &str, numbers: &[u32]) -> PathBuf {
    let files: Vec<_> = numbers.iter().map(|n| file(dir, &format!("{name}-{n}.jpg"), &jpeg(*n))).collect();
    let output = dir.join(name);
    let now = chrono::DateTime::parse_from_rfc3339(crate::world::MORNING).unwrap();
    digitize_files(&DigitizeInput { files: &files, output: &output, locale: Locale::Vi }, &Clock::of(move || now))
        .unwrap();
    output
}

#[test]
fn twenty_files_keep_their_order() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let dir = station.papers();
    // Every third file takes much longer, so that the two workers overtake each other.
    let files: Vec<_> = (0..20)
        .map(|n| {
            let bytes = if n % 3 == 0 { jpeg_of(100 + n, 9_000) } else { jpeg(n) };
            file(&dir, &format!("{:02}.jpg", 20 - n), &bytes)
        })
        .collect();
    let mut told = Vec::new();
    let outcome = desk
        .import_files(id, 1, &files, &mut |progress| {
            let PageProgress::Page { page, received, .. } = progress else { panic!("{progress:?}") };
            told.push((page.width - 100, received));
        })
        .unwrap();
    assert_eq!((outcome.ended, outcome.received, outcome.refused), (RunEnd::Empty, 20, 0));
    let order: Vec<u32> = (0..20).collect();
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), order, "the order of the list, not of the names or the clock");
    assert_eq!(told, order.iter().map(|n| (*n, n + 1)).collect::<Vec<_>>(), "and told in that order");
}

#[test]
fn bad_files_are_refused_by_name_and_the_others_are_there() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    desk.save_note(id, "trước").unwrap();
    let dir = station.papers();
    let mut files = vec![
        file(&dir, "tot-1.jpg", &jpeg(1)),
        file(&dir, "hong.jpg", &torn_jpeg()),
        file(&dir, "rong.jpg", b""),
        file(&dir, "thu.txt", "Kính gửi Ủy ban nhân dân".as_bytes()),
        file(&dir, "doi-ten.jpg", b"this is text under another name"),
        file(&dir, "khong-lo.png", &bomb_png()),
        file(&dir, "hong.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
        dir.join("khong-co.jpg"),
        dir.clone(),
        file(&dir, "tot-2.png", &png(2)),
    ];
    let mut expected = vec![
        ("hong.jpg", ErrorCode::FileDamaged),
        ("rong.jpg", ErrorCode::FileEmpty),
        ("thu.txt", ErrorCode::FileKind),
        ("doi-ten.jpg", ErrorCode::FileKind),
        ("khong-lo.png", ErrorCode::FileTooLarge),
        ("hong.pdf", ErrorCode::FileDamaged),
        ("khong-co.jpg", ErrorCode::FileUnreachable),
        ("papers", ErrorCode::FileKind),
    ];
    let (open, locked) = (pdf(&dir, "mo.pdf", &[8]), dir.join("khoa.pdf"));
    let mut qpdf = Command::new("qpdf");
    qpdf.args(["--encrypt", "mat-khau", "chu", "256", "--"]).arg(&open).arg(&locked);
    if qpdf.status().is_ok_and(|status| status.success()) {
        files.insert(9, locked);
        expected.push(("khoa.pdf", ErrorCode::FilePassword));
    }
    let (outcome, refused) = import(&desk, id, 1, &files);
    let refused: Vec<_> = refused.iter().map(|(name, code)| (name.as_str(), *code)).collect();
    assert_eq!(refused, expected, "each by its name, in order");
    assert_eq!((outcome.received, outcome.refused as usize), (2, expected.len()));
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(kept(&view, 1), [1, 2], "the good ones are there");
    assert_eq!((view.note.as_str(), view.applicant.name.as_str()), ("trước", "Nguyễn Thị Mẫu 1"), "nothing else moved");
    assert!(desk.accept(id).is_ok(), "a refused file stands in nobody's way");
}

#[test]
fn a_pdf_brings_all_its_pages() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let dir = station.papers();
    let files = [file(&dir, "a.jpg", &jpeg(0)), pdf(&dir, "ba-trang.pdf", &[1, 2, 3]), file(&dir, "b.jpg", &jpeg(9))];
    let mut totals = Vec::new();
    let outcome = desk
        .import_files(id, 1, &files, &mut |progress| {
            let PageProgress::Page { received, total, .. } = progress else { panic!("{progress:?}") };
            totals.push((received, total));
        })
        .unwrap();
    assert_eq!(outcome.received, 5);
    for (received, total) in totals {
        assert!(total.is_none_or(|total| received <= total), "page {received} of {total:?}");
    }
    let view = desk.accept(id).unwrap();
    let sources: Vec<_> = view.components[0].pages.iter().map(|page| page.source.as_str()).collect();
    assert_eq!(sources, ["a.jpg", "ba-trang.pdf", "ba-trang.pdf", "ba-trang.pdf", "b.jpg"]);
    for page in &view.components[0].pages {
        assert!(desk.page_picture(page.id).unwrap().starts_with(&[0xFF, 0xD8]), "every page can be looked at");
    }
}

/// A pipe would be read for ever, a device too.
#[cfg(unix)]
#[test]
fn a_pipe_does_not_hang_the_counter() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let pipe = station.papers().join("ong.jpg");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let files = [pipe, PathBuf::from("/dev/zero"), file(&station.papers(), "a.jpg", &jpeg(1))];
    let (outcome, refused) = import(&desk, id, 1, &files);
    assert_eq!((outcome.received, refused.len()), (1, 2));
}

#[test]
fn the_same_file_twice_is_two_pages() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let path = file(&station.papers(), "a.jpg", &jpeg(1));
    let (outcome, _) = import(&desk, id, 1, &[path.clone(), path]);
    assert_eq!(outcome.received, 2);
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(kept(&view, 1), [1, 1], "what the clerk put in twice is there twice");
    let aside = desk.set_page_aside(view.components[0].pages[0].id, true).unwrap();
    assert_eq!((kept(&aside, 1), samples::aside(&aside, 1)), (vec![1], vec![1]), "each page is its own");
    assert_eq!(desk.accept(id).unwrap().pages.kept, 1);
}

#[test]
fn a_closed_dossier_takes_no_file() {
    let (station, desk) = Station::new();
    let id = desk.accept(counted(&desk, 1)).unwrap().id;
    let path = file(&station.papers(), "a.jpg", &jpeg(1));
    let refused = desk.import_files(id, 1, std::slice::from_ref(&path), &mut |_| {}).unwrap_err();
    assert!(matches!(refused, Error::DossierClosed), "{refused:?}");
    let open = draft(&desk, 2);
    assert!(matches!(desk.import_files(open, 77, &[path], &mut |_| {}), Err(Error::ComponentNotFound)));
    assert_eq!(desk.import_files(open, 1, &[], &mut |_| {}).unwrap().received, 0, "no files is no error");
}

/// Without a dossier: the report names what was set aside, and the output is there whole or not at all.
#[test]
fn files_are_put_together_outside_any_dossier() {
    let (station, _desk) = Station::created();
    let dir = station.papers();
    let clock = station.parts().clock;
    let files = [file(&dir, "1.jpg", &jpeg(1)), file(&dir, "hong.jpg", &torn_jpeg()), file(&dir, "2.png", &png(2))];
    let output = dir.join("ra.pdf");
    let report = digitize_files(&DigitizeInput { files: &files, output: &output, locale: Locale::En }, &clock).unwrap();
    assert_eq!(report.pages.iter().map(|page| page.disposition).collect::<Vec<_>>(), ["kept", "set_aside", "kept"]);
    assert!(report.pages[1].reason.as_ref().is_some_and(|reason| reason.contains("damaged")));
    let bytes = std::fs::read(&output).unwrap();
    assert_eq!((report.output.pages, report.output.bytes), (2, bytes.len() as u64));
    let nothing = dir.join("khong.pdf");
    let only_bad = DigitizeInput { files: &files[1..2], output: &nothing, locale: Locale::Vi };
    assert!(digitize_files(&only_bad, &clock).is_err());
    assert!(!nothing.exists(), "nothing to put together leaves no file");
    let nowhere = dir.join("khong-co").join("ra.pdf");
    let lost = DigitizeInput { files: &files, output: &nowhere, locale: Locale::Vi };
    assert_eq!(digitize_files(&lost, &clock).unwrap_err().code().0, ErrorCode::FileUnreachable);
}

/// Foreign bytes: whatever is wrong with a file, it is a page or a refusal, never the end of the program.
#[test]
fn no_damage_to_a_file_brings_the_counter_down() {
    let (station, desk) = Station::new();
    let dir = station.papers();
    let whole = [jpeg_of(64, 64), png(1), samples::tiff(2), std::fs::read(pdf(&dir, "a.pdf", &[1, 2])).unwrap()];
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    // More with MOTCUA_DAMAGES set, for a night's run.
    let rounds = std::env::var("MOTCUA_DAMAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    for round in 0..rounds {
        let files: Vec<_> = (0_u32..)
            .zip(&whole)
            .map(|(n, bytes)| {
                let mut bytes = bytes.clone();
                for _ in 0..=random(8) {
                    // The first bytes hold the sizes and the structure.
                    let reach = if random(2) == 0 { bytes.len().min(200) } else { bytes.len() };
                    bytes[random(reach)] = [0, 1, 0x7F, 0x80, 0xFF, random(256) as u8][random(6)];
                }
                if random(4) == 0 {
                    bytes.truncate(random(bytes.len()));
                }
                file(&dir, &format!("{n}"), &bytes)
            })
            .collect();
        let id = draft(&desk, 1);
        let began = std::time::Instant::now();
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| import(&desk, id, 1, &files).0));
        assert!(began.elapsed().as_secs() < 60, "round {round}: a file of a few kB held the counter up");
        let Ok(outcome) = run else { panic!("round {round}: see the panic above") };
        assert!(outcome.received + outcome.refused >= 4, "round {round}: every file is a page or is refused");
        let view = desk.open_dossier(id).unwrap();
        let component = &view.components[0];
        assert!(component.pages.iter().all(|page| !desk.thumb(page.id).unwrap().is_empty()), "round {round}");
        assert_eq!(component.digitized, view.pages.kept > 0, "round {round}: what was taken in can be put together");
    }
}

/// A phone writes pictures as its sensor lies and says how to hold them: a page has the shape that a person sees.
#[test]
fn a_picture_that_is_held_sideways_has_the_shape_that_is_seen() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let plain = jpeg_of(600, 800);
    let dir = station.papers();
    let turned = file(&dir, "sensor.jpg", &held(&plain, 6));
    let upright = file(&dir, "giay.jpg", &plain);
    import(&desk, id, 1, &[upright, turned]);
    let view = desk.open_dossier(id).unwrap();
    let [upright, turned] = &view.components[0].pages[..] else { panic!("{view:?}") };
    assert_eq!((turned.width, turned.height), (upright.height, upright.width));
    let seen = image::load_from_memory(&desk.page_picture(turned.id).unwrap()).unwrap();
    assert_eq!(seen.width() > seen.height(), turned.width > turned.height, "as it is shown");
}

/// The picture with the word of a camera about how it was held (EXIF orientation).
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut marked = vec![0xff, 0xd8, 0xff, 0xe1];
    marked.extend((u16::try_from(exif.len()).unwrap() + 2).to_be_bytes());
    marked.extend(exif);
    marked.extend(&jpeg[2..]);
    marked
}
