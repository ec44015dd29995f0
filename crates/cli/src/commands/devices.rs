//! Scanners at the console. Listing, and scanning into a folder, need no station.

use super::{told, value};
use crate::arguments::Scan;
use crate::output::Failure;
use crate::session::{data_dir, open};
use desk::view::{PageProgress, RunOutcome, ScanRequest};
use desk::{Desk, Parts};
use serde_json::{Value, json};
use std::path::Path;

/// `motcua devices`
pub(crate) fn devices(data: Option<&Path>) -> Result<Value, Failure> {
    let training = Desk::is_training(&data_dir(data.map(Path::to_owned)));
    let devices = desk::list_devices(&Parts::of_this_machine(training)?)?;
    Ok(json!({ "devices": value(devices) }))
}

/// `motcua scan`
pub(crate) fn scan(data: Option<&Path>, scan: &Scan) -> Result<Value, Failure> {
    let request = request(scan)?;
    let desk = open(&data_dir(data.map(Path::to_owned)))?;
    if let Some(out) = &scan.out {
        let (outcome, files) = told(&desk, desk.scan_to_folder(out, &request))?;
        return account(outcome, &value(files));
    }
    let dossier = told(&desk, desk.find_dossier(scan.dossier.as_deref().unwrap_or_default()))?;
    let mut pages = Vec::new();
    let outcome = desk.scan(dossier, scan.component.unwrap_or(1), &request, &mut |progress| {
        if let PageProgress::Page { page, .. } = progress {
            pages.push(page.id);
        }
    });
    account(told(&desk, outcome)?, &value(pages))
}

fn request(scan: &Scan) -> Result<ScanRequest, Failure> {
    let word = |text: &Option<String>| text.clone().map(Value::String);
    serde_json::from_value(json!({
        "device": scan.device, "source": word(&scan.source), "dpi": scan.dpi, "mode": word(&scan.mode),
    }))
    .map_err(|error| Failure::Usage(error.to_string()))
}

/// The run's account. A run that brought nothing but a fault is a failure; one that brought pages is an answer.
fn account(outcome: RunOutcome, files: &Value) -> Result<Value, Failure> {
    if let (0, Some(error)) = (outcome.received, &outcome.error) {
        return Err(Failure::Refused(Box::new(error.clone())));
    }
    Ok(json!({
        "fed": outcome.fed,
        "received": outcome.received,
        "kept": outcome.kept,
        "set_aside": [],
        "files": files,
        "ended": outcome.ended,
        "error": outcome.error,
    }))
}
