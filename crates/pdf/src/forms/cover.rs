//! A cover sheet is read by a scanner first: its code stands large at the head and once more at the foot, so that one of
//! the two is where a reader looks for it whichever way the sheet goes in. What stands between is for people.

use super::desk::{Desk, Style, draw_code};
use super::fonts::Face::{Bold, Italic, Regular};
use super::paragraph::Run;
use super::{FormError, desk};
use domain::form::{CoverSheet, CoverSheets};
use domain::words;
use printpdf::Op;
use qrcode::{EcLevel, QrCode};

/// Side of the code: 62 mm, so that a module is 1.5 mm and outlives a bad scan.
const SIDE: f32 = 176.0;
/// The lightest ring that the standard asks for is four modules.
const QUIET: f32 = 20.0;

pub(super) fn lay_out(covers: &CoverSheets, style: &Style) -> Result<Vec<Vec<Op>>, FormError> {
    let mut desk = Desk::new(style, covers.issue.training);
    for (n, sheet) in covers.sheets.iter().enumerate() {
        if n > 0 {
            desk.turn();
        }
        draw(&mut desk, covers, sheet)?;
    }
    desk::feet(&mut desk, &foot(covers));
    Ok(desk.sheet.finish())
}

fn draw(desk: &mut Desk<'_>, covers: &CoverSheets, sheet: &CoverSheet) -> Result<(), FormError> {
    let style = desk.style;
    let code = QrCode::with_error_correction_level(&sheet.code, EcLevel::H).map_err(|_| FormError::CodeTooLong)?;
    let middle = style.width / 2.0;
    let left = middle - SIDE / 2.0;
    let below = style.height - style.bottom - QUIET - SIDE;
    draw_code(&mut desk.sheet, &code, left, desk.y + QUIET, SIDE);
    draw_code(&mut desk.sheet, &code, left, below, SIDE);

    let inner = desk.inner();
    let middle = style.left + inner / 2.0;
    desk.y += SIDE + 2.0 * QUIET;
    let title = domain::Form::CoverSheet.title(covers.issue.regulation).to_uppercase();
    desk.y = desk.column(Bold, style.title, middle, inner, desk.y, &title);
    desk.y += style.body;
    desk.y = desk.column(Regular, style.body, middle, inner, desk.y, &format!("Thành phần số {}", sheet.component));
    desk.y = desk.column(Bold, style.title * 1.25, middle, inner, desk.y, &shortened(&sheet.name, 220));
    desk.y += style.body;
    let code = covers.code.as_deref().unwrap_or("(chưa cấp)");
    let mark = if covers.provisional { " (mã\u{a0}tạm)" } else { "" };
    let size = style.body;
    desk.write(size, &[Run(Regular, "Mã hồ sơ: "), Run(Bold, code), Run(Italic, mark)]);
    desk.write(size, &[Run(Regular, "Chủ hồ sơ: "), Run(Bold, &shortened(&covers.applicant, 160))]);
    desk.field("Thủ tục:", &shortened(&covers.request, 240));
    if sheet.papers > 0 {
        desk.field("Số giấy tờ đã đếm:", &words::count(sheet.papers));
    }
    desk.y += size * 0.5;
    let how = "Đặt tờ này ngay trước các trang của thành phần khi quét, xuôi hay ngược đều được. Không viết, đóng dấu lên mã.";
    desk.write(style.small, &[Run(Italic, how)]);
    Ok(())
}

/// A sheet is one page whatever it tells of: what matters stands in its code.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn foot(covers: &CoverSheets) -> String {
    let title = domain::Form::CoverSheet.title(covers.issue.regulation);
    let when = covers.issue.at.format("%H:%M %d/%m/%Y");
    [Some(title.to_owned()), covers.code.clone(), Some(when.to_string())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
