//! What a page measures, what kind a file is, and why one is refused.

use crate::{LONGEST_SIDE, MOST_BYTES, MOST_PIXELS};

/// The kinds of files that pages are taken from (loại tệp).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF, one or many pages.
    Tiff,
    /// PDF, which this crate only recognizes.
    Pdf,
}

/// Why a file is not taken (lý do không nhận tệp).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Neither JPEG, PNG, TIFF nor PDF.
    #[error("the file is of no kind that can be read")]
    UnknownKind,
    /// A known kind in a flavor that is not read, such as arithmetic JPEG or fax Group 3 TIFF.
    #[error("the file's compression or colors cannot be read")]
    UnknownFlavor,
    /// Cut off, corrupt, or without the page that was asked for.
    #[error("the file is damaged")]
    Damaged,
    /// Larger than any page of paper.
    #[error("the picture claims {width} by {height} pixels")]
    TooLarge {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
    },
    /// More pages than one file may hold.
    #[error("the file holds {pages} pages or more")]
    TooManyPages {
        /// Pages counted until counting stopped.
        pages: u32,
    },
}

/// The colors of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Black and white, one bit.
    Bilevel,
    /// Shades of gray.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Four inks.
    Cmyk,
}

impl Color {
    /// Samples of one pixel.
    #[must_use]
    pub fn channels(self) -> usize {
        match self {
            Self::Bilevel | Self::Gray => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// What a page measures (thông số trang), as stored: width and height are before `orientation` is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFacts {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Resolution in dots an inch; never nought.
    pub dpi: u32,
    /// Its colors.
    pub color: Color,
    /// EXIF orientation, 1 to 8; 1 is upright.
    pub orientation: u8,
}

impl PageFacts {
    /// Width and height as a person sees the page.
    #[must_use]
    pub fn upright_size(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// How far the clerk turned a page, clockwise (xoay trang).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// A quarter to the right.
    Right,
    /// Upside down.
    Half,
    /// A quarter to the left.
    Left,
}

impl Turn {
    /// So many quarters clockwise.
    #[must_use]
    pub fn quarters(quarters: u8) -> Self {
        match quarters % 4 {
            1 => Self::Right,
            2 => Self::Half,
            3 => Self::Left,
            _ => Self::None,
        }
    }

    /// The EXIF orientation that says the same.
    pub(crate) fn orientation(self) -> u8 {
        match self {
            Self::None => 1,
            Self::Right => 6,
            Self::Half => 3,
            Self::Left => 8,
        }
    }
}

/// Tells a file's kind by its first bytes; names lie (T-18: devices that send HTML under `.jpg`).
///
/// # Errors
/// [`Refusal::Empty`] or [`Refusal::UnknownKind`].
pub fn sniff(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    // A PDF may begin anywhere in the first kilobyte, and some scanners put bytes before it.
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Ok(Format::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok(Format::Png)
    } else if [&b"II*\0"[..], b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|magic| bytes.starts_with(magic)) {
        Ok(Format::Tiff)
    } else if head.windows(5).any(|window| window == b"%PDF-") {
        Ok(Format::Pdf)
    } else {
        Err(Refusal::UnknownKind)
    }
}

/// Refuses what no page of paper measures, before a pixel is decoded.
pub(crate) fn check_size(width: u32, height: u32, bits_per_pixel: u64) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    let fits = width <= LONGEST_SIDE
        && height <= LONGEST_SIDE
        && pixels <= MOST_PIXELS
        && pixels.saturating_mul(bits_per_pixel) / 8 <= MOST_BYTES;
    if fits { Ok(()) } else { Err(Refusal::TooLarge { width, height }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_bytes() {
        for (bytes, expected) in [
            (&b""[..], Err(Refusal::Empty)),
            (b"<html>", Err(Refusal::UnknownKind)),
            (b"\xff\xd8\xff\xe0", Ok(Format::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Ok(Format::Png)),
            (b"MM\0*", Ok(Format::Tiff)),
            (b"\n\n%PDF-1.7", Ok(Format::Pdf)),
        ] {
            assert_eq!(sniff(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn sizes_beyond_paper_are_refused() {
        assert_eq!(check_size(20_000, 20_000, 8), Err(Refusal::TooLarge { width: 20_000, height: 20_000 }));
        assert!(check_size(30_001, 10, 1).is_err());
        assert_eq!(check_size(0, 10, 1), Err(Refusal::Damaged), "a side of nought is no page");
        assert!(check_size(9_933, 14_043, 24).is_ok(), "A0 at 300 dpi in color is a page");
        assert!(check_size(14_000, 14_000, 64).is_err(), "depth makes bombs too");
    }
}
