//! Scan profiles (kiểu quét): what a paper is scanned with, by its kind or by a key. One that is locked is scanned with
//! and not changed by a clerk (G4); what a scanner cannot do of one is told before anybody relies on it (G5).

use crate::fault::Error;
use crate::sentences;
use crate::station::Desk;
use crate::view::{ComponentProfile, ProfilesView, ScanProfile, ScanRequest};
use devices::{ScanSettings, Shortfall};
use domain::fold::{fold, tidy};
use domain::scan_profile::{Binding, applies};
use domain::{DossierId, Right};

const PROFILES: &str = "scan_profiles";

/// More than anybody tells apart.
const MOST: usize = 40;
/// Letters of a name, of the words of a paper, of an option.
const LONGEST: usize = 80;
/// Words of papers, options of a driver.
const MOST_WORDS: usize = 30;

/// Asked of a scan in place of a profile's number: none, whatever the paper is.
pub(crate) const NO_PROFILE: u32 = 0;

/// A scan as it is made up of what was asked, a profile and what the scanner can do.
pub(crate) struct Plan {
    pub(crate) request: ScanRequest,
    /// The name of the profile.
    pub(crate) profile: Option<String>,
    /// What differs from the profile, in words.
    pub(crate) told: Vec<String>,
}

impl Desk {
    /// The profiles, and which of them each paper of `dossier` is scanned with on `device`.
    ///
    /// # Errors
    /// When nobody is signed in or the dossier is unknown.
    pub fn scan_profiles(&self, dossier: Option<DossierId>, device: Option<&str>) -> Result<ProfilesView, Error> {
        let staff = self.require(Right::Read)?;
        let profiles = self.profiles()?;
        let mut components = Vec::new();
        if let (Some(id), Some(device)) = (dossier, device) {
            let dossier = self.store()?.read(|r| r.dossier(id))?.ok_or(Error::DossierNotFound)?;
            components.extend(dossier.components.iter().filter_map(|part| {
                let profile = of_paper(&profiles, &part.name, device)?.id;
                Some(ComponentProfile { component: part.index, profile })
            }));
        }
        Ok(ProfilesView { profiles, may_lock: self.may(&staff, Right::LockProfiles), components })
    }

    /// Adds a profile (number 0) or changes one.
    ///
    /// # Errors
    /// [`Error::BadInput`] names the field; [`Error::NotAllowed`] where a lock is touched by who may not.
    pub fn set_scan_profile(&self, profile: &ScanProfile) -> Result<ProfilesView, Error> {
        let mut fresh = tidied(profile)?;
        self.change_profiles("settings.profile_set", |all, may_lock| {
            let others = || all.iter().filter(|one| one.id != fresh.id);
            if others().any(|one| fold(&one.name) == fold(&fresh.name)) {
                return Err(Error::BadInput("name"));
            }
            if fresh.key.is_some() && others().any(|one| one.key == fresh.key) {
                return Err(Error::BadInput("key"));
            }
            let before = all.iter().position(|one| one.id == fresh.id);
            let was_locked = before.is_some_and(|at| all[at].locked);
            if (was_locked || fresh.locked) && !may_lock {
                return Err(Error::NotAllowed);
            }
            match before {
                Some(at) => all[at] = fresh.clone(),
                None if fresh.id != 0 => return Err(Error::BadInput("profile")),
                None if all.len() >= MOST => return Err(Error::BadInput("profiles")),
                None => {
                    fresh.id = all.iter().map(|one| one.id).max().unwrap_or_default() + 1;
                    all.push(fresh.clone());
                }
            }
            Ok(fresh)
        })
    }

    /// Locks a profile, or opens it again.
    ///
    /// # Errors
    /// [`Error::BadInput`] for an unknown one; [`Error::NotAllowed`].
    pub fn lock_scan_profile(&self, id: u32, locked: bool) -> Result<ProfilesView, Error> {
        self.require(Right::LockProfiles)?;
        let profile = self.profiles()?.into_iter().find(|one| one.id == id).ok_or(Error::BadInput("profile"))?;
        self.set_scan_profile(&ScanProfile { locked, ..profile })
    }

    /// Takes a profile away.
    ///
    /// # Errors
    /// [`Error::BadInput`] for an unknown one; [`Error::NotAllowed`] for a locked one.
    pub fn remove_scan_profile(&self, id: u32) -> Result<ProfilesView, Error> {
        self.change_profiles("settings.profile_remove", |all, may_lock| {
            let at = all.iter().position(|one| one.id == id).ok_or(Error::BadInput("profile"))?;
            if all[at].locked && !may_lock { Err(Error::NotAllowed) } else { Ok(all.remove(at)) }
        })
    }

    /// The profile that is named so, or has this number.
    ///
    /// # Errors
    /// [`Error::BadInput`] when there is none.
    pub fn find_scan_profile(&self, named: &str) -> Result<ScanProfile, Error> {
        self.require(Right::Read)?;
        let number = named.trim().parse::<u32>().ok();
        let all = self.profiles()?;
        let found = all.iter().find(|one| Some(one.id) == number || fold(&one.name) == fold(named));
        found.cloned().ok_or(Error::BadInput("profile"))
    }

    /// What to scan a paper called `name` with, or anything where it has none.
    pub(crate) fn plan_scan(&self, name: Option<&str>, request: &ScanRequest) -> Result<Plan, Error> {
        let all = self.profiles()?;
        let may_lock = self.signed_in().is_some_and(|staff| self.may(&staff, Right::LockProfiles));
        let by_itself = name.and_then(|name| of_paper(&all, name, &request.device));
        let by_hand = match request.profile {
            None => by_itself,
            Some(NO_PROFILE) => None,
            Some(id) => Some(all.iter().find(|one| one.id == id).ok_or(Error::BadInput("profile"))?),
        };
        let locale = self.profile().locale;
        let mut told = Vec::new();
        // A lock that a key goes around would be none.
        let held = by_itself.filter(|one| one.locked && !may_lock);
        if let Some(held) = held.filter(|held| by_hand.map(|one| one.id) != Some(held.id)) {
            told.push(sentences::profile_locked(&held.name, locale));
        }
        let Some(profile) = held.or(by_hand) else {
            return Ok(Plan { request: request.clone(), profile: None, told });
        };
        let mut request = request.clone();
        // As the office machine scans, so it comes.
        if !request.device.starts_with("folder:") || profile.device.is_some() {
            let caps = self.caps_for(profile, &mut request, &mut told);
            self.apply(profile, &mut request, caps.as_ref(), &mut told);
        }
        request.blank = profile.blank.or(request.blank);
        request.when_empty = profile.when_empty.or(request.when_empty);
        Ok(Plan { request, profile: Some(profile.name.clone()), told })
    }

    /// Goes over to the profile's own scanner where that answers, and says what the scanner in use can do.
    fn caps_for(
        &self,
        profile: &ScanProfile,
        request: &mut ScanRequest,
        told: &mut Vec<String>,
    ) -> Option<devices::Caps> {
        if let Some(own) = profile.device.as_ref().filter(|own| **own != request.device) {
            match self.scanners.caps(own) {
                Ok(caps) => {
                    // What was chosen for the other scanner says nothing of this one.
                    (request.source, request.dpi, request.mode, request.extra) = (None, None, None, Vec::new());
                    request.device.clone_from(own);
                    return Some(caps);
                }
                Err(error) => {
                    tracing::warn!(%error, own, "the scanner of a profile does not answer");
                    told.push(sentences::profile_elsewhere(self.profile().locale));
                }
            }
        }
        // A scanner that does not answer says so when it is to scan.
        self.scanners.caps(&request.device).ok()
    }

    fn apply(
        &self,
        profile: &ScanProfile,
        request: &mut ScanRequest,
        caps: Option<&devices::Caps>,
        told: &mut Vec<String>,
    ) {
        let wanted = ScanSettings {
            source: profile.source.or(request.source),
            dpi: profile.dpi.or(request.dpi),
            mode: profile.mode.or(request.mode),
            size: profile.size.or(request.size),
            extra: Vec::new(),
        };
        let (fitted, short) = match caps {
            Some(caps) => devices::fit(&wanted, caps),
            None => (wanted, Vec::new()),
        };
        (request.source, request.dpi, request.mode, request.size) =
            (fitted.source, fitted.dpi, fitted.mode, fitted.size);
        // Options are words of one driver; another would end the scan over them.
        if profile.device.as_deref() == Some(request.device.as_str()) {
            request.extra.retain(|(name, _)| profile.extra.iter().all(|(own, _)| own != name));
            request.extra.extend(profile.extra.iter().cloned());
        }
        let locale = self.profile().locale;
        told.extend(short.iter().map(|one: &Shortfall| sentences::shortfall(*one, locale)));
    }

    pub(crate) fn profiles(&self) -> Result<Vec<ScanProfile>, Error> {
        Ok(self.store()?.read(|r| r.setting(PROFILES))?.unwrap_or_default())
    }

    fn change_profiles(
        &self,
        what: &'static str,
        change: impl FnOnce(&mut Vec<ScanProfile>, bool) -> Result<ScanProfile, Error>,
    ) -> Result<ProfilesView, Error> {
        let staff = self.require(Right::Intake).or_else(|_| self.require(Right::LockProfiles))?;
        let (now, may_lock) = (self.now(), self.may(&staff, Right::LockProfiles));
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut all: Vec<ScanProfile> = tx.reader().setting(PROFILES)?.unwrap_or_default();
            let changed = change(&mut all, may_lock)?;
            tx.set(PROFILES, &all)?;
            tx.log(now, Some(staff.id), what, &serde_json::to_string(&changed).unwrap_or_default())?;
            Ok(())
        })?;
        self.scan_profiles(None, None)
    }
}

fn of_paper<'a>(all: &'a [ScanProfile], name: &str, device: &str) -> Option<&'a ScanProfile> {
    let bindings = all.iter().map(|one| Binding { papers: &one.papers, device: one.device.as_deref() });
    applies(bindings, name, device).map(|at| &all[at])
}

/// A profile as it is kept: without spaces too many, every value one that a scan takes.
fn tidied(profile: &ScanProfile) -> Result<ScanProfile, Error> {
    let short = |text: &str| text.chars().count() <= LONGEST;
    let (name, mut papers) =
        (tidy(&profile.name), profile.papers.iter().map(|words| tidy(words)).collect::<Vec<String>>());
    papers.retain(|words| !words.is_empty());
    if name.is_empty() || !short(&name) {
        return Err(Error::BadInput("name"));
    }
    if papers.len() > MOST_WORDS || !papers.iter().all(|words| short(words)) {
        return Err(Error::BadInput("papers"));
    }
    if profile.dpi.is_some_and(|dpi| !(50..=2_400).contains(&dpi)) {
        return Err(Error::BadInput("dpi"));
    }
    if profile.key.is_some_and(|key| !(1..=9).contains(&key)) {
        return Err(Error::BadInput("key"));
    }
    let option = |(name, value): &(String, String)| {
        let plain = |text: &str| short(text) && !text.is_empty() && !text.contains(char::is_control);
        plain(name) && plain(value) && !name.starts_with('-')
    };
    let sane = profile.extra.len() <= MOST_WORDS && profile.extra.iter().all(option);
    if !sane || (profile.device.is_none() && !profile.extra.is_empty()) {
        return Err(Error::BadInput("option"));
    }
    let device = profile.device.clone().filter(|device| !device.is_empty());
    if device.as_ref().is_some_and(|device| device.len() > 4 * LONGEST) {
        return Err(Error::BadInput("device"));
    }
    Ok(ScanProfile { name, papers, device, ..profile.clone() })
}
