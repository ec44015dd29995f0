//! The working calendar and the dates that follow from it.

use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Calendar {
    /// Shows a month with its days off, make-up days and hours, and what the office changed.
    Show {
        /// The month, such as 2026-11; this one where it is left out.
        #[arg(default_value = "")]
        month: String,
        /// An agency with a calendar of its own.
        #[arg(long)]
        agency: Option<String>,
    },
    /// Makes a day another: holiday, compensatory, closed, make_up, or hours.
    Day {
        /// The date, such as 2026-11-27.
        date: String,
        /// What it becomes.
        kind: String,
        /// Its name, as it is printed beside the date.
        #[arg(long, default_value = "")]
        name: String,
        /// Its working time, such as 07:00-11:30; once for each part of the day.
        #[arg(long)]
        hours: Vec<String>,
        /// An agency with a calendar of its own; the whole counter where it is left out.
        #[arg(long)]
        agency: Option<String>,
        /// Why, by which decision.
        #[arg(long)]
        reason: String,
    },
    /// Takes a change back.
    Undo {
        /// Its id, as `calendar show` gives it.
        change: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Brings in a calendar file; the office's own days stand over it.
    Import {
        /// The file.
        file: PathBuf,
        /// Why, by which decision.
        #[arg(long)]
        reason: String,
    },
    /// Writes the calendar in force to a file.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Lists open dossiers whose date is another by the calendar in force; changes nothing.
    Moved,
    /// Gives dossiers the date by the calendar in force.
    Correct {
        /// Codes or ids; all whose date moved where none is given.
        dossiers: Vec<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}
