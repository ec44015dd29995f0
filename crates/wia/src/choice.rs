//! What a scanner offers and what is taken of it.

use devices::{Mode, Source};

/// Resolutions a counter needs; a scanner with a range has thousands.
const OFFERED: [u32; 5] = [150, 200, 300, 400, 600];

/// `WIA_DATA_COLOR`, `WIA_DATA_GRAYSCALE`, `WIA_DATA_THRESHOLD`, the richest first.
const MODES: [(Mode, i32); 3] = [(Mode::Color, 3), (Mode::Gray, 2), (Mode::Bw, 0)];

/// The values that a property may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// The device does not say.
    Unsaid,
    /// One of these.
    List(Vec<i32>),
    /// From the first to the last by steps.
    Range {
        /// The least.
        least: i32,
        /// The most.
        most: i32,
        /// The step, at least 1.
        step: i32,
    },
    /// Any of these bits.
    Flags(i32),
}

impl Allowed {
    /// Reads what WIA tells of a range: least, usual, most, step.
    #[must_use]
    pub fn range(told: &[i32]) -> Self {
        match *told {
            [least, _, most, step, ..] if least <= most => Self::Range { least, most, step: step.max(1) },
            _ => Self::Unsaid,
        }
    }

    /// Reads what WIA tells of a list: the number of values, the usual one, the values.
    #[must_use]
    pub fn list(told: &[i32]) -> Self {
        told.get(2..).map_or(Self::Unsaid, |values| Self::List(values.to_vec()))
    }

    /// Reads what WIA tells of flags: the usual ones, the possible ones.
    #[must_use]
    pub fn flags(told: &[i32]) -> Self {
        told.get(1).map_or(Self::Unsaid, |&bits| Self::Flags(bits))
    }

    /// Whether `value` is among them, as far as the device says.
    #[must_use]
    pub fn holds(&self, value: i32) -> bool {
        match self {
            Self::Unsaid => false,
            Self::List(values) => values.contains(&value),
            Self::Range { least, most, .. } => (least..=most).contains(&&value),
            Self::Flags(bits) => bits & value == value,
        }
    }

    /// The value nearest to `wanted`; none where there is no choice.
    #[must_use]
    pub fn nearest(&self, wanted: i32) -> Option<i32> {
        match self {
            Self::Unsaid | Self::Flags(_) => None,
            // Of two equally near the finer: too much can be reduced later, too little cannot be mended.
            Self::List(values) => {
                values.iter().copied().min_by_key(|value| (value.abs_diff(wanted), std::cmp::Reverse(*value)))
            }
            Self::Range { least, most, step } => {
                let held = wanted.clamp(*least, *most);
                let steps = i64::from(held.abs_diff(*least)) / i64::from(*step);
                i32::try_from(i64::from(*least) + steps * i64::from(*step)).ok()
            }
        }
    }

    /// The most there is.
    #[must_use]
    pub fn most(&self) -> Option<i32> {
        match self {
            Self::Unsaid | Self::Flags(_) => None,
            Self::List(values) => values.iter().copied().max(),
            Self::Range { most, .. } => Some(*most),
        }
    }

    /// Resolutions to offer, ascending.
    #[must_use]
    pub fn resolutions(&self) -> Vec<u32> {
        let Self::List(values) = self else {
            return OFFERED.into_iter().filter(|&dpi| i32::try_from(dpi).is_ok_and(|dpi| self.holds(dpi))).collect();
        };
        let mut dpis: Vec<u32> =
            values.iter().filter_map(|&dpi| u32::try_from(dpi).ok().filter(|&dpi| dpi > 0)).collect();
        dpis.sort_unstable();
        dpis.dedup();
        dpis
    }

    /// Color modes to offer.
    #[must_use]
    pub fn modes(&self) -> Vec<Mode> {
        MODES.into_iter().filter(|&(_, value)| self.holds(value)).map(|(mode, _)| mode).collect()
    }

    /// The mode taken where `wanted` is asked for: the next richer one where it is not offered (T-19), and the richest
    /// there is where nothing richer is; none where there is no choice.
    #[must_use]
    pub fn mode(&self, wanted: Mode) -> Option<(Mode, i32)> {
        let from = MODES.iter().position(|&(mode, _)| mode == wanted).unwrap_or_default();
        let richer = MODES[..=from].iter().rev();
        richer.chain(&MODES).copied().find(|&(_, value)| self.holds(value))
    }
}

/// Where the paper is taken from: what is asked for, or the feeder where there is one.
#[must_use]
pub fn source(wanted: Option<Source>, offered: &[Source]) -> Option<Source> {
    match wanted {
        Some(wanted) => Some(wanted).filter(|wanted| offered.contains(wanted)),
        None => [Source::Feeder, Source::Glass].into_iter().find(|source| offered.contains(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_resolution_is_one_the_device_has() {
        let list = Allowed::list(&[4, 300, 100, 200, 400, 600]);
        assert_eq!(list.nearest(300), Some(400), "of two equally near the finer");
        assert_eq!(list.nearest(5000), Some(600));
        assert_eq!(list.resolutions(), [100, 200, 400, 600]);
        let range = Allowed::range(&[50, 300, 1200, 50]);
        assert_eq!((range.nearest(310), range.nearest(10), range.nearest(9999)), (Some(300), Some(50), Some(1200)));
        assert_eq!(range.resolutions(), OFFERED);
    }

    #[test]
    fn nonsense_of_a_driver_is_survived() {
        for told in [&[][..], &[1], &[2, 1], &[600, 0, 100, 0], &[i32::MIN, 0, i32::MAX, 0]] {
            for allowed in [Allowed::range(told), Allowed::list(told), Allowed::flags(told)] {
                for wanted in [i32::MIN, 0, 300, i32::MAX] {
                    let _ = (allowed.nearest(wanted), allowed.holds(wanted), allowed.mode(Mode::Bw), allowed.most());
                }
                let _ = (allowed.resolutions(), allowed.modes());
            }
        }
    }

    #[test]
    fn a_missing_mode_is_replaced_by_a_richer_one() {
        // T-19
        let told = |values: &[i32]| Allowed::List(values.to_vec());
        assert_eq!(told(&[3, 2]).mode(Mode::Bw), Some((Mode::Gray, 2)));
        assert_eq!(told(&[3]).mode(Mode::Bw), Some((Mode::Color, 3)));
        assert_eq!(told(&[0]).mode(Mode::Color), Some((Mode::Bw, 0)), "there is nothing else");
        assert_eq!(told(&[]).mode(Mode::Color), None);
        assert_eq!(told(&[3, 2, 0]).modes(), [Mode::Color, Mode::Gray, Mode::Bw]);
    }

    #[test]
    fn the_feeder_is_used_where_there_is_one() {
        use Source::{Duplex, Feeder, Glass};
        assert_eq!(source(None, &[Feeder, Duplex, Glass]), Some(Feeder));
        assert_eq!(source(None, &[Glass]), Some(Glass));
        assert_eq!(source(Some(Duplex), &[Feeder, Glass]), None);
    }
}
