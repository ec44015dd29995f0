//! Tax codes (mã số thuế, MST): ten digits with a check digit, a branch behind them, or a person's own number.
//!
//! A mistyped digit puts a fee receipt on somebody else's name, and the check digit catches it (D§6.4). Since
//! 01/7/2025 persons and household businesses use the 12-digit personal number (TT 86/2024/TT-BTC), which has none.

use serde::{Deserialize, Serialize};

/// A tax code that keeps the rules (mã số thuế).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxCode(String);

/// Whose code it is, as far as its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum TaxCodeKind {
    /// Ten digits: an organization, or a person from before 07/2025 (tổ chức, người nộp thuế).
    Main,
    /// Ten digits and three: a branch or dependent unit (chi nhánh, đơn vị phụ thuộc).
    Branch,
    /// Twelve digits: a person or a household business (cá nhân, hộ kinh doanh).
    Person,
}

/// A text that is no tax code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum BadTaxCode {
    /// Not 10, 10 and 3, or 12 digits.
    #[error("a tax code has 10 digits, 10 and 3 digits, or 12 digits")]
    Shape,
    /// The tenth digit does not follow from the nine before it: one was mistyped.
    #[error("the check digit of the tax code does not fit")]
    CheckDigit,
}

/// Weights of the first nine digits (D§6.4).
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

impl std::str::FromStr for TaxCode {
    type Err = BadTaxCode;

    /// Reads a code as it is typed or copied, with spaces and points; a branch may come without its dash.
    fn from_str(text: &str) -> Result<Self, BadTaxCode> {
        let code: String = text.chars().filter(|sign| !" .\u{a0}".contains(*sign)).collect();
        let digits = code.replacen('-', "", 1);
        let dash_fits = code.find('-').is_none_or(|at| at == 10 && digits.len() == 13);
        if !dash_fits || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BadTaxCode::Shape);
        }
        match digits.len() {
            12 => Ok(Self(digits)),
            10 | 13 if !check_digit_fits(&digits) => Err(BadTaxCode::CheckDigit),
            10 => Ok(Self(digits)),
            13 if !digits.ends_with("000") => Ok(Self(format!("{}-{}", &digits[..10], &digits[10..]))),
            _ => Err(BadTaxCode::Shape),
        }
    }
}

/// d₁₀ = 10 − (Σ dᵢ·wᵢ mod 11). Where that is 10, no number was given out.
fn check_digit_fits(digits: &str) -> bool {
    let mut values = digits.chars().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = WEIGHTS.iter().zip(values.by_ref()).map(|(weight, digit)| weight * digit).sum();
    values.next() == Some(10 - sum % 11)
}

impl TaxCode {
    /// The code as it is printed, a branch with its dash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose it is, as far as its shape tells.
    #[must_use]
    pub fn kind(&self) -> TaxCodeKind {
        match self.0.len() {
            10 => TaxCodeKind::Main,
            12 => TaxCodeKind::Person,
            _ => TaxCodeKind::Branch,
        }
    }
}

impl std::fmt::Display for TaxCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TaxCode {
    type Error = BadTaxCode;
    fn try_from(text: String) -> Result<Self, BadTaxCode> {
        text.parse()
    }
}

impl From<TaxCode> for String {
    fn from(code: TaxCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_read_in_every_way_they_are_written() {
        use TaxCodeKind::{Branch, Main, Person};
        for (typed, kept, kind) in [
            ("0100233488", "0100233488", Main),
            (" 01.00233488 ", "0100233488", Main),
            ("0100233488-001", "0100233488-001", Branch),
            ("0100233488 - 001", "0100233488-001", Branch),
            ("0100233488001", "0100233488-001", Branch),
            ("099099000000", "099099000000", Person),
        ] {
            let code: TaxCode = typed.parse().unwrap();
            assert_eq!((code.as_str(), code.kind()), (kept, kind), "{typed}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (typed, why) in [
            ("0100233489", BadTaxCode::CheckDigit),
            ("1000233488", BadTaxCode::CheckDigit),
            ("0100233498-001", BadTaxCode::CheckDigit),
            ("0100233488-000", BadTaxCode::Shape),
            ("0100233488-01", BadTaxCode::Shape),
            ("010023348-8001", BadTaxCode::Shape),
            ("0100233488--001", BadTaxCode::Shape),
            ("-0100233488", BadTaxCode::Shape),
            ("0990-99000000", BadTaxCode::Shape),
            ("010023348", BadTaxCode::Shape),
            ("01002334881", BadTaxCode::Shape),
            ("0100233488a", BadTaxCode::Shape),
            ("٠١٠٠٢٣٣٤٨٨", BadTaxCode::Shape),
            ("", BadTaxCode::Shape),
        ] {
            assert_eq!(typed.parse::<TaxCode>(), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_number_whose_check_would_be_ten_was_never_given_out() {
        // All noughts: the sum is 0 and the tenth digit would be 10.
        for last in 0..10 {
            assert!(format!("000000000{last}").parse::<TaxCode>().is_err());
        }
    }

    #[test]
    fn codes_pass_through_json_checked() {
        let code: TaxCode = serde_json::from_str("\"0100233488001\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"0100233488-001\"");
        assert!(serde_json::from_str::<TaxCode>("\"0100233480\"").is_err());
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_or_two_swapped_neighbors_are_caught(
            nine in "[0-9]{9}", at in 0usize..10, by in 1u8..10,
        ) {
            let sum: u32 = WEIGHTS.iter().zip(nine.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
            prop_assume!(!sum.is_multiple_of(11));
            let whole = format!("{nine}{}", 10 - sum % 11);
            prop_assert!(whole.parse::<TaxCode>().is_ok());
            let mut wrong = whole.clone().into_bytes();
            wrong[at] = (wrong[at] - b'0' + by) % 10 + b'0';
            prop_assert!(String::from_utf8(wrong).unwrap().parse::<TaxCode>().is_err());
            if at < 8 {
                let mut swapped = whole.clone().into_bytes();
                swapped.swap(at, at + 1);
                let swapped = String::from_utf8(swapped).unwrap();
                prop_assert_eq!(swapped.parse::<TaxCode>().is_ok(), swapped == whole);
            }
        }

        #[test]
        fn any_text_is_answered_without_a_panic(text in any::<String>()) {
            let _ = text.parse::<TaxCode>();
        }
    }
}
