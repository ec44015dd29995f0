//! Reads dossier codes back: which day and number an official one holds, which day a provisional one.

use chrono::NaiveDate;
use domain::{DossierCode, OfficeCode};

/// Numbers end here, so that no sum with a block's size can overflow and a code stays short.
pub(crate) const LARGEST_NUMBER: u32 = 9_999_999;

/// The day and number of an official code of `office`; nothing when it is written in any other way.
pub(crate) fn official(code: &DossierCode, office: &OfficeCode) -> Option<(NaiveDate, u32)> {
    let (day, number) = split(code, office)?;
    let day = day_of(day)?;
    let number = number.parse().ok().filter(|number| (1..=LARGEST_NUMBER).contains(number))?;
    // Written again it must be the same text: `+7` and `00007` are other codes on paper.
    (DossierCode::official(office, day, number) == *code).then_some((day, number))
}

/// The day of a provisional code of `office`.
pub(crate) fn provisional(code: &DossierCode, office: &OfficeCode) -> Option<NaiveDate> {
    let (day, rest) = split(code, office)?;
    let (tag, number) = rest.strip_prefix('T')?.split_once('-')?;
    let plain = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (plain(tag) && plain(number)).then(|| day_of(day)).flatten()
}

fn split<'a>(code: &'a DossierCode, office: &OfficeCode) -> Option<(&'a str, &'a str)> {
    code.as_str().strip_prefix(office.as_str())?.strip_prefix('-')?.split_once('-')
}

fn day_of(text: &str) -> Option<NaiveDate> {
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(2000 + i32::try_from(part(0..2)?).ok()?, part(2..4)?, part(4..6)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        let office: OfficeCode = "H99.1".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for number in [1, 7, 9_999, 12_345] {
            let code = DossierCode::official(&office, day, number);
            assert_eq!(official(&code, &office), Some((day, number)));
            assert_eq!(provisional(&code, &office), None, "an official code is not provisional");
        }
        let code = DossierCode::provisional(&office, day, "3F2A", 7);
        assert_eq!(provisional(&code, &office), Some(day));
        assert_eq!(official(&code, &office), None, "a provisional code is never official");
    }

    #[test]
    fn other_texts_are_no_codes() {
        let office: OfficeCode = "H99.1".parse().unwrap();
        for text in [
            "",
            "H99.1",
            "H99.1--",
            "H99.1-261123",
            "H99.1-261123-0000",
            "H99.1-261123-00007",
            "H99.1-261123-+007",
            "H99.1-261123-7",
            "H99.1-261323-0007",
            "H99.1-2611đ-0007",
            "H99.10-261123-0007",
            "H99.2-261123-0007",
            "H99.1-261123-99999999",
            "H99.1-261123-T-0007",
            "H99.1-261123-T3F2A-",
        ] {
            let code = DossierCode::from_stored(text.into());
            assert_eq!(official(&code, &office), None, "{text}");
            assert_eq!(provisional(&code, &office), None, "{text}");
        }
    }
}
