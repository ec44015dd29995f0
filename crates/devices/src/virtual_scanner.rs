//! The training scanner (Máy quét tập huấn): a feeder that feeds the project's own sample pages.
//!
//! It keeps the rhythm of a desk scanner, so that a clerk in training sees pages arrive one by one as at work.

use crate::device::{Caps, Device, DeviceKind, Mode, Source};
use crate::scanner::{Applied, Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Duration;

/// The id of the training scanner.
pub const TRAINING_ID: &str = "virtual:training";

/// Sheets that lie in the feeder at once.
const STACK: usize = 3;
/// A desk scanner of 40 to 60 pages a minute is no faster at 200 dpi; a clerk should see each page come.
const RHYTHM: Duration = Duration::from_millis(250);
/// The samples are drawn at this resolution.
const SAMPLE_DPI: u32 = 200;

/// The sample pages, in the order of a dossier.
static PAGES: [&[u8]; 9] = [
    include_bytes!("../../../assets/training/pages/01-to-khai-khai-sinh-1.jpg"),
    include_bytes!("../../../assets/training/pages/02-to-khai-khai-sinh-2.jpg"),
    include_bytes!("../../../assets/training/pages/03-giay-chung-sinh.jpg"),
    include_bytes!("../../../assets/training/pages/04-giay-uy-quyen.jpg"),
    include_bytes!("../../../assets/training/pages/05-don-de-nghi.jpg"),
    include_bytes!("../../../assets/training/pages/06-the-can-cuoc.jpg"),
    include_bytes!("../../../assets/training/pages/07-hop-dong-1.jpg"),
    include_bytes!("../../../assets/training/pages/08-hop-dong-2.jpg"),
    include_bytes!("../../../assets/training/pages/09-ban-sao-giay-chung-nhan.jpg"),
];

/// The training scanner.
pub struct VirtualScanner {
    pages: Vec<Cow<'static, [u8]>>,
    stack: usize,
    rhythm: Duration,
    next: Mutex<usize>,
}

impl VirtualScanner {
    /// Makes the one that feeds the project's sample pages.
    #[must_use]
    pub fn training() -> Self {
        Self::new(PAGES.into_iter().map(Cow::Borrowed))
    }

    /// Makes one that feeds pages of the caller, which should be 200 dpi.
    #[must_use]
    pub fn new(pages: impl IntoIterator<Item = impl Into<Cow<'static, [u8]>>>) -> Self {
        let pages = pages.into_iter().map(Into::into).collect();
        Self { pages, stack: STACK, rhythm: RHYTHM, next: Mutex::new(0) }
    }

    /// Sets how long each page takes.
    #[must_use]
    pub fn with_rhythm(mut self, rhythm: Duration) -> Self {
        self.rhythm = rhythm;
        self
    }

    /// Sets how many sheets each stack has, at least one.
    #[must_use]
    pub fn with_stack(mut self, sheets: usize) -> Self {
        self.stack = sheets.max(1);
        self
    }

    /// Takes the next sheets, so that each scan goes on where the one before ended and starts over at the end.
    fn take(&self, sheets: usize) -> Vec<&[u8]> {
        let count = self.pages.len();
        // A poisoned lock only means that another scan panicked; the counter in it is whole.
        let mut next = self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let start = *next;
        let sheets = sheets.min(count);
        *next = if count == 0 { 0 } else { (start + sheets) % count };
        (start..start + sheets).map(|at| &*self.pages[at % count]).collect()
    }
}

impl Scanner for VirtualScanner {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        Ok(vec![Device {
            id: TRAINING_ID.to_owned(),
            name: "Máy quét tập huấn".to_owned(),
            kind: DeviceKind::Virtual,
            caps: Caps {
                sources: vec![Source::Feeder, Source::Glass],
                resolutions: vec![SAMPLE_DPI],
                modes: vec![Mode::Color],
                ..Caps::default()
            },
        }])
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        if device_id != TRAINING_ID {
            return Err(ScanError::NotFound { device: device_id.to_owned() });
        }
        let source = settings.source.unwrap_or(Source::Feeder);
        let sheets = match source {
            Source::Glass => 1,
            Source::Feeder => self.stack,
            Source::Duplex => return Err(ScanError::NoSource { source_wanted: source }),
        };
        let sheets = self.take(sheets);
        if sheets.is_empty() {
            return Err(ScanError::FeederEmpty);
        }
        let applied = Applied { source, dpi: Some(SAMPLE_DPI), mode: Some(Mode::Color) };
        let mut fed = 0;
        let mut ended = Ended::Empty;
        for page in sheets {
            // The paper passes.
            if cancel.during(self.rhythm) {
                ended = Ended::Cancelled;
                break;
            }
            fed += 1;
            let side = ScannedSide { bytes: page.to_vec(), dpi: Some(SAMPLE_DPI), number: fed };
            if on_side(side).is_break() {
                ended = Ended::Cancelled;
                break;
            }
        }
        Ok(ScanEnd { fed: Some(fed), ended, applied })
    }
}
