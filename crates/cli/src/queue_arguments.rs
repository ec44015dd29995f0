//! What can be typed about the queue before the counter.

use clap::{Args, Subcommand};

/// `motcua queue`
#[derive(Subcommand)]
pub(crate) enum Queue {
    /// Who waits, whom you serve, and the figures of today where you may see them.
    Show,
    /// Hands out the next number, and prints its slip where that is asked for.
    Take(Take),
    /// Takes in a number that a queue machine printed.
    Add {
        /// The number, such as A017, or what a reader read.
        ticket: String,
        /// Goes before others.
        #[arg(long)]
        priority: bool,
    },
    /// Calls the next one; whoever was served until now is done.
    Next,
    /// Calls one by its number, out of turn.
    Call {
        /// The number.
        ticket: String,
    },
    /// Whoever is served leaves.
    Finish {
        /// The number.
        ticket: String,
    },
    /// It was called and nobody came.
    Absent {
        /// The number.
        ticket: String,
    },
    /// Back among those that wait, at its old place.
    PutBack {
        /// The number.
        ticket: String,
    },
    /// Ties a dossier to a number, and calls it where it still waits; unties it where the number is left out.
    Attach {
        /// The dossier's code or id.
        dossier: String,
        /// The number.
        ticket: Option<String>,
    },
    /// Sets the letters before the numbers that are handed out here; none for no letters.
    Prefix {
        /// At most three letters.
        #[arg(default_value = "")]
        prefix: String,
    },
    /// Waiting and serving on a day, of all and of each clerk; for supervisors.
    Figures {
        /// The day, such as 2026-11-23; today where it is left out.
        #[arg(long)]
        day: Option<String>,
    },
}

/// Hands out a number.
#[derive(Args)]
pub(crate) struct Take {
    /// Goes before others (người cao tuổi, khuyết tật, phụ nữ có thai…).
    #[arg(long)]
    pub(crate) priority: bool,
    /// Prints the slip.
    #[arg(long)]
    pub(crate) print: bool,
    /// On this printer; the one that is set for the form where it is left out.
    #[arg(long, requires = "print")]
    pub(crate) printer: Option<String>,
}
