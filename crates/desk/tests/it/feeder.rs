//! A scanner that does what a test tells it to, one step after the other; each step only after the one before
//! has been taken from it.

use devices::{
    Applied, Button, Cancel, Caps, Device, DeviceKind, Ended, Mode, ScanEnd, ScanError, ScanSettings, ScannedSide,
    Scanner, Source,
};
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The feeder's id.
pub(crate) const FEEDER: &str = "peer:feeder";

/// What the feeder does next.
pub(crate) enum Step {
    /// Hands over this side.
    Side(Vec<u8>),
    /// Moves a sheet of which nothing comes.
    Swallow,
    /// Fails.
    Fail(ScanError),
    /// Goes silent until it is cancelled.
    Hang,
    /// Does this, between two sides.
    Do(Box<dyn FnOnce() + Send>),
}

#[derive(Default)]
pub(crate) struct Feeder {
    steps: Mutex<VecDeque<Step>>,
    /// What it was asked for last.
    asked: Mutex<ScanSettings>,
    /// What lies on its glass; it has none until something is laid there.
    glass: Mutex<Option<Vec<u8>>>,
    /// Its keys, and how often they were looked at.
    keys: Mutex<(Vec<Button>, u32)>,
    /// What is wrong with it, one look each.
    ails: Mutex<VecDeque<ScanError>>,
}

impl Feeder {
    /// Puts steps behind those that are there.
    pub(crate) fn load(&self, steps: impl IntoIterator<Item = Step>) {
        self.steps.lock().unwrap().extend(steps);
    }

    /// Puts sample pages into the feeder.
    pub(crate) fn pages(&self, numbers: impl IntoIterator<Item = u32>) {
        self.load(numbers.into_iter().map(|n| Step::Side(crate::samples::jpeg(n))));
    }

    /// Something done between two sides.
    pub(crate) fn then(&self, what: impl FnOnce() + Send + 'static) {
        self.load([Step::Do(Box::new(what))]);
    }

    /// Lays a sample page on the glass.
    pub(crate) fn lay(&self, n: u32) {
        *self.glass.lock().unwrap() = Some(crate::samples::jpeg(n));
    }

    /// Its only key is down, or is let go of.
    pub(crate) fn key(&self, pressed: bool) {
        self.keys.lock().unwrap().0 = vec![Button { name: "scan".into(), pressed }];
    }

    /// How often its keys were looked at.
    pub(crate) fn looked(&self) -> u32 {
        self.keys.lock().unwrap().1
    }

    /// The next look at it finds this.
    pub(crate) fn ails(&self, error: ScanError) {
        self.ails.lock().unwrap().push_back(error);
    }

    /// What it was asked for last.
    pub(crate) fn asked(&self) -> ScanSettings {
        self.asked.lock().unwrap().clone()
    }

    /// Takes the paper out.
    pub(crate) fn clear(&self) -> usize {
        std::mem::take(&mut *self.steps.lock().unwrap()).len()
    }

    fn next(&self) -> Option<Step> {
        self.steps.lock().unwrap().pop_front()
    }
}

/// The feeder as it is plugged in.
pub(crate) struct Plug(pub(crate) std::sync::Arc<Feeder>);

impl Scanner for Plug {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let mut sources = vec![Source::Feeder];
        sources.extend(self.0.glass.lock().unwrap().is_some().then_some(Source::Glass));
        let caps = Caps { sources, resolutions: vec![200], modes: vec![Mode::Color], ..Caps::default() };
        Ok(vec![Device { id: FEEDER.into(), name: "Feeder".into(), kind: DeviceKind::Virtual, caps }])
    }

    fn buttons(&self, _device_id: &str) -> Result<Vec<Button>, ScanError> {
        let mut keys = self.0.keys.lock().unwrap();
        keys.1 += 1;
        Ok(keys.0.clone())
    }

    fn check(&self, device_id: &str) -> Result<(), ScanError> {
        if device_id != FEEDER {
            return Err(ScanError::NotFound { device: device_id.into() });
        }
        self.0.ails.lock().unwrap().pop_front().map_or(Ok(()), Err)
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        if device_id != FEEDER {
            return Err(ScanError::NotFound { device: device_id.into() });
        }
        *self.0.asked.lock().unwrap() = settings.clone();
        let (mut number, mut swallowed) = (0, 0);
        let source = settings.source.unwrap_or(Source::Feeder);
        if source == Source::Glass {
            self.0.steps.lock().unwrap().extend(self.0.glass.lock().unwrap().clone().map(Step::Side));
        }
        let end = |fed, ended| {
            let applied = Applied { source, dpi: Some(200), mode: Some(Mode::Color) };
            Ok(ScanEnd { fed: Some(fed), ended, applied })
        };
        loop {
            if cancel.is_cancelled() {
                return end(number, Ended::Cancelled);
            }
            match self.0.next() {
                None if number == 0 => return Err(ScanError::FeederEmpty),
                None => return end(number + swallowed, Ended::Empty),
                Some(Step::Side(bytes)) => {
                    number += 1;
                    if on_side(ScannedSide { bytes, dpi: Some(200), number }).is_break() {
                        return end(number, Ended::Cancelled);
                    }
                }
                Some(Step::Swallow) => swallowed += 1,
                Some(Step::Fail(error)) => return Err(error),
                Some(Step::Hang) => {
                    let silent = Instant::now();
                    while !cancel.is_cancelled() {
                        assert!(silent.elapsed() < Duration::from_secs(20), "nobody cancelled the silent scanner");
                        std::thread::sleep(Duration::from_millis(5));
                    }
                }
                Some(Step::Do(what)) => what(),
            }
        }
    }
}
