//! A scanner as the program sees it: an id that says who drives it, a name for the clerk, what it can do.
//!
//! The words of each driver are translated into these few once, where the driver is talked to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A scanner (máy quét).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Device {
    /// The backend, a colon, and the backend's own name: `sane:test:0`, `virtual:training`.
    pub id: String,
    /// What the clerk reads, maker and model.
    pub name: String,
    /// Who drives it.
    pub kind: DeviceKind,
    /// What it can do, as far as it says.
    pub caps: Caps,
}

/// An option that a driver offers, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceOption {
    /// Its name, as it is given with `name=value`.
    pub name: String,
    /// What it may be, as the driver writes it.
    pub values: String,
    /// What it is now, where it tells.
    pub current: Option<String>,
    /// Whether it can be set as things stand.
    pub active: bool,
    /// What it is for.
    pub about: String,
}

/// Who drives a scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// SANE, through `scanimage`.
    Sane,
    /// A network scanner that speaks eSCL.
    Escl,
    /// Windows Image Acquisition.
    Wia,
    /// A folder into which another program scans.
    Folder,
    /// The training scanner.
    Virtual,
}

/// What a scanner can do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Caps {
    /// Where it takes paper from, the feeder first where there is one.
    pub sources: Vec<Source>,
    /// Resolutions to offer, ascending; empty where the device does not say.
    pub resolutions: Vec<u32>,
    /// Color modes; empty where the device does not say.
    pub modes: Vec<Mode>,
    /// Sizes of paper that it can be told; empty where it scans what it does by itself.
    #[serde(default)]
    pub sizes: Vec<Size>,
    /// Whether the driver tells when a key on the device is pressed.
    #[serde(default)]
    pub buttons: bool,
}

/// How large the paper is (khổ giấy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Plans, tables, a land certificate laid open.
    A3,
    /// What nearly everything is.
    A4,
    /// Booklets and slips.
    A5,
}

impl Size {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::A3, Self::A4, Self::A5];

    /// Across and along, in millimeters.
    #[must_use]
    pub fn millimeters(self) -> (u32, u32) {
        match self {
            Self::A3 => (297, 420),
            Self::A4 => (210, 297),
            Self::A5 => (148, 210),
        }
    }

    /// Those that an area of `width` to `height` millimeters holds; makers round the edge away.
    #[must_use]
    pub fn within(width: f64, height: f64) -> Vec<Self> {
        const ROUNDED: f64 = 3.0;
        let holds = |one: &Self| {
            let (across, along) = one.millimeters();
            f64::from(across) <= width + ROUNDED && f64::from(along) <= height + ROUNDED
        };
        Self::ALL.into_iter().filter(holds).collect()
    }
}

/// Where the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// On the glass, one side (mặt kính).
    Glass,
    /// In the feeder, front sides (khay nạp).
    Feeder,
    /// In the feeder, both sides (khay nạp, hai mặt).
    Duplex,
}

/// How the page is captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Color, what NĐ 30/2020 asks for (màu).
    Color,
    /// Grayscale (xám).
    Gray,
    /// Black and white (đen trắng).
    Bw,
}
