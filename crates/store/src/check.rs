//! Whether what is kept is still what it was (J4): each file read back and hashed, and the database by its own checks.
//!
//! The long looks run on a connection of their own and can be stopped, so that nobody at the counter waits for them.

use crate::blobs;
use crate::tables::check::KeptFile;
use crate::{Error, Reader, Store, migrate};
use domain::FileHash;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// It is not there.
    Missing,
    /// It does not read back as what it was.
    Changed,
    /// It is longer or shorter than it was.
    Size,
}

/// What was found of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Database {
    /// Every page is sealed rightly, every row and index fits.
    Whole,
    /// Something does not fit.
    Damaged,
    /// Not looked at, or not to the end.
    Unchecked,
}

/// Steps of the database between two looks at whether to stop: some milliseconds of work.
const STEPS: i32 = 20_000;

impl Store {
    /// Reads a file back, opens its seal and hashes it. None: it is whole.
    #[must_use]
    pub fn flaw_of(&self, file: &KeptFile) -> Option<Flaw> {
        match self.blobs.sealed(&file.hash) {
            Ok(None) => Some(Flaw::Missing),
            // A disk that cannot give the bytes back has not kept them.
            Err(_) => Some(Flaw::Changed),
            Ok(Some(sealed)) if !blobs::fits(sealed.len() as u64, file.bytes) => Some(Flaw::Size),
            Ok(Some(sealed)) => match self.blobs.unseal(&file.hash, &sealed) {
                Ok(bytes) if FileHash::of(&bytes) == file.hash => None,
                _ => Some(Flaw::Changed),
            },
        }
    }

    /// Files in the folder of `first` that no row says must be here: left by a crash between bytes and row.
    ///
    /// # Errors
    /// When the folder or the database refuses.
    pub fn strays(&self, first: u8) -> Result<Vec<FileHash>, Error> {
        // The folder before the rows: what comes in meanwhile is not taken for a stray.
        let found = self.blobs.names(first)?;
        self.read(|r| r.strays(first, &found))
    }

    /// Runs a long look on a connection of its own. `may_go_on` is asked every few milliseconds; once it says no, the look
    /// ends and there is no answer. A gentle look sleeps four times as long as it works.
    ///
    /// # Errors
    /// What `look` returned.
    pub fn look_apart<T: Send>(
        &self,
        gentle: bool,
        may_go_on: &mut dyn FnMut() -> bool,
        look: impl FnOnce(&Reader<'_>) -> Result<T, Error> + Send,
    ) -> Result<Option<T>, Error> {
        let connection = self.apart()?;
        apart(connection, gentle, may_go_on, move |connection| look(&Reader(connection)))
    }

    /// Looks at the database as a whole.
    ///
    /// # Errors
    /// When it cannot be opened a second time.
    pub fn look_at_database(&self, gentle: bool, may_go_on: &mut dyn FnMut() -> bool) -> Result<Database, Error> {
        let began = Instant::now();
        if !migrate::seals_hold(&self.apart()?)? {
            // A page that was being written just then looks wrong too: only what is wrong at rest is damage.
            let _still = self.hold_still();
            if !migrate::seals_hold(&self.apart()?)? {
                return Ok(Database::Damaged);
            }
        }
        if gentle && !rest(began.elapsed(), may_go_on) {
            return Ok(Database::Unchecked);
        }
        let fits =
            apart(self.apart()?, gentle, may_go_on, |connection| migrate::rows_fit(connection, "integrity_check"));
        match fits {
            Ok(None) => Ok(Database::Unchecked),
            Ok(Some(true)) => Ok(Database::Whole),
            Ok(Some(false)) | Err(Error::Damaged(_)) => Ok(Database::Damaged),
            Err(error) => Err(error),
        }
    }
}

/// Sleeps four times `worked`, so that at most a fifth of one core is used. Says no as soon as somebody needs the machine.
pub fn rest(worked: Duration, may_go_on: &mut dyn FnMut() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < worked * 4 {
        if !may_go_on() {
            return false;
        }
        std::thread::sleep((worked * 4).saturating_sub(began.elapsed()).min(Duration::from_millis(20)));
    }
    may_go_on()
}

fn apart<T: Send>(
    connection: Connection,
    gentle: bool,
    may_go_on: &mut dyn FnMut() -> bool,
    look: impl FnOnce(&Connection) -> Result<T, Error> + Send,
) -> Result<Option<T>, Error> {
    let stop = Arc::new(AtomicBool::new(false));
    let (asked, mut last) = (Arc::clone(&stop), Instant::now());
    connection.progress_handler(
        STEPS,
        Some(move || {
            if gentle {
                // In slices, so that a stop is heeded at once.
                rest(last.elapsed(), &mut || !asked.load(Ordering::Acquire));
                last = Instant::now();
            }
            asked.load(Ordering::Acquire)
        }),
    )?;
    std::thread::scope(|scope| {
        let looking = scope.spawn(move || look(&connection));
        while !looking.is_finished() {
            if !may_go_on() {
                stop.store(true, Ordering::Release);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let found = looking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // What was cut short says nothing, whatever it says.
        if stop.load(Ordering::Acquire) { Ok(None) } else { found.map(Some) }
    })
}
