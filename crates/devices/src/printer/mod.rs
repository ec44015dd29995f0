//! The one way to print a PDF with a known outcome (F3, F4), whoever drives the printer.
//!
//! A job is followed by what the print system says of it, never assumed printed because it was handed over (T-54).

#[cfg(unix)]
mod cups;
#[cfg(unix)]
mod ipp;
#[cfg(not(unix))]
mod windows;

#[cfg(unix)]
pub use cups::Cups;
#[cfg(not(unix))]
pub use windows::WindowsSpooler;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Prints on the printers of one print system.
pub trait Printer: Send + Sync {
    /// Lists the printers that the system knows.
    ///
    /// # Errors
    /// When there is no print system, or it does not answer.
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError>;

    /// Hands `pdf` over to the print system and says which job it became.
    ///
    /// # Errors
    /// When no such printer is there or the job was not taken; then nothing will be printed.
    fn print(&self, pdf: &[u8], request: &PrintRequest) -> Result<PrintJob, PrintError>;

    /// Asks what became of a job.
    ///
    /// # Errors
    /// When the print system does not answer.
    fn state(&self, job: &PrintJob) -> Result<JobState, PrintError>;
}

/// A printer (máy in).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrinterInfo {
    /// The name the print system knows it by.
    pub name: String,
    /// Whether it is the system's default.
    pub default: bool,
    /// Whether it takes jobs and prints them now.
    pub ready: bool,
    /// What the print system says is wrong, in its own words: stopped, out of paper.
    pub trouble: Option<String>,
}

/// What to print where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRequest {
    /// The printer's name; none for the default one, or the only one.
    pub printer: Option<String>,
    /// What the queue shows to whoever looks at it, so nothing of the applicant.
    pub title: String,
    /// The paper.
    pub media: Media,
    /// How many, 1 to 99.
    pub copies: u32,
}

/// The paper that a form is printed on (khổ giấy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Media {
    /// 210 × 297 mm.
    A4,
    /// 148 × 210 mm, the size of Mẫu 01 to 05.
    A5,
}

/// A job that a print system has taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PrintJob {
    /// The printer it was given to.
    pub printer: String,
    /// The print system's own name for it.
    pub job: String,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// In the queue: before others, held, or the printer is stopped.
    Waiting,
    /// On its way to the printer.
    Printing,
    /// Printed, as far as the printer tells.
    Finished,
    /// The print system does not know it any more: taken out of the queue, or printed and forgotten.
    Gone,
    /// It will not be printed any more: cancelled, aborted, or stopped by an error.
    Failed {
        /// What the print system says.
        reason: String,
    },
}

/// Why printing failed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// There is no print system here, or it is not running.
    #[error("there is no print system")]
    Unavailable,
    /// It knows no printer of that name.
    #[error("printer {name} was not found")]
    NotFound {
        /// The name asked for.
        name: String,
    },
    /// No printer was named, there is no default one, and not exactly one in all.
    #[error("no printer is chosen")]
    NoPrinter,
    /// The print system refused or did not answer.
    #[error("printing failed: {reason}")]
    Failed {
        /// What it said.
        reason: String,
    },
}

/// The print system of this machine.
#[must_use]
pub fn system_printer() -> Box<dyn Printer> {
    #[cfg(unix)]
    {
        Box::new(Cups::new())
    }
    #[cfg(not(unix))]
    {
        Box::new(WindowsSpooler)
    }
}
