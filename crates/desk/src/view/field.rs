//! What a procedure asks for beside papers, as it is seen.

use domain::asked::{FieldKind, FieldWarning};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A declared field with what was told (mục khai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldView {
    /// Names it.
    pub key: String,
    /// What the clerk reads.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// What there is to choose.
    pub options: Vec<String>,
    /// Whether it is missed where it is empty.
    pub required: bool,
    /// What was told; a day as `yyyy-mm-dd`.
    pub value: String,
    /// What does not fit.
    pub warning: Option<FieldWarning>,
}
