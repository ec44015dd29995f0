//! One side of one sheet, as it came from a scanner or a file (trang).
//!
//! A page points at a stored file and a place in it; the bytes never change. What is taken out of a
//! component is set aside, not deleted.

use crate::{DossierId, FileHash, PageId, StackId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The kinds of files that pages are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// JPEG, as scanners send it.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF, one or many pages.
    Tiff,
    /// PDF, one or many pages.
    Pdf,
}

impl MediaType {
    /// The MIME type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Pdf => "application/pdf",
        }
    }

    /// Reads what [`Self::mime`] writes.
    #[must_use]
    pub fn from_mime(mime: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Tiff, Self::Pdf].into_iter().find(|media| media.mime() == mime)
    }
}

/// Where a page came from (nguồn).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PageSource {
    /// A scanner, by its id (máy quét).
    Scanner {
        /// The device's id.
        device: String,
    },
    /// The camera of a phone that opened a link of this machine (điện thoại).
    Phone,
    /// A file that was picked or dropped (tệp).
    File {
        /// The file's name without its folder.
        name: String,
    },
    /// A page of an earlier dossier of the same person, shown again (tái sử dụng).
    Reused {
        /// The earlier dossier.
        dossier: DossierId,
        /// Its code when the page was taken.
        code: String,
        /// The page there.
        page: PageId,
    },
}

/// Whether a page counts (giữ hay để riêng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Part of its component (giữ).
    Kept,
    /// Taken out by the clerk; the bytes stay and it can come back (để riêng).
    SetAside,
}

/// Why a page does not count (lý do để riêng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum AsideReason {
    /// The clerk took it out.
    Clerk,
    /// Nothing is on it (trang trắng).
    Blank,
    /// The same side was received twice (trùng trang).
    Duplicate,
    /// A test sheet of the device (trang thử).
    Test,
    /// A cover sheet or a patch sheet between papers (tờ ngăn).
    Separator,
    /// The component it was scanned for is no longer asked for (thành phần không còn).
    Unplaced,
    /// A better scan took its place (đã quét lại).
    Replaced,
    /// Its whole stack was discarded (bỏ cả xấp).
    Discarded,
}

/// How a page is to be read (chỉnh trang): beside the bytes, which never change. Applied in the order of the fields.
/// Every field is always written: the window counts on each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct PageEdit {
    /// Where the paper lies on a photograph; none where the whole picture is the page.
    pub flat: Option<Flat>,
    /// Quarter turns clockwise, 0 to 3.
    pub turns: u8,
    /// What is cut off, seen after turning.
    pub crop: Option<Crop>,
}

/// Paper on a photograph, which is read as if it lay flat (nắn phẳng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Flat {
    /// The four corners of the paper, clockwise from its upper left, in ten-thousandths of the stored picture's width and
    /// height.
    pub corners: [(u16, u16); 4],
    /// From the first corner to the second, in tenths of a millimeter.
    pub width: u16,
    /// From the second corner to the third, in tenths of a millimeter.
    pub height: u16,
}

/// A part of a page, in ten-thousandths of its width and height as it is read (vùng giữ lại).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Crop {
    /// The left edge of what stays.
    pub left: u16,
    /// The upper edge of what stays.
    pub top: u16,
    /// The right edge of what stays.
    pub right: u16,
    /// The lower edge of what stays.
    pub bottom: u16,
}

impl PageEdit {
    /// Whether the page is read as it came.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Turns it further, what was cut off with it.
    pub fn turn(&mut self, quarters: u8) {
        self.turns = (self.turns + quarters) % 4;
        self.crop = self.crop.map(|crop| crop.turned(quarters));
    }

    /// Says where the paper lies; what was cut off of another view comes back.
    pub fn flatten(&mut self, flat: Option<Flat>) {
        self.flat = flat;
        self.crop = None;
    }

    /// Cuts what is seen; none gives back what was cut off.
    pub fn cut(&mut self, crop: Option<Crop>) {
        self.crop = crop.map(|crop| self.crop.map_or(crop, |seen| seen.part(crop))).filter(|crop| *crop != Crop::WHOLE);
    }
}

impl Flat {
    /// Whether it can be paper: within the picture, and its corners go round once, to either side.
    #[must_use]
    pub fn is_sane(&self) -> bool {
        let sized = (100..=14_000).contains(&self.width) && (100..=14_000).contains(&self.height);
        let within = self.corners.iter().all(|(x, y)| *x <= 10_000 && *y <= 10_000);
        let at = |n: usize| (i64::from(self.corners[n % 4].0), i64::from(self.corners[n % 4].1));
        let turn = |n: usize| {
            let ((ax, ay), (bx, by), (cx, cy)) = (at(n), at(n + 1), at(n + 2));
            (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        };
        let turns = [turn(0), turn(1), turn(2), turn(3)];
        sized && within && (turns.iter().all(|turn| *turn > 40_000) || turns.iter().all(|turn| *turn < -40_000))
    }
}

impl Crop {
    /// All of a page.
    pub const WHOLE: Self = Self { left: 0, top: 0, right: 10_000, bottom: 10_000 };

    /// Whether it is a part of a page, and one large enough to be seen.
    #[must_use]
    pub fn is_sane(&self) -> bool {
        let least = |from: u16, to: u16| to <= 10_000 && to.saturating_sub(from) >= 200;
        least(self.left, self.right) && least(self.top, self.bottom)
    }

    /// The same part of a page that is turned clockwise.
    #[must_use]
    pub fn turned(self, quarters: u8) -> Self {
        (0..quarters % 4).fold(self, |crop, _| Self {
            left: 10_000 - crop.bottom,
            top: crop.left,
            right: 10_000 - crop.top,
            bottom: crop.right,
        })
    }

    /// The part `inner` of this part.
    #[must_use]
    pub fn part(self, inner: Self) -> Self {
        let within = |from: u16, to: u16, at: u16| {
            let length = u32::from(to.saturating_sub(from));
            from + u16::try_from(length * u32::from(at) / 10_000).unwrap_or(u16::MAX)
        };
        Self {
            left: within(self.left, self.right, inner.left),
            top: within(self.top, self.bottom, inner.top),
            right: within(self.left, self.right, inner.right),
            bottom: within(self.top, self.bottom, inner.bottom),
        }
    }
}

/// What looking at a page's picture told (kết quả xem ảnh). Every field may be unknown: a PDF page, or an older one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageFound {
    /// The share of it that is ink, in millionths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ink: Option<u32>,
    /// What near-duplicate pages have in common; near means few bits apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<u64>,
    /// What a person should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<crate::PageWarning>,
}

/// One page of a dossier (trang).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The page's id.
    pub id: PageId,
    /// Index of the component it belongs to, from 1.
    pub component: u32,
    /// Place within the component; sorts, need not be dense.
    pub position: i64,
    /// The stored file that holds it.
    pub file: FileHash,
    /// Which page of that file, from 0.
    pub file_index: u32,
    /// The file's kind.
    pub media: MediaType,
    /// Width in pixels, upright as its file says to hold it; of a PDF page in points.
    pub width: u32,
    /// Height in pixels, likewise; of a PDF page in points.
    pub height: u32,
    /// Resolution in dots an inch; 72 for a PDF page.
    pub dpi: u32,
    /// Where it came from.
    pub source: PageSource,
    /// Whether it counts.
    pub disposition: Disposition,
    /// Why it does not count; none while it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<AsideReason>,
    /// The stack it came in; none for a file, and for pages of before stacks were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<StackId>,
    /// How it is to be read.
    #[serde(default, skip_serializing_if = "PageEdit::is_plain")]
    pub edit: PageEdit,
    /// What looking at its picture told.
    #[serde(default)]
    pub found: PageFound,
    /// When it was stored.
    pub received_at: DateTime<FixedOffset>,
}

impl Page {
    /// Takes it out of its component for `reason`.
    pub fn set_aside(&mut self, reason: AsideReason) {
        self.disposition = Disposition::SetAside;
        self.aside = Some(reason);
    }

    /// Lets it count again.
    pub fn keep(&mut self) {
        self.disposition = Disposition::Kept;
        self.aside = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page that nobody edited was shown in the shape of a turned one, because its turns were not told.
    #[test]
    fn what_is_told_of_a_plain_page_lacks_nothing() {
        let told = serde_json::to_value(PageEdit::default()).expect("JSON");
        assert_eq!(told, serde_json::json!({ "flat": null, "turns": 0, "crop": null }));
        assert_eq!(serde_json::from_str::<PageEdit>("{}").expect("of before"), PageEdit::default());
    }
}
