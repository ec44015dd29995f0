//! Who works at the counter, and what each may do. Rights are data on the role, checked in `desk`.

use crate::StaffId;
use serde::{Deserialize, Serialize};

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
}

/// The role of a member of staff (vai trò).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Fill in, scan into and accept dossiers.
    Intake,
    /// Look at dossiers, lists and forms.
    Read,
    /// Print forms.
    Print,
    /// Look at the outbox and start a sync.
    Sync,
    /// Change the station's settings and enrolment.
    Administer,
}

impl Role {
    /// The rights of this role.
    #[must_use]
    pub fn rights(self) -> &'static [Right] {
        match self {
            Self::Clerk | Self::Postal => &[Right::Intake, Right::Read, Right::Print, Right::Sync],
            Self::Supervisor | Self::Administrator => {
                &[Right::Intake, Right::Read, Right::Print, Right::Sync, Right::Administer]
            }
            Self::Inspector => &[Right::Read],
        }
    }

    /// Whether this role has `right`.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

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
