//! The slip with a number of the queue: read from a chair away, and its code by a reader at the counter.

use super::desk::{Desk, Style, draw_code};
use super::fonts::Face::{Bold, Regular};
use domain::form::TicketSlip;
use printpdf::Op;
use qrcode::QrCode;

/// 25 mm: few letters, so that its squares are large.
const SIDE: f32 = 71.0;
const NUMBER: f32 = 72.0;

pub(super) fn lay_out(slip: &TicketSlip, style: &Style, code: &QrCode) -> Vec<Vec<Op>> {
    let mut desk = Desk::new(style, slip.issue.training);
    let (inner, middle) = (desk.inner(), style.left + desk.inner() / 2.0);
    desk.y = desk.column(Regular, style.body, middle, inner, desk.y, &slip.issue.office.name);
    desk.y += style.body * 0.5;
    let title = domain::Form::QueueTicket.title(slip.issue.regulation).to_uppercase();
    desk.y = desk.column(Bold, style.title, middle, inner, desk.y, &title);
    // Twelve letters, the most there are, still fit.
    let size = if slip.label.chars().count() > 5 { NUMBER / 2.0 } else { NUMBER };
    desk.y = desk.column(Bold, size, middle, inner, desk.y, &slip.label);
    if slip.priority {
        desk.y = desk.column(Bold, style.title, middle, inner, desk.y, "Ưu tiên");
    }
    desk.y += style.body * 0.5;
    draw_code(&mut desk.sheet, code, style.left + (inner - SIDE) / 2.0, desk.y, SIDE);
    desk.y += SIDE + style.body * 0.5;
    let when = slip.issue.at.format("%H:%M %d/%m/%Y").to_string();
    let before = match slip.before {
        0 => "Chưa có ai chờ trước".to_owned(),
        n => format!("Đang chờ trước: {n} người"),
    };
    desk.y = desk.column(Regular, style.body, middle, inner, desk.y, &format!("{when} · {before}"));
    let how = "Vui lòng giữ phiếu và đưa cho cán bộ khi được gọi số.";
    desk.y = desk.column(Regular, style.small, middle, inner, desk.y, how);
    if slip.issue.reprint > 0 {
        desk.y = desk.column(Regular, style.small, middle, inner, desk.y, "Bản in lại");
    }
    desk.sheet.rule((style.left, desk.y + 6.0), (style.left + inner, desk.y + 6.0), 0.5);
    desk.sheet.finish()
}
