//! What a look at a page tells: how much ink is on it, and whether it is all dark.
//!
//! Ink is what is clearly darker than the paper around it, in any color, so that a red stamp and a pencil note on tinted
//! paper are ink, and what shows through from the back, faint ruled lines and shadows are not (T-04). Punched holes, staples,
//! dust and the rim of the sheet are nobody's writing. Measured on the page at a hundredth of a square inch's detail,
//! 75 dots an inch for A4, so that it costs a few milliseconds.

use crate::raster::Raster;
use crate::shrink::{self, Small};

/// The longer side of the picture that is looked at.
const LONGEST: u32 = 877;
/// The side of a square of paper whose own shade is taken for the paper's.
const TILE: usize = 32;
/// How much darker than the paper ink is, of 255, in the color where it is most.
const INK: u8 = 40;
/// A group of fewer dots is dust.
const DUST: usize = 6;
/// What lies with its middle in the rim is an edge, a shadow or torn perforation; in parts of the longer side.
const RIM: usize = 34;
/// Darker than this is black, of 255.
const BLACK: u8 = 64;

/// What was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Ink, in millionths of the page.
    pub ink: u32,
    /// Black, in hundredths of the page: nearly all of it where the lid was open or the lamp was off.
    pub black: u8,
}

/// Looks at a page.
pub(crate) fn look(raster: &Raster) -> Look {
    let small = shrink::shrink(raster, LONGEST);
    let (width, height) = (small.width, small.height);
    let all = (width * height).max(1);
    let black = small.data.chunks_exact(small.channels).filter(|pixel| pixel.iter().all(|one| *one < BLACK)).count();
    let mut ink = ink_of(&small);
    let written: usize = groups(&mut ink, width)
        .into_iter()
        .filter(|group| group.is_writing(width, height))
        .map(|group| group.dots)
        .sum();
    let millionths = written as u64 * 1_000_000 / all as u64;
    Look { ink: u32::try_from(millionths).unwrap_or(u32::MAX), black: u8::try_from(black * 100 / all).unwrap_or(100) }
}

/// Which dots are darker than the paper around them.
fn ink_of(small: &Small) -> Vec<bool> {
    let Small { width, height, channels, ref data } = *small;
    let mut ink = vec![false; width * height];
    let mut paper = vec![0; channels];
    for top in (0..height).step_by(TILE) {
        for left in (0..width).step_by(TILE) {
            let (bottom, right) = ((top + TILE).min(height), (left + TILE).min(width));
            let rows = || (top..bottom).map(|y| &data[(y * width + left) * channels..(y * width + right) * channels]);
            for (channel, paper) in paper.iter_mut().enumerate() {
                *paper = paper_of(rows().flat_map(|row| row.iter().skip(channel).step_by(channels)));
            }
            for (y, row) in (top..bottom).zip(rows()) {
                for (x, pixel) in (left..right).zip(row.chunks_exact(channels)) {
                    ink[y * width + x] = pixel.iter().zip(&paper).any(|(one, paper)| paper.saturating_sub(*one) > INK);
                }
            }
        }
    }
    ink
}

/// The shade that three fifths of the samples are at most as light as: paper, unless most of the square is ink.
fn paper_of<'a>(samples: impl Iterator<Item = &'a u8>) -> u8 {
    let mut counts = [0_u32; 256];
    let mut all = 0;
    for sample in samples {
        counts[usize::from(*sample)] += 1;
        all += 1;
    }
    let mut below = 0;
    let shade = counts.iter().position(|count| {
        below += count;
        below * 5 >= all * 3
    });
    u8::try_from(shade.unwrap_or_default()).unwrap_or(u8::MAX)
}

/// Dots of ink that hang together.
struct Group {
    dots: usize,
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Group {
    /// Whether somebody may have written or printed it.
    fn is_writing(&self, width: usize, height: usize) -> bool {
        self.dots >= DUST
            && !self.is_rim(width, height)
            && !self.is_hole(width, height)
            && !self.is_staple(width, height)
            && !self.is_streak(width, height)
    }

    fn size(&self) -> (usize, usize) {
        (self.right - self.left + 1, self.bottom - self.top + 1)
    }

    /// The edge of the sheet: in the rim, or along it.
    fn is_rim(&self, width: usize, height: usize) -> bool {
        let rim = width.max(height) / RIM;
        let (x, y) = (self.left.midpoint(self.right), self.top.midpoint(self.bottom));
        let (wide, high) = self.size();
        let touches = self.left == 0 || self.top == 0 || self.right + 1 == width || self.bottom + 1 == height;
        x < rim
            || y < rim
            || x + rim >= width
            || y + rim >= height
            || (touches && (wide * 4 > width || high * 4 > height))
    }

    /// A punched hole: round, full, of its size, near an edge.
    fn is_hole(&self, width: usize, height: usize) -> bool {
        let (wide, high) = self.size();
        let round = wide * 4 >= high * 3 && high * 4 >= wide * 3;
        let full = self.dots * 100 >= wide * high * 65;
        let sized = (10..=34).contains(&wide) && (10..=34).contains(&high);
        round && full && sized && self.is_near_edge(width, height, 8)
    }

    /// A staple or its shadow: thin, in an upper corner.
    fn is_staple(&self, width: usize, height: usize) -> bool {
        let (wide, high) = self.size();
        let thin = wide.min(high) <= 4 || self.dots * 100 < wide * high * 35;
        let corner = self.bottom * 8 < height && (self.right * 6 < width || self.left * 6 > width * 5);
        thin && corner && wide.max(high) < width / 12
    }

    /// A streak of dust on the glass of a feeder, or a fold: from edge to edge and thin.
    fn is_streak(&self, width: usize, height: usize) -> bool {
        let (wide, high) = self.size();
        (high * 2 > height && wide * 40 < width) || (wide * 3 > width * 2 && high * 60 < height && self.dots < wide * 4)
    }

    fn is_near_edge(&self, width: usize, height: usize, part: usize) -> bool {
        self.right < width / part
            || self.left > width - width / part
            || self.bottom < height / part
            || self.top > height - height / part
    }
}

/// The groups of ink; the dots are used up.
fn groups(ink: &mut [bool], width: usize) -> Vec<Group> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for start in 0..ink.len() {
        if !ink[start] {
            continue;
        }
        ink[start] = false;
        open.push(start);
        let (x, y) = (start % width, start / width);
        let mut group = Group { dots: 0, left: x, top: y, right: x, bottom: y };
        while let Some(at) = open.pop() {
            let (x, y) = (at % width, at / width);
            group.dots += 1;
            (group.left, group.right) = (group.left.min(x), group.right.max(x));
            (group.top, group.bottom) = (group.top.min(y), group.bottom.max(y));
            for near_y in y.saturating_sub(1)..=y + 1 {
                for near_x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    let near = near_y * width + near_x;
                    if ink.get(near).copied().unwrap_or_default() {
                        ink[near] = false;
                        open.push(near);
                    }
                }
            }
        }
        found.push(group);
    }
    found
}
