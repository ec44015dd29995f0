//! What the window sees of how the store is cared for: its backup, its check.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How well the store is cared for: backups, the check of all content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CareView {
    /// Where the daily backup goes, if it is set.
    pub backup_folder: Option<String>,
    /// When the last good backup was made.
    pub last_backup: Option<String>,
    /// True when that is longer ago than three days, or never was: people should be told.
    pub backup_overdue: bool,
    /// When the last check of all content came to its end.
    pub last_check: Option<String>,
    /// Files that are known to be damaged or gone.
    pub bad_files: u32,
    /// True when the last check found the database itself damaged: time for the backup.
    pub database_damaged: bool,
    /// True while a check, a backup or a purge is under way.
    pub busy: bool,
}

/// How far a check or a backup has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CareStep {
    /// Files that are done.
    pub done: u32,
    /// Files there are.
    pub total: u32,
}

/// What a backup came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BackupView {
    /// False when it was stopped: nothing counts, and what was copied need not be copied again.
    pub finished: bool,
    /// Dossiers it holds.
    pub dossiers: u32,
    /// Files that were damaged here already, so that it lacks them.
    pub bad: u32,
    /// True when it lies on the very disk that it is to stand in for.
    pub same_disk: bool,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CheckView {
    /// False when it was stopped; the next one goes on from there.
    pub finished: bool,
    /// Files looked at.
    pub checked: u32,
    /// Files that are damaged or gone.
    pub bad: u32,
    /// Codes of dossiers that need them, the first few.
    pub dossiers: Vec<String>,
    /// Whether the database itself is damaged.
    pub database_damaged: bool,
}
