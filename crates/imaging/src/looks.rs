//! What a page looks like, told from the reduced picture that the thumbnail is made of: whether anything is on it, whether it
//! was seen just before, and whether somebody should scan it again while the citizen is still there (H7).
//!
//! A feeder of 60 sheets a minute brings four pictures a second, so that nothing here looks at every pixel of the page twice.

use crate::raster::Raster;
use crate::shrink::Small;
use crate::sketch::Sketch;

/// Longest side of the picture that is looked at, in pixels: three to one of a thumbnail.
pub(crate) const LOOKED_AT: u32 = 960;
/// A picture smaller than this is not looked at: it is no page of paper.
const SMALLEST: usize = 300;
/// Side of the squares that the paper's own lightness is taken from, in pixels.
const BLOCK: usize = 16;
/// How much darker than its paper ink is, in levels. What shines through from the back stays under it, pencil does not.
const INK: u8 = 30;
/// The darkest that paper may be, in levels; what is all darker is a picture of no paper.
const PAPER: u8 = 90;

/// What looking at a page told (kết quả xem trang).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// The share of it that is ink, in millionths; specks, punch holes, rules and the scanner's bed are none.
    pub ink: u32,
    /// Sixty-four bits that near-duplicate pages nearly share.
    pub likeness: u64,
    /// Where its ink lies, for [`Looks::repeats`].
    pub sketch: Sketch,
    /// Nearly all of it is dark: the lamp was off, the cover open, or the page upside down on a dark bed.
    pub dark: bool,
    /// No edge on it is sharp.
    pub blurred: bool,
    /// Writing runs off a side of it.
    pub cut: bool,
    /// Tenths of a degree that its lines lean, clockwise above nought; none where it has too few.
    pub skew: Option<i16>,
}

impl Looks {
    /// Whether nothing is on it (trang trắng). In doubt something is.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.ink == 0 && !self.dark
    }

    /// Whether this is the page `before` over again: the same ink in the same places (trang trùng, T-14).
    ///
    /// Two filled forms of one kind share their print and differ in what was filled in.
    #[must_use]
    pub fn repeats(&self, before: &Self) -> bool {
        if self.is_blank() || before.is_blank() || (self.likeness ^ before.likeness).count_ones() > 8 {
            return false;
        }
        self.sketch.covers(&before.sketch)
    }
}

/// Looks at `raster` through its reduced picture `small`; none where that is too small to tell anything.
pub(crate) fn look(raster: &Raster, small: &Small) -> Option<Looks> {
    let longest = small.width.max(small.height);
    if longest < SMALLEST || small.width.min(small.height) < 4 * BLOCK {
        return None;
    }
    let darkest = small.darkest();
    let paper = Paper::of(&darkest, small.width, small.height);
    let dark = paper.blocks.iter().filter(|level| **level < PAPER).count() * 5 > paper.blocks.len() * 4;
    let marks = Marks::of(&darkest, &paper, small.width, small.height);
    let per_mm = per_mm(raster, longest);
    let mut ink = vec![false; darkest.len()];
    let mut letters = ink.clone();
    let mut share = 0u64;
    let mut touching = [0u32; 4];
    for mark in &marks.all {
        mark.count_at_edges(small, per_mm, &mut touching);
        if mark.is_writing(small, per_mm) {
            share += u64::from(mark.area);
            marks.paint(mark, &mut ink);
            // Pictures, seals and codes have lines that lean their own way.
            if mark.sides().1 < 12.0 * per_mm {
                marks.paint(mark, &mut letters);
            }
        }
    }
    Some(Looks {
        ink: u32::try_from(share * 1_000_000 / darkest.len() as u64).unwrap_or(u32::MAX),
        likeness: likeness(&darkest, small.width, small.height),
        sketch: Sketch::of(&ink, small.width),
        dark,
        blurred: share * 200 > darkest.len() as u64 && !dark && is_blurred(raster),
        cut: touching.iter().any(|marks| *marks >= 6),
        skew: skew(&letters, small.width, small.height),
    })
}

/// Pixels of the reduced picture in a millimeter of paper. A picture that does not say its resolution is taken for A4.
fn per_mm(raster: &Raster, longest: usize) -> f32 {
    let most = raster.facts.width.max(raster.facts.height).max(1);
    #[expect(clippy::cast_precision_loss, reason = "sides of a picture are small")]
    let (longest, most, dpi) = (longest as f32, most as f32, raster.facts.dpi as f32);
    if raster.facts.dpi < 50 { longest / 297.0 } else { dpi / 25.4 * longest / most }
}

/// How light the paper itself is, block by block.
struct Paper {
    across: usize,
    blocks: Vec<u8>,
}

impl Paper {
    fn of(darkest: &[u8], width: usize, height: usize) -> Self {
        let (across, down) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
        let mut blocks = Vec::with_capacity(across * down);
        let mut block = Vec::with_capacity(BLOCK * BLOCK);
        for top in (0..height).step_by(BLOCK) {
            for left in (0..width).step_by(BLOCK) {
                block.clear();
                for y in top..(top + BLOCK).min(height) {
                    block.extend_from_slice(&darkest[y * width + left..y * width + (left + BLOCK).min(width)]);
                }
                let at = block.len() * 4 / 5;
                blocks.push(*block.select_nth_unstable(at).1);
            }
        }
        Self { across, blocks: widened(&blocks, across, down) }
    }

    /// The lightness of the paper along row `y`, without steps between blocks.
    fn row(&self, y: usize, line: &mut [u8]) {
        let (above, below, down) = between(y, self.blocks.len() / self.across);
        for (x, level) in line.iter_mut().enumerate() {
            let (left, right, across) = between(x, self.across);
            let at = |row: usize, column: usize| usize::from(self.blocks[row * self.across + column]);
            let mix = |row| at(row, left) * (2 * BLOCK - across) + at(row, right) * across;
            let sum = mix(above) * (2 * BLOCK - down) + mix(below) * down;
            *level = u8::try_from(sum / (4 * BLOCK * BLOCK)).unwrap_or(u8::MAX);
        }
    }
}

/// The two blocks whose middles `at` lies between, and how far towards the second, in halves of a pixel.
fn between(at: usize, blocks: usize) -> (usize, usize, usize) {
    let halves = 2 * at + 1 + BLOCK;
    let second = (halves / (2 * BLOCK)).min(blocks - 1);
    ((halves / (2 * BLOCK)).saturating_sub(1), second, halves % (2 * BLOCK))
}

/// Each block as light as the second lightest of it and its four neighbors, so that a stamp's solid middle is still ink.
fn widened(blocks: &[u8], across: usize, down: usize) -> Vec<u8> {
    let at = |x: usize, y: usize| blocks[y.min(down - 1) * across + x.min(across - 1)];
    let each = (0..down).flat_map(|y| (0..across).map(move |x| (x, y)));
    let level = |(x, y): (usize, usize)| {
        let mut near = [at(x, y), at(x.saturating_sub(1), y), at(x + 1, y), at(x, y.saturating_sub(1)), at(x, y + 1)];
        near.sort_unstable();
        near[3]
    };
    each.map(level).collect()
}

/// Connected dark spots of a page.
struct Marks {
    labels: Vec<u32>,
    width: usize,
    all: Vec<Mark>,
}

/// One connected dark spot, and the box around it.
struct Mark {
    label: u32,
    area: u32,
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    /// Sums of x, y, x², y² and xy.
    moments: [u64; 5],
}

impl Marks {
    fn of(darkest: &[u8], paper: &Paper, width: usize, height: usize) -> Self {
        let mut labels = vec![0u32; darkest.len()];
        let mut line = vec![0; width];
        for (y, (labels, row)) in labels.chunks_exact_mut(width).zip(darkest.chunks_exact(width)).enumerate() {
            paper.row(y, &mut line);
            for ((label, level), paper) in labels.iter_mut().zip(row).zip(&line) {
                *label = u32::from(paper.saturating_sub(*level) > INK);
            }
        }
        // 1 is dark and not yet seen; what was seen has its own number.
        let (mut all, mut next, mut stack) = (Vec::new(), 2u32, Vec::new());
        for start in 0..labels.len() {
            if labels[start] != 1 {
                continue;
            }
            let (x, y) = (start % width, start / width);
            let mut mark = Mark { label: next, area: 0, left: x, top: y, right: x, bottom: y, moments: [0; 5] };
            labels[start] = next;
            stack.push(start);
            while let Some(at) = stack.pop() {
                let (x, y) = (at % width, at / width);
                mark.area += 1;
                let (x64, y64) = (x as u64, y as u64);
                let here = [x64, y64, x64 * x64, y64 * y64, x64 * y64];
                mark.moments.iter_mut().zip(here).for_each(|(sum, value)| *sum += value);
                (mark.left, mark.right) = (mark.left.min(x), mark.right.max(x));
                (mark.top, mark.bottom) = (mark.top.min(y), mark.bottom.max(y));
                for near_y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                    for near_x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                        let near = near_y * width + near_x;
                        if labels[near] == 1 {
                            labels[near] = next;
                            stack.push(near);
                        }
                    }
                }
            }
            all.push(mark);
            next += 1;
        }
        Self { labels, width, all }
    }

    fn paint(&self, mark: &Mark, ink: &mut [bool]) {
        for y in mark.top..=mark.bottom {
            let row = y * self.width + mark.left..=y * self.width + mark.right;
            for (ink, label) in ink[row.clone()].iter_mut().zip(&self.labels[row]) {
                *ink |= *label == mark.label;
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a reduced picture is small")]
impl Mark {
    fn sides(&self) -> (f32, f32) {
        let (across, down) = ((self.right - self.left + 1) as f32, (self.bottom - self.top + 1) as f32);
        (across.min(down), across.max(down))
    }

    /// How far the box is from the nearest edge of the picture.
    fn margin(&self, small: &Small) -> f32 {
        let (right, bottom) = (small.width - 1 - self.right, small.height - 1 - self.bottom);
        self.left.min(self.top).min(right).min(bottom) as f32
    }

    /// How thick and how long it would be as one straight stroke, whichever way it runs.
    fn stroke(&self) -> (f32, f32) {
        let count = f64::from(self.area);
        let [x, y, xx, yy, xy] = self.moments.map(|sum| sum as f64 / count);
        // A pixel is a square, not a point.
        let (across, down, both) = (xx - x * x + 1.0 / 12.0, yy - y * y + 1.0 / 12.0, xy - x * y);
        let (middle, spread) = (f64::midpoint(across, down), ((across - down) / 2.0).hypot(both));
        let side = |variance: f64| (12.0 * variance.max(0.0)).sqrt() as f32;
        (side(middle - spread), side(middle + spread))
    }

    /// Whether a person or a printer put it there. Dust, rules, folds, punch holes, staples and the bed are nobody's writing.
    fn is_writing(&self, small: &Small, per_mm: f32) -> bool {
        let ((thin, long), (thick, length)) = (self.sides(), self.stroke());
        let (area, margin) = (self.area as f32, self.margin(small));
        let speck = area < 0.75 * per_mm * per_mm;
        // A rule of the paper, a fold or a streak of the glass: straight and as thin as a hair; faint ones come in scraps.
        let rule = length > 9.0 * per_mm && thick < (0.03 * length).max(2.0);
        let scrap = length > 2.4 * per_mm && thick < 0.45 * per_mm;
        let bed = margin < 1.0;
        let near_edge = margin < 16.0 * per_mm;
        let round = (3.5..9.0).contains(&(long / per_mm)) && thin > 0.8 * long;
        let hole = near_edge && round && (0.7..0.9).contains(&(area / (thin * long)));
        let staple = self.in_corner(small, per_mm) && (6.0..16.0).contains(&(length / per_mm)) && thick < 0.15 * length;
        !(speck || rule || scrap || bed || hole || staple)
    }

    fn in_corner(&self, small: &Small, per_mm: f32) -> bool {
        let near = 25.0 * per_mm;
        let (across, down) =
            (self.left.min(small.width - 1 - self.right), self.top.min(small.height - 1 - self.bottom));
        (across as f32) < near && (down as f32) < near
    }

    /// Counts a letter that the edge of the picture cuts, by edge.
    fn count_at_edges(&self, small: &Small, per_mm: f32, touching: &mut [u32; 4]) {
        let (_, long) = self.sides();
        if !(1.0..9.0).contains(&(long / per_mm)) || (self.area as f32) < per_mm * per_mm {
            return;
        }
        let edges = [self.left == 0, self.top == 0, self.right + 1 == small.width, self.bottom + 1 == small.height];
        for (count, touches) in touching.iter_mut().zip(edges) {
            *count += u32::from(touches);
        }
    }
}

/// Which of 8 by 8 coarse cells are darker than the one to their right.
fn likeness(darkest: &[u8], width: usize, height: usize) -> u64 {
    let mean = |x: usize, y: usize| {
        let (left, right) = (x * width / 9, (x + 1) * width / 9);
        let rows = y * height / 8..(y + 1) * height / 8;
        let sum: u64 =
            rows.clone().flat_map(|y| &darkest[y * width + left..y * width + right]).map(|v| u64::from(*v)).sum();
        sum / (rows.len() * (right - left)).max(1) as u64
    };
    (0..8)
        .flat_map(|y| (0..8).map(move |x| (x, y)))
        .fold(0, |bits, (x, y)| bits << 1 | u64::from(mean(x, y) < mean(x + 1, y)))
}

/// Whether even the sharpest edges of a page are spread over many pixels. Every sixteenth row is read.
fn is_blurred(raster: &Raster) -> bool {
    if raster.bits != 8 {
        return false;
    }
    let channels = raster.color.channels();
    // Letters have edges two pixels wide at 300 dots an inch; what blurs them away spreads edges over eight.
    let reach = (raster.facts.dpi as usize * 8 / 300).max(3);
    let (mut steps, mut climbs) = ([0u32; 256], [0u32; 256]);
    let mut line: Vec<u8> = Vec::new();
    for row in raster.rows().step_by(16) {
        line.clear();
        line.extend(row.iter().skip(channels / 2).step_by(channels));
        for window in line.windows(reach + 1) {
            steps[usize::from(window[0].abs_diff(window[1]))] += 1;
            climbs[usize::from(window[0].abs_diff(window[reach]))] += 1;
        }
    }
    let (step, climb) = (nearly_most(&steps), nearly_most(&climbs));
    climb >= 24 && step * reach * 10 < climb * 13
}

/// The value that one in five hundred is above.
fn nearly_most(counts: &[u32; 256]) -> usize {
    let mut left = counts.iter().sum::<u32>() / 500;
    (0..256)
        .rev()
        .find(|value| {
            let here = counts[*value];
            let found = here > left;
            left = left.saturating_sub(here);
            found
        })
        .unwrap_or_default()
}

/// Tenths of a degree that the lines of writing lean, within 8 degrees; of pages that lie on their side too.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a reduced picture's coordinates are small"
)]
fn skew(ink: &[bool], width: usize, height: usize) -> Option<i16> {
    let dots: Vec<(f32, f32)> = ink
        .iter()
        .enumerate()
        .filter(|(_, ink)| **ink)
        .map(|(at, _)| ((at % width) as f32, (at / width) as f32))
        .collect();
    if dots.len() < 2_000 {
        return None;
    }
    let step = dots.len() / 6_000 + 1;
    let dots: Vec<_> = dots.into_iter().step_by(step).collect();
    let shift = width.max(height);
    let mut bins = vec![0u32; 3 * shift];
    let mut sharpness = |tenths: i16, on_side: bool| -> u64 {
        let slope = (f32::from(tenths) / 10.0).to_radians().tan();
        bins.fill(0);
        for (x, y) in &dots {
            let at = if on_side { x + y * slope } else { y - x * slope };
            bins[(at + shift as f32) as usize] += 1;
        }
        bins.windows(2).map(|pair| u64::from(pair[0].abs_diff(pair[1])).pow(2)).sum()
    };
    let mut best = (0, 0, false);
    for on_side in [false, true] {
        for tenths in (-80..=80).step_by(4) {
            best = best.max((sharpness(tenths, on_side), tenths, on_side));
        }
    }
    let (_, around, on_side) = best;
    (around - 3..=around + 3).max_by_key(|tenths| sharpness(*tenths, on_side))
}
