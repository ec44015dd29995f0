//! The forms on paper: Mẫu 01 in two copies (D§2.3), and every other form as `domain::form` describes it.
//!
//! The words and their order are the form's; only sizes differ between A5 (the law) and A4 (the practice).
//! Widths are measured from the very fonts that are embedded, so nothing is cut and nothing overlaps.

mod cover;
mod desk;
mod document;
mod fonts;
mod grid;
mod layout;
mod paragraph;
mod patch;
mod receipt;
mod sheet;
mod slip;
mod table;

use domain::Receipt;
use domain::form::{CoverSheets, Document, Issue, Sheet, TicketSlip};
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
pub fn receipt(receipt: &Receipt, paper: Paper) -> Result<Vec<u8>, FormError> {
    let (code, style) = (code_of(&receipt.qr_text())?, desk::Style::of(paper));
    let copies = [receipt::Copy::Kept, receipt::Copy::Given].into_iter();
    let pages = copies.flat_map(|copy| receipt::lay_out(receipt, copy, &style, &code)).collect();
    let title = format!("{} {}", domain::receipt::TITLE, receipt.code);
    document::write(&document::About { title, office: &receipt.office, at: receipt.issued_at }, &style, pages)
}

/// Draws any form that is described as blocks, once for each of its copies. `paper` is what the office has set; a form
/// that needs another sheet takes that.
///
/// # Errors
/// [`FormError`] says why it cannot be drawn.
pub fn form(document: &Document, paper: Paper) -> Result<Vec<u8>, FormError> {
    let style = match document.sheet {
        Sheet::AsSet => desk::Style::of(paper),
        Sheet::A4 => desk::Style::of(Paper::A4),
        Sheet::A4Landscape => desk::Style::lying(),
    };
    let mut pages = Vec::new();
    if document.copies.is_empty() {
        pages = layout::lay_out(document, None, &style)?;
    }
    for copy in &document.copies {
        pages.extend(layout::lay_out(document, Some(copy), &style)?);
    }
    let title = format!("{} {}", document.title(), document.code.as_deref().unwrap_or_default());
    let about =
        document::About { title: title.trim().to_owned(), office: &document.issue.office, at: document.issue.at };
    document::write(&about, &style, pages)
}

/// Draws cover sheets, one a page of A4.
///
/// # Errors
/// [`FormError`] says why they cannot be drawn.
pub fn covers(covers: &CoverSheets) -> Result<Vec<u8>, FormError> {
    let style = desk::Style::of(Paper::A4);
    let pages = cover::lay_out(covers, &style)?;
    let title = domain::Form::CoverSheet.title(covers.issue.regulation);
    let title = format!("{title} {}", covers.code.as_deref().unwrap_or_default()).trim().to_owned();
    document::write(&document::About { title, office: &covers.issue.office, at: covers.issue.at }, &style, pages)
}

/// What a patch sheet is called.
pub const PATCH_TITLE: &str = "Tờ ngăn Patch-T";

/// Draws a patch sheet, on A4: a sheet between papers that says that something begins, and not what.
///
/// # Errors
/// [`FormError`] says why it cannot be drawn.
pub fn patch_sheet(issue: &Issue) -> Result<Vec<u8>, FormError> {
    let style = desk::Style::of(Paper::A4);
    let about = document::About { title: PATCH_TITLE.to_owned(), office: &issue.office, at: issue.at };
    document::write(&about, &style, patch::lay_out(issue, &style))
}

/// Draws the slip with a number of the queue, at the head of `paper`: the rest may be cut off.
///
/// # Errors
/// [`FormError`] says why it cannot be drawn.
pub fn ticket_slip(slip: &TicketSlip, paper: Paper) -> Result<Vec<u8>, FormError> {
    let (code, style) = (code_of(&slip.code)?, desk::Style::of(paper));
    let title = domain::Form::QueueTicket.title(slip.issue.regulation);
    let about =
        document::About { title: format!("{title} {}", slip.label), office: &slip.issue.office, at: slip.issue.at };
    document::write(&about, &style, slip::lay_out(slip, &style, &code))
}

/// The squares of a code that is shown on a screen, row by row: `1` is dark.
///
/// # Errors
/// [`FormError::CodeTooLong`].
pub fn squares(text: &str) -> Result<Vec<String>, FormError> {
    let code = code_of(text)?;
    let square = |color: &qrcode::Color| if *color == qrcode::Color::Dark { '1' } else { '0' };
    Ok(code.to_colors().chunks(code.width().max(1)).map(|row| row.iter().map(square).collect()).collect())
}

fn code_of(text: &str) -> Result<QrCode, FormError> {
    QrCode::with_error_correction_level(text, EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L))
        .map_err(|_| FormError::CodeTooLong)
}
