//! The slips of a dossier's life (Mẫu 02, 03 and the 2025 notice of a stop): D§2.4, D§2.5.

use super::desk::{Desk, Head, LEADING, Style, contact, feet, letterhead};
use super::fonts::Face::{Bold, Italic, Regular};
use super::paragraph::{Run, wrap};
use super::words;
use domain::slip::{Slip, SlipKind};
use printpdf::Op;
use qrcode::QrCode;

/// Draws the slip, on as many pages as it takes.
pub(super) fn lay_out(slip: &Slip, style: &Style, code: &QrCode) -> Vec<Vec<Op>> {
    let mut desk = Desk::new(style, slip.training);
    let head = Head {
        office: &slip.office,
        code: slip.code.as_deref(),
        provisional: slip.provisional,
        issued_at: slip.issued_at,
    };
    letterhead(&mut desk, &head, code);
    title(&mut desk, slip);
    who_and_what(&mut desk, slip);
    reasons(&mut desk, slip);
    closing(&mut desk, slip);
    let mut left = slip.kind.number().to_owned();
    if let Some(code) = &slip.code {
        left.push_str(&format!(" · {code}"));
    }
    if slip.reprint > 0 {
        left.push_str(&format!(" · Bản in lại lần {}", slip.reprint));
    }
    feet(&mut desk, &left);
    desk.sheet.finish()
}

fn title(desk: &mut Desk<'_>, slip: &Slip) {
    let style = desk.style;
    let middle = style.left + desk.inner() / 2.0;
    desk.y += style.title * 0.55;
    desk.y = desk.column(Bold, style.title, middle, desk.inner(), desk.y, &slip.kind.title().to_uppercase());
    if slip.reprint > 0 {
        let again = format!("(BẢN IN LẠI lần {})", slip.reprint);
        desk.y = desk.column(Italic, style.small, middle, desk.inner(), desk.y, &again);
    }
    desk.y += style.body * 0.6;
}

fn who_and_what(desk: &mut Desk<'_>, slip: &Slip) {
    let size = desk.style.body;
    desk.write(size, &[Run(Regular, "Tiếp nhận hồ sơ của Ông/Bà: "), Run(Bold, &slip.applicant_name)]);
    desk.field("Địa chỉ:", &slip.address);
    contact(desk, &slip.phone, &slip.email);
    desk.field("Số CMND/Căn cước/Hộ chiếu:", &slip.id_number);
    let code = format!(" (mã thủ tục: {})", slip.procedure_code);
    desk.write(size, &[Run(Regular, "Nội dung yêu cầu giải quyết: "), Run(Bold, &slip.request), Run(Regular, &code)]);
}

fn reasons(desk: &mut Desk<'_>, slip: &Slip) {
    let size = desk.style.body;
    let office = &slip.office.name;
    let lead = match slip.kind {
        SlipKind::Supplement => "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:".to_owned(),
        SlipKind::Refusal => {
            format!("Qua xem xét, {office} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:")
        }
        SlipKind::Stop => format!("{office} thông báo dừng giải quyết hồ sơ này với lý do cụ thể như sau:"),
    };
    desk.y += size * 0.4;
    // The sentence that leads to the reasons must not stand alone at a page's foot.
    desk.need(size * LEADING * 3.0);
    desk.write(size, &[Run(Regular, &lead)]);
    desk.y += size * 0.2;
    for (n, reason) in (1..).zip(&slip.reasons) {
        let number = if slip.reasons.len() > 1 { format!("{n}. ") } else { String::new() };
        desk.write(size, &[Run(Bold, &number), Run(Bold, reason)]);
    }
    desk.y += size * 0.4;
    let decided = words::time(slip.decided_at);
    desk.write(size, &[Run(Regular, "Thời điểm: "), Run(Regular, &decided)]);
    desk.write(size, &[Run(Regular, "Xin thông báo cho Ông/Bà được biết và thực hiện.")]);
}

/// Where to ask, and the signatures, kept together: a signature must not stand on a sheet of its own.
fn closing(desk: &mut Desk<'_>, slip: &Slip) {
    let style = desk.style;
    let (size, small) = (style.body, style.small);
    let mut note = String::new();
    if !slip.office.phone.trim().is_empty() {
        note.push_str(&format!("Điện thoại liên hệ: {}.", slip.office.phone.trim()));
    }
    if !slip.office.lookup_url.trim().is_empty() {
        note.push_str(&format!(" Tra cứu tại {}.", slip.office.lookup_url.trim()));
    }
    let clerk = wrap(&[Run(Bold, &slip.clerk)], size, desk.inner() / 2.0 - size);
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let lines = |n: usize, size: f32| n as f32 * size * LEADING;
    desk.need(lines(3, small) + lines(2, size) + style.signature + lines(clerk.len(), size) + size);
    desk.y += size * 0.2;
    desk.write(small, &[Run(Italic, note.trim())]);
    desk.y += size * 0.45;
    let quarter = desk.inner() / 4.0;
    let from = desk.y;
    let right = match slip.kind {
        SlipKind::Supplement => "NGƯỜI HƯỚNG DẪN",
        SlipKind::Refusal => "NGƯỜI TIẾP NHẬN HỒ SƠ",
        SlipKind::Stop => "NGƯỜI THÔNG BÁO",
    };
    let mut signs = vec![(style.left + 3.0 * quarter, right)];
    if slip.kind == SlipKind::Refusal {
        signs.push((style.left + quarter, "NGƯỜI NỘP HỒ SƠ"));
    }
    for (middle, role) in signs {
        let y = desk.column(Bold, size, middle, quarter * 2.0, from, role);
        desk.y = desk.column(Italic, small, middle, quarter * 2.0, y, "(Ký, ghi rõ họ tên)");
    }
    desk.y += style.signature;
    desk.y = desk.column(Bold, size, style.left + 3.0 * quarter, quarter * 2.0 - size, desk.y, &slip.clerk);
}
