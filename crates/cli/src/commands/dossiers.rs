//! Dossiers at the console.

use super::{read_text, told, value};
use crate::arguments::{Paper, Print};
use crate::output::Failure;
use desk::{Desk, EventKind, IntakeFile};
use serde_json::{Value, json};
use std::path::Path;

/// `motcua intake`
pub(crate) fn intake(desk: &Desk, file: &Path) -> Result<Value, Failure> {
    let mut intake: IntakeFile = serde_json::from_str(&read_text(file)?)
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    // Files are named as seen from the intake file, so that a folder can be moved whole.
    let base = file.parent().unwrap_or(Path::new("."));
    for path in intake.components.iter_mut().flat_map(|component| &mut component.files) {
        *path = base.join(&path);
    }
    Ok(value(told(desk, desk.intake(&intake))?))
}

/// `motcua search`
pub(crate) fn search(desk: &Desk, text: &str, limit: u32) -> Result<Value, Failure> {
    Ok(value(told(desk, desk.search(text, limit))?))
}

/// `motcua today`
pub(crate) fn today(desk: &Desk) -> Result<Value, Failure> {
    let began = std::time::Instant::now();
    let mut answer = value(told(desk, desk.today_view())?);
    answer["ms"] = json!(began.elapsed().as_secs_f64() * 1_000.0);
    Ok(answer)
}

/// `motcua list`
pub(crate) fn list(desk: &Desk, list: &str, limit: u32) -> Result<Value, Failure> {
    let list = serde_json::from_value(Value::String(list.to_owned()))
        .map_err(|_| Failure::Usage(format!("{list}: no such list")))?;
    Ok(value(told(desk, desk.work_list(list, limit))?))
}

/// `motcua draft`
pub(crate) fn draft(desk: &Desk, procedure: &str, case: Option<&str>, fields: &[String]) -> Result<Value, Failure> {
    let fields = pairs(fields)?;
    let id = told(desk, desk.new_dossier())?.id;
    let filled = desk
        .choose_procedure(id, procedure, case)
        .and_then(|view| fields.iter().try_fold(view, |_, (name, value)| desk.save_field(id, name, value)));
    match filled {
        Ok(view) => {
            let component = |part: &desk::view::ComponentView| json!({ "index": part.index, "name": part.name });
            let components: Vec<_> = view.components.iter().map(component).collect();
            Ok(json!({ "id": id, "components": components, "fields": value(&view.fields) }))
        }
        refused => {
            // Nothing is in it: it does not stay on the screen of the day.
            told(desk, desk.discard_draft(id))?;
            told(desk, refused).map(value)
        }
    }
}

/// `motcua fill`
pub(crate) fn fill(desk: &Desk, dossier: &str, fields: &[String]) -> Result<Value, Failure> {
    let fields = pairs(fields)?;
    let id = told(desk, desk.find_dossier(dossier))?;
    for (name, value) in fields {
        told(desk, desk.save_field(id, name, value))?;
    }
    let view = told(desk, desk.open_dossier(id))?;
    Ok(json!({ "id": id, "code": view.code, "fields": value(&view.fields) }))
}

/// `NAME=VALUE`, parted at the first sign.
fn pairs(fields: &[String]) -> Result<Vec<(&str, &str)>, Failure> {
    let pair = |field: &String| Failure::Usage(format!("{field}: NAME=VALUE"));
    fields.iter().map(|field| field.split_once('=').ok_or_else(|| pair(field))).collect()
}

/// `motcua show`
pub(crate) fn show(desk: &Desk, dossier: &str) -> Result<Value, Failure> {
    let id = told(desk, desk.find_dossier(dossier))?;
    Ok(value(told(desk, desk.open_dossier(id))?))
}

/// `motcua move`
pub(crate) fn move_on(desk: &Desk, dossier: &str, step: &str, reason: &str) -> Result<Value, Failure> {
    let step: EventKind = serde_json::from_value(Value::String(step.to_owned()))
        .map_err(|_| Failure::Usage(format!("{step}: no such step")))?;
    let id = told(desk, desk.find_dossier(dossier))?;
    let view = told(desk, desk.move_dossier(id, step, reason))?;
    Ok(json!({ "id": id, "code": view.code, "state": view.status, "history": view.history, "moves": view.moves }))
}

/// `motcua duplicates`
pub(crate) fn duplicates(desk: &Desk, dossier: &str) -> Result<Value, Failure> {
    let id = told(desk, desk.find_dossier(dossier))?;
    Ok(value(told(desk, desk.duplicates(id))?))
}

/// `motcua print`
pub(crate) fn print(desk: &Desk, print: &Print) -> Result<Value, Failure> {
    let (form, about) = (print.form, print.about.as_str());
    let paper = print.paper.map(|paper| match paper {
        Paper::A4 => desk::Paper::A4,
        Paper::A5 => desk::Paper::A5,
    });
    let bytes = told(desk, desk.paper_pdf(form, about, paper))?;
    let shown = told(desk, desk.paper(form, about, paper))?;
    let mut answer = json!({
        "form": form, "pages": shown.pages, "bytes": shown.bytes, "reprint": shown.reprint, "job": null,
    });
    match &print.output {
        Some(path) => told(desk, desk::write_whole(path, &bytes))?,
        None => answer["job"] = value(told(desk, desk.print_paper(form, about, print.printer.as_deref(), paper))?),
    }
    Ok(answer)
}
