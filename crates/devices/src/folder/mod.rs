//! A folder into which another program scans: most office machines do (thư mục nhận bản quét, G7).
//!
//! Looked at again and again, since network drives tell nothing by themselves. A file is offered once it kept its size and
//! time for a while and reads whole; what is not whole yet is looked at again and never judged for good (T-22). To take one
//! is to move it into a folder of the station's own inside the watched one, so that two stations never take the same (T-24);
//! it leaves that folder only when the store has it, or back to where it was.

mod claim;
mod watch;

pub use claim::{Claimed, Done, claim, left};
pub use watch::{Found, State, Watch};

use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// What a station's own folder inside the watched one begins with.
const CLAIMS: &str = ".motcua-";

/// The folder for what was taken.
pub const DONE: &str = "da-nhan";

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 300 * 1024 * 1024;

/// Why a file is not offered, or not yet (lý do chưa nhận).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FolderWhy")]
pub enum Why {
    /// It changed a moment ago.
    Growing,
    /// Nothing is in it yet.
    Empty,
    /// Not all of it is there, or it is damaged; it is looked at again.
    Incomplete,
    /// Neither JPEG, PNG, TIFF nor PDF, so far.
    Kind,
    /// A kind that is known, in a shape that is not read.
    Flavor,
    /// Its name says that a program is still at work on it, or that it is hidden.
    Temporary,
    /// A link to somewhere else, which is never followed.
    Link,
    /// A pipe, a socket or a device.
    Special,
    /// A folder that is named like a file.
    Folder,
    /// The PDF asks for a password.
    Locked,
    /// This user may not read it, or another program holds it.
    Unreadable,
    /// It is larger than the program reads, or has too many pages.
    TooHeavy,
}

/// Whether files can be moved within `dir`: better told when it is chosen than at the first page.
///
/// # Errors
/// What the system says.
pub fn can_take(dir: &Path) -> io::Result<()> {
    tempfile::Builder::new().prefix(CLAIMS).tempfile_in(dir).map(drop)
}

/// Reads a regular file whole: never through a link, never a pipe that would block for ever.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Why> {
    use std::io::Read;
    let file = open(path).map_err(|_| Why::Unreadable)?;
    let meta = file.metadata().map_err(|_| Why::Unreadable)?;
    if !meta.is_file() {
        return Err(Why::Special);
    }
    if meta.len() > LARGEST {
        return Err(Why::TooHeavy);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| Why::Unreadable)?;
    if bytes.len() as u64 > LARGEST { Err(Why::TooHeavy) } else { Ok(bytes) }
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<std::fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<std::fs::File> {
    if !path.symlink_metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    std::fs::File::open(path)
}

/// Names that programs give to what is not finished, and shadows that other systems leave behind.
fn is_temporary(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let ends = [".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~"];
    name.starts_with('.') || name.starts_with("~$") || ends.iter().any(|end| name.ends_with(end))
}

/// A folder whose name promises a file.
fn looks_like_file(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    [".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"].iter().any(|end| name.ends_with(end))
}
