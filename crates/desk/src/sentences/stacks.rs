//! What a stack of paper tells: numbers that do not agree, and the sheet that did not count.

use crate::view::Locale;
use domain::Mismatch;

/// What does not agree, and by how much.
pub(crate) fn mismatch(mismatch: &Mismatch, locale: Locale) -> String {
    match (locale, *mismatch) {
        (Locale::Vi, Mismatch::Fed { sheets, pages, received }) => {
            format!("máy đã kéo {sheets} tờ ({pages} trang), nhận được {received} trang")
        }
        (Locale::En, Mismatch::Fed { sheets, pages, received }) => {
            format!("the scanner moved {sheets} sheets ({pages} pages), {received} pages came")
        }
        (Locale::Vi, Mismatch::Expected { expected, kept }) => {
            format!("đã báo có {expected} trang, hiện giữ {kept} trang")
        }
        (Locale::En, Mismatch::Expected { expected, kept }) => format!("{expected} pages were said, {kept} are kept"),
        (Locale::Vi, Mismatch::Gone { received, there }) => {
            format!("đã nhận {received} trang, nay chỉ còn thấy {there} trang; báo người quản trị trước khi quét tiếp")
        }
        (Locale::En, Mismatch::Gone { received, there }) => {
            format!("{received} pages came, {there} are there; tell the administrator before you go on")
        }
    }
}

/// A stack that was broken off.
pub(super) fn open(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Vi => format!("xấp giấy quét dở của \u{201c}{name}\u{201d} (Tiếp tục, Lưu hoặc Bỏ)"),
        Locale::En => format!("the stack of \u{201c}{name}\u{201d} that was broken off (continue, save or discard)"),
    }
}

/// What counted when a run broke off, and what to do with the sheet that did not (T-12).
pub(crate) fn uncounted(received: u32, locale: Locale) -> String {
    let next = received + 1;
    match locale {
        Locale::Vi => format!(
            "Đã giữ {received} trang của xấp này. Trang thứ {next} chưa được tính: xếp lại tờ đó lên đầu xấp rồi bấm Tiếp tục."
        ),
        Locale::En => format!(
            "{received} pages of this stack are kept. Page {next} did not count: put that sheet back on top, then continue."
        ),
    }
}
