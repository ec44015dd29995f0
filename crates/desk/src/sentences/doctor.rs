//! What the scanner doctor says where nothing failed: what was found, and what to do.

use crate::view::Locale;
use devices::{Mode, Source};

type Said = (String, Option<String>);

/// How many scanners answer.
pub(crate) fn scanners_found(count: usize, locale: Locale) -> Said {
    match (locale, count) {
        (Locale::Vi, 0) => (
            "Không tìm thấy máy quét nào.".into(),
            Some(
                "Kiểm tra nguồn, dây cáp và mạng. Máy quét ở dải mạng khác thì thêm địa chỉ của nó trong Cài đặt."
                    .into(),
            ),
        ),
        (Locale::Vi, n) => (format!("Tìm thấy {n} máy quét."), None),
        (Locale::En, 0) => (
            "No scanner was found.".into(),
            Some("Check power, cable and network. Add the address of one on another network in Settings.".into()),
        ),
        (Locale::En, n) => (format!("{n} scanners were found."), None),
    }
}

/// It answers, and nothing keeps it from scanning.
pub(crate) fn scanner_ready(locale: Locale) -> Said {
    match locale {
        Locale::Vi => ("Máy quét trả lời và sẵn sàng quét.".into(), None),
        Locale::En => ("The scanner answers and is ready.".into(), None),
    }
}

/// A watched folder can be read.
pub(crate) fn folder_ready(locale: Locale) -> Said {
    match locale {
        Locale::Vi => ("Mở được thư mục; tệp mới hiện ở Khay nhận.".into(), None),
        Locale::En => ("The folder opens; new files show in the tray.".into(), None),
    }
}

/// The title of the report.
pub(crate) fn scanner_report(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "Kết quả khám máy quét",
        Locale::En => "What the scanner doctor found",
    }
}

/// What it says it can do.
pub(crate) fn scanner_abilities(sources: &[Source], dpi: &[u32], modes: &[Mode], locale: Locale) -> Said {
    let vi = locale == Locale::Vi;
    if sources.is_empty() || modes.is_empty() {
        return if vi {
            (
                "Máy quét không cho biết đủ khả năng của nó.".into(),
                Some("Vẫn quét được theo mặc định của máy. Quét thử một tờ và xem ảnh trước khi quét hồ sơ.".into()),
            )
        } else {
            (
                "The scanner does not tell all it can do.".into(),
                Some("It scans as it does by itself. Try one sheet and look at it before you scan a dossier.".into()),
            )
        };
    }
    let source = |one: &Source| match (one, vi) {
        (Source::Glass, true) => "mặt kính",
        (Source::Feeder, true) => "khay nạp",
        (Source::Duplex, true) => "khay nạp hai mặt",
        (Source::Glass, false) => "glass",
        (Source::Feeder, false) => "feeder",
        (Source::Duplex, false) => "feeder, both sides",
    };
    let mode = |one: &Mode| match (one, vi) {
        (Mode::Color, true) => "màu",
        (Mode::Gray, true) => "xám",
        (Mode::Bw, true) => "đen trắng",
        (Mode::Color, false) => "color",
        (Mode::Gray, false) => "gray",
        (Mode::Bw, false) => "black and white",
    };
    let mut parts = vec![sources.iter().map(source).collect::<Vec<_>>().join(", ")];
    if let (Some(least), Some(most)) = (dpi.first(), dpi.last()) {
        parts.push(if least == most { format!("{most} dpi") } else { format!("{least}\u{2013}{most} dpi") });
    }
    parts.push(modes.iter().map(mode).collect::<Vec<_>>().join(", "));
    (format!("{}: {}.", if vi { "Khả năng" } else { "It can do" }, parts.join("; ")), None)
}
