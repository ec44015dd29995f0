//! What the slips of a dossier's life say (Mẫu 02, 03; D§2.4, D§2.5), as data: what is asked of the applicant, and why.
//!
//! A form is known by its regulation and number together, since numbers changed their meaning between TT 01/2018/TT-VPCP
//! and TT 03/2025/TT-VPCP (D§2.1).

use crate::dossier::Dossier;
use crate::{Event, EventKind, Office, Staff};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// Which slip (loại phiếu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: Mẫu 02 of both circulars.
    Supplement,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ: Mẫu 03 of both circulars.
    Refusal,
    /// Thông báo dừng giải quyết hồ sơ: Mẫu 05 of TT 03/2025/TT-VPCP.
    Stop,
}

impl SlipKind {
    /// The slip that a step is told by.
    #[must_use]
    pub fn of(step: EventKind) -> Option<Self> {
        match step {
            EventKind::SupplementAsked => Some(Self::Supplement),
            EventKind::Refused => Some(Self::Refusal),
            EventKind::Stopped => Some(Self::Stop),
            EventKind::Registered
            | EventKind::Received
            | EventKind::Processing
            | EventKind::FinanceAsked
            | EventKind::Done
            | EventKind::Returned
            | EventKind::Withdrawn
            | EventKind::Discarded
            | EventKind::Restored
            | EventKind::Undone => None,
        }
    }

    /// The name that the store and the console know it by (interfaces.md).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Stop => "stop",
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Supplement => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            Self::Refusal => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            Self::Stop => "Thông báo dừng giải quyết hồ sơ",
        }
    }

    /// The number of the form and the circular that gave it.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::Supplement => "Mẫu số 02",
            Self::Refusal => "Mẫu số 03",
            Self::Stop => "Mẫu số 05 (TT 03/2025)",
        }
    }
}

/// The content of a slip (phiếu).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Which.
    pub kind: SlipKind,
    /// The agency.
    pub office: Office,
    /// The dossier's code; none for one that was refused before it had any.
    pub code: Option<String>,
    /// True while the code is provisional.
    pub provisional: bool,
    /// Who handed in.
    pub applicant_name: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
    /// Number of the identity paper.
    pub id_number: String,
    /// National code of the procedure.
    pub procedure_code: String,
    /// What is asked for (nội dung yêu cầu giải quyết).
    pub request: String,
    /// What has to be handed in or why it is refused, one entry a line.
    pub reasons: Vec<String>,
    /// When it was decided.
    pub decided_at: DateTime<FixedOffset>,
    /// Who decided.
    pub clerk: String,
    /// When this sheet was made.
    pub issued_at: DateTime<FixedOffset>,
    /// How often it was printed before.
    pub reprint: u32,
    /// A sheet of the training mode.
    pub training: bool,
}

/// No step that a slip of this kind tells of is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing that this slip could tell of")]
pub struct NoSuchStep;

impl Slip {
    /// The slip of the last step of its kind that was not taken back. Reasons are parted by `;` or by lines.
    ///
    /// # Errors
    /// [`NoSuchStep`].
    pub fn of(
        kind: SlipKind,
        dossier: &Dossier,
        log: &[Event],
        office: Office,
        clerk: impl FnOnce(&Event) -> Option<Staff>,
        issued_at: DateTime<FixedOffset>,
    ) -> Result<Self, NoSuchStep> {
        let steps = crate::status::effective(log);
        let step = steps.into_iter().rev().find(|event| SlipKind::of(event.kind) == Some(kind)).ok_or(NoSuchStep)?;
        let procedure = dossier.procedure.as_ref();
        let applicant = &dossier.applicant;
        let reasons = step.reason.split([';', '\n']).map(str::trim).filter(|reason| !reason.is_empty());
        Ok(Self {
            kind,
            office,
            code: dossier.code.as_ref().map(ToString::to_string),
            provisional: dossier.provisional,
            applicant_name: applicant.name.clone(),
            address: applicant.address.clone(),
            phone: applicant.phone.clone(),
            email: applicant.email.clone(),
            id_number: applicant.id_number.clone(),
            procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
            request: procedure.map(|procedure| procedure.name.clone()).unwrap_or_default(),
            reasons: reasons.map(str::to_owned).collect(),
            decided_at: step.at,
            clerk: clerk(step).map(|staff| staff.name).unwrap_or_default(),
            issued_at,
            reprint: 0,
            training: false,
        })
    }

    /// The text of the QR code at the top left, as on the receipt (TT 01/2023/TT-VPCP art 26); it has no appointment.
    #[must_use]
    pub fn qr_text(&self) -> String {
        let plain = |text: &str| text.replace('|', " ");
        let at = self.issued_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
        let code = self.code.clone().unwrap_or_default();
        let fields = [&code, &self.procedure_code, &self.id_number, self.kind.title(), &self.office.system];
        let fields: Vec<String> = fields.into_iter().map(plain).collect();
        format!("MC1|{}|{at}", fields.join("|"))
    }
}
