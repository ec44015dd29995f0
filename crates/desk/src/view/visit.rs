//! What is seen of dossiers that belong together: of one visit, or the same one twice.

use super::{DossierRow, DossierView};
use crate::error::UserError;
use domain::{DossierId, Status};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The dossiers of one visit (lượt): one person, one payment, one bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VisitView {
    /// The dossier that it began with; names the visit.
    pub root: DossierId,
    /// All of them, in the order in which they were opened.
    pub dossiers: Vec<VisitDossier>,
}

/// One dossier of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VisitDossier {
    /// The id.
    pub id: DossierId,
    /// The code, once accepted.
    pub code: Option<String>,
    /// True while the code is provisional.
    pub provisional: bool,
    /// Name of the procedure, or empty.
    pub procedure: String,
    /// Where it stands.
    pub state: Status,
    /// How much a draft still lacks.
    pub missing: u32,
    /// True for a draft whose like was handed in lately; it asks for a reason of its own.
    pub duplicate: bool,
    /// When its result is due, once accepted.
    pub due: Option<String>,
}

/// What became of accepting a whole visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VisitAccepted {
    /// What was accepted, each in a transaction of its own.
    pub accepted: Vec<DossierId>,
    /// What was not, and why; it stays the draft that it was.
    pub left: Vec<VisitLeft>,
    /// The dossier on the table, as it is now.
    pub dossier: DossierView,
}

/// A draft that was not accepted with the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VisitLeft {
    /// Which.
    pub dossier: DossierId,
    /// Name of its procedure, or empty.
    pub procedure: String,
    /// Why, and what to do.
    pub error: UserError,
}

/// Another dossier that the central system takes for the same one (T-48).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TwinView {
    /// Its code.
    pub code: String,
    /// When it was received.
    pub received_at: String,
    /// Where it was received.
    pub station: String,
}

/// What was handed in lately by the same person for the same procedure, as `motcua duplicates` tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DuplicatesView {
    /// Newest first.
    pub hits: Vec<DossierRow>,
    /// How long it took, in milliseconds.
    pub ms: f64,
}
