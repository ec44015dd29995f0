//! Pages that came in and lie in no dossier yet (trang chờ phân): of a mixed stack until its cover sheets are followed.
//!
//! Such a page is kept like any other from the moment it came. When it is placed a page of the dossier is made of it and it
//! stays what it was, so that whatever was done with the stack can be taken back and done anew (T-30).

use crate::split::Mark;
use crate::{AsideReason, Disposition, Page, PageId, Tally};
use serde::{Deserialize, Serialize};

/// What a page that belongs to no dossier yet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoosePage {
    /// The page as it came; its position is its place in the stack, and its component says nothing.
    pub page: Page,
    /// The page of a dossier that was made of it, and whether that counts there.
    pub placed: Option<(PageId, Disposition, Option<AsideReason>)>,
    /// What is seen on it; none until somebody looked.
    pub seen: Option<Seen>,
}

/// What is seen on a page that may be a cover sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The texts of codes that may be ours. What a citizen's papers say is not kept.
    pub texts: Vec<String>,
    /// Whether it is a patch sheet.
    pub patch: bool,
    /// Whether nothing is on it.
    pub blank: bool,
}

/// How a stack is scanned whose pages are placed afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StackWay {
    /// Of many dossiers, split at cover sheets (xấp lẫn nhiều hồ sơ).
    Mixed,
    /// Both sides of a component in two passes of a scanner that sees one (quét hai mặt thủ công).
    Duplex,
}

impl Seen {
    /// What it is for the split, with the key of the sheets that were printed here.
    #[must_use]
    pub fn mark(&self, key: &[u8; 32]) -> Mark {
        Mark::of(self.texts.iter().map(String::as_str), key).seen(self.patch, self.blank)
    }
}

impl LoosePage {
    /// Whether it still has to be placed.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.placed.is_none() && self.page.disposition == Disposition::Kept
    }

    /// Whether it was taken out of the stack by hand, so that nothing is read of it.
    #[must_use]
    pub fn is_out(&self) -> bool {
        self.placed.is_none() && self.page.disposition == Disposition::SetAside
    }
}

/// Counts the pages of a stack that are placed afterwards: those that wait count as unplaced.
#[must_use]
pub fn tally(pages: &[LoosePage]) -> Tally {
    let mut tally = Tally::default();
    for loose in pages {
        let (disposition, aside) = match loose.placed {
            Some((_, disposition, aside)) => (disposition, aside),
            None if loose.waits() => (Disposition::SetAside, Some(AsideReason::Unplaced)),
            None => (Disposition::SetAside, loose.page.aside),
        };
        match disposition {
            Disposition::Kept => tally.kept += 1,
            Disposition::SetAside => *tally.aside.entry(aside.unwrap_or(AsideReason::Clerk)).or_default() += 1,
        }
    }
    tally
}
