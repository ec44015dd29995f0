//! Paper that was photographed instead of scanned (ảnh chụp giấy): what it measures, and when the photograph is fine enough
//! to be kept for good.

use serde::{Deserialize, Serialize};

/// The least dots an inch of paper that a photograph may have where it has fewest, to be kept as a page (G8): from there
/// on small print of forms reads.
pub const LEAST_PHOTO_DPI: u32 = 200;

/// What was photographed (khổ giấy được chụp).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PhotoPaper {
    /// A sheet of A4.
    #[default]
    A4,
    /// A sheet of A5.
    A5,
    /// A sheet of A3.
    A3,
    /// An identity card or bank card, ID-1 of ISO/IEC 7810.
    Card,
}

impl PhotoPaper {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::A4, Self::A5, Self::A3, Self::Card];

    /// Shorter and longer side in tenths of a millimeter.
    #[must_use]
    pub fn sides(self) -> (u16, u16) {
        match self {
            Self::A4 => (2_100, 2_970),
            Self::A5 => (1_480, 2_100),
            Self::A3 => (2_970, 4_200),
            Self::Card => (540, 856),
        }
    }
}
