//! Mixed stacks at the console: taken in, looked at, split, given by hand. `unsplit` takes a split back.

use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::Mixed;
use desk::{BlankPolicy, Desk, PageId, StackId};
use serde_json::{Value, json};

/// `motcua mixed`
pub(crate) fn mixed(desk: &Desk, mixed: &Mixed) -> Result<Value, Failure> {
    match mixed {
        Mixed::List => Ok(json!({ "stacks": value(told(desk, desk.mixed_stacks())?) })),
        Mixed::Show { stack } => Ok(value(told(desk, desk.mixed_stack(id(stack)?))?)),
        Mixed::Take { files, covers } => Ok(value(told(desk, desk.take_mixed(files, *covers, &mut |_| {}))?)),
        Mixed::Read { stack } => Ok(value(told(desk, desk.read_mixed(id(stack)?, &mut |_| {}))?)),
        Mixed::Split { stack, reason, blank } => {
            let blank: BlankPolicy = serde_json::from_value(Value::String(blank.clone()))
                .map_err(|error| Failure::Usage(error.to_string()))?;
            Ok(value(told(desk, desk.split_mixed(id(stack)?, blank, reason.as_deref().unwrap_or_default()))?))
        }
        Mixed::Give { pages, dossier, component } => {
            let dossier = told(desk, desk.find_dossier(dossier))?;
            Ok(value(told(desk, desk.give_loose(&ids(pages)?, dossier, *component))?))
        }
        Mixed::Aside { pages } => Ok(value(told(desk, desk.set_loose_aside(&ids(pages)?, true))?)),
        Mixed::Keep { pages } => Ok(value(told(desk, desk.set_loose_aside(&ids(pages)?, false))?)),
    }
}

fn id(text: &str) -> Result<StackId, Failure> {
    text.parse().map_err(|_| Failure::Usage(format!("{text}: no id")))
}

fn ids(texts: &[String]) -> Result<Vec<PageId>, Failure> {
    texts.iter().map(|text| text.parse().map_err(|_| Failure::Usage(format!("{text}: no id")))).collect()
}
