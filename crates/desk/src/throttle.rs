//! Wrong passwords cost time, ever more of it, and ending the program does not take the cost away.
//!
//! While the store is closed the log cannot be written: failures wait here, as times alone, until somebody opens it.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// So many wrong passwords are forgiven without a wait.
const FORGIVEN: u32 = 4;

/// So many failures are remembered one by one; a machine that guesses all night must not fill the disk.
const REMEMBERED: usize = 1_000;

/// Wrong passwords in a row, and until when nobody may try.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    path: PathBuf,
    kept: Kept,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    failures: u32,
    until: Option<DateTime<FixedOffset>>,
    unlogged: Vec<Failure>,
}

/// A failed sign-in. The login is noted only where it is one of this station's: people type passwords into that field.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub(crate) at: DateTime<FixedOffset>,
    pub(crate) login: String,
}

impl Throttle {
    /// What was remembered in `dir`. A file that does not read is no reason to keep the office out.
    pub(crate) fn load(dir: &Path) -> Self {
        let path = dir.join("sign-ins.json");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        Self { kept: serde_json::from_str(&text).unwrap_or_default(), path }
    }

    /// Seconds to wait, if any. A clock that was set back must not keep the office out for a year.
    pub(crate) fn wait(&self, now: DateTime<FixedOffset>) -> Option<i64> {
        let until = self.kept.until.filter(|until| *until > now)?;
        Some((until - now).num_seconds().clamp(1, longest()))
    }

    pub(crate) fn count(&mut self, failure: Failure) {
        let kept = &mut self.kept;
        kept.failures = kept.failures.saturating_add(1);
        if let Some(over) = kept.failures.checked_sub(FORGIVEN + 1) {
            kept.until = Some(failure.at + TimeDelta::seconds(seconds(over)));
        }
        if kept.unlogged.len() < REMEMBERED {
            kept.unlogged.push(failure);
        }
        self.save();
    }

    /// A right password: the count starts over. Gives what was not logged yet.
    pub(crate) fn clear(&mut self) -> Vec<Failure> {
        let unlogged = std::mem::take(&mut self.kept).unlogged;
        self.save();
        unlogged
    }

    /// What was not logged yet, taken out; the count stays.
    pub(crate) fn take_unlogged(&mut self) -> Vec<Failure> {
        let unlogged = std::mem::take(&mut self.kept.unlogged);
        self.save();
        unlogged
    }

    fn save(&self) {
        let text = serde_json::to_vec(&self.kept).unwrap_or_default();
        if let Err(error) = std::fs::write(&self.path, text) {
            tracing::warn!(%error, "failed sign-ins are not remembered");
        }
    }
}

fn seconds(over: u32) -> i64 {
    5 << over.min(6)
}

fn longest() -> i64 {
    seconds(u32::MAX)
}
