//! `motcua catalogue`: procedures brought in, found, starred, completed, and given out in signed packages.

use super::{told, value};
use crate::arguments::{Catalogue, MakePackage};
use crate::output::Failure;
use desk::{Desk, NewPackage};
use serde_json::{Value, json};

/// Runs one of them; all but `key` need the station.
pub(crate) fn run(desk: impl Fn() -> Result<Desk, Failure>, command: Catalogue) -> Result<Value, Failure> {
    if let Catalogue::Key { file } = &command {
        return Ok(json!({ "key": desk::new_package_key(file)?, "file": file }));
    }
    let desk = desk()?;
    let desk = &desk;
    match command {
        Catalogue::Key { .. } => Ok(Value::Null),
        Catalogue::Import { file } => {
            let import = desk.import_catalogue(&file, &mut |step| {
                tracing::info!(done = step.done, of = step.total, "catalogue");
                true
            });
            Ok(value(told(desk, import)?))
        }
        Catalogue::Search { text, limit } => {
            let mut answers = text.iter().map(|text| search(desk, text, limit)).collect::<Result<Vec<_>, _>>()?;
            Ok(if answers.len() == 1 { answers.remove(0) } else { json!({ "searches": answers }) })
        }
        Catalogue::Show { code: None } => Ok(value(told(desk, desk.catalogue())?)),
        Catalogue::Show { code: Some(code) } => Ok(value(told(desk, desk.show_procedure(&code))?)),
        Catalogue::Star { code, remove } => {
            told(desk, desk.star_procedure(&code, !remove))?;
            Ok(json!({ "code": code, "starred": !remove }))
        }
        Catalogue::Unread { text, field } => {
            Ok(json!({ "unread": value(told(desk, desk.unread_items(field.as_deref(), &text))?) }))
        }
        Catalogue::Limit { code, case, drop: true, .. } => {
            told(desk, desk.drop_case_limit(&code, &case))?;
            Ok(json!({ "code": code, "case": case, "limit": null }))
        }
        Catalogue::Limit { code, case, limit, reason, drop: false } => {
            told(desk, desk.set_case_limit(&code, &case, &limit.unwrap_or_default(), &reason))?;
            let shown = told(desk, desk.show_procedure(&code))?;
            let set = shown.procedure.as_ref().and_then(|one| one.case(Some(&case))).map(|case| &case.limit_text);
            Ok(json!({ "code": code, "case": case, "limit": set }))
        }
        Catalogue::Package(new) => package(desk, new),
        Catalogue::Trust { key, name } => Ok(value(told(desk, desk.trust_key(&key, &name))?)),
        Catalogue::Distrust { key } => {
            told(desk, desk.distrust_key(&key))?;
            Ok(json!({ "key": key }))
        }
    }
}

/// One search with how long it took: several in one process tell what a counter that is open all day feels.
fn search(desk: &Desk, text: &str, limit: u32) -> Result<Value, Failure> {
    let started = std::time::Instant::now();
    let hits = told(desk, desk.find_procedures(text, limit))?;
    let ms = started.elapsed().as_secs_f64() * 1_000.0;
    Ok(json!({ "text": text, "hits": value(hits), "ms": ms }))
}

fn package(desk: &Desk, new: MakePackage) -> Result<Value, Failure> {
    let MakePackage { key, series, issuer, base, serial, output } = new;
    let made = desk.make_package(&NewPackage { key, series, issuer, base, serial }, &output);
    Ok(value(told(desk, made)?))
}
