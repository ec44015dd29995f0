//! Money on paper: the fee receipt (biên lai thu tiền phí, lệ phí; NĐ 123/2020 art 32, D§7.2) and the sheet that closes
//! a shift (bảng chốt ca).

use super::Form;
use super::paper::{Block, Column, Document, Issue, Sheet, Signature, Span, Table};
use crate::fee_receipt::{
    CashCount, FeeReceipt, FeeReceiptState, Payment, PaymentMethod, Series, ShiftSummary, VoidedMoney,
};
use crate::money::{Dong, EmptyTens};
use crate::words;
use chrono::{DateTime, FixedOffset};

/// A receipt and what stands on it beside its own content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedFee<'a> {
    /// The receipt.
    pub receipt: &'a FeeReceipt,
    /// Codes of the dossiers that it paid for.
    pub dossiers: &'a [String],
    /// The published wording of what was paid, verbatim (D§7.1).
    pub texts: &'a [String],
    /// How an empty place of tens is read.
    pub empty_tens: EmptyTens,
}

/// How a way of payment is called on paper.
#[must_use]
pub fn method_name(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Cash => "Tiền mặt",
        PaymentMethod::Transfer => "Chuyển khoản",
        PaymentMethod::Vietqr => "Chuyển khoản (VietQR)",
        PaymentMethod::Card => "Thẻ",
    }
}

/// How it was paid; where it came several ways, how much each way.
fn paid_by(payment: &Payment) -> String {
    match payment.parts().as_deref() {
        None | Some([_]) => method_name(payment.method).to_owned(),
        Some(parts) => {
            let told: Vec<String> =
                parts.iter().map(|part| format!("{} {}", method_name(part.method), part.amount)).collect();
            told.join("; ")
        }
    }
}

/// The receipt in its two parts: one is kept by who collects, one is given to who paid.
#[must_use]
pub fn fee_receipt(printed: &PrintedFee<'_>, issue: Issue) -> Document {
    let (receipt, payment) = (printed.receipt, &printed.receipt.payment);
    let clerk = issue.clerk.clone();
    let mut document = Document::of(Form::FeeReceipt, issue);
    let number = format!("{:07}", receipt.serial);
    document.code = match printed.dossiers {
        [one] => Some(one.clone()),
        _ => None,
    };
    let code = printed.dossiers.first().map_or("", String::as_str);
    document.code_text = document.corner(code, "", &payment.payer_id);
    document.copies = vec!["Liên 1: Lưu tại tổ chức thu".to_owned(), "Liên 2: Giao người nộp tiền".to_owned()];
    let Series { template, sign } = &receipt.series;
    document.under_title.push(format!("Mẫu số: {template} – Ký hiệu: {sign} – Số: {number}"));
    let collector = &payment.collector;
    document.blocks.push(Block::strong("Tổ chức thu:", collector.name.clone()));
    document.blocks.push(match &collector.tax_code {
        Some(tax_code) => Block::field("Mã số thuế:", tax_code.to_string()),
        None => Block::Blank("Mã số thuế:"),
    });
    document.blocks.push(Block::field("Bên được ủy nhiệm thu:", collector.delegate.clone().unwrap_or_default()));
    document.blocks.push(Block::strong("Người nộp tiền:", payment.payer.clone()));
    document.blocks.push(Block::field("Địa chỉ:", payment.address.clone()));
    document.blocks.push(Block::field("Số định danh/Mã số thuế:", payment.payer_id.clone()));
    if printed.dossiers.len() > 1 {
        document.blocks.push(Block::field("Hồ sơ:", printed.dossiers.join(", ")));
    }
    document.blocks.push(Block::Space);
    let row = |(n, line): (usize, &crate::fee_receipt::FeeReceiptLine)| {
        vec![n.to_string(), line.name.clone(), line.amount.to_string()]
    };
    let mut rows: Vec<Vec<String>> = (1..).zip(&payment.lines).map(row).collect();
    rows.push(vec![String::new(), "Tổng cộng".to_owned(), receipt.total.to_string()]);
    let columns = vec![Column::center("TT", 5), Column::left("Tên loại phí, lệ phí", 33), Column::right("Số tiền", 12)];
    document.blocks.push(Block::Table(Table { columns, rows }));
    document.blocks.push(Block::strong("Số tiền viết bằng chữ:", receipt.total.in_words(printed.empty_tens)));
    document.blocks.push(Block::field("Hình thức thanh toán:", paid_by(payment)));
    document.blocks.push(Block::field("Thời gian thu:", words::time(payment.at)));
    if let FeeReceiptState::Void(voided) = &receipt.state {
        document.stamp = Some("ĐÃ HỦY");
        let money = match voided.money {
            VoidedMoney::Refunded => "đã hoàn lại tiền",
            VoidedMoney::Replaced => "thay bằng biên lai khác",
        };
        let told = format!(" lúc {}; lý do: {}; {money}.", words::time(voided.at), voided.reason);
        document.blocks.push(Block::Text(vec![Span::strong("BIÊN LAI ĐÃ HỦY"), Span::plain(told)]));
    }
    for text in printed.texts.iter().filter(|text| !text.trim().is_empty()) {
        document.blocks.push(Block::Note(format!("Mức thu theo công bố: {}", text.trim())));
    }
    document.signatures.push(Signature::of("NGƯỜI NỘP TIỀN", ""));
    document.signatures.push(Signature::of("NGƯỜI THU TIỀN", clerk));
    document
}

/// A closed shift and what was found in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedShift<'a> {
    /// Its number at the station.
    pub number: i64,
    /// Name of the station.
    pub station: &'a str,
    /// Whose drawer.
    pub clerk: &'a str,
    /// The sums by the book.
    pub summary: &'a ShiftSummary,
    /// The notes that were counted.
    pub counted: &'a CashCount,
    /// Why it is short or over.
    pub reason: &'a str,
    /// How an empty place of tens is read.
    pub empty_tens: EmptyTens,
}

/// The most runs of numbers that are named one by one: the sheet is one page.
const RUNS: usize = 6;
const RUNS_WITH_REASONS: usize = 3;
/// Letters of a reason beside a run; the book has all of them.
const LONGEST_REASON: usize = 60;

/// The one page that closes a shift: the book, the drawer, the difference, two signatures.
#[must_use]
pub fn shift_close(closed: &ClosedShift<'_>, issue: Issue) -> Document {
    let summary = closed.summary;
    let mut document = Document::of(Form::ShiftClose, issue);
    document.sheet = Sheet::A4;
    let (from, to) = (short(summary.shift.from), short(summary.shift.to));
    document.under_title.push(format!("Ca số {} – {}, từ {from} đến {to}", closed.number, closed.station));
    document.blocks.push(Block::strong("Người thu tiền:", closed.clerk));
    document.blocks.push(Block::Table(methods(summary)));
    let runs: Vec<Run<'_>> = summary.serials.iter().map(|(series, first, last)| (series, *first, *last, "")).collect();
    document.blocks.push(Block::field("Biên lai đã lập:", listed(&runs, RUNS)));
    let void: Vec<Run<'_>> = summary.void.iter().map(|(series, serial)| (series, *serial, *serial, "")).collect();
    document.blocks.push(Block::field("Biên lai đã hủy:", listed(&void, RUNS)));
    let aside: Vec<Run<'_>> =
        summary.set_aside.iter().map(|run| (&run.series, run.first, run.last, run.reason.as_str())).collect();
    document.blocks.push(Block::field("Số bỏ không dùng:", listed(&aside, RUNS_WITH_REASONS)));
    document.blocks.push(Block::Space);
    document.blocks.push(Block::Table(notes(closed.counted, summary.counted)));
    let (float, expected) = (summary.shift.float, summary.expected);
    document.blocks.push(Block::text(format!("Tiền lẻ đầu ca: {float}. Tiền mặt phải có theo sổ: {expected}.")));
    let words = format!(" ({})", summary.counted.in_words(closed.empty_tens));
    let counted = vec![Span::strong(summary.counted.to_string()), Span::plain(words)];
    document.blocks.push(Block::Field("Tiền mặt kiểm đếm được:", counted));
    let difference = match summary.difference {
        Dong::ZERO => "không chênh lệch".to_owned(),
        amount if amount < Dong::ZERO => format!("thiếu {}", Dong::new(-amount.value())),
        amount => format!("thừa {amount}"),
    };
    document.blocks.push(Block::strong("Chênh lệch:", difference));
    document.blocks.push(Block::field("Lý do chênh lệch:", closed.reason));
    document.signatures.push(Signature::of("NGƯỜI THU TIỀN", closed.clerk));
    document.signatures.push(Signature::of("PHỤ TRÁCH BỘ PHẬN", ""));
    document
}

fn methods(summary: &ShiftSummary) -> Table {
    let columns = vec![
        Column::left("Hình thức", 20),
        Column::right("Số biên lai", 10),
        Column::right("Đã thu", 14),
        Column::right("Đã hủy", 14),
        Column::right("Còn lại", 14),
    ];
    let left = |taken: Dong, void: Dong| taken.minus(void).unwrap_or(Dong::ZERO).to_string();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut receipts, mut taken, mut void) = (0, Dong::ZERO, Dong::ZERO);
    for sums in &summary.methods {
        receipts += sums.receipts;
        taken = taken.plus(sums.taken).unwrap_or(taken);
        void = void.plus(sums.void).unwrap_or(void);
        rows.push(vec![
            method_name(sums.method).to_owned(),
            sums.receipts.to_string(),
            sums.taken.to_string(),
            sums.void.to_string(),
            left(sums.taken, sums.void),
        ]);
    }
    let sums = [receipts.to_string(), taken.to_string(), void.to_string(), left(taken, void)];
    rows.push(std::iter::once("Cộng".to_owned()).chain(sums).collect());
    Table { columns, rows }
}

/// Two notes a row, so that the sheet stays one page.
fn notes(counted: &CashCount, total: Dong) -> Table {
    let columns = ["Mệnh giá", "Số tờ", "Thành tiền"].into_iter().zip([14, 9, 17]);
    let columns: Vec<Column> = columns.map(|(head, parts)| Column::right(head, parts)).collect();
    let cells = |bundle: &crate::fee_receipt::CashBundle| {
        let worth = bundle.note.times(bundle.count).unwrap_or(Dong::ZERO);
        [bundle.note.to_string(), bundle.count.to_string(), worth.to_string()]
    };
    let sum = ["Cộng".to_owned(), String::new(), total.to_string()];
    let counted = counted.0.iter().filter(|bundle| bundle.count > 0).map(cells).chain([sum]);
    let counted: Vec<[String; 3]> = counted.collect();
    let (left, right) = counted.split_at(counted.len().div_ceil(2));
    let empty = || [String::new(), String::new(), String::new()];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (n, one) in left.iter().enumerate() {
        let other = right.get(n).cloned().unwrap_or_else(empty);
        rows.push(one.iter().cloned().chain(other).collect());
    }
    Table { columns: [columns.clone(), columns].concat(), rows }
}

/// Numbers without a break, and why they were set aside.
type Run<'a> = (&'a Series, u32, u32, &'a str);

/// Runs after one another, each series named once; of many only the first and how many more the book has.
fn listed(runs: &[Run<'_>], most: usize) -> String {
    if runs.is_empty() {
        return "không có".to_owned();
    }
    let mut shown: Vec<String> = Vec::new();
    let mut before = None;
    for (series, first, last, reason) in runs.iter().take(most) {
        let numbers = if first == last { format!("{first:07}") } else { format!("{first:07}–{last:07}") };
        let sign = if before == Some(*series) { String::new() } else { format!("{} số ", series.sign) };
        let reason: String = reason.chars().take(LONGEST_REASON).collect();
        let reason = if reason.is_empty() { reason } else { format!(" ({reason})") };
        shown.push(format!("{sign}{numbers}{reason}"));
        before = Some(*series);
    }
    match runs.len().saturating_sub(most) {
        0 => shown.join("; "),
        more => format!("{}; và {more} dải số khác trong sổ", shown.join("; ")),
    }
}

fn short(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M %d/%m/%Y").to_string()
}
