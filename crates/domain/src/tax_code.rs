//! Tax codes (mã số thuế, MST): ten digits with a check digit, a branch behind them, or a person's own number.
//!
//! A mistyped digit puts a fee receipt on somebody else's name, and the check digit catches it (D§6.4). Since
//! 01/7/2025 persons and household businesses use the 12-digit personal number (TT 86/2024/TT-BTC), which has none.

use crate::applicant::normalized_phone;
use crate::fold::tidy;
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

/// An organization that hands in a dossier (tổ chức nộp hồ sơ). Every field may still be empty in a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// Full name (tên tổ chức).
    pub name: String,
    /// Tax code as typed (mã số thuế), the enterprise code too (mã số doanh nghiệp).
    pub tax_code: String,
    /// Head office (trụ sở).
    pub address: String,
    /// Who came for it (người đại diện hoặc được ủy quyền).
    pub representative: String,
    /// That person's identity number (số định danh).
    pub representative_id: String,
    /// That person's position, or `được ủy quyền` (chức vụ).
    pub position: String,
    /// Telephone (số điện thoại).
    pub phone: String,
}

/// A field of an organization, so that a message can point at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationField {
    /// Name.
    Name,
    /// Tax code.
    TaxCode,
    /// Head office.
    Address,
    /// Who came.
    Representative,
    /// That person's identity number.
    RepresentativeId,
}

/// What does not fit, shown beside the field; an old paper may be right where the program is not, so never a wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationWarning {
    /// The tax code has another shape.
    TaxCodeShape,
    /// A digit of the tax code was mistyped.
    TaxCodeCheckDigit,
    /// The tax code is a person's, as of a household business (hộ kinh doanh), not an organization's.
    TaxCodeOfPerson,
    /// The representative's number is no 12-digit personal number; a foreigner's passport is none either.
    RepresentativeId,
}

impl Organization {
    /// The same with every field in one form: text tidied, tax code and telephone as they are printed.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let tax_code = self.tax_code.parse().map_or_else(|_| tidy(&self.tax_code), |code: TaxCode| code.0);
        Self {
            name: tidy(&self.name),
            tax_code,
            address: tidy(&self.address),
            representative: tidy(&self.representative),
            representative_id: tidy(&self.representative_id),
            position: tidy(&self.position),
            phone: normalized_phone(&self.phone),
        }
    }

    /// The fields that acceptance needs and that are still empty.
    #[must_use]
    pub fn missing(&self) -> Vec<OrganizationField> {
        use OrganizationField as Field;
        [
            (&self.name, Field::Name),
            (&self.tax_code, Field::TaxCode),
            (&self.address, Field::Address),
            (&self.representative, Field::Representative),
            (&self.representative_id, Field::RepresentativeId),
        ]
        .into_iter()
        .filter(|(text, _)| text.trim().is_empty())
        .map(|(_, field)| field)
        .collect()
    }

    /// What is filled in and does not fit.
    #[must_use]
    pub fn warnings(&self) -> Vec<OrganizationWarning> {
        use OrganizationWarning as Warning;
        let mut warnings = Vec::new();
        if !self.tax_code.trim().is_empty() {
            warnings.extend(match self.tax_code.parse::<TaxCode>().map(|code| code.kind()) {
                Ok(TaxCodeKind::Main | TaxCodeKind::Branch) => None,
                Ok(TaxCodeKind::Person) => Some(Warning::TaxCodeOfPerson),
                Err(BadTaxCode::Shape) => Some(Warning::TaxCodeShape),
                Err(BadTaxCode::CheckDigit) => Some(Warning::TaxCodeCheckDigit),
            });
        }
        let id = self.representative_id.trim();
        if !id.is_empty() && (id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit())) {
            warnings.push(Warning::RepresentativeId);
        }
        warnings
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

    fn organization() -> Organization {
        Organization {
            name: "  Công ty  Mẫu ".into(),
            tax_code: "0100233488 001".into(),
            address: "Số 1, phường Mẫu".into(),
            representative: "NGUYỄN VĂN MẪU".into(),
            representative_id: "099099000000".into(),
            position: "được ủy quyền".into(),
            phone: "+84 912 345 678".into(),
        }
    }

    #[test]
    fn an_organization_is_tidied_and_whole() {
        let tidied = organization().tidied();
        assert_eq!((tidied.name.as_str(), tidied.tax_code.as_str()), ("Công ty Mẫu", "0100233488-001"));
        assert_eq!(tidied.phone, "0912345678");
        assert_eq!((tidied.missing(), tidied.warnings()), (vec![], vec![]));
    }

    #[test]
    fn an_organization_is_warned_about_and_never_walled() {
        use OrganizationWarning as Warning;
        for (tax_code, id, expected) in [
            ("", "", vec![]),
            ("0100233489", "099099000000", vec![Warning::TaxCodeCheckDigit]),
            ("1234", "099099000000", vec![Warning::TaxCodeShape]),
            ("099099000000", "099099000000", vec![Warning::TaxCodeOfPerson]),
            ("0100233488", "B1234567", vec![Warning::RepresentativeId]),
        ] {
            let (tax_code, representative_id) = (tax_code.to_owned(), id.to_owned());
            assert_eq!(Organization { tax_code, representative_id, ..organization() }.warnings(), expected);
        }
        assert_eq!(Organization { tax_code: "x y".into(), ..organization() }.tidied().tax_code, "x y", "kept as typed");
        assert_eq!(Organization::default().missing().len(), 5);
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
