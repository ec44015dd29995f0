//! What belongs to the machine and not to the office: where data lies, where the log goes, what is plugged in.

use crate::clock::Clock;
use crate::fault::Error;
use crate::station::{Desk, Parts};
use devices::escl::Network;
use devices::{Escl, Sane, Scanners, VirtualScanner};
use std::path::{Path, PathBuf};
use tracing_appender::non_blocking::WorkerGuard;

/// The platform's place for the station's data; training keeps apart from real work.
#[must_use]
pub fn default_data_dir(training: bool) -> PathBuf {
    let base = dirs::data_local_dir().unwrap_or_else(|| PathBuf::from("."));
    base.join(if training { "motcua-training" } else { "motcua" })
}

/// Sends the program's log to a file a day in `folder`, the last fourteen of them. The guard writes the rest when dropped.
///
/// A folder that cannot be written is no reason not to open: there is then no log.
#[must_use]
pub fn log_to_folder(folder: &Path) -> Option<WorkerGuard> {
    // The library tells its own way where the folder is not there yet.
    std::fs::create_dir_all(folder).ok()?;
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("motcua")
        .filename_suffix("log")
        .max_log_files(14)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_max_level(tracing::Level::INFO)
        .try_init()
        .ok()?;
    log_panics();
    Some(guard)
}

/// A panic leaves a line with its place. Its message is left out, since it may quote what a clerk typed (T-58).
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

/// Linux names every installation. Windows does too, but a copied disk keeps the name there, and only the central
/// system can tell.
fn machine_id() -> Option<String> {
    let text = std::fs::read_to_string("/etc/machine-id").ok()?;
    Some(text.trim().to_owned()).filter(|id| !id.is_empty())
}

/// Windows' scanners, in a worker: `motcua`, which is installed beside whatever runs now.
#[cfg(windows)]
fn wia() -> devices::Worker {
    let own = std::env::current_exe().unwrap_or_default();
    devices::Worker::new(own.with_file_name("motcua.exe"), crate::drive::SERVE_WIA)
}

impl Parts {
    /// What this machine has: SANE's or Windows' scanners and the network's, in training the virtual one first, and the system's
    /// printers.
    ///
    /// # Errors
    /// Never in a build whose tests pass.
    pub fn of_this_machine(training: bool) -> Result<Self, Error> {
        let mut scanners = Scanners::new();
        if training {
            scanners = scanners.with("virtual", VirtualScanner::training());
        }
        #[cfg(windows)]
        let scanners = scanners.with("wia", wia());
        let network = Network::default();
        let offset = Desk::default_calendar()?.offset();
        Ok(Self {
            scanners: Box::new(
                scanners.with("sane", Sane::default()).with("escl", Escl::new(network.clone()).with_discovery()),
            ),
            network,
            printer: devices::system_printer(),
            clock: Clock::system(offset),
            machine: machine_id(),
        })
    }
}
