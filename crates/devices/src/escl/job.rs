//! One scan job: made, asked for page after page, and ended; with everything that devices say in other words.
//!
//! A page counts when its picture is whole, never because the answer said 200: AirSane says 200 with no bytes for a jam,
//! an open cover, a fault and an empty feeder alike. Then the device's state tells which it was.

use super::capabilities::{About, State, mode_word};
use super::quirks::Quirks;
use super::wire::{Answer, Wire, failed};
use super::xml::NAMES;
use crate::device::{Mode, Size, Source};
use crate::scanner::{Applied, Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

const USUAL_DPI: u32 = 300;

/// How long and how often the same is asked again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Between two tries.
    pub(super) pause: Duration,
    /// Tries for a page that is not there yet.
    pub(super) page: u32,
    /// Tries for anything else.
    pub(super) other: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { pause: Duration::from_secs(1), page: 30, other: 10 }
    }
}

/// A job in the making.
pub(super) struct Job<'a> {
    pub(super) wire: &'a Wire,
    pub(super) about: &'a About,
    pub(super) quirks: &'a Quirks,
    pub(super) patience: Patience,
    pub(super) cancel: &'a Cancel,
}

/// What a request for the next page came to.
enum Next {
    Page(Vec<u8>),
    Over,
    Cancelled,
}

impl Job<'_> {
    /// Scans until the paper ends.
    pub(super) fn run(
        &self,
        settings: &ScanSettings,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let sources = &self.about.caps.sources;
        let source = match settings.source {
            Some(wanted) if !sources.contains(&wanted) => return Err(ScanError::NoSource { source_wanted: wanted }),
            Some(wanted) => wanted,
            None => *sources.first().ok_or(ScanError::NoSource { source_wanted: Source::Feeder })?,
        };
        let mut applied =
            Applied { source, dpi: Some(self.dpi(settings)), mode: Some(settings.mode.unwrap_or(Mode::Color)) };
        if self.quirks.look_first && source != Source::Glass {
            self.feeder_fault(0)?;
        }
        let Some(path) = self.make(&mut applied, settings.size)? else {
            return Ok(ScanEnd { fed: None, ended: Ended::Cancelled, applied });
        };
        let pages = self.pages(&path, applied, on_side);
        if !self.quirks.keep_job || self.cancel.is_cancelled() {
            self.wire.delete(&path);
        }
        Ok(ScanEnd { fed: None, ended: pages?, applied })
    }

    fn dpi(&self, settings: &ScanSettings) -> u32 {
        let wanted = settings.dpi.unwrap_or(USUAL_DPI);
        let offered = self.about.caps.resolutions.iter().copied();
        offered.min_by_key(|dpi| (dpi.abs_diff(wanted), u32::MAX - dpi)).unwrap_or(wanted)
    }

    /// Makes the job; none when it was cancelled. A device without black and white gets gray (T-19).
    fn make(&self, applied: &mut Applied, size: Option<Size>) -> Result<Option<String>, ScanError> {
        for _ in 0..=self.patience.other {
            let answer = self.wire.post_job(&settings_xml(self.about, applied, size))?;
            if answer.is_web_page() {
                return Err(failed("a web page came in place of an answer; is this the scanner's address?"));
            }
            match answer.status {
                201 => {
                    let path = self.wire.job_path(&answer);
                    return path.map(Some).ok_or_else(|| failed("the job has no address"));
                }
                409 if applied.mode == Some(Mode::Bw) => {
                    applied.mode = Some(Mode::Gray);
                    continue;
                }
                409 => {
                    self.feeder_fault(0)?;
                    return Err(failed("the scanner does not take these settings (409)"));
                }
                // Busy, or waking up.
                500 | 502 | 503 => {}
                status => return Err(failed(&format!("the scanner refused the job ({status})"))),
            }
            if self.cancel.during(self.patience.pause) {
                return Ok(None);
            }
        }
        Err(ScanError::Busy)
    }

    fn pages(
        &self,
        path: &str,
        applied: Applied,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<Ended, ScanError> {
        let mut number = 0;
        let mut took = Duration::ZERO;
        loop {
            // Asked too early, some end the job (Brother).
            let pause = (took * self.quirks.pause_percent / 100).min(self.quirks.pause_most);
            if number > 0 && self.cancel.during(pause) {
                return Ok(Ended::Cancelled);
            }
            let began = Instant::now();
            match self.next(path, number)? {
                Next::Cancelled => return Ok(Ended::Cancelled),
                Next::Over if number == 0 => return Err(ScanError::FeederEmpty),
                Next::Over => return Ok(Ended::Empty),
                Next::Page(bytes) => {
                    took = began.elapsed();
                    number += 1;
                    if on_side(ScannedSide { bytes, dpi: applied.dpi, number }).is_break() {
                        return Ok(Ended::Cancelled);
                    }
                    if applied.source == Source::Glass {
                        return Ok(Ended::Empty);
                    }
                }
            }
        }
    }

    /// Asks for the next page, as long as it may still come. `before` pages came already.
    fn next(&self, path: &str, before: u32) -> Result<Next, ScanError> {
        let began = Instant::now();
        for _ in 0..=self.patience.page {
            let Some(answer) = self.wire.next_page(path, self.cancel)? else { return Ok(Next::Cancelled) };
            match answer.status {
                200 if answer.body.is_empty() => return self.nothing_came(before),
                200 => return self.page(answer, before + 1).map(Next::Page),
                404 | 410 => {
                    let state = self.state()?;
                    let not_yet = self.quirks.not_yet || state.feeder == "ScannerAdfProcessing";
                    if !(not_yet && state.works_on(path)) {
                        self.judge(&state, before)?;
                        return Ok(Next::Over);
                    }
                }
                // The feeder's end (AirSane), or a jam.
                409 => {
                    self.feeder_fault(before)?;
                    return Ok(Next::Over);
                }
                500 | 502 | 503 => {}
                status => return Err(failed(&format!("the scanner answered {status} for page {}", before + 1))),
            }
            if self.cancel.during(self.patience.pause) {
                return Ok(Next::Cancelled);
            }
        }
        Err(ScanError::Timeout { after: began.elapsed() })
    }

    /// 200 without a byte: what went wrong stands in the device's state, or nothing did and the paper is at its end.
    fn nothing_came(&self, before: u32) -> Result<Next, ScanError> {
        let state = self.state()?;
        self.judge(&state, before)?;
        match state.feeder.as_str() {
            "ScannerAdfEmpty" => Ok(Next::Over),
            // On the glass, or with paper left: a page was due and did not come.
            _ => Err(failed(&format!("page {} has no bytes; the scanner says {}", before + 1, state.scanner))),
        }
    }

    /// A picture that is whole, of a size that a page can have.
    fn page(&self, answer: Answer, number: u32) -> Result<Vec<u8>, ScanError> {
        let bytes = answer.body;
        let whole = imaging::sniff(&bytes).is_ok_and(|format| match format {
            imaging::Format::Jpeg => bytes.trim_ascii_end().ends_with(b"\xff\xd9") || bytes.ends_with(b"\xff\xd9"),
            imaging::Format::Png => bytes.ends_with(b"IEND\xaeB`\x82"),
            imaging::Format::Tiff | imaging::Format::Pdf => true,
        });
        if !whole {
            return Err(failed(&format!("page {number} is no whole picture ({} bytes)", bytes.len())));
        }
        let facts = imaging::facts(&bytes).map_err(|refusal| failed(&format!("page {number}: {refusal}")))?;
        // A picture of a few dots is what a fault looks like on some (NAPS2 #142).
        if facts.iter().any(|page| page.width < 16 || page.height < 16) {
            return Err(failed(&format!("page {number} is a picture of a few dots")));
        }
        Ok(bytes)
    }

    fn state(&self) -> Result<State, ScanError> {
        for _ in 0..=self.patience.other {
            let answer = self.wire.get("ScannerStatus")?;
            if let Some(state) = State::read(&answer.text()).filter(|_| answer.status == 200) {
                return Ok(state);
            }
            if answer.is_web_page() || self.cancel.during(self.patience.pause) {
                break;
            }
        }
        Err(failed("the scanner does not tell its state"))
    }

    /// Whether the device could scan now. An empty feeder keeps nobody from using the glass.
    pub(super) fn ready(&self) -> Result<(), ScanError> {
        let state = self.state()?;
        match self.judge(&state, 0) {
            Ok(()) if state.scanner == "Processing" => Err(ScanError::Busy),
            Ok(()) | Err(ScanError::FeederEmpty) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    fn feeder_fault(&self, before: u32) -> Result<(), ScanError> {
        let state = self.state()?;
        self.judge(&state, before)?;
        if before == 0 && state.feeder == "ScannerAdfEmpty" { Err(ScanError::FeederEmpty) } else { Ok(()) }
    }

    /// The fault that a state tells of, if it does.
    fn judge(&self, state: &State, before: u32) -> Result<(), ScanError> {
        match state.feeder.as_str() {
            "ScannerAdfJam" if self.quirks.jam_is_empty && before == 0 => return Err(ScanError::FeederEmpty),
            "ScannerAdfJam" | "ScannerAdfMispick" => return Err(ScanError::Jam),
            "ScannerAdfHatchOpen" => return Err(ScanError::CoverOpen),
            "ScannerAdfMultipickDetected" => return Err(ScanError::DoubleFeed),
            _ => {}
        }
        match state.scanner.as_str() {
            "Stopped" => Err(failed("the scanner has stopped; its panel says why")),
            "Down" => Err(failed("the scanner is switched off or out of order")),
            _ => Ok(()),
        }
    }
}

fn settings_xml(about: &About, applied: &Applied, size: Option<Size>) -> String {
    let (width, height) = about.area(applied.source, size);
    let dpi = applied.dpi.unwrap_or(USUAL_DPI);
    let mode = mode_word(applied.mode.unwrap_or(Mode::Color));
    let (input, duplex) = match applied.source {
        Source::Glass => ("Platen", ""),
        Source::Feeder => ("Feeder", "<scan:Duplex>false</scan:Duplex>"),
        Source::Duplex => ("Feeder", "<scan:Duplex>true</scan:Duplex>"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scan:ScanSettings {NAMES}><pwg:Version>2.0</pwg:Version><pwg:ScanRegions><pwg:ScanRegion>\
         <pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits><pwg:XOffset>0</pwg:XOffset>\
         <pwg:YOffset>0</pwg:YOffset><pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height></pwg:ScanRegion>\
         </pwg:ScanRegions><pwg:InputSource>{input}</pwg:InputSource><scan:ColorMode>{mode}</scan:ColorMode>\
         <scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>\
         <pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>{duplex}\
         </scan:ScanSettings>"
    )
}
