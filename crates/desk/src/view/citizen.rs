//! What the citizen sees on a screen of their own (màn hình cho người dân): their data to be confirmed, what is to be paid, the
//! appointment; nothing of anyone else.

use super::TransferCode;
use domain::Dong;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The citizen's screen. Without a dossier it greets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CitizenView {
    /// Name of the office.
    pub office: String,
    /// Name of the station.
    pub station: String,
    /// True in training mode.
    pub training: bool,
    /// The dossier on the table.
    pub dossier: Option<CitizenDossier>,
    /// The transfer code that is to be scanned now.
    pub code: Option<TransferCode>,
}

/// A dossier, for its citizen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CitizenDossier {
    /// Its code, once accepted.
    pub code: Option<String>,
    /// Name of the procedure, or empty.
    pub procedure: String,
    /// What is to be confirmed, each with its label, in the order of the form; what is empty is left out.
    pub facts: Vec<CitizenFact>,
    /// The papers that were handed in, by name.
    pub papers: Vec<String>,
    /// When the result is due, in words.
    pub due: Option<String>,
    /// What is still to be paid; none where it is not known, or nothing is.
    pub fee: Option<Dong>,
}

/// One line to be confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CitizenFact {
    /// What it is called.
    pub label: String,
    /// What was written down.
    pub value: String,
}
