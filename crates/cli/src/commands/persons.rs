//! Applicants known from before, and the population database.

use super::{runtime, told, value};
use crate::arguments::{Known, Population, Said};
use crate::output::Failure;
use desk::{Desk, PartyKind};
use serde_json::{Value, json};

/// `motcua known …`
pub(crate) fn known(desk: &Desk, known: &Known) -> Result<Value, Failure> {
    match known {
        Known::Find { name, organization } => {
            let kind = if *organization { PartyKind::Organization } else { PartyKind::Person };
            Ok(value(told(desk, desk.find_known(name, kind))?))
        }
        Known::Consent { number, said } => {
            if let Some(said) = said {
                told(desk, desk.set_consent_of(number, *said == Said::Given))?;
            }
            Ok(json!({ "consent": told(desk, desk.consent_of(number))? }))
        }
    }
}

/// `motcua population …`
pub(crate) fn population(desk: &Desk, command: Option<&Population>) -> Result<Value, Failure> {
    let view = match command {
        None => desk.population(),
        Some(Population::Set { url }) => desk.set_population(url),
        Some(Population::Off) => desk.set_population(""),
        Some(Population::Ask) => {
            let answered = runtime()?.block_on(desk.check_people());
            return Ok(json!({ "answered": told(desk, answered)? }));
        }
    };
    Ok(value(told(desk, view)?))
}
