//! The fee receipt (biên lai thu phí, lệ phí; NĐ 123/2020 arts 32–36, D§7.2) and the book it is torn from.
//!
//! A serial is money's witness: every number of a leased block is issued, void or set aside with a reason, and none is
//! passed over in silence (T-55). The book is the fold of its entries; the same command never takes a second number,
//! so that a payment taken just before a crash has one receipt after it.

mod book;
mod shift;

pub use book::{FeeBook, Numbering, SerialAccount};
pub use shift::{CashBundle, CashCount, MethodTotal, NOTES, Shift, ShiftSummary};

use crate::money::Dong;
use crate::{CommandId, DossierCode, StaffId, StationId, TaxCode};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The highest serial: seven digits (số biên lai).
pub const LAST_SERIAL: u32 = 9_999_999;

/// Which series a number belongs to (ký hiệu mẫu, ký hiệu biên lai).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Series {
    /// Sign of the form, such as `01BLP2-001` (ký hiệu mẫu).
    pub template: String,
    /// Sign of the series with its two-digit year, such as `28AA-26T` (ký hiệu biên lai).
    pub sign: String,
}

/// Numbers that one station may use, handed to no other (dải số được cấp).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialBlock {
    /// The series.
    pub series: Series,
    /// The first number, from 1.
    pub first: u32,
    /// The last number.
    pub last: u32,
    /// The station that holds it.
    pub station: StationId,
    /// Of electronic receipts the year: they begin at 1 on 01/01 and end on 31/12. Paper has none.
    pub year: Option<i32>,
}

/// How money was paid (hình thức thanh toán).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Cash (tiền mặt).
    Cash,
    /// Transfer (chuyển khoản).
    Transfer,
    /// Transfer by the code that we showed (VietQR).
    Vietqr,
    /// Card at a terminal (thẻ, máy POS).
    Card,
}

/// What of a payment came which way (một phần tiền, theo hình thức).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PaidPart {
    /// Which way.
    pub method: PaymentMethod,
    /// How much. Above nought.
    pub amount: Dong,
}

/// Who collects, as the receipt names it (tổ chức thu; NĐ 123/2020 art 32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collector {
    /// Name.
    pub name: String,
    /// Tax code; without one the receipt leaves room to write it.
    pub tax_code: Option<TaxCode>,
    /// Who collects on its behalf, such as the post office; both are named (bên được ủy nhiệm thu).
    pub delegate: Option<String>,
}

/// One line of the receipt (tên loại phí, lệ phí và số tiền).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeReceiptLine {
    /// What is collected.
    pub name: String,
    /// How much.
    pub amount: Dong,
}

/// What a receipt says before it has a number (nội dung biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The command that takes the money: the same command is the same payment, however often it is sent.
    pub command: CommandId,
    /// Who collects.
    pub collector: Collector,
    /// Who pays (người nộp).
    pub payer: String,
    /// The payer's address.
    pub address: String,
    /// The payer's identity number or tax code, if the receipt shall name it.
    pub payer_id: String,
    /// The dossier it is for.
    pub dossier: Option<DossierCode>,
    /// What is paid for. Never empty, every amount above nought.
    pub lines: Vec<FeeReceiptLine>,
    /// How; where it came several ways, how the rest came that `also` leaves.
    pub method: PaymentMethod,
    /// What of it came another way (thanh toán kết hợp).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<PaidPart>,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who took it (người thu tiền).
    pub staff: StaffId,
}

impl Payment {
    /// All lines together, or nothing where they cannot stand on a receipt.
    #[must_use]
    pub fn total(&self) -> Option<Dong> {
        let paid = |line: &FeeReceiptLine| line.amount > Dong::ZERO && !line.name.trim().is_empty();
        let whole = !self.lines.is_empty() && self.lines.iter().all(paid);
        Dong::sum(self.lines.iter().map(|line| line.amount)).filter(|_| whole)
    }

    /// The total by the ways in which it came, or nothing where they do not make it up: each way once, each with an
    /// amount, and something left for `method`.
    #[must_use]
    pub fn parts(&self) -> Option<Vec<PaidPart>> {
        let others = Dong::sum(self.also.iter().map(|part| part.amount))?;
        let rest = PaidPart { method: self.method, amount: self.total()?.minus(others)? };
        let parts: Vec<PaidPart> = std::iter::once(rest).chain(self.also.iter().copied()).collect();
        let once = |part: &PaidPart| parts.iter().filter(|other| other.method == part.method).count() == 1;
        parts.iter().all(|part| part.amount > Dong::ZERO && once(part)).then_some(parts)
    }
}

/// A receipt with its number (biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeReceipt {
    /// The series.
    pub series: Series,
    /// The number.
    pub serial: u32,
    /// What it says.
    pub payment: Payment,
    /// All lines together.
    pub total: Dong,
    /// Whether it still holds.
    pub state: FeeReceiptState,
    /// How often it was printed; from the second time on it says `bản sao` (D§7.2: each liên is printed once).
    pub prints: u32,
}

/// Whether a receipt holds (trạng thái biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FeeReceiptState {
    /// It holds (đã lập).
    Issued,
    /// It was void after it had been issued (đã hủy). Its number is never used again.
    Void(Voided),
}

/// Why, when and by whom a receipt was void (biên bản hủy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Why, in words; never empty.
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who; the money leaves this person's drawer.
    pub staff: StaffId,
    /// What became of the money.
    pub money: VoidedMoney,
}

/// What became of the money of a void receipt (xử lý số tiền đã thu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum VoidedMoney {
    /// It was given back (hoàn phí).
    Refunded,
    /// It stands on another receipt that replaces this one (lập biên lai thay thế).
    Replaced,
}

/// A number that no receipt stands on, and why (số bỏ không dùng).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The series.
    pub series: Series,
    /// The first number of the run.
    pub first: u32,
    /// Its last number.
    pub last: u32,
    /// Why, in words; never empty.
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub staff: StaffId,
}

/// One entry of the book (diễn biến sổ biên lai). The store appends them; the book is their fold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "nearly every entry is a receipt")]
pub enum BookEntry {
    /// Numbers were leased to the station.
    Leased(SerialBlock),
    /// A receipt took its number.
    Issued {
        /// The series.
        series: Series,
        /// The number.
        serial: u32,
        /// What it says.
        payment: Payment,
    },
    /// A receipt was void.
    Voided {
        /// The series.
        series: Series,
        /// The number.
        serial: u32,
        /// Why, when, by whom.
        voided: Voided,
    },
    /// A receipt went to paper.
    Printed {
        /// The series.
        series: Series,
        /// The number.
        serial: u32,
    },
    /// Numbers were set aside: a spoiled sheet, or the rest of a block that is given back.
    SetAside(SetAside),
}

/// What the book refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookRefusal {
    /// No number is left for this day: another block has to be leased.
    #[error("no serial is left")]
    NoSerial,
    /// The block is empty, begins at nought, is too long, or was leased before.
    #[error("the block does not fit")]
    BadBlock,
    /// The number is not the next one of its series.
    #[error("serial {given} would pass over {next}")]
    Skipped {
        /// The next free number.
        next: u32,
        /// The number that was given.
        given: u32,
    },
    /// The command has taken another number already.
    #[error("this payment has its receipt")]
    PaidBefore,
    /// There is no such receipt.
    #[error("no such receipt")]
    NotFound,
    /// It is void already.
    #[error("the receipt is void already")]
    VoidBefore,
    /// A reason is missing.
    #[error("a reason is needed")]
    NoReason,
    /// Nothing to pay, a line without a name, a sum beyond any, or parts that do not make it up.
    #[error("the lines of the receipt do not fit")]
    BadLines,
    /// A receipt would be void before it was issued.
    #[error("the time lies before the receipt's")]
    BadTime,
}
