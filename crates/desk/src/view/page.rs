//! Pages changed in place, as shown.

use super::DossierView;
use domain::{PageId, PageWhat, PhotoPaper};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the pages of a scan go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
#[ts(export)]
pub enum PagePlace {
    /// Behind the last page.
    #[default]
    Append,
    /// Before a page (chèn).
    Before {
        /// The page.
        page: PageId,
    },
    /// In the place of a page, which is set aside (quét lại).
    Replace {
        /// The page.
        page: PageId,
    },
}

/// Where the paper lies on the picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaperEdges {
    /// Its corners as a person sees them, clockwise from the upper left one, in ten-thousandths of the picture.
    pub corners: [(u16, u16); 4],
    /// True where they were said or found; else they are a guess.
    pub found: bool,
    /// What lies there.
    pub paper: PhotoPaper,
}

/// What was taken back or done again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageUndone {
    /// The dossier afterwards.
    pub dossier: DossierView,
    /// What the action was.
    pub what: PageWhat,
    /// The pages it touched.
    pub pages: Vec<PageId>,
}

/// An entry of the journal of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageActionView {
    /// Its number.
    #[ts(type = "number")]
    pub n: i64,
    /// What was done.
    pub what: PageWhat,
    /// The action that it took back.
    #[ts(type = "number | null")]
    pub undid: Option<i64>,
    /// The action that it did again.
    #[ts(type = "number | null")]
    pub redid: Option<i64>,
    /// The pages it touched.
    pub pages: Vec<PageId>,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: String,
}
