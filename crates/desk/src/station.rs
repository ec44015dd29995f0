//! The desk itself: the station's folder, its devices, who is signed in, and what all use cases share.

use crate::clock::Clock;
use crate::error::UserError;
use crate::fault::Error;
use crate::view::{DeskEvent, Locale, StaffView, StationView, Theme};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use devices::escl::Network;
use devices::{Cancel, Printer, Scanner};
use domain::{Calendar, CalendarFile, Calendars, Office, Right, Rights, Role, Staff, StationId};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use store::{DataKey, NewSlot, Store, Vault};
use tokio::sync::Notify;

/// What is plugged in.
pub struct Parts {
    /// Every scanner.
    pub scanners: Box<dyn Scanner>,
    /// What the scanners on the network are told: their addresses are the station's.
    pub network: Network,
    /// The printers.
    pub printer: Box<dyn Printer>,
    /// The clock on the wall.
    pub clock: Clock,
    /// What the system calls this machine, where it says; tells a copied station from its model.
    pub machine: Option<String>,
}

/// The counter's desk: every use case is a method of it.
pub struct Desk {
    pub(crate) vault: Vault,
    pub(crate) profile: RwLock<Profile>,
    pub(crate) opened: OnceLock<Store>,
    /// Needed again to give a person a slot; as secret as the open store itself.
    pub(crate) key: OnceLock<DataKey>,
    pub(crate) rights: RwLock<Rights>,
    pub(crate) pictures: RwLock<Option<String>>,
    pub(crate) presence: Mutex<crate::session::Presence>,
    pub(crate) staff: RwLock<Option<Staff>>,
    pub(crate) throttle: Mutex<crate::throttle::Throttle>,
    /// As it ships: the counter's clock. What counts is [`Self::calendars`].
    pub(crate) calendar: Calendar,
    pub(crate) calendars: RwLock<Arc<Calendars>>,
    pub(crate) clock: Clock,
    pub(crate) scanners: Box<dyn Scanner>,
    pub(crate) network: Network,
    pub(crate) printer: Box<dyn Printer>,
    pub(crate) running: Mutex<Option<Cancel>>,
    pub(crate) listener: RwLock<Option<Listener>>,
    pub(crate) sync: crate::sync::SyncState,
    pub(crate) drawn: Mutex<Option<crate::papers::Drawn>>,
    pub(crate) machine: Option<String>,
    pub(crate) care: crate::care::Care,
    pub(crate) catalogue: crate::catalogue::CatalogueState,
    pub(crate) wake: Notify,
    pub(crate) population_wake: Notify,
    pub(crate) reading: crate::readers::Reading,
    pub(crate) watching: crate::folder::Watching,
    pub(crate) looked: Mutex<crate::card_picture::Looked>,
    pub(crate) sharing: crate::share::Sharing,
}

pub(crate) type Listener = Arc<dyn Fn(DeskEvent) + Send + Sync>;

/// What is known before anyone signs in; nothing in it is trusted for more than showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) office: String,
    pub(crate) office_code: String,
    pub(crate) station: String,
    pub(crate) training: bool,
    #[serde(default)]
    pub(crate) locale: Locale,
    #[serde(default)]
    pub(crate) theme: Theme,
    #[serde(default)]
    pub(crate) zoom: crate::settings::Zoom,
    /// Addresses of network scanners.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) scanners: Vec<String>,
}

/// What a new station is made of.
pub struct NewStation {
    /// The agency.
    pub office: Office,
    /// Name of the station, such as `Quầy 1`.
    pub station: String,
    /// Training mode: sample catalogue, sheets marked as worthless.
    pub training: bool,
    /// Password of the first users `clerk`, `postal` and `supervisor`.
    pub password: String,
}

/// The first users: login, name, role.
const FIRST_STAFF: [(&str, &str, Role); 3] = [
    ("clerk", "Cán bộ tiếp nhận", Role::Clerk),
    ("postal", "Nhân viên bưu chính", Role::Postal),
    ("supervisor", "Phụ trách bộ phận", Role::Supervisor),
];

/// The same desks in training mode, with made-up people.
const TRAINING_NAMES: [&str; 3] = ["Lê Thị Thu Hằng", "Phạm Quốc Bảo", "Trần Minh Đức"];

pub(crate) const OFFICE: &str = "office";
pub(crate) const STATION: &str = "station";

impl Desk {
    /// Makes a station in `dir`. Everything is written before the key file, so that an interrupted creation starts over.
    ///
    /// # Errors
    /// [`store::Error::Exists`] when there is one already.
    pub fn create(dir: &Path, new: &NewStation, parts: Parts) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(|error| Error::file(dir, error))?;
        if Vault::exists(dir) {
            return Err(store::Error::Exists(dir.to_owned()).into());
        }
        let profile = Profile {
            office: new.office.name.clone(),
            office_code: new.office.code.to_string(),
            station: new.station.clone(),
            training: new.training,
            locale: Locale::Vi,
            theme: Theme::System,
            zoom: crate::settings::Zoom::default(),
            scanners: Vec::new(),
        };
        save_profile(dir, &profile)?;
        let name = |n: usize| if new.training { TRAINING_NAMES[n] } else { FIRST_STAFF[n].1 };
        let slots: Vec<NewSlot<'_>> = FIRST_STAFF
            .iter()
            .enumerate()
            .map(|(n, (login, ..))| NewSlot { login, name: name(n), password: &new.password })
            .collect();
        let clock = parts.clock.clone();
        let fill = |store: &Store| -> Result<(), Error> {
            if new.training {
                Self::bring_in_training(store, &clock)?;
            }
            store.write(|tx| -> Result<(), Error> {
                for (n, (login, _, role)) in FIRST_STAFF.iter().enumerate() {
                    let (login, name) = ((*login).to_owned(), name(n).to_owned());
                    tx.put_staff(&Staff { id: clock.id(), login, name, role: *role, active: true })?;
                }
                tx.set(OFFICE, &new.office)?;
                let station = clock.id::<StationId>();
                tx.set(STATION, &station)?;
                if new.training {
                    crate::fees::train(tx, &new.office, station, clock.now())?;
                }
                tx.log(clock.now(), None, "station.create", &new.office.code.to_string())?;
                Ok(())
            })
        };
        let (vault, store) = Vault::create_filled(dir, &slots, fill)?;
        let desk = Self::assemble(vault, profile, parts)?;
        let _ = desk.opened.set(store);
        Ok(desk)
    }

    /// Takes hold of the station in `dir`; it opens when somebody signs in.
    ///
    /// # Errors
    /// [`store::Error::Missing`], [`store::Error::InUse`] or [`store::Error::Damaged`].
    pub fn open(dir: &Path, parts: Parts) -> Result<Self, Error> {
        let vault = Vault::open(dir)?;
        let path = profile_path(dir);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::file(&path, error))?;
        let profile =
            serde_json::from_str(&text).map_err(|error| store::Error::Damaged(format!("station.json: {error}")))?;
        Self::assemble(vault, profile, parts)
    }

    fn assemble(vault: Vault, profile: Profile, parts: Parts) -> Result<Self, Error> {
        let throttle = crate::throttle::Throttle::load(vault.dir());
        crate::scanners::tell(&parts.network, &profile, vault.dir());
        let desk = Self {
            vault,
            profile: RwLock::new(profile),
            opened: OnceLock::new(),
            key: OnceLock::new(),
            rights: RwLock::new(Self::default_rights()?),
            pictures: RwLock::default(),
            presence: Mutex::default(),
            staff: RwLock::new(None),
            throttle: Mutex::new(throttle),
            calendar: Self::default_calendar()?,
            calendars: RwLock::new(Arc::new(Self::shipped_calendar()?.calendars()?)),
            clock: parts.clock,
            scanners: parts.scanners,
            network: parts.network,
            printer: parts.printer,
            running: Mutex::new(None),
            listener: RwLock::new(None),
            sync: crate::sync::SyncState::default(),
            drawn: Mutex::new(None),
            machine: parts.machine,
            care: crate::care::Care::default(),
            catalogue: crate::catalogue::CatalogueState::default(),
            wake: Notify::new(),
            population_wake: Notify::new(),
            reading: crate::readers::Reading::default(),
            watching: crate::folder::Watching::default(),
            looked: Mutex::default(),
            sharing: crate::share::Sharing::default(),
        };
        desk.clear_opened_papers();
        Ok(desk)
    }

    /// The calendar that ships with the program (D§4.3).
    ///
    /// # Errors
    /// Never in a build whose tests pass.
    pub fn default_calendar() -> Result<Calendar, Error> {
        Ok(Self::shipped_calendar()?.calendars()?.base().clone())
    }

    /// The calendar file that ships with the program.
    pub(crate) fn shipped_calendar() -> Result<CalendarFile, Error> {
        Ok(CalendarFile::from_json(include_str!("../../../assets/calendars/vn.json"))?)
    }

    /// The rights that ship with the program.
    ///
    /// # Errors
    /// Never in a build whose tests pass.
    pub fn default_rights() -> Result<Rights, Error> {
        Ok(Rights::from_json(include_str!("../../../assets/rights.json"))?)
    }

    /// Whether `dir` holds a training station; decides only which scanners are offered.
    #[must_use]
    pub fn is_training(dir: &Path) -> bool {
        load_profile(dir).is_some_and(|profile| profile.training)
    }

    /// The folder of the station.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.vault.dir()
    }

    /// What the frame and the sign-in screen show.
    #[must_use]
    pub fn station(&self) -> StationView {
        let profile = self.profile();
        let user = |slot: &store::Slot| StaffView {
            login: slot.login.clone(),
            name: slot.name.clone(),
            role: self.shown_role(&slot.login),
        };
        StationView {
            office: profile.office.clone(),
            office_code: profile.office_code.clone(),
            station: profile.station.clone(),
            training: profile.training,
            users: self.vault.slots().iter().map(user).collect(),
            signed_in: self.signed_in().map(|staff| crate::views::staff(&staff)),
            pictures: self.picture_key(),
            locale: profile.locale,
            theme: profile.theme,
            zoom: profile.zoom,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            cut_off: self.calendars().base().cut_off().format("%H:%M").to_string(),
            training_password: profile.training.then(|| crate::training::PASSWORD.to_owned()),
        }
    }

    /// Before the store is open the role is only known for the first users; it decides nothing here.
    fn shown_role(&self, login: &str) -> Role {
        let stored = self.opened.get().and_then(|store| store.read(|r| r.staff_by_login(login)).ok().flatten());
        let first = || FIRST_STAFF.iter().find(|(first, ..)| *first == login).map(|(_, _, role)| *role);
        stored.map(|staff| staff.role).or_else(first).unwrap_or(Role::Clerk)
    }

    /// Sets who hears of what concerns every screen.
    pub fn listen(&self, listener: impl Fn(DeskEvent) + Send + Sync + 'static) {
        *write(&self.listener) = Some(Arc::new(listener));
    }

    pub(crate) fn tell(&self, event: DeskEvent) {
        let listener = read(&self.listener).clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }

    /// What the person is told of `error`, in the station's language.
    #[must_use]
    pub fn explain(&self, error: &Error) -> UserError {
        self.note_doubtful();
        error.for_person(self.profile().locale)
    }

    pub(crate) fn profile(&self) -> Profile {
        read(&self.profile).clone()
    }

    pub(crate) fn change_profile(&self, change: impl FnOnce(&mut Profile)) -> Result<(), Error> {
        let mut profile = write(&self.profile);
        change(&mut profile);
        save_profile(self.vault.dir(), &profile)
    }

    /// The store, once somebody has signed in.
    pub(crate) fn store(&self) -> Result<&Store, Error> {
        self.opened.get().ok_or(Error::NotSignedIn)
    }

    /// Who is signed in, if they have `right`. Every use case asks this first.
    pub(crate) fn require(&self, right: Right) -> Result<Staff, Error> {
        let staff = self.signed_in().ok_or(Error::NotSignedIn)?;
        if !read(&self.rights).may(staff.role, right) {
            return Err(Error::NotAllowed);
        }
        self.stay_awake();
        Ok(staff)
    }

    pub(crate) fn signed_in(&self) -> Option<Staff> {
        read(&self.staff).clone()
    }

    /// The agency, from inside the encryption.
    pub(crate) fn office(&self) -> Result<Office, Error> {
        self.store()?.read(|r| r.setting(OFFICE))?.ok_or_else(|| store::Error::Damaged("office".into()).into())
    }

    pub(crate) fn station_id(&self) -> Result<StationId, Error> {
        self.store()?.read(|r| r.setting(STATION))?.ok_or_else(|| store::Error::Damaged("station".into()).into())
    }

    /// Now, on the counter's clock.
    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now().with_timezone(&self.calendar.offset())
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    pub(crate) fn midnight(&self, day: NaiveDate) -> DateTime<FixedOffset> {
        self.calendar.instant(day.and_time(NaiveTime::MIN))
    }
}

fn profile_path(dir: &Path) -> PathBuf {
    dir.join("station.json")
}

/// The profile of the station in `dir`, where one reads.
pub(crate) fn load_profile(dir: &Path) -> Option<Profile> {
    serde_json::from_str(&std::fs::read_to_string(profile_path(dir)).ok()?).ok()
}

fn save_profile(dir: &Path, profile: &Profile) -> Result<(), Error> {
    let path = profile_path(dir);
    let next = dir.join("station.json.new");
    let text = serde_json::to_vec_pretty(profile).map_err(|error| store::Error::Damaged(error.to_string()))?;
    std::fs::write(&next, text)
        .and_then(|()| std::fs::File::open(&next)?.sync_all())
        .and_then(|()| std::fs::rename(&next, &path))
        .map_err(|error| Error::file(&path, error))
}

/// A panic elsewhere leaves plain values behind, which are as good as they were.
pub(crate) fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
