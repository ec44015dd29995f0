//! The people of the station: who may open it, as what, and the key in the safe for the day nobody can (Q1, Q4).
//!
//! The row in the encrypted database says who somebody is; the slot in the key file only lets them in. A person is
//! added row first and removed slot first, so that an interrupted change never leaves a way in without a role.

use crate::fault::Error;
use crate::session::{RIGHTS, RIGHTS_KNOWN};
use crate::station::{Desk, lock, write};
use domain::fold::tidy;
use domain::{Right, Rights, Role, Staff};
use serde::{Deserialize, Serialize};
use store::NewSlot;
use ts_rs::TS;

/// Fewest characters of a password that is set here.
pub(crate) const SHORTEST_PASSWORD: usize = 8;

/// A person as the list of people shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PersonView {
    /// What is typed to sign in.
    pub login: String,
    /// Full name, as printed on receipts.
    pub name: String,
    /// The role.
    pub role: Role,
    /// False once the person may no longer sign in.
    pub active: bool,
}

/// What is filled in for a new person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct NewPerson {
    /// What will be typed to sign in: small letters, digits, dot, dash, underscore.
    pub login: String,
    /// Full name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The first password, which the person should change.
    pub password: String,
}

/// What keeps the station safe, for the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SafetyView {
    /// Whether the signed-in person may change what follows.
    pub administers: bool,
    /// Whether the key for the safe was ever made.
    pub recovery_key: bool,
    /// After how many minutes without anybody the desk locks; nought: never.
    pub idle_minutes: u32,
    /// Fewest characters of a new password.
    pub shortest_password: u32,
}

impl Desk {
    /// What keeps the station safe.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn safety(&self) -> Result<SafetyView, Error> {
        let staff = self.require(Right::Read)?;
        Ok(SafetyView {
            administers: self.rights().may(staff.role, Right::Administer),
            recovery_key: self.vault.has_recovery(),
            idle_minutes: self.idle_minutes()?,
            shortest_password: u32::try_from(SHORTEST_PASSWORD).unwrap_or_default(),
        })
    }

    /// Everybody who works or ever worked here.
    ///
    /// # Errors
    /// When the role may not see it.
    pub fn people(&self) -> Result<Vec<PersonView>, Error> {
        self.require(Right::Administer)?;
        self.everybody()
    }

    /// The list after a change, which may have taken the right to ask for it.
    fn everybody(&self) -> Result<Vec<PersonView>, Error> {
        let view =
            |staff: Staff| PersonView { login: staff.login, name: staff.name, role: staff.role, active: staff.active };
        Ok(self.store()?.read(|r| r.all_staff())?.into_iter().map(view).collect())
    }

    /// Adds a person, or brings one back who had left, under the same login.
    ///
    /// # Errors
    /// [`Error::LoginTaken`], [`Error::BadInput`], [`Error::WeakPassword`].
    pub fn add_person(&self, new: &NewPerson) -> Result<Vec<PersonView>, Error> {
        let by = self.require(Right::Administer)?;
        let name = tidy(&new.name);
        if !is_login(&new.login) {
            return Err(Error::BadInput("login"));
        }
        if name.is_empty() || name.chars().count() > 200 {
            return Err(Error::BadInput("name"));
        }
        strong(&new.password)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let known = tx.reader().staff_by_login(&new.login)?;
            if known.as_ref().is_some_and(|known| known.active) {
                return Err(Error::LoginTaken);
            }
            let id = known.map_or_else(|| self.clock.id(), |known| known.id);
            tx.put_staff(&Staff { id, login: new.login.clone(), name: name.clone(), role: new.role, active: true })?;
            tx.log(now, Some(by.id), "staff.add", &format!("{id} {}", new.role.as_str()))?;
            Ok(())
        })?;
        self.vault.put_slot(self.key()?, NewSlot { login: &new.login, name: &name, password: &new.password })?;
        self.everybody()
    }

    /// Changes a person's name and role.
    ///
    /// # Errors
    /// [`Error::StaffNotFound`], [`Error::LastAdministrator`].
    pub fn change_person(&self, login: &str, name: &str, role: Role) -> Result<Vec<PersonView>, Error> {
        let by = self.require(Right::Administer)?;
        let name = tidy(name);
        if name.is_empty() || name.chars().count() > 200 {
            return Err(Error::BadInput("name"));
        }
        self.change_staff(by.id, login, "staff.change", |staff| {
            (staff.name, staff.role) = (name.clone(), role);
        })?;
        self.vault.rename_slot(login, &name)?;
        self.everybody()
    }

    /// Takes away a person's way in. What they did stays under their name.
    ///
    /// # Errors
    /// [`Error::StaffNotFound`], [`Error::LastAdministrator`].
    pub fn remove_person(&self, login: &str) -> Result<Vec<PersonView>, Error> {
        let by = self.require(Right::Administer)?;
        self.check_administrator_left(login)?;
        self.vault.remove_slot(login)?;
        self.change_staff(by.id, login, "staff.remove", |staff| staff.active = false)?;
        self.everybody()
    }

    /// Gives a person a new password, such as when the old one was forgotten.
    ///
    /// # Errors
    /// [`Error::StaffNotFound`], [`Error::WeakPassword`].
    pub fn reset_password(&self, login: &str, password: &str) -> Result<(), Error> {
        let by = self.require(Right::Administer)?;
        self.put_password(by.id, login, password, "staff.password")
    }

    /// Changes the signed-in person's own password.
    ///
    /// # Errors
    /// [`store::Error::WrongPassword`] when the old one is wrong, which counts like a failed sign-in.
    pub fn change_password(&self, old: &str, new: &str) -> Result<(), Error> {
        let staff = self.require(Right::Read)?;
        let now = self.now();
        if let Some(seconds) = lock(&self.throttle).wait(now) {
            return Err(Error::Throttled { seconds });
        }
        if let Err(error) = self.vault.unlock(&staff.login, old) {
            self.count_failure(now, &staff.login)?;
            return Err(error.into());
        }
        self.put_password(staff.id, &staff.login, new, "staff.own_password")
    }

    fn put_password(&self, by: domain::StaffId, login: &str, password: &str, action: &str) -> Result<(), Error> {
        strong(password)?;
        let found = self.store()?.read(|r| r.staff_by_login(login))?.filter(|staff| staff.active);
        let staff = found.ok_or(Error::StaffNotFound)?;
        self.vault.put_slot(self.key()?, NewSlot { login, name: &staff.name, password })?;
        let now = self.now();
        Ok(self.store()?.write(|tx| tx.log(now, Some(by), action, &staff.id.to_string()))?)
    }

    /// Makes a new key for the safe, in groups of four signs. It is kept nowhere and the one before holds no more.
    ///
    /// # Errors
    /// When the role may not.
    pub fn new_recovery_key(&self) -> Result<String, Error> {
        let by = self.require(Right::Administer)?;
        let made = self.vault.renew_recovery(self.key()?)?;
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(by.id), "recovery.new", ""))?;
        Ok(made.to_string())
    }

    /// Opens the station with the key from the safe and gives `login` a new password. Nobody is signed in by it.
    ///
    /// # Errors
    /// [`store::Error::MistypedRecovery`], [`store::Error::WrongPassword`], [`Error::StaffNotFound`]; wrong keys count
    /// like failed sign-ins.
    pub fn recover(&self, recovery_key: &str, login: &str, password: &str) -> Result<(), Error> {
        let now = self.now();
        if let Some(seconds) = lock(&self.throttle).wait(now) {
            return Err(Error::Throttled { seconds });
        }
        strong(password)?;
        let key = match self.vault.unlock_with_recovery(recovery_key) {
            Ok(key) => key,
            Err(error @ store::Error::WrongPassword) => {
                self.count_failure(now, "")?;
                return Err(error.into());
            }
            Err(error) => return Err(error.into()),
        };
        self.open_with(key)?;
        let found = self.store()?.read(|r| r.staff_by_login(login))?;
        let staff = found.filter(|staff| staff.active).ok_or(Error::StaffNotFound)?;
        self.put_password(staff.id, login, password, "recovery.used")
    }

    /// What each role may do.
    #[must_use]
    pub fn rights(&self) -> Rights {
        crate::station::read(&self.rights).clone()
    }

    /// Puts another table of rights in force, as JSON.
    ///
    /// # Errors
    /// [`Error::BadRights`]; the table before stays.
    pub fn set_rights(&self, json: &str) -> Result<Rights, Error> {
        let by = self.require(Right::Administer)?;
        let rights = Rights::from_json(json)?;
        let administers = |staff: &Staff| staff.active && rights.may(staff.role, Right::Administer);
        if !self.store()?.read(|r| r.all_staff())?.iter().any(administers) {
            return Err(Error::LastAdministrator);
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(RIGHTS, &rights)?;
            tx.set(RIGHTS_KNOWN, &Right::ALL)?;
            tx.log(now, Some(by.id), "settings.rights", "")?;
            Ok(())
        })?;
        *write(&self.rights) = rights.clone();
        Ok(rights)
    }

    fn change_staff(
        &self,
        by: domain::StaffId,
        login: &str,
        action: &str,
        change: impl Fn(&mut Staff),
    ) -> Result<(), Error> {
        let now = self.now();
        let rights = self.rights();
        let changed = self.store()?.write(|tx| -> Result<Staff, Error> {
            let mut staff = tx.reader().staff_by_login(login)?.ok_or(Error::StaffNotFound)?;
            change(&mut staff);
            tx.put_staff(&staff)?;
            let left = tx.reader().all_staff()?;
            if !left.iter().any(|staff| staff.active && rights.may(staff.role, Right::Administer)) {
                return Err(Error::LastAdministrator);
            }
            tx.log(now, Some(by), action, &format!("{} {}", staff.id, staff.role.as_str()))?;
            Ok(staff)
        })?;
        // Whoever is changed while at the desk works under the new role from now on.
        let mut at_desk = write(&self.staff);
        if at_desk.as_ref().is_some_and(|staff| staff.id == changed.id) {
            *at_desk = Some(changed).filter(|staff| staff.active);
        }
        Ok(())
    }

    /// Before a slot goes, which cannot be taken back with the transaction.
    fn check_administrator_left(&self, without: &str) -> Result<(), Error> {
        let rights = self.rights();
        let staff = self.store()?.read(|r| r.all_staff())?;
        if !staff.iter().any(|staff| staff.login == without) {
            return Err(Error::StaffNotFound);
        }
        let administers =
            |staff: &&Staff| staff.active && staff.login != without && rights.may(staff.role, Right::Administer);
        if staff.iter().any(|staff| administers(&staff)) { Ok(()) } else { Err(Error::LastAdministrator) }
    }

    pub(crate) fn key(&self) -> Result<&store::DataKey, Error> {
        self.key.get().ok_or(Error::NotSignedIn)
    }
}

fn is_login(login: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    (1..=40).contains(&login.len()) && login.chars().all(sign)
}

fn strong(password: &str) -> Result<(), Error> {
    if password.chars().count() < SHORTEST_PASSWORD { Err(Error::WeakPassword) } else { Ok(()) }
}
