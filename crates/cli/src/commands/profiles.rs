//! Scan profiles at the console.

use super::devices::options;
use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::{Profile, SetProfile};
use desk::Desk;
use desk::view::ScanProfile;
use serde_json::{Value, json};

/// `motcua profile`
pub(crate) fn profile(desk: &Desk, profile: &Profile) -> Result<Value, Failure> {
    let number = |named: &str| Ok::<u32, Failure>(told(desk, desk.find_scan_profile(named))?.id);
    let view = match profile {
        Profile::List { dossier, device } => {
            let dossier = dossier.as_deref().map(|id| told(desk, desk.find_dossier(id))).transpose()?;
            desk.scan_profiles(dossier, device.as_deref())
        }
        Profile::Set(set) => desk.set_scan_profile(&made_of(desk, set)?),
        Profile::Remove { profile } => desk.remove_scan_profile(number(profile)?),
        Profile::Lock { profile } => desk.lock_scan_profile(number(profile)?, true),
        Profile::Unlock { profile } => desk.lock_scan_profile(number(profile)?, false),
    };
    Ok(value(told(desk, view)?))
}

fn made_of(desk: &Desk, set: &SetProfile) -> Result<ScanProfile, Failure> {
    let before = desk.find_scan_profile(&set.name).ok();
    let name = set.rename.clone().or_else(|| before.as_ref().map(|one| one.name.clone()));
    let made = json!({
        "id": before.map_or(0, |one| one.id), "name": name.unwrap_or_else(|| set.name.clone()), "papers": set.paper,
        "device": set.device, "source": set.source, "dpi": set.dpi, "mode": set.mode, "size": set.size,
        "blank": set.blank, "when_empty": set.when_empty, "extra": options(&set.option)?, "key": set.key, "locked": set.lock,
    });
    serde_json::from_value(made).map_err(|error| Failure::Usage(error.to_string()))
}
