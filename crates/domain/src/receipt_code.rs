//! What the code in the corner of our papers is read back as: it opens the dossier it names.
//!
//! Readers type like keyboards (T-52), so that capitals may be small and a reading may lack its end. Nothing of the text
//! is believed: a code is taken out of it if it has the shape of one, and is then looked for among what is kept.

use crate::code::DossierCode;

/// Marks our own codes and their version ([`crate::Receipt::qr_text`]).
const MARK: &str = "MC1";

/// The longest text that is looked at; a code of a paper has some hundred letters.
const LONGEST: usize = 2_000;

/// The dossier code that the text of a paper's QR code names; none for any other text.
#[must_use]
pub fn dossier_of(text: &str) -> Option<DossierCode> {
    if text.len() > LONGEST {
        return None;
    }
    // Without Enter, two readings run together; the first one says it.
    let line = text
        .split(['\r', '\n', '\t'])
        .map(|line| line.trim_matches(['\u{feff}', ' ']))
        .find(|line| !line.is_empty())?;
    let mut fields = line.split('|');
    let mark = fields.next()?;
    let code = fields.next()?;
    // Closed by a separator, or it may have lost its end.
    fields.next()?;
    mark.eq_ignore_ascii_case(MARK).then(|| DossierCode::read(code))?
}

/// Whether a text may have come off an identity card, whole or torn: it begins with a number, or has a date among its
/// fields. What is neither a card's nor a paper's is somebody else's code, and does nothing here.
#[must_use]
pub fn may_be_card(text: &str) -> bool {
    let fields: Vec<&str> = text.split('|').map(str::trim).collect();
    let digits = |field: &&str| {
        let count = field.bytes().filter(u8::is_ascii_digit).count();
        count >= 6 && field.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/')
    };
    fields.len() >= 3 && fields.iter().any(digits) && !text.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        dossier_of(text).map(|code| code.to_string())
    }

    #[test]
    fn a_papers_code_names_its_dossier_however_the_reader_types() {
        let whole = "MC1|H99.1-261123-0007|1.001193|099199000001|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|Hệ thống|2026-11-23T09:15:00+07:00|2026-11-27T09:15:00+07:00";
        for text in [
            whole.to_owned(),
            format!("\u{feff}{whole}\r\n"),
            whole.to_lowercase(),
            format!("{whole}\n{whole}"),
            "MC1|H99.1-261123-0007|1.00".to_owned(),
        ] {
            assert_eq!(read(&text).as_deref(), Some("H99.1-261123-0007"), "{text}");
        }
        assert_eq!(read("MC1|H99.1-261123-T3F2A-0007|1|2|3|4|5").as_deref(), Some("H99.1-261123-T3F2A-0007"));
        // Ministry systems and the years before 07/2025 (D§3.1).
        for code in ["G09.20-20260609-0092637", "000.00.06.H56-231027-0361", "H15.50.05.13-261008-0975"] {
            assert_eq!(read(&format!("MC1|{code}|")).as_deref(), Some(code));
        }
    }

    // Whoever holds another paper before the reader sees nothing happen.
    #[test]
    fn foreign_texts_name_nothing() {
        for text in [
            "",
            "|",
            "||||",
            "MC1",
            "MC1|",
            "MC1||1.001193|",
            "MC1|H99.1-261123-0007",
            "MC2|H99.1-261123-0007|1.001193|",
            "XMC1|H99.1-261123-0007|",
            "https://example.vn/|H99.1-261123-0007|x",
            "MC1|../../etc/passwd|",
            "MC1|' OR 1=1 --|",
            "MC1|H99.1-261123-0007 OR 1|x",
            "MC1|H99.1-269923-ABCD|",
            "00020101021238540010A00000072701240006970436|x|y",
            "092099000000||NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu|01052021",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&format!("MC1|H99.1-261123-0007|{}", "x".repeat(5_000))), None);
    }

    #[test]
    fn cards_are_told_from_what_others_print() {
        for text in [
            "092099000000||NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu|01052021",
            "92099000000||NGUYỄN VĂN MẪU|01/01/1999|Nam|Số 1",
            "N VĂN MẪU|01011999|Nam|Số 1, đường Mẫu|01052021",
        ] {
            assert!(may_be_card(text), "{text}");
        }
        for text in ["", "||", "a|b|c|d", "WIFI:T:WPA;S:quan|P:ca|x", "https://example.vn/?a=01011999|01011999|x"] {
            assert!(!may_be_card(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_does_harm_and_what_is_named_has_the_shape_of_a_code(text in ".{0,200}", head in "(MC1\\|)?") {
            let text = format!("{head}{text}");
            let _ = may_be_card(&text);
            if let Some(code) = dossier_of(&text) {
                prop_assert!(code.as_str().len() <= 64 && code.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)));
            }
        }
    }
}
