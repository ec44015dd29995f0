//! Signing in and out, and the desk that locks itself when nobody is at it (Q5).

use crate::fault::Error;
use crate::station::{Desk, lock, write};
use crate::throttle::Failure;
use crate::view::{DeskEvent, StaffView};
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::{FileHash, Right, Rights, Staff};
use std::collections::BTreeSet;
use store::DataKey;

/// When somebody last did something here.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    pub(crate) last: Option<DateTime<FixedOffset>>,
}

/// After so many minutes without anybody the desk locks, unless the station chose otherwise.
pub(crate) const IDLE_MINUTES: u32 = 15;

pub(crate) const RIGHTS: &str = "rights";
/// The rights that whoever wrote the table knew of.
pub(crate) const RIGHTS_KNOWN: &str = "rights_known";
pub(crate) const IDLE: &str = "idle_minutes";

impl Desk {
    /// Signs in `login`. The first to do so opens the station; the store stays open until the program ends, so
    /// that the outbox goes on while clerks change places. Whoever was signed in before is signed out.
    ///
    /// # Errors
    /// [`store::Error::WrongPassword`], [`Error::Throttled`], or what keeps the store from opening.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<StaffView, Error> {
        let now = self.now();
        if let Some(seconds) = lock(&self.throttle).wait(now) {
            return Err(Error::Throttled { seconds });
        }
        let key = match self.vault.unlock(login, password) {
            Ok(key) => key,
            Err(error @ store::Error::WrongPassword) => {
                self.count_failure(now, login)?;
                return Err(error.into());
            }
            Err(error) => return Err(error.into()),
        };
        self.open_with(key)?;
        let store = self.store()?;
        let staff = store.read(|r| r.staff_by_login(login))?.filter(|staff| staff.active);
        let staff: Staff = staff.ok_or(store::Error::WrongPassword)?;
        let failures = lock(&self.throttle).clear();
        self.log_failures(&failures)?;
        self.sign_out()?;
        store.write(|tx| tx.log(now, Some(staff.id), "sign_in", ""))?;
        *write(&self.pictures) = Some(self.clock.key());
        *write(&self.staff) = Some(staff.clone());
        self.stay_awake();
        self.wake.notify_one();
        Ok(crate::views::staff(&staff))
    }

    /// Opens the store with the data key, once in the life of the program.
    pub(crate) fn open_with(&self, key: DataKey) -> Result<(), Error> {
        if self.opened.get().is_none() {
            // Two sign-ins at once: the second store is dropped, and both see the first.
            let _ = self.opened.set(self.vault.store(&key)?);
        }
        let _ = self.key.set(key);
        self.check_machine()?;
        if let Some(rights) = self.store()?.read(|r| r.setting::<Rights>(RIGHTS))? {
            // A table that was kept before some right came to be says nothing of it.
            let later = || Right::ALL.into_iter().filter(|right| !Right::LATER.contains(right)).collect();
            let known: BTreeSet<Right> = self.store()?.read(|r| r.setting(RIGHTS_KNOWN))?.unwrap_or_else(later);
            *write(&self.rights) = rights.completed(&known, &Self::default_rights()?);
        }
        self.load_calendars()?;
        Ok(())
    }

    /// Signs out. What waits in the outbox goes on being sent.
    ///
    /// # Errors
    /// When the log cannot be written; the person is signed out all the same.
    pub fn sign_out(&self) -> Result<(), Error> {
        self.leave("sign_out")
    }

    fn leave(&self, how: &str) -> Result<(), Error> {
        let Some(staff) = write(&self.staff).take() else { return Ok(()) };
        *lock(&self.drawn) = None;
        *write(&self.pictures) = None;
        lock(&self.looked).clear();
        let now = self.now();
        Ok(self.store()?.write(|tx| tx.log(now, Some(staff.id), how, ""))?)
    }

    /// First part of every picture's address while somebody is at the desk. What kept an address from before shows nothing.
    pub(crate) fn picture_key(&self) -> Option<String> {
        crate::station::read(&self.pictures).clone()
    }

    /// Whether `key` is the one of whoever is at the desk now.
    #[must_use]
    pub fn is_picture_key(&self, key: &str) -> bool {
        self.picture_key().is_some_and(|known| FileHash::of(known.as_bytes()) == FileHash::of(key.as_bytes()))
    }

    /// Somebody is at the desk: the window says so when keys or the pointer move, and so does every use case.
    pub fn stay_awake(&self) {
        lock(&self.presence).last = Some(self.now());
    }

    /// Locks the desk when nobody has been at it for the set time and no pages are coming in. Says whether it did.
    ///
    /// # Errors
    /// When the log cannot be written; it is locked all the same.
    pub fn lock_if_idle(&self) -> Result<bool, Error> {
        if self.signed_in().is_none() {
            return Ok(false);
        }
        let minutes = self.idle_minutes()?;
        if lock(&self.running).is_some() {
            self.stay_awake();
            return Ok(false);
        }
        let now = self.now();
        let last = lock(&self.presence).last.unwrap_or(now);
        // A clock that was set back counts as a fresh start, not as an hour that never ends.
        if minutes == 0 || last > now || now - last < TimeDelta::minutes(i64::from(minutes)) {
            if last > now {
                self.stay_awake();
            }
            return Ok(false);
        }
        let left = self.leave("idle_lock");
        self.tell(DeskEvent::Locked);
        left.map(|()| true)
    }

    /// After how many minutes the desk locks; nought: never.
    ///
    /// # Errors
    /// Before the first sign-in.
    pub fn idle_minutes(&self) -> Result<u32, Error> {
        Ok(self.store()?.read(|r| r.setting(IDLE))?.unwrap_or(IDLE_MINUTES))
    }

    /// Sets after how many minutes the desk locks; nought: never.
    ///
    /// # Errors
    /// When the role may not.
    pub fn set_idle_minutes(&self, minutes: u32) -> Result<(), Error> {
        let staff = self.require(Right::Administer)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(IDLE, &minutes.min(24 * 60))?;
            tx.log(now, Some(staff.id), "settings.idle", &minutes.to_string())?;
            Ok(())
        })
    }

    pub(crate) fn count_failure(&self, now: DateTime<FixedOffset>, login: &str) -> Result<(), Error> {
        let known = self.vault.slots().iter().any(|slot| slot.login == login);
        let login = if known { login.to_owned() } else { String::new() };
        lock(&self.throttle).count(Failure { at: now, login });
        if self.opened.get().is_some() {
            let failures = lock(&self.throttle).take_unlogged();
            self.log_failures(&failures)?;
        }
        Ok(())
    }

    fn log_failures(&self, failures: &[Failure]) -> Result<(), Error> {
        if failures.is_empty() {
            return Ok(());
        }
        self.store()?.write(|tx| -> Result<(), Error> {
            for failure in failures {
                tx.log(failure.at, None, "sign_in.failed", &failure.login)?;
            }
            Ok(())
        })
    }
}
