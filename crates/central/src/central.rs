//! The central system without its network: enrolment, number blocks, counting. Accepting stands in [`crate::accept`].
//!
//! Every method takes the time from one clock and changes things in one transaction.

use crate::codes::LARGEST_NUMBER;
use crate::database::{self, Database};
use crate::error::{Error, Failure, Refusal};
use crate::files::Files;
use crate::secrets;
use crate::tables::station::Station;
use crate::tables::token::Token;
use crate::tables::{dossier, file, lease, station, token, turn};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta};
use domain::{OfficeCode, StationId};
use protocol::{EnrollAnswer, EnrollRequest, Health, NumberLease, ProblemCode};
use rusqlite::Transaction;
use std::path::{Path, PathBuf};

/// What the reference central system calls itself.
pub const NAME: &str = "Hệ thống trung tâm Một Cửa";

/// Where the time comes from.
pub type Clock = fn() -> DateTime<FixedOffset>;

/// Daily numbers in one block.
const BLOCK: u32 = 500;

/// Days a block is good for, so that a station may stay offline for a month.
const LEASE_DAYS: u64 = 30;

/// A token that lies in a mailbox for longer than this opens nothing any more.
const TOKEN_LIFE: TimeDelta = TimeDelta::days(7);

/// Longest station name that is kept.
const LONGEST_NAME: usize = 200;

/// The central system (hệ thống trung tâm) over one data folder.
pub struct Central {
    dir: PathBuf,
    pub(crate) database: Database,
    pub(crate) files: Files,
    pub(crate) clock: Clock,
    pub(crate) population: Option<crate::population::Population>,
}

/// What a central system holds (số liệu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Stats {
    /// Dossiers.
    pub dossiers: u64,
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Enrolled stations.
    pub stations: u64,
}

impl Central {
    /// The same, standing in for the population database with the sample people (chế độ tập huấn).
    #[must_use]
    pub fn with_sample_people(mut self) -> Self {
        self.population = Some(crate::population::Population::samples());
        self
    }

    /// Opens the folder, making what is not there yet. A running server does not mind.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Database`], or [`Error::Newer`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_at(dir, now)
    }

    /// Opens the folder only when it holds a central system already.
    ///
    /// # Errors
    /// [`Error::Missing`], and those of [`Central::open`].
    pub fn open_existing(dir: &Path) -> Result<Self, Error> {
        if !dir.join(database::FILE).is_file() {
            return Err(Error::Missing(dir.to_owned()));
        }
        Self::open(dir)
    }

    /// Opens the folder with another clock.
    ///
    /// # Errors
    /// Those of [`Central::open`].
    pub fn open_at(dir: &Path, clock: Clock) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(Error::io(dir))?;
        private(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            database: Database::open(dir)?,
            files: Files::open(dir)?,
            clock,
            population: None,
        })
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Makes a one-time token with which a station joins `office` within a week.
    ///
    /// # Errors
    /// [`Error::Database`] or [`Error::Random`].
    pub fn enroll_token(&self, office: &OfficeCode, name: &str) -> Result<String, Error> {
        let minted = secrets::mint_token()?;
        let token = Token { hash: minted.hash, office: office.clone(), station: clipped(name) };
        let expires = (self.clock)() + TOKEN_LIFE;
        self.database.write(|tx| token::add(tx, &minted.name, &token, expires))?;
        Ok(minted.text)
    }

    /// Enrolls a station: uses up its token, gives it a secret and its first block of numbers.
    ///
    /// # Errors
    /// [`ProblemCode::TokenRefused`] when the token is unknown, used or too old, or when the station
    /// belongs to another office.
    pub fn enroll(&self, request: &EnrollRequest) -> Result<EnrollAnswer, Failure> {
        let refused = || Refusal::new(ProblemCode::TokenRefused, "the token is unknown, used or too old");
        let name = secrets::token_name(&request.token).ok_or_else(refused)?;
        let now = (self.clock)();
        let secret = secrets::mint_secret(request.station)?;
        self.database.write(|tx| {
            let token = token::usable(tx, &name, now)?.ok_or_else(refused)?;
            if !secrets::same(&token.hash, &secrets::hash(&request.token)) {
                return Err(refused().into());
            }
            if request.office.as_ref().is_some_and(|office| *office != token.office) {
                return Err(Refusal::new(ProblemCode::TokenRefused, "the token is for another office").into());
            }
            if let Some((known, _)) = station::find(tx, request.station)?
                && known.office != token.office
            {
                return Err(Refusal::new(ProblemCode::TokenRefused, "the station belongs to another office").into());
            }
            let name = if request.name.trim().is_empty() { token.station } else { clipped(&request.name) };
            let member = Station { id: request.station, office: token.office };
            station::put(tx, &member, &name, &secret.hash, now)?;
            turn::forget(tx, member.id)?;
            // Only of the same office: a code of another is refused anyway.
            if let Some(former) = request.former
                && station::find(tx, former)?.is_some_and(|(former, _)| former.office == member.office)
            {
                station::add_former(tx, member.id, former)?;
            }
            token::mark_used(tx, &secrets::token_name(&request.token).ok_or_else(refused)?, now)?;
            let lease = grant(tx, &member.office, Some(member.id), now.date_naive(), LEASE_DAYS, now)?;
            Ok(EnrollAnswer { secret: secret.text, office: member.office, central: NAME.to_owned(), lease })
        })
    }

    /// The station that a bearer secret belongs to.
    ///
    /// # Errors
    /// [`ProblemCode::Unauthorized`], [`ProblemCode::StationCloned`].
    pub fn authenticate(&self, secret: &str) -> Result<Station, Failure> {
        let refused = || Refusal::new(ProblemCode::Unauthorized, "no such station, or its secret is wrong");
        let id = secrets::secret_name(secret).ok_or_else(refused)?;
        let (station, hash) = self.database.read(|db| station::find(db, id))?.ok_or_else(refused)?;
        if !secrets::same(&hash, &secrets::hash(secret)) {
            return Err(refused().into());
        }
        if self.database.read(|db| turn::is_cloned(db, id))? { Err(crate::turns::cloned()) } else { Ok(station) }
    }

    /// Grants the next block of numbers, good from `from` on; a station that asks again gets one more.
    ///
    /// # Errors
    /// [`ProblemCode::Malformed`] for a day that no calendar has, [`ProblemCode::CodeTaken`] when the
    /// numbers of those days are used up.
    pub fn lease(&self, station: &Station, from: NaiveDate) -> Result<NumberLease, Failure> {
        let now = (self.clock)();
        self.database.write(|tx| grant(tx, &station.office, Some(station.id), from, LEASE_DAYS, now))
    }

    /// Counts what is held.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn stats(&self) -> Result<Stats, Error> {
        self.database.read(|db| {
            let (files, bytes) = file::total(db)?;
            Ok(Stats { dossiers: dossier::count(db)?, files, bytes, stations: station::count(db)? })
        })
    }

    /// Says that it is up, and what time it has.
    #[must_use]
    pub fn health(&self) -> Health {
        Health { central: NAME.to_owned(), now: (self.clock)() }
    }
}

impl std::fmt::Debug for Central {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Central({})", self.dir.display())
    }
}

/// A number for a provisional dossier of `day`, from a block that no station ever holds.
pub(crate) fn next_number(
    tx: &Transaction<'_>,
    office: &OfficeCode,
    day: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Result<u32, Failure> {
    if let Some(own) = lease::own(tx, office, day)? {
        let used = dossier::last_used(tx, office, (day, day), (own.first, own.last))?;
        let next = used.map_or(own.first, |used| used + 1);
        if next <= own.last {
            return Ok(next);
        }
    }
    Ok(grant(tx, office, None, day, 1, now)?.first)
}

/// The one place where numbers are given out: above every block of the same days, and above every number in use there.
fn grant(
    tx: &Transaction<'_>,
    office: &OfficeCode,
    station: Option<StationId>,
    from: NaiveDate,
    days: u64,
    now: DateTime<FixedOffset>,
) -> Result<NumberLease, Failure> {
    // A code writes the year with two digits.
    let written = |day: &NaiveDate| (2000..2100).contains(&day.year());
    let to = from
        .checked_add_days(Days::new(days - 1))
        .filter(|to| written(&from) && written(to))
        .ok_or_else(|| Refusal::new(ProblemCode::Malformed, "no day that a code can hold"))?;
    let mut first = lease::last_taken(tx, office, from, to)? + 1;
    // A station may have given a number out that it holds in no block; such a one is stepped over.
    while let Some(used) = dossier::last_used(tx, office, (from, to), (first, first + BLOCK - 1))? {
        first = used + 1;
    }
    let last = first + BLOCK - 1;
    if last > LARGEST_NUMBER {
        return Err(Refusal::new(ProblemCode::CodeTaken, "the numbers of these days are used up").into());
    }
    let lease = NumberLease { first, last, from, to };
    lease::add(tx, office, station, &lease, now)?;
    Ok(lease)
}

fn clipped(name: &str) -> String {
    name.trim().chars().take(LONGEST_NAME).collect()
}

#[cfg(unix)]
fn private(dir: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).map_err(Error::io(dir))
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), Error> {
    // On Windows the folder inherits the rights of the service's profile.
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the central system's one clock")]
fn now() -> DateTime<FixedOffset> {
    let vietnam = FixedOffset::east_opt(7 * 3600).expect("seven hours is a zone");
    chrono::Utc::now().with_timezone(&vietnam)
}
