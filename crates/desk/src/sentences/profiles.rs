//! What is told of a scan profile that could not be kept to: what differs, and what to do about it.

use crate::view::Locale;
use devices::{Mode, Shortfall, Size, Source};

/// A clerk took another profile, and the paper's own is locked.
pub(crate) fn profile_locked(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Vi => format!("Giấy tờ này quét theo kiểu «{name}» do phụ trách khóa."),
        Locale::En => format!("This paper is scanned with “{name}”, which the supervisor locked."),
    }
}

/// The scanner that the profile is for does not answer.
pub(crate) fn profile_elsewhere(locale: Locale) -> String {
    match locale {
        Locale::Vi => {
            "Máy quét của kiểu này không trả lời; đã dùng máy đang chọn. Xem lại ảnh trước khi tiếp nhận.".into()
        }
        Locale::En => {
            "The scanner of this profile does not answer; the chosen one was used. Look at the pages before you accept."
                .into()
        }
    }
}

/// The feeder was empty, and the glass was scanned.
pub(crate) fn from_glass(locale: Locale) -> String {
    match locale {
        Locale::Vi => "Khay nạp trống: đã quét tờ trên mặt kính.".into(),
        Locale::En => "The feeder was empty: the sheet on the glass was scanned.".into(),
    }
}

/// What the scanner cannot do of it.
pub(crate) fn shortfall(short: Shortfall, locale: Locale) -> String {
    match (short, locale) {
        (Shortfall::Source { wanted: Source::Duplex, .. }, Locale::Vi) => {
            "Máy quét không quét được hai mặt: chỉ có mặt trước. Lật giấy và quét tiếp mặt sau.".into()
        }
        (Shortfall::Source { wanted: Source::Duplex, .. }, Locale::En) => {
            "The scanner cannot scan both sides: only the fronts came. Turn the paper over and scan the backs.".into()
        }
        (Shortfall::Source { .. }, Locale::Vi) => "Máy quét không có khay nạp: quét từng tờ trên mặt kính.".into(),
        (Shortfall::Source { .. }, Locale::En) => "The scanner has no feeder: scan sheet by sheet on the glass.".into(),
        (Shortfall::Dpi { wanted, used }, Locale::Vi) => format!("Máy không có {wanted} dpi; đã quét {used} dpi."),
        (Shortfall::Dpi { wanted, used }, Locale::En) => {
            format!("The scanner has no {wanted} dpi; it scanned at {used} dpi.")
        }
        (Shortfall::Mode { wanted, used }, Locale::Vi) => {
            format!("Máy không quét {}; đã quét {}.", mode(wanted, true), mode(used, true))
        }
        (Shortfall::Mode { wanted, used }, Locale::En) => {
            format!("The scanner does not scan in {}; it scanned in {}.", mode(wanted, false), mode(used, false))
        }
        (Shortfall::Size { wanted }, Locale::Vi) => {
            format!("Máy không đặt được khổ {}; xem mép ảnh có bị cắt không.", size(wanted))
        }
        (Shortfall::Size { wanted }, Locale::En) => {
            format!("The scanner cannot be set to {}; look whether the edges are cut.", size(wanted))
        }
    }
}

fn mode(mode: Mode, vietnamese: bool) -> &'static str {
    match (mode, vietnamese) {
        (Mode::Color, true) => "màu",
        (Mode::Gray, true) => "xám",
        (Mode::Bw, true) => "đen trắng",
        (Mode::Color, false) => "color",
        (Mode::Gray, false) => "gray",
        (Mode::Bw, false) => "black and white",
    }
}

fn size(size: Size) -> &'static str {
    match size {
        Size::A3 => "A3",
        Size::A4 => "A4",
        Size::A5 => "A5",
    }
}
