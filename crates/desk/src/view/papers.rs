//! What the window sees of forms: a sheet that can be shown and printed, what became of a print, what a dossier has.

use domain::Form;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sheet that can be shown and printed. Page N is `page://localhost/KEY/paper/FORM/ABOUT/N`, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperView {
    /// The form.
    pub form: Form,
    /// What it is about: a dossier's id or code, a day, dossiers after commas.
    pub about: String,
    /// Its title, as printed.
    pub title: String,
    /// Number of pages.
    pub pages: u32,
    /// Size of the PDF.
    pub bytes: u64,
    /// True when it was printed before.
    pub reprint: bool,
    /// How often it was printed.
    pub prints: u32,
}

/// What became of a print job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PrintView {
    /// The spooler's name of the job.
    pub job: String,
    /// The printer.
    pub printer: String,
    /// True when the spooler says it is done, false while it still holds the job.
    pub finished: bool,
    /// True when the sheet says "bản in lại".
    pub reprint: bool,
}

/// A sheet that a dossier has as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperOffer {
    /// The form.
    pub form: Form,
    /// What it is about.
    pub about: String,
    /// Its title, as printed.
    pub title: String,
    /// How often it was printed.
    pub prints: u32,
}
