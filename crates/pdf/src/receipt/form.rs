//! The layout of Mẫu 01: the order and the words of D§2.3, one function a block, from top to bottom.

use super::Paper;
use super::fonts::Face::{self, Bold, Italic, Regular};
use super::fonts::GLUE;
use super::paragraph::{Run, balanced, wrap};
use super::sheet::Sheet;
use super::{table, words};
use domain::Receipt;
use printpdf::Op;
use qrcode::{Color, QrCode};

/// Measures of a sheet in points.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    top: f32,
    bottom: f32,
    /// Left end of the QR code, which stands in the corner, out in the margin.
    code_left: f32,
    code_size: f32,
    head: f32,
    title: f32,
    body: f32,
    pub(super) table: f32,
    small: f32,
    foot: f32,
    /// Room for a signature.
    signature: f32,
}

/// Which copy (liên).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copy {
    Kept,
    Given,
}

/// The sheet with the height reached on it.
pub(super) struct Desk<'a> {
    pub(super) style: &'a Style,
    pub(super) sheet: Sheet,
    pub(super) y: f32,
    training: bool,
}

const TRAINING: &str = "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ";
const LEADING: f32 = 1.23;
/// From a line's top to its baseline, in parts of its size.
const ASCENT: f32 = 0.96;

impl Style {
    pub(super) fn of(paper: Paper) -> Self {
        match paper {
            Paper::A5 => Self {
                width: 419.53,
                height: 595.28,
                left: 34.0,
                right: 26.0,
                top: 24.0,
                bottom: 31.0,
                code_left: 24.0,
                code_size: 64.0,
                head: 8.4,
                title: 12.4,
                body: 9.6,
                table: 9.0,
                small: 8.2,
                foot: 7.2,
                signature: 36.0,
            },
            Paper::A4 => Self {
                width: 595.28,
                height: 841.89,
                left: 71.0,
                right: 50.0,
                top: 42.0,
                bottom: 56.0,
                code_left: 42.5,
                code_size: 84.0,
                head: 11.0,
                title: 15.0,
                body: 12.6,
                table: 11.8,
                small: 10.6,
                foot: 9.0,
                signature: 62.0,
            },
        }
    }
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
    letterhead(&mut desk, receipt, code);
    title(&mut desk, receipt, copy);
    who_and_what(&mut desk, receipt);
    papers(&mut desk, receipt);
    times(&mut desk, receipt);
    closing(&mut desk, receipt);
    feet(&mut desk, receipt, copy);
    desk.sheet.finish()
}

impl<'a> Desk<'a> {
    fn new(style: &'a Style, training: bool) -> Self {
        let mut desk = Self { style, sheet: Sheet::new(style.height), y: 0.0, training };
        desk.begin();
        desk
    }

    pub(super) fn turn(&mut self) {
        self.sheet.turn();
        self.begin();
    }

    /// The lowest point that content may reach.
    pub(super) fn bottom(&self) -> f32 {
        self.style.height - self.style.bottom
    }

    /// The height of a page's content.
    pub(super) fn room_of_page(&self) -> f32 {
        self.bottom() - self.style.top
    }

    fn begin(&mut self) {
        let style = self.style;
        self.y = style.top;
        if self.training {
            self.sheet.watermark(style.width / 7.2, style.width / 2.0, style.height * 0.56, 52.0, "TẬP HUẤN");
            let size = style.body * 1.05;
            let wide = Bold.width(TRAINING, size) + size * 1.6;
            let high = size * 1.55;
            self.y = style.top * 0.42;
            self.sheet.frame((style.width - wide) / 2.0, self.y, wide, high, 1.2);
            self.sheet.centered(Bold, size, style.width / 2.0, self.y + high * 0.69, TRAINING);
            self.y += high + size * 0.6;
        }
    }

    fn inner(&self) -> f32 {
        self.style.width - self.style.left - self.style.right
    }

    /// Makes room for `height`, on the next page if it must be.
    fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() {
            self.turn();
        }
    }

    /// Writes a paragraph over the whole width.
    fn write(&mut self, size: f32, runs: &[Run<'_>]) {
        for line in wrap(runs, size, self.inner()) {
            self.need(size * LEADING);
            self.y += size * LEADING;
            self.sheet.line_of(&line, size, self.style.left, self.y - size * (LEADING - ASCENT));
        }
    }

    /// Writes a field, and nothing at all when it is empty.
    fn field(&mut self, label: &str, value: &str) {
        if !value.trim().is_empty() {
            self.write(self.style.body, &[Run(Regular, label), Run(Regular, " "), Run(Regular, value)]);
        }
    }

    /// Writes centered lines within a column and returns where they end.
    fn column(&mut self, face: Face, size: f32, middle: f32, width: f32, from: f32, text: &str) -> f32 {
        let mut y = from;
        for line in balanced(&[Run(face, text)], size, width) {
            y += size * 1.16;
            self.sheet.line_of(&line, size, middle - line.width / 2.0, y - size * 0.2);
        }
        y
    }
}

/// The code in the top left corner (TT 01/2023/TT-VPCP art 26), the agency beside it, the nation to the right.
fn letterhead(desk: &mut Desk<'_>, receipt: &Receipt, code: &QrCode) {
    let style = desk.style;
    let (top, size) = (desk.y, style.head);
    draw_code(&mut desk.sheet, code, style.code_left, top, style.code_size);

    let right_end = style.width - style.right;
    let nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    let right_width = Bold.width(nation, size) + 2.0;
    let right_middle = right_end - right_width / 2.0;
    let left_start = style.code_left + style.code_size + size * 0.8;
    let left_width = right_end - right_width - size * 1.2 - left_start;
    let left_middle = left_start + left_width / 2.0;

    let mut left = desk.column(Regular, size, left_middle, left_width, top, &agency(&receipt.office.parent));
    left = desk.column(Bold, size, left_middle, left_width, left, &agency(&receipt.office.name));
    let half = left_width * 0.17;
    left += size * 0.3;
    desk.sheet.rule((left_middle - half, left), (left_middle + half, left), 0.6);

    let mut right = desk.column(Bold, size, right_middle, right_width, top, nation);
    let motto = "Độc lập - Tự do - Hạnh phúc";
    right = desk.column(Bold, size * 1.06, right_middle, right_width, right, motto);
    let half = Bold.width(motto, size * 1.06) / 2.0;
    right += size * 0.3;
    desk.sheet.rule((right_middle - half, right), (right_middle + half, right), 0.6);

    desk.y = left.max(top + style.code_size) + size * 0.5;
    let size = style.body;
    let mark = if receipt.provisional { " (mã\u{a0}tạm)" } else { "" };
    let place = if receipt.office.place.is_empty() { String::new() } else { format!("{}, ", receipt.office.place) };
    let place_and_date = format!("{place}{}", words::date(receipt.issued_at));
    let code_width = wrap(&code_runs(receipt, mark), size, f32::MAX).first().map_or(0.0, |line| line.width);
    let date_line = wrap(&[Run(Italic, &place_and_date)], size, desk.inner());
    let date_width = date_line.first().map_or(0.0, |line| line.width);
    // Number and date share a line, as on every official paper, where both fit.
    let together = date_line.len() == 1 && code_width + date_width + size * 1.5 <= desk.inner();
    let baseline = desk.y + size * ASCENT;
    for (line, y) in date_line.iter().zip(std::iter::successors(Some(baseline), |y| Some(y + size * LEADING))) {
        let ideal = right_middle - line.width / 2.0;
        let x = ideal.min(right_end - line.width).max(style.left);
        let x = if together { x.max(style.left + code_width + size * 1.5).min(right_end - line.width) } else { x };
        desk.sheet.line_of(line, size, x, y);
        desk.y = if together { desk.y } else { y + size * 0.22 };
    }
    desk.write(size, &code_runs(receipt, mark));
}

/// An agency's name in capitals, broken between its phrases where it can be.
fn agency(name: &str) -> String {
    const PHRASES: [&str; 9] = [
        "ỦY BAN",
        "NHÂN DÂN",
        "TRUNG TÂM",
        "PHỤC VỤ",
        "HÀNH CHÍNH CÔNG",
        "BỘ PHẬN",
        "TIẾP NHẬN",
        "KẾT QUẢ",
        "THÀNH PHỐ",
    ];
    let glue = GLUE.to_string();
    let name =
        PHRASES.into_iter().fold(name.to_uppercase(), |name, phrase| name.replace(phrase, &phrase.replace(' ', &glue)));
    // The kind of a place stays with its name.
    ["XÃ ", "PHƯỜNG ", "TỈNH "].into_iter().fold(name, |name, kind| name.replace(kind, &kind.replace(' ', &glue)))
}

fn code_runs<'a>(receipt: &'a Receipt, mark: &'a str) -> [Run<'a>; 3] {
    [Run(Regular, "Mã hồ sơ: "), Run(Bold, receipt.code.as_str()), Run(Italic, mark)]
}

/// Draws the code as squares, each row's neighbors as one box.
fn draw_code(sheet: &mut Sheet, code: &QrCode, left: f32, top: f32, size: f32) {
    let modules = code.to_colors();
    let width = code.width().max(1);
    #[expect(clippy::cast_precision_loss, reason = "at most 177 modules")]
    let boxes = |scale: f32| {
        let mut boxes = Vec::new();
        for (y, row) in modules.chunks(width).enumerate() {
            let mut x = 0;
            for group in row.chunk_by(|a, b| a == b) {
                if group.first() == Some(&Color::Dark) {
                    // A little taller than a module, so that no hairline shows between rows on a screen.
                    let (x, y) = (left + x as f32 * scale, top + y as f32 * scale);
                    boxes.push((x, y, group.len() as f32 * scale, scale * 1.02));
                }
                x += group.len();
            }
        }
        boxes
    };
    #[expect(clippy::cast_precision_loss, reason = "at most 177 modules")]
    sheet.fill(boxes(size / width as f32).into_iter());
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
    desk.write(
        size,
        &[Run(Regular, "Tiếp nhận hồ sơ của Ông/Bà: "), Run(Bold, &receipt.applicant_name), Run(Regular, &channel)],
    );
    desk.field("Địa chỉ:", &receipt.address);
    contact(desk, &receipt.phone, &receipt.email);
    desk.field("Số CMND/Căn cước/Hộ chiếu:", &receipt.id_number);
    let code = format!(" (mã thủ tục: {})", receipt.procedure_code);
    desk.write(
        size,
        &[Run(Regular, "Nội dung yêu cầu giải quyết: "), Run(Bold, &receipt.request), Run(Regular, &code)],
    );
}

/// Telephone and mail on one line where both fit, the mail in line with itself on every sheet.
fn contact(desk: &mut Desk<'_>, phone: &str, email: &str) {
    let size = desk.style.body;
    let phone_line = wrap(&[Run(Regular, "Số điện thoại: "), Run(Regular, phone)], size, desk.inner());
    let email_line = wrap(&[Run(Regular, "Email: "), Run(Regular, email)], size, desk.inner());
    let tab = desk.inner() * 0.46;
    if let ([first], [second]) = (&phone_line[..], &email_line[..])
        && !phone.trim().is_empty()
        && !email.trim().is_empty()
        && first.width + size <= tab
        && tab + second.width <= desk.inner()
    {
        desk.need(size * LEADING);
        let y = desk.y + size * ASCENT;
        desk.sheet.line_of(first, size, desk.style.left, y);
        desk.sheet.line_of(second, size, desk.style.left + tab, y);
        desk.y += size * LEADING;
    } else {
        desk.field("Số điện thoại:", phone);
        desk.field("Email:", email);
    }
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
    let book = format!("Vào Sổ theo dõi hồ sơ, Quyển số: {dots} Số thứ tự: {dots}", dots = "…".repeat(8));
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

/// What lets a loose sheet be told: code, copy, page of pages.
fn feet(desk: &mut Desk<'_>, receipt: &Receipt, copy: Copy) {
    let style = desk.style;
    let pages = desk.sheet.count();
    let y = style.height - style.bottom * 0.5;
    for page in 0..pages {
        let mut left = format!("Mẫu số 01 · {} · {}", receipt.code, copy.name());
        if receipt.reprint > 0 {
            left.push_str(&format!(" · Bản in lại lần {}", receipt.reprint));
        }
        let right = format!("Trang {}/{pages}", page + 1);
        let x = style.width - style.right - Regular.width(&right, style.foot);
        desk.sheet.text_on(page, Regular, style.foot, style.left, y, &Regular.drawable(&left));
        desk.sheet.text_on(page, Regular, style.foot, x, y, &right);
    }
}
