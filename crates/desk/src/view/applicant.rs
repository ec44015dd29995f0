//! What the window sees of who stands behind a dossier.

use super::{ApplicantForm, DossierView};
use domain::applicant::Sex;
use domain::citizen_card::CardWarning;
use domain::party::{Basis, Seat};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The fields of who hands in for the owner, as the form holds them. Empty text means not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct RepresentativeForm {
    /// Identity number.
    pub id_number: String,
    /// Full name.
    pub name: String,
    /// Date of birth, `yyyy-mm-dd`.
    pub birth_date: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
    /// On what ground.
    pub basis: Basis,
    /// Number of the authorization or letter.
    pub paper_number: String,
    /// Its date, `yyyy-mm-dd`.
    pub paper_date: Option<String>,
    /// What the person is to the owner.
    pub relation: String,
}

/// Who hands in for the owner, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RepresentativeView {
    /// The fields.
    pub form: RepresentativeForm,
    /// True when they came off a card's code.
    pub from_card: bool,
    /// What does not fit in the number.
    pub warnings: Vec<CardWarning>,
    /// The ground in the words of the receipt.
    pub ground: String,
}

/// What came of a card that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardAnswer {
    /// The dossier, with the card in it or as it was.
    pub dossier: DossierView,
    /// Asked when the card would push somebody out: then nothing was changed.
    pub question: Option<CardQuestion>,
    /// The seat that the card took.
    pub seat: Option<Seat>,
}

/// Whose card it is, and where it could go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardQuestion {
    /// The card's fields, for the eye.
    pub card: ApplicantForm,
    /// The seats it may take, the likelier first.
    pub seats: Vec<Seat>,
}
