//! The end of a shift (chốt ca): the cash in the drawer held against the book.
//!
//! A receipt that holds witnesses its money; a void one no longer does, whether the money went back or onto the receipt
//! that replaces it. So every void takes its amount off in the shift in which it happened, and the sums stay right
//! when a receipt of yesterday is void today.

use super::{FeeBook, FeeReceipt, FeeReceiptState, PaymentMethod, Series, SetAside};
use crate::StaffId;
use crate::money::Dong;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Notes in circulation (mệnh giá), the largest first.
pub const NOTES: [i64; 11] = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200];

/// Notes of one value (tờ tiền cùng mệnh giá).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CashBundle {
    /// What one is worth.
    pub note: Dong,
    /// How many.
    pub count: u32,
}

/// The cash that was counted (kiểm đếm tiền mặt).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CashCount(pub Vec<CashBundle>);

impl CashCount {
    /// All of it, or nothing where a note is counted that does not exist, or one twice.
    #[must_use]
    pub fn total(&self) -> Option<Dong> {
        let mut seen = Vec::new();
        for bundle in &self.0 {
            if !NOTES.contains(&bundle.note.value()) || seen.contains(&bundle.note) {
                return None;
            }
            seen.push(bundle.note);
        }
        self.0.iter().map(|bundle| bundle.note.times(bundle.count)).collect::<Option<Vec<_>>>().and_then(Dong::sum)
    }
}

/// A shift (ca làm việc).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Whose drawer; nobody's means the whole station's.
    pub staff: Option<StaffId>,
    /// Its first moment.
    pub from: DateTime<FixedOffset>,
    /// The first moment after it.
    pub to: DateTime<FixedOffset>,
    /// The cash that lay in the drawer before (tiền lẻ đầu ca).
    pub float: Dong,
}

impl Shift {
    fn has(&self, at: DateTime<FixedOffset>, staff: StaffId) -> bool {
        self.from <= at && at < self.to && self.staff.is_none_or(|own| own == staff)
    }
}

/// What came in and went out one way (cộng theo hình thức thanh toán).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodTotal {
    /// Which way.
    pub method: PaymentMethod,
    /// Receipts issued in the shift that were paid this way, wholly or in part.
    pub receipts: u32,
    /// What they came to.
    pub taken: Dong,
    /// What became void in the shift, whenever it was issued.
    pub void: Dong,
}

/// The sheet of a shift (bảng chốt ca).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftSummary {
    /// The shift.
    pub shift: Shift,
    /// By way of payment; ways that were not used are left out.
    pub methods: Vec<MethodTotal>,
    /// Numbers issued in the shift, as runs without a break: series, first, last.
    pub serials: Vec<(Series, u32, u32)>,
    /// Numbers that became void in the shift.
    pub void: Vec<(Series, u32)>,
    /// Numbers set aside in the shift, with their reasons.
    pub set_aside: Vec<SetAside>,
    /// What the drawer must hold by the book: float, plus cash taken, minus cash receipts made void.
    pub expected: Dong,
    /// What it held.
    pub counted: Dong,
    /// Counted less expected: below nought where cash is short (thừa, thiếu).
    pub difference: Dong,
}

fn sums_of(methods: &mut BTreeMap<PaymentMethod, MethodTotal>, method: PaymentMethod) -> &mut MethodTotal {
    let empty = MethodTotal { method, receipts: 0, taken: Dong::ZERO, void: Dong::ZERO };
    methods.entry(method).or_insert(empty)
}

impl ShiftSummary {
    /// Adds up a shift. Nothing, where a note is counted that does not exist or a sum does not fit.
    #[must_use]
    pub fn of(book: &FeeBook, shift: Shift, counted: &CashCount) -> Option<Self> {
        let mut methods: BTreeMap<PaymentMethod, MethodTotal> = BTreeMap::new();
        let (mut serials, mut void): (Vec<(Series, u32, u32)>, Vec<_>) = (Vec::new(), Vec::new());
        for receipt in book.receipts() {
            let FeeReceipt { series, serial, payment, state, .. } = receipt;
            let parts = payment.parts()?;
            if shift.has(payment.at, payment.staff) {
                for part in &parts {
                    let sums = sums_of(&mut methods, part.method);
                    sums.receipts += 1;
                    sums.taken = sums.taken.plus(part.amount)?;
                }
                match serials.last_mut() {
                    Some((known, _, last)) if known == series && *last + 1 == *serial => *last = *serial,
                    _ => serials.push((series.clone(), *serial, *serial)),
                }
            }
            if let FeeReceiptState::Void(voided) = state
                && shift.has(voided.at, voided.staff)
            {
                for part in &parts {
                    let sums = sums_of(&mut methods, part.method);
                    sums.void = sums.void.plus(part.amount)?;
                }
                void.push((series.clone(), *serial));
            }
        }
        let cash = methods.get(&PaymentMethod::Cash).map_or(Some(Dong::ZERO), |cash| cash.taken.minus(cash.void))?;
        let expected = shift.float.plus(cash)?;
        let counted = counted.total()?;
        let set_aside = book.set_aside().iter().filter(|run| shift.has(run.at, run.staff)).cloned().collect();
        let (methods, difference) = (methods.into_values().collect(), counted.minus(expected)?);
        Some(Self { shift, methods, serials, void, set_aside, expected, counted, difference })
    }

    /// Whether the shift can be closed: what is short or over wants its reason in words.
    #[must_use]
    pub fn may_close(&self, reason: &str) -> bool {
        self.difference == Dong::ZERO || !reason.trim().is_empty()
    }
}
