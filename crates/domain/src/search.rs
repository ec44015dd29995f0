//! What is typed to find a dossier, taken apart: words, and the day or days on which it was received.
//!
//! A number written with blanks or dots between its digits is one word, since people read numbers off in groups.

use crate::applicant::normalized_phone;
use chrono::{Datelike, Months, NaiveDate};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words of a name, a number, a code; every one of them has to be there.
    pub words: String,
    /// The first and the last day of receipt.
    pub received: Option<(NaiveDate, NaiveDate)>,
}

/// Digits that make a telephone or identity number when they stand in groups.
const NUMBER: std::ops::RangeInclusive<usize> = 9..=13;

impl Query {
    /// Takes `text` apart. A day without a year is the last such day up to `today`: `23/11`, `23/11/2026`, `11/2026`.
    #[must_use]
    pub fn parse(text: &str, today: NaiveDate) -> Self {
        let mut query = Self::default();
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match days(word, today) {
                Some(days) if query.received.is_none() => query.received = Some(days),
                _ => words.push(word.to_owned()),
            }
        }
        query.words = joined(&words).join(" ");
        query
    }
}

/// Words, with a number that was written in groups put together again.
fn joined(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let group = |word: &&String| word.chars().all(|c| c.is_ascii_digit() || ".-()+".contains(c));
        let count = rest.iter().take_while(group).count();
        let together: String = rest[..count].concat();
        let phone = normalized_phone(&together);
        let number: String = phone.chars().filter(char::is_ascii_digit).collect();
        let lone = count == 1 && !first.contains(['.', '+', '(']);
        // Both kinds begin with nought; the groups of a code do not.
        if count > 0 && !lone && number.starts_with('0') && NUMBER.contains(&number.len()) {
            out.push(number);
            rest = &rest[count..];
        } else {
            out.push(first.clone());
            rest = after;
        }
    }
    out
}

fn days(word: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let parts: Vec<&str> = word.split('/').collect();
    let number = |text: &str, most: usize| -> Option<u32> {
        let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    let year = |text: &str| number(text, 4).filter(|_| text.len() == 4).and_then(|year| i32::try_from(year).ok());
    match parts[..] {
        [day, month, full] => {
            let day = NaiveDate::from_ymd_opt(year(full)?, number(month, 2)?, number(day, 2)?)?;
            Some((day, day))
        }
        [month, full] if full.len() == 4 => {
            let first = NaiveDate::from_ymd_opt(year(full)?, number(month, 2)?, 1)?;
            Some((first, (first + Months::new(1)).pred_opt()?))
        }
        [day, month] => {
            let (day, month) = (number(day, 2)?, number(month, 2)?);
            // 29/02 was in a leap year.
            let day = (0..8).filter_map(|back| NaiveDate::from_ymd_opt(today.year() - back, month, day));
            let day = day.into_iter().find(|day| *day <= today)?;
            Some((day, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn words_and_days_are_told_apart() {
        for (typed, words, days) in [
            ("nguyen 23/11", "nguyen", Some(("2026-11-23", "2026-11-23"))),
            ("23/11/2025 Trần  Văn", "Trần Văn", Some(("2025-11-23", "2025-11-23"))),
            ("24/12", "", Some(("2025-12-24", "2025-12-24"))),
            ("29/2", "", Some(("2024-02-29", "2024-02-29"))),
            ("10/2026", "", Some(("2026-10-01", "2026-10-31"))),
            ("31/2 le", "31/2 le", None),
            ("12/3/26", "12/3/26", None),
            ("H99.1-261123-0012", "H99.1-261123-0012", None),
            ("0912 345 678", "0912345678", None),
            ("+84 912.345.678", "0912345678", None),
            ("099199 000001 hoa", "099199000001 hoa", None),
            ("0099.199.0000", "00991990000", None),
            ("261123 0001", "261123 0001", None),
            ("hoa 12 34", "hoa 12 34", None),
            ("099", "099", None),
            ("", "", None),
        ] {
            let query = Query::parse(typed, day("2026-11-24"));
            assert_eq!(query.words, words, "{typed}");
            assert_eq!(query.received, days.map(|(from, to)| (day(from), day(to))), "{typed}");
        }
    }
}
