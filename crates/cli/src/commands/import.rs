//! Files from an office machine at the console, and mixed stacks that cover sheets split.

use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::Import;
use desk::view::{PagePlace, PageProgress};
use desk::{Desk, MixedRequest, StackId, Target};
use serde_json::{Value, json};

/// `motcua import`
pub(crate) fn import(desk: &Desk, import: &Import) -> Result<Value, Failure> {
    let start = match &import.dossier {
        Some(text) => {
            let dossier = told(desk, desk.find_dossier(text))?;
            Some(Target { dossier, component: import.component.unwrap_or(1) })
        }
        None => None,
    };
    if import.mixed {
        let request =
            MixedRequest { files: import.files.clone(), start, covers: import.covers, reason: import.reason.clone() };
        return Ok(value(told(desk, desk.import_mixed(&request, &mut |_, _| {}))?));
    }
    let Some(Target { dossier, component }) = start else {
        return Err(Failure::Usage("--dossier".to_owned()));
    };
    let (mut pages, mut refused) = (Vec::new(), Vec::new());
    let place = match (import.before, import.replace) {
        (Some(page), _) => PagePlace::Before { page },
        (None, Some(page)) => PagePlace::Replace { page },
        (None, None) => PagePlace::Append,
    };
    let target = (dossier, component, place);
    let mut progress = |progress| match progress {
        PageProgress::Page { page, .. } => pages.push(page.id),
        PageProgress::Waiting => {}
        PageProgress::Refused { name, error } => refused.push(json!({ "file": name, "error": error })),
    };
    let outcome = if import.photo {
        desk.import_photos(target, &import.files, import.paper, &mut progress)
    } else {
        desk.import_files_at(target, &import.files, &mut progress)
    };
    let outcome = told(desk, outcome)?;
    Ok(json!({ "outcome": value(outcome), "pages": value(pages), "refused": refused }))
}

/// `motcua unsplit`
pub(crate) fn unsplit(desk: &Desk, stack: &str) -> Result<Value, Failure> {
    let id: StackId = stack.parse().map_err(|_| Failure::Usage(format!("{stack}: no id")))?;
    let count = told(desk, desk.undo_split(id))?;
    Ok(json!({ "stack": stack, "setAside": count }))
}
