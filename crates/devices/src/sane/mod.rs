//! SANE scanners through `scanimage` as a child process; libsane never runs inside the counter.
//!
//! `scanimage` waits for a newline before each page (`--batch-prompt`), and that newline is sent only after the page
//! before it was handed over. Without the program there are no devices, which is no error: on Windows it is the rule.

mod buttons;
mod job;
mod listed;
mod options;
mod status;

use crate::button::Button;
use crate::child;
use crate::device::{Caps, Device, DeviceKind, DeviceOption, Mode, Source};
use crate::scanner::{Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use crate::temp;
use options::{Choice, Options};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const PROGRAM: &str = "scanimage";
/// What a page is scanned at when nothing is asked; the law asks for 200 at least, text recognition likes 300.
const USUAL_DPI: u32 = 300;
/// Looking for network scanners takes SANE several seconds by itself.
const LIST_PATIENCE: Duration = Duration::from_secs(30);
/// A single device answers in a second or does not.
const PROBE_PATIENCE: Duration = Duration::from_secs(15);
/// A page of A3 at 600 dpi over USB 2 takes about a minute.
const PAGE_PATIENCE: Duration = Duration::from_secs(120);
/// A cold lamp or a waking network scanner is busy for this long and then scans (T-10).
const BUSY_PATIENCE: Duration = Duration::from_secs(25);

/// The scanners that SANE knows on this machine.
pub struct Sane {
    program: PathBuf,
    config: Option<PathBuf>,
    temp: PathBuf,
    page_patience: Duration,
    busy_patience: Duration,
    // The options of each device seen so far, so that a scan does not open the device twice.
    seen: Mutex<HashMap<String, Options>>,
}

impl Default for Sane {
    fn default() -> Self {
        Self::new()
    }
}

impl Sane {
    /// Makes the driver, with `scanimage` from the path and the system's SANE configuration.
    #[must_use]
    pub fn new() -> Self {
        let temp = temp::folder();
        temp::sweep(&temp);
        Self {
            program: PROGRAM.into(),
            config: None,
            temp,
            page_patience: PAGE_PATIENCE,
            busy_patience: BUSY_PATIENCE,
            seen: Mutex::default(),
        }
    }

    /// Uses another `scanimage` than the one in the path.
    #[must_use]
    pub fn with_program(mut self, program: impl Into<PathBuf>) -> Self {
        self.program = program.into();
        self
    }

    /// Uses another SANE configuration folder than the system's (`SANE_CONFIG_DIR`).
    #[must_use]
    pub fn with_config_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.config = Some(folder.into());
        self
    }

    /// Uses another folder for the page in passage.
    #[must_use]
    pub fn with_temp_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.temp = folder.into();
        self
    }

    /// Sets how long a page may show no progress before the driver is stopped.
    #[must_use]
    pub fn with_page_patience(mut self, patience: Duration) -> Self {
        self.page_patience = patience;
        self
    }

    /// Sets how long a busy scanner is asked again before the clerk is told.
    #[must_use]
    pub fn with_busy_patience(mut self, patience: Duration) -> Self {
        self.busy_patience = patience;
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        // Messages are read by `status`, and numbers are written with a point.
        command.env("LC_ALL", "C");
        if let Some(config) = &self.config {
            command.env("SANE_CONFIG_DIR", config);
        }
        command
    }

    fn run(&self, arguments: &[&str], patience: Duration) -> Result<child::Output, ScanError> {
        child::run(self.command().args(arguments), None, patience).map_err(|error| self.not_started(error))
    }

    fn not_started(&self, source: std::io::Error) -> ScanError {
        if source.kind() == std::io::ErrorKind::NotFound {
            ScanError::ProgramMissing { program: PROGRAM }
        } else {
            ScanError::Io { path: self.program.clone(), source }
        }
    }

    /// Asks the device `name` for its options, or remembers them.
    fn options(&self, name: &str) -> Result<Options, ScanError> {
        // A poisoned lock only means that another scan panicked; the map in it is whole.
        if let Some(known) = self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Ok(known.clone());
        }
        let mut options = Options::parse(&self.listing(name, None)?);
        if let Some(stop) = options.stop_at_double_feed().map(str::to_owned) {
            // How it tells two sheets is offered by some only once it is to act on it.
            options.add_detection(&self.listing(name, Some(&stop))?);
        }
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), options.clone());
        Ok(options)
    }

    /// The device's options as `scanimage` lists them, with `set` set before.
    fn listing(&self, name: &str, set: Option<&str>) -> Result<String, ScanError> {
        let device = format!("--device-name={name}");
        let arguments: Vec<&str> = [device.as_str()].into_iter().chain(set).chain(["--all-options"]).collect();
        let output = self.run(&arguments, PROBE_PATIENCE)?;
        let Some(exit) = output.status else { return Err(ScanError::Timeout { after: PROBE_PATIENCE }) };
        let lines: Vec<String> = output.stderr.lines().map(str::to_owned).collect();
        status::fault(name, &lines, exit.code())?;
        Ok(output.stdout)
    }

    fn forget(&self, name: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    fn device(&self, line: &str) -> Option<Device> {
        let mut parts = line.split('\t');
        let (name, vendor, model) = (parts.next()?, parts.next()?.trim(), parts.next()?.trim());
        // SANE lists web cameras beside scanners; a clerk who picks one gets pictures of the room.
        if name.is_empty() || name.starts_with("v4l:") {
            return None;
        }
        self.forget(name);
        let caps = match self.options(name) {
            Ok(options) => options.caps(),
            Err(error) => {
                tracing::warn!(%error, name, "a scanner does not tell its options");
                Caps::default()
            }
        };
        let label = if model.to_lowercase().starts_with(&vendor.to_lowercase()) {
            model.to_owned()
        } else {
            format!("{vendor} {model}")
        };
        Some(Device { id: format!("sane:{name}"), name: label, kind: DeviceKind::Sane, caps })
    }

    fn scan_once(
        &self,
        name: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let options = self.options(name)?;
        let Choice { arguments, applied } = options.choose(settings, USUAL_DPI)?;
        let bw = applied.mode == Some(Mode::Bw);
        let mut command = self.command();
        command.arg(format!("--device-name={name}")).args(arguments);
        let job = job::Job {
            command,
            device: name,
            extension: if bw { "png" } else { "jpeg" },
            one_page: applied.source == Source::Glass,
            dpi: applied.dpi,
            patience: self.page_patience,
            temp: &self.temp,
        };
        let ended = job.run(cancel, on_side).map_err(|error| match error {
            job::Stopped::NotStarted(source) => self.not_started(source),
            job::Stopped::Fault(error) => error,
        })?;
        Ok(ScanEnd { fed: None, ended, applied })
    }
}

impl Scanner for Sane {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let output = match self.run(&["--formatted-device-list=%d\t%v\t%m\t%t%n"], LIST_PATIENCE) {
            Err(ScanError::ProgramMissing { .. }) => return Ok(Vec::new()),
            other => other?,
        };
        let Some(exit) = output.status else { return Err(ScanError::Timeout { after: LIST_PATIENCE }) };
        let lines: Vec<String> = output.stderr.lines().map(str::to_owned).collect();
        status::fault("", &lines, exit.code())?;
        // At once, because each may take its whole patience to say nothing.
        Ok(std::thread::scope(|scope| {
            let probes: Vec<_> = output.stdout.lines().map(|line| scope.spawn(|| self.device(line))).collect();
            probes.into_iter().filter_map(|probe| probe.join().ok().flatten()).collect()
        }))
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let name = own(device_id)?;
        let patience = Instant::now() + self.busy_patience;
        let mut handed_over = false;
        loop {
            let outcome = self.scan_once(name, settings, cancel, &mut |side| {
                handed_over = true;
                on_side(side)
            });
            match outcome {
                // Only before the first page: after it, starting over would number the sides anew.
                Err(ScanError::Busy) if !handed_over && Instant::now() < patience => {
                    if cancel.during(Duration::from_secs(1)) {
                        let applied = self.options(name)?.choose(settings, USUAL_DPI)?.applied;
                        return Ok(ScanEnd { fed: None, ended: Ended::Cancelled, applied });
                    }
                }
                Err(error) => {
                    // What is known of a device that failed may be wrong by now, such as after another was plugged in.
                    self.forget(name);
                    return Err(error);
                }
                Ok(end) => return Ok(end),
            }
        }
    }

    fn check(&self, device_id: &str) -> Result<(), ScanError> {
        let name = own(device_id)?;
        self.forget(name);
        self.options(name).map(drop)
    }

    fn caps(&self, device_id: &str) -> Result<Caps, ScanError> {
        Ok(self.options(own(device_id)?)?.caps())
    }

    fn buttons(&self, device_id: &str) -> Result<Vec<Button>, ScanError> {
        Ok(buttons::read(&self.listing(own(device_id)?, None)?))
    }

    fn all_options(&self, device_id: &str) -> Result<Vec<DeviceOption>, ScanError> {
        Ok(listed::options(&self.listing(own(device_id)?, None)?))
    }
}

/// SANE's own name of a device.
fn own(device_id: &str) -> Result<&str, ScanError> {
    device_id
        .strip_prefix("sane:")
        .filter(|name| !name.is_empty() && !name.contains('\0'))
        .ok_or_else(|| ScanError::NotFound { device: device_id.to_owned() })
}
