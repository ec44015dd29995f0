//! Papers and results that change hands (D§2.7, D§2.9): each list is made twice, each side keeps one.

use super::Form;
use super::paper::{Block, Column, Document, Issue, Sheet, Signature, Table};
use crate::{Channel, Dossier, words};
use chrono::{DateTime, FixedOffset};

/// One dossier of a list that is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedDossier {
    /// Its code.
    pub code: String,
    /// What is asked for.
    pub request: String,
    /// Whose it is.
    pub applicant: String,
    /// Address.
    pub address: String,
    /// How it came; what came by post goes back by post.
    pub channel: Channel,
    /// When it was received.
    pub received_at: Option<DateTime<FixedOffset>>,
    /// When its result is due.
    pub due: Option<DateTime<FixedOffset>>,
    /// Sheets handed in, of whatever kind.
    pub papers: u32,
    /// Whether a fee is due for it.
    pub charged: bool,
    /// The result, in the clerk's words.
    pub result: String,
}

const COPIES: [&str; 2] = ["Bản bên giao giữ", "Bản bên nhận giữ"];

/// The list of dossiers that go to whoever handles them (giấy bàn giao hồ sơ). `what` says of which day or shift.
#[must_use]
pub fn handover(dossiers: &[HandedDossier], what: &str, issue: Issue) -> Document {
    let columns = vec![
        Column::center("TT", 5),
        Column::left("Mã hồ sơ", 21),
        Column::left("Nội dung", 24),
        Column::left("Họ và tên", 22),
        Column::center("Ngày nhận", 11),
        Column::center("Hẹn trả", 11),
        Column::center("Số giấy tờ", 6),
    ];
    let row = |(n, dossier): (usize, &HandedDossier)| {
        vec![
            n.to_string(),
            dossier.code.clone(),
            dossier.request.clone(),
            dossier.applicant.clone(),
            short(dossier.received_at),
            short(dossier.due),
            words::count(dossier.papers),
        ]
    };
    let rows = (1..).zip(dossiers).map(row).collect();
    list(Form::Handover, Table { columns, rows }, what, issue)
}

/// The list of results that come back to the counter (phiếu bàn giao kết quả giải quyết TTHC).
#[must_use]
pub fn handover_results(dossiers: &[HandedDossier], what: &str, issue: Issue) -> Document {
    let columns = vec![
        Column::center("TT", 4),
        Column::left("Mã hồ sơ", 19),
        Column::left("Nội dung", 20),
        Column::left("Kết quả", 13),
        Column::left("Họ tên chủ hồ sơ", 17),
        Column::left("Địa chỉ", 15),
        Column::center("Phí, lệ phí", 6),
        Column::center("Trả qua bưu điện", 6),
    ];
    let cross = |yes: bool| if yes { "X" } else { "" }.to_owned();
    let row = |(n, dossier): (usize, &HandedDossier)| {
        vec![
            n.to_string(),
            dossier.code.clone(),
            dossier.request.clone(),
            dossier.result.clone(),
            dossier.applicant.clone(),
            dossier.address.clone(),
            cross(dossier.charged),
            cross(dossier.channel == Channel::Post),
        ]
    };
    let rows = (1..).zip(dossiers).map(row).collect();
    let mut document = list(Form::HandoverResults, Table { columns, rows }, what, issue);
    document.sheet = Sheet::A4Landscape;
    document
}

fn list(form: Form, table: Table, what: &str, issue: Issue) -> Document {
    let clerk = issue.clerk.clone();
    let (unit, at) = (issue.office.name.clone(), words::time(issue.at));
    let mut document = Document::of(form, issue);
    document.sheet = Sheet::A4;
    document.copies = COPIES.map(str::to_owned).to_vec();
    document.under_title.push(what.to_owned());
    document.blocks.push(Block::field("Bên giao:", unit));
    document.blocks.push(Block::Blank("Bên nhận:"));
    document.blocks.push(Block::field("Thời gian bàn giao:", at));
    let count = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    document.blocks.push(Block::field("Số lượng hồ sơ:", words::count(count)));
    document.blocks.push(Block::Space);
    document.blocks.push(Block::Table(table));
    document.blocks.push(Block::Note("Lập thành 02 bản, mỗi bên giữ 01 bản.".to_owned()));
    document.signatures.push(Signature::of("NGƯỜI GIAO", clerk));
    document.signatures.push(Signature::of("NGƯỜI NHẬN", ""));
    document
}

/// The receipt for a result (giấy biên nhận trả kết quả): who gave it to whom, and when.
#[must_use]
pub fn result_receipt(dossier: &Dossier, returned_at: DateTime<FixedOffset>, note: &str, issue: Issue) -> Document {
    let clerk = issue.clerk.clone();
    let mut document = Document::about(Form::ResultReceipt, dossier, issue);
    document.copies = vec!["Liên 1: Lưu".to_owned(), "Liên 2: Giao khách hàng".to_owned()];
    document.request(dossier);
    document.blocks.push(Block::strong("Chủ hồ sơ:", dossier.applicant.name.clone()));
    document.blocks.push(Block::field("Số CMND/Căn cước/Hộ chiếu:", dossier.applicant.id_number.clone()));
    document.blocks.push(Block::Contact { phone: dossier.applicant.phone.clone(), email: String::new() });
    document.blocks.push(Block::field("Người trả kết quả:", clerk.clone()));
    document.blocks.push(Block::Blank("Người nhận kết quả:"));
    document.blocks.push(Block::Blank("Số CMND/Căn cước/Hộ chiếu của người nhận:"));
    document.blocks.push(Block::Blank("Số, ký hiệu của kết quả:"));
    document.blocks.push(Block::field("Thời gian trả:", words::time(returned_at)));
    document.blocks.push(Block::field("Ghi chú:", note.trim()));
    let originals: Vec<String> = dossier
        .components
        .iter()
        .filter(|component| component.handling == crate::procedure::Handling::Show)
        .map(|component| component.name.clone())
        .collect();
    if !originals.is_empty() {
        // NĐ 61/2018 art 20.2: originals taken for comparison go back.
        document.blocks.push(Block::text("Giấy tờ đã xuất trình để đối chiếu, đã nhận lại:"));
        document.blocks.push(Block::Entries(originals));
    }
    document.help_line();
    document.signatures.push(Signature::of("NGƯỜI NHẬN KẾT QUẢ", ""));
    document.signatures.push(Signature::of("NGƯỜI TRẢ KẾT QUẢ", clerk));
    document
}

fn short(at: Option<DateTime<FixedOffset>>) -> String {
    at.map(|at| at.format("%H:%M %d/%m/%Y").to_string()).unwrap_or_default()
}
