//! What a device says of itself and of its state, from its XML.

use super::xml::Node;
use crate::device::{Caps, Mode, Size, Source};

/// Resolutions a counter scans with; of a range those that lie in it are offered.
const OFFERED: [u32; 5] = [150, 200, 300, 400, 600];
/// A4 in three-hundredths of an inch.
pub(super) const A4: (u32, u32) = (2_480, 3_508);

/// What a mode is called.
pub(super) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Color => "RGB24",
        Mode::Gray => "Grayscale8",
        Mode::Bw => "BlackAndWhite1",
    }
}

/// A device's own words, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) make_and_model: String,
    pub(super) uuid: Option<String>,
    pub(super) caps: Caps,
    /// The largest area of each source, in three-hundredths of an inch.
    pub(super) areas: Vec<(Source, (u32, u32))>,
}

impl About {
    /// Reads `ScannerCapabilities`; none when it is something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let root = Node::read(text).filter(|root| root.name == "ScannerCapabilities")?;
        let adf = root.find("Adf");
        let inputs = [
            (Source::Feeder, adf.and_then(|adf| adf.find("AdfSimplexInputCaps"))),
            (Source::Duplex, adf.and_then(|adf| adf.find("AdfDuplexInputCaps"))),
            (Source::Glass, root.find("Platen").and_then(|platen| platen.find("PlatenInputCaps"))),
        ];
        let inputs: Vec<(Source, &Node)> =
            inputs.into_iter().filter_map(|(source, caps)| Some((source, caps?))).collect();
        let mut about = Self {
            make_and_model: root.text_of("MakeAndModel").unwrap_or("eSCL").to_owned(),
            uuid: root.text_of("UUID").filter(|uuid| !uuid.is_empty()).map(str::to_lowercase),
            ..Self::default()
        };
        // A duplex feeder that lists no area of its own for both sides still says that it can.
        let duplex = adf.is_some_and(|adf| adf.all("AdfOption").iter().any(|option| option.text == "Duplex"));
        about.caps.sources = inputs.iter().map(|(source, _)| *source).collect();
        if duplex && !about.caps.sources.contains(&Source::Duplex) && about.caps.sources.contains(&Source::Feeder) {
            about.caps.sources.insert(1, Source::Duplex);
        }
        for (source, caps) in &inputs {
            let side = |name: &str, usual| caps.text_of(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
            about.areas.push((*source, (side("MaxWidth", A4.0), side("MaxHeight", A4.1))));
        }
        about.caps.sizes = about.sizes();
        about.caps.resolutions = resolutions(&inputs);
        about.caps.modes = modes(&root);
        (!about.caps.sources.is_empty()).then_some(about)
    }

    /// Sizes that one of the sources holds; a source that does not is scanned as far as it reaches.
    fn sizes(&self) -> Vec<Size> {
        let held = |(_, (width, height)): &(Source, (u32, u32))| {
            let millimeters = |dots: u32| f64::from(dots) / 300.0 * 25.4;
            Size::within(millimeters(*width), millimeters(*height))
        };
        let held: Vec<Size> = self.areas.iter().flat_map(held).collect();
        Size::ALL.into_iter().filter(|size| held.contains(size)).collect()
    }

    /// The area to scan from `source`: paper of this size, A4 where none is said, or what there is of it.
    pub(super) fn area(&self, source: Source, size: Option<Size>) -> (u32, u32) {
        let dots = |millimeters: u32| (millimeters * 3_000).div_ceil(254);
        let paper = size.map_or(A4, |size| {
            let (across, along) = size.millimeters();
            (dots(across), dots(along))
        });
        let all = || self.areas.iter().filter(|(_, (width, height))| *width > 0 && *height > 0);
        let own = all().find(|(one, _)| *one == source).or_else(|| all().find(|(one, _)| *one != Source::Glass));
        own.map_or(paper, |(_, (width, height))| (paper.0.min(*width), paper.1.min(*height)))
    }
}

fn resolutions(inputs: &[(Source, &Node)]) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for (_, caps) in inputs {
        found.extend(
            caps.all("DiscreteResolution").iter().filter_map(|one| one.text_of("XResolution")?.parse::<u32>().ok()),
        );
        for range in caps.all("XResolutionRange") {
            let bound = |name| range.text_of(name).and_then(|text| text.parse::<u32>().ok());
            if let (Some(least), Some(most)) = (bound("Min"), bound("Max")) {
                found.extend(OFFERED.into_iter().filter(|dpi| (least..=most).contains(dpi)));
            }
        }
    }
    found.retain(|dpi| (50..=2_400).contains(dpi));
    found.sort_unstable();
    found.dedup();
    found
}

fn modes(root: &Node) -> Vec<Mode> {
    let said: Vec<&str> = root.all("ColorMode").iter().map(|mode| mode.text.as_str()).collect();
    [Mode::Color, Mode::Gray, Mode::Bw].into_iter().filter(|mode| said.contains(&mode_word(*mode))).collect()
}

/// A device's state, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// `Idle`, `Processing`, `Testing`, `Stopped`, `Down`.
    pub(super) scanner: String,
    /// `ScannerAdfLoaded`, `ScannerAdfEmpty`, `ScannerAdfJam` …; empty where there is no feeder.
    pub(super) feeder: String,
    /// Each job's address and state.
    pub(super) jobs: Vec<(String, String)>,
}

impl State {
    /// Reads `ScannerStatus`; none when it is something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let root = Node::read(text).filter(|root| root.name == "ScannerStatus")?;
        let own = |name: &str| root.children.iter().find(|child| child.name == name).map(|child| child.text.clone());
        let job = |job: &&Node| {
            (
                job.text_of("JobUri").unwrap_or_default().to_owned(),
                job.text_of("JobState").unwrap_or_default().to_owned(),
            )
        };
        Some(Self {
            scanner: own("State").unwrap_or_default(),
            feeder: own("AdfState").unwrap_or_default(),
            jobs: root.all("JobInfo").iter().map(job).collect(),
        })
    }

    /// Whether the job at `path` still works. Other jobs may be phantoms (AirSane keeps one).
    pub(super) fn works_on(&self, path: &str) -> bool {
        let own = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
        let mut jobs = self.jobs.iter().filter(|(address, _)| !own.is_empty() && address.contains(own));
        jobs.any(|(_, state)| state == "Processing" || state == "Pending")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_devices_words_become_its_capabilities() {
        let text = "<scan:ScannerCapabilities xmlns:scan=\"a\" xmlns:pwg=\"b\"><pwg:MakeAndModel>Mau MF1</pwg:MakeAndModel>\
            <scan:UUID>1C852A4D</scan:UUID><scan:Platen><scan:PlatenInputCaps><scan:MaxWidth>2550</scan:MaxWidth>\
            <scan:MaxHeight>3300</scan:MaxHeight><scan:ColorMode>RGB24</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode>\
            <scan:DiscreteResolution><scan:XResolution>300</scan:XResolution></scan:DiscreteResolution></scan:PlatenInputCaps></scan:Platen>\
            <scan:Adf><scan:AdfSimplexInputCaps><scan:XResolutionRange><scan:Min>100</scan:Min><scan:Max>450</scan:Max></scan:XResolutionRange>\
            </scan:AdfSimplexInputCaps><scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>";
        let about = About::read(text).unwrap();
        assert_eq!(about.caps.sources, [Source::Feeder, Source::Duplex, Source::Glass]);
        assert_eq!(about.caps.resolutions, [150, 200, 300, 400]);
        assert_eq!(about.caps.modes, [Mode::Color, Mode::Gray]);
        assert_eq!((about.area(Source::Glass, None), about.area(Source::Duplex, None)), ((2_480, 3_300), A4));
        assert_eq!(about.uuid.as_deref(), Some("1c852a4d"));
        assert_eq!(About::read("<html/>"), None);
    }

    #[test]
    fn only_ones_own_job_counts() {
        let text = "<ScannerStatus><State>Idle</State><AdfState>ScannerAdfEmpty</AdfState><Jobs>\
            <JobInfo><JobUri>/eSCL/ScanJobs/phantom</JobUri><JobState>Pending</JobState></JobInfo>\
            <JobInfo><JobUri>/eSCL/ScanJobs/mine</JobUri><JobState>Completed</JobState></JobInfo></Jobs></ScannerStatus>";
        let state = State::read(text).unwrap();
        assert_eq!((state.scanner.as_str(), state.feeder.as_str()), ("Idle", "ScannerAdfEmpty"));
        assert!(!state.works_on("/eSCL/ScanJobs/mine/") && state.works_on("/eSCL/ScanJobs/phantom"));
    }
}
