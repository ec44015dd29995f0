//! One side of one sheet, as it came from a scanner or a file (trang).
//!
//! A page points at a stored file and a place in it; the bytes never change. What is taken out of a
//! component is set aside, not deleted.

use crate::{DossierId, FileHash, PageId};
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
    /// Width in pixels; of a PDF page in points.
    pub width: u32,
    /// Height in pixels; of a PDF page in points.
    pub height: u32,
    /// Resolution in dots an inch; 72 for a PDF page.
    pub dpi: u32,
    /// Where it came from.
    pub source: PageSource,
    /// Whether it counts.
    pub disposition: Disposition,
    /// When it was stored.
    pub received_at: DateTime<FixedOffset>,
}
