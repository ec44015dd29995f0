//! Stacks of many dossiers, split at cover sheets that the program printed, drawn by poppler and marred as scanners do.

use crate::samples::{aside, file, jpeg, kept, torn_jpeg};
use crate::world::{Station, counted};
use desk::{Desk, DossierId, ErrorCode, MixedRequest, Target};
use domain::{AsideReason, Form};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A sheet's pixels.
pub(crate) struct Sheet {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Sheet {
    /// The cover sheet before `component` as it is printed; none where poppler is not installed.
    pub(crate) fn print(desk: &Desk, dossier: DossierId, component: u32, dpi: &str) -> Option<Self> {
        Self::of(desk, &format!("{dossier}:{component}"), dpi)
    }

    /// As it is printed; `about` is a dossier's component, or `patch`.
    pub(crate) fn of(desk: &Desk, about: &str, dpi: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let pdf = dir.path().join("sheet.pdf");
        std::fs::write(&pdf, &*desk.paper_pdf(Form::CoverSheet, about, None).unwrap()).unwrap();
        let mut draw = Command::new("pdftoppm");
        draw.args(["-r", dpi, "-gray", "-singlefile"]).arg(&pdf).arg(dir.path().join("sheet"));
        assert!(draw.status().ok()?.success());
        let bytes = std::fs::read(dir.path().join("sheet.pgm")).unwrap();
        let mut head = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut number = || std::str::from_utf8(head.next().unwrap()).unwrap().to_owned();
        assert_eq!(number(), "P5");
        let (width, height): (usize, usize) = (number().parse().unwrap(), number().parse().unwrap());
        Some(Self { width, height, pixels: bytes[bytes.len() - width * height..].to_vec() })
    }

    pub(crate) fn upside_down(mut self) -> Self {
        self.pixels.reverse();
        self
    }

    /// Ten degrees askew, as a feeder pulls a sheet in at its worst.
    pub(crate) fn skewed(self) -> Self {
        let (sin, cos) = 10_f64.to_radians().sin_cos();
        let (middle_x, middle_y) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        let mut pixels = vec![255; self.pixels.len()];
        for (at, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = ((at % self.width) as f64 - middle_x, (at / self.width) as f64 - middle_y);
            let (from_x, from_y) = (x * cos + y * sin + middle_x, y * cos - x * sin + middle_y);
            if from_x >= 0.0 && from_y >= 0.0 && from_x < self.width as f64 && from_y < self.height as f64 {
                *pixel = self.pixels[from_y as usize * self.width + from_x as usize];
            }
        }
        Self { pixels, ..self }
    }

    /// A third of the ink.
    pub(crate) fn faint(mut self) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = 255 - (255 - *pixel) / 3);
        self
    }

    fn keep(&self, dir: &Path, name: &str) -> PathBuf {
        file(dir, name, &self.scanned())
    }

    /// As a scanner hands it over.
    pub(crate) fn scanned(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        JpegEncoder::new_with_quality(&mut bytes, 50)
            .encode(&self.pixels, width, height, ExtendedColorType::L8)
            .unwrap();
        bytes
    }
}

fn mixed(files: &[PathBuf]) -> MixedRequest {
    MixedRequest { files: files.to_vec(), ..MixedRequest::default() }
}

fn no_page_at_all(desk: &Desk, ids: &[DossierId]) -> bool {
    ids.iter().all(|id| desk.open_dossier(*id).unwrap().components.iter().all(|part| part.pages.is_empty()))
}

// T-29: upside down, askew, low ink; T-27: each page follows its own sheet. T-30: and all of it is taken back.
#[test]
fn a_stack_of_three_dossiers_is_split_at_its_sheets_and_taken_back() {
    let (station, desk) = Station::new();
    let ids = [counted(&desk, 1), counted(&desk, 2), counted(&desk, 3)];
    let dir = station.papers();
    let Some(plain) = Sheet::print(&desk, ids[0], 1, "200") else { return };
    let sheet = |n: usize, component, dpi| Sheet::print(&desk, ids[n], component, dpi).unwrap();
    let files = [
        plain.upside_down().keep(&dir, "a1.jpg"),
        file(&dir, "1.jpg", &jpeg(1)),
        sheet(1, 1, "200").skewed().keep(&dir, "b1.jpg"),
        file(&dir, "2.jpg", &jpeg(2)),
        file(&dir, "3.jpg", &jpeg(3)),
        sheet(2, 1, "300").faint().keep(&dir, "c1.jpg"),
        file(&dir, "4.jpg", &jpeg(4)),
        sheet(0, 2, "300").keep(&dir, "a2.jpg"),
        file(&dir, "5.jpg", &jpeg(5)),
    ];
    let request = MixedRequest { covers: Some(4), ..mixed(&files) };
    let outcome = desk.import_mixed(&request, &mut |_, _| {}).unwrap();
    assert_eq!(outcome.alarms, Vec::<String>::new());
    assert_eq!((outcome.received, outcome.kept, outcome.aside, outcome.unassigned), (9, 5, 4, 0));
    let views = ids.map(|id| desk.open_dossier(id).unwrap());
    assert_eq!((kept(&views[0], 1), kept(&views[0], 2)), (vec![1], vec![5]));
    assert_eq!((kept(&views[1], 1), kept(&views[2], 1)), (vec![2, 3], vec![4]));
    let sheets = views.iter().flat_map(|view| &view.components).flat_map(|part| &part.pages);
    assert_eq!(sheets.filter(|page| page.aside == Some(AsideReason::Separator)).count(), 4);

    let stack = outcome.stack.unwrap();
    let account = desk.stack(stack).unwrap();
    assert_eq!((account.received, account.kept, account.mismatch), (9, 5, None));
    assert_eq!(desk.undo_split(stack).unwrap(), 5);
    let view = desk.open_dossier(ids[1]).unwrap();
    assert_eq!((kept(&view, 1).len(), aside(&view, 1).len()), (0, 3), "set aside, not lost");
    assert_eq!(desk.undo_split(stack).unwrap_err().code().0, ErrorCode::StackNotFound);
    assert_eq!(desk.import_mixed(&request, &mut |_, _| {}).unwrap().kept, 5, "and split anew");
}

// T-26: a sheet that is not read, T-28: a stack without one, and a file that does not read: told, and nothing is kept.
#[test]
fn what_is_doubtful_is_told_and_kept_only_for_a_reason() {
    let (station, desk) = Station::new();
    let ids = [counted(&desk, 1), counted(&desk, 2)];
    let dir = station.papers();
    let Some(first) = Sheet::print(&desk, ids[0], 1, "200") else { return };
    let first = first.keep(&dir, "a1.jpg");
    let pages = [file(&dir, "1.jpg", &jpeg(1)), file(&dir, "2.jpg", &jpeg(2))];
    let stack = [first.clone(), pages[0].clone(), pages[1].clone()];
    let short = MixedRequest { covers: Some(2), ..mixed(&stack) };
    let told = desk.import_mixed(&short, &mut |_, _| {}).unwrap();
    assert_eq!((told.stack, told.kept, told.alarms.len()), (None, 0, 1), "{told:?}");
    let nowhere = desk.import_mixed(&mixed(&pages), &mut |_, _| {}).unwrap();
    assert_eq!((nowhere.stack, nowhere.unassigned), (None, 2));
    let torn = [first.clone(), file(&dir, "hong.jpg", &torn_jpeg())];
    assert_eq!(desk.import_mixed(&mixed(&torn), &mut |_, _| {}).unwrap_err().code().0, ErrorCode::FileDamaged);
    assert!(no_page_at_all(&desk, &ids), "nothing is kept of any of them");

    let why = MixedRequest { reason: Some("một tờ bìa bị bỏ lại".into()), ..short };
    assert_eq!(desk.import_mixed(&why, &mut |_, _| {}).unwrap().kept, 2);
    let start = MixedRequest { start: Some(Target { dossier: ids[1], component: 1 }), ..mixed(&pages) };
    assert_eq!(desk.import_mixed(&start, &mut |_, _| {}).unwrap().kept, 2);

    desk.accept(ids[1]).unwrap();
    let late = desk.import_mixed(&start, &mut |_, _| {}).unwrap_err();
    assert_eq!(late.code().0, ErrorCode::DossierClosed);
}
