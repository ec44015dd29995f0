//! What a reader's bytes mean. The codes hold UTF-8; readers that were set up for a Vietnamese Windows send its code page. Pure.

use encoding_rs::WINDOWS_1258;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a reader's bytes are (bảng mã của đầu đọc).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ReaderEncoding")]
pub enum Encoding {
    /// Told by the bytes.
    #[default]
    Auto,
    /// UTF-8.
    Utf8,
    /// The Vietnamese code page of Windows.
    Cp1258,
}

/// The text of a reading. Bytes that cannot be what they are said to be become U+FFFD, by which the card's parser refuses them.
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let utf8 = || String::from_utf8_lossy(bytes).into_owned();
    // Base letters and marks of their own; whoever reads the text composes them.
    let cp1258 = || WINDOWS_1258.decode_without_bom_handling(bytes).0.into_owned();
    match encoding {
        Encoding::Utf8 => utf8(),
        Encoding::Cp1258 => cp1258(),
        Encoding::Auto if std::str::from_utf8(bytes).is_ok() || is_torn_utf8(bytes) => utf8(),
        Encoding::Auto => cp1258(),
    }
}

/// UTF-8 of which a byte was lost: most of its letters beyond ASCII are still whole. A code page has hardly a pair of bytes
/// that is a letter of UTF-8 too.
fn is_torn_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu, Đà Nẵng|02052021";

    /// `NGUYỄN VĂN Mẫu, Đường` as a Vietnamese Windows writes it.
    const CP1258: &[u8] = b"NGUY\xCA\xDEN V\xC3N M\xE2\xDEu, \xD0\xFD\xF5\xCCng";

    #[test]
    fn bytes_say_what_they_are() {
        assert_eq!(decode(CARD.as_bytes(), Encoding::Auto), CARD);
        let letters = "NGUYÊ\u{303}N VĂN Mâ\u{303}u, Đươ\u{300}ng";
        assert_eq!(decode(CP1258, Encoding::Auto), letters);
        assert_eq!(decode(CP1258, Encoding::Cp1258), letters);
        assert_eq!(decode(b"plain", Encoding::Auto), "plain");
    }

    /// A reading that lost a byte must not turn into other letters.
    #[test]
    fn a_torn_reading_is_not_taken_for_another_code_page() {
        let mut torn = CARD.as_bytes().to_vec();
        let at = torn.iter().position(|byte| !byte.is_ascii()).unwrap();
        torn.remove(at);
        assert!(decode(&torn, Encoding::Auto).contains('\u{fffd}'));
        assert!(decode(CP1258, Encoding::Utf8).contains('\u{fffd}'), "set up for the other");
    }
}
