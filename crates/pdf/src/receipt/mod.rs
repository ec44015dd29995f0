//! Mẫu 01 on paper: giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 01/2018/TT-VPCP, D§2.3), two copies.
//!
//! The words and their order are the form's; only sizes differ between A5 (the law) and A4 (the practice).
//! Widths are measured from the very fonts that are embedded, so nothing is cut and nothing overlaps.

mod document;
mod fonts;
mod form;
mod paragraph;
mod sheet;
mod table;
mod words;

use domain::Receipt;
use qrcode::{EcLevel, QrCode};

/// The sheet a form is printed on (khổ giấy).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm, as provinces print it.
    A4,
    /// 148 × 210 mm, as TT 01/2018/TT-VPCP art 9 sets it.
    #[default]
    A5,
}

/// Why a form cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The text of the QR code is longer than a code holds.
    #[error("the text of the code is too long")]
    CodeTooLong,
    /// The document could not be put together.
    #[error("the document could not be written")]
    Unwritable,
}

/// Draws both copies of the receipt: liên 1 for the file (lưu), liên 2 for the citizen (giao khách hàng).
///
/// # Errors
/// [`FormError`] says why it cannot be drawn.
pub fn draw(receipt: &Receipt, paper: Paper) -> Result<Vec<u8>, FormError> {
    let code = QrCode::with_error_correction_level(receipt.qr_text(), EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(receipt.qr_text(), EcLevel::L))
        .map_err(|_| FormError::CodeTooLong)?;
    let style = form::Style::of(paper);
    let pages = [form::Copy::Kept, form::Copy::Given]
        .into_iter()
        .flat_map(|copy| form::lay_out(receipt, copy, &style, &code))
        .collect();
    document::write(receipt, &style, pages)
}
