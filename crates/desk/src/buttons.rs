//! The key on the scanner (nút trên máy quét): pressed, it does what F5 does, where the driver tells of it (G6).
//!
//! To ask for it the driver opens the device, so that another program may find it busy: it is asked only where somebody
//! has chosen that, never while pages come, and less often while the device does not answer.

use crate::fault::Error;
use crate::station::{Desk, Parts, lock};
use crate::view::DeskEvent;
use devices::ButtonWatch;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often the keys are looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How long a device is left alone that did not answer.
const AWAY: Duration = Duration::from_secs(15);

/// The keys that are pressed on `device` for so long. Needs no station.
///
/// # Errors
/// When the device does not answer, or has no key that its driver tells of ([`Error::BadInput`]).
pub fn try_buttons(parts: &Parts, data: &Path, device: &str, how_long: Duration) -> Result<Vec<String>, Error> {
    crate::scanners::tell_unopened(&parts.network, data);
    let (mut watch, mut pressed) = (ButtonWatch::default(), Vec::new());
    let end = Instant::now() + how_long;
    loop {
        let buttons = parts.scanners.buttons(device)?;
        if buttons.is_empty() {
            return Err(Error::BadInput("device"));
        }
        pressed.extend(watch.look(&buttons));
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(pressed);
        }
        std::thread::sleep(left.min(EVERY));
    }
}

impl Desk {
    /// Looks at the keys of the chosen scanner for as long as the window is open, on a thread of its own.
    pub fn keep_watching_buttons(&self) {
        let (mut watch, mut watched, mut rest) = (ButtonWatch::default(), None, Duration::ZERO);
        while !self.watching_stopped() {
            std::thread::sleep(EVERY);
            rest = rest.saturating_sub(EVERY);
            let device = self.device_with_button();
            if device != watched {
                (watched, rest) = (device.clone(), Duration::ZERO);
                watch.forget();
            }
            let free = rest.is_zero() && lock(&self.running).is_none() && self.lent_to(None).is_none();
            let Some(device) = device.filter(|_| free) else { continue };
            match self.scanners.buttons(&device) {
                Ok(buttons) if buttons.is_empty() => rest = AWAY,
                Ok(buttons) => {
                    for name in watch.look(&buttons) {
                        tracing::info!(name, "a key on the scanner was pressed");
                        self.tell(DeskEvent::ScannerButton);
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "the scanner does not tell its keys");
                    rest = AWAY;
                    watch.forget();
                }
            }
        }
    }

    /// The scanner whose key is to be looked at; none while nobody is at the desk.
    fn device_with_button(&self) -> Option<String> {
        self.signed_in()?;
        let chosen = self.preferences().ok()?;
        chosen.scanner.filter(|_| chosen.device_button)
    }
}
