//! What every screen is told of without asking.

use super::{ReaderStatus, SyncView};
use domain::DossierId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What concerns every screen; sent under one event name, `desk`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum DeskEvent {
    /// The outbox or the link changed.
    Sync {
        /// The new account.
        sync: SyncView,
    },
    /// A dossier changed behind the screen: its sending, its code.
    Dossier {
        /// Which.
        id: DossierId,
    },
    /// Something was found that is not what it was; a person has to look.
    Damaged {
        /// How many files are known to be bad, and one more for a damaged database.
        count: u32,
    },
    /// A sheet that a printer had taken did not come out; it does not count as printed.
    PrintLost {
        /// Which form.
        form: domain::Form,
        /// The printer.
        printer: String,
        /// What the print system said.
        reason: String,
    },
    /// The desk locked itself: nobody had been at it.
    Locked,
    /// A code reader on a serial port read something, which is taken as if it had been typed.
    Read {
        /// The code's text.
        text: String,
    },
    /// The code reader was plugged in or pulled out.
    Reader {
        /// How it is now.
        status: ReaderStatus,
    },
    /// A key on the chosen scanner was pressed.
    ScannerButton,
    /// Something changed in what is lent to other counters, or in who scans by it.
    Shares,
    /// Something came into a watched folder, or went out of it.
    Tray {
        /// Files that can be taken.
        ready: u32,
        /// Files that cannot, or not yet.
        arriving: u32,
    },
    /// Files were dropped on the window; only their names reach the web side.
    Dropped {
        /// Hands the files to `import_dropped` or `cards_dropped`, once.
        drop: u32,
        /// Their names.
        names: Vec<String>,
        /// Where in the window, in thousandths of its width from the left.
        x: i32,
        /// And of its height from the top.
        y: i32,
    },
    /// The citizen's screen was closed.
    CitizenClosed,
    /// Files are held over the window, or left it.
    Dragging {
        /// True while they are over it.
        over: bool,
    },
}
