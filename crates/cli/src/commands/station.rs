//! The station itself: making it, its outbox, its log.

use super::{runtime, told, value};
use crate::arguments::Init;
use crate::output::Failure;
use crate::session::password;
use desk::{Desk, NewStation, Office, Parts};
use serde_json::{Value, json};
use std::path::Path;

/// `motcua init`
pub(crate) fn init(dir: &Path, init: &Init) -> Result<Value, Failure> {
    let office = Office {
        code: init.office.parse().map_err(|error: desk::BadCode| Failure::Usage(error.to_string()))?,
        parent: init.parent.clone(),
        name: init.name.clone(),
        place: init.place.clone(),
        address: String::new(),
        logo: None,
        phone: init.phone.clone(),
        lookup_url: init.lookup.clone(),
        system: "Một Cửa".into(),
    };
    let password = password()?;
    let (name, training) = (init.station.clone(), init.training);
    let new = NewStation { office, station: name, training, password: password.clone() };
    let desk = Desk::create(dir, &new, Parts::of_this_machine(training)?)?;
    // Shown once, for the agency's safe; a training station has nothing to save.
    let recovery = if training {
        None
    } else {
        told(&desk, desk.sign_in("supervisor", &password))?;
        Some(told(&desk, desk.new_recovery_key())?)
    };
    let station = desk.station();
    let users: Vec<String> = station.users.into_iter().map(|user| user.login).collect();
    Ok(json!({
        "station": station.station, "office": station.office_code, "training": station.training, "users": users,
        "recovery_key": recovery,
    }))
}

/// `motcua outbox`
pub(crate) fn outbox(desk: &Desk) -> Result<Value, Failure> {
    Ok(json!({ "items": value(told(desk, desk.outbox())?) }))
}

/// `motcua sync --once`
pub(crate) fn sync(desk: &Desk) -> Result<Value, Failure> {
    Ok(value(told(desk, runtime()?.block_on(desk.sync_now()))?))
}

/// `motcua enroll`
pub(crate) fn enroll(desk: &Desk, central: &str, token: &str) -> Result<Value, Failure> {
    let sync = told(desk, runtime()?.block_on(desk.enroll(central, token)))?;
    Ok(json!({ "station": desk.station().station, "central": sync.central }))
}

/// `motcua seed`
pub(crate) fn seed(desk: &Desk, plan: desk::SeedPlan) -> Result<Value, Failure> {
    let began = std::time::Instant::now();
    let made = desk.seed(plan, &mut |made| {
        tracing::info!(made, of = plan.dossiers, seconds = began.elapsed().as_secs(), "seeding");
    });
    Ok(value(told(desk, made)?))
}

/// `motcua log verify`
pub(crate) fn verify_log(desk: &Desk) -> Result<Value, Failure> {
    Ok(value(told(desk, desk.verify_log())?))
}

/// `motcua log verify --file`
pub(crate) fn verify_log_file(file: &Path) -> Result<Value, Failure> {
    Ok(value(desk::verify_log_file(file)?))
}

/// `motcua log export`
pub(crate) fn export_log(desk: &Desk, file: &Path) -> Result<Value, Failure> {
    Ok(json!({ "entries": told(desk, desk.export_log(file))? }))
}
