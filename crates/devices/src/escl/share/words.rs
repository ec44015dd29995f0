//! What the share says and is told, as XML: capabilities, state, and the settings of a job.

use crate::device::{Caps, Mode, Size, Source};
use crate::escl::capabilities::{A4, mode_word};
use crate::escl::xml::{NAMES, Node};
use crate::scanner::{ScanError, ScanSettings};
use quick_xml::escape::partial_escape;
use std::fmt::Write;

const VERSION: &str = "<pwg:Version>2.63</pwg:Version>";
/// Offered where a device does not say: what the law asks for, and what text recognition likes.
const USUAL: [u32; 2] = [200, 300];
/// A3 in three-hundredths of an inch.
const A3: (u32, u32) = (3_508, 4_961);
/// How far an area may be from a size of paper and still be meant as it, in three-hundredths of an inch: 5 mm.
const NEAR: u32 = 59;

/// `ScannerCapabilities` of a device of this name.
pub(super) fn capabilities(name: &str, uuid: &str, caps: &Caps) -> String {
    let area = if caps.sizes.contains(&Size::A3) { A3 } else { A4 };
    let profile = profile(caps);
    let input = |tag: &str, source| {
        if caps.sources.contains(&source) { input(tag, area, &profile) } else { String::new() }
    };
    let platen = input("scan:PlatenInputCaps", Source::Glass);
    let (one, both) =
        (input("scan:AdfSimplexInputCaps", Source::Feeder), input("scan:AdfDuplexInputCaps", Source::Duplex));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scan:ScannerCapabilities {NAMES}>{VERSION}<pwg:MakeAndModel>{}\
         </pwg:MakeAndModel><scan:UUID>{uuid}</scan:UUID>",
        partial_escape(name.chars().filter(|letter| !letter.is_control()).take(120).collect::<String>())
    );
    if !platen.is_empty() {
        let _ = write!(text, "<scan:Platen>{platen}</scan:Platen>");
    }
    if !one.is_empty() || !both.is_empty() {
        let option = if both.is_empty() { "" } else { "<scan:AdfOption>Duplex</scan:AdfOption>" };
        let _ = write!(text, "<scan:Adf>{one}{both}<scan:AdfOptions>{option}</scan:AdfOptions></scan:Adf>");
    }
    text + "</scan:ScannerCapabilities>"
}

fn profile(caps: &Caps) -> String {
    let modes = if caps.modes.is_empty() { &[Mode::Color, Mode::Gray][..] } else { &caps.modes };
    let modes: String =
        modes.iter().map(|mode| format!("<scan:ColorMode>{}</scan:ColorMode>", mode_word(*mode))).collect();
    let dots = if caps.resolutions.is_empty() { &USUAL[..] } else { &caps.resolutions };
    let dots: String = dots
        .iter()
        .map(|dpi| {
            format!(
                "<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}\
                 </scan:YResolution></scan:DiscreteResolution>"
            )
        })
        .collect();
    format!(
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>{modes}</scan:ColorModes><scan:DocumentFormats>\
         <pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>\
         </scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>{dots}</scan:DiscreteResolutions>\
         </scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
}

fn input(tag: &str, (width, height): (u32, u32), profile: &str) -> String {
    format!(
        "<{tag}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{width}</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>\
         <scan:MaxHeight>{height}</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>{profile}\
         <scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents></{tag}>"
    )
}

/// What stands of a job in `ScannerStatus`.
pub(super) struct JobWords {
    pub(super) path: String,
    pub(super) id: String,
    pub(super) age: u64,
    pub(super) fetched: u32,
    /// `Processing`, `Completed`, `Canceled`, `Aborted`.
    pub(super) state: &'static str,
    pub(super) reason: &'static str,
}

/// `ScannerStatus`; `feeder` is left out where there is none.
pub(super) fn status(state: &str, feeder: Option<&str>, reason: &str, jobs: &[JobWords]) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scan:ScannerStatus {NAMES}>{VERSION}<pwg:State>{state}</pwg:State>\
         <pwg:StateReasons><pwg:StateReason>{reason}</pwg:StateReason></pwg:StateReasons>"
    );
    if let Some(feeder) = feeder {
        let _ = write!(text, "<scan:AdfState>{feeder}</scan:AdfState>");
    }
    text += "<scan:Jobs>";
    for JobWords { path, id, age, fetched, state, reason } in jobs {
        let due = u32::from(*state == "Processing");
        let _ = write!(
            text,
            "<scan:JobInfo><pwg:JobUri>{path}</pwg:JobUri><pwg:JobUuid>{id}</pwg:JobUuid><scan:Age>{age}</scan:Age>\
             <pwg:ImagesCompleted>{fetched}</pwg:ImagesCompleted><pwg:ImagesToTransfer>{due}</pwg:ImagesToTransfer>\
             <pwg:JobState>{state}</pwg:JobState><pwg:JobStateReasons><pwg:JobStateReason>{reason}</pwg:JobStateReason>\
             </pwg:JobStateReasons></scan:JobInfo>"
        );
    }
    text + "</scan:Jobs></scan:ScannerStatus>"
}

/// The state of the feeder that a fault tells of, and the reason of the scanner's state.
pub(super) fn fault_words(error: &ScanError) -> (Option<&'static str>, &'static str) {
    match error {
        ScanError::Jam => (Some("ScannerAdfJam"), "MediaJam"),
        ScanError::CoverOpen => (Some("ScannerAdfHatchOpen"), "CoverOpen"),
        ScanError::DoubleFeed => (Some("ScannerAdfMultipickDetected"), "MultipleFeedError"),
        ScanError::FeederEmpty => (Some("ScannerAdfEmpty"), "None"),
        ScanError::NotFound { .. }
        | ScanError::NoSource { .. }
        | ScanError::Busy
        | ScanError::Timeout { .. }
        | ScanError::ProgramMissing { .. }
        | ScanError::AccessDenied
        | ScanError::Failed { .. }
        | ScanError::Io { .. } => (None, "AttentionRequired"),
    }
}

/// Why the settings of a job were not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// They are no settings.
    NoSettings,
    /// The device cannot do what they ask for.
    Unable,
}

/// Reads `ScanSettings` for a device with `caps`; what is left out is left to the device.
pub(super) fn settings(text: &str, caps: &Caps) -> Result<ScanSettings, Unfit> {
    let root = Node::read(text).filter(|root| root.name == "ScanSettings").ok_or(Unfit::NoSettings)?;
    let both = root.text_of("Duplex") == Some("true");
    let source = match root.text_of("InputSource") {
        Some("Platen") => Some(Source::Glass),
        Some("Feeder") if both => Some(Source::Duplex),
        Some("Feeder") => Some(Source::Feeder),
        None => None,
        Some(_) => return Err(Unfit::Unable),
    };
    if source.is_some_and(|source| !caps.sources.contains(&source)) {
        return Err(Unfit::Unable);
    }
    let mode = match root.text_of("ColorMode") {
        Some("BlackAndWhite1") => Some(Mode::Bw),
        Some("Grayscale8" | "Grayscale16") => Some(Mode::Gray),
        Some("RGB24" | "RGB48") => Some(Mode::Color),
        None => None,
        Some(_) => return Err(Unfit::Unable),
    };
    if mode == Some(Mode::Bw) && !caps.modes.is_empty() && !caps.modes.contains(&Mode::Bw) {
        // As devices answer; clients then ask for gray (T-19).
        return Err(Unfit::Unable);
    }
    let format = root.text_of("DocumentFormatExt").or_else(|| root.text_of("DocumentFormat"));
    if format.is_some_and(|format| !matches!(format, "image/jpeg" | "image/png")) {
        return Err(Unfit::Unable);
    }
    let dpi = root.text_of("XResolution").and_then(|text| text.parse().ok()).filter(|dpi| (50..=2_400).contains(dpi));
    let size = size(&root).filter(|size| caps.sizes.contains(size));
    Ok(ScanSettings { source, dpi, mode, size, extra: Vec::new() })
}

/// The paper that the area is meant as.
fn size(root: &Node) -> Option<Size> {
    let side = |name| root.text_of(name).and_then(|text| text.parse::<u32>().ok());
    let (width, height) = (side("Width")?, side("Height")?);
    Size::ALL.into_iter().find(|size| {
        let (across, along) = size.millimeters();
        let dots = |millimeters: u32| millimeters * 3_000 / 254;
        dots(across).abs_diff(width) <= NEAR && dots(along).abs_diff(height) <= NEAR
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escl::capabilities::{About, State};
    use proptest::prelude::*;

    fn caps() -> Caps {
        Caps {
            sources: vec![Source::Feeder, Source::Duplex, Source::Glass],
            resolutions: vec![200, 300],
            modes: vec![Mode::Color, Mode::Gray],
            sizes: vec![Size::A4, Size::A5],
            buttons: false,
        }
    }

    #[test]
    fn what_is_said_is_read_back_by_our_own_client() {
        let about = About::read(&capabilities("Fujitsu <fi> & Co", "1c85", &caps())).unwrap();
        assert_eq!((about.caps.sources, about.caps.resolutions), (caps().sources, caps().resolutions));
        assert_eq!((about.caps.modes, about.caps.sizes), (caps().modes, caps().sizes));
        assert_eq!(about.uuid.as_deref(), Some("1c85"));
        let bare = Caps { sources: vec![Source::Glass], ..Caps::default() };
        let about = About::read(&capabilities("x", "y", &bare)).unwrap();
        assert_eq!((about.caps.sources, about.caps.resolutions), (vec![Source::Glass], USUAL.to_vec()));
        let job = JobWords {
            path: "/s/eSCL/ScanJobs/1".into(),
            id: "1".into(),
            age: 3,
            fetched: 2,
            state: "Processing",
            reason: "JobScanning",
        };
        let state = State::read(&status("Processing", Some("ScannerAdfJam"), "MediaJam", &[job])).unwrap();
        assert_eq!((state.scanner.as_str(), state.feeder.as_str()), ("Processing", "ScannerAdfJam"));
        assert!(state.works_on("/s/eSCL/ScanJobs/1"));
    }

    #[test]
    fn settings_are_taken_as_far_as_the_device_goes() {
        let ask = |inside: &str| settings(&format!("<scan:ScanSettings>{inside}</scan:ScanSettings>"), &caps());
        assert_eq!(ask(""), Ok(ScanSettings::default()));
        let whole = ask(
            "<pwg:InputSource>Feeder</pwg:InputSource><scan:Duplex>true</scan:Duplex><scan:ColorMode>Grayscale8</scan:ColorMode>\
             <scan:XResolution>200</scan:XResolution><pwg:Width>1748</pwg:Width><pwg:Height>2480</pwg:Height>",
        )
        .unwrap();
        assert_eq!((whole.source, whole.mode), (Some(Source::Duplex), Some(Mode::Gray)));
        assert_eq!((whole.dpi, whole.size), (Some(200), Some(Size::A5)));
        for unable in [
            "<InputSource>Camera</InputSource>",
            "<ColorMode>BlackAndWhite1</ColorMode>",
            "<DocumentFormat>application/pdf</DocumentFormat>",
        ] {
            assert_eq!(ask(unable), Err(Unfit::Unable), "{unable}");
        }
        assert_eq!(ask("<XResolution>4000000000000</XResolution>").unwrap().dpi, None);
        for none in ["", "<html/>", "<ScanSettings>", "\u{0}"] {
            assert_eq!(settings(none, &caps()), Err(Unfit::NoSettings), "{none:?}");
        }
    }

    proptest! {
        #[test]
        fn no_settings_do_harm(text in ".{0,300}", inside in "[<>/a-zA-Z&;\"= !?0-9-]{0,300}") {
            let _ = settings(&text, &caps());
            let _ = settings(&format!("<ScanSettings>{inside}</ScanSettings>"), &caps());
        }
    }
}
