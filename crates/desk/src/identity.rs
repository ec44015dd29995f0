//! A station is one machine (T-49). A copy of its disk, or of its folder, must not give out its numbers or speak in
//! its name: it is noticed here by the machine it runs on, and by the central system at the first round.

use crate::clock::Clock;
use crate::fault::Error;
use crate::station::{Desk, STATION};
use crate::sync::{CENTRAL, CentralLink};
use crate::view::Link;
use domain::{FileHash, StationId};
use store::Writer;

const MACHINE: &str = "machine";

impl Desk {
    /// Compares the machine with the one the data was last opened on; another one makes this another station.
    pub(crate) fn check_machine(&self) -> Result<(), Error> {
        let Some(machine) = &self.machine else { return Ok(()) };
        let machine = hashed(machine);
        let known: Option<String> = self.store()?.read(|r| r.setting(MACHINE))?;
        if known.as_ref() == Some(&machine) {
            return Ok(());
        }
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(MACHINE, &machine)?;
            if known.is_some() {
                self.part_from_the_other(tx, "station.moved")?;
            }
            Ok(())
        })
    }

    /// What the central system said: another machine speaks as this station.
    pub(crate) fn become_another(&self) -> Result<(), Error> {
        self.store()?.write(|tx| self.part_from_the_other(tx, "station.cloned"))?;
        self.lend_anew(None);
        self.note_link(Link::NotEnrolled, Some((crate::ErrorCode::StationCloned, None)));
        Ok(())
    }

    fn part_from_the_other(&self, tx: &Writer<'_>, why: &str) -> Result<(), Error> {
        part(tx, &self.clock, why)
    }
}

/// Gives up numbers, name and secret in one go. What was received stays, and goes out after a new enrolment.
pub(crate) fn part(tx: &Writer<'_>, clock: &Clock, why: &str) -> Result<(), Error> {
    tx.end_leases()?;
    tx.end_serials(why)?;
    let before: Option<StationId> = tx.reader().setting(STATION)?;
    // The id is in provisional codes, which must differ from the other's from now on.
    tx.set(STATION, &clock.id::<StationId>())?;
    if let Some(link) = tx.reader().setting::<CentralLink>(CENTRAL)?.filter(|link| !link.void) {
        let secret = String::new();
        tx.set(CENTRAL, &CentralLink { secret, turn: None, void: true, former: before, ..link })?;
    }
    // So is the address that opens its scanners to others.
    tx.set(crate::share::SHARES, &None::<()>)?;
    Ok(tx.log(clock.now(), None, why, "")?)
}

/// Notes the machine that the data lies on from now on.
pub(crate) fn settle_on(tx: &Writer<'_>, machine: Option<&str>) -> Result<(), Error> {
    machine.map_or(Ok(()), |machine| Ok(tx.set(MACHINE, &hashed(machine))?))
}

/// Kept as a hash: what names the machine is nobody else's business.
fn hashed(machine: &str) -> String {
    FileHash::of(machine.as_bytes()).to_string()
}
