//! What the person is told: a sentence for every code in both languages, and no name in any log.

use crate::samples;
use crate::world::{Station, draft};
use desk::sentences::sentence;
use desk::view::Locale;
use desk::{DossierId, Error, ErrorCode, Form};
use domain::dossier::Obstacle;
use std::io::Write;
use std::sync::{Arc, Mutex};
use ts_rs::TS;

/// Every code, from the list that the web side gets.
fn codes() -> Vec<ErrorCode> {
    let list = ErrorCode::inline(&ts_rs::Config::default());
    let names = list.split('"').skip(1).step_by(2);
    let codes: Vec<_> =
        names.map(|name| serde_json::from_value(serde_json::Value::String(name.to_owned())).unwrap()).collect();
    assert!(codes.len() > 50, "{list}");
    codes
}

#[test]
fn every_code_has_a_sentence_in_both_languages() {
    for code in codes() {
        let mut both = Vec::new();
        for locale in [Locale::Vi, Locale::En] {
            let (message, hint) = sentence(code, Some("7"), locale);
            assert!(message.trim().len() > 8 && message.ends_with('.'), "{code:?}: {message:?}");
            let hint = hint.expect("what happened is half of it; what to do is the other half");
            assert!(hint.ends_with('.') && !hint.contains('{') && !message.contains('{'), "{code:?}: {hint:?}");
            both.push(message);
        }
        assert_ne!(both[0], both[1], "{code:?} is told in one language only");
    }
}

#[test]
fn no_two_codes_say_the_same() {
    let mut seen = std::collections::BTreeMap::new();
    for code in codes() {
        if let Some(other) = seen.insert(sentence(code, None, Locale::Vi), code) {
            panic!("{code:?} and {other:?} cannot be told apart");
        }
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// T-58: the log has the code and the reference; the applicant, the card and the papers are in none of it.
#[test]
fn no_name_of_a_person_comes_into_the_log() {
    // For the whole program, as in the window; what other tests of this process log is held to the same.
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .try_init()
        .expect("no other test logs");
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let secret = station.papers().join("Nguyễn Thị Mẫu.jpg");
    let errors = [
        desk.read_card(id, "099190000001||NGUYỄN THỊ MẪU|hỏng", desk::Seat::Owner).unwrap_err(),
        desk.accept(id).unwrap_err(),
        desk.intake(&intake(&secret)).unwrap_err(),
        Error::NotReady(vec![Obstacle::MissingPaper { component: 1, name: "Đơn của Nguyễn Thị Mẫu".into() }]),
        desk.open_dossier(DossierId::from_bytes([7; 16])).unwrap_err(),
        desk.sign_in("Nguyễn Thị Mẫu", "matkhaubimat").unwrap_err(),
        crate::world::bring_in(&desk, "\"Nguyễn Thị Mẫu\"").unwrap_err(),
    ];
    desk.sign_in("supervisor", crate::world::PASSWORD).unwrap();
    let catalogue = crate::world::bring_in(&desk, "\"Nguyễn Thị Mẫu\"").unwrap_err();
    for error in errors.iter().chain([&catalogue]) {
        let told = desk.explain(error);
        assert_eq!(told.reference.len(), 8, "{error:?}");
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains(&told.reference), "{error:?}: the reference leads to no line");
    }
    let (_, refused) = crate::world::import(&desk, id, 1, &[samples::file(&station.papers(), "Mẫu hỏng.jpg", b"")]);
    assert_eq!(refused.len(), 1);
    let done = crate::world::accepted(&desk, 3);
    desk.paper_pdf(Form::Receipt, &done.id.to_string(), None).unwrap();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("told the person"), "the log must have been written");
    for word in ["Mẫu", "MẪU", "0991900", "matkhaubimat", crate::world::PASSWORD] {
        let line = text.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word} is in the log");
    }
}

fn intake(file: &std::path::Path) -> desk::IntakeFile {
    serde_json::from_value(serde_json::json!({
        "procedure": crate::world::MARRIAGE,
        "applicant": {"id_number": "099190000009", "name": "Lê Văn Mẫu", "address": "Thôn 2"},
        "components": [{"index": 1, "files": [file]}]
    }))
    .unwrap()
}
