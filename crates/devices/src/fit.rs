//! What becomes of settings on a device that has not all of it: the nearest it can do, and what differs, to be told.
//!
//! Paper comes first. What was to lie on the glass never goes through a feeder, which may tear it; what the device does
//! not say is asked of it as it stands.

use crate::device::{Caps, Mode, Size, Source};
use crate::scanner::ScanSettings;
use serde::{Deserialize, Serialize};

/// One thing that a device cannot do as it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shortfall {
    /// The paper goes another way.
    Source {
        /// What was asked for.
        wanted: Source,
        /// What is taken.
        used: Source,
    },
    /// Another resolution.
    Dpi {
        /// What was asked for.
        wanted: u32,
        /// What is taken.
        used: u32,
    },
    /// Another color mode.
    Mode {
        /// What was asked for.
        wanted: Mode,
        /// What is taken.
        used: Mode,
    },
    /// The device scans no such size; it scans what it does by itself.
    Size {
        /// What was asked for.
        wanted: Size,
    },
}

/// `wanted` as a device with `caps` can do it, with what differs.
#[must_use]
pub fn fit(wanted: &ScanSettings, caps: &Caps) -> (ScanSettings, Vec<Shortfall>) {
    let mut told = Vec::new();
    let source = wanted.source.map(|wanted| {
        let used = source(wanted, &caps.sources);
        told.extend((used != wanted).then_some(Shortfall::Source { wanted, used }));
        used
    });
    let dpi = wanted.dpi.map(|wanted| {
        // Of two equally near the finer: too much can be reduced later, too little cannot be mended.
        let used = caps.resolutions.iter().rev().copied().min_by_key(|dpi| dpi.abs_diff(wanted)).unwrap_or(wanted);
        told.extend((used != wanted).then_some(Shortfall::Dpi { wanted, used }));
        used
    });
    let mode = wanted.mode.map(|wanted| {
        let used = mode(wanted, &caps.modes);
        told.extend((used != wanted).then_some(Shortfall::Mode { wanted, used }));
        used
    });
    let size = wanted.size.filter(|wanted| caps.sizes.contains(wanted));
    told.extend(wanted.size.filter(|_| size.is_none()).map(|wanted| Shortfall::Size { wanted }));
    (ScanSettings { source, dpi, mode, size, extra: wanted.extra.clone() }, told)
}

/// The way of the paper that is nearest to the one asked for.
fn source(wanted: Source, offered: &[Source]) -> Source {
    if offered.is_empty() {
        return wanted;
    }
    let order: &[Source] = match wanted {
        Source::Glass => &[Source::Glass],
        Source::Feeder => &[Source::Feeder, Source::Glass],
        Source::Duplex => &[Source::Duplex, Source::Feeder, Source::Glass],
    };
    order.iter().copied().find(|one| offered.contains(one)).unwrap_or(wanted)
}

/// The mode asked for, else the next richer one, else the next poorer (T-19).
fn mode(wanted: Mode, offered: &[Mode]) -> Mode {
    let order: &[Mode] = match wanted {
        Mode::Bw => &[Mode::Bw, Mode::Gray, Mode::Color],
        Mode::Gray => &[Mode::Gray, Mode::Color, Mode::Bw],
        Mode::Color => &[Mode::Color, Mode::Gray, Mode::Bw],
    };
    order.iter().copied().find(|one| offered.contains(one)).unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL_SOURCES: [Source; 3] = [Source::Feeder, Source::Duplex, Source::Glass];
    const ALL_MODES: [Mode; 3] = [Mode::Color, Mode::Gray, Mode::Bw];

    fn wish(source: Source, dpi: u32, mode: Mode) -> ScanSettings {
        ScanSettings { source: Some(source), dpi: Some(dpi), mode: Some(mode), ..ScanSettings::default() }
    }

    fn caps(sources: &[Source], resolutions: &[u32], modes: &[Mode]) -> Caps {
        Caps { sources: sources.into(), resolutions: resolutions.into(), modes: modes.into(), ..Caps::default() }
    }

    /// G5: a land certificate in color on both sides, on a device with one-sided feeder and gray.
    #[test]
    fn what_a_device_cannot_do_is_done_as_near_as_it_can_and_told() {
        let device = caps(&[Source::Feeder, Source::Glass], &[150, 200, 400], &[Mode::Gray, Mode::Bw]);
        let (used, told) = fit(&wish(Source::Duplex, 300, Mode::Color), &device);
        assert_eq!(used, wish(Source::Feeder, 400, Mode::Gray));
        assert_eq!(
            told,
            [
                Shortfall::Source { wanted: Source::Duplex, used: Source::Feeder },
                Shortfall::Dpi { wanted: 300, used: 400 },
                Shortfall::Mode { wanted: Mode::Color, used: Mode::Gray },
            ]
        );
    }

    #[test]
    fn what_lies_on_the_glass_never_goes_through_a_feeder() {
        let device = caps(&[Source::Feeder, Source::Duplex], &[300], &ALL_MODES);
        let (used, told) = fit(&wish(Source::Glass, 300, Mode::Color), &device);
        assert_eq!((used.source, told), (Some(Source::Glass), vec![]), "the driver says that there is none");
    }

    #[test]
    fn a_size_that_is_not_offered_is_left_to_the_device_and_told() {
        let large = ScanSettings { size: Some(Size::A3), ..ScanSettings::default() };
        let (used, told) = fit(&large, &Caps { sizes: vec![Size::A4, Size::A5], ..Caps::default() });
        assert_eq!((used.size, told), (None, vec![Shortfall::Size { wanted: Size::A3 }]));
        let (used, told) = fit(&large, &Caps { sizes: vec![Size::A3], ..Caps::default() });
        assert_eq!((used.size, told.len()), (Some(Size::A3), 0));
    }

    proptest! {
        // Whatever is asked of whatever device: what is used is offered or told nowhere to be, and silence means as asked.
        #[test]
        fn silence_means_as_asked(
            source in proptest::sample::select(&ALL_SOURCES[..]),
            dpi in 50u32..700,
            mode in proptest::sample::select(&ALL_MODES[..]),
            sources in proptest::sample::subsequence(ALL_SOURCES.to_vec(), 0..=3),
            resolutions in proptest::sample::subsequence(vec![150u32, 200, 300, 400, 600], 0..=5),
            modes in proptest::sample::subsequence(ALL_MODES.to_vec(), 0..=3),
        ) {
            let (wanted, device) = (wish(source, dpi, mode), caps(&sources, &resolutions, &modes));
            let (used, told) = fit(&wanted, &device);
            prop_assert_eq!(told.is_empty(), used == wanted);
            let used_source = used.source.unwrap();
            prop_assert!(sources.is_empty() || sources.contains(&used_source) || source == Source::Glass || used_source == source);
            prop_assert!(source != Source::Glass || used_source == Source::Glass);
            prop_assert!(resolutions.is_empty() || resolutions.contains(&used.dpi.unwrap()));
            prop_assert!(modes.is_empty() || modes.contains(&used.mode.unwrap()));
            // What fits, fits again.
            prop_assert_eq!(fit(&used, &device), (used.clone(), vec![]));
        }
    }
}
