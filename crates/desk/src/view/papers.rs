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

/// What forms say of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OfficeForm {
    /// The superior agency, first line of the letterhead.
    pub parent: String,
    /// The one-stop unit, second line.
    pub name: String,
    /// Place name before the date.
    pub place: String,
    /// Where it is.
    pub address: String,
    /// Telephone for questions.
    pub phone: String,
    /// Address of the look-up page.
    pub lookup_url: String,
    /// Name of the information system, in the code of every paper (TT 01/2023 art 26).
    pub system: String,
}

/// What is chosen for forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FormsView {
    /// What they say of the office.
    pub office: OfficeForm,
    /// Whose layout they follow.
    pub regulation: domain::Regulation,
    /// True where a mark stands above the office's name.
    pub logo: bool,
    /// Every form.
    pub forms: Vec<FormView>,
}

/// One form, and what is chosen for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FormView {
    /// Its title under the chosen circular.
    pub title: String,
    /// Its number there, such as `Mẫu số 01`; none for what no circular numbers.
    pub number: Option<String>,
    /// True where the form leaves no choice of paper.
    pub fixed: bool,
    /// What is chosen.
    pub choice: crate::FormChoice,
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

/// A printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PrinterView {
    /// Its name.
    pub name: String,
    /// True for the system's default.
    pub default: bool,
    /// True when it takes jobs.
    pub ready: bool,
}
