//! What every form is laid out with: the measures of its sheet, the height reached on it, its letterhead and foot.

use super::Paper;
use super::fonts::Face::{self, Bold, Italic, Regular};
use super::fonts::GLUE;
use super::paragraph::{Run, balanced, wrap};
use super::sheet::Sheet;
use chrono::{DateTime, FixedOffset};
use domain::Office;
use domain::office::Logo;
use domain::words;
use qrcode::{Color, QrCode};

/// Measures of a sheet in points.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Left end of the QR code, which stands in the corner, out in the margin.
    pub(super) code_left: f32,
    pub(super) code_size: f32,
    pub(super) head: f32,
    pub(super) title: f32,
    pub(super) body: f32,
    pub(super) table: f32,
    pub(super) small: f32,
    pub(super) foot: f32,
    /// Room for a signature.
    pub(super) signature: f32,
}

/// The sheet with the height reached on it.
pub(super) struct Desk<'a> {
    pub(super) style: &'a Style,
    pub(super) sheet: Sheet,
    pub(super) y: f32,
    training: bool,
}

/// What stands at the head of every form.
pub(super) struct Head<'a> {
    pub(super) office: &'a Office,
    /// None for a dossier that never got a code.
    pub(super) code: Option<&'a str>,
    pub(super) provisional: bool,
    /// Provisional codes from before.
    pub(super) former: &'a [String],
    pub(super) issued_at: DateTime<FixedOffset>,
}

const TRAINING: &str = "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ";
pub(super) const LEADING: f32 = 1.23;
/// From a line's top to its baseline, in parts of its size.
pub(super) const ASCENT: f32 = 0.96;

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

    /// A4 lying, for books and lists.
    pub(super) fn lying() -> Self {
        Self {
            width: 841.89,
            height: 595.28,
            left: 42.5,
            right: 34.0,
            top: 34.0,
            bottom: 40.0,
            code_left: 34.0,
            code_size: 62.0,
            head: 10.0,
            title: 14.0,
            body: 11.0,
            table: 10.4,
            small: 9.6,
            foot: 8.4,
            signature: 48.0,
        }
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(style: &'a Style, training: bool) -> Self {
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

    pub(super) fn inner(&self) -> f32 {
        self.style.width - self.style.left - self.style.right
    }

    /// Makes room for `height`, on the next page if it must be.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() {
            self.turn();
        }
    }

    /// Writes a paragraph over the whole width.
    pub(super) fn write(&mut self, size: f32, runs: &[Run<'_>]) {
        for line in wrap(runs, size, self.inner()) {
            self.need(size * LEADING);
            self.y += size * LEADING;
            self.sheet.line_of(&line, size, self.style.left, self.y - size * (LEADING - ASCENT));
        }
    }

    /// Writes a field, and nothing at all when it is empty.
    pub(super) fn field(&mut self, label: &str, value: &str) {
        if !value.trim().is_empty() {
            self.write(self.style.body, &[Run(Regular, label), Run(Regular, " "), Run(Regular, value)]);
        }
    }

    /// Writes centered lines within a column and returns where they end.
    pub(super) fn column(&mut self, face: Face, size: f32, middle: f32, width: f32, from: f32, text: &str) -> f32 {
        let mut y = from;
        for line in balanced(&[Run(face, text)], size, width) {
            y += size * 1.16;
            self.sheet.line_of(&line, size, middle - line.width / 2.0, y - size * 0.2);
        }
        y
    }
}

/// The code in the top left corner (TT 01/2023/TT-VPCP art 26), the agency beside it, the nation to the right.
pub(super) fn letterhead(desk: &mut Desk<'_>, head: &Head<'_>, code: &QrCode) {
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

    let mut left = top;
    if let Some(logo) = &head.office.logo {
        left = mark(desk, logo, left_middle, left_width, top, size * 2.5) + size * 0.15;
    }
    left = desk.column(Regular, size, left_middle, left_width, left, &agency(&head.office.parent));
    left = desk.column(Bold, size, left_middle, left_width, left, &agency(&head.office.name));
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
    let mark = if head.provisional { " (mã\u{a0}tạm)" } else { "" };
    let place = if head.office.place.is_empty() { String::new() } else { format!("{}, ", head.office.place) };
    let place_and_date = format!("{place}{}", words::date(head.issued_at));
    let code_width = wrap(&code_runs(head, mark), size, f32::MAX).first().map_or(0.0, |line| line.width);
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
    if head.code.is_some() {
        desk.write(size, &code_runs(head, mark));
        // What was printed before the official code came is still in somebody's hands.
        let former = head.former.join(", ");
        if !former.is_empty() {
            desk.write(style.small, &[Run(Italic, "Mã tạm đã cấp: "), Run(Regular, &former)]);
        }
    } else if together {
        desk.y += size * LEADING;
    }
}

/// The agency's mark, as high as it may be and no wider than its column; returns where it ends.
fn mark(desk: &mut Desk<'_>, logo: &Logo, middle: f32, width: f32, top: f32, height: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred pixels")]
    let (across, down) = (logo.width.max(1) as f32, logo.height.max(1) as f32);
    let scale = (height / down).min(width / across);
    desk.sheet.picture(middle - across * scale / 2.0, top, down, scale);
    top + down * scale
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

fn code_runs<'a>(head: &Head<'a>, mark: &'a str) -> [Run<'a>; 3] {
    match head.code {
        Some(code) => [Run(Regular, "Mã hồ sơ: "), Run(Bold, code), Run(Italic, mark)],
        None => [Run(Regular, ""), Run(Regular, ""), Run(Regular, "")],
    }
}

pub(super) fn draw_code(sheet: &mut Sheet, code: &QrCode, left: f32, top: f32, size: f32) {
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

/// Telephone and mail on one line where both fit, the mail in line with itself on every sheet.
pub(super) fn contact(desk: &mut Desk<'_>, phone: &str, email: &str) {
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

/// What lets a loose sheet be told: `left` and the page of pages.
pub(super) fn feet(desk: &mut Desk<'_>, left: &str) {
    let style = desk.style;
    let pages = desk.sheet.count();
    let y = style.height - style.bottom * 0.5;
    for page in 0..pages {
        let right = format!("Trang {}/{pages}", page + 1);
        let x = style.width - style.right - Regular.width(&right, style.foot);
        desk.sheet.text_on(page, Regular, style.foot, style.left, y, &Regular.drawable(left));
        desk.sheet.text_on(page, Regular, style.foot, x, y, &right);
    }
}
