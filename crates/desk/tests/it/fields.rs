//! What a procedure asks for beside papers (C5): kept at each field, warned of and no wall, sent, printed, seen.

use crate::papers::text;
use crate::world::{BIRTH, MARRIAGE, Station, counted, draft};
use desk::view::{DossierView, PaperCounts};
use desk::{ErrorCode, Form};
use domain::asked::FieldWarning;

fn field<'a>(view: &'a DossierView, key: &str) -> &'a desk::view::FieldView {
    view.fields.iter().find(|field| field.key == key).unwrap()
}

#[test]
fn what_was_told_is_kept_at_each_field_and_what_does_not_fit_is_said() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    let view = desk.choose_procedure(id, BIRTH, None).unwrap();
    assert_eq!(field(&view, "child_name").warning, Some(FieldWarning::Missing));
    assert_eq!(field(&view, "birth_place").warning, None, "what is not required is not missed");
    desk.save_field(id, "child_name", "  Nguyễn  Thị Mẫu ").unwrap();
    desk.save_field(id, "ngày sinh của trẻ", "5/3/2026").unwrap();
    desk.save_field(id, "copies", "vài bản").unwrap();
    assert_eq!(desk.save_field(id, "no_such", "x").unwrap_err().code().0, ErrorCode::BadInput);
    let desk = station.reopen(desk);
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(field(&view, "child_name").value, "Nguyễn Thị Mẫu");
    assert_eq!(field(&view, "child_birth").value, "2026-03-05", "named by its label, small letters and all");
    assert_eq!(field(&view, "copies").warning, Some(FieldWarning::NotANumber), "kept, and said");
    let view = desk.choose_procedure(id, MARRIAGE, None).unwrap();
    assert!(view.fields.iter().all(|field| field.key != "child_name"));
    let view = desk.choose_procedure(id, BIRTH, None).unwrap();
    assert_eq!(field(&view, "child_name").value, "Nguyễn Thị Mẫu", "a procedure chosen by mistake loses nothing");
    assert_eq!(field(&desk.save_field(id, "child_name", " ").unwrap(), "child_name").value, "");
}

#[test]
fn it_is_sent_with_the_dossier_and_stands_on_its_history() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    desk.choose_procedure(id, BIRTH, None).unwrap();
    for component in [1, 2] {
        desk.set_papers(id, component, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    }
    desk.save_field(id, "child_birth", "05/03/2026").unwrap();
    let view = desk.accept(id).unwrap();
    assert_eq!(field(&view, "child_name").warning, Some(FieldWarning::Missing), "a warning is no wall");
    assert_eq!(desk.save_field(id, "child_name", "x").unwrap_err().code().0, ErrorCode::DossierClosed);
    if let Some(said) = text(&desk, Form::History, &id.to_string()) {
        assert!(said.contains("Ngày sinh của trẻ: 05/03/2026"), "{said}");
    }
    let other = counted(&desk, 2);
    desk.accept(other).unwrap();
    station.look_inside(desk, |store| {
        let command = |dossier| -> serde_json::Value {
            let item = store.read(|r| r.outbox_of(dossier)).unwrap().unwrap();
            let body = store.read(|r| r.outbox_body(item.id)).unwrap().unwrap();
            serde_json::from_slice(&body).unwrap()
        };
        let told = command(id).to_string();
        assert!(told.contains("child_birth") && told.contains("2026-03-05") && !told.contains("child_name"), "{told}");
        assert!(
            !command(other).to_string().contains("\"fields\""),
            "nothing was told: the command is as it always was"
        );
    });
}
