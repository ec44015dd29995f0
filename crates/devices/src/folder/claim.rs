//! Taking a file out of a watched folder in steps of which each can be the last one before the power goes.
//!
//! 1 The file moves into the station's own folder inside the watched one: it belongs to one station or to none. 2 It is read
//! from there and stored. 3 It moves on to the folder of what was taken, or is deleted. Whatever lies in the station's own
//! folder at a start was left by a crash: stored or not, the caller knows, and finishes or gives it back.

use super::{CLAIMS, DONE, Why};
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

/// What becomes of a file once the store has its pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FolderDone")]
pub enum Done {
    /// It moves to a folder inside the watched one (chuyển vào thư mục đã nhận).
    #[default]
    Move,
    /// It is deleted (xóa tệp nguồn).
    Delete,
}

/// A file that belongs to this station until it is finished or given back.
#[derive(Debug)]
#[must_use = "a claimed file has to be finished or given back"]
pub struct Claimed {
    dir: PathBuf,
    path: PathBuf,
    name: OsString,
}

/// Takes hold of the file `name` in `dir` for the station.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] when another station was faster; what the system says where it cannot be moved.
pub fn claim(dir: &Path, name: &OsStr, station: &str) -> io::Result<Claimed> {
    let own = own_folder(dir, station);
    std::fs::create_dir_all(&own)?;
    let path = free(&own, name);
    std::fs::rename(dir.join(name), &path)?;
    Ok(Claimed { dir: dir.to_owned(), path, name: name.to_owned() })
}

/// What a crash left in the station's own folder in `dir`.
///
/// # Errors
/// When `dir` is not there now, which is not the same as nothing being left in it.
pub fn left(dir: &Path, station: &str) -> io::Result<Vec<Claimed>> {
    drop(std::fs::read_dir(dir)?);
    let entries = match std::fs::read_dir(own_folder(dir, station)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let claimed =
        |entry: std::fs::DirEntry| Claimed { dir: dir.to_owned(), path: entry.path(), name: entry.file_name() };
    let mut left: Vec<Claimed> = entries.flatten().map(claimed).collect();
    left.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(left)
}

impl Claimed {
    /// Its name when it lay in the watched folder.
    #[must_use]
    pub fn name(&self) -> &OsStr {
        &self.name
    }

    /// Reads it whole.
    ///
    /// # Errors
    /// [`Why`] it is not to be read.
    pub fn read(&self) -> Result<Vec<u8>, Why> {
        super::read(&self.path)
    }

    /// Puts it back where it was; under another name where that name is taken by now.
    ///
    /// # Errors
    /// When it cannot be moved; it stays with the station then, and is tried again at the next start.
    pub fn give_back(self) -> io::Result<PathBuf> {
        place(&self.path, &self.dir, &self.name)
    }

    /// The store has it: moves it to the folder of what was taken, or deletes it.
    ///
    /// # Errors
    /// When neither can be done; it stays with the station then, and is tried again at the next start.
    pub fn finish(self, done: Done) -> io::Result<()> {
        match done {
            Done::Delete => std::fs::remove_file(&self.path),
            Done::Move => {
                let folder = self.dir.join(DONE);
                std::fs::create_dir_all(&folder)?;
                place(&self.path, &folder, &self.name).map(drop)
            }
        }
    }
}

fn own_folder(dir: &Path, station: &str) -> PathBuf {
    dir.join(format!("{CLAIMS}{station}"))
}

/// Moves `from` into `folder` under `name` or one like it, never over another file: the name is first taken by an empty
/// file, which only one program can do.
fn place(from: &Path, folder: &Path, name: &OsStr) -> io::Result<PathBuf> {
    for number in 1..10_000 {
        let to = folder.join(numbered(name, number));
        match OpenOptions::new().write(true).create_new(true).open(&to) {
            Ok(_) => {
                return match std::fs::rename(from, &to) {
                    Ok(()) => Ok(to),
                    Err(error) => {
                        let _ = std::fs::remove_file(&to);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) if number > 1 && error.kind() == io::ErrorKind::InvalidFilename => {
                // The number made it longer than a name may be (T-09).
                return place(from, folder, &shorter(name));
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A name that is free in a folder that only this station writes to.
fn free(folder: &Path, name: &OsStr) -> PathBuf {
    let short = shorter(name);
    let names = (1..).map(|number| if number == 1 { name.to_owned() } else { numbered(&short, number) });
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.join(name))
}

/// `x.pdf` as it is, then `x (2).pdf`, `x (3).pdf`.
fn numbered(name: &OsStr, number: u32) -> OsString {
    if number == 1 {
        return name.to_owned();
    }
    let path = Path::new(name);
    let mut numbered = path.file_stem().unwrap_or(name).to_owned();
    numbered.push(format!(" ({number})"));
    if let Some(extension) = path.extension() {
        numbered.push(".");
        numbered.push(extension);
    }
    numbered
}

/// A name with room for a number behind it.
fn shorter(name: &OsStr) -> OsString {
    if name.len() <= 200 {
        return name.to_owned();
    }
    let path = Path::new(name);
    let stem = path.file_stem().unwrap_or(name).to_string_lossy();
    let mut short: String = stem.chars().take(48).collect();
    if let Some(extension) = path.extension() {
        short.push('.');
        short.extend(extension.to_string_lossy().chars().take(8));
    }
    short.into()
}
