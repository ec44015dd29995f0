//! The receipt (giấy tiếp nhận hồ sơ và hẹn trả kết quả): shown, printed, opened. What is shown is what is printed.

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{PrintView, ReceiptView};
use devices::{JobState, Media, PrintRequest};
use domain::{DossierCode, DossierId, Receipt, Right};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::tables::print_job::Printed;
use ts_rs::TS;

/// Paper of a form (khổ giấy).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Paper {
    /// 148 × 210 mm, as TT 01/2018/TT-VPCP art 9 asks.
    #[default]
    A5,
    /// 210 × 297 mm, as many provinces print it.
    A4,
}

/// The form's name in the store and on the console.
const FORM: &str = "receipt";

/// How long the spooler is watched before the clerk is told "sent to the printer".
const WATCH: Duration = Duration::from_secs(4);

/// The receipt drawn last, so that its preview and its print are the same bytes.
pub(crate) struct Drawn {
    dossier: DossierId,
    paper: Paper,
    prints: u32,
    /// A provisional code is replaced by the official one, and then so is the sheet.
    code: Option<DossierCode>,
    bytes: Arc<Vec<u8>>,
}

impl Desk {
    /// The receipt of an accepted dossier, for showing.
    ///
    /// # Errors
    /// When the dossier is not accepted.
    pub fn receipt(&self, dossier: DossierId) -> Result<ReceiptView, Error> {
        let bytes = self.drawn_receipt(dossier)?;
        let (staff, now) = (self.require(Right::Print)?, self.now());
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "view.receipt", &dossier.to_string()))?;
        let pages = pdf::read::inspect(&bytes)?.len();
        let prints = self.store()?.read(|r| r.count_prints(dossier, FORM))?;
        Ok(ReceiptView {
            dossier,
            pages: u32::try_from(pages).unwrap_or_default(),
            bytes: bytes.len() as u64,
            reprint: prints > 0,
        })
    }

    /// The receipt's PDF, in `paper` or the station's choice.
    ///
    /// # Errors
    /// When the dossier is not accepted.
    pub fn receipt_pdf(&self, dossier: DossierId, paper: Option<Paper>) -> Result<Arc<Vec<u8>>, Error> {
        let staff = self.require(Right::Print)?;
        let paper = match paper {
            Some(paper) => paper,
            None => self.preferences()?.receipt_paper,
        };
        let (loaded, prints, clerk) = self.store()?.read(|r| -> Result<_, Error> {
            let loaded = r.dossier(dossier)?.ok_or(Error::DossierNotFound)?;
            // The receipt names who received, which need not be who prints.
            let received = r.events(dossier)?.into_iter().find(|event| event.kind == domain::EventKind::Received);
            let clerk = received.map(|event| r.staff(event.by)).transpose()?.flatten();
            Ok((loaded, r.count_prints(dossier, FORM)?, clerk.unwrap_or(staff)))
        })?;
        if let Some(drawn) = &*lock(&self.drawn)
            && (drawn.dossier, drawn.paper, drawn.prints) == (dossier, paper, prints)
            && drawn.code == loaded.code
        {
            return Ok(Arc::clone(&drawn.bytes));
        }
        let receipt = Receipt::of(&loaded, self.office()?, &clerk, self.now(), prints, self.profile().training)?;
        let paper_size = match paper {
            Paper::A5 => pdf::Paper::A5,
            Paper::A4 => pdf::Paper::A4,
        };
        let bytes = Arc::new(pdf::forms::receipt(&receipt, paper_size)?);
        *lock(&self.drawn) = Some(Drawn { dossier, paper, prints, code: loaded.code, bytes: Arc::clone(&bytes) });
        Ok(bytes)
    }

    pub(crate) fn drawn_receipt(&self, dossier: DossierId) -> Result<Arc<Vec<u8>>, Error> {
        self.receipt_pdf(dossier, None)
    }

    /// Prints the receipt and watches the spooler for a few seconds. Every print after the first says "bản in lại".
    ///
    /// # Errors
    /// When no printer takes it; nothing counts as printed then.
    pub fn print_receipt(
        &self,
        dossier: DossierId,
        printer: Option<&str>,
        paper: Option<Paper>,
    ) -> Result<PrintView, Error> {
        let staff = self.require(Right::Print)?;
        let preferences = self.preferences()?;
        let bytes = self.receipt_pdf(dossier, paper)?;
        let prints = self.store()?.read(|r| r.count_prints(dossier, FORM))?;
        let media = match paper.unwrap_or(preferences.receipt_paper) {
            Paper::A5 => Media::A5,
            Paper::A4 => Media::A4,
        };
        let request = PrintRequest {
            printer: printer.map(str::to_owned).or(preferences.printer),
            title: format!("Giay tiep nhan {dossier}"),
            media,
            copies: 1,
        };
        let job = self.printer.print(&bytes, &request)?;
        let (id, at) = (self.clock.id(), self.now());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.add_print(&Printed { id, dossier, form: FORM, printer: &job.printer, job: &job.job, at, by: staff.id })?;
            tx.log(at, Some(staff.id), "print.receipt", &dossier.to_string())?;
            Ok(())
        })?;
        let finished = match self.watch(&job) {
            Ok(finished) => finished,
            Err(error) => {
                // The sheet never came out, so that the next one is no reprint (T-54).
                let at = self.now();
                self.store()?.write(|tx| -> Result<(), Error> {
                    tx.take_back_print(id)?;
                    tx.log(at, Some(staff.id), "print.failed", &dossier.to_string())?;
                    Ok(())
                })?;
                return Err(error.into());
            }
        };
        Ok(PrintView { job: job.job, printer: job.printer, finished, reprint: prints > 0 })
    }

    /// Whether the job came out. An error only where it is sure that it did not: a spooler that cannot be asked may
    /// well be printing.
    fn watch(&self, job: &devices::PrintJob) -> Result<bool, devices::PrintError> {
        let until = Instant::now() + WATCH;
        loop {
            match self.printer.state(job).unwrap_or(JobState::Waiting) {
                JobState::Finished => return Ok(true),
                JobState::Failed { reason } => return Err(devices::PrintError::Failed { reason }),
                JobState::Waiting | JobState::Printing if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(150));
                }
                JobState::Waiting | JobState::Printing => return Ok(false),
            }
        }
    }

    /// Opens the receipt in the system's PDF viewer. The file lies in a private folder that is emptied at the next start.
    ///
    /// # Errors
    /// When there is no viewer.
    pub fn open_receipt(&self, dossier: DossierId) -> Result<(), Error> {
        let bytes = self.receipt_pdf(dossier, None)?;
        let folder = self.dir().join("opened");
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        let path = folder.join(format!("giay-tiep-nhan-{dossier}.pdf"));
        crate::digitize::write_whole(&path, &bytes)?;
        let (staff, now) = (self.require(Right::Print)?, self.now());
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "open.receipt", &dossier.to_string()))?;
        Ok(devices::open_pdf(&path)?)
    }

    /// Takes away what was opened in a viewer in an earlier run: papers of citizens in the clear.
    pub(crate) fn clear_opened_papers(&self) {
        let _ = std::fs::remove_dir_all(self.dir().join("opened"));
    }

    /// The printers that the system knows.
    ///
    /// # Errors
    /// When the system cannot be asked.
    pub fn printers(&self) -> Result<Vec<crate::view::PrinterView>, Error> {
        let view =
            |p: devices::PrinterInfo| crate::view::PrinterView { name: p.name, default: p.default, ready: p.ready };
        Ok(self.printer.printers()?.into_iter().map(view).collect())
    }
}
