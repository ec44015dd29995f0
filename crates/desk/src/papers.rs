//! Every form on paper: shown, printed, opened. What is shown is what is printed, and every print after the first says
//! "bản in lại" (F4).
//!
//! A sheet is named by its form and by what it is about, as text: a dossier, a day, a number. [`make`] turns the two into
//! what is drawn; to add a form is an arm there and the function that it calls.

mod about;
mod choices;
mod dossier;
mod lists;
mod make;
mod offers;
mod outcome;
mod sample;
mod sample_sheets;

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{PaperView, PrintView};
pub use choices::FormChoice;
use chrono::{DateTime, FixedOffset};
use devices::{Media, PrintRequest};
use domain::{Form, Right};
pub(crate) use make::{Content, Made};
pub(crate) use sample::SAMPLE;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
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

/// The sheet drawn last, so that its preview and its print are the same bytes.
pub(crate) struct Drawn {
    made: Made,
    paper: Paper,
    at: DateTime<FixedOffset>,
    bytes: Arc<Vec<u8>>,
}

/// A sheet as it would be printed now.
struct Ready {
    made: Made,
    paper: Paper,
    prints: u32,
    bytes: Arc<Vec<u8>>,
}

impl Desk {
    /// A sheet, for showing, in `paper` or what is set for the form. Looking is logged.
    ///
    /// # Errors
    /// [`Error::NothingToPrint`] where there is no such sheet; when the role may not print.
    pub fn paper(&self, form: Form, about: &str, paper: Option<Paper>) -> Result<PaperView, Error> {
        let ready = self.ready(form, about, paper)?;
        let (staff, now) = (self.require(Right::Print)?, self.now());
        let (action, object) = (format!("view.{}", form.as_str()), ready.made.object());
        self.store()?.write(|tx| tx.log(now, Some(staff.id), &action, &object))?;
        let pages = pdf::read::inspect(&ready.bytes)?.len();
        Ok(PaperView {
            form,
            about: about.to_owned(),
            title: ready.made.title(),
            pages: u32::try_from(pages).unwrap_or_default(),
            bytes: ready.bytes.len() as u64,
            reprint: ready.prints > 0,
            prints: ready.prints,
        })
    }

    /// A sheet's PDF.
    ///
    /// # Errors
    /// As [`Self::paper`].
    pub fn paper_pdf(&self, form: Form, about: &str, paper: Option<Paper>) -> Result<Arc<Vec<u8>>, Error> {
        Ok(self.ready(form, about, paper)?.bytes)
    }

    /// Prints a sheet and watches the spooler for a few seconds.
    ///
    /// # Errors
    /// When no printer takes it, or the printer says that it did not come out; nothing counts as printed then.
    pub fn print_paper(
        &self,
        form: Form,
        about: &str,
        printer: Option<&str>,
        paper: Option<Paper>,
    ) -> Result<PrintView, Error> {
        let staff = self.require(Right::Print)?;
        // A sample has a code that a real dossier may have.
        if about.split(':').next() == Some(SAMPLE) {
            return Err(Error::NothingToPrint);
        }
        let ready = self.ready(form, about, paper)?;
        let choice = self.choice_of(form)?;
        let request = PrintRequest {
            printer: printer.map(str::to_owned).or(choice.printer).or(self.preferences()?.printer),
            // Others read the queue: the form's name, and nothing of anybody.
            title: domain::fold::fold(form.title(domain::Regulation::default())),
            media: ready.made.media(ready.paper),
            copies: choice.copies,
        };
        let job = self.printer.print(&ready.bytes, &request)?;
        let (id, at) = (self.clock.id(), self.now());
        let (action, object) = (format!("print.{}", form.as_str()), ready.made.object());
        self.store()?.write(|tx| -> Result<(), Error> {
            let sheet = &ready.made.key;
            tx.add_print(&Printed { id, sheet, printer: &job.printer, job: &job.job, at, by: staff.id })?;
            tx.log(at, Some(staff.id), &action, &object)?;
            Ok(())
        })?;
        let finished = match self.watch(&job) {
            Ok(finished) => finished,
            Err(error) => {
                // The sheet never came out, so that the next one is no reprint (T-54).
                let at = self.now();
                self.store()?.write(|tx| -> Result<(), Error> {
                    tx.take_back_print(id)?;
                    tx.log(at, Some(staff.id), "print.failed", &object)?;
                    Ok(())
                })?;
                return Err(error.into());
            }
        };
        if finished {
            self.store()?.write(|tx| tx.settle_print(id))?;
        }
        Ok(PrintView { job: job.job, printer: job.printer, finished, reprint: ready.prints > 0 })
    }

    /// Opens a sheet in the system's PDF viewer. The file lies in a private folder that is emptied at the next start.
    ///
    /// # Errors
    /// When there is no viewer.
    pub fn open_paper(&self, form: Form, about: &str) -> Result<(), Error> {
        if about.split(':').next() == Some(SAMPLE) {
            return Err(Error::NothingToPrint);
        }
        let ready = self.ready(form, about, None)?;
        let folder = self.dir().join("opened");
        std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, error))?;
        let path = folder.join(format!("{}-{}.pdf", form.as_str(), self.clock.id::<domain::PrintJobId>()));
        crate::digitize::write_whole(&path, &ready.bytes)?;
        let (staff, now) = (self.require(Right::Print)?, self.now());
        let (action, object) = (format!("open.{}", form.as_str()), ready.made.object());
        self.store()?.write(|tx| tx.log(now, Some(staff.id), &action, &object))?;
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

    /// The sheet as it is now, drawn, or as it was drawn last where nothing of it has changed.
    fn ready(&self, form: Form, about: &str, paper: Option<Paper>) -> Result<Ready, Error> {
        self.require(Right::Print)?;
        let paper = match paper {
            Some(paper) => paper,
            None => match self.choice_of(form)?.paper {
                Some(paper) => paper,
                None => self.preferences()?.receipt_paper,
            },
        };
        let now = self.now();
        let mut drawn = lock(&self.drawn);
        if let Some(last) = &*drawn
            && last.at.date_naive() == now.date_naive()
            && (last.made.key.form, last.paper) == (form, paper)
        {
            // Made for the moment of the last one, it differs from it only where something else has changed.
            let (made, prints) = self.counted(form, about, last.at)?;
            if made == last.made {
                return Ok(Ready { made, paper, prints, bytes: Arc::clone(&last.bytes) });
            }
        }
        let (made, prints) = self.counted(form, about, now)?;
        let sheet = match paper {
            Paper::A5 => pdf::Paper::A5,
            Paper::A4 => pdf::Paper::A4,
        };
        let bytes = Arc::new(match &made.content {
            Content::Receipt(receipt) => pdf::forms::receipt(receipt, sheet)?,
            Content::Document(document) => pdf::forms::form(document, sheet)?,
            Content::Covers(covers) => pdf::forms::covers(covers)?,
            Content::Patch(issue) => pdf::forms::patch_sheet(issue)?,
            Content::Slip(slip) => pdf::forms::ticket_slip(slip, sheet)?,
        });
        *drawn = Some(Drawn { made: made.clone(), paper, at: now, bytes: Arc::clone(&bytes) });
        Ok(Ready { made, paper, prints, bytes })
    }

    /// A sheet that says how often it was printed before.
    fn counted(&self, form: Form, about: &str, at: DateTime<FixedOffset>) -> Result<(Made, u32), Error> {
        let mut made = self.make(form, about, at)?;
        let prints = self.store()?.read(|r| r.count_prints(&made.key))?;
        made.content.printed_before(prints);
        Ok((made, prints))
    }
}

impl Made {
    fn media(&self, paper: Paper) -> Media {
        match (&self.content, paper) {
            (Content::Document(document), _) if document.sheet != domain::form::Sheet::AsSet => Media::A4,
            (Content::Covers(_) | Content::Patch(_), _) | (_, Paper::A4) => Media::A4,
            (_, Paper::A5) => Media::A5,
        }
    }
}
