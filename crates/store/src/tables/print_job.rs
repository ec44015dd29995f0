//! What was printed: a form of a dossier counts as a reprint after its first job (F4).

use super::millis;
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{DossierId, PrintJobId, StaffId};

impl Reader<'_> {
    /// How often `form` of `dossier` was handed to a printer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_prints(&self, dossier: DossierId, form: &str) -> Result<u32, Error> {
        let mut query = self.0.prepare_cached("SELECT count(*) FROM print_job WHERE dossier = ?1 AND form = ?2")?;
        Ok(query.query_row((dossier.as_bytes(), form), |row| row.get(0))?)
    }
}

/// A form that a printer took.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The job's id here.
    pub id: PrintJobId,
    /// The dossier.
    pub dossier: DossierId,
    /// The form, such as `receipt`.
    pub form: &'a str,
    /// The printer's name.
    pub printer: &'a str,
    /// The spooler's name of the job.
    pub job: &'a str,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By whom.
    pub by: StaffId,
}

impl Writer<'_> {
    /// Notes a job that the printer's spooler took.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_print(&self, printed: &Printed<'_>) -> Result<(), Error> {
        let sql =
            "INSERT INTO print_job (id, dossier, form, printer, job, at_ms, staff) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.0.prepare_cached(sql)?.execute((
            printed.id.as_bytes(),
            printed.dossier.as_bytes(),
            printed.form,
            printed.printer,
            printed.job,
            millis(printed.at),
            printed.by.as_bytes(),
        ))?;
        Ok(())
    }

    /// Takes back a job that failed after the spooler took it: nothing was printed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn take_back_print(&self, id: PrintJobId) -> Result<(), Error> {
        self.0.prepare_cached("DELETE FROM print_job WHERE id = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }
}
