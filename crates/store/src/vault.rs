//! The data folder before it is open: its lock, and the key slots.
//!
//! Slots come, go and change without a byte of the data being written anew: what they wrap stays the same key.
//!
//! `lock` is held by the operating system for as long as the process lives, so that a second copy of the
//! program is refused even after a crash left files behind (T-57).

use crate::keys::{DataKey, Slot};
use crate::place;
use crate::recovery::RecoveryKey;
use crate::{Error, Store};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// A data folder that this process holds.
#[derive(Debug)]
pub struct Vault {
    dir: PathBuf,
    keys: RwLock<KeyFile>,
    _lock: File,
}

/// A member of staff to make a slot for.
#[derive(Clone, Copy)]
pub struct NewSlot<'a> {
    /// What is typed to sign in.
    pub login: &'a str,
    /// Name shown on the sign-in screen.
    pub name: &'a str,
    /// The password; kept nowhere.
    pub password: &'a str,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeyFile {
    version: u32,
    slots: Vec<Slot>,
    /// The key that lies in the agency's safe, once it was made.
    #[serde(default)]
    recovery: Option<Slot>,
}

/// The newest key file this program reads.
const VERSION: u32 = 1;

/// Stands where a slot has its login; nobody's login, since those have no space.
const RECOVERY: &str = "recovery key";

impl Vault {
    /// Whether `dir` holds a station.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join("keys.json").exists()
    }

    /// Makes a station in `dir`, with a new data key and a slot for each of `slots`, and opens it.
    ///
    /// # Errors
    /// As [`Vault::create_filled`].
    pub fn create(dir: &Path, slots: &[NewSlot<'_>]) -> Result<(Self, Store), Error> {
        Self::create_filled(dir, slots, |_| Ok(()))
    }

    /// Makes a station as [`Vault::create`] does, with what `fill` puts into it.
    ///
    /// The key file is written last: a crash before it leaves a folder that counts as empty. Written before `fill` was
    /// done, it would leave a station that has passwords and nobody to whom they belong.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is one already; [`Error::InUse`] when another process holds the folder;
    /// [`Error::NetworkDrive`]; what `fill` returned.
    pub fn create_filled<E: From<Error>>(
        dir: &Path,
        slots: &[NewSlot<'_>],
        fill: impl FnOnce(&Store) -> Result<(), E>,
    ) -> Result<(Self, Store), E> {
        let lock = hold_new(dir)?;
        // What an interrupted creation left behind was encrypted with a key that nobody has.
        for name in ["motcua.db", "motcua.db-wal", "motcua.db-shm"] {
            let left = dir.join(name);
            if left.exists() {
                fs::remove_file(&left).map_err(Error::io(&left))?;
            }
        }
        let key = DataKey::random()?;
        let slots = slots
            .iter()
            .map(|slot| Slot::wrap(&key, slot.login, slot.name, slot.password))
            .collect::<Result<_, Error>>()?;
        let store = Store::open(dir, &key)?;
        fill(&store)?;
        let keys = KeyFile { version: VERSION, slots, recovery: None };
        save(dir, &keys)?;
        Ok((Self { dir: dir.to_owned(), keys: RwLock::new(keys), _lock: lock }, store))
    }

    /// Takes hold of the station in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::InUse`], [`Error::NetworkDrive`], or [`Error::Damaged`] when the key file does not
    /// read.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !Self::exists(dir) {
            return Err(Error::Missing(dir.to_owned()));
        }
        place::refuse_network_drive(dir)?;
        let lock = lock(dir)?;
        let path = dir.join("keys.json");
        let file = parse(&fs::read_to_string(&path).map_err(Error::io(&path))?)?;
        Ok(Self { dir: dir.to_owned(), keys: RwLock::new(file), _lock: lock })
    }

    /// Who can open the station.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        self.keys().slots.clone()
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Opens the slot of `login` with `password`. Takes some 30 ms on purpose.
    ///
    /// # Errors
    /// [`Error::WrongPassword`], also when there is no such slot.
    pub fn unlock(&self, login: &str, password: &str) -> Result<DataKey, Error> {
        let keys = self.keys().clone();
        keys.unlock(login, password)
    }

    /// Opens the station with the key out of the safe.
    ///
    /// # Errors
    /// [`Error::MistypedRecovery`] when it is no recovery key at all, [`Error::WrongPassword`] when it is not this
    /// station's, or when none was ever made.
    pub fn unlock_with_recovery(&self, typed: &str) -> Result<DataKey, Error> {
        let typed: RecoveryKey = typed.parse()?;
        let slot = self.keys().recovery.clone();
        slot.ok_or(Error::WrongPassword)?.unwrap_key(typed.secret())
    }

    /// Whether a recovery key was made.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.keys().recovery.is_some()
    }

    /// Makes a new recovery key; the one before opens nothing any more. Kept nowhere: whoever asked must print it.
    ///
    /// # Errors
    /// When the key file cannot be written; the old key then still holds.
    pub fn renew_recovery(&self, key: &DataKey) -> Result<RecoveryKey, Error> {
        let recovery = RecoveryKey::random()?;
        let slot = Slot::wrap(key, RECOVERY, "", recovery.secret())?;
        self.change(|keys| keys.recovery = Some(slot))?;
        Ok(recovery)
    }

    /// Gives a person a slot, or a new password in place of the one before.
    ///
    /// # Errors
    /// When the key file cannot be written; nothing has changed then.
    pub fn put_slot(&self, key: &DataKey, new: NewSlot<'_>) -> Result<(), Error> {
        let slot = Slot::wrap(key, new.login, new.name, new.password)?;
        self.change(|keys| match keys.slots.iter_mut().find(|slot| slot.login == new.login) {
            Some(old) => *old = slot,
            None => keys.slots.push(slot),
        })
    }

    /// Takes a person's slot away: the password opens nothing from now on.
    ///
    /// # Errors
    /// When the key file cannot be written; nothing has changed then.
    pub fn remove_slot(&self, login: &str) -> Result<(), Error> {
        self.change(|keys| keys.slots.retain(|slot| slot.login != login))
    }

    /// Changes the name that the sign-in screen shows.
    ///
    /// # Errors
    /// When the key file cannot be written; nothing has changed then.
    pub fn rename_slot(&self, login: &str, name: &str) -> Result<(), Error> {
        self.change(|keys| {
            for slot in keys.slots.iter_mut().filter(|slot| slot.login == login) {
                slot.name = name.to_owned();
            }
        })
    }

    fn keys(&self) -> std::sync::RwLockReadGuard<'_, KeyFile> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// On the disk first, then here: what this process believes is never ahead of what the next one finds.
    fn change(&self, change: impl FnOnce(&mut KeyFile)) -> Result<(), Error> {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = keys.clone();
        change(&mut next);
        save(&self.dir, &next)?;
        *keys = next;
        Ok(())
    }

    /// Opens the database and the page files.
    ///
    /// # Errors
    /// [`Error::Newer`] or [`Error::Damaged`] when they do not open.
    pub fn store(&self, key: &DataKey) -> Result<Store, Error> {
        Store::open(&self.dir, key)
    }
}

impl KeyFile {
    fn unlock(&self, login: &str, password: &str) -> Result<DataKey, Error> {
        let slot = self.slots.iter().find(|slot| slot.login == login);
        slot.ok_or(Error::WrongPassword)?.unwrap_key(password)
    }
}

fn parse(text: &str) -> Result<KeyFile, Error> {
    let file: KeyFile = serde_json::from_str(text).map_err(|error| Error::Damaged(format!("keys.json: {error}")))?;
    if file.version > VERSION { Err(Error::Newer { found: file.version, known: VERSION }) } else { Ok(file) }
}

/// Opens the slot of `login` in the text of a key file that lies elsewhere.
pub(crate) fn unlock_in(text: &str, login: &str, password: &str) -> Result<DataKey, Error> {
    parse(text)?.unlock(login, password)
}

/// Makes and takes hold of a folder that is to become a station.
pub(crate) fn hold_new(dir: &Path) -> Result<File, Error> {
    fs::create_dir_all(dir).map_err(Error::io(dir))?;
    place::refuse_network_drive(dir)?;
    private(dir, 0o700)?;
    let lock = lock(dir)?;
    if Vault::exists(dir) { Err(Error::Exists(dir.to_owned())) } else { Ok(lock) }
}

fn save(dir: &Path, keys: &KeyFile) -> Result<(), Error> {
    let path = dir.join("keys.json");
    let next = dir.join("keys.json.new");
    let text = serde_json::to_vec_pretty(keys).map_err(|error| Error::Damaged(error.to_string()))?;
    let mut file = File::create(&next).map_err(Error::io(&next))?;
    private(&next, 0o600)?;
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(Error::io(&next))?;
    fs::rename(&next, &path).map_err(Error::io(&path))?;
    sync_dir(dir)
}

fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(Error::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::io(&path)(source)),
    }
}

/// Makes a rename or a new file in `dir` durable. Windows does this with the file itself.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), Error> {
    if cfg!(unix) { File::open(dir).and_then(|dir| dir.sync_all()).map_err(Error::io(dir)) } else { Ok(()) }
}

/// Keeps others on a shared machine out; on Windows the profile folder's rights do that.
pub(crate) fn private(path: &Path, mode: u32) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Error::io(path))?;
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}
