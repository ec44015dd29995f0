//! Both sides by a scanner that sees one, at the console.

use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::Duplex;
use desk::view::{DuplexPass, ScanRequest};
use desk::{Desk, Joining, StackId};
use serde_json::{Value, json};

/// `motcua duplex`
pub(crate) fn duplex(desk: &Desk, duplex: &Duplex) -> Result<Value, Failure> {
    let id =
        |text: &str| -> Result<StackId, Failure> { text.parse().map_err(|_| Failure::Usage(format!("{text}: no id"))) };
    match duplex {
        Duplex::Show { stack } => Ok(value(told(desk, desk.duplex(id(stack)?))?)),
        Duplex::Backs { stack, device, again } => {
            let request = ScanRequest { device: device.clone(), ..ScanRequest::default() };
            passed(told(desk, desk.scan_backs(id(stack)?, &request, *again, &mut super::devices::waits))?)
        }
        Duplex::Join { stack, way } => {
            let way = way.clone().map(|way| serde_json::from_value::<Joining>(Value::String(way)));
            let way = way.transpose().map_err(|error| Failure::Usage(error.to_string()))?;
            let view = told(desk, desk.join_duplex(id(stack)?, way))?;
            Ok(json!({ "dossier": view.id, "pages": value(view.pages) }))
        }
    }
}

/// What a pass came to; one that brought nothing but a fault is a failure.
pub(crate) fn passed(pass: DuplexPass) -> Result<Value, Failure> {
    match (&pass.duplex, &pass.run.error) {
        (None, Some(error)) => Err(Failure::Refused(Box::new(error.clone()))),
        _ => Ok(value(pass)),
    }
}
