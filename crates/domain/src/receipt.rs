//! What the receipt says (Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả, D§2.3), as data.
//!
//! The layout is `pdf`'s; the words of the law and the order of the fields are the same in both.

use crate::dossier::{Channel, Component, Dossier};
use crate::procedure::Handling;
use crate::{Deadline, DossierCode, Office, PartyKind, Representative};
use chrono::{DateTime, FixedOffset};

/// Title of Mẫu 01 (TT 01/2018/TT-VPCP art 9; kept by TT 03/2025/TT-VPCP).
pub const TITLE: &str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả";

/// The content of a receipt (giấy tiếp nhận hồ sơ và hẹn trả kết quả).
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The agency that receives.
    pub office: Office,
    /// The dossier's code.
    pub code: DossierCode,
    /// True while the code is provisional; printed beside it.
    pub provisional: bool,
    /// The provisional codes it had before, which stand on what was printed then (O8).
    pub former_codes: Vec<String>,
    /// Its number in the tracking book of its year (số thứ tự trong Sổ theo dõi hồ sơ), once it has one.
    pub book_number: Option<u32>,
    /// National code of the procedure.
    pub procedure_code: String,
    /// What is asked for (nội dung yêu cầu giải quyết).
    pub request: String,
    /// Whose dossier it is (chủ hồ sơ).
    pub applicant_name: String,
    /// Whether that is a person or an organization.
    pub applicant_kind: PartyKind,
    /// Who handed it in for the owner, where somebody did (người nộp).
    pub representative: Option<ReceiptRepresentative>,
    /// How it came.
    pub channel: Channel,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
    /// Number of the identity paper, or an organization's tax code.
    pub id_number: String,
    /// Papers handed in.
    pub papers: Vec<ReceiptPaper>,
    /// Time limit in the words of the publication.
    pub limit_text: String,
    /// Fee in the words of the publication, or empty.
    pub fee_text: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// When the result is due, with the reason.
    pub deadline: Deadline,
    /// Who received it.
    pub clerk: String,
    /// When this sheet was made.
    pub issued_at: DateTime<FixedOffset>,
    /// How often it was printed before; more than nought prints "bản in lại" (F4).
    pub reprint: u32,
    /// A sheet of the training mode says so across its head.
    pub training: bool,
}

/// Who handed in for the owner, as the receipt names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRepresentative {
    /// Full name.
    pub name: String,
    /// On what ground, in words.
    pub ground: String,
    /// Number of the identity paper.
    pub id_number: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
}

/// One row of the receipt's table (thành phần, số lượng mỗi loại).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptPaper {
    /// Name of the paper.
    pub name: String,
    /// Originals (bản chính).
    pub originals: u32,
    /// Certified copies (bản chứng thực).
    pub certified: u32,
    /// Plain copies (bản photo).
    pub copies: u32,
}

/// The dossier has no code, date or procedure yet, so there is nothing to certify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the dossier is not accepted yet")]
pub struct NotAccepted;

impl Receipt {
    /// The receipt of an accepted dossier, never printed before; `clerk` is who received it.
    ///
    /// # Errors
    /// [`NotAccepted`] while it is a draft.
    pub fn of(
        dossier: &Dossier,
        office: Office,
        clerk: String,
        issued_at: DateTime<FixedOffset>,
        training: bool,
    ) -> Result<Self, NotAccepted> {
        let procedure = dossier.procedure.as_ref().ok_or(NotAccepted)?;
        let case = dossier.chosen_case().ok_or(NotAccepted)?;
        Ok(Self {
            office,
            code: dossier.code.clone().ok_or(NotAccepted)?,
            provisional: dossier.provisional,
            former_codes: Vec::new(),
            book_number: None,
            procedure_code: procedure.code.clone(),
            request: procedure.name.clone(),
            applicant_name: dossier.applicant.name.clone(),
            applicant_kind: dossier.applicant.kind,
            representative: dossier.representative.as_ref().map(ReceiptRepresentative::of),
            channel: dossier.channel,
            address: dossier.applicant.address.clone(),
            phone: dossier.applicant.phone.clone(),
            email: dossier.applicant.email.clone(),
            id_number: dossier.applicant.number().to_owned(),
            papers: dossier.components.iter().filter(|component| handed_in(component)).map(ReceiptPaper::of).collect(),
            limit_text: case.limit_text.clone(),
            fee_text: case.fee_text.clone(),
            received_at: dossier.received_at.ok_or(NotAccepted)?,
            deadline: dossier.deadline.clone().ok_or(NotAccepted)?,
            clerk,
            issued_at,
            reprint: 0,
            training,
        })
    }

    /// The text of the QR code at the top left: the data that TT 01/2023/TT-VPCP art 26 asks for, in its order.
    ///
    /// The circular fixes no serialization, so ours is versioned: `MC1`, then fields parted by `|`:
    /// dossier code, procedure code, identity number, name of the paper, name of the system,
    /// time of issue, appointment. Times are RFC 3339.
    #[must_use]
    pub fn qr_text(&self) -> String {
        let plain = |text: &str| text.replace('|', " ");
        [
            "MC1".to_owned(),
            self.code.to_string(),
            plain(&self.procedure_code),
            plain(&self.id_number),
            TITLE.to_owned(),
            plain(&self.office.system),
            self.issued_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            self.deadline.due.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        ]
        .join("|")
    }
}

fn handed_in(component: &Component) -> bool {
    component.handling == Handling::Submit && (component.papers() > 0 || component.digitized.is_some())
}

impl ReceiptRepresentative {
    fn of(representative: &Representative) -> Self {
        let person = &representative.person;
        Self {
            name: person.name.clone(),
            ground: representative.ground(),
            id_number: person.id_number.clone(),
            address: person.address.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
        }
    }
}

impl ReceiptPaper {
    fn of(component: &Component) -> Self {
        Self {
            name: match component.reused_from() {
                Some(code) => format!("{} (dùng lại bản số hóa của hồ sơ {code})", component.name),
                None => component.name.clone(),
            },
            originals: component.originals,
            certified: component.certified,
            copies: component.copies,
        }
    }
}
