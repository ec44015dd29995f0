//! What the window and the console see of fees: what is due, what was paid, the book of receipts, the shift.

use domain::fee::{Counted, FeeChoice, FeeNeed, ReliefReason};
use domain::fee_receipt::{CashBundle, PaidPart, PaymentMethod, VoidedMoney};
use domain::{CommandId, Dong, DossierId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a dossier and its visit owe, and what was paid (thu phí).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeesView {
    /// The dossier that was asked for.
    pub dossier: DossierId,
    /// Names the next payment: sent twice, it is taken once (E6).
    pub command: CommandId,
    /// The dossier, then the others of its visit.
    pub dossiers: Vec<DossierFee>,
    /// What is still to be paid for the dossier; none while something is to be said first.
    pub left: Option<Dong>,
    /// The same for the whole visit.
    pub left_visit: Option<Dong>,
    /// Receipts that paid for any of these dossiers, newest first.
    pub receipts: Vec<FeeReceiptView>,
    /// The number that the next receipt gets; none while there is none to give.
    pub next: Option<NextSerial>,
    /// Whether the agency's account is known, so that a transfer code can be shown.
    pub can_transfer: bool,
    /// Who pays, where nobody says otherwise.
    pub payer: String,
    /// Whether the signed-in role takes fees.
    pub may_collect: bool,
}

/// The number that the next receipt gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NextSerial {
    /// Sign of the form (ký hiệu mẫu).
    pub template: String,
    /// Sign of the series (ký hiệu).
    pub sign: String,
    /// The number, as it is written.
    pub number: String,
    /// How many are left.
    pub left: u32,
    /// True for a printed book: the receipt is written by hand and its number is looked at.
    pub paper: bool,
}

/// What one dossier owes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DossierFee {
    /// The dossier.
    pub dossier: DossierId,
    /// Its code, once it has one.
    pub code: Option<String>,
    /// Its procedure, or empty.
    pub procedure: String,
    /// What it is for, with the published wording.
    pub items: Vec<FeeItemView>,
    /// All items; none while something is to be said first.
    pub total: Option<Dong>,
    /// What receipts that hold have paid.
    pub paid: Dong,
    /// What is still to be paid.
    pub left: Option<Dong>,
    /// What is to be said first.
    pub needs: Option<FeeNeed>,
    /// What is counted.
    pub counted: Counted,
    /// What is counted is called so.
    pub unit: String,
    /// Reasons to pay less that the rules name.
    pub reliefs: Vec<ReliefView>,
    /// What the clerk decided.
    pub choice: FeeChoice,
    /// Two rules that hold with equal right, by name.
    pub ambiguous: Option<(String, String)>,
}

/// One item of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeeItemView {
    /// What is collected.
    pub name: String,
    /// The publication's words, verbatim.
    pub text: String,
    /// What it rests on.
    pub basis: String,
    /// The amount, where there is one.
    pub amount: Option<Dong>,
    /// How it came about.
    pub lines: Vec<String>,
}

/// A reason to pay less that a rule names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReliefView {
    /// The reason.
    pub reason: ReliefReason,
    /// In words.
    pub name: String,
    /// How much is taken off.
    pub percent: u8,
    /// The publication's words.
    pub text: String,
}

/// How money is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeePayment {
    /// Names the payment: sent twice, it is taken once.
    pub command: CommandId,
    /// One receipt for all dossiers of the visit.
    pub whole_visit: bool,
    /// How; the rest, where a part comes another way.
    pub method: PaymentMethod,
    /// What of it comes another way.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<PaidPart>>")]
    pub also: Vec<PaidPart>,
    /// What the screen showed: another amount is not taken unseen.
    pub expected: Dong,
    /// Who pays, where that is not the one who hands in.
    #[serde(default)]
    pub payer: Option<String>,
    /// Take the number of the printed book, although there are leased ones.
    #[serde(default)]
    pub paper: bool,
}

/// A receipt (biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeeReceiptView {
    /// What forms and commands name it by: `template~sign~number`.
    pub about: String,
    /// Sign of the form.
    pub template: String,
    /// Sign of the series.
    pub sign: String,
    /// The number, as it is written.
    pub number: String,
    /// What was paid for.
    pub lines: Vec<FeeReceiptLineView>,
    /// All lines.
    pub total: Dong,
    /// The total in words.
    pub in_words: String,
    /// How; the rest, where a part came another way.
    pub method: PaymentMethod,
    /// What of it came another way.
    pub also: Vec<PaidPart>,
    /// When.
    pub at: String,
    /// Who paid.
    pub payer: String,
    /// Who took it.
    pub clerk: String,
    /// Codes of the dossiers that it paid for.
    pub dossiers: Vec<String>,
    /// Why it is void, where it is.
    pub void: Option<VoidView>,
    /// True for one out of a printed book, written by hand.
    pub paper: bool,
    /// Whether who is signed in may make it void.
    pub may_void: bool,
}

/// One line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeeReceiptLineView {
    /// What for.
    pub name: String,
    /// How much.
    pub amount: Dong,
}

/// Why a receipt is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct VoidView {
    /// Why.
    pub reason: String,
    /// When.
    pub at: String,
    /// By whom.
    pub clerk: String,
    /// What became of the money.
    pub money: VoidedMoney,
}

/// A transfer code for the citizen (mã VietQR).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TransferCode {
    /// The text of the code.
    pub payload: String,
    /// The code's squares, row by row: `1` is dark.
    pub rows: Vec<String>,
    /// How much.
    pub amount: Dong,
    /// What the transfer says it is for.
    pub purpose: String,
    /// The bank, in words.
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is.
    pub account_name: String,
}

/// The receipts of some days, with the account of every number (sổ biên lai).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeeBookView {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Receipts made or made void on those days, newest first.
    pub receipts: Vec<FeeReceiptView>,
    /// Numbers set aside on those days.
    pub set_aside: Vec<SetAsideView>,
    /// The blocks in use, and those of these days.
    pub blocks: Vec<SerialBlockView>,
}

/// Numbers that no receipt stands on, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SetAsideView {
    /// Sign of the series.
    pub sign: String,
    /// The first number, as it is written.
    pub first: String,
    /// The last.
    pub last: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: String,
    /// By whom.
    pub clerk: String,
}

/// What became of the numbers of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SerialBlockView {
    /// Sign of the form.
    pub template: String,
    /// Sign of the series.
    pub sign: String,
    /// The first number.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// The next free one; none where all are used.
    pub next: Option<u32>,
    /// True for a printed book.
    pub paper: bool,
    /// True where no more may be given out here: the station was copied or enrolled anew.
    pub ended: bool,
    /// Receipts that hold.
    pub issued: u32,
    /// Receipts that are void.
    pub void: u32,
    /// Numbers set aside with a reason.
    pub set_aside: u32,
    /// Numbers still free.
    pub free: u32,
    /// Used numbers with neither receipt nor reason: always empty, and counted afresh to prove it.
    pub missing: Vec<u32>,
}

/// Numbers to be set aside, or a printed book to be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SerialRun {
    /// Sign of the form.
    pub template: String,
    /// Sign of the series.
    pub sign: String,
    /// The first number.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// A shift at the drawer (ca thu tiền).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ShiftView {
    /// Its number at this station; what the form names it by.
    pub number: u32,
    /// Whose.
    pub clerk: String,
    /// Since when.
    pub from: String,
    /// Until when; none while it is open.
    pub to: Option<String>,
    /// The cash that lay in the drawer before.
    pub float: Dong,
    /// What came in and went out, by way of payment.
    pub methods: Vec<MethodView>,
    /// Numbers issued, as runs: `28AA-26T: 0000001–0000012`.
    pub serials: Vec<String>,
    /// Numbers that became void.
    pub void: Vec<String>,
    /// Numbers set aside, with their reasons.
    pub set_aside: Vec<String>,
    /// What the drawer must hold by the book.
    pub expected: Dong,
    /// What was counted; none while it is open.
    pub counted: Option<Dong>,
    /// Counted less expected.
    pub difference: Option<Dong>,
    /// Why it is short or over.
    pub reason: String,
    /// The notes that were counted.
    pub notes: Vec<CashBundle>,
}

/// What came in and went out one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MethodView {
    /// Which way.
    pub method: PaymentMethod,
    /// Receipts.
    pub receipts: u32,
    /// What they came to.
    pub taken: Dong,
    /// What became void.
    pub void: Dong,
}
