//! Signing in and out. A wrong password costs time, ever more of it.

use crate::fault::Error;
use crate::station::{Desk, lock, write};
use crate::view::StaffView;
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::Staff;

/// Wrong passwords in a row, and until when nobody may try.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: u32,
    until: Option<DateTime<FixedOffset>>,
}

/// So many wrong passwords are forgiven without a wait.
const FORGIVEN: u32 = 4;

impl Desk {
    /// Signs in `login`. The first to do so opens the station; the store stays open until the program ends, so
    /// that the outbox goes on while clerks change places.
    ///
    /// # Errors
    /// [`store::Error::WrongPassword`], [`Error::Throttled`], or what keeps the store from opening.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<StaffView, Error> {
        let now = self.now();
        if let Some(until) = lock(&self.throttle).until.filter(|until| *until > now) {
            return Err(Error::Throttled { seconds: (until - now).num_seconds().max(1) });
        }
        let key = match self.vault.unlock(login, password) {
            Ok(key) => key,
            Err(error @ store::Error::WrongPassword) => {
                self.count_failure(now, login)?;
                return Err(error.into());
            }
            Err(error) => return Err(error.into()),
        };
        *lock(&self.throttle) = Throttle::default();
        if self.opened.get().is_none() {
            // Two sign-ins at once: the second store is dropped, and both see the first.
            let _ = self.opened.set(self.vault.store(&key)?);
        }
        let store = self.store()?;
        let staff: Staff = store.read(|r| r.staff_by_login(login))?.ok_or(store::Error::WrongPassword)?;
        store.write(|tx| tx.log(now, Some(staff.id), "sign_in", ""))?;
        *write(&self.staff) = Some(staff.clone());
        self.wake.notify_one();
        Ok(crate::views::staff(&staff))
    }

    /// Signs out. What waits in the outbox goes on being sent.
    ///
    /// # Errors
    /// When the log cannot be written; the person is signed out all the same.
    pub fn sign_out(&self) -> Result<(), Error> {
        let Some(staff) = write(&self.staff).take() else { return Ok(()) };
        *lock(&self.drawn) = None;
        let now = self.now();
        Ok(self.store()?.write(|tx| tx.log(now, Some(staff.id), "sign_out", ""))?)
    }

    fn count_failure(&self, now: DateTime<FixedOffset>, login: &str) -> Result<(), Error> {
        let mut throttle = lock(&self.throttle);
        throttle.failures += 1;
        if throttle.failures > FORGIVEN {
            let seconds = 5_i64 << (throttle.failures - FORGIVEN - 1).min(6);
            throttle.until = Some(now + TimeDelta::seconds(seconds));
        }
        drop(throttle);
        // Before the first sign-in of a run the log is closed; the wait above is all there is.
        let known = self.vault.slots().iter().any(|slot| slot.login == login);
        if let Some(store) = self.opened.get() {
            store.write(|tx| tx.log(now, None, "sign_in.failed", if known { login } else { "?" }))?;
        }
        Ok(())
    }
}
