//! What travels with the papers: the control slip (D§2.7), and the dossier's way so far (D§2.9).

use super::Form;
use super::paper::{Block, Column, Document, Issue, Sheet, Signature, Span, Table};
use crate::status::effective;
use crate::{Dossier, Event, EventKind, words};
use chrono::{DateTime, FixedOffset};

/// Rows that are left empty on a control slip for the hands the papers still have to go through.
const EMPTY_ROWS: usize = 4;

/// The control slip (phiếu kiểm soát quá trình giải quyết hồ sơ): each hop one row; `by` names who took a step.
#[must_use]
pub fn control(dossier: &Dossier, log: &[Event], by: impl Fn(&Event) -> String, issue: Issue) -> Document {
    let office = issue.office.name.clone();
    let mut document = Document::about(Form::Control, dossier, issue);
    document.sheet = Sheet::A4;
    document.blocks.push(Block::strong("Kèm theo hồ sơ của:", dossier.applicant.name.clone()));
    document.request(dossier);
    if let Some(at) = dossier.received_at {
        document.blocks.push(Block::field("Ngày nhận:", words::time(at)));
    }
    if let Some(deadline) = &dossier.deadline {
        document.blocks.push(Block::strong("Ngày, giờ hẹn trả kết quả:", words::time(deadline.due)));
    }
    document.blocks.push(Block::field("Cơ quan (bộ phận) tiếp nhận:", office.clone()));
    document.blocks.push(Block::Blank("Cơ quan (bộ phận) giải quyết:"));
    document.blocks.push(Block::Blank("Cơ quan phối hợp giải quyết (nếu có):"));
    document.blocks.push(Block::Space);
    let mut rows: Vec<Vec<String>> = effective(log)
        .into_iter()
        .filter(|event| travels(event.kind))
        .map(|event| {
            let (given, taken) = (by(event), words::time(event.at));
            let times = format!("1. Giao: {given}\n2. Nhận: {taken}\nNgười giao: {given}\nNgười nhận:");
            vec![office.clone(), times, standing(dossier, event.at), event.reason.clone()]
        })
        .collect();
    let blank = "1. Giao:\n2. Nhận: …… giờ …… phút,\nngày …… / …… / …………\nNgười giao:\nNgười nhận:".to_owned();
    rows.extend((0..EMPTY_ROWS).map(|_| vec![String::new(), blank.clone(), BOXES.to_owned(), String::new()]));
    let columns = vec![
        Column::left("Tên cơ quan", 24),
        Column::left("Thời gian giao, nhận hồ sơ", 40),
        Column::left("Kết quả giải quyết hồ sơ", 20),
        Column::left("Ghi chú", 16),
    ];
    document.blocks.push(Block::Table(Table { columns, rows }));
    document
}

const BOXES: &str = "[  ] Trước hạn\n[  ] Đúng hạn\n[  ] Quá hạn";

/// Steps by which the papers change hands.
fn travels(step: EventKind) -> bool {
    matches!(step, EventKind::Received | EventKind::Processing | EventKind::Done | EventKind::Returned)
}

/// Early, in time or late, as the form's boxes ask: in time is the day that was appointed.
fn standing(dossier: &Dossier, at: DateTime<FixedOffset>) -> String {
    let Some(deadline) = &dossier.deadline else { return BOXES.to_owned() };
    let chosen = if at > deadline.due {
        "Quá hạn"
    } else if at.date_naive() < deadline.due.date_naive() {
        "Trước hạn"
    } else {
        "Đúng hạn"
    };
    BOXES.replace(&format!("[  ] {chosen}"), &format!("[X] {chosen}"))
}

/// The dossier's way so far (quá trình xử lý hồ sơ), moves that were taken back among them.
#[must_use]
pub fn history(
    dossier: &Dossier,
    log: &[Event],
    by: impl Fn(&Event) -> String,
    name: impl Fn(EventKind) -> &'static str,
    issue: Issue,
) -> Document {
    let clerk = issue.clerk.clone();
    let mut document = Document::about(Form::History, dossier, issue);
    document.sheet = Sheet::A4;
    document.blocks.push(Block::strong("Chủ hồ sơ:", dossier.applicant.name.clone()));
    document.request(dossier);
    if let Some(at) = dossier.received_at {
        document.blocks.push(Block::field("Thời gian nhận:", words::time(at)));
    }
    if let Some(deadline) = &dossier.deadline {
        document.blocks.push(Block::field("Thời gian hẹn trả:", words::time(deadline.due)));
    }
    // Our own sheet, so that it may say what no circular has a line for.
    for asked in dossier.asked().into_iter().filter(|asked| !asked.value.is_empty()) {
        let label = Span::plain(format!("{}: ", asked.spec.label));
        document.blocks.push(Block::Text(vec![label, Span::strong(asked.spec.shown(asked.value))]));
    }
    document.blocks.push(Block::Space);
    let row = |(n, event): (usize, &Event)| {
        let at = event.at.format("%H:%M %d/%m/%Y").to_string();
        vec![n.to_string(), at, by(event), name(event.kind).to_owned(), event.reason.clone()]
    };
    let columns = vec![
        Column::center("TT", 6),
        Column::center("Ngày xử lý", 18),
        Column::left("Người xử lý", 22),
        Column::left("Thao tác", 22),
        Column::left("Nội dung", 32),
    ];
    document.blocks.push(Block::Table(Table { columns, rows: (1..).zip(log).map(row).collect() }));
    document.signatures.push(Signature::of("NGƯỜI LẬP", clerk));
    document
}
