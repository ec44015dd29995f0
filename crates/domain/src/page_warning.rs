//! What is told of a page while the citizen is still there, and what becomes of blank ones (H7).

use serde::{Deserialize, Serialize};

/// Something about a page that a person should look at (cảnh báo trang). None of it takes a page out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PageWarning {
    /// Nothing is on it (trang trắng).
    Blank,
    /// It looks like the page before (giống trang trước, T-14).
    Repeated,
    /// It is much longer than its neighbors: perhaps two sheets, one over the end of the other (T-15).
    Long,
    /// It cannot be read for blur (nhòe).
    Blurred,
    /// Fewer than 200 dots an inch (độ phân giải thấp).
    LowDpi,
    /// Writing runs off its edge (mất mép).
    Cut,
    /// Nearly all of it is dark (trang đen).
    Dark,
    /// It lies crooked (lệch).
    Skewed,
    /// A photograph on which the four edges of the paper are not seen (không thấy đủ bốn mép giấy).
    NoEdges,
}

/// What becomes of pages that nothing is on, in one run (trang trắng). No page is dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum BlankPolicy {
    /// They are set aside, to be seen and brought back.
    #[default]
    Aside,
    /// They count.
    Keep,
    /// They count and are told, for a person to decide.
    Ask,
}

/// The sides of a page as they were scanned, in tenths of a millimeter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// Across the feeder.
    pub width: u32,
    /// Along the feeder.
    pub length: u32,
}

impl Sides {
    /// Of a picture of so many pixels at `dpi`.
    #[must_use]
    pub fn of(width: u32, height: u32, dpi: u32) -> Self {
        let tenths = |pixels: u32| u32::try_from(u64::from(pixels) * 254 / u64::from(dpi.max(1))).unwrap_or(u32::MAX);
        Self { width: tenths(width), length: tenths(height) }
    }

    /// Whether two sheets may have gone through one over the end of the other: a fifth longer than the middle one of its
    /// neighbors of the same width, or longer than any sheet of an office that is no wider than A4 (T-15).
    #[must_use]
    pub fn is_long(self, before: &[Self]) -> bool {
        let alike = |other: &&Self| other.width.abs_diff(self.width) * 20 <= self.width;
        let mut lengths: Vec<u32> = before.iter().filter(alike).map(|other| other.length).collect();
        lengths.sort_unstable();
        let longer =
            lengths.get(lengths.len() / 2).is_some_and(|usual| u64::from(self.length) * 5 > u64::from(*usual) * 6);
        longer || (self.width <= 2_250 && self.length > 3_750)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// T-15: without a sensor the length tells.
    #[test]
    fn two_sheets_in_one_are_too_long() {
        let a4 = Sides::of(2480, 3508, 300);
        assert_eq!(a4, Sides { width: 2099, length: 2970 });
        let a5 = Sides { width: 2100, length: 1480 };
        let two = Sides { width: 2100, length: 3600 };
        for (page, before, long) in [
            (a4, &[a4, a4][..], false),
            (two, &[a4], true),
            (two, &[], false),
            (Sides { length: 4100, ..a4 }, &[], true),
            (Sides { width: 2970, length: 4200 }, &[a4, a4], false),
            (Sides { length: 2100, ..a5 }, &[a5, a5, a4], true),
            (Sides { width: 2159, length: 3556 }, &[], false),
        ] {
            assert_eq!(page.is_long(before), long, "{page:?} after {before:?}");
        }
    }
}
