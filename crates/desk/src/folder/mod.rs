//! Watched folders: which there are, and what waits in them (khay ảnh đến, G7).
//!
//! A folder is named by a person at this machine, never by the web side, which knows folders and files by ids alone.

mod take;

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{DeskEvent, DeviceView, FolderView, IncomingView, TrayView};
use devices::DeviceKind;
use devices::folder::{Done, Found, State, Watch, Why};
use domain::{FileHash, Right};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a file has to stay the same before it is read.
const QUIET: Duration = Duration::from_secs(2);

/// How often the folders are looked at. They may lie on another machine, which tells nothing by itself.
const EVERY: Duration = Duration::from_secs(1);

const FOLDERS: &str = "folders";

/// The most folders a station watches.
const MOST: usize = 16;

/// A folder as it is kept in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watched {
    id: String,
    path: PathBuf,
    #[serde(default)]
    done: Done,
}

/// What is told of the folders: each file with its size and state, and the folders that cannot be read.
type Account = (Vec<(String, u64, State)>, Vec<String>);

/// What was seen in the folders so far.
#[derive(Default)]
pub(crate) struct Watching {
    watches: Mutex<HashMap<String, Watch>>,
    /// The account that went out last, so that only a change is told.
    told: Mutex<Account>,
    started: std::sync::OnceLock<Instant>,
    stopped: AtomicBool,
}

/// A file in a folder, with the id that the window knows it by.
struct Incoming {
    folder: Watched,
    id: String,
    found: Found,
}

impl Desk {
    /// The watched folders.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn folders(&self) -> Result<Vec<FolderView>, Error> {
        self.require(Right::Read)?;
        let view = |folder: Watched| FolderView {
            there: std::fs::read_dir(&folder.path).is_ok(),
            path: folder.path.to_string_lossy().into_owned(),
            name: name_of(&folder.path),
            id: folder.id,
            done: folder.done,
        };
        Ok(self.watched()?.into_iter().map(view).collect())
    }

    /// Watches a folder, or changes what becomes of taken files in one that is watched.
    ///
    /// # Errors
    /// When it cannot be written to; [`Error::FolderUnfit`] for the station's own folder, or one folder too many.
    pub fn watch_folder(&self, path: &Path, done: Done) -> Result<Vec<FolderView>, Error> {
        let staff = self.require(Right::Intake)?;
        let path = std::fs::canonicalize(path).map_err(|error| Error::file(path, error))?;
        let own = std::fs::canonicalize(self.dir()).unwrap_or_else(|_| self.dir().to_owned());
        if path.starts_with(&own) || own.starts_with(&path) {
            return Err(Error::FolderUnfit);
        }
        devices::folder::can_take(&path).map_err(|error| Error::file(&path, error))?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut folders: Vec<Watched> = tx.reader().setting(FOLDERS)?.unwrap_or_default();
            if let Some(known) = folders.iter_mut().find(|known| known.path == path) {
                known.done = done;
            } else if folders.len() >= MOST {
                return Err(Error::FolderUnfit);
            } else {
                let id = short(&FileHash::of(path.as_os_str().as_encoded_bytes()));
                folders.push(Watched { id, path: path.clone(), done });
            }
            tx.set(FOLDERS, &folders)?;
            tx.log(now, Some(staff.id), "settings.folder", "watch")?;
            Ok(())
        })?;
        self.folders()
    }

    /// Watches a folder; what was chosen for one that is watched already stays.
    ///
    /// # Errors
    /// As [`Self::watch_folder`].
    pub fn add_folder(&self, path: &Path) -> Result<Vec<FolderView>, Error> {
        let real = std::fs::canonicalize(path).map_err(|error| Error::file(path, error))?;
        let known = self.watched()?.into_iter().find(|known| known.path == real);
        self.watch_folder(path, known.map(|known| known.done).unwrap_or_default())
    }

    /// What becomes of taken files in a watched folder.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a folder that is not watched.
    pub fn set_folder_done(&self, id: &str, done: Done) -> Result<Vec<FolderView>, Error> {
        let path = self.watched()?.into_iter().find(|known| known.id == id).ok_or(Error::BadInput("folder"))?.path;
        self.watch_folder(&path, done)
    }

    /// Watches a folder no longer; its files stay where they are.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn forget_folder(&self, id: &str) -> Result<Vec<FolderView>, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let mut folders: Vec<Watched> = tx.reader().setting(FOLDERS)?.unwrap_or_default();
            folders.retain(|known| known.id != id);
            tx.set(FOLDERS, &folders)?;
            tx.log(now, Some(staff.id), "settings.folder", "forget")?;
            Ok(())
        })?;
        lock(&self.watching.watches).remove(id);
        self.folders()
    }

    /// What waits in the folders: one look at each.
    ///
    /// # Errors
    /// When nobody is signed in. A folder that cannot be read is told in the answer.
    pub fn tray(&self) -> Result<TrayView, Error> {
        // Asked by the window whenever something came, so it must not keep an empty desk awake.
        self.signed_in().ok_or(Error::NotSignedIn)?;
        let (incoming, away) = self.look_at_folders(None)?;
        let taken = self.taken()?;
        let locale = self.profile().locale;
        let seen = |item: Incoming| {
            let (ready, pages, why) = match item.found.state {
                State::Ready { pages, .. } => (true, Some(pages), None),
                State::Arriving(why) | State::Refused(why) => (false, None, Some(why)),
            };
            let hash = match item.found.state {
                State::Ready { hash, .. } => Some(FileHash::from_bytes(hash)),
                State::Arriving(_) | State::Refused(_) => None,
            };
            let name = item.found.name.to_string_lossy().into_owned();
            let before = hash.and_then(|hash| taken.iter().rfind(|one| one.hash == hash));
            let version = taken.iter().any(|one| one.folder == item.folder.id && one.name == name);
            IncomingView {
                id: item.id,
                folder: name_of(&item.folder.path),
                device: format!("folder:{}", item.folder.id),
                name,
                bytes: item.found.bytes,
                at: item.found.modified.map(|at| self.shown(chrono::DateTime::<chrono::Utc>::from(at).fixed_offset())),
                ready,
                waiting: matches!(item.found.state, State::Arriving(_)),
                pages,
                taken_before: before.is_some(),
                newer: before.is_none() && ready && version,
                told: why.map(|why| crate::sentences::why_not(why, locale)),
                why,
            }
        };
        Ok(TrayView { items: incoming.into_iter().map(seen).collect(), away })
    }

    /// Looks at the folders until it is stopped, on a thread of its own, and tells when something came, grew or went.
    pub fn keep_watching(&self) {
        while !self.watching_stopped() {
            std::thread::sleep(EVERY);
            if self.signed_in().is_none() {
                continue;
            }
            match self.look_at_folders(None) {
                Ok((incoming, away)) => {
                    let ready = incoming.iter().filter(|one| matches!(one.found.state, State::Ready { .. })).count();
                    let seen = |one: &Incoming| (one.id.clone(), one.found.bytes, one.found.state);
                    let now: Account = (incoming.iter().map(seen).collect(), away);
                    if std::mem::replace(&mut *lock(&self.watching.told), now.clone()) != now {
                        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                        self.tell(DeskEvent::Tray { ready: count(ready), arriving: count(incoming.len() - ready) });
                    }
                }
                Err(error) => tracing::debug!(code = ?error.code().0, "folders not looked at"),
            }
        }
    }

    /// The window goes: folders are looked at no more. What is being taken is finished, or settled at the next start.
    pub fn stop_watching(&self) {
        self.watching.stopped.store(true, Ordering::Relaxed);
    }

    pub(crate) fn watching_stopped(&self) -> bool {
        self.watching.stopped.load(Ordering::Relaxed)
    }

    /// The folders as scanners: F5 takes what comes into one next.
    pub(crate) fn folder_devices(&self) -> Vec<DeviceView> {
        let folders = self.opened.get().and_then(|_| self.watched().ok()).unwrap_or_default();
        let view = |folder: Watched| DeviceView {
            id: format!("folder:{}", folder.id),
            name: name_of(&folder.path),
            kind: DeviceKind::Folder,
            sources: Vec::new(),
            resolutions: Vec::new(),
            modes: Vec::new(),
            buttons: false,
        };
        folders.into_iter().map(view).collect()
    }

    fn watched(&self) -> Result<Vec<Watched>, Error> {
        Ok(self.store()?.read(|r| r.setting(FOLDERS))?.unwrap_or_default())
    }

    /// One look at the folders, or at one of them: what is in them, and which cannot be read.
    fn look_at_folders(&self, only: Option<&str>) -> Result<(Vec<Incoming>, Vec<String>), Error> {
        let (mut incoming, mut away) = (Vec::new(), Vec::new());
        let now = self.watching.started.get_or_init(Instant::now).elapsed();
        let station = self.station_id()?.to_string();
        for folder in self.watched()?.into_iter().filter(|folder| only.is_none_or(|id| id == folder.id)) {
            let mut watches = lock(&self.watching.watches);
            let watch = match watches.entry(folder.id.clone()) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    // A folder on a machine that is away is settled once it is back.
                    if !self.settle_left(&folder, &station)? {
                        away.push(folder.path.to_string_lossy().into_owned());
                        continue;
                    }
                    entry.insert(Watch::new(&folder.path, QUIET))
                }
            };
            match watch.look(now, &judge, &|bytes| *FileHash::of(bytes).as_bytes()) {
                Ok(found) => incoming.extend(found.into_iter().map(|found| {
                    let mut key = folder.id.clone().into_bytes();
                    key.extend_from_slice(found.name.as_encoded_bytes());
                    Incoming { folder: folder.clone(), id: short(&FileHash::of(&key)), found }
                })),
                Err(error) => {
                    tracing::debug!(%error, "a watched folder cannot be read");
                    away.push(folder.path.to_string_lossy().into_owned());
                }
            }
        }
        Ok((incoming, away))
    }
}

/// How many pages a file has, or why it is not offered.
fn judge(bytes: &[u8]) -> Result<u32, Why> {
    use imaging::Refusal as R;
    use pdf::read::PdfRefusal as P;
    match crate::pages::look(bytes) {
        Ok((_, pages)) => Ok(u32::try_from(pages.len()).unwrap_or(u32::MAX)),
        Err(Error::Pdf(P::Password)) => Err(Why::Locked),
        Err(Error::Pdf(P::TooManyPages { .. }) | Error::Picture(R::TooLarge { .. } | R::TooManyPages { .. })) => {
            Err(Why::TooHeavy)
        }
        Err(Error::Picture(R::UnknownKind)) => Err(Why::Kind),
        Err(Error::Picture(R::UnknownFlavor)) => Err(Why::Flavor),
        Err(_) => Err(Why::Incomplete),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

fn short(hash: &FileHash) -> String {
    hash.to_string()[..16].to_owned()
}
