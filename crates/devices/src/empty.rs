//! What a scan does while the feeder holds no sheet (khay nạp trống): tells, takes what lies on the glass, or waits (G6).

use crate::device::Source;
use crate::scanner::{Applied, Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use ts_rs::TS;

/// What is done when the feeder is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhenEmpty {
    /// It is told (báo).
    #[default]
    Tell,
    /// The sheet on the glass is scanned, where there is a glass (lấy từ mặt kính).
    Glass,
    /// Paper is waited for (chờ giấy).
    Wait,
}

/// How an empty feeder is met.
#[derive(Debug, Clone, Copy)]
pub struct Feeding {
    when: WhenEmpty,
    pause: Duration,
    longest: Duration,
}

impl Feeding {
    /// Paper is looked for every two seconds, for ten minutes: then it is told after all.
    #[must_use]
    pub fn new(when: WhenEmpty) -> Self {
        Self { when, pause: Duration::from_secs(2), longest: Duration::from_mins(10) }
    }

    /// Sets how often paper is looked for, and for how long.
    #[must_use]
    pub fn with_patience(self, pause: Duration, longest: Duration) -> Self {
        Self { pause, longest, ..self }
    }

    /// Scans as [`Scanner::scan`] does; only an empty feeder is met in the way chosen. `on_empty` is called once, when the
    /// glass is turned to or the waiting begins.
    ///
    /// # Errors
    /// As [`Scanner::scan`]; [`ScanError::FeederEmpty`] when nothing could be done about it.
    pub fn scan(
        self,
        scanner: &dyn Scanner,
        (device_id, settings): (&str, &ScanSettings),
        cancel: &Cancel,
        on_empty: &mut dyn FnMut(WhenEmpty),
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let began = Instant::now();
        let mut told = false;
        loop {
            match scanner.scan(device_id, settings, cancel, on_side) {
                Err(ScanError::FeederEmpty) if cancel.is_cancelled() => return Ok(cancelled(settings)),
                // A feeder that is empty has given nothing, so that no page is asked for twice.
                Err(ScanError::FeederEmpty) => {}
                other => return other,
            }
            match self.when {
                WhenEmpty::Tell => return Err(ScanError::FeederEmpty),
                WhenEmpty::Glass => {
                    if settings.source == Some(Source::Glass)
                        || !scanner.caps(device_id)?.sources.contains(&Source::Glass)
                    {
                        return Err(ScanError::FeederEmpty);
                    }
                    on_empty(WhenEmpty::Glass);
                    let glass = ScanSettings { source: Some(Source::Glass), ..settings.clone() };
                    return scanner.scan(device_id, &glass, cancel, on_side);
                }
                WhenEmpty::Wait if began.elapsed() >= self.longest => return Err(ScanError::FeederEmpty),
                WhenEmpty::Wait => {
                    if !std::mem::replace(&mut told, true) {
                        on_empty(WhenEmpty::Wait);
                    }
                    if cancel.during(self.pause) {
                        return Ok(cancelled(settings));
                    }
                }
            }
        }
    }
}

fn cancelled(settings: &ScanSettings) -> ScanEnd {
    let applied = Applied { source: settings.source.unwrap_or(Source::Feeder), dpi: settings.dpi, mode: settings.mode };
    ScanEnd { fed: None, ended: Ended::Cancelled, applied }
}
