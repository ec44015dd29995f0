//! What an office chooses for its forms is what is printed, and only who administers chooses it (C6, F3, F6).

use crate::world::{PASSWORD, Station, accepted};
use desk::view::OfficeForm;
use desk::{Desk, ErrorCode, Form, FormChoice, Paper, Regulation};
use devices::{JobState, Media};

fn as_supervisor(desk: &Desk) {
    desk.sign_out().unwrap();
    desk.sign_in("supervisor", PASSWORD).unwrap();
}

fn text(desk: &Desk, form: Form, about: &str) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &*desk.paper_pdf(form, about, None).unwrap()).unwrap();
    let mut command = std::process::Command::new("pdftotext");
    let read = command.args(["-raw".as_ref(), file.path().as_os_str(), "-".as_ref()]).output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
}

fn office() -> OfficeForm {
    OfficeForm {
        parent: "Ủy ban nhân dân phường Mẫu".into(),
        name: "Trung tâm Phục vụ hành chính công phường Mẫu".into(),
        place: "Phường Mẫu".into(),
        address: "Số 1 đường Mẫu".into(),
        phone: "0292 1 234 567".into(),
        lookup_url: "https://tra-cuu.example".into(),
        system: "Hệ thống thử".into(),
    }
}

fn choice(form: Form) -> FormChoice {
    FormChoice { form, paper: None, printer: None, copies: 1 }
}

#[test]
fn what_the_office_says_of_itself_stands_on_the_next_form() {
    let (_station, desk) = Station::new();
    let about = accepted(&desk, 1).id.to_string();
    as_supervisor(&desk);
    // Drawn before, so that what was kept of it must not be shown again.
    let before = desk.paper_pdf(Form::Receipt, &about, None).unwrap();
    let view = desk.set_office(&office()).unwrap();
    assert_eq!((view.office, desk.station().office), (office(), office().name));
    assert!(before != desk.paper_pdf(Form::Receipt, &about, None).unwrap());
    if let Some(said) = text(&desk, Form::Receipt, &about) {
        for phrase in
            ["PHƯỜNG MẪU", "Phường Mẫu, ngày", "Địa chỉ: Số 1 đường Mẫu.", "0292 1 234 567", "tra-cuu.example"]
        {
            assert!(said.contains(phrase), "{phrase}: {said}");
        }
    }
    for (bad, field) in [
        (OfficeForm { name: "  ".into(), ..office() }, "name"),
        (OfficeForm { parent: "x".repeat(201), ..office() }, "parent"),
        // It parts the fields of the corner's code.
        (OfficeForm { system: "a|b".into(), ..office() }, "system"),
    ] {
        let (code, detail) = desk.set_office(&bad).unwrap_err().code();
        assert_eq!((code, detail.as_deref()), (ErrorCode::BadInput, Some(field)));
    }
    assert_eq!(desk.forms().unwrap().office, office(), "what was refused changed nothing");
}

#[test]
fn the_number_of_a_form_follows_the_circular() {
    let (_station, desk) = Station::new();
    let about = accepted(&desk, 1).id.to_string();
    as_supervisor(&desk);
    let number = |desk: &Desk| {
        let view = desk.forms().unwrap();
        view.forms.into_iter().find(|one| one.choice.form == Form::Control).unwrap().number
    };
    assert_eq!(number(&desk).as_deref(), Some("Mẫu số 06"));
    desk.set_regulation(Regulation::Tt01).unwrap();
    assert_eq!(number(&desk).as_deref(), Some("Mẫu số 05"));
    if let Some(said) = text(&desk, Form::Control, &about) {
        assert!(said.contains("Mẫu số 05"), "{said}");
    }
}

/// F3: each form goes to its own printer, on its own paper, as often as it is wanted; what is asked for at the moment of
/// printing goes first.
#[test]
fn paper_printer_and_copies_are_bound_to_the_form() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    let about = accepted(&desk, 1).id.to_string();
    as_supervisor(&desk);
    let bound =
        FormChoice { paper: Some(Paper::A4), printer: Some(" Quay 2 ".into()), copies: 3, ..choice(Form::Receipt) };
    desk.set_form(&bound).unwrap();
    desk.print_paper(Form::Receipt, &about, None, None).unwrap();
    desk.print_paper(Form::Receipt, &about, Some("Press"), Some(Paper::A5)).unwrap();
    desk.print_paper(Form::Control, &about, None, None).unwrap();
    desk.set_form(&choice(Form::Receipt)).unwrap();
    desk.print_paper(Form::Receipt, &about, None, None).unwrap();
    let jobs = station.press.jobs.lock().unwrap();
    let asked: Vec<_> = jobs.iter().map(|(_, job)| (job.printer.as_deref(), job.media, job.copies)).collect();
    assert_eq!(
        asked,
        [(Some("Quay 2"), Media::A4, 3), (Some("Press"), Media::A5, 3), (None, Media::A4, 1), (None, Media::A5, 1)]
    );
    for copies in [0, 10] {
        let refused = desk.set_form(&FormChoice { copies, ..choice(Form::Receipt) }).unwrap_err();
        assert_eq!(refused.code().0, ErrorCode::BadInput, "{copies}");
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let drawn = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn the_mark_is_a_small_picture_and_what_is_none_is_refused() {
    let (_station, desk) = Station::new();
    let about = accepted(&desk, 1).id.to_string();
    as_supervisor(&desk);
    let plain = desk.paper_pdf(Form::Receipt, &about, None).unwrap();
    assert!(desk.set_logo(Some(&png(900, 600))).unwrap().logo);
    let marked = desk.paper_pdf(Form::Receipt, &about, None).unwrap();
    assert!(marked.len() > plain.len() && marked.len() < 400_000, "{} bytes: it was made small", marked.len());
    assert_eq!(pdf::read::inspect(&marked).unwrap().len(), 2, "there is room for it");
    let whole = png(40, 40);
    for bad in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", &whole[..60], &vec![0; 3 << 20]] {
        assert!(desk.set_logo(Some(bad)).is_err());
    }
    assert!(desk.set_logo(Some(&png(6_001, 2))).is_err(), "no mark is that wide");
    assert!(desk.forms().unwrap().logo, "what was refused changed nothing");
    assert!(!desk.set_logo(None).unwrap().logo);
    assert_eq!(desk.paper_pdf(Form::Receipt, &about, None).unwrap().len(), plain.len());
}

#[test]
fn a_clerk_sees_what_is_chosen_and_chooses_nothing() {
    let (_station, desk) = Station::new();
    assert_eq!(desk.forms().unwrap().forms.len(), Form::ALL.len());
    for refused in [
        desk.set_office(&office()).unwrap_err(),
        desk.set_regulation(Regulation::Tt01).unwrap_err(),
        desk.set_form(&choice(Form::Receipt)).unwrap_err(),
        desk.set_logo(None).unwrap_err(),
    ] {
        assert_eq!(refused.code().0, ErrorCode::NotAllowed);
    }
}

/// Whoever sets forms up sees them with made-up content, which is neither kept nor printed.
#[test]
fn a_sample_is_looked_at_and_never_printed() {
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(JobState::Finished);
    as_supervisor(&desk);
    for one in desk.forms().unwrap().forms {
        let form = one.choice.form;
        assert!(desk.paper_picture(form, "sample", 0).is_ok(), "{form:?}");
        assert_eq!(desk.print_paper(form, "sample", None, None).unwrap_err().code().0, ErrorCode::NothingToPrint);
    }
    assert!(desk.open_paper(Form::Receipt, "sample").is_err());
    assert!(station.press.jobs.lock().unwrap().is_empty());
    assert!(desk.find_dossier("sample").is_err());
}
