//! Keys that a station put in the place of those the program was made with. What they do is the window's affair; here they
//! are kept, and kept sane: each key stands for one other at most.

use crate::fault::Error;
use crate::station::Desk;
use domain::Right;
use std::collections::{BTreeMap, BTreeSet};

const SHORTCUTS: &str = "shortcuts";

/// Keys that may be changed, and letters that a key's name may have.
const MOST: usize = 100;
const LONGEST: usize = 32;

impl Desk {
    /// The keys that stand for others here: the one the program was made with, to the one to press.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn shortcuts(&self) -> Result<BTreeMap<String, String>, Error> {
        self.require(Right::Read)?;
        Ok(self.store()?.read(|r| r.setting(SHORTCUTS))?.unwrap_or_default())
    }

    /// Puts other keys in the place of those the program was made with.
    ///
    /// # Errors
    /// [`Error::BadInput`] where one key would stand for two; when the role may not.
    pub fn set_shortcuts(&self, shortcuts: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        let pressed: BTreeSet<&String> = shortcuts.values().collect();
        let named = |chord: &String| !chord.is_empty() && chord.chars().count() <= LONGEST;
        let sane = shortcuts.iter().all(|(from, to)| named(from) && named(to));
        if !sane || pressed.len() != shortcuts.len() || shortcuts.len() > MOST {
            return Err(Error::BadInput("shortcuts"));
        }
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(SHORTCUTS, shortcuts)?;
            tx.log(now, Some(staff.id), "settings.shortcuts", &shortcuts.len().to_string())?;
            Ok(())
        })?;
        self.shortcuts()
    }
}
