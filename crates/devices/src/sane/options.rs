//! What a SANE device can do, read from `scanimage --all-options`, and the arguments for a scan chosen from it.
//!
//! Every driver has words of its own for feeder, color and black and white; they are matched by what they contain.

use crate::device::{Caps, Mode, Size, Source};
use crate::scanner::{Applied, ScanError, ScanSettings};

/// What of a device matters to a counter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Options {
    /// Each source with the arguments that select it, the feeder first.
    sources: Vec<(Source, Vec<String>)>,
    modes: Vec<(Mode, String)>,
    resolutions: Resolutions,
    /// The largest area that can be set, in millimeters; none where it cannot be.
    area: Option<(f64, f64)>,
    /// What makes it stop when two sheets go through at once, in this order (G12).
    double_feed: Vec<String>,
    buttons: bool,
}

/// The resolutions of a device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Resolutions {
    #[default]
    Fixed,
    List(Vec<u32>),
    Range {
        least: u32,
        most: u32,
        step: u32,
    },
}

/// A scan made up of what was asked and what there is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) arguments: Vec<String>,
    pub(super) applied: Applied,
}

/// What a counter scans with; a device with a range offers those of them that lie in it.
const OFFERED: [u32; 5] = [150, 200, 300, 400, 600];
/// Options of scanimage itself, which would break the batch or write elsewhere.
pub(super) const NOT_EXTRA: [&str; 14] = [
    "accept-md5-only",
    "all-options",
    "buffer-size",
    "device-name",
    "dont-scan",
    "format",
    "formatted-device-list",
    "help",
    "icc-profile",
    "list-devices",
    "output-file",
    "progress",
    "verbose",
    "version",
];

impl Options {
    /// Reads the listing; what is not understood is left out.
    pub(super) fn parse(listing: &str) -> Self {
        let mut options = Self::default();
        let (mut source_values, mut duplex) = (Vec::new(), None);
        options.buttons = !super::buttons::read(listing).is_empty();
        let sheet_fed = listing.to_lowercase().contains("sheetfed");
        for line in listing.lines() {
            let Some((name, values)) = split(line) else { continue };
            match name {
                "--source" => source_values = words(values),
                "--mode" => options.modes = modes(&words(values)),
                "--resolution" => options.resolutions = Resolutions::parse(values),
                "--duplex" => duplex = Some("--duplex=yes".to_owned()),
                "-x" => options.area = Some((most(values), options.area.map_or(f64::MAX, |(_, along)| along))),
                "-y" => options.area = options.area.map(|(across, _)| (across, most(values))),
                "--df-action" => {
                    let stop = words(values).into_iter().find(|word| word.eq_ignore_ascii_case("stop"));
                    options.double_feed = stop.map(|word| format!("--df-action={word}")).into_iter().collect();
                }
                _ => {}
            }
        }
        // Inactive until the feeder is chosen, so it is looked for in all lines.
        let adf_mode = listing.lines().map(str::trim_start).find(|line| line.starts_with("--adf-mode "));
        if adf_mode.is_some_and(|line| line.contains("Duplex")) {
            duplex = duplex.or(Some("--adf-mode=Duplex".to_owned()));
        }
        let select = |value: &String| vec![format!("--source={value}")];
        for wanted in [Source::Feeder, Source::Duplex, Source::Glass] {
            if let Some(value) = source_values.iter().find(|value| source(value) == Some(wanted)) {
                options.sources.push((wanted, select(value)));
            } else if wanted == Source::Duplex
                && let Some(duplex) = &duplex
                && let Some((_, feeder)) = options.sources.first()
            {
                let arguments = feeder.iter().chain([duplex]).cloned().collect();
                options.sources.push((wanted, arguments));
            }
        }
        if options.sources.is_empty() {
            options.sources.push((if sheet_fed { Source::Feeder } else { Source::Glass }, Vec::new()));
        }
        options
    }

    /// The argument that makes the device stop at a double feed, where it offers it (T-15).
    pub(super) fn stop_at_double_feed(&self) -> Option<&str> {
        self.double_feed.first().map(String::as_str)
    }

    /// Adds how two sheets are told, from the listing with the stop set: by their thickness. By their length too would
    /// stop at every stack of mixed sizes.
    pub(super) fn add_detection(&mut self, listing: &str) {
        let offered = listing.lines().filter_map(split).any(|(name, _)| name == "--df-thickness");
        if offered && !self.double_feed.is_empty() {
            self.double_feed.push("--df-thickness=yes".to_owned());
        }
    }

    pub(super) fn caps(&self) -> Caps {
        let resolutions = match &self.resolutions {
            Resolutions::Fixed => Vec::new(),
            Resolutions::List(list) => list.clone(),
            Resolutions::Range { least, most, .. } => {
                OFFERED.into_iter().filter(|dpi| (least..=most).contains(&dpi)).collect()
            }
        };
        Caps {
            sources: self.sources.iter().map(|(source, _)| *source).collect(),
            resolutions,
            modes: self.modes.iter().map(|(mode, _)| *mode).collect(),
            sizes: self.area.map(|(across, along)| Size::within(across, along)).unwrap_or_default(),
            buttons: self.buttons,
        }
    }

    /// Chooses the arguments for `settings`.
    pub(super) fn choose(&self, settings: &ScanSettings, usual_dpi: u32) -> Result<Choice, ScanError> {
        let (source, select) = match settings.source {
            None => self.sources.first().ok_or(ScanError::NoSource { source_wanted: Source::Feeder })?,
            Some(wanted) => self
                .sources
                .iter()
                .find(|(source, _)| *source == wanted)
                .ok_or(ScanError::NoSource { source_wanted: wanted })?,
        };
        let mut arguments = select.clone();
        let mode = self.mode(settings.mode.unwrap_or(Mode::Color));
        if let Some((_, word)) = mode {
            arguments.push(format!("--mode={word}"));
        }
        let dpi = self.resolutions.nearest(settings.dpi.unwrap_or(usual_dpi));
        if let Some(dpi) = dpi {
            arguments.push(format!("--resolution={dpi}"));
        }
        if self.area.is_some() {
            let (across, along) = settings.size.unwrap_or(Size::A4).millimeters();
            let area = [("-l", 0), ("-t", 0), ("-x", across), ("-y", along)];
            arguments.extend(area.iter().flat_map(|(name, value)| [(*name).to_owned(), value.to_string()]));
        }
        if *source != Source::Glass {
            let given = |one: &&String| !settings.extra.iter().any(|(name, _)| one.starts_with(&format!("--{name}=")));
            arguments.extend(self.double_feed.iter().filter(given).cloned());
        }
        for (name, value) in &settings.extra {
            arguments.extend(extra(name, value)?);
        }
        let applied = Applied { source: *source, dpi, mode: mode.map(|(mode, _)| *mode) };
        Ok(Choice { arguments, applied })
    }

    /// The mode asked for, else the next richer one, else whatever there is (T-19).
    fn mode(&self, wanted: Mode) -> Option<&(Mode, String)> {
        let order: &[Mode] = match wanted {
            Mode::Bw => &[Mode::Bw, Mode::Gray, Mode::Color],
            Mode::Gray => &[Mode::Gray, Mode::Color],
            Mode::Color => &[Mode::Color, Mode::Gray],
        };
        order.iter().find_map(|mode| self.modes.iter().find(|(own, _)| own == mode))
    }
}

impl Resolutions {
    fn parse(values: &str) -> Self {
        let number = |text: &str| {
            let digits = text.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<f64>().ok().filter(|dpi| (1.0..=10_000.0).contains(dpi)).map(whole)
        };
        let (values, step) = match values.split_once(" (in steps of ") {
            Some((values, step)) => (values, number(step)),
            None => (values, None),
        };
        if let Some((least, most)) = values.split_once("..") {
            match (number(least), number(most)) {
                (Some(least), Some(most)) if least <= most => Self::Range { least, most, step: step.unwrap_or(1) },
                _ => Self::Fixed,
            }
        } else {
            let mut list: Vec<u32> = values.split('|').filter_map(number).collect();
            list.sort_unstable();
            list.dedup();
            if list.is_empty() { Self::Fixed } else { Self::List(list) }
        }
    }

    fn nearest(&self, wanted: u32) -> Option<u32> {
        match self {
            Self::Fixed => None,
            // Of two equally near the finer: too much can be reduced later, too little cannot be mended.
            Self::List(list) => list.iter().rev().copied().min_by_key(|dpi| dpi.abs_diff(wanted)),
            Self::Range { least, most, step } => {
                let held = wanted.clamp(*least, *most);
                Some(least + (held - least) / step * step)
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the caller has checked the range")]
fn whole(dpi: f64) -> u32 {
    dpi.round() as u32
}

/// The upper end of a range such as `0..215.9mm (in steps of 0.1)`; without one there is no bound.
fn most(values: &str) -> f64 {
    let end = values.split_once("..").map(|(_, end)| end);
    let digits = end.map(|end| end.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(f64::MAX)
}

/// Splits an option line into its name and its values; none where it is inactive or no option.
fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    if !line.starts_with('-') || line.ends_with("[inactive]") || line.ends_with("[read-only]") {
        return None;
    }
    let end = line.find([' ', '['])?;
    let (name, rest) = line.split_at(end);
    // The current value follows in brackets, but some values have brackets themselves, so the last " [" counts.
    let mut values = rest.trim();
    while values.ends_with(']')
        && let Some(at) = values.rfind(" [")
    {
        values = values[..at].trim_end();
    }
    Some((name, values))
}

fn words(values: &str) -> Vec<String> {
    values.split('|').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

fn source(word: &str) -> Option<Source> {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let one_sided_back = has(&["back"]) && !has(&["front and back"]);
    if one_sided_back || has(&["transparen", "film", "slide", "negative", "card"]) {
        None
    } else if has(&["duplex", "front and back", "double", "two-sided", "both"]) {
        Some(Source::Duplex)
    } else if has(&["adf", "feed"]) {
        Some(Source::Feeder)
    } else if has(&["flatbed", "platen", "glass", "normal"]) {
        Some(Source::Glass)
    } else {
        None
    }
}

fn modes(words: &[String]) -> Vec<(Mode, String)> {
    let is = |word: &str, mode| {
        let word = word.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
        match mode {
            Mode::Color => has(&["color", "colour"]),
            Mode::Gray => has(&["gray", "grey"]),
            Mode::Bw => has(&["lineart", "black & white", "black and white", "black/white", "binary", "monochrome"]),
        }
    };
    // Dithered and 48-bit variants carry the same words; a plain page is wanted.
    let plain = |word: &&String| !word.contains('[') && !word.contains("48") && !word.contains("16");
    [Mode::Color, Mode::Gray, Mode::Bw]
        .into_iter()
        .filter_map(|mode| {
            let of_mode = || words.iter().filter(|word| is(word, mode));
            of_mode().find(plain).or_else(|| of_mode().next()).map(|word| (mode, word.clone()))
        })
        .collect()
}

/// Turns one extra option into arguments; those that would break the batch are refused.
fn extra(name: &str, value: &str) -> Result<Vec<String>, ScanError> {
    let sound = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !name.starts_with('-');
    let own = if name.len() <= 1 {
        !matches!(name, "l" | "t" | "x" | "y")
    } else {
        // getopt takes any beginning of a long option that is unambiguous.
        name.starts_with("batch") || NOT_EXTRA.iter().any(|own| own.starts_with(name)) || "batch".starts_with(name)
    };
    if !sound || own || value.contains('\0') {
        return Err(ScanError::Failed { message: format!("the option {name} cannot be given"), code: None });
    }
    Ok(if name.len() == 1 { vec![format!("-{name}"), value.to_owned()] } else { vec![format!("--{name}={value}")] })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_DEVICE: &str = "
All options specific to device `test:0':
  Scan Mode:
    --mode Gray|Color [Gray]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --three-pass-order RGB|RBG|GBR|GRB|BRG|BGR [inactive]
    --resolution 1..1200dpi (in steps of 1) [50]
        Sets the resolution of the scanned image.
    --source Flatbed|Automatic Document Feeder [Flatbed]
  Geometry:
    -l 0..200mm (in steps of 1) [0]
    -x 0..200mm (in steps of 1) [80]
    -y 0..200mm (in steps of 1) [100]";

    fn asked(source: Option<Source>, dpi: u32, mode: Mode) -> ScanSettings {
        ScanSettings { source, dpi: Some(dpi), mode: Some(mode), ..ScanSettings::default() }
    }

    #[test]
    fn the_test_device_is_read() {
        let options = Options::parse(TEST_DEVICE);
        let caps = options.caps();
        assert_eq!(caps.sources, [Source::Feeder, Source::Glass], "the feeder is offered first");
        assert_eq!(caps.resolutions, OFFERED, "of a range only what a counter needs is offered");
        assert_eq!(caps.modes, [Mode::Color, Mode::Gray]);
        let choice = options.choose(&ScanSettings::default(), 300).unwrap();
        assert_eq!(
            choice.arguments.join(" "),
            "--source=Automatic Document Feeder --mode=Color --resolution=300 -l 0 -t 0 -x 210 -y 297"
        );
    }

    #[test]
    fn the_words_of_other_drivers_are_understood() {
        let all = |listing: &str| Options::parse(listing);
        let fujitsu = all(
            "    --source ADF Front|ADF Back|ADF Duplex [ADF Front]\n    --mode Lineart|Halftone|Gray|Color [Lineart]\n    --resolution 50..600dpi (in steps of 1) [600]",
        );
        assert_eq!(fujitsu.caps().sources, [Source::Feeder, Source::Duplex], "the back alone is no choice for a clerk");
        assert_eq!(fujitsu.caps().modes, [Mode::Color, Mode::Gray, Mode::Bw]);
        let brother = all(
            "    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color[Fast] [24bit Color[Fast]]\n    --resolution 100|150|200|300|400|600|1200dpi [200]\n    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [Automatic Document Feeder(left aligned)]",
        );
        let settings = asked(Some(Source::Duplex), 250, Mode::Gray);
        assert_eq!(
            brother.choose(&settings, 300).unwrap().arguments,
            ["--source=Automatic Document Feeder(left aligned,Duplex)", "--mode=True Gray", "--resolution=300"],
            "the plain gray and the finer of two equally near resolutions"
        );
        let epson =
            all("    --source Flatbed|Automatic Document Feeder [Flatbed]\n    --adf-mode Simplex|Duplex [inactive]");
        assert_eq!(
            epson.choose(&asked(Some(Source::Duplex), 300, Mode::Color), 300).unwrap().arguments,
            ["--source=Automatic Document Feeder", "--adf-mode=Duplex"]
        );
        let bare = all("    --mode Color|Gray [Color]\n    --source [inactive]");
        assert_eq!(bare.caps().sources, [Source::Glass], "a device without a choice of source has a glass");
    }

    #[test]
    fn what_a_device_lacks_is_replaced_by_the_richer_or_refused_by_name() {
        let options = Options::parse(TEST_DEVICE);
        let choice = options.choose(&asked(Some(Source::Glass), 5_000, Mode::Bw), 300).unwrap();
        assert_eq!(choice.applied, Applied { source: Source::Glass, dpi: Some(1200), mode: Some(Mode::Gray) }, "T-19");
        let refused = options.choose(&asked(Some(Source::Duplex), 300, Mode::Color), 300);
        assert!(matches!(refused, Err(ScanError::NoSource { source_wanted: Source::Duplex })));
    }

    #[test]
    fn extra_options_cannot_reach_scanimage_itself() {
        let gives = |name: &str| {
            let extra = vec![(name.to_owned(), "1".to_owned())];
            Options::parse(TEST_DEVICE).choose(&ScanSettings { extra, ..ScanSettings::default() }, 300).is_ok()
        };
        for name in ["df-action", "depth", "test-picture", "read-delay", "x"] {
            assert!(gives(name), "{name} is an option of a device");
        }
        for name in
            ["output-file", "out", "dev", "batch", "batch-script", "bat", "format", "f", "o", "d", "", "-d", "a b"]
        {
            assert!(!gives(name), "{name:?} would write elsewhere or break the batch");
        }
    }

    /// T-15, G12: a device that can stop at two sheets at once is told to, unless the person says otherwise.
    #[test]
    fn a_double_feed_stops_a_device_that_can() {
        let listing = "    --source Flatbed|ADF Front [Flatbed]\n    --df-action Default|Continue|Stop [Default]\n    --df-thickness[=(yes|no)] [inactive]";
        let mut options = Options::parse(listing);
        assert_eq!(options.stop_at_double_feed(), Some("--df-action=Stop"));
        options.add_detection(listing);
        let from =
            |options: &Options, settings: &ScanSettings| options.choose(settings, 300).unwrap().arguments.join(" ");
        let feeder = ScanSettings::default();
        assert_eq!(
            from(&options, &feeder),
            "--source=ADF Front --df-action=Stop",
            "an inactive option would end the scan"
        );
        options.add_detection("    --df-thickness[=(yes|no)] [no]");
        assert!(from(&options, &feeder).ends_with("--df-action=Stop --df-thickness=yes"));
        let glass = ScanSettings { source: Some(Source::Glass), ..ScanSettings::default() };
        assert_eq!(from(&options, &glass), "--source=Flatbed");
        let own = ScanSettings { extra: vec![("df-action".into(), "Continue".into())], ..ScanSettings::default() };
        assert!(!from(&options, &own).contains("Stop"), "the person's word counts");
        assert_eq!(Options::parse(TEST_DEVICE).stop_at_double_feed(), None);
    }

    #[test]
    fn nonsense_is_survived() {
        for listing in [
            "",
            "--",
            "-x",
            "    --resolution ..dpi [",
            "    --resolution 1e9..2|dpi",
            "    --mode | | []",
            "    --source [[[]",
        ] {
            let options = Options::parse(listing);
            assert!(!options.caps().sources.is_empty(), "there is always a place to scan from: {listing:?}");
            assert!(options.choose(&ScanSettings::default(), 300).is_ok());
        }
    }
}
