//! Opening the station and signing in without a window: `MOTCUA_USER` and `MOTCUA_PASSWORD_FILE`.

use crate::output::Failure;
use desk::{Desk, Parts};
use std::path::{Path, PathBuf};

/// The data folder that was named, or the platform's.
pub(crate) fn data_dir(named: Option<PathBuf>) -> PathBuf {
    named.unwrap_or_else(|| desk::default_data_dir(false))
}

/// The station in `dir`, with the person of `MOTCUA_USER` signed in.
pub(crate) fn open(dir: &Path) -> Result<Desk, Failure> {
    // The training scanner is offered by a training station, which is only known after opening.
    let training = Desk::is_training(dir);
    let desk = Desk::open(dir, Parts::of_this_machine(training)?)?;
    let signed_in = desk.sign_in(&user()?, &password()?);
    signed_in.map_err(|error| Failure::Refused(Box::new(desk.explain(&error))))?;
    Ok(desk)
}

/// Who `MOTCUA_USER` names.
pub(crate) fn user() -> Result<String, Failure> {
    std::env::var("MOTCUA_USER").map_err(|_| Failure::Usage("MOTCUA_USER names nobody".into()))
}

/// The password in `MOTCUA_PASSWORD_FILE`, without its line end. Never an argument: those show in process lists.
pub(crate) fn password() -> Result<String, Failure> {
    from_file("MOTCUA_PASSWORD_FILE")
}

/// A password that is to be set, in `MOTCUA_NEW_PASSWORD_FILE`.
pub(crate) fn new_password() -> Result<String, Failure> {
    from_file("MOTCUA_NEW_PASSWORD_FILE")
}

fn from_file(variable: &str) -> Result<String, Failure> {
    let path = std::env::var(variable).map_err(|_| Failure::Usage(format!("{variable} names no file")))?;
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::Usage(format!("{path}: {error}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
