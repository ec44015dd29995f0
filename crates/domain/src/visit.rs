//! Several dossiers of one person on one occasion (lượt), a dossier made after the model of another, and whether two
//! are of the same person.
//!
//! A visit is named by the dossier that it began with, so that an ordinary dossier needs nothing to be a visit of one.

use crate::fold::fold;
use crate::{Applicant, Dossier, DossierCode, DossierId, Procedure, StaffId};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// Another dossier that the central system holds of the same person for the same matter (hồ sơ nghi trùng, T-48).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// The other dossier.
    pub dossier: DossierId,
    /// Its official code.
    pub code: DossierCode,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// Name of the station that received it.
    pub station: String,
}

impl Dossier {
    /// The dossier that its visit began with: itself, where it was the first or came alone.
    #[must_use]
    pub fn visit_root(&self) -> DossierId {
        self.visit.unwrap_or(self.id)
    }

    /// The next draft of the same visit (lượt): who hands in and how it came are carried over, nothing else is.
    #[must_use]
    pub fn next_of_visit(&self, id: DossierId, opened_by: StaffId, opened_at: DateTime<FixedOffset>) -> Self {
        Self { visit: Some(self.visit_root()), ..self.another(id, opened_by, opened_at) }
    }

    /// A new draft after this dossier's model (chép hồ sơ): applicant, procedure, case and counts, but neither pages nor
    /// code. `procedure` is the version on offer now; the dossier's own may be out of force.
    #[must_use]
    pub fn copied(
        &self,
        id: DossierId,
        opened_by: StaffId,
        opened_at: DateTime<FixedOffset>,
        procedure: Option<Procedure>,
    ) -> Self {
        let mut copy = self.another(id, opened_by, opened_at);
        if let Some(procedure) = procedure {
            let case = self.case.clone().filter(|case| procedure.case(Some(case)).is_some());
            copy.choose(procedure, case);
        }
        for component in &mut copy.components {
            if let Some(model) = self.components.iter().find(|model| model.name == component.name) {
                (component.originals, component.copies, component.certified) =
                    (model.originals, model.copies, model.certified);
            }
        }
        copy
    }

    /// A draft of the same person and whoever stands in for them, come the same way.
    fn another(&self, id: DossierId, opened_by: StaffId, opened_at: DateTime<FixedOffset>) -> Self {
        Self {
            applicant: self.applicant.clone(),
            representative: self.representative.clone(),
            channel: self.channel,
            ..Self::draft(id, opened_by, opened_at)
        }
    }
}

/// By what a person is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonKey {
    /// The number of their paper, without what people write between its digits.
    Number(String),
    /// The folded name with the date of birth, where there is no number.
    Name {
        /// The name.
        folded: String,
        /// The date of birth.
        born: NaiveDate,
    },
}

impl std::fmt::Display for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => f.write_str(number),
            Self::Name { folded, born } => write!(f, "{folded}, {born}"),
        }
    }
}

impl Applicant {
    /// By what this person is known again; none while there is too little to tell anybody apart.
    #[must_use]
    pub fn person_key(&self) -> Option<PersonKey> {
        // As the store's index reads the number (migration `visit`).
        let number = self.number().replace([' ', '.', '-'], "").to_ascii_uppercase();
        if !number.is_empty() {
            return Some(PersonKey::Number(number));
        }
        let (folded, born) = (fold(&self.name), self.birth_date?);
        (!folded.is_empty()).then_some(PersonKey::Name { folded, born })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn id<I: Id>(n: u8) -> I {
        I::from_parts(u64::from(n), [n; 10])
    }

    fn now() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T09:15:00+07:00").unwrap()
    }

    fn procedure(json: &str) -> Procedure {
        serde_json::from_str(json).unwrap()
    }

    const BIRTH: &str = r#"{"code":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","valid_from":"2026-01-01",
        "cases":[{"id":"a","limit":"sd","limit_text":"Trong ngày"},{"id":"b","limit":"3wd","limit_text":"03 ngày"}],
        "components":[{"name":"Tờ khai","handling":"submit","required":true},{"name":"Giấy chứng sinh","handling":"submit"}]}"#;

    fn accepted() -> Dossier {
        let mut dossier = Dossier::draft(id(1), id(9), now());
        dossier.applicant =
            Applicant { id_number: "099199000001".into(), name: "Trần Thị Mẫu".into(), ..Default::default() };
        dossier.choose(procedure(BIRTH), Some("b".into()));
        dossier.components[1].certified = 2;
        dossier.note = "Gọi trước".into();
        dossier.code = Some(DossierCode::from_stored("H99.1-261123-0001".into()));
        dossier
    }

    #[test]
    fn a_visit_goes_by_its_first_dossier() {
        let first = accepted();
        let second = first.next_of_visit(id(2), id(9), now());
        let third = second.next_of_visit(id(3), id(9), now());
        assert_eq!(first.visit, None, "the first one is not touched: it may be accepted already");
        assert_eq!((second.visit_root(), third.visit_root()), (first.id, first.id));
        assert_eq!(second.applicant, first.applicant);
        assert!(second.procedure.is_none() && second.code.is_none() && second.note.is_empty());
    }

    #[test]
    fn a_copy_takes_counts_and_neither_code_nor_note() {
        let copy = accepted().copied(id(2), id(9), now(), Some(procedure(BIRTH)));
        assert_eq!((copy.case.as_deref(), copy.components[1].certified), (Some("b"), 2));
        assert!(copy.code.is_none() && copy.note.is_empty() && copy.visit.is_none());
        // The version on offer may have other cases and papers.
        let newer = procedure(&BIRTH.replace("\"b\"", "\"c\"").replace("Giấy chứng sinh", "Giấy chứng sinh điện tử"));
        let copy = accepted().copied(id(2), id(9), now(), Some(newer));
        assert_eq!((copy.case.as_deref(), copy.components[1].certified), (Some("a"), 0));
        assert_eq!(accepted().copied(id(2), id(9), now(), None).procedure, None);
    }

    #[test]
    fn a_person_is_known_by_number_else_by_name_and_birth() {
        let person = |number: &str, name: &str, born: Option<&str>| {
            let birth_date = born.map(|born| born.parse().unwrap());
            Applicant { id_number: number.into(), name: name.into(), birth_date, ..Applicant::default() }.person_key()
        };
        assert_eq!(person("099199 000001", "A", None), person("099199000001", "B", Some("1999-01-02")));
        assert_eq!(person("", "Đặng  Thị Mẫu", Some("1999-01-02")), person("", "DANG THI MAU", Some("1999-01-02")));
        assert_ne!(person("", "Đặng Thị Mẫu", Some("1999-01-02")), person("", "Đặng Thị Mẫu", Some("1999-01-03")));
        assert_eq!(person("", "Đặng Thị Mẫu", None), None, "a name alone tells nobody apart");
    }
}
