//! Procedures (thủ tục hành chính) as data: cases, limits, fees and components.
//!
//! One procedure has many time limits, fees and component lists (D§0.9); a case selects among them.
//! A dossier stays on the version under which it was opened.

use crate::deadline::Limit;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A procedure in one version (thủ tục hành chính).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// National code, `1.001193` (mã TTHC, D§3.3).
    pub code: String,
    /// Name (tên thủ tục).
    pub name: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Words a clerk types for it, beside its name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The day this version takes effect.
    pub valid_from: NaiveDate,
    /// Its cases; the first is the default. Never empty.
    pub cases: Vec<Case>,
    /// Every component of every case (thành phần hồ sơ).
    pub components: Vec<ComponentSpec>,
    /// Codes of the results it can give (mã kết quả).
    #[serde(default)]
    pub results: Vec<String>,
}

/// One case of a procedure (trường hợp).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Stable within the procedure.
    pub id: String,
    /// What the clerk reads; empty where there is only one.
    #[serde(default)]
    pub name: String,
    /// The time limit (thời hạn).
    pub limit: Limit,
    /// The limit in the words of the publication, printed on the receipt.
    pub limit_text: String,
    /// Amount in đồng where it is fixed.
    #[serde(default)]
    pub fee: Option<i64>,
    /// The fee in the words of the publication, printed verbatim (D§7.1).
    #[serde(default)]
    pub fee_text: String,
}

/// Whether a paper is handed in or only shown (nộp, xuất trình).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Handed in and digitized (nộp).
    Submit,
    /// Only shown, never digitized (xuất trình; TT 01/2023 art 4).
    Show,
}

/// One component of a procedure (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentSpec {
    /// Name of the paper (tên giấy tờ).
    pub name: String,
    /// Originals asked for (bản chính).
    #[serde(default)]
    pub originals: u32,
    /// Plain copies asked for (bản sao, bản photo).
    #[serde(default)]
    pub copies: u32,
    /// Certified copies asked for (bản chứng thực).
    #[serde(default)]
    pub certified: u32,
    /// Handed in or shown.
    pub handling: Handling,
    /// Whether a dossier is incomplete without it.
    #[serde(default)]
    pub required: bool,
    /// Ids of the cases that ask for it; empty means all.
    #[serde(default)]
    pub cases: Vec<String>,
}

impl Procedure {
    /// The case named `id`, or the default one.
    #[must_use]
    pub fn case(&self, id: Option<&str>) -> Option<&Case> {
        match id {
            Some(id) => self.cases.iter().find(|case| case.id == id),
            None => self.cases.first(),
        }
    }

    /// The components that `case` asks for, in order.
    pub fn components_of(&self, case: &Case) -> impl Iterator<Item = &ComponentSpec> {
        self.components.iter().filter(move |spec| spec.cases.is_empty() || spec.cases.contains(&case.id))
    }
}
