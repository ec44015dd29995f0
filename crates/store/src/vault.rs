//! The data folder before it is open: its lock, and the key slots.
//!
//! `lock` is held by the operating system for as long as the process lives, so that a second copy of the
//! program is refused even after a crash left files behind (T-57).

use crate::keys::{DataKey, Slot};
use crate::{Error, Store};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A data folder that this process holds.
#[derive(Debug)]
pub struct Vault {
    dir: PathBuf,
    slots: Vec<Slot>,
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

#[derive(Serialize, Deserialize)]
struct KeyFile {
    version: u32,
    slots: Vec<Slot>,
}

impl Vault {
    /// Whether `dir` holds a station.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join("keys.json").exists()
    }

    /// Makes a station in `dir`, with a new data key and a slot for each of `slots`, and opens it.
    ///
    /// The key file is written last: a crash before it leaves a folder that counts as empty.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is one already; [`Error::InUse`] when another process holds the folder.
    pub fn create(dir: &Path, slots: &[NewSlot<'_>]) -> Result<(Self, Store), Error> {
        fs::create_dir_all(dir).map_err(Error::io(dir))?;
        private(dir, 0o700)?;
        let lock = lock(dir)?;
        if Self::exists(dir) {
            return Err(Error::Exists(dir.to_owned()));
        }
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
            .collect::<Result<_, _>>()?;
        let store = Store::open(dir, &key)?;
        let vault = Self { dir: dir.to_owned(), slots, _lock: lock };
        vault.save()?;
        Ok((vault, store))
    }

    /// Takes hold of the station in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::InUse`], or [`Error::Damaged`] when the key file does not read.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !Self::exists(dir) {
            return Err(Error::Missing(dir.to_owned()));
        }
        let lock = lock(dir)?;
        let path = dir.join("keys.json");
        let text = fs::read_to_string(&path).map_err(Error::io(&path))?;
        let file: KeyFile =
            serde_json::from_str(&text).map_err(|error| Error::Damaged(format!("keys.json: {error}")))?;
        if file.version > 1 {
            return Err(Error::Newer { found: file.version, known: 1 });
        }
        Ok(Self { dir: dir.to_owned(), slots: file.slots, _lock: lock })
    }

    /// Who can open the station.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
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
        self.slots.iter().find(|slot| slot.login == login).ok_or(Error::WrongPassword)?.unwrap_key(password)
    }

    /// Opens the database and the page files.
    ///
    /// # Errors
    /// [`Error::Newer`] or [`Error::Damaged`] when they do not open.
    pub fn store(&self, key: &DataKey) -> Result<Store, Error> {
        Store::open(&self.dir, key)
    }

    fn save(&self) -> Result<(), Error> {
        let path = self.dir.join("keys.json");
        let next = self.dir.join("keys.json.new");
        let text = serde_json::to_vec_pretty(&KeyFile { version: 1, slots: self.slots.clone() })
            .map_err(|error| Error::Damaged(error.to_string()))?;
        let mut file = File::create(&next).map_err(Error::io(&next))?;
        private(&next, 0o600)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(Error::io(&next))?;
        fs::rename(&next, &path).map_err(Error::io(&path))?;
        sync_dir(&self.dir)
    }
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
