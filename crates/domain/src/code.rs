//! Codes that people read: the agency's and the dossier's (D§3.1, D§3.2).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A text that breaks the shape of its code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a code of this kind")]
pub struct BadCode(pub String);

/// Agency code (mã định danh cơ quan, QĐ 20/2020/QĐ-TTg): a letter and two digits, then groups after dots, at most 35 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfficeCode(String);

impl OfficeCode {
    /// The code as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for OfficeCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let text = text.trim();
        let mut groups = text.split('.');
        let first = groups.next().unwrap_or_default().as_bytes();
        let first_ok =
            matches!(first, [letter, a, b] if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit());
        let rest_ok = groups.all(|group| {
            !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        });
        if first_ok && rest_ok && text.len() <= 35 { Ok(Self(text.to_owned())) } else { Err(BadCode(text.to_owned())) }
    }
}

impl TryFrom<String> for OfficeCode {
    type Error = BadCode;
    fn try_from(text: String) -> Result<Self, BadCode> {
        text.parse()
    }
}

impl From<OfficeCode> for String {
    fn from(code: OfficeCode) -> Self {
        code.0
    }
}

impl std::fmt::Display for OfficeCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Dossier code (mã số hồ sơ): agency, day, number in the day (NĐ 61/2018 art 26, TT 01/2018 art 19).
///
/// A provisional code (mã tạm) has the same shape with `T` and the station's tag before the number,
/// so that it can never equal an official one: `H99.1-261123-T3F2A-0007`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DossierCode(String);

impl DossierCode {
    /// The official code of the `number`-th dossier of `office` on `day`, at least four digits.
    #[must_use]
    pub fn official(office: &OfficeCode, day: NaiveDate, number: u32) -> Self {
        Self(format!("{office}-{}-{number:04}", yymmdd(day)))
    }

    /// A code for a station that has no leased number left. `station_tag` is four hex digits of the station's id.
    #[must_use]
    pub fn provisional(office: &OfficeCode, day: NaiveDate, station_tag: &str, number: u32) -> Self {
        Self(format!("{office}-{}-T{station_tag}-{number:04}", yymmdd(day)))
    }

    /// Reads a code that somebody typed or that a paper shows, of whatever system (D§3.1): agency, day of six or eight
    /// digits, number of four to seven. Small letters are taken for capitals.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 64 || !text.is_ascii() {
            return None;
        }
        let text = text.to_ascii_uppercase();
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |text: &str, lengths: &[usize]| {
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let tag = |text: &str| {
            text.len() == 5 && text.starts_with('T') && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
        };
        let (office, day, number) = match parts[..] {
            [office, day, number] => (office, day, number),
            [office, day, station, number] if tag(station) => (office, day, number),
            _ => return None,
        };
        let known = agency(office) && digits(day, &[6, 8]) && digits(number, &[4, 5, 6, 7]);
        known.then_some(Self(text))
    }

    /// Takes a code that the store or the central system wrote.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The code as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for DossierCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code of QĐ 20/2020, or one of the years before it, which ends in the letter and two digits (QCVN 102:2016).
fn agency(text: &str) -> bool {
    let groups: Vec<&str> = text.split('.').collect();
    let old = |groups: &[&str]| {
        let numbers = groups
            .iter()
            .all(|group| (2..=3).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit()));
        groups.len() == 3 && numbers
    };
    match groups.split_last() {
        Some((last, before)) if old(before) => last.parse::<OfficeCode>().is_ok(),
        _ => text.parse::<OfficeCode>().is_ok(),
    }
}

fn yymmdd(day: NaiveDate) -> String {
    format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_codes_follow_decision_20_of_2020() {
        for good in ["H56", "H99.1", "H15.50.05.13", "G09.20", "H55.242"] {
            assert!(good.parse::<OfficeCode>().is_ok(), "{good}");
        }
        for bad in ["", "56", "H5", "h56", "H56.", "H56..1", "H56.a", "H561", &format!("H56.{}", "1".repeat(40))] {
            assert!(bad.parse::<OfficeCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn dossier_codes_read_as_the_circular_writes_them() {
        let office = "H99.1".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(DossierCode::official(&office, day, 7).as_str(), "H99.1-261123-0007");
        assert_eq!(DossierCode::official(&office, day, 12_345).as_str(), "H99.1-261123-12345");
        assert_eq!(DossierCode::provisional(&office, day, "3F2A", 7).as_str(), "H99.1-261123-T3F2A-0007");
    }
}
