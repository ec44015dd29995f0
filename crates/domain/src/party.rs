//! Who stands behind a dossier: its owner (chủ hồ sơ) and, where somebody else came, who handed it in (người nộp).
//!
//! A citizen may send another person (NĐ 61/2018 art 6), and an organization always does. Each of the two has a seat of
//! their own, so that a second card never lands on the first person.

use crate::applicant::{Applicant, PartyKind};
use crate::citizen_card::CitizenCard;
use crate::fold::fold;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One of the two places that a person can take in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Whose dossier it is (chủ hồ sơ).
    Owner,
    /// Who hands it in for the owner (người nộp thay).
    Representative,
}

impl Seat {
    /// The name that the store knows it by.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Representative => "representative",
        }
    }
}

/// On what ground somebody hands in for another (căn cứ đại diện).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A written authorization (giấy ủy quyền).
    #[default]
    Authorization,
    /// An organization's letter of introduction (giấy giới thiệu).
    Introduction,
    /// A close relative, who needs no paper (người thân).
    Kin,
    /// By law: the head of an organization, a parent, a guardian (đại diện theo pháp luật).
    Legal,
}

/// Who hands in for the owner (người nộp thay, người đại diện).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Representative {
    /// The person.
    pub person: Applicant,
    /// On what ground.
    pub basis: Basis,
    /// Number of the authorization or letter, or empty.
    pub paper_number: String,
    /// Its date.
    pub paper_date: Option<NaiveDate>,
    /// What the person is to the owner: mẹ, giám đốc, nhân viên.
    pub relation: String,
}

/// What acceptance needs of a representative and is still empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RepresentativeField {
    /// Full name.
    Name,
    /// Identity number.
    IdNumber,
}

/// What does not fit between owner, representative and papers: shown, never a wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PartyWarning {
    /// The tax code has another shape.
    TaxCodeShape,
    /// A digit of the tax code was mistyped.
    TaxCodeCheckDigit,
    /// Owner and representative have the same number.
    SamePerson,
    /// An authorization or a letter was named without its number and date.
    PaperUnnamed,
    /// The paper is dated after the day of receipt.
    PaperInFuture,
}

impl Representative {
    /// The fields that acceptance needs and that are still empty.
    #[must_use]
    pub fn missing(&self) -> Vec<RepresentativeField> {
        use RepresentativeField as Field;
        [(&self.person.id_number, Field::IdNumber), (&self.person.name, Field::Name)]
            .into_iter()
            .filter(|(text, _)| text.trim().is_empty())
            .map(|(_, field)| field)
            .collect()
    }

    /// The ground in the words of a form: `giấy ủy quyền số 12/UQ ngày 02/11/2026`.
    #[must_use]
    pub fn ground(&self) -> String {
        let mut words = match self.basis {
            Basis::Authorization => "theo giấy ủy quyền".to_owned(),
            Basis::Introduction => "theo giấy giới thiệu".to_owned(),
            Basis::Kin => "người thân".to_owned(),
            Basis::Legal => "đại diện theo pháp luật".to_owned(),
        };
        if matches!(self.basis, Basis::Authorization | Basis::Introduction) {
            if !self.paper_number.trim().is_empty() {
                words.push_str(&format!(" số {}", self.paper_number.trim()));
            }
            if let Some(date) = self.paper_date {
                words.push_str(&format!(" ngày {}", date.format("%d/%m/%Y")));
            }
        }
        if !self.relation.trim().is_empty() {
            words.push_str(&format!(", {}", self.relation.trim()));
        }
        words
    }
}

/// What does not fit between the two, on `today`.
#[must_use]
pub fn warnings(owner: &Applicant, representative: Option<&Representative>, today: NaiveDate) -> Vec<PartyWarning> {
    use PartyWarning as Warning;
    let mut warnings = Vec::new();
    if owner.kind == PartyKind::Organization && !owner.tax_code.trim().is_empty() {
        warnings.extend(match owner.tax_code.parse::<crate::TaxCode>() {
            Ok(_) => None,
            Err(crate::tax_code::BadTaxCode::Shape) => Some(Warning::TaxCodeShape),
            Err(crate::tax_code::BadTaxCode::CheckDigit) => Some(Warning::TaxCodeCheckDigit),
        });
    }
    if let Some(representative) = representative {
        let number = representative.person.id_number.trim();
        if !number.is_empty() && owner.kind == PartyKind::Person && number == owner.id_number.trim() {
            warnings.push(Warning::SamePerson);
        }
        if matches!(representative.basis, Basis::Authorization | Basis::Introduction) {
            if representative.paper_number.trim().is_empty() && representative.paper_date.is_none() {
                warnings.push(Warning::PaperUnnamed);
            }
            if representative.paper_date.is_some_and(|date| date > today) {
                warnings.push(Warning::PaperInFuture);
            }
        }
    }
    warnings
}

/// Which seat a card takes without a question: the seat where this person sits already, else the one in hand while it is
/// free, else the first free one that is open. None where it would push somebody out: then a person has to say.
#[must_use]
pub fn seat_for(
    card: &CitizenCard,
    owner: &Applicant,
    representative: Option<&Representative>,
    in_hand: Option<Seat>,
) -> Option<Seat> {
    let is_of = |person: &Applicant| person.id_number == card.number;
    // A name typed before the card came is of this person when it is the same name.
    let free = |person: &Applicant| {
        person.id_number.trim().is_empty() && (person.name.trim().is_empty() || fold(&person.name) == fold(&card.name))
    };
    let seated = representative.map(|representative| &representative.person);
    if owner.kind == PartyKind::Organization {
        return seated.is_none_or(|person| is_of(person) || free(person)).then_some(Seat::Representative);
    }
    if is_of(owner) {
        return Some(Seat::Owner);
    }
    if seated.is_some_and(is_of) {
        return Some(Seat::Representative);
    }
    match (in_hand, seated) {
        (Some(Seat::Representative), Some(person)) if free(person) => Some(Seat::Representative),
        _ if free(owner) => Some(Seat::Owner),
        (_, Some(person)) if free(person) => Some(Seat::Representative),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn card(text: &str) -> CitizenCard {
        CitizenCard::parse(text, today()).unwrap()
    }

    fn man() -> CitizenCard {
        card("099099000000||NGUYỄN VĂN MẪU|01011999|Nam|Thôn 1|01052021")
    }

    fn woman() -> CitizenCard {
        card("099199000001||TRẦN THỊ MẪU|02011999|Nữ|Thôn 1|01052021")
    }

    fn person(card: &CitizenCard) -> Applicant {
        let mut person = Applicant::default();
        person.fill_from(card);
        person
    }

    fn seated(card: &CitizenCard) -> Representative {
        Representative { person: person(card), ..Representative::default() }
    }

    // T-52: two reads in a row are two people or one, and never one on top of the other.
    #[test]
    fn a_card_takes_a_free_seat_and_pushes_nobody_out() {
        let (nobody, empty) = (Applicant::default(), Representative::default());
        let named = Applicant { name: "Nguyễn Văn Mẫu".into(), ..Applicant::default() };
        let other = Applicant { name: "Lê Văn Khác".into(), ..Applicant::default() };
        let company = Applicant { kind: PartyKind::Organization, ..Applicant::default() };
        let (he, she) = (person(&man()), person(&woman()));
        let (for_her, for_him) = (seated(&woman()), seated(&man()));
        use Seat::{Owner, Representative as Rep};
        for (why, owner, representative, in_hand, expected) in [
            ("an empty form", &nobody, None, None, Some(Owner)),
            ("the same card again", &he, None, Some(Owner), Some(Owner)),
            ("the same card again, with the other seat in hand", &he, Some(&empty), Some(Rep), Some(Owner)),
            ("another's card", &she, None, None, None),
            ("another's card, with the owner's field in hand", &she, None, Some(Owner), None),
            ("the open seat is free", &she, Some(&empty), None, Some(Rep)),
            ("the open seat is free and the owner's field in hand", &she, Some(&empty), Some(Owner), Some(Rep)),
            ("both are free and the second is in hand", &nobody, Some(&empty), Some(Rep), Some(Rep)),
            ("both are free", &nobody, Some(&empty), None, Some(Owner)),
            ("both are taken", &she, Some(&for_her), Some(Rep), None),
            ("sits there already", &she, Some(&for_him), Some(Owner), Some(Rep)),
            ("the name was typed before", &named, None, None, Some(Owner)),
            ("another name was typed before", &other, None, None, None),
            ("an organization has no card", &company, None, Some(Owner), Some(Rep)),
            ("an organization's seat is taken", &company, Some(&for_her), None, None),
        ] {
            assert_eq!(seat_for(&man(), owner, representative, in_hand), expected, "{why}");
        }
    }

    #[test]
    fn grounds_are_said_as_a_form_says_them() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 2);
        let rep = |basis, number: &str, paper_date, relation: &str| Representative {
            basis,
            paper_number: number.into(),
            paper_date,
            relation: relation.into(),
            ..Representative::default()
        };
        for (representative, words) in [
            (rep(Basis::Authorization, "12/UQ", date, ""), "theo giấy ủy quyền số 12/UQ ngày 02/11/2026"),
            (rep(Basis::Authorization, "", None, ""), "theo giấy ủy quyền"),
            (rep(Basis::Introduction, "7", None, "nhân viên"), "theo giấy giới thiệu số 7, nhân viên"),
            (rep(Basis::Kin, "left over", date, "mẹ"), "người thân, mẹ"),
            (rep(Basis::Legal, "", None, "giám đốc"), "đại diện theo pháp luật, giám đốc"),
        ] {
            assert_eq!(representative.ground(), words);
        }
    }

    #[test]
    fn what_does_not_fit_is_said_and_walls_nobody() {
        use PartyWarning as Warning;
        let company = |tax_code: &str| Applicant {
            kind: PartyKind::Organization,
            tax_code: tax_code.into(),
            ..Applicant::default()
        };
        let kin = Representative { basis: Basis::Kin, ..seated(&man()) };
        for (owner, representative, expected) in [
            (company("0100233488"), None, vec![]),
            (company("0100233488-001"), None, vec![]),
            // A household business goes by the number of its owner.
            (company("099099000000"), None, vec![]),
            (company("0100233489"), None, vec![Warning::TaxCodeCheckDigit]),
            (company("123"), None, vec![Warning::TaxCodeShape]),
            (company(""), None, vec![]),
            (person(&man()), Some(kin.clone()), vec![Warning::SamePerson]),
            (person(&woman()), Some(kin), vec![]),
            (person(&woman()), Some(seated(&man())), vec![Warning::PaperUnnamed]),
            (
                person(&woman()),
                Some(Representative { paper_date: today().succ_opt(), ..seated(&man()) }),
                vec![Warning::PaperInFuture],
            ),
        ] {
            assert_eq!(warnings(&owner, representative.as_ref(), today()), expected, "{owner:?}");
        }
    }
}
