//! Looking at a watched folder: what is there, what of it is whole, and what else is the matter.

use super::{CLAIMS, Why, is_temporary, looks_like_file};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The most files that one look takes in; what is beyond them comes when these are gone.
const MOST: usize = 2_000;

/// How long a file that did not read whole is left alone at most, before it is read again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A file in the folder (tệp trong thư mục nhận).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name without the folder, as the system has it.
    pub name: OsString,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was written to last, where the system says.
    pub modified: Option<SystemTime>,
    /// What is known of it.
    pub state: State,
}

/// What is known of a file in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It reads whole and can be taken.
    Ready {
        /// How many pages it has.
        pages: u32,
        /// SHA-256 of its bytes.
        hash: [u8; 32],
    },
    /// It may become whole; it is looked at again.
    Arriving(Why),
    /// As long as it stays as it is, it cannot be taken. Never said of a file that merely does not read.
    Refused(Why),
}

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    file: u64,
}

struct Seen {
    stamp: Stamp,
    since: Duration,
    judged: Option<State>,
    /// When it is read again, although nothing about it changed: a drive may tell the final size before the bytes are there.
    again: Duration,
    waited: Duration,
}

/// A watched folder and what was seen in it so far.
pub struct Watch {
    dir: PathBuf,
    quiet: Duration,
    seen: HashMap<OsString, Seen>,
}

impl Watch {
    /// Watches `dir`; a file is read once it stayed the same for `quiet`.
    #[must_use]
    pub fn new(dir: &Path, quiet: Duration) -> Self {
        Self { dir: dir.to_owned(), quiet, seen: HashMap::new() }
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// One look, at the time `now` of a clock that only goes forward. `judge` says how many pages bytes have, or why none.
    ///
    /// # Errors
    /// When the folder itself cannot be listed. What is wrong with one file never hides the others.
    pub fn look(
        &mut self,
        now: Duration,
        judge: &dyn Fn(&[u8]) -> Result<u32, Why>,
        hash: &dyn Fn(&[u8]) -> [u8; 32],
    ) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.dir)?.flatten() {
            let name = entry.file_name();
            // Gone between the list and the question: taken by another, or by its own program.
            let Ok(meta) = entry.path().symlink_metadata() else { continue };
            let ours = meta.is_dir() && (name.to_string_lossy().starts_with(CLAIMS) || !looks_like_file(&name));
            if ours || found.len() >= MOST {
                continue;
            }
            let state = self.state(&name, &meta, now, judge, hash);
            found.push(Found { name, bytes: meta.len(), modified: meta.modified().ok(), state });
        }
        let there: std::collections::HashSet<&OsString> = found.iter().map(|file| &file.name).collect();
        self.seen.retain(|name, _| there.contains(name));
        found.sort_by(|a, b| (a.modified, &a.name).cmp(&(b.modified, &b.name)));
        Ok(found)
    }

    fn state(
        &mut self,
        name: &OsString,
        meta: &Metadata,
        now: Duration,
        judge: &dyn Fn(&[u8]) -> Result<u32, Why>,
        hash: &dyn Fn(&[u8]) -> [u8; 32],
    ) -> State {
        let kind = meta.file_type();
        if kind.is_symlink() {
            return State::Refused(Why::Link);
        }
        if kind.is_dir() {
            return State::Refused(Why::Folder);
        }
        if !kind.is_file() {
            return State::Refused(Why::Special);
        }
        if is_temporary(name) {
            return State::Arriving(Why::Temporary);
        }
        let stamp = Stamp { bytes: meta.len(), modified: meta.modified().ok(), file: number(meta) };
        let fresh = || Seen { stamp, since: now, judged: None, again: Duration::ZERO, waited: Duration::from_secs(1) };
        let seen = self.seen.entry(name.clone()).or_insert_with(fresh);
        if seen.stamp != stamp {
            *seen = fresh();
        }
        if now.saturating_sub(seen.since) < self.quiet {
            return State::Arriving(Why::Growing);
        }
        match seen.judged {
            Some(state @ State::Ready { .. }) => return state,
            Some(state) if now < seen.again => return state,
            _ => {}
        }
        let judged = if meta.len() == 0 {
            State::Arriving(Why::Empty)
        } else if meta.len() > super::LARGEST {
            State::Refused(Why::TooHeavy)
        } else {
            let read = super::read(&self.dir.join(name));
            match read.and_then(|bytes| Ok((judge(&bytes)?, hash(&bytes)))) {
                Ok((pages, hash)) => State::Ready { pages, hash },
                Err(why @ (Why::Locked | Why::Flavor | Why::TooHeavy)) => State::Refused(why),
                Err(why) => State::Arriving(why),
            }
        };
        seen.judged = Some(judged);
        seen.waited = (seen.waited * 2).min(LONGEST_WAIT);
        seen.again = now + seen.waited;
        judged
    }
}

#[cfg(unix)]
fn number(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
