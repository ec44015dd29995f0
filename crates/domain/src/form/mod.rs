//! The forms that a counter prints (biểu mẫu), as data: which there are, what each says. `pdf` draws them.
//!
//! A form is known by regulation and number together: "Mẫu số 05" is the control slip of TT 01/2018/TT-VPCP and the
//! notice of a stop of TT 03/2025/TT-VPCP (D§2.1). Titles follow the regulation that the office works under.

mod book;
mod control;
mod cover;
mod due;
mod fee;
mod handing;
mod listing;
mod notice;
mod paper;
mod slip;
mod visit;

pub use book::{BookRow, tracking_book};
pub use control::{control, history};
pub use cover::{CoverSheet, CoverSheets, cover_sheets};
pub use due::due_explanation;
pub use fee::{ClosedShift, PrintedFee, fee_receipt, method_name, shift_close};
pub use handing::{HandedDossier, handover, handover_results, result_receipt};
pub use listing::{ListedDossier, dossier_list};
pub use notice::{FailedPaper, apology, form_of, notice, supplement_of_draft};
pub use paper::{Align, Block, Column, Document, Issue, Sheet, Signature, Span, Table};
pub use slip::TicketSlip;
pub use visit::visit_receipt;

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Which circular the office's forms follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Regulation {
    /// TT 01/2018/TT-VPCP.
    Tt01,
    /// TT 03/2025/TT-VPCP, its successor.
    #[default]
    Tt03,
}

/// A form (biểu mẫu), by the name the console knows it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Thông báo dừng giải quyết hồ sơ.
    Stop,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    Control,
    /// Sổ theo dõi hồ sơ.
    TrackingBook,
    /// Giấy bàn giao hồ sơ.
    Handover,
    /// Phiếu bàn giao kết quả giải quyết thủ tục hành chính.
    HandoverResults,
    /// Giấy biên nhận trả kết quả.
    ResultReceipt,
    /// Biên lai thu tiền phí, lệ phí.
    FeeReceipt,
    /// Tờ bìa tách hồ sơ khi quét.
    CoverSheet,
    /// Bảng chốt ca.
    ShiftClose,
    /// Quá trình xử lý hồ sơ.
    History,
    /// Giấy tiếp nhận cho nhiều hồ sơ của một lượt, kèm danh sách.
    VisitReceipt,
    /// Danh sách hồ sơ.
    DossierList,
    /// Diễn giải ngày hẹn trả kết quả.
    DueExplanation,
    /// Phiếu số thứ tự.
    QueueTicket,
}

/// No form has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no form has this name")]
pub struct UnknownForm;

/// What a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// One dossier.
    Dossier,
    /// The dossiers of a day, a month or a year.
    Period,
    /// One fee receipt.
    FeeReceipt,
    /// One shift.
    Shift,
    /// One ticket of the queue.
    Ticket,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 18] = [
        Self::Receipt,
        Self::Supplement,
        Self::Refusal,
        Self::Apology,
        Self::Stop,
        Self::Control,
        Self::TrackingBook,
        Self::Handover,
        Self::HandoverResults,
        Self::ResultReceipt,
        Self::FeeReceipt,
        Self::CoverSheet,
        Self::ShiftClose,
        Self::History,
        Self::VisitReceipt,
        Self::DossierList,
        Self::DueExplanation,
        Self::QueueTicket,
    ];

    /// The name that store and console know it by (interfaces.md).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Supplement => "supplement",
            Self::Refusal => "refusal",
            Self::Apology => "apology",
            Self::Stop => "stop",
            Self::Control => "control",
            Self::TrackingBook => "tracking-book",
            Self::Handover => "handover",
            Self::HandoverResults => "handover-results",
            Self::ResultReceipt => "result-receipt",
            Self::FeeReceipt => "fee-receipt",
            Self::CoverSheet => "cover-sheet",
            Self::ShiftClose => "shift-close",
            Self::History => "history",
            Self::VisitReceipt => "visit-receipt",
            Self::DossierList => "dossier-list",
            Self::DueExplanation => "due-explanation",
            Self::QueueTicket => "queue-ticket",
        }
    }

    /// Its title under `regulation`.
    #[must_use]
    pub fn title(self, regulation: Regulation) -> &'static str {
        match (self, regulation) {
            (Self::Receipt | Self::VisitReceipt, _) => crate::receipt::TITLE,
            (Self::Supplement, _) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            (Self::Refusal, _) => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            (Self::Apology, Regulation::Tt01) => "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
            (Self::Apology, Regulation::Tt03) => "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            (Self::Stop, _) => "Thông báo dừng giải quyết hồ sơ",
            (Self::Control, _) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            (Self::TrackingBook, _) => "Sổ theo dõi hồ sơ",
            (Self::Handover, _) => "Giấy bàn giao hồ sơ",
            (Self::HandoverResults, _) => "Phiếu bàn giao kết quả giải quyết thủ tục hành chính",
            (Self::ResultReceipt, _) => "Giấy biên nhận trả kết quả",
            (Self::FeeReceipt, _) => "Biên lai thu tiền phí, lệ phí",
            (Self::CoverSheet, _) => "Tờ bìa tách hồ sơ",
            (Self::ShiftClose, _) => "Bảng chốt ca",
            (Self::History, _) => "Quá trình xử lý hồ sơ",
            (Self::DossierList, _) => "Danh sách hồ sơ",
            (Self::DueExplanation, _) => "Diễn giải ngày hẹn trả kết quả",
            (Self::QueueTicket, _) => "Phiếu số thứ tự",
        }
    }

    /// Its number under `regulation` as its foot says it; none for what no circular numbers.
    #[must_use]
    pub fn number(self, regulation: Regulation) -> Option<&'static str> {
        match (self, regulation) {
            (Self::Receipt, _) => Some("Mẫu số 01"),
            (Self::Supplement, _) => Some("Mẫu số 02"),
            (Self::Refusal, _) => Some("Mẫu số 03"),
            (Self::Apology, _) => Some("Mẫu số 04"),
            (Self::Stop, Regulation::Tt03) | (Self::Control, Regulation::Tt01) => Some("Mẫu số 05"),
            (Self::Control, Regulation::Tt03) | (Self::TrackingBook, Regulation::Tt01) => Some("Mẫu số 06"),
            (Self::TrackingBook, Regulation::Tt03) => Some("Mẫu số 07"),
            (Self::Stop, Regulation::Tt01)
            | (
                Self::Handover
                | Self::HandoverResults
                | Self::ResultReceipt
                | Self::FeeReceipt
                | Self::CoverSheet
                | Self::ShiftClose
                | Self::History
                | Self::VisitReceipt
                | Self::DossierList
                | Self::DueExplanation
                | Self::QueueTicket,
                _,
            ) => None,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Self::Receipt
            | Self::Supplement
            | Self::Refusal
            | Self::Apology
            | Self::Stop
            | Self::Control
            | Self::ResultReceipt
            | Self::CoverSheet
            | Self::History
            | Self::VisitReceipt
            | Self::DueExplanation => Subject::Dossier,
            Self::TrackingBook | Self::Handover | Self::HandoverResults | Self::DossierList => Subject::Period,
            Self::FeeReceipt => Subject::FeeReceipt,
            Self::ShiftClose => Subject::Shift,
            Self::QueueTicket => Subject::Ticket,
        }
    }
}

/// The sheet that a form asks for.
#[must_use]
pub fn sheet_of(form: Form) -> Sheet {
    match form {
        Form::Receipt
        | Form::Supplement
        | Form::Refusal
        | Form::Apology
        | Form::Stop
        | Form::ResultReceipt
        | Form::FeeReceipt
        | Form::DueExplanation
        | Form::QueueTicket => Sheet::AsSet,
        Form::Control | Form::Handover | Form::CoverSheet | Form::ShiftClose | Form::History | Form::VisitReceipt => {
            Sheet::A4
        }
        Form::TrackingBook | Form::HandoverResults | Form::DossierList => Sheet::A4Landscape,
    }
}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Self, UnknownForm> {
        Self::ALL.into_iter().find(|form| form.as_str() == name).ok_or(UnknownForm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_form() {
        for form in Form::ALL {
            assert_eq!(form.as_str().parse(), Ok(form));
            assert_eq!(serde_json::to_value(form).unwrap(), form.as_str());
        }
        assert_eq!("recipe".parse::<Form>(), Err(UnknownForm));
    }

    // D§2.1: the number alone does not tell which form it is.
    #[test]
    fn the_same_number_is_another_form_under_another_circular() {
        let numbered = |number, regulation| {
            Form::ALL.into_iter().filter(|form| form.number(regulation) == Some(number)).collect::<Vec<_>>()
        };
        assert_eq!(numbered("Mẫu số 05", Regulation::Tt01), [Form::Control]);
        assert_eq!(numbered("Mẫu số 05", Regulation::Tt03), [Form::Stop]);
        assert_eq!(numbered("Mẫu số 06", Regulation::Tt01), [Form::TrackingBook]);
        assert_eq!(numbered("Mẫu số 06", Regulation::Tt03), [Form::Control]);
    }
}
