//! A decoded page, at the depth it was stored in.

use crate::facts::{Color, PageFacts};

/// The pixels of one page (ảnh điểm), row by row from the top, each row padded to whole bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// What the page measures.
    pub facts: PageFacts,
    /// The colors of `data`; a JPEG in inks is decoded to red, green and blue.
    pub color: Color,
    /// Bits of a sample: 1 with [`Color::Bilevel`] (1 is white, the first pixel is the high bit),
    /// otherwise 8, or 16 with the high byte first.
    pub bits: u8,
    /// The samples.
    pub data: Vec<u8>,
}

impl Raster {
    /// Bytes of one row.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        (self.facts.width as usize * self.color.channels() * usize::from(self.bits)).div_ceil(8)
    }

    /// The rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.data.chunks_exact(self.row_bytes().max(1))
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.data.len() == self.row_bytes() * self.facts.height as usize
    }
}
