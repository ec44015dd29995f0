//! The QR code of the chip card (CCCD, 2021–2024) and of the identity card (thẻ căn cước, since 07/2024).
//!
//! UTF-8 text, fields parted by `|`: number, old 9-digit number (may be empty), name, birth date,
//! sex, residence, issue date, then what newer cards add (D§6.1, D§6.2). No checksum, no signature:
//! it is a typing aid. The rule here is all or nothing: a text that does not read whole fills no field.
//!
//! Readers type like keyboards, and what lies on the way changes what they type (T-52). Changes that can be undone
//! for certain are undone (Caps Lock, the same card twice); readings that may be two people, or whose letters were
//! replaced by signs, are refused; letters that were merely lost are warned about.

use crate::applicant::Sex;
use crate::fold::{fold, tidy};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// What a card's QR code says (dữ liệu thẻ căn cước).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitizenCard {
    /// Personal identity number, 12 digits (số định danh cá nhân).
    pub number: String,
    /// The older 9-digit number, if the card names one (số CMND).
    pub old_number: Option<String>,
    /// Full name as on the card (họ và tên).
    pub name: String,
    /// Date of birth (ngày sinh).
    pub birth_date: NaiveDate,
    /// Sex (giới tính).
    pub sex: Sex,
    /// Residence (nơi thường trú, nơi cư trú).
    pub address: String,
    /// Date of issue (ngày cấp), missing on a six-field code.
    pub issue_date: Option<NaiveDate>,
    /// Fields after the known ones, kept as they came.
    pub extras: Vec<String>,
    /// What does not fit together; shown to the clerk, never a wall.
    pub warnings: Vec<CardWarning>,
}

/// Something on the card that does not fit together (cảnh báo).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CardWarning {
    /// The first three digits are no province of the 63-code table (D§6.3).
    UnknownProvince,
    /// The century and sex digit disagrees with the sex.
    SexMismatch,
    /// The century digit or the year digits disagree with the date of birth.
    BirthYearMismatch,
    /// The date of issue lies before the date of birth.
    IssuedBeforeBirth,
    /// No date of issue: a six-field code, or one whose end was lost, so the address may be cut.
    NoIssueDate,
    /// Not one Vietnamese letter: the reader dropped the diacritics, or wrote them as Telex keys.
    NoDiacritics,
    /// Digits alone, and neither 12 nor 9 of them: one was lost or doubled.
    NumberLength,
    /// A nine-digit number (CMND), which as a paper ran out at the end of 2024.
    OldNumber,
    /// The century digit is of a century that nobody living was born in.
    CenturyDigit,
}

/// The text is no card's QR code, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a whole identity card code")]
pub struct UnreadableCard;

/// Province codes of identity numbers, frozen since 2025 (D§6.3): numbers already given never change.
const PROVINCES: &[u16] = &[
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

impl CitizenCard {
    /// Reads the text of a card's QR code. `today` refuses births and issues in the future.
    /// The same card read twice in a row is one card; two cards in a row are none.
    ///
    /// # Errors
    /// [`UnreadableCard`] when any of number, name, birth date, sex or address is missing or malformed.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, UnreadableCard> {
        let readings = text.split(['\r', '\n', '\t']).map(|line| line.trim_matches(['\u{feff}', ' ']));
        let mut readings = readings.filter(|reading| !reading.is_empty());
        let reading = readings.next().ok_or(UnreadableCard)?;
        if readings.any(|other| other != reading) {
            return Err(UnreadableCard);
        }
        match Self::parse_one(reading, today) {
            // A reader that sends no Enter runs its readings together.
            Err(UnreadableCard) => match reading.split_at_checked(reading.len() / 2) {
                Some((one, other)) if one == other => Self::parse_one(one, today),
                _ => Err(UnreadableCard),
            },
            card => card,
        }
    }

    fn parse_one(text: &str, today: NaiveDate) -> Result<Self, UnreadableCard> {
        let mut fields: Vec<String> = text.split('|').map(tidy).collect();
        if fields.get(4).is_some_and(|sex| under_caps_lock(sex)) {
            fields.iter_mut().for_each(|field| *field = swapped_case(field));
        }
        let [number, old_number, name, birth_date, sex, address, rest @ ..] = fields.as_slice() else {
            return Err(UnreadableCard);
        };
        let number = digits(number, 12).ok_or(UnreadableCard)?;
        let old_number = match old_number.as_str() {
            "" => None,
            other => Some(digits(other, 9).ok_or(UnreadableCard)?),
        };
        let name = readable_name(name).ok_or(UnreadableCard)?;
        let birth_date = date(birth_date).filter(|date| *date <= today && date.year() >= 1900).ok_or(UnreadableCard)?;
        let sex = read_sex(sex).ok_or(UnreadableCard)?;
        let (issue_date, extras) = match rest {
            [] => (None, &[][..]),
            [issued, extras @ ..] if issued.is_empty() => (None, extras),
            [issued, extras @ ..] => (Some(date(issued).filter(|date| *date <= today).ok_or(UnreadableCard)?), extras),
        };
        let broken = |field: &String| field.chars().any(|c| c == '\u{fffd}' || c.is_control()) || is_garbled(field);
        if address.is_empty() || fields.iter().any(broken) || begins_again(rest) {
            return Err(UnreadableCard);
        }
        let mut card = Self {
            number,
            old_number,
            name,
            birth_date,
            sex,
            address: address.clone(),
            issue_date,
            extras: extras.to_vec(),
            warnings: Vec::new(),
        };
        card.warnings = number_warnings(&card.number, card.birth_date, card.sex);
        if card.issue_date.is_some_and(|issued| issued < card.birth_date) {
            card.warnings.push(CardWarning::IssuedBeforeBirth);
        }
        if card.issue_date.is_none() {
            card.warnings.push(CardWarning::NoIssueDate);
        }
        if fields.iter().all(|field| field.is_ascii()) {
            card.warnings.push(CardWarning::NoDiacritics);
        }
        Ok(card)
    }
}

/// Cards say `Nam` and `Nữ`: a small letter before a capital one was typed under Caps Lock, as was everything else.
fn under_caps_lock(sex: &str) -> bool {
    let mut letters = sex.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.any(char::is_uppercase)
}

fn swapped_case(text: &str) -> String {
    let mut swapped = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_lowercase() {
            swapped.extend(letter.to_uppercase());
        } else {
            swapped.extend(letter.to_lowercase());
        }
    }
    swapped
}

/// `Nam` or `Nữ`, the latter also as the Telex or VNI keys that write it.
fn read_sex(text: &str) -> Option<Sex> {
    let keys = ["nuwx", "nuxw", "nwx", "nu74", "nu47"];
    Sex::from_vietnamese(text).or_else(|| keys.contains(&fold(text).as_str()).then_some(Sex::Female))
}

/// Letters that stand for others: UTF-8 that was taken for Windows-1252, or signs put where letters were.
fn is_garbled(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let question = letters.windows(2).any(|pair| matches!(pair, ['?', other] | [other, '?'] if other.is_alphabetic()));
    question || ["á»", "áº", "Ä‘", "Æ°", "Æ¡", "Ã¡", "Ã©", "Ã´"].iter().any(|pair| text.contains(pair))
}

/// A date and a sex after the sixth field belong to a second card that was read into the first.
fn begins_again(rest: &[String]) -> bool {
    rest.windows(2).any(|pair| date(&pair[0]).is_some() && read_sex(&pair[1]).is_some())
}

/// Holds a 12-digit number against birth date and sex (D§6.3): warnings, because exceptions exist.
#[must_use]
pub fn number_warnings(number: &str, birth_date: NaiveDate, sex: Sex) -> Vec<CardWarning> {
    let mut warnings = Vec::new();
    let part = |range: std::ops::Range<usize>| number.get(range).and_then(|digits| digits.parse::<u16>().ok());
    let (Some(province), Some(century), Some(year)) = (part(0..3), part(3..4), part(4..6)) else { return warnings };
    if !PROVINCES.contains(&province) {
        warnings.push(CardWarning::UnknownProvince);
    }
    let male = century % 2 == 0;
    if (sex == Sex::Male && !male) || (sex == Sex::Female && male) {
        warnings.push(CardWarning::SexMismatch);
    }
    if i32::from(1900 + 100 * (century / 2) + year) != birth_date.year() {
        warnings.push(CardWarning::BirthYearMismatch);
    }
    warnings
}

/// Holds a typed number against what is known beside it; a passport or another paper's number is left alone.
#[must_use]
pub fn typed_warnings(number: &str, birth_date: Option<NaiveDate>, sex: Option<Sex>) -> Vec<CardWarning> {
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    match number.len() {
        12 => {}
        9 => return vec![CardWarning::OldNumber],
        _ => return vec![CardWarning::NumberLength],
    }
    // What is not known is taken as the number says it, and then cannot disagree.
    let digit = u16::from(number.as_bytes()[3] - b'0');
    let said_sex = if digit.is_multiple_of(2) { Sex::Male } else { Sex::Female };
    let said_year = 1900 + 100 * i32::from(digit / 2) + number[4..6].parse::<i32>().unwrap_or_default();
    let said_birth = NaiveDate::from_ymd_opt(said_year, 1, 1).unwrap_or_default();
    let mut warnings = number_warnings(number, birth_date.unwrap_or(said_birth), sex.unwrap_or(said_sex));
    if birth_date.is_none() && digit > 3 {
        warnings.push(CardWarning::CenturyDigit);
    }
    warnings
}

/// Whether a text that a reader typed could be a card at all: enough separators, a number in front.
/// Used to tell a broken reading, which must be reported, from other typing.
#[must_use]
pub fn looks_like_card(text: &str) -> bool {
    text.matches('|').count() >= 2
        && text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with(|c: char| c.is_ascii_digit())
}

fn digits(text: &str, len: usize) -> Option<String> {
    (text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

/// A name has letters and the marks that names have; digits and signs mean a shifted or torn reading.
fn readable_name(text: &str) -> Option<String> {
    let letters = text.chars().all(|c| c.is_alphabetic() || " '-.’".contains(c));
    (letters && fold(text).len() >= 2).then(|| text.to_owned())
}

/// `ddMMyyyy` or `dd/MM/yyyy`.
fn date(text: &str) -> Option<NaiveDate> {
    let compact: String = match text.split('/').collect::<Vec<_>>().as_slice() {
        [whole] => (*whole).to_owned(),
        [day, month, year] if day.len() == 2 && month.len() == 2 => [*day, *month, *year].concat(),
        _ => return None,
    };
    let compact = digits(&compact, 8)?;
    NaiveDate::from_ymd_opt(compact[4..].parse().ok()?, compact[2..4].parse().ok()?, compact[..2].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: &str =
        "099099000000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Số 1, đường Mẫu, phường Mẫu, TP Cần Thơ|01052021";

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn parse(text: &str) -> Result<CitizenCard, UnreadableCard> {
        CitizenCard::parse(text, today())
    }

    // T-52
    #[test]
    fn a_seven_field_card_reads_whole() {
        let card = parse(WHOLE).unwrap();
        assert_eq!(card.number, "099099000000");
        assert_eq!(card.old_number.as_deref(), Some("099000000"));
        assert_eq!(card.name, "NGUYỄN VĂN MẪU");
        assert_eq!(card.birth_date, NaiveDate::from_ymd_opt(1999, 1, 1).unwrap());
        assert_eq!(card.sex, Sex::Male);
        assert_eq!(card.issue_date, NaiveDate::from_ymd_opt(2021, 5, 1));
        assert_eq!(card.warnings, [CardWarning::UnknownProvince], "099 is no province, and that is only a warning");
    }

    // T-52
    #[test]
    fn six_fields_eight_fields_empty_old_number_and_slashed_dates_read() {
        let six = parse("099199000001||TRẦN THỊ MẪU|02/01/1999|nữ|Thôn 1").unwrap();
        assert_eq!((six.issue_date, six.old_number, six.sex), (None, None, Sex::Female));
        let nine = parse("099099000000||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1|01/07/2024|099000000|CHA|MẸ\r\n").unwrap();
        assert_eq!(nine.extras, ["099000000", "CHA", "MẸ"]);
    }

    // T-52
    #[test]
    fn decomposed_text_is_kept_composed() {
        use unicode_normalization::UnicodeNormalization;
        let decomposed: String = WHOLE.nfd().collect();
        assert_eq!(parse(&decomposed).unwrap(), parse(WHOLE).unwrap());
    }

    // T-52
    #[test]
    fn broken_readings_fill_nothing() {
        for text in [
            "",
            "099099000000",
            "0990990000|099000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1|01052021",
            "099099000000|99000000|NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1|01052021",
            "099099000000||NGUYỄN VĂN M\u{fffd}U|01011999|Nam|Thôn 1|01052021",
            "099099000000||NGUY?N VAN MAU|01011999|Nam|Thôn 1|01052021",
            "099099000000||NGUYỄN VĂN MẪU|00011999|Nam|Thôn 1|01052021",
            "099099000000||NGUYỄN VĂN MẪU|01011999|Namm|Thôn 1|01052021",
            "099099000000||NGUYỄN VĂN MẪU|01012999|Nam|Thôn 1|01052021",
            "099099000000||NGUYỄN VĂN MẪU|01011999|Nam||01052021",
            "099099000000||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1|0105",
            "|||||||||",
        ] {
            assert_eq!(parse(text), Err(UnreadableCard), "{text}");
        }
    }

    #[test]
    fn numbers_are_held_against_sex_and_year() {
        let born = NaiveDate::from_ymd_opt(2003, 4, 5).unwrap();
        assert_eq!(number_warnings("092203000000", born, Sex::Male), []);
        assert_eq!(number_warnings("092303000000", born, Sex::Male), [CardWarning::SexMismatch]);
        assert_eq!(number_warnings("092003000000", born, Sex::Male), [CardWarning::BirthYearMismatch]);
    }

    /// D§6.3: a typed number is checked as far as what stands beside it goes.
    #[test]
    fn a_typed_number_is_held_against_what_is_known() {
        use CardWarning::{BirthYearMismatch, CenturyDigit, NumberLength, OldNumber, SexMismatch, UnknownProvince};
        let born = NaiveDate::from_ymd_opt(2003, 4, 5);
        let (man, woman) = (Some(Sex::Male), Some(Sex::Female));
        for (number, birth, sex, expected) in [
            ("", born, man, vec![]),
            ("092203000000", born, man, vec![]),
            ("092203000000", None, None, vec![]),
            ("099203000000", None, None, vec![UnknownProvince]),
            ("092203000000", None, woman, vec![SexMismatch]),
            ("092203000000", NaiveDate::from_ymd_opt(2004, 4, 5), None, vec![BirthYearMismatch]),
            ("092403000000", None, None, vec![CenturyDigit]),
            ("092403000000", born, man, vec![BirthYearMismatch]),
            ("09220300000", born, man, vec![NumberLength]),
            ("0922030000000", None, None, vec![NumberLength]),
            ("123456789", born, man, vec![OldNumber]),
            ("B1234567", born, man, vec![]),
        ] {
            assert_eq!(typed_warnings(number, birth, sex), expected, "{number}");
        }
    }

    proptest! {
        // T-52: a reader that loses characters at the end must never half-fill.
        #[test]
        fn a_truncated_reading_is_refused_or_lacks_only_its_tail(cut in 0usize..=WHOLE.len()) {
            prop_assume!(WHOLE.is_char_boundary(cut));
            if let Ok(card) = parse(&WHOLE[..cut]) {
                prop_assert_eq!(card.name, "NGUYỄN VĂN MẪU");
                prop_assert!(cut == WHOLE.len() || card.warnings.contains(&CardWarning::NoIssueDate));
            }
        }

        #[test]
        fn any_text_is_answered_without_a_panic(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
