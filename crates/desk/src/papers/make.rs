//! From a form and what it is about to what is drawn. One arm a form.

use super::sample::SAMPLE;
use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, FixedOffset};
use domain::form::{self, CoverSheets, Document, Issue};
use domain::separator::{NoSeparator, Separator};
use domain::{DossierId, Form, Receipt, Right};
use store::tables::print_job::SheetKey;

/// What a patch sheet is asked for by.
const PATCH: &str = "patch";

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Mẫu 01, which has a layout of its own.
    Receipt(Box<Receipt>),
    /// Any other form.
    Document(Box<Document>),
    /// Cover sheets, which are a scanner's first.
    Covers(Box<CoverSheets>),
    /// A patch sheet, which says that something begins and not what.
    Patch(Box<Issue>),
    /// The slip with a number of the queue.
    Slip(Box<form::TicketSlip>),
}

/// A sheet that is ready to be drawn, and what its prints are counted under.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) content: Content,
    pub(crate) key: SheetKey,
}

impl Desk {
    /// Makes a sheet.
    pub(super) fn make(&self, form: Form, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        if about == SAMPLE
            && let Some(document) = self.sample_of_many(form, at)?
        {
            return Ok(Made::of(document, SAMPLE));
        }
        match form {
            Form::Receipt => self.make_receipt(about, at),
            Form::Supplement | Form::Refusal | Form::Stop => self.make_notice(form, about, at),
            Form::Control => self.make_control(about, at),
            Form::History => self.make_history(about, at),
            Form::VisitReceipt => self.make_visit_receipt(about, at),
            Form::ResultReceipt => self.make_result_receipt(about, at),
            Form::Handover => self.make_handover(about, at),
            Form::HandoverResults => self.make_handover_results(about, at),
            Form::TrackingBook => self.make_tracking_book(about, at),
            Form::DossierList => self.make_dossier_list(about, at),
            Form::CoverSheet => self.make_covers(about, at),
            Form::FeeReceipt => self.make_fee_receipt(about, at),
            Form::ShiftClose => self.make_shift_close(about, at),
            Form::DueExplanation => self.make_due_explanation(about, at),
            Form::Apology => self.make_apology(about, at),
            Form::QueueTicket => self.make_slip(about, at),
        }
    }

    /// Before the papers of a dossier, also of a draft, are scanned: `DOSSIER`, or `DOSSIER:3` for its third component;
    /// `patch` for a patch sheet of no dossier.
    pub(super) fn make_covers(&self, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        let staff = self.require(Right::Print)?;
        if about == PATCH {
            let key = SheetKey { form: Form::CoverSheet, dossier: None, subject: PATCH.to_owned() };
            return Ok(Made { content: Content::Patch(Box::new(self.issue(&staff.name, at)?)), key });
        }
        let (dossier, only) = match about.rsplit_once(':') {
            Some((dossier, index)) => (dossier, Some(index.trim().parse().map_err(|_| Error::BadInput("component"))?)),
            None => (about, None),
        };
        let dossier = self.loaded(dossier)?.dossier;
        let id = dossier.id;
        let key = self.key()?.separator_key();
        let issue = self.issue(&staff.name, at)?;
        let covers = form::cover_sheets(&dossier, only, &key, issue).ok_or(Error::NothingToPrint)?;
        let of: Vec<String> = covers.sheets.iter().map(|sheet| sheet.component.to_string()).collect();
        let key = SheetKey { form: Form::CoverSheet, dossier: Some(id), subject: of.join(",") };
        Ok(Made { content: Content::Covers(Box::new(covers)), key })
    }

    /// What a code that was read off a page says, if it is a cover sheet that was printed here.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn read_separator(&self, text: &str) -> Result<Result<Separator, NoSeparator>, Error> {
        self.require(Right::Read)?;
        let key = self.key()?.separator_key();
        Ok(Separator::read(text, &key))
    }

    /// Who makes the sheet and when: what every form but the receipt is given.
    pub(crate) fn issue(&self, clerk: &str, at: DateTime<FixedOffset>) -> Result<Issue, Error> {
        Ok(Issue {
            office: self.office_on_paper()?,
            regulation: self.regulation()?,
            clerk: clerk.to_owned(),
            at,
            reprint: 0,
            training: self.profile().training,
        })
    }
}

impl Made {
    /// A sheet of one dossier. `subject` tells it from others of the same form; empty where there is but one.
    pub(crate) fn of_dossier(document: Document, dossier: DossierId, subject: impl Into<String>) -> Self {
        let key = SheetKey { form: document.form, dossier: Some(dossier), subject: subject.into() };
        Self { content: Content::Document(Box::new(document)), key }
    }

    /// A sheet of no dossier in particular: a list, a book, a shift. The same `subject` is the same sheet.
    pub(crate) fn of(document: Document, subject: impl Into<String>) -> Self {
        let key = SheetKey { form: document.form, dossier: None, subject: subject.into() };
        Self { content: Content::Document(Box::new(document)), key }
    }

    /// What the log names it by.
    pub(super) fn object(&self) -> String {
        self.key.dossier.map_or_else(|| self.key.subject.clone(), |dossier| dossier.to_string())
    }

    /// Its title.
    pub(super) fn title(&self) -> String {
        match &self.content {
            Content::Receipt(_) => domain::receipt::TITLE.to_owned(),
            Content::Document(document) => document.title().to_owned(),
            Content::Patch(_) => pdf::forms::PATCH_TITLE.to_owned(),
            Content::Covers(covers) => Form::CoverSheet.title(covers.issue.regulation).to_owned(),
            Content::Slip(slip) => Form::QueueTicket.title(slip.issue.regulation).to_owned(),
        }
    }
}

impl Content {
    /// Sets how often it was printed before.
    pub(super) fn printed_before(&mut self, prints: u32) {
        match self {
            Self::Receipt(receipt) => receipt.reprint = prints,
            Self::Document(document) => document.issue.reprint = prints,
            Self::Slip(slip) => slip.issue.reprint = prints,
            // Nobody is given one: a second is as good as the first.
            Self::Covers(_) | Self::Patch(_) => {}
        }
    }
}
