//! The layout of Mẫu 01: the order and the words of D§2.3, one function a block, from top to bottom.

use super::desk::{Desk, Head, LEADING, Style, contact, feet, letterhead};
use super::fonts::Face::{Bold, Italic, Regular};
use super::paragraph::{Run, wrap};
use super::table;
use domain::words;
use domain::{PartyKind, Receipt};
use printpdf::Op;
use qrcode::QrCode;

/// Which copy (liên).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copy {
    Kept,
    Given,
}

impl Copy {
    fn name(self) -> &'static str {
        match self {
            Self::Kept => "Liên 1: Lưu",
            Self::Given => "Liên 2: Giao khách hàng",
        }
    }
}

/// Draws one copy of the receipt, on as many pages as it takes.
pub(super) fn lay_out(receipt: &Receipt, copy: Copy, style: &Style, code: &QrCode) -> Vec<Vec<Op>> {
    let mut desk = Desk::new(style, receipt.training);
    let head = Head {
        office: &receipt.office,
        code: Some(receipt.code.as_str()),
        provisional: receipt.provisional,
        former: &receipt.former_codes,
        issued_at: receipt.issued_at,
    };
    letterhead(&mut desk, &head, code);
    title(&mut desk, receipt, copy);
    who_and_what(&mut desk, receipt);
    papers(&mut desk, receipt);
    times(&mut desk, receipt);
    closing(&mut desk, receipt);
    feet(&mut desk, &foot_of(receipt, copy));
    desk.sheet.finish()
}

fn title(desk: &mut Desk<'_>, receipt: &Receipt, copy: Copy) {
    let style = desk.style;
    let middle = style.left + desk.inner() / 2.0;
    desk.y += style.title * 0.55;
    let title = domain::receipt::TITLE.to_uppercase();
    desk.y = desk.column(Bold, style.title, middle, desk.inner(), desk.y, &title);
    let again = match receipt.reprint {
        0 => String::new(),
        n => format!(" – BẢN IN LẠI lần {n}"),
    };
    desk.y = desk.column(Italic, style.small, middle, desk.inner(), desk.y, &format!("({}{again})", copy.name()));
    desk.y += style.body * 0.35;
}

fn who_and_what(desk: &mut Desk<'_>, receipt: &Receipt) {
    let size = desk.style.body;
    desk.field("Bộ phận tiếp nhận và trả kết quả:", &receipt.office.name);
    let channel = format!(" ({})", words::channel(receipt.channel));
    let (whose, number, owners_number) = match receipt.applicant_kind {
        PartyKind::Person => ("Tiếp nhận hồ sơ của Ông/Bà: ", "Số CMND/Căn cước/Hộ chiếu:", "số định danh"),
        PartyKind::Organization => ("Tiếp nhận hồ sơ của: ", "Mã số thuế:", "mã số thuế"),
    };
    desk.write(size, &[Run(Regular, whose), Run(Bold, &receipt.applicant_name), Run(Regular, &channel)]);
    let Some(representative) = &receipt.representative else {
        desk.field("Địa chỉ:", &receipt.address);
        contact(desk, &receipt.phone, &receipt.email);
        desk.field(number, &receipt.id_number);
        return request(desk, receipt);
    };
    let ground = format!(" ({})", representative.ground);
    desk.write(size, &[Run(Regular, "Người nộp: "), Run(Bold, &representative.name), Run(Regular, &ground)]);
    desk.field("Địa chỉ:", &representative.address);
    let own = |own: &str, owners: &str| if own.is_empty() { owners.to_owned() } else { own.to_owned() };
    let (phone, email) = (own(&representative.phone, &receipt.phone), own(&representative.email, &receipt.email));
    contact(desk, &phone, &email);
    desk.field("Số CMND/Căn cước/Hộ chiếu:", &representative.id_number);
    request(desk, receipt);
    desk.field("Chủ hồ sơ:", &format!("{}, {owners_number} {}", receipt.applicant_name, receipt.id_number));
    desk.field("Địa chỉ chủ hồ sơ:", &receipt.address);
}

fn request(desk: &mut Desk<'_>, receipt: &Receipt) {
    let code = format!(" (mã thủ tục: {})", receipt.procedure_code);
    let runs = [Run(Regular, "Nội dung yêu cầu giải quyết: "), Run(Bold, &receipt.request), Run(Regular, &code)];
    desk.write(desk.style.body, &runs);
}

fn papers(desk: &mut Desk<'_>, receipt: &Receipt) {
    let size = desk.style.body;
    // The heading must not stand alone at a page's foot.
    desk.need(size * LEADING + desk.style.table * 6.0);
    desk.write(size, &[Run(Bold, "1. "), Run(Regular, "Thành phần hồ sơ, số lượng mỗi loại giấy tờ:")]);
    desk.y += size * 0.25;
    table::draw(desk, &receipt.papers);
    desk.y += size * 0.3;
}

fn times(desk: &mut Desk<'_>, receipt: &Receipt) {
    let (size, small) = (desk.style.body, desk.style.small);
    let due = words::time(receipt.deadline.due);
    let received = words::time(receipt.received_at);
    let mark = if receipt.deadline.confirmed { "" } else { " (tạm\u{a0}tính)" };
    let items: [(&str, Vec<Run<'_>>); 6] = [
        ("Số lượng hồ sơ: ", vec![Run(Regular, "01 (bộ)")]),
        ("Thời gian giải quyết hồ sơ theo quy định là: ", vec![Run(Regular, &receipt.limit_text)]),
        ("Thời gian nhận hồ sơ: ", vec![Run(Regular, &received)]),
        ("Thời gian trả kết quả giải quyết hồ sơ: ", vec![Run(Bold, &due), Run(Italic, mark)]),
        ("Đăng ký nhận kết quả tại: ", vec![Run(Regular, &receipt.office.name)]),
        ("Phí, lệ phí: ", vec![Run(Regular, &receipt.fee_text)]),
    ];
    let explanation = words::explanation(&receipt.deadline);
    for (n, (label, value)) in (2..).zip(items) {
        if value.iter().all(|Run(_, text)| text.trim().is_empty()) {
            continue;
        }
        let number = format!("{n}. ");
        let mut runs = vec![Run(Bold, &number), Run(Regular, label)];
        runs.extend(value);
        desk.write(size, &runs);
        if n == 5 {
            desk.write(small, &[Run(Italic, &explanation)]);
            if !receipt.deadline.confirmed {
                desk.write(small, &[Run(Italic, words::UNCONFIRMED)]);
            }
        }
    }
}

/// The note and the signatures, kept together: a signature must not stand on a sheet of its own.
fn closing(desk: &mut Desk<'_>, receipt: &Receipt) {
    let style = desk.style;
    let (size, small) = (style.body, style.small);
    let mut note = "Ghi chú: Kết quả có thể được trả sớm hơn thời gian hẹn.".to_owned();
    if !receipt.office.address.trim().is_empty() {
        note.push_str(&format!(" Địa chỉ: {}.", receipt.office.address.trim()));
    }
    if !receipt.office.lookup_url.trim().is_empty() {
        note.push_str(" Tra cứu tình trạng hồ sơ tại ");
        note.push_str(receipt.office.lookup_url.trim());
        note.push('.');
    }
    if !receipt.office.phone.trim().is_empty() {
        note.push_str(" Điện thoại liên hệ: ");
        note.push_str(receipt.office.phone.trim());
        note.push('.');
    }
    let clerk = wrap(&[Run(Bold, &receipt.clerk)], size, desk.inner() / 2.0 - size);
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let lines = |n: usize, size: f32| n as f32 * size * LEADING;
    let note_lines = wrap(&[Run(Italic, &note)], small, desk.inner()).len();
    let height = lines(note_lines + 1, small) + lines(2, size) + style.signature + lines(clerk.len(), size) + size;
    desk.need(height);
    desk.y += size * 0.2;
    desk.write(small, &[Run(Italic, &note)]);
    let dots = "…".repeat(8);
    let number = receipt.book_number.map_or_else(|| dots.clone(), words::count);
    let book = format!("Vào Sổ theo dõi hồ sơ, Quyển số: {dots} Số thứ tự: {number}");
    desk.write(small, &[Run(Regular, &book)]);
    desk.y += size * 0.45;
    let quarter = desk.inner() / 4.0;
    let from = desk.y;
    for (middle, role) in
        [(style.left + quarter, "NGƯỜI NỘP HỒ SƠ"), (style.left + 3.0 * quarter, "NGƯỜI TIẾP NHẬN HỒ SƠ")]
    {
        let y = desk.column(Bold, size, middle, quarter * 2.0, from, role);
        desk.y = desk.column(Italic, small, middle, quarter * 2.0, y, "(Ký, ghi rõ họ tên)");
    }
    desk.y += style.signature;
    desk.y = desk.column(Bold, size, style.left + 3.0 * quarter, quarter * 2.0 - size, desk.y, &receipt.clerk);
}

/// What lets a loose sheet be told: form, code, copy.
fn foot_of(receipt: &Receipt, copy: Copy) -> String {
    let mut left = format!("Mẫu số 01 · {} · {}", receipt.code, copy.name());
    if receipt.reprint > 0 {
        left.push_str(&format!(" · Bản in lại lần {}", receipt.reprint));
    }
    left
}
