//! One receipt for all dossiers of a visit (phiếu tiếp nhận nhiều hồ sơ, D§2.3), with the list that goes with it.

use super::Form;
use super::paper::{Block, Column, Document, Issue, Sheet, Signature, Span, Table};
use crate::{Dossier, words};
use chrono::{DateTime, FixedOffset};

/// The receipt for the accepted dossiers of a visit; none where there are not several.
#[must_use]
pub fn visit_receipt(dossiers: &[Dossier], issue: Issue) -> Option<Document> {
    let accepted: Vec<&Dossier> =
        dossiers.iter().filter(|one| one.code.is_some() && one.received_at.is_some()).collect();
    let first = accepted.first().filter(|_| accepted.len() > 1)?;
    let clerk = issue.clerk.clone();
    let unit = issue.office.name.clone();
    let mut document = Document::about(Form::VisitReceipt, first, issue);
    // The slip is about all of them; its code is the first one's, which leads to the others.
    document.code = None;
    document.sheet = Sheet::A4;
    document.copies = vec!["Liên 1: Lưu".to_owned(), "Liên 2: Giao khách hàng".to_owned()];
    let channel = format!(" ({})", words::channel(first.channel));
    let who = vec![Span::strong(first.applicant.name.clone()), Span::plain(channel)];
    document.blocks.push(Block::field("Bộ phận tiếp nhận và trả kết quả:", unit.clone()));
    document.blocks.push(Block::Field("Tiếp nhận hồ sơ của Ông/Bà:", who));
    document.blocks.push(Block::field("Địa chỉ:", first.applicant.address.clone()));
    document.blocks.push(Block::Contact { phone: first.applicant.phone.clone(), email: first.applicant.email.clone() });
    document.blocks.push(Block::field("Số CMND/Căn cước/Hộ chiếu:", first.applicant.number()));
    let count = words::count(u32::try_from(accepted.len()).unwrap_or(u32::MAX));
    let count = vec![Span::strong(count), Span::plain(" (kèm theo danh sách)")];
    document.blocks.push(Block::Field("Số lượng hồ sơ:", count));
    document.blocks.push(Block::field("Thời gian nhận hồ sơ:", words::time(first.received_at?)));
    document.blocks.push(Block::Field("Thời gian trả kết quả:", vec![Span::plain("theo từng hồ sơ trong danh sách")]));
    document.blocks.push(Block::Space);
    document.blocks.push(Block::Text(vec![Span::strong("BIÊN BẢN GIAO NHẬN HỒ SƠ")]));
    document.blocks.push(Block::Table(list(&accepted, &unit)));
    document.blocks.push(Block::Note("Ghi chú: Kết quả có thể được trả sớm hơn thời gian hẹn.".to_owned()));
    document.help_line();
    document.signatures.push(Signature::of("NGƯỜI NỘP HỒ SƠ", ""));
    document.signatures.push(Signature::of("NGƯỜI TIẾP NHẬN HỒ SƠ", clerk));
    Some(document)
}

/// `STT │ Nội dung │ Đơn vị │ Ngày nhận │ Ngày hẹn trả │ Thời hạn xử lý │ Số lượng hồ sơ │ Họ và tên`
fn list(accepted: &[&Dossier], unit: &str) -> Table {
    let columns = vec![
        Column::center("TT", 5),
        Column::left("Nội dung", 27),
        Column::left("Đơn vị", 14),
        Column::center("Ngày nhận", 11),
        Column::center("Ngày hẹn trả", 11),
        Column::left("Thời hạn xử lý", 12),
        Column::center("Số lượng hồ sơ", 7),
        Column::left("Họ và tên", 13),
    ];
    let row = |(n, dossier): (usize, &&Dossier)| {
        let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
        let mark = if dossier.provisional { " (mã tạm)" } else { "" };
        let procedure = dossier.procedure.as_ref().map_or("", |procedure| procedure.name.as_str());
        vec![
            n.to_string(),
            format!("{procedure}. Mã hồ sơ: {code}{mark}"),
            unit.to_owned(),
            short(dossier.received_at),
            short(dossier.deadline.as_ref().map(|deadline| deadline.due)),
            dossier.chosen_case().map(|case| case.limit_text.clone()).unwrap_or_default(),
            "01".to_owned(),
            dossier.applicant.name.clone(),
        ]
    };
    Table { columns, rows: (1..).zip(accepted).map(row).collect() }
}

fn short(at: Option<DateTime<FixedOffset>>) -> String {
    at.map(|at| at.format("%H:%M %d/%m/%Y").to_string()).unwrap_or_default()
}
