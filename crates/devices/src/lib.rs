//! What is plugged in: scanners, printers, code readers and the system's PDF viewer.
//!
//! HARDWARE. Knows no dossier: a scan is a run of sides, a print job is bytes with a title. Drivers run in child
//! processes that can be killed, because a driver that hangs or crashes must not take the counter with it (T-17).

pub mod button;
mod child;
pub mod device;
pub mod empty;
pub mod escl;
pub mod fit;
pub mod folder;
pub mod phone;
pub mod printer;
pub mod reader;
pub mod sane;
pub mod scanner;
mod temp;
pub mod tls;
pub mod viewer;
pub mod virtual_scanner;
pub mod worker;

pub use button::{Button, ButtonWatch};
pub use device::{Caps, Device, DeviceKind, DeviceOption, Mode, Size, Source};
pub use empty::{Feeding, WhenEmpty};
pub use escl::Escl;
pub use fit::{Shortfall, fit};
pub use printer::{JobState, Media, PrintError, PrintJob, PrintRequest, Printer, PrinterInfo, system_printer};
pub use sane::Sane;
pub use scanner::{Applied, Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, Scanners};
pub use viewer::{ViewError, open_pdf};
pub use virtual_scanner::{TRAINING_ID, VirtualScanner};
pub use worker::Worker;
