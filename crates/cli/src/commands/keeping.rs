//! What is kept, for how long, and what is given out of it.

use super::{told, value};
use crate::output::Failure;
use desk::{Desk, SupplementRule};
use serde_json::{Value, json};
use std::path::Path;

/// `motcua retention`
pub(crate) fn retention(desk: &Desk, days: Option<&str>) -> Result<Value, Failure> {
    let days = match days {
        None => desk.retention_days(),
        Some("never") => desk.set_retention_days(None),
        Some(days) => {
            let days = days.parse().map_err(|_| Failure::Usage(format!("{days}: neither days nor `never`")))?;
            desk.set_retention_days(Some(days))
        }
    };
    Ok(json!({ "days": told(desk, days)? }))
}

/// `motcua duplicate-days`
pub(crate) fn duplicate_days(desk: &Desk, days: Option<u32>) -> Result<Value, Failure> {
    let days = days.map_or_else(|| desk.duplicate_days(), |days| desk.set_duplicate_days(days));
    Ok(json!({ "days": told(desk, days)? }))
}

/// `motcua purge`
pub(crate) fn purge(desk: &Desk, dry_run: bool) -> Result<Value, Failure> {
    Ok(value(told(desk, desk.purge(dry_run))?))
}

/// `motcua export-person`
pub(crate) fn export_person(desk: &Desk, id_number: &str, output: &Path) -> Result<Value, Failure> {
    Ok(value(told(desk, desk.export_person(id_number, output))?))
}

/// `motcua support`
pub(crate) fn support(desk: &Desk, output: &Path) -> Result<Value, Failure> {
    Ok(json!({ "bytes": told(desk, desk.support_bundle(output))? }))
}

/// `motcua supplement-rule`
pub(crate) fn supplement_rule(desk: &Desk, rule: Option<&str>) -> Result<Value, Failure> {
    if let Some(text) = rule {
        let rule: SupplementRule = serde_json::from_value(Value::String(text.to_owned()))
            .map_err(|_| Failure::Usage(format!("{text}: restart or add_back")))?;
        told(desk, desk.set_supplement_rule(rule))?;
    }
    Ok(json!({ "rule": told(desk, desk.supplement_rule())? }))
}
