//! Printing on Windows: not built yet, and said so, so that nobody believes a receipt was printed.
//!
//! The spooler takes no PDF by itself; until it is fed pages as pictures, the viewer prints.

use super::{JobState, PrintError, PrintJob, PrintRequest, Printer, PrinterInfo};

/// The Windows print spooler.
#[derive(Debug, Clone, Copy, Default)]
pub struct WindowsSpooler;

impl Printer for WindowsSpooler {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        Err(PrintError::Unavailable)
    }

    fn print(&self, _pdf: &[u8], _request: &PrintRequest) -> Result<PrintJob, PrintError> {
        Err(PrintError::Unavailable)
    }

    fn state(&self, _job: &PrintJob) -> Result<JobState, PrintError> {
        Err(PrintError::Unavailable)
    }
}
