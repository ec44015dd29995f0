//! Scanners at the console. Listing, and scanning into a folder, need no station.

use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::{Scan, ScannerPlace, Stack};
use crate::session::{data_dir, open};
use desk::view::{DossierView, MixedStep, PageProgress, RunOutcome, ScanRequest, StackChoice};
use desk::{Desk, PageId, Parts, StackId};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// `motcua devices`
pub(crate) fn devices(data: Option<&Path>) -> Result<Value, Failure> {
    let data = data_dir(data.map(Path::to_owned));
    let devices = desk::list_devices(&Parts::of_this_machine(Desk::is_training(&data))?, &data)?;
    Ok(json!({ "devices": value(devices) }))
}

/// Tells that paper is waited for: seen at once and in nobody's way, since the answer comes when the run is over.
pub(crate) fn waits(step: MixedStep) {
    if step == MixedStep::Waiting {
        let _ = writeln!(std::io::stderr(), "the feeder is empty: waiting for paper");
    }
}

/// `motcua scan`
pub(crate) fn scan(data: Option<&Path>, scan: &Scan) -> Result<Value, Failure> {
    let mut request = request(scan)?;
    let desk = open(&data_dir(data.map(Path::to_owned)))?;
    request.profile = profile_number(&desk, scan)?;
    if let Some(out) = &scan.out {
        let (outcome, files) = told(&desk, desk.scan_to_folder(out, &request))?;
        return account(outcome, &value(files), &[]);
    }
    if scan.mixed {
        let taken = told(&desk, desk.scan_mixed(&request, scan.covers, &mut waits))?;
        if let (None, Some(error)) = (&taken.stack, &taken.run.error) {
            return Err(Failure::Refused(Box::new(error.clone())));
        }
        return Ok(value(taken));
    }
    let dossier = told(&desk, desk.find_dossier(scan.dossier.as_deref().unwrap_or_default()))?;
    if scan.manual_duplex {
        let pass = told(&desk, desk.scan_fronts(dossier, scan.component.unwrap_or(1), &request, &mut waits))?;
        return super::duplex::passed(pass);
    }
    let mut pages = Vec::new();
    let outcome = desk.scan(dossier, scan.component.unwrap_or(1), &request, &mut |progress| match progress {
        PageProgress::Page { page, .. } => pages.push(page.id),
        PageProgress::Waiting => waits(MixedStep::Waiting),
        PageProgress::Refused { .. } => {}
    });
    let outcome = told(&desk, outcome)?;
    let view = told(&desk, desk.open_dossier(dossier))?;
    let warnings = warnings(&view, &pages);
    let mut told = account(outcome, &value(&pages), &set_aside(&view, &pages))?;
    told["warnings"] = Value::Array(warnings);
    Ok(told)
}

/// What is told of pages of this run, by their number in it.
fn warnings(view: &DossierView, run: &[PageId]) -> Vec<Value> {
    let all: Vec<_> = view.components.iter().flat_map(|part| &part.pages).collect();
    let numbered = (1..).zip(run).filter_map(|(number, id)| Some((number, all.iter().find(|page| page.id == *id)?)));
    let each = |(number, page): (u32, &&desk::view::PageView)| {
        page.warnings.iter().map(|warning| json!({ "page": number, "warning": warning })).collect::<Vec<_>>()
    };
    numbered.flat_map(each).collect()
}

/// Which pages of this run do not count, by their number in it, and why.
fn set_aside(view: &DossierView, run: &[PageId]) -> Vec<Value> {
    let all = view.components.iter().flat_map(|part| &part.pages);
    let aside = all.filter_map(|page| {
        let number = run.iter().position(|id| *id == page.id)? + 1;
        page.aside.map(|reason| (number, json!({ "page": number, "reason": reason })))
    });
    let mut aside: Vec<_> = aside.collect();
    aside.sort_by_key(|(number, _)| *number);
    aside.into_iter().map(|(_, told)| told).collect()
}

/// `motcua scanner`
pub(crate) fn scanner(
    data: Option<&Path>,
    desk: impl Fn() -> Result<Desk, Failure>,
    scanner: &ScannerPlace,
) -> Result<Value, Failure> {
    let told = |change: &dyn Fn(&Desk) -> Result<Vec<String>, desk::Error>| {
        let desk = desk()?;
        Ok(json!({ "addresses": told(&desk, change(&desk))? }))
    };
    match scanner {
        ScannerPlace::List => told(&Desk::scanner_addresses),
        ScannerPlace::Add { address } => told(&|desk| desk.add_scanner(address)),
        ScannerPlace::Remove { address } => told(&|desk| desk.remove_scanner(address)),
        ScannerPlace::Doctor { device } => {
            let data = data_dir(data.map(Path::to_owned));
            let parts = Parts::of_this_machine(Desk::is_training(&data))?;
            Ok(value(desk::examine_scanners(&parts, &data, device.as_deref())))
        }
        ScannerPlace::Share { device, port, address } => super::share::share(&desk()?, device, (*address, *port)),
        ScannerPlace::Shared => super::share::shown(&desk()?, Desk::shares),
        ScannerPlace::Lend { device, off } => super::share::shown(&desk()?, |desk| desk.share_scanner(device, !off)),
        ScannerPlace::Renew { device } => super::share::shown(&desk()?, |desk| desk.renew_share(device)),
        ScannerPlace::Buttons { device, seconds } => {
            let data = data_dir(data.map(Path::to_owned));
            let parts = Parts::of_this_machine(Desk::is_training(&data))?;
            let how_long = std::time::Duration::from_secs(*seconds);
            Ok(json!({ "pressed": desk::try_buttons(&parts, &data, device, how_long)? }))
        }
        ScannerPlace::Options { device } => {
            let data = data_dir(data.map(Path::to_owned));
            let parts = Parts::of_this_machine(Desk::is_training(&data))?;
            Ok(json!({ "options": value(desk::scanner_options(&parts, &data, device)?) }))
        }
    }
}

/// `motcua stack`
pub(crate) fn stack(desk: &Desk, stack: &Stack) -> Result<Value, Failure> {
    let id =
        |text: &str| -> Result<StackId, Failure> { text.parse().map_err(|_| Failure::Usage(format!("{text}: no id"))) };
    let show = |text: &str| Ok(json!({ "stack": value(told(desk, desk.stack(id(text)?))?) }));
    let end = |text: &str, choice| {
        told(desk, desk.end_stack(id(text)?, choice))?;
        show(text)
    };
    match stack {
        Stack::List => Ok(json!({ "stacks": value(told(desk, desk.open_stacks())?) })),
        Stack::Show { stack } => show(stack),
        Stack::Save { stack } => end(stack, StackChoice::Save),
        Stack::Discard { stack } => end(stack, StackChoice::Discard),
        Stack::Restore { stack } => end(stack, StackChoice::Restore),
        Stack::Expect { stack, pages } => {
            told(desk, desk.expect_pages(id(stack)?, *pages))?;
            show(stack)
        }
        Stack::Reason { stack, reason } => {
            told(desk, desk.explain_stack(id(stack)?, reason))?;
            show(stack)
        }
    }
}

/// What is said by hand goes before a profile that nobody asked for.
fn profile_number(desk: &Desk, scan: &Scan) -> Result<Option<u32>, Failure> {
    let by_hand = scan.source.is_some() || scan.dpi.is_some() || scan.mode.is_some() || scan.size.is_some();
    match scan.profile.as_deref() {
        None if by_hand || !scan.option.is_empty() => Ok(Some(0)),
        None => Ok(None),
        Some("none") => Ok(Some(0)),
        Some(named) => Ok(Some(told(desk, desk.find_scan_profile(named))?.id)),
    }
}

/// `NAME=VALUE`, as often as it was said.
pub(crate) fn options(said: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let option = |text: &String| {
        let (name, value) = text.split_once('=').ok_or_else(|| Failure::Usage(format!("{text}: no NAME=VALUE")))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    said.iter().map(option).collect()
}

fn request(scan: &Scan) -> Result<ScanRequest, Failure> {
    let word = |text: &Option<String>| text.clone().map(Value::String);
    let extra = options(&scan.option)?;
    let place = match (scan.before, scan.replace) {
        (Some(page), _) => json!({ "at": "before", "page": page }),
        (None, Some(page)) => json!({ "at": "replace", "page": page }),
        (None, None) => Value::Null,
    };
    serde_json::from_value(json!({
        "extra": extra, "device": scan.device, "source": word(&scan.source), "dpi": scan.dpi, "mode": word(&scan.mode), "size": word(&scan.size),
        "expected": scan.expect, "stack": scan.stack, "blank": scan.blank, "when_empty": scan.when_empty, "place": place,
    }))
    .map_err(|error| Failure::Usage(error.to_string()))
}

/// The run's account. A run that brought nothing but a fault is a failure; one that brought pages is an answer.
fn account(outcome: RunOutcome, files: &Value, set_aside: &[Value]) -> Result<Value, Failure> {
    if let (0, Some(error)) = (outcome.received, &outcome.error) {
        return Err(Failure::Refused(Box::new(error.clone())));
    }
    Ok(json!({
        "fed": outcome.fed,
        "received": outcome.received,
        "kept": outcome.received - u32::try_from(set_aside.len()).unwrap_or_default(),
        "set_aside": set_aside,
        "stack": outcome.stack,
        "profile": outcome.profile,
        "told": outcome.told,
        "note": outcome.note,
        "files": files,
        "ended": outcome.ended,
        "error": outcome.error,
    }))
}
