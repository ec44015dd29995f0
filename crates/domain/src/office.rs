//! The agency whose counter this is. All of it is printed, none of it is built in.

use crate::OfficeCode;
use serde::{Deserialize, Serialize};

/// The agency that receives (cơ quan tiếp nhận) and what its printed forms say of it (D§2.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Agency code of QĐ 20/2020/QĐ-TTg (mã định danh, D§3.2).
    pub code: OfficeCode,
    /// The superior agency, first line of the left header (cơ quan chủ quản).
    pub parent: String,
    /// The one-stop unit, second line of the left header (trung tâm, bộ phận).
    pub name: String,
    /// Place name before the date (địa danh).
    pub place: String,
    /// Where it is (địa chỉ trụ sở).
    #[serde(default)]
    pub address: String,
    /// Telephone printed for questions.
    pub phone: String,
    /// Address of the look-up page printed on the receipt.
    pub lookup_url: String,
    /// Name of the information system in the QR code (TT 01/2023 art 26, item 5).
    pub system: String,
    /// Its mark above its name. Kept apart, and no other system is sent it.
    #[serde(skip)]
    pub logo: Option<std::sync::Arc<Logo>>,
}

/// A mark (biểu trưng) as it is drawn: samples of one or three colors a pixel, from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Gray, or red, green and blue.
    pub gray: bool,
    /// `width` × `height` pixels.
    pub samples: Vec<u8>,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Logo({} × {})", self.width, self.height)
    }
}
