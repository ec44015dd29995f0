//! A print system that takes jobs or does not, as a test says, and keeps what it was given.

use devices::{JobState, PrintError, PrintJob, PrintRequest, Printer, PrinterInfo};
use std::sync::{Arc, Mutex};

#[derive(Default)]
pub(crate) struct Press {
    /// What was handed over.
    pub(crate) jobs: Mutex<Vec<(Vec<u8>, PrintRequest)>>,
    /// What becomes of every job; none: it does not take any.
    pub(crate) outcome: Mutex<Option<JobState>>,
}

/// The press as it is plugged in.
pub(crate) struct Plug(pub(crate) Arc<Press>);

impl Printer for Plug {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        Ok(vec![PrinterInfo { name: "Press".into(), default: true, ready: true, trouble: None }])
    }

    fn print(&self, pdf: &[u8], request: &PrintRequest) -> Result<PrintJob, PrintError> {
        if self.0.outcome.lock().unwrap().is_none() {
            return Err(PrintError::Failed { reason: "refused".into() });
        }
        let mut jobs = self.0.jobs.lock().unwrap();
        jobs.push((pdf.to_vec(), request.clone()));
        Ok(PrintJob { printer: "Press".into(), job: format!("Press-{}", jobs.len()) })
    }

    fn state(&self, _: &PrintJob) -> Result<JobState, PrintError> {
        self.0.outcome.lock().unwrap().clone().ok_or(PrintError::Unavailable)
    }
}
