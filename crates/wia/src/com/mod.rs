//! WIA 2.0 through COM.

mod device;
mod properties;
mod transfer;

use crate::handover::{Giving, handover};
use crate::patience::Patience;
use crate::verdict::{self, Code};
use device::{Apartment, Manager};
use devices::{Applied, Cancel, Device, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use std::ops::ControlFlow;

const PREFIX: &str = "wia:";

/// Scanners that Windows drives.
#[derive(Debug, Default)]
pub struct Wia(());

/// A page as the driver's thread gives it.
struct Page {
    bytes: Vec<u8>,
    dpi: Option<u32>,
}

impl Scanner for Wia {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let _apartment = Apartment::enter().map_err(opening(""))?;
        let manager = Manager::get().map_err(opening(""))?;
        manager.devices().map_err(opening(""))
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let (giving, taking) = handover();
        let job = Job { device: device_id.to_owned(), settings: settings.clone(), cancel: cancel.clone() };
        let driver = std::thread::spawn(move || job.run(giving));
        let mut number = 0;
        taking.each(&mut |Page { bytes, dpi }| {
            number += 1;
            on_side(ScannedSide { bytes, dpi, number })
        });
        let crashed = || ScanError::Failed { message: "the driver's thread ended by itself".to_owned(), code: None };
        driver.join().unwrap_or_else(|_| Err(crashed()))
    }
}

/// A scan, on the thread that COM is entered on.
struct Job {
    device: String,
    settings: ScanSettings,
    cancel: Cancel,
}

impl Job {
    fn run(self, giving: Giving<Page>) -> Result<ScanEnd, ScanError> {
        let Self { device, settings, cancel } = &self;
        let fault = opening(device);
        let id = device.strip_prefix(PREFIX).ok_or_else(|| ScanError::NotFound { device: device.clone() })?;
        let stopped = || cancel.is_cancelled();
        let _apartment = Apartment::enter().map_err(&fault)?;
        let manager = Manager::get().map_err(&fault)?;
        let Some(opened) = Patience::USUAL.with(&stopped, || manager.open(id)).map_err(&fault)? else {
            return Ok(before_paper(settings));
        };
        let offered = opened.sources();
        let source = crate::choice::source(settings.source, &offered)
            .ok_or(ScanError::NoSource { source_wanted: settings.source.unwrap_or(devices::Source::Feeder) })?;
        let item = opened.item(source).ok_or(ScanError::NoSource { source_wanted: source })?;
        let (dpi, mode) = item.set(source, settings)?;
        let applied = Applied { source, dpi, mode };
        let outcome = transfer::run(&item, giving, cancel, dpi)?;
        let ended = if cancel.is_cancelled() || outcome.broken {
            Ended::Cancelled
        } else {
            verdict::ending(outcome.code, outcome.pages, source, device)?
        };
        // WIA does not count sheets.
        Ok(ScanEnd { fed: None, ended, applied })
    }
}

/// The end of a scan that was stopped while the device was still busy with something else.
fn before_paper(settings: &ScanSettings) -> ScanEnd {
    let source = settings.source.unwrap_or(devices::Source::Feeder);
    let applied = Applied { source, dpi: settings.dpi, mode: settings.mode };
    ScanEnd { fed: None, ended: Ended::Cancelled, applied }
}

fn opening(device: &str) -> impl Fn(Code) -> ScanError + '_ {
    move |code| verdict::opening(code, device)
}

/// The code of what COM refused.
fn code(error: windows_core::Error) -> Code {
    error.code().0
}
