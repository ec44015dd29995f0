//! The people of the station, their rights, and the key for the safe.

use super::{read_text, told, value};
use crate::arguments::{Recovery, Rights, Users};
use crate::output::Failure;
use crate::session::new_password;
use desk::{Desk, NewPerson, Parts};
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;

/// `motcua users …`
pub(crate) fn users(desk: &Desk, users: &Users) -> Result<Value, Failure> {
    let people = match users {
        Users::List => desk.people(),
        Users::Add { login, name, role } => {
            let password = new_password()?;
            let role = (*role).into();
            desk.add_person(&NewPerson { login: login.clone(), name: name.clone(), role, password })
        }
        Users::Change { login, name, role } => desk.change_person(login, name, (*role).into()),
        Users::Remove { login } => desk.remove_person(login),
        Users::Password { login } => {
            let password = new_password()?;
            desk.reset_password(login, &password).and_then(|()| desk.people())
        }
    };
    Ok(json!({ "users": value(told(desk, people)?) }))
}

/// `motcua rights …`
pub(crate) fn rights(desk: &Desk, rights: &Rights) -> Result<Value, Failure> {
    Ok(value(match rights {
        Rights::Show => desk.rights(),
        Rights::Set { file } => told(desk, desk.set_rights(&read_text(file)?))?,
    }))
}

/// `motcua recovery new`
pub(crate) fn recovery(desk: &Desk, recovery: &Recovery) -> Result<Value, Failure> {
    let Recovery::New = recovery;
    Ok(json!({ "recovery_key": told(desk, desk.new_recovery_key())? }))
}

/// `motcua recover`: the key comes on standard input, since arguments show in process lists.
pub(crate) fn recover(dir: &Path, login: &str) -> Result<Value, Failure> {
    let mut typed = String::new();
    let read = std::io::stdin().take(4096).read_to_string(&mut typed);
    read.map_err(|error| Failure::Usage(format!("standard input: {error}")))?;
    let desk = Desk::open(dir, Parts::of_this_machine(Desk::is_training(dir))?)?;
    told(&desk, desk.recover(&typed, login, &new_password()?))?;
    Ok(json!({ "user": login }))
}
