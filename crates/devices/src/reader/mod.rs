//! Code readers on a serial port (đầu đọc mã cắm cổng nối tiếp, also USB readers in serial mode).
//!
//! Unlike one that types, such a reader needs no focus and no keyboard layout: its bytes come as they are. The port is watched
//! for as long as the program runs; a reader that is pulled out is taken up again when it is back.

mod framer;
mod text;

pub use framer::Framer;
pub use text::{Encoding, decode};

use crate::scanner::Cancel;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use ts_rs::TS;

/// The speeds that are offered; 9600 is what readers leave the factory with.
pub const SPEEDS: [u32; 6] = [9_600, 19_200, 38_400, 57_600, 115_200, 4_800];

/// How long one wait for bytes lasts; a stop is heeded after it.
const PATIENCE: Duration = Duration::from_millis(40);

/// How long until a port that is not there is tried again.
const AGAIN: Duration = Duration::from_millis(800);

/// A serial port of this machine (cổng).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReaderPort")]
pub struct Port {
    /// What it is opened by: `/dev/ttyACM0`, `COM3`.
    pub id: String,
    /// What the device at it calls itself, where it says.
    pub name: Option<String>,
}

/// How a reader is listened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ReaderLine")]
pub struct Line {
    /// The port.
    pub port: String,
    /// Bits a second.
    pub speed: u32,
    /// What its bytes are.
    pub encoding: Encoding,
}

/// What is heard of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The port is open.
    Ready,
    /// The port cannot be had; it is tried again.
    Away(Away),
    /// Something was read.
    Text(String),
}

/// Why a port cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// It is not there: pulled out, or never plugged in.
    Missing,
    /// Another program has it, or this user may not open it.
    Denied,
}

/// The serial ports there are, those with a name first.
#[must_use]
pub fn ports() -> Vec<Port> {
    // The library gives up with a panic where the system keeps no list at all.
    if cfg!(target_os = "linux") && !std::path::Path::new("/sys/class/tty").is_dir() {
        return Vec::new();
    }
    let mut ports: Vec<Port> = serialport::available_ports().unwrap_or_default().into_iter().map(told).collect();
    ports.sort_by(|one, other| (one.name.is_none(), &one.id).cmp(&(other.name.is_none(), &other.id)));
    ports
}

fn told(port: serialport::SerialPortInfo) -> Port {
    let name = match port.port_type {
        serialport::SerialPortType::UsbPort(usb) => {
            let words = [usb.manufacturer, usb.product];
            Some(words.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
        }
        serialport::SerialPortType::PciPort
        | serialport::SerialPortType::BluetoothPort
        | serialport::SerialPortType::Unknown => None,
    };
    Port { id: port.port_name, name }
}

/// Listens until `stop`, through every pulling out and plugging in again.
pub fn listen(line: &Line, stop: &Cancel, hear: &mut dyn FnMut(Heard)) {
    let mut last = None;
    while !stop.is_cancelled() {
        let opened = serialport::new(&line.port, line.speed).timeout(PATIENCE).open();
        let away = match opened {
            Ok(mut port) => {
                hear(Heard::Ready);
                read_on(&mut *port, line.encoding, stop, hear);
                if stop.is_cancelled() {
                    return;
                }
                last = None;
                Away::Missing
            }
            Err(error) => why(&error),
        };
        if last != Some(away) {
            hear(Heard::Away(away));
            last = Some(away);
        }
        rest(AGAIN, stop);
    }
}

/// Reads until the port is gone or `stop`.
fn read_on(port: &mut dyn serialport::SerialPort, encoding: Encoding, stop: &Cancel, hear: &mut dyn FnMut(Heard)) {
    let (mut framer, began) = (Framer::default(), Instant::now());
    let mut bytes = [0; 512];
    while !stop.is_cancelled() {
        let read = port.read(&mut bytes);
        let at = began.elapsed();
        let readings = match read {
            // A port that is ready with nothing is a port that is gone.
            Ok(0) => return,
            Ok(count) => framer.take(&bytes[..count], at),
            Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted) => framer.idle(at),
            Err(_) => return,
        };
        for reading in readings {
            hear(Heard::Text(decode(&reading, encoding)));
        }
    }
}

fn why(error: &serialport::Error) -> Away {
    match error.kind() {
        serialport::ErrorKind::Io(ErrorKind::PermissionDenied | ErrorKind::ResourceBusy) => Away::Denied,
        // What the library says on Unix of a port that another program holds; on Windows, of one that is not there.
        serialport::ErrorKind::NoDevice if cfg!(unix) => Away::Denied,
        serialport::ErrorKind::NoDevice
        | serialport::ErrorKind::InvalidInput
        | serialport::ErrorKind::Unknown
        | serialport::ErrorKind::Io(_) => Away::Missing,
    }
}

/// Waits, and heeds a stop.
fn rest(how_long: Duration, stop: &Cancel) {
    let end = Instant::now() + how_long;
    while Instant::now() < end && !stop.is_cancelled() {
        std::thread::sleep(PATIENCE);
    }
}
