//! Scanners on the network: the addresses that this station was told, kept in its profile, so that they are looked for
//! before anybody signs in.

use crate::fault::Error;
use crate::station::{Desk, Profile};
use devices::escl::{self, Network};
use domain::Right;
use std::path::Path;

/// More than an office has.
const MOST: usize = 40;
/// A quirk table beyond this is none.
const LARGEST: u64 = 1 << 20;

impl Desk {
    /// The addresses of the network's scanners.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn scanner_addresses(&self) -> Result<Vec<String>, Error> {
        self.require(Right::Read)?;
        Ok(self.profile().scanners)
    }

    /// Adds the scanner at `typed`, such as `192.0.2.14` or `https://may-quet.local/eSCL`; returns all addresses.
    ///
    /// # Errors
    /// [`Error::BadInput`] for what is no address, or one too many.
    pub fn add_scanner(&self, typed: &str) -> Result<Vec<String>, Error> {
        let address = escl::address(typed).ok_or(Error::BadInput("address"))?;
        self.change_scanners("settings.scanner_add", |all| {
            if !all.contains(&address) {
                all.push(address);
            }
            if all.len() > MOST { Err(Error::BadInput("address")) } else { Ok(()) }
        })
    }

    /// Takes the scanner at `typed` out of the list; returns the addresses that are left.
    ///
    /// # Errors
    /// [`Error::BadInput`] when it is not in it.
    pub fn remove_scanner(&self, typed: &str) -> Result<Vec<String>, Error> {
        let address = escl::address(typed).ok_or(Error::BadInput("address"))?;
        self.change_scanners("settings.scanner_remove", |all| {
            let before = all.len();
            all.retain(|one| *one != address);
            if all.len() == before { Err(Error::BadInput("address")) } else { Ok(()) }
        })
    }

    fn change_scanners(
        &self,
        what: &'static str,
        change: impl FnOnce(&mut Vec<String>) -> Result<(), Error>,
    ) -> Result<Vec<String>, Error> {
        let staff = self.require(Right::Intake)?;
        let mut all = self.profile().scanners;
        change(&mut all)?;
        self.change_profile(|profile| profile.scanners.clone_from(&all))?;
        self.network.set_addresses(all.clone());
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(staff.id), what, &all.len().to_string()))?;
        Ok(all)
    }
}

/// As [`tell`], before anybody has opened the station in `data`, where there is one.
pub(crate) fn tell_unopened(network: &Network, data: &Path) {
    if let Some(profile) = crate::station::load_profile(data) {
        tell(network, &profile, data);
    }
}

/// Tells the scanners of the network what the station in `data` knows of them.
pub(crate) fn tell(network: &Network, profile: &Profile, data: &Path) {
    network.set_addresses(profile.scanners.clone());
    let table = data.join("quirks").join("escl.json");
    let small = std::fs::metadata(&table).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
    network.set_quirks(small.then(|| std::fs::read_to_string(&table).ok()).flatten());
}
