//! What a procedure asks for beside papers (biểu mẫu khai theo thủ tục, C5): fields declared in the catalogue, and what was
//! told. Whatever is missing or does not fit is a warning and no wall: the counter receives papers, not forms.

use crate::citizen_card::typed_warnings;
use crate::procedure::Case;
use crate::{Dossier, Procedure};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is told, by the field's key.
pub type Answers = BTreeMap<String, String>;

/// Fields of one procedure; more is no form that anybody fills in standing.
pub const MOST_FIELDS: usize = 60;
/// Letters of an answer.
pub const LONGEST: usize = 1_000;

/// One declared field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSpec {
    /// Names it within the procedure, over versions too.
    pub key: String,
    /// What the clerk reads.
    pub label: String,
    /// What is asked for.
    #[serde(default)]
    pub kind: FieldKind,
    /// Of a choice: what there is to choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Whether it is missed where it is empty.
    #[serde(default)]
    pub required: bool,
    /// Ids of the cases that ask for it; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<String>,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words (chữ).
    #[default]
    Text,
    /// A number (số).
    Number,
    /// A day (ngày).
    Date,
    /// One of several (chọn một).
    Choice,
    /// The number of an identity card (số định danh cá nhân).
    CitizenNumber,
}

/// What does not fit about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldWarning {
    /// It is asked for and empty.
    Missing,
    /// No number.
    NotANumber,
    /// No day there is.
    NotADate,
    /// None of what there is to choose.
    NotAChoice,
    /// No number of an identity card, or of no province or century there is.
    NotACitizenNumber,
}

/// A field with what was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// What is asked for.
    pub spec: &'a FieldSpec,
    /// What was told; empty for nothing.
    pub value: &'a str,
    /// What does not fit.
    pub warning: Option<FieldWarning>,
}

impl FieldSpec {
    /// What no catalogue of ours may hold.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let text = |text: &str| !text.trim().is_empty() && text.len() <= 1_000 && !text.contains('\0');
        let options = self.options.len() <= 200 && self.options.iter().all(|option| text(option));
        !self.key.is_empty()
            && self.key.len() <= 60
            && self.key.bytes().all(key)
            && text(&self.label)
            && options
            && (self.kind == FieldKind::Choice) != self.options.is_empty()
    }

    /// What was typed, as it is kept: a day and a number of a card in one form where they read; anything else as it is.
    #[must_use]
    pub fn tidied(&self, typed: &str) -> String {
        let typed: String = typed.chars().filter(|c| *c != '\0').take(LONGEST).collect();
        let text = crate::fold::tidy(&typed);
        match self.kind {
            FieldKind::Date => day(&text).map_or(text, |day| day.to_string()),
            FieldKind::CitizenNumber => {
                let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
                if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { text }
            }
            FieldKind::Text | FieldKind::Number | FieldKind::Choice => text,
        }
    }

    /// What does not fit about an answer.
    #[must_use]
    pub fn warning(&self, value: &str) -> Option<FieldWarning> {
        if value.trim().is_empty() {
            return self.required.then_some(FieldWarning::Missing);
        }
        match self.kind {
            FieldKind::Text => None,
            FieldKind::Number => (!is_number(value)).then_some(FieldWarning::NotANumber),
            FieldKind::Date => day(value).is_none().then_some(FieldWarning::NotADate),
            FieldKind::Choice => (!self.options.iter().any(|one| one == value)).then_some(FieldWarning::NotAChoice),
            FieldKind::CitizenNumber => {
                let digits = value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
                let fits = digits && typed_warnings(value, None, None).is_empty();
                (!fits).then_some(FieldWarning::NotACitizenNumber)
            }
        }
    }

    /// An answer as people read it: a day with its day first.
    #[must_use]
    pub fn shown(&self, value: &str) -> String {
        match (self.kind, value.parse::<NaiveDate>()) {
            (FieldKind::Date, Ok(day)) => day.format("%d/%m/%Y").to_string(),
            _ => value.to_owned(),
        }
    }
}

impl Procedure {
    /// The fields that `case` asks for, in order.
    pub fn fields_of(&self, case: &Case) -> impl Iterator<Item = &FieldSpec> {
        self.fields.iter().filter(move |spec| spec.cases.is_empty() || spec.cases.contains(&case.id))
    }
}

impl Dossier {
    /// What the chosen case asks for beside papers, with what was told.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked<'_>> {
        let (Some(procedure), Some(case)) = (&self.procedure, self.chosen_case()) else { return Vec::new() };
        let told = |spec: &FieldSpec| self.answers.get(&spec.key).map_or("", String::as_str);
        let asked = procedure.fields_of(case).map(|spec| (spec, told(spec)));
        asked.map(|(spec, value)| Asked { spec, value, warning: spec.warning(value) }).collect()
    }

    /// Keeps an answer; an empty one is none. False where the procedure asks for nothing of that key.
    pub fn answer(&mut self, key: &str, typed: &str) -> bool {
        let Some(spec) = self.procedure.as_ref().and_then(|one| one.fields.iter().find(|spec| spec.key == key)) else {
            return false;
        };
        let value = spec.tidied(typed);
        if value.is_empty() {
            self.answers.remove(key);
        } else {
            self.answers.insert(key.to_owned(), value);
        }
        true
    }
}

/// `2.000`, `2000` and `1,5`: points part thousands, a comma what is less than one.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once(',').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split('.');
    let first = groups.next().is_some_and(digits);
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || whole.split('.').next().is_some_and(|first| first.len() <= 3);
    first && grouped && rest.iter().all(|group| group.len() == 3 && digits(group)) && part.is_none_or(digits)
}

/// `2026-11-23`, `23/11/2026`, `23-11-2026` or `23112026`.
fn day(text: &str) -> Option<NaiveDate> {
    let day = text.parse::<NaiveDate>().ok().or_else(|| {
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        let [day, month, year] = parts[..] else {
            let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
            return digits.then(|| NaiveDate::parse_from_str(text, "%d%m%Y").ok())?;
        };
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })?;
    (1_800..2_200).contains(&chrono::Datelike::year(&day)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spec(kind: FieldKind) -> FieldSpec {
        let options = if kind == FieldKind::Choice { vec!["Nam".to_owned(), "Nữ".to_owned()] } else { Vec::new() };
        FieldSpec { key: "x".into(), label: "Mục".into(), kind, options, required: true, cases: Vec::new() }
    }

    // C5: what does not fit is said and kept.
    #[test]
    fn each_kind_says_what_does_not_fit() {
        use FieldKind as K;
        use FieldWarning as W;
        for (kind, typed, kept, warning) in [
            (K::Text, "  Nguyễn  Văn A ", "Nguyễn Văn A", None),
            (K::Text, " ", "", Some(W::Missing)),
            (K::Number, "2.000", "2.000", None),
            (K::Number, "1,5", "1,5", None),
            (K::Number, "20.00", "20.00", Some(W::NotANumber)),
            (K::Number, "ba", "ba", Some(W::NotANumber)),
            (K::Date, "5/3/2026", "2026-03-05", None),
            (K::Date, "05032026", "2026-03-05", None),
            (K::Date, "31/2/2026", "31/2/2026", Some(W::NotADate)),
            (K::Choice, "Nữ", "Nữ", None),
            (K::Choice, "nu", "nu", Some(W::NotAChoice)),
            (K::CitizenNumber, "001 199 000 001", "001199000001", None),
            (K::CitizenNumber, "12345", "12345", Some(W::NotACitizenNumber)),
        ] {
            let spec = spec(kind);
            assert_eq!((spec.tidied(typed).as_str(), spec.warning(&spec.tidied(typed))), (kept, warning), "{typed}");
        }
        assert_eq!(spec(K::Date).shown("2026-03-05"), "05/03/2026");
    }

    #[test]
    fn a_field_without_a_name_or_with_nothing_to_choose_is_none() {
        assert!(spec(FieldKind::Choice).is_sound());
        assert!(!FieldSpec { options: Vec::new(), ..spec(FieldKind::Choice) }.is_sound());
        assert!(!FieldSpec { options: vec!["a".into()], ..spec(FieldKind::Text) }.is_sound());
        for key in ["", "Tên", "a b", "../x"] {
            assert!(!FieldSpec { key: key.into(), ..spec(FieldKind::Text) }.is_sound(), "{key}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_stays_as_it_is(text in ".{0,60}") {
            for kind in [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Choice, FieldKind::CitizenNumber] {
                let spec = spec(kind);
                let kept = spec.tidied(&text);
                prop_assert_eq!(spec.tidied(&kept), kept.clone());
                let _ = spec.warning(&kept);
            }
        }
    }
}
