//! Where the ink of a page lies, coarsely and a bit a dot, so that a page can be laid over the one before it.

/// Dots that a page may lie further to any side when it comes again: about two millimeters of A4.
const REACH: isize = 3;
/// Dots of one place, 64 by 16, that may be without a counterpart; a word that somebody wrote has more.
const ODD: u32 = 24;
/// Rows of one place.
const BAND: usize = 16;

/// The ink of a page (nét mực), one bit for two by two pixels of the picture that is looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct Sketch {
    words: usize,
    rows: Vec<u64>,
}

impl std::fmt::Debug for Sketch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sketch({} dots)", dots(&self.rows))
    }
}

impl Sketch {
    pub(crate) fn of(ink: &[bool], width: usize) -> Self {
        let words = width.div_ceil(128).max(1);
        let mut rows = vec![0u64; ink.len().div_ceil(width.max(1)).div_ceil(2) * words];
        for (y, line) in ink.chunks_exact(width.max(1)).enumerate() {
            for (x, _) in line.iter().enumerate().filter(|(_, ink)| **ink) {
                rows[y / 2 * words + x / 128] |= 1 << (x / 2 % 64);
            }
        }
        Self { words, rows }
    }

    /// Whether every mark of either has a counterpart in the other, the whole page moved a little if need be.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        if self.words != other.words || self.rows.len() != other.rows.len() {
            return false;
        }
        let (wide, other_wide) = (self.thickened(), other.thickened());
        let shifts = (-REACH..=REACH).flat_map(|down| (-REACH..=REACH).map(move |right| (right, down)));
        let apart = |(right, down): (isize, isize)| {
            let odd = without(&self.rows, &other_wide.moved(right, down).rows);
            let odd_there = without(&other.rows, &wide.moved(-right, -down).rows);
            (odd, odd_there)
        };
        let best = shifts.map(apart).min_by_key(|(one, other)| dots(one) + dots(other));
        best.is_some_and(|(one, other)| self.none_odd(&one) && self.none_odd(&other))
    }

    fn none_odd(&self, odd: &[u64]) -> bool {
        let all = dots(odd) * 33 <= dots(&self.rows);
        all && odd.chunks(BAND * self.words).all(|band| {
            (0..self.words)
                .all(|word| band.iter().skip(word).step_by(self.words).map(|bits| bits.count_ones()).sum::<u32>() < ODD)
        })
    }

    /// Each dot with its eight neighbors.
    fn thickened(&self) -> Self {
        let across: Vec<u64> = or(&self.rows, &or(&self.moved(1, 0).rows, &self.moved(-1, 0).rows));
        let across = Self { words: self.words, rows: across };
        let rows = or(&across.rows, &or(&across.moved(0, 1).rows, &across.moved(0, -1).rows));
        Self { rows, ..across }
    }

    /// Moved by at most 63 dots to the right and any number of rows down.
    fn moved(&self, right: isize, down: isize) -> Self {
        let (words, count) = (self.words, self.rows.len() / self.words);
        let by = right.unsigned_abs();
        let mut rows = vec![0; self.rows.len()];
        for (y, row) in rows.chunks_exact_mut(words).enumerate() {
            let Some(from) = y.checked_add_signed(-down).filter(|from| *from < count) else { continue };
            let line = &self.rows[from * words..][..words];
            for (at, word) in row.iter_mut().enumerate() {
                *word = match (right.signum(), by) {
                    (1, by) => line[at] << by | at.checked_sub(1).map_or(0, |before| line[before] >> (64 - by)),
                    (-1, by) => line[at] >> by | line.get(at + 1).map_or(0, |after| after << (64 - by)),
                    _ => line[at],
                };
            }
        }
        Self { words, rows }
    }
}

fn or(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().zip(other).map(|(one, other)| one | other).collect()
}

fn without(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().zip(other).map(|(one, other)| one & !other).collect()
}

fn dots(rows: &[u64]) -> u32 {
    rows.iter().map(|word| word.count_ones()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_moved_over_the_seams_of_words() {
        let mut ink = vec![false; 400 * 40];
        ink[20 * 400 + 126] = true;
        let sketch = Sketch::of(&ink, 400);
        let at = |sketch: &Sketch| {
            let word = sketch.rows.iter().position(|word| *word != 0)?;
            Some((word % sketch.words * 64 + sketch.rows[word].trailing_zeros() as usize, word / sketch.words))
        };
        assert_eq!(at(&sketch), Some((63, 10)));
        assert_eq!(at(&sketch.moved(2, -3)), Some((65, 7)));
        assert_eq!(at(&sketch.moved(2, 0).moved(-3, 0)), Some((62, 10)));
        assert_eq!(at(&sketch.moved(0, 15)), None, "beyond the edge there is nothing");
        assert_eq!(dots(&sketch.thickened().rows), 9);
    }
}
