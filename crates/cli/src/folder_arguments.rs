//! What can be typed about watched folders.

use clap::Subcommand;
use std::path::PathBuf;

/// Folders into which an office machine scans, and what waits in them.
#[derive(Subcommand)]
pub(crate) enum Folder {
    /// The watched folders.
    List,
    /// Watches one; for one that is watched, changes what becomes of taken files.
    Add {
        /// The folder.
        path: PathBuf,
        /// Deletes a file once its pages are stored, instead of moving it to `da-nhan` inside.
        #[arg(long)]
        delete: bool,
    },
    /// Watches one no longer; its files stay.
    Remove {
        /// Its id.
        folder: String,
    },
    /// What waits in them, with the reason where a file cannot be taken.
    Pending,
    /// Takes files into a component of a draft.
    Take {
        /// The draft's code or id.
        #[arg(long)]
        dossier: String,
        /// The component's index.
        #[arg(long)]
        component: u32,
        /// Their names or ids, in order; all that can be taken where none is named.
        files: Vec<String>,
    },
}
