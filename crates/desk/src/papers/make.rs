//! From a form and what it is about to what is drawn. One arm a form.

use crate::fault::Error;
use crate::station::Desk;
use chrono::{DateTime, FixedOffset};
use domain::form::{Document, Issue};
use domain::{DossierId, Form, Receipt, Regulation};
use store::tables::print_job::SheetKey;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Mẫu 01, which has a layout of its own.
    Receipt(Box<Receipt>),
    /// Any other form.
    Document(Box<Document>),
}

/// A sheet that is ready to be drawn, and what its prints are counted under.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) content: Content,
    pub(crate) key: SheetKey,
}

const REGULATION: &str = "regulation";

impl Desk {
    /// Makes a sheet.
    pub(super) fn make(&self, form: Form, about: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
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
            Form::Apology | Form::CoverSheet | Form::FeeReceipt | Form::ShiftClose => Err(Error::NothingToPrint),
        }
    }

    /// Who makes the sheet and when: what every form but the receipt is given.
    pub(crate) fn issue(&self, clerk: &str, at: DateTime<FixedOffset>) -> Result<Issue, Error> {
        Ok(Issue {
            office: self.office()?,
            regulation: self.regulation()?,
            clerk: clerk.to_owned(),
            at,
            reprint: 0,
            training: self.profile().training,
        })
    }

    /// The circular whose forms the office follows.
    pub(crate) fn regulation(&self) -> Result<Regulation, Error> {
        Ok(self.store()?.read(|r| r.setting(REGULATION))?.unwrap_or_default())
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
        }
    }
}

impl Content {
    /// Sets how often it was printed before.
    pub(super) fn printed_before(&mut self, prints: u32) {
        match self {
            Self::Receipt(receipt) => receipt.reprint = prints,
            Self::Document(document) => document.issue.reprint = prints,
        }
    }
}
