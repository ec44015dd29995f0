//! What the window sees of watched folders. Files go by ids; a path is shown and never taken.

use devices::folder::{Done, Why};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A watched folder (thư mục nhận bản quét).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FolderView {
    /// Its id at this station.
    pub id: String,
    /// Its last part, for lists.
    pub name: String,
    /// Where it is, for the eye.
    pub path: String,
    /// What becomes of files that were taken.
    pub done: Done,
    /// Whether it can be read now.
    pub there: bool,
}

/// What waits in the watched folders (khay ảnh đến).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TrayView {
    /// The files, oldest first.
    pub items: Vec<IncomingView>,
    /// Folders that cannot be read now.
    pub away: Vec<String>,
}

/// A file in a watched folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IncomingView {
    /// Hands it to `take_incoming`.
    pub id: String,
    /// The folder's name.
    pub folder: String,
    /// The folder as a scanner.
    pub device: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was written to last.
    pub at: Option<String>,
    /// Whether it can be taken.
    pub ready: bool,
    /// Whether it may yet become ready.
    pub waiting: bool,
    /// How many pages it has, once that is known.
    pub pages: Option<u32>,
    /// The same file was taken before.
    pub taken_before: bool,
    /// Another file of this name was taken from this folder before: a newer version, or the next of its program's.
    pub newer: bool,
    /// Why it cannot be taken.
    pub why: Option<Why>,
    /// The same as a sentence, with what to do.
    pub told: Option<String>,
}
