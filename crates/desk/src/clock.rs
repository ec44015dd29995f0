//! The one clock and the one source of ids. Everything below is given times and ids; tests give their own.

use chrono::{DateTime, FixedOffset};
use domain::id::Id;
use std::sync::Arc;

/// A clock on the counter's wall: its times carry the counter's offset.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<FixedOffset> + Send + Sync>);

impl Clock {
    /// The system's clock, shown at `offset`.
    #[must_use]
    pub fn system(offset: FixedOffset) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
        Self(Arc::new(move || chrono::Utc::now().with_timezone(&offset)))
    }

    /// A clock that a test drives.
    #[must_use]
    pub fn of(now: impl Fn() -> DateTime<FixedOffset> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<FixedOffset> {
        (self.0)()
    }

    /// A new id of this moment.
    #[must_use]
    pub fn id<I: Id>(&self) -> I {
        let mut random = [0; 10];
        getrandom::fill(&mut random).expect("the system gives randomness once it has booted");
        I::from_parts(u64::try_from(self.now().timestamp_millis()).unwrap_or_default(), random)
    }

    /// A word that nobody can guess.
    pub(crate) fn key(&self) -> String {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).expect("the system gives randomness once it has booted");
        random.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A number that differs between stations and tries.
    #[must_use]
    pub fn seed(&self) -> u64 {
        getrandom::u64().unwrap_or_default()
    }
}

/// Reads an RFC 3339 time with its offset.
#[must_use]
pub fn parse_time(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

/// Writes a time as RFC 3339 with its offset, to the second.
#[must_use]
pub fn format_time(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}
