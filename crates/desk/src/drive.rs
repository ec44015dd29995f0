//! A driver served by this process, which was started for nothing else: it may hang or crash here, and neither the
//! program at the counter nor a page goes with it (T-17).

use devices::{Scanner, VirtualScanner};
use std::io::{BufReader, Error, ErrorKind, Result, stdin, stdout};

/// Drivers that a worker can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// Windows Image Acquisition, on Windows alone.
    Wia,
    /// The training scanner, to see on any machine that workers work.
    Virtual,
}

/// The arguments with which `motcua` is started to serve Windows' scanners.
#[cfg(windows)]
pub(crate) const SERVE_WIA: [&str; 3] = ["scan-worker", "--driver", "wia"];

/// Does what standard input orders, tells of it on standard output, and puts pages into the folder it was started in.
///
/// # Errors
/// Where the driver does not exist on this machine, or nobody listens any more.
pub fn serve_driver(driver: Driver) -> Result<()> {
    let scanner: Box<dyn Scanner> = match driver {
        Driver::Virtual => Box::new(VirtualScanner::training()),
        #[cfg(windows)]
        Driver::Wia => Box::new(wia::Wia::default()),
        #[cfg(not(windows))]
        Driver::Wia => return Err(Error::new(ErrorKind::Unsupported, "WIA exists on Windows alone")),
    };
    devices::worker::serve(&*scanner, BufReader::new(stdin()), stdout(), &std::env::current_dir()?)
}
