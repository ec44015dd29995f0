//! What the window sees of people known from before, and of whether they were held against a register.

use super::ApplicantForm;
use domain::identity::{CheckFault, CheckState};
use domain::{DossierId, Seat, Status};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this station knows of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownView {
    /// What was said about offering it again; none where nobody was asked.
    pub consent: Option<bool>,
    /// The latest dossiers, the latest first.
    pub dossiers: Vec<KnownDossier>,
    /// What was told the last time; only with consent.
    pub contact: Option<KnownContact>,
    /// Papers that are digitized already; only with consent.
    pub papers: Vec<KnownPaper>,
}

/// An earlier dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownDossier {
    /// The id.
    pub id: DossierId,
    /// Its code.
    pub code: String,
    /// Name of its procedure.
    pub procedure: String,
    /// When it was received.
    pub received_at: String,
    /// Where it stands.
    pub state: Status,
}

/// What was told the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownContact {
    /// The fields, for whoever wants to take them.
    pub form: ApplicantForm,
    /// Code of the dossier they stand in.
    pub code: String,
}

/// A paper of an earlier dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownPaper {
    /// The earlier dossier.
    pub dossier: DossierId,
    /// Its code.
    pub code: String,
    /// When that was received.
    pub received_at: String,
    /// The component there.
    pub component: u32,
    /// Its name.
    pub name: String,
    /// Its pages.
    pub pages: u32,
    /// The component of this dossier that asks for a paper of the same name and has none yet.
    pub fits: Option<u32>,
}

/// People of earlier dossiers whose name was typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownNames {
    /// The latest first.
    pub people: Vec<KnownPerson>,
    /// How long the look took, in milliseconds.
    pub ms: f64,
}

/// Somebody of an earlier dossier: as much as tells two of one name apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KnownPerson {
    /// The latest dossier.
    pub dossier: DossierId,
    /// The seat there.
    pub seat: Seat,
    /// The name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Option<String>,
    /// The last four signs of the number.
    pub number_end: String,
    /// Code of that dossier.
    pub code: String,
    /// When it was received.
    pub received_at: String,
    /// What was said about offering it again; none where nobody was asked.
    pub consent: Option<bool>,
}

/// Whether one person of a dossier was held against the population database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IdentityView {
    /// Which of its people.
    pub seat: Seat,
    /// The name on the dossier.
    pub name: String,
    /// The date of birth on the dossier.
    pub birth_date: Option<String>,
    /// Where it stands.
    pub state: CheckState,
    /// What the last question met.
    pub fault: Option<CheckFault>,
    /// When it is asked again.
    pub next: Option<String>,
    /// The name in the register, where it differs.
    pub register_name: Option<String>,
    /// The date of birth in the register, where it differs.
    pub register_birth_date: Option<String>,
    /// Who confirmed it, and why.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// When it became what it is.
    pub at: Option<String>,
}

/// Where the population database is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PopulationView {
    /// The address; none: nobody is asked by machine.
    pub url: Option<String>,
}
