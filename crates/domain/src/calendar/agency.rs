//! Calendars of agencies that work otherwise than the counter: the police of a commune also on Saturday mornings (D§4.2).
//! Which one a dossier goes by is told by its field, its procedure, or its case, the narrowest first.

use super::{Calendar, CountingRule, Session, SpecialDay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An agency with a calendar of its own (cơ quan giải quyết).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Short name, such as `cong-an-xa`.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Working time by weekday; the counter's where it is left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub week: BTreeMap<String, Vec<Session>>,
    /// Its cut-off; the counter's where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<String>,
    /// How it counts; as the counter where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<CountingRule>,
    /// Days that differ there, over those of the whole country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<SpecialDay>,
    /// Which dossiers go by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applies_to: Vec<Scope>,
}

/// Dossiers of a field, of a procedure, or of one case of it. What is left out may be any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The field's name (lĩnh vực).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The procedure's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// The case's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

impl Scope {
    /// How narrowly it fits; none where it does not. A scope without any word fits nothing rather than everything.
    fn fits(&self, field: &str, procedure: &str, case: &str) -> Option<u8> {
        let same = |wanted: &Option<String>, found: &str, weight: u8| match wanted {
            None => Some(0),
            Some(wanted) => (wanted.trim().to_lowercase() == found.trim().to_lowercase()).then_some(weight),
        };
        let weight = same(&self.field, field, 1)? + same(&self.procedure, procedure, 2)? + same(&self.case, case, 4)?;
        (weight > 0).then_some(weight)
    }
}

/// The counter's calendar and those of the agencies behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendars {
    base: Calendar,
    agencies: Vec<(Agency, Calendar)>,
}

impl Calendars {
    pub(super) fn new(base: Calendar, agencies: Vec<(Agency, Calendar)>) -> Self {
        Self { base, agencies }
    }

    /// The counter's own.
    #[must_use]
    pub fn base(&self) -> &Calendar {
        &self.base
    }

    /// The agencies, in the order of the file.
    pub fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.iter().map(|(agency, _)| agency)
    }

    /// The calendar of an agency, or the counter's for none.
    #[must_use]
    pub fn of(&self, agency: Option<&str>) -> Option<&Calendar> {
        match agency {
            None => Some(&self.base),
            Some(id) => self.agencies.iter().find(|(agency, _)| agency.id == id).map(|(_, calendar)| calendar),
        }
    }

    /// The agency that a dossier of this field, procedure and case goes to; none where it goes by the counter's calendar.
    #[must_use]
    pub fn agency_for(&self, field: &str, procedure: &str, case: &str) -> Option<&Agency> {
        let mut best: Option<(u8, &Agency)> = None;
        for (agency, _) in &self.agencies {
            let weight = agency.applies_to.iter().filter_map(|scope| scope.fits(field, procedure, case)).max();
            if let Some(weight) = weight
                && best.is_none_or(|(other, _)| weight > other)
            {
                best = Some((weight, agency));
            }
        }
        best.map(|(_, agency)| agency)
    }

    /// The agency that a dossier goes to; none where it goes by the counter's calendar.
    #[must_use]
    pub fn agency_of(&self, dossier: &crate::Dossier) -> Option<&Agency> {
        let procedure = dossier.procedure.as_ref()?;
        let case = dossier.chosen_case().map_or("", |case| case.id.as_str());
        self.agency_for(&procedure.field, &procedure.code, case)
    }

    /// The calendar that a dossier goes by.
    #[must_use]
    pub fn of_dossier(&self, dossier: &crate::Dossier) -> &Calendar {
        self.agency_of(dossier).and_then(|agency| self.of(Some(&agency.id))).unwrap_or(&self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::super::CalendarFile;
    use super::*;

    fn calendars() -> Calendars {
        let mut file = CalendarFile::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap();
        let agencies = r#"[
            {"id": "cong-an-xa", "name": "Công an xã", "applies_to": [{"field": "Cư trú"}],
             "week": {"mon": [["07:30", "11:30"], ["13:30", "17:00"]], "sat": [["07:30", "11:30"]]}},
            {"id": "tu-phap", "name": "Tư pháp", "cut_off": "14:00", "applies_to": [{"field": "Cư trú", "case": "xac-minh"}, {"procedure": "1.000894"}]}
        ]"#;
        file.agencies = serde_json::from_str(agencies).unwrap();
        file.calendars().unwrap()
    }

    #[test]
    fn the_narrowest_scope_wins() {
        let calendars = calendars();
        let id = |field, procedure, case| calendars.agency_for(field, procedure, case).map(|agency| agency.id.clone());
        assert_eq!(id("Cư trú", "1.004222", "thuong").as_deref(), Some("cong-an-xa"));
        assert_eq!(id("cư trú ", "1.004222", "xac-minh").as_deref(), Some("tu-phap"));
        assert_eq!(id("Hộ tịch", "1.000894", "").as_deref(), Some("tu-phap"));
        assert_eq!(id("Hộ tịch", "1.001193", ""), None);
    }

    #[test]
    fn an_agency_has_its_own_week_and_the_countrys_holidays() {
        let calendars = calendars();
        let police = calendars.of(Some("cong-an-xa")).unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert!(police.works(day("2026-11-28")) && !calendars.base().works(day("2026-11-28")), "a Saturday");
        assert!(!police.works(day("2026-11-24")), "a holiday everywhere");
        assert_eq!(police.minutes(day("2026-11-28")), 240);
        assert_eq!(calendars.of(Some("tu-phap")).unwrap().cut_off().to_string(), "14:00:00");
        assert!(calendars.of(Some("x")).is_none());
    }
}
