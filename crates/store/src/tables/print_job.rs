//! What was printed: a sheet counts as a reprint after its first job (F4).

use super::millis;
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::{DossierId, Form, PrintJobId, StaffId};

/// Which sheet: the form, the dossier it is of, and what tells it from other sheets of the same form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetKey {
    /// The form.
    pub form: Form,
    /// The dossier, where it is of one.
    pub dossier: Option<DossierId>,
    /// The step a slip tells of, the day or the dossiers of a list; empty where there is but one.
    pub subject: String,
}

impl Reader<'_> {
    /// How often this sheet was handed to a printer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_prints(&self, sheet: &SheetKey) -> Result<u32, Error> {
        let sql = "SELECT count(*) FROM print_job WHERE dossier IS ?1 AND form = ?2 AND subject = ?3";
        let dossier = sheet.dossier.as_ref().map(DossierId::as_bytes);
        let mut query = self.0.prepare_cached(sql)?;
        Ok(query.query_row((dossier, sheet.form.as_str(), &sheet.subject), |row| row.get(0))?)
    }
}

/// A sheet that a printer took.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The job's id here.
    pub id: PrintJobId,
    /// The sheet.
    pub sheet: &'a SheetKey,
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
        let sql = "INSERT INTO print_job (id, dossier, form, subject, printer, job, at_ms, staff) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.0.prepare_cached(sql)?.execute((
            printed.id.as_bytes(),
            printed.sheet.dossier.as_ref().map(DossierId::as_bytes),
            printed.sheet.form.as_str(),
            &printed.sheet.subject,
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
