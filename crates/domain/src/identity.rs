//! Whether the people of an accepted dossier were held against the population database (đối chiếu CSDL dân cư).
//!
//! Nothing waits for it: a dossier is received on what the card says, and the badge stays until a register or a person
//! has answered (B3, B4, T-53).

use crate::party::Seat;
use crate::{Dossier, StaffId};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// Where a check stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Nobody has answered yet (chưa đối chiếu).
    #[default]
    Unchecked,
    /// The register says the same.
    Matched,
    /// The register says something else; a person has to look.
    Mismatched,
    /// A person has looked elsewhere and says so, with a reason.
    Confirmed,
}

impl CheckState {
    /// The name that the store knows it by.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Matched => "matched",
            Self::Mismatched => "mismatched",
            Self::Confirmed => "confirmed",
        }
    }

    /// True while the dossier carries the badge.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unchecked | Self::Mismatched)
    }
}

/// Why the last question brought no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckFault {
    /// The register is down, slow or far away.
    Unreachable,
    /// The register does not know the number.
    NotFound,
    /// The register wants the citizen's one-time code, which no machine has.
    OneTimeCode,
}

/// What the register has under the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// Full name.
    pub name: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
}

/// One check, beside its state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentityCheck {
    /// What the register has, where it differs.
    pub entry: Option<RegisterEntry>,
    /// What the last question met.
    pub fault: Option<CheckFault>,
    /// Why a person confirmed it.
    pub reason: String,
    /// Who confirmed it.
    pub by: Option<StaffId>,
    /// When the state became what it is.
    pub at: Option<DateTime<FixedOffset>>,
}

/// What a register answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The same.
    Match,
    /// Something else.
    Mismatch(RegisterEntry),
    /// Nothing that settles it.
    None(CheckFault),
}

/// The seats whose people a register could know: those with a number.
#[must_use]
pub fn seats_to_check(dossier: &Dossier) -> Vec<Seat> {
    let owner = (dossier.applicant.kind == crate::PartyKind::Person && !dossier.applicant.id_number.is_empty())
        .then_some(Seat::Owner);
    let representative = dossier.representative.as_ref().map(|_| Seat::Representative);
    owner.into_iter().chain(representative).collect()
}

/// How long after an attempt without an answer the next one waits: minutes at first, a day where the register knows
/// nobody, and never more.
#[must_use]
pub fn wait_after(fault: CheckFault, attempts: u32) -> TimeDelta {
    match fault {
        CheckFault::Unreachable => TimeDelta::minutes(i64::from(2_u32.saturating_pow(attempts.min(9))).min(360)),
        CheckFault::OneTimeCode => TimeDelta::hours(6),
        CheckFault::NotFound => TimeDelta::days(1),
    }
}

/// What papers that prove who somebody is are called in lists of papers (giấy tờ tùy thân), folded.
const PROVING: [&str; 8] =
    ["can cuoc", "cccd", "chung minh nhan dan", "chung minh thu", "cmnd", "tuy than", "ho chieu", "dinh danh ca nhan"];

/// Whether a component, by its name, is the paper that proves who somebody is: a card's code may be on its pages.
#[must_use]
pub fn proves_identity(component: &str) -> bool {
    let folded = crate::fold::fold(component);
    PROVING.iter().any(|name| folded.contains(name))
}

#[cfg(test)]
mod tests {
    use super::proves_identity;

    #[test]
    fn papers_that_show_a_card_are_known_by_their_names() {
        for name in [
            "Thẻ căn cước công dân (bản sao)",
            "CCCD/Căn cước của người yêu cầu",
            "Giấy chứng minh nhân dân",
            "Bản chụp hộ chiếu hoặc giấy tờ tùy thân khác",
        ] {
            assert!(proves_identity(name), "{name}");
        }
        for name in ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Giấy chứng nhận quyền sử dụng đất", "Bản vẽ"]
        {
            assert!(!proves_identity(name), "{name}");
        }
    }
}
