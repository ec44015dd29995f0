//! What an applicant is told in writing: papers asked for, a refusal, a stop, an apology (D§2.4–§2.6).

use super::paper::{Block, Document, Issue, Signature, Span};
use super::{Form, Regulation};
use crate::{Dossier, Event, EventKind, words};
use chrono::{DateTime, FixedOffset};

/// A component that did not pass at the counter, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedPaper {
    /// Name of the paper.
    pub name: String,
    /// Why; may be empty.
    pub reason: String,
}

/// The notice of a step of a dossier's life: Mẫu 02 of a supplement, Mẫu 03 of a refusal, and the notice of a stop.
/// The step's reason is parted into entries by lines and semicolons. None for a step that no notice tells of.
#[must_use]
pub fn notice(dossier: &Dossier, step: &Event, issue: Issue) -> Option<Document> {
    let form = form_of(step.kind)?;
    let entries = step.reason.split([';', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
    Some(write(form, dossier, entries.map(str::to_owned).collect(), step.at, issue))
}

/// The notice that tells of a step.
#[must_use]
pub fn form_of(step: EventKind) -> Option<Form> {
    match step {
        EventKind::SupplementAsked => Some(Form::Supplement),
        EventKind::Refused => Some(Form::Refusal),
        EventKind::Stopped => Some(Form::Stop),
        EventKind::Registered
        | EventKind::Received
        | EventKind::Processing
        | EventKind::FinanceAsked
        | EventKind::Done
        | EventKind::Returned
        | EventKind::Withdrawn
        | EventKind::Discarded
        | EventKind::Restored
        | EventKind::Undone
        | EventKind::Appointed
        | EventKind::Corrected => None,
    }
}

/// Mẫu 02 at the counter, before anything is received (NĐ 61/2018 art 17.1a): everything that is missing, at once and
/// complete (art 15.3).
#[must_use]
pub fn supplement_of_draft(dossier: &Dossier, failed: &[FailedPaper], issue: Issue) -> Document {
    let entry = |paper: &FailedPaper| match paper.reason.trim() {
        "" => paper.name.clone(),
        reason => format!("{}: {reason}", paper.name),
    };
    let at = issue.at;
    write(Form::Supplement, dossier, failed.iter().map(entry).collect(), at, issue)
}

fn write(form: Form, dossier: &Dossier, entries: Vec<String>, at: DateTime<FixedOffset>, issue: Issue) -> Document {
    let clerk = issue.clerk.clone();
    let office = issue.office.name.clone();
    let mut document = Document::about(form, dossier, issue);
    document.who_and_what(dossier);
    let (lead, right) = match form {
        Form::Refusal => (
            format!("Qua xem xét, {office} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:"),
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
        ),
        Form::Stop => {
            (format!("{office} thông báo dừng giải quyết hồ sơ này với lý do cụ thể như sau:"), "NGƯỜI THÔNG BÁO")
        }
        _ => ("Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:".to_owned(), "NGƯỜI HƯỚNG DẪN"),
    };
    document.blocks.push(Block::Space);
    document.blocks.push(Block::text(lead));
    document.blocks.push(Block::Entries(entries));
    document.blocks.push(Block::Space);
    document.blocks.push(Block::field("Thời điểm:", words::time(at)));
    document.blocks.push(Block::text("Xin thông báo cho Ông/Bà được biết và thực hiện."));
    document.help_line();
    if form == Form::Refusal {
        document.signatures.push(Signature::of("NGƯỜI NỘP HỒ SƠ", ""));
    }
    document.signatures.push(Signature::of(right, clerk));
    document
}

/// The apology with the new appointment (D§2.6; NĐ 61/2018 art 19.9: at least a day before the old one, and once only).
/// It is signed by the head of the agency that is late.
#[must_use]
pub fn apology(
    dossier: &Dossier,
    before: DateTime<FixedOffset>,
    after: DateTime<FixedOffset>,
    reason: &str,
    issue: Issue,
) -> Document {
    let regulation = issue.regulation;
    let office = issue.office.name.clone();
    let mut document = Document::about(Form::Apology, dossier, issue);
    document.blocks.push(Block::strong("Kính gửi Ông/Bà:", dossier.applicant.name.clone()));
    document.blocks.push(Block::field("Địa chỉ:", dossier.applicant.address.clone()));
    document.request(dossier);
    if let Some(at) = dossier.received_at {
        document.blocks.push(Block::field("Thời gian tiếp nhận:", words::time(at)));
    }
    document.blocks.push(Block::field("Thời gian hẹn trả kết quả:", words::time(before)));
    document.blocks.push(Block::Space);
    document.blocks.push(Block::field("Đến nay hồ sơ chưa giải quyết xong, lý do:", reason.trim()));
    let sentence = match regulation {
        Regulation::Tt01 => format!("{office} trân trọng xin lỗi Ông/Bà về sự chậm trễ này và hẹn lại:"),
        Regulation::Tt03 => {
            format!(
                "{office} trân trọng xin lỗi Ông/Bà về sự chậm trễ này và đề nghị gia hạn thời gian giải quyết đến:"
            )
        }
    };
    document.blocks.push(Block::Text(vec![Span::plain(sentence), Span::plain(" "), Span::strong(words::time(after))]));
    document.blocks.push(Block::text("Rất mong nhận được sự thông cảm của Ông/Bà."));
    document.help_line();
    document.signatures.push(Signature::of("THỦ TRƯỞNG CƠ QUAN", ""));
    document
}
