//! PDFs that came in: locked, damaged, hostile ones end as refusals, and soon.

use crate::samples::receipt;
use crate::witness::ask_for_files;
use pdf::read::{inspect, render};
use pdf::{Paper, PdfRefusal};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static FORM: LazyLock<Vec<u8>> = LazyLock::new(|| pdf::forms::receipt(&receipt(), Paper::A5).unwrap());

/// A hand-made file: objects from 1 on, the first one its catalog; a table of their places and a trailer.
fn file(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes(),
    );
    bytes
}

fn one_page(page: &str, content: &str) -> Vec<u8> {
    let stream = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    file(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            &format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>"),
            &stream,
        ],
        "",
    )
}

#[test]
fn pages_are_measured_and_drawn() {
    let pages = inspect(&FORM).unwrap();
    assert_eq!(pages.len(), 2);
    assert!((pages[0].width_pt - 419.53).abs() < 0.1 && (pages[0].height_pt - 595.28).abs() < 0.1);
    let picture = render(&FORM, 0, 400).unwrap();
    let facts = imaging::examine(&picture, 100).unwrap()[0].facts;
    assert_eq!(facts.height, 400);
    let raster = imaging::decode(&picture, 0).unwrap();
    let dark = raster.data.iter().filter(|sample| **sample < 100).count();
    assert!(dark > 2_000, "there is ink on it: {dark}");
    assert_eq!(render(&FORM, 2, 400), Err(PdfRefusal::Damaged), "no such page");
}

#[test]
fn locked_is_told_from_damaged() {
    let encrypt = |user: &str, owner: &str| {
        let arguments = ["--encrypt", user, owner, "256", "--", "{}", "out.pdf"];
        ask_for_files("qpdf", &arguments, &FORM).map(|files| files[0].1.clone())
    };
    let Some(locked) = encrypt("secret", "owner") else { return };
    assert_eq!(inspect(&locked), Err(PdfRefusal::Password));
    assert_eq!(render(&locked, 0, 100), Err(PdfRefusal::Password));
    // Without a user password every reader opens it, so it is taken, and archived out of its encryption.
    let Some(open) = encrypt("", "owner") else { return };
    assert_eq!(inspect(&open).unwrap().len(), 2);
    let pages = [0, 1].map(|index| pdf::ArchivePage::Pdf { bytes: &open, index, seen: pdf::archive::Seen::WHOLE });
    let info = pdf::ArchiveInfo {
        title: "x".into(),
        creator: "x".into(),
        created: crate::samples::at("2026-11-23T09:15:00+07:00"),
        seed: "x".into(),
    };
    let archive = pdf::archive::compose(&pages, &info).unwrap();
    assert!(!archive.bytes.windows(8).any(|window| window == b"/Encrypt"));
    if let Some(text) = crate::witness::ask("pdftotext", &["{}", "-"], &archive.bytes) {
        assert!(text.contains("NGƯỜI NỘP HỒ SƠ"), "the text came out of the encryption: {text}");
    }
}

#[test]
fn what_is_not_whole_is_damaged() {
    assert_eq!(inspect(b""), Err(PdfRefusal::Empty));
    for bytes in [&b"%PDF-1.7"[..], b"<html>", &FORM[..FORM.len() / 2], &FORM[..FORM.len() - 2_000]] {
        assert_eq!(inspect(bytes), Err(PdfRefusal::Damaged), "{} bytes", bytes.len());
    }
    let fewer = file(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
        ],
        "",
    );
    assert_eq!(inspect(&fewer), Err(PdfRefusal::Damaged), "a page is lost");
}

// T-33, T-36: loops, giants and lies end soon, and never in a panic.
#[test]
fn hostile_files_end_soon() {
    let kids = "3 0 R ".repeat(1_000);
    let many: Vec<String> = (0..2_000).map(|_| "<< /Type /Page /MediaBox [0 0 10 10] >>".to_owned()).collect();
    let list: String = (3..2_003).map(|n| format!("{n} 0 R ")).collect();
    let pages = format!("<< /Type /Pages /Kids [{list}] /Count 2000 >>");
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>", pages.as_str()];
    objects.extend(many.iter().map(String::as_str));
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream";
    let hostile = [
        file(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"], ""),
        file(
            &[
                "<< /Type /Catalog /Pages 2 0 R >>",
                &format!("<< /Type /Pages /Kids [{kids}] /Count 1 >>"),
                "<< /Type /Pages /Kids [2 0 R] >>",
            ],
            "",
        ),
        file(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000 >>"], ""),
        file(&["<< /Type /Catalog /Pages 1 0 R >>"], "/Prev 9"),
        file(&["1 0 R", "2 0 R"], "/Prev 0"),
        file(&objects, ""),
        one_page("/MediaBox [0 0 1e30 1e30]", ""),
        one_page("/MediaBox [0 0 1000000 1]", "0 0 1 1 re f"),
        one_page("/MediaBox [0 0 0 0]", ""),
        one_page("/MediaBox [0 0 100 100] /UserUnit 1e9", "q ".repeat(100_000).as_str()),
        one_page("/MediaBox [0 0 100 100]", &"[".repeat(200_000)),
        one_page(&format!("/MediaBox [0 0 9 9] /X {}", "[".repeat(100_000)), ""),
        file(
            &[
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>",
                form,
                "<< /Length 5 >>\nstream\n/X Do\nendstream",
            ],
            "",
        ),
    ];
    for (n, bytes) in hostile.iter().enumerate() {
        let start = Instant::now();
        let seen = inspect(bytes);
        let drawn = render(bytes, 0, 300);
        if let Ok(picture) = &drawn {
            assert!(imaging::examine(picture, 10).is_ok(), "file {n}");
        }
        let page = pdf::ArchivePage::Pdf { bytes, index: 0, seen: pdf::archive::Seen::WHOLE };
        let info = pdf::ArchiveInfo {
            title: "x".into(),
            creator: "x".into(),
            created: crate::samples::at("2026-11-23T09:15:00+07:00"),
            seed: "x".into(),
        };
        let composed = pdf::archive::compose(&[page, page], &info);
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "file {n} took {:?}: {seen:?} {:?}",
            start.elapsed(),
            composed.map(|archive| archive.pages)
        );
    }
    assert_eq!(inspect(&hostile[5]), Err(PdfRefusal::TooManyPages { pages: 2_000 }));
}

#[test]
fn form_values_and_stamps_come_along_and_scripts_do_not() {
    let stream = |content: &str| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 90 20] /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let source = file(
        &[
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
            "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Annots [4 0 R << /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch >> >>] >>",
            "<< /Subtype /Widget /FT /Tx /Rect [5 5 95 25] /F 4 /P 3 0 R /AP << /N 5 0 R >> /A << /S /JavaScript >> >>",
            &stream("0 0 0 rg 0 0 90 20 re f"),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        ],
        "",
    );
    let info = pdf::ArchiveInfo {
        title: "x".into(),
        creator: "x".into(),
        created: crate::samples::at("2026-11-23T09:15:00+07:00"),
        seed: "x".into(),
    };
    let archive = pdf::archive::compose(
        &[pdf::ArchivePage::Pdf { bytes: &source, index: 0, seen: pdf::archive::Seen::WHOLE }],
        &info,
    )
    .unwrap();
    for left in ["JavaScript", "Launch", "Widget", "OpenAction"] {
        assert!(!archive.bytes.windows(left.len()).any(|window| window == left.as_bytes()), "{left} stays behind");
    }
    let Some(files) = ask_for_files("pdftoppm", &["-r", "72", "-png", "-singlefile", "{}", "p"], &archive.bytes) else {
        return;
    };
    let raster = imaging::decode(&files[0].1, 0).unwrap();
    let at = |x: usize, y: usize| raster.data[(y * 100 + x) * 3];
    assert!(at(50, 85) < 50, "the filled field is seen");
    assert!(at(50, 50) > 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // T-33: real files with bytes changed, cut or doubled never panic and never hang.
    #[test]
    fn no_change_of_bytes_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), cut in any::<prop::sample::Index>(), keep_end in any::<bool>()) {
        let mut bytes = FORM.clone();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if !keep_end {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(pages) = inspect(&bytes) {
            prop_assert!(!pages.is_empty());
        }
        let _ = render(&bytes, 0, 60);
    }
}
