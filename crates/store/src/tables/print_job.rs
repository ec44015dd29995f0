//! What was printed: a sheet counts as a reprint after its first job (F4).

use super::{id16, millis, time};
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

    /// What spoolers still held, the oldest first, a few at a time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn waiting_prints(&self) -> Result<Vec<WaitingPrint>, Error> {
        let sql = "SELECT id, dossier, form, subject, printer, job, at_ms FROM print_job WHERE waiting = 1 \
                   ORDER BY at_ms LIMIT 20";
        let mut query = self.0.prepare_cached(sql)?;
        let mut rows = query.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            // A form of a later program is no form here; its jobs are that program's.
            let Ok(form) = row.get::<_, String>(2)?.parse() else { continue };
            let dossier = row.get::<_, Option<[u8; 16]>>(1)?.map(DossierId::from_bytes);
            found.push(WaitingPrint {
                id: PrintJobId::from_bytes(id16(row, 0)?),
                sheet: SheetKey { form, dossier, subject: row.get(3)? },
                printer: row.get(4)?,
                job: row.get(5)?,
                at: time(row.get(6)?)?,
            });
        }
        Ok(found)
    }
}

/// A sheet that a spooler held when it was last asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPrint {
    /// The job's id here.
    pub id: PrintJobId,
    /// The sheet.
    pub sheet: SheetKey,
    /// The printer's name.
    pub printer: String,
    /// The spooler's name of the job.
    pub job: String,
    /// When it was handed over.
    pub at: DateTime<FixedOffset>,
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
        let sql = "INSERT INTO print_job (id, dossier, form, subject, printer, job, at_ms, staff, waiting) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)";
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

    /// The spooler said that a job is done, or knows nothing of it any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle_print(&self, id: PrintJobId) -> Result<(), Error> {
        self.0.prepare_cached("UPDATE print_job SET waiting = 0 WHERE id = ?1")?.execute([id.as_bytes()])?;
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
