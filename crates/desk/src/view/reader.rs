//! What the window sees of code readers, and of cards on pictures.

use super::ApplicantForm;
use devices::reader::{Line, Port};
use domain::citizen_card::CardWarning;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the code reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReaderStatus {
    /// None is chosen.
    #[default]
    Off,
    /// It is listened to.
    Ready,
    /// It is not plugged in.
    Missing,
    /// Another program has its port, or this user may not open it.
    Denied,
}

/// The code reader on a serial port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReaderView {
    /// The ports there are.
    pub ports: Vec<Port>,
    /// The one that is listened to, and how.
    pub line: Option<Line>,
    /// How that goes.
    pub status: ReaderStatus,
    /// Readings since the program started.
    pub read: u32,
    /// When the last one came.
    pub last: Option<String>,
}

/// A card that was found on a picture. Nothing is filled in before somebody says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardOffer {
    /// The component whose page shows it; none for a picture that belongs to no dossier.
    pub component: Option<u32>,
    /// The page, from 1, of the component or of the file.
    pub number: u32,
    /// The code's text, to be read as a reader's.
    pub text: String,
    /// The card's fields, for the eye.
    pub card: ApplicantForm,
    /// What does not fit on it.
    pub warnings: Vec<CardWarning>,
}
