//! What the window sees of the catalogue of procedures: what it holds, what did not read, whose packages are taken.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CatalogueStep {
    /// Steps that are done; each procedure is read and kept.
    pub done: u32,
    /// Steps there are.
    pub total: u32,
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CatalogueTaken {
    /// False when it was stopped: then nothing changed.
    pub finished: bool,
    /// New procedures.
    pub imported: u32,
    /// New versions of known ones.
    pub updated: u32,
    /// Versions that take effect on a day to come.
    pub coming: u32,
    /// Versions older than what is on offer.
    pub older: u32,
    /// Procedures that were as known.
    pub same: u32,
    /// Procedures that end.
    pub repealed: u32,
    /// Things that did not read.
    pub unread: u32,
}

/// What the catalogue holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CatalogueView {
    /// Procedures on offer.
    pub procedures: u32,
    /// Versions that take effect on a day to come.
    pub coming: u32,
    /// How much did not read in each field, the most first.
    pub unread: Vec<UnreadField>,
    /// Limits that the office set by hand.
    pub limits: Vec<HandLimitView>,
    /// Whose packages are taken.
    pub keys: Vec<KeyView>,
}

/// How much did not read in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct UnreadField {
    /// The field: `limit`, `fee`, `components`, …
    pub field: String,
    /// How much.
    pub count: u32,
}

/// Something that did not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct UnreadView {
    /// Code of the procedure, as far as it reads.
    pub code: String,
    /// Its name, as far as it reads.
    pub name: String,
    /// The field.
    pub field: String,
    /// Why.
    pub reason: String,
}

/// A limit set by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandLimitView {
    /// Code of the procedure.
    pub code: String,
    /// Its name; empty where it is no longer on offer.
    pub name: String,
    /// Id of the case.
    pub case: String,
    /// Its name, empty where there is only one.
    pub case_name: String,
    /// The limit, such as `3wd`.
    pub limit: String,
    /// The limit in words.
    pub limit_text: String,
    /// Why it is this one.
    pub reason: String,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: String,
}

/// The cases of a procedure whose publication names no limit, for whoever completes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SilentView {
    /// Code of the procedure.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its cases without a limit.
    pub cases: Vec<SilentCase>,
    /// What the publication does say about time.
    pub said: Vec<String>,
}

/// A case without a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SilentCase {
    /// Id within the procedure.
    pub id: String,
    /// Name, empty where there is only one.
    pub name: String,
}

/// A key whose packages are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct KeyView {
    /// The public key in hex.
    pub key: String,
    /// Whose it is.
    pub name: String,
    /// Since when.
    pub since: String,
}

/// When which version of a procedure takes effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VersionView {
    /// The first day.
    pub from: String,
    /// Its name; none where the procedure is repealed from that day.
    pub name: Option<String>,
    /// The decision that published it.
    pub decision: String,
    /// Whether it is the one in force today.
    pub current: bool,
}
