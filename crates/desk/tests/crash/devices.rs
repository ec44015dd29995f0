//! A scanner that hands over what was put into it, and a printer that prints everything at once.

use devices::{
    Applied, Cancel, Caps, Device, DeviceKind, Ended, JobState, Mode, PrintError, PrintJob, PrintRequest, Printer,
    PrinterInfo, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, Source,
};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

pub(crate) const FEEDER: &str = "peer:feeder";

/// The sides that lie in the feeder.
#[derive(Clone, Default)]
pub(crate) struct Feeder(pub(crate) Arc<Mutex<Vec<Vec<u8>>>>);

impl Scanner for Feeder {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let caps =
            Caps { sources: vec![Source::Feeder], resolutions: vec![200], modes: vec![Mode::Color], ..Caps::default() };
        Ok(vec![Device { id: FEEDER.into(), name: "Feeder".into(), kind: DeviceKind::Virtual, caps }])
    }

    fn scan(
        &self,
        _: &str,
        _: &ScanSettings,
        _: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let sides = std::mem::take(&mut *self.0.lock().unwrap());
        let mut fed = 0;
        for (bytes, number) in sides.into_iter().zip(1..) {
            fed = number;
            if on_side(ScannedSide { bytes, dpi: Some(200), number }).is_break() {
                break;
            }
        }
        let applied = Applied { source: Source::Feeder, dpi: Some(200), mode: Some(Mode::Color) };
        Ok(ScanEnd { fed: Some(fed), ended: Ended::Empty, applied })
    }
}

pub(crate) struct Press;

impl Printer for Press {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        Ok(vec![PrinterInfo { name: "Press".into(), default: true, ready: true, trouble: None }])
    }

    fn print(&self, _: &[u8], _: &PrintRequest) -> Result<PrintJob, PrintError> {
        Ok(PrintJob { printer: "Press".into(), job: "Press-1".into() })
    }

    fn state(&self, _: &PrintJob) -> Result<JobState, PrintError> {
        Ok(JobState::Finished)
    }
}
