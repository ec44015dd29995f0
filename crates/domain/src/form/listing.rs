//! A list of dossiers as it stands on the screen (danh sách hồ sơ): what is due, what waits, what was looked for.

use super::Form;
use super::paper::{Block, Column, Document, Issue, Signature, Table};
use crate::{Status, words};
use chrono::{DateTime, FixedOffset};

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDossier {
    /// Its code; a draft has none.
    pub code: String,
    /// True while the code is provisional.
    pub provisional: bool,
    /// Whose it is.
    pub applicant: String,
    /// Telephone.
    pub phone: String,
    /// What is asked for.
    pub request: String,
    /// When it was received.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// When its result is due.
    pub due: Option<DateTime<FixedOffset>>,
    /// Where it stands.
    pub status: Status,
}

/// The list. `what` says of what, such as the days; `most` how many lines a list has at most, said where it has as many.
#[must_use]
pub fn dossier_list(dossiers: &[ListedDossier], what: &str, most: usize, issue: Issue) -> Document {
    let clerk = issue.clerk.clone();
    let (unit, at) = (issue.office.name.clone(), words::time(issue.at));
    let mut document = Document::of(Form::DossierList, issue);
    document.sheet = super::sheet_of(Form::DossierList);
    if !what.is_empty() {
        document.under_title.push(what.to_owned());
    }
    document.blocks.push(Block::field("Đơn vị:", unit));
    document.blocks.push(Block::field("Thời điểm lập:", at));
    let count = u32::try_from(dossiers.len()).unwrap_or(u32::MAX);
    document.blocks.push(Block::field("Số lượng hồ sơ:", words::count(count)));
    document.blocks.push(Block::Space);
    let columns = vec![
        Column::center("TT", 4),
        Column::left("Mã hồ sơ", 17),
        Column::left("Chủ hồ sơ", 18),
        Column::left("Điện thoại", 10),
        Column::left("Nội dung", 22),
        Column::center("Ngày nhận", 9),
        Column::center("Hẹn trả", 9),
        Column::left("Trạng thái", 11),
    ];
    let row = |(n, dossier): (usize, &ListedDossier)| {
        let mark = if dossier.provisional { " (mã tạm)" } else { "" };
        vec![
            n.to_string(),
            format!("{}{mark}", dossier.code),
            dossier.applicant.clone(),
            dossier.phone.clone(),
            dossier.request.clone(),
            short(dossier.received_at),
            short(dossier.due),
            words::status(dossier.status).to_owned(),
        ]
    };
    document.blocks.push(Block::Table(Table { columns, rows: (1..).zip(dossiers).map(row).collect() }));
    if dossiers.len() >= most {
        document.blocks.push(Block::Note(format!("Danh sách chỉ có {most} hồ sơ đầu.")));
    }
    document.signatures.push(Signature::of("NGƯỜI LẬP", clerk));
    document
}

fn short(at: Option<DateTime<FixedOffset>>) -> String {
    at.map(|at| at.format("%H:%M %d/%m/%Y").to_string()).unwrap_or_default()
}
