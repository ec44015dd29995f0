//! Who hands the dossier in (người nộp hồ sơ).

use crate::citizen_card::CitizenCard;
use crate::fold::fold;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Sex as on the card (giới tính).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// Reads `Nam` or `Nữ`, in any case, with or without its mark.
    #[must_use]
    pub fn from_vietnamese(text: &str) -> Option<Self> {
        match fold(text).as_str() {
            "nam" => Some(Self::Male),
            "nu" => Some(Self::Female),
            _ => None,
        }
    }
}

/// Whether the dossier is a person's or an organization's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A person (cá nhân).
    #[default]
    Person,
    /// An organization or a household business (tổ chức, hộ kinh doanh).
    Organization,
}

/// Whose dossier it is: a person or an organization (chủ hồ sơ). Every field may still be empty in a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    /// A person or an organization; an organization has a tax code for an identity number and no birth date.
    pub kind: PartyKind,
    /// Tax code of an organization (mã số thuế, mã số doanh nghiệp), as it is printed.
    pub tax_code: String,
    /// Personal identity number, or another paper's number (số định danh).
    pub id_number: String,
    /// Full name (họ và tên).
    pub name: String,
    /// Date of birth (ngày sinh).
    pub birth_date: Option<NaiveDate>,
    /// Sex (giới tính).
    pub sex: Option<Sex>,
    /// Address (địa chỉ).
    pub address: String,
    /// Telephone (số điện thoại).
    pub phone: String,
    /// Electronic mail (thư điện tử).
    pub email: String,
    /// True when the fields came off a card's code and were not typed; still not checked against any register.
    pub from_card: bool,
}

impl Applicant {
    /// Takes what the card says; telephone and mail, which no card carries, are kept for the same person only.
    pub fn fill_from(&mut self, card: &CitizenCard) {
        if !self.id_number.is_empty() && self.id_number != card.number {
            *self = Self::default();
        }
        self.kind = PartyKind::Person;
        self.id_number.clone_from(&card.number);
        self.name.clone_from(&card.name);
        self.birth_date = Some(card.birth_date);
        self.sex = Some(card.sex);
        self.address.clone_from(&card.address);
        self.from_card = true;
    }

    /// The number that stands for this party on papers: a person's own, an organization's tax code.
    #[must_use]
    pub fn number(&self) -> &str {
        match self.kind {
            PartyKind::Person => &self.id_number,
            PartyKind::Organization => &self.tax_code,
        }
    }

    /// The fields that acceptance needs and that are still empty (NĐ 61/2018 art 17: the receipt names who handed in).
    #[must_use]
    pub fn missing(&self) -> Vec<ApplicantField> {
        let mut missing = Vec::new();
        if self.name.trim().is_empty() {
            missing.push(ApplicantField::Name);
        }
        match self.kind {
            PartyKind::Person if self.id_number.trim().is_empty() => missing.push(ApplicantField::IdNumber),
            PartyKind::Organization if self.tax_code.trim().is_empty() => missing.push(ApplicantField::TaxCode),
            PartyKind::Person | PartyKind::Organization => {}
        }
        if self.address.trim().is_empty() {
            missing.push(ApplicantField::Address);
        }
        missing
    }
}

/// Names a field of the applicant, so that a message can point at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantField {
    /// Full name.
    Name,
    /// Identity number.
    IdNumber,
    /// Tax code.
    TaxCode,
    /// Address.
    Address,
}

/// A telephone number in one form: digits only, `+84` as `0` (D§6.4). Text that is no number stays as typed.
#[must_use]
pub fn normalized_phone(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !" .-()".contains(*c)).collect();
    let national = digits.strip_prefix("+84").or_else(|| digits.strip_prefix("84").filter(|rest| rest.len() == 9));
    let national = national.map_or(digits.clone(), |rest| format!("0{rest}"));
    if !national.is_empty() && national.bytes().all(|byte| byte.is_ascii_digit()) {
        national
    } else {
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_take_one_form() {
        for (typed, kept) in [
            ("+84 912 345 678", "0912345678"),
            ("84912345678", "0912345678"),
            ("0912.345.678", "0912345678"),
            ("024 3825 1234", "02438251234"),
            ("không có", "không có"),
            ("", ""),
        ] {
            assert_eq!(normalized_phone(typed), kept, "{typed}");
        }
    }

    #[test]
    fn another_persons_card_leaves_no_phone_behind() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let card = CitizenCard::parse("099199000001||TRẦN THỊ MẪU|02011999|Nữ|Thôn 1", today).unwrap();
        let mut applicant =
            Applicant { id_number: "099099000000".into(), phone: "0912345678".into(), ..Applicant::default() };
        applicant.fill_from(&card);
        assert_eq!(applicant.phone, "");
        applicant.phone = "0987654321".into();
        applicant.fill_from(&card);
        assert_eq!(applicant.phone, "0987654321", "the same card read twice keeps what was typed");
    }
}
