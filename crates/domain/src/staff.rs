//! Who works at the counter, and what each may do.
//!
//! Rights are data on the role (`assets/rights.json`), which an agency may change; `desk` asks before every use case.

use crate::StaffId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A member of staff (cán bộ một cửa).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The id that events and the audit log name.
    pub id: StaffId,
    /// What is typed to sign in.
    pub login: String,
    /// Full name, as printed on receipts.
    pub name: String,
    /// The role, which carries the rights.
    pub role: Role,
    /// False once the person has left: the row stays, since events and the log name it.
    pub active: bool,
}

/// The role of a member of staff (vai trò).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Counter clerk (cán bộ tiếp nhận).
    Clerk,
    /// Postal clerk who takes intake over for the counter (nhân viên bưu chính, D§8).
    Postal,
    /// Supervisor (phụ trách bộ phận).
    Supervisor,
    /// Administrator of the station (quản trị).
    Administrator,
    /// Inspector, who reads only (thanh tra).
    Inspector,
}

/// One thing that may be done (quyền).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Look at dossiers, lists and forms.
    Read,
    /// Fill in, scan into and accept dossiers.
    Intake,
    /// Move received dossiers on: handling, supplement, result (D§9.3).
    Handle,
    /// Take fees and make receipts for them (thu phí, lập biên lai), and make one void in the shift that it is of.
    Collect,
    /// Make any receipt void, and see everybody's shifts (hủy biên lai, xem ca của người khác).
    Void,
    /// Appoint another date for a dossier, with a reason.
    Appoint,
    /// Lock scan profiles, and change locked ones (khóa kiểu quét).
    LockProfiles,
    /// Print forms.
    Print,
    /// Look at the outbox, start a sync, enroll.
    Sync,
    /// Back up, which reveals nothing: what is written is sealed.
    BackUp,
    /// Read and export the audit log.
    Audit,
    /// Change settings, people and rights, give out what is kept of a person, and take away what the central system has.
    Administer,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 12] = [
        Self::Read,
        Self::Intake,
        Self::Handle,
        Self::Collect,
        Self::Void,
        Self::Appoint,
        Self::LockProfiles,
        Self::Print,
        Self::Sync,
        Self::BackUp,
        Self::Audit,
        Self::Administer,
    ];

    /// Those that came after the first tables were kept, which hold no word of them.
    pub const LATER: [Self; 4] = [Self::Collect, Self::Void, Self::Appoint, Self::LockProfiles];
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Clerk, Self::Postal, Self::Supervisor, Self::Administrator, Self::Inspector];

    /// The name the store keeps.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Postal => "postal",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
            Self::Inspector => "inspector",
        }
    }
}

/// What each role may do (phân quyền).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rights(BTreeMap<Role, BTreeSet<Right>>);

/// A table of rights that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRights {
    /// Not a table of roles and rights.
    #[error("not a table of roles and rights: {0}")]
    Text(String),
    /// Nobody could ever change it again.
    #[error("no role may administer")]
    NobodyAdministers,
    /// An inspector must stay a reader (issue: inspector, read only).
    #[error("the inspector may do more than read")]
    InspectorActs,
}

impl Rights {
    /// Reads a table such as `{"clerk": ["read", "intake"]}`. A role that is not named may do nothing.
    ///
    /// # Errors
    /// [`BadRights`] when it does not read, would lock everybody out, or lets an inspector act.
    pub fn from_json(text: &str) -> Result<Self, BadRights> {
        let rights: Self = serde_json::from_str(text).map_err(|error| BadRights::Text(error.to_string()))?;
        if !Role::ALL.into_iter().any(|role| rights.may(role, Right::Administer)) {
            return Err(BadRights::NobodyAdministers);
        }
        let acts = rights.of(Role::Inspector).any(|right| !matches!(right, Right::Read | Right::Audit));
        if acts {
            return Err(BadRights::InspectorActs);
        }
        Ok(rights)
    }

    /// Whether `role` has `right`.
    #[must_use]
    pub fn may(&self, role: Role, right: Right) -> bool {
        self.of(role).any(|given| given == right)
    }

    /// This table as a program reads it that knows rights which its writer did not: of those that are not in `known`, each
    /// role has what it has by `shipped`. What the writer knew and left out stays left out.
    #[must_use]
    pub fn completed(mut self, known: &BTreeSet<Right>, shipped: &Self) -> Self {
        for (role, rights) in &mut self.0 {
            rights.extend(shipped.of(*role).filter(|right| !known.contains(right)));
        }
        self
    }

    /// The rights of `role`.
    pub fn of(&self, role: Role) -> impl Iterator<Item = Right> + '_ {
        self.0.get(&role).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_reads_and_knows_every_role() {
        let rights = Rights::from_json(include_str!("../../../assets/rights.json")).unwrap();
        for role in Role::ALL {
            assert!(rights.may(role, Right::Read), "{role:?}");
        }
        assert!(rights.may(Role::Clerk, Right::Intake) && !rights.may(Role::Clerk, Right::Administer));
    }

    #[test]
    fn every_right_is_named_once() {
        let all: BTreeSet<Right> = Right::ALL.into_iter().collect();
        assert_eq!(all.len(), Right::ALL.len());
        let said: Vec<String> = Right::ALL.iter().map(|right| serde_json::to_string(right).unwrap()).collect();
        let shipped = Rights::from_json(include_str!("../../../assets/rights.json")).unwrap();
        assert!(
            Role::ALL.into_iter().flat_map(|role| shipped.of(role).collect::<Vec<_>>()).all(|one| all.contains(&one))
        );
        assert!(said.contains(&"\"back_up\"".to_owned()));
    }

    /// An agency's table of before fees: nobody could collect any more, who collects by the table that ships.
    #[test]
    fn a_right_that_came_later_goes_to_whom_the_program_gives_it() {
        let shipped = Rights::from_json(include_str!("../../../assets/rights.json")).unwrap();
        let own = Rights::from_json(r#"{"clerk": ["read", "intake"], "supervisor": ["read", "administer"]}"#).unwrap();
        let known: BTreeSet<Right> = Right::ALL.into_iter().filter(|right| !Right::LATER.contains(right)).collect();
        let read = own.clone().completed(&known, &shipped);
        assert!(read.may(Role::Clerk, Right::Collect) && read.may(Role::Supervisor, Right::Void));
        assert!(!read.may(Role::Clerk, Right::Void), "by the role");
        assert!(!read.may(Role::Clerk, Right::Print), "what was left out on purpose stays out");
        assert!(!read.may(Role::Postal, Right::Collect), "a role that the table does not name may do nothing");
        let all = Right::ALL.into_iter().collect();
        assert_eq!(own.clone().completed(&all, &shipped), own, "a table that knew them all says all of it");
    }

    #[test]
    fn a_table_that_locks_everybody_out_is_refused() {
        assert_eq!(Rights::from_json(r#"{"clerk": ["read"]}"#), Err(BadRights::NobodyAdministers));
        let acting = r#"{"supervisor": ["administer"], "inspector": ["read", "intake"]}"#;
        assert_eq!(Rights::from_json(acting), Err(BadRights::InspectorActs));
        assert!(matches!(Rights::from_json(r#"{"clerk": ["fly"]}"#), Err(BadRights::Text(_))));
    }
}
