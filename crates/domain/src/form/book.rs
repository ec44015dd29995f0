//! The tracking book (sổ theo dõi hồ sơ, D§2.8): A4 lying, numbered from 01 through the year (TT 01/2018 art 10).

use super::Form;
use super::paper::{Block, Column, Document, Issue, Sheet, Signature, Table};
use crate::words;
use chrono::{DateTime, FixedOffset};

/// One entry of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// Its number in the year, from 1.
    pub number: u32,
    /// The dossier's code.
    pub code: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Whose it is.
    pub applicant: String,
    /// Address and telephone.
    pub address: String,
    /// Received.
    pub received_at: DateTime<FixedOffset>,
    /// Due.
    pub due: Option<DateTime<FixedOffset>>,
    /// Given to whoever handles it.
    pub handed_at: Option<DateTime<FixedOffset>>,
    /// The result came back.
    pub done_at: Option<DateTime<FixedOffset>>,
    /// The result was given to the applicant.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// How the result is given: at the counter, by post, online.
    pub way: &'static str,
    /// What else is to be said, such as a supplement, a stop or a refusal.
    pub note: String,
}

/// The pages of the book for a stretch of time, which `what` names.
#[must_use]
pub fn tracking_book(rows: &[BookRow], what: &str, issue: Issue) -> Document {
    let clerk = issue.clerk.clone();
    let mut document = Document::of(Form::TrackingBook, issue);
    document.sheet = Sheet::A4Landscape;
    document.under_title.push(what.to_owned());
    let columns = vec![
        Column::center("STT", 5),
        Column::left("Mã hồ sơ", 15),
        Column::left("Tên thủ tục hành chính", 16),
        Column::center("Số bộ", 4),
        Column::left("Tên cá nhân, tổ chức", 12),
        Column::left("Địa chỉ, số điện thoại", 13),
        Column::center("Nhận hồ sơ", 8),
        Column::center("Hẹn trả kết quả", 8),
        Column::center("Chuyển giải quyết", 8),
        Column::center("Nhận kết quả", 8),
        Column::center("Trả kết quả", 8),
        Column::left("Cách trả", 7),
        Column::left("Ký nhận", 7),
        Column::left("Ghi chú", 9),
    ];
    let row = |row: &BookRow| {
        vec![
            words::count(row.number),
            row.code.clone(),
            row.procedure.clone(),
            "01".to_owned(),
            row.applicant.clone(),
            row.address.clone(),
            short(Some(row.received_at)),
            short(row.due),
            short(row.handed_at),
            short(row.done_at),
            short(row.returned_at),
            row.way.to_owned(),
            String::new(),
            row.note.clone(),
        ]
    };
    document.blocks.push(Block::Table(Table { columns, rows: rows.iter().map(row).collect() }));
    document.signatures.push(Signature::of("NGƯỜI LẬP SỔ", clerk));
    document.signatures.push(Signature::of("THỦ TRƯỞNG CƠ QUAN", ""));
    document
}

fn short(at: Option<DateTime<FixedOffset>>) -> String {
    at.map(|at| at.format("%H:%M\n%d/%m/%Y").to_string()).unwrap_or_default()
}
