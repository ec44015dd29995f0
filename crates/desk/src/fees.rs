//! Fees at the counter (thu phí, lệ phí): what is due, the money, its receipt, the book of receipts, the shift.
//!
//! Nothing here waits for a network: numbers are leased ahead or stand in a printed book on the table. The book's rules
//! are `domain::fee_receipt`'s; an entry, what it paid for, the log and the outbox are one transaction (T-55).

mod book;
mod due;
mod pay;
mod send;
mod serials;
mod settings;
mod sheet;
mod shift;
mod told;
mod void;

pub use settings::FeeSettings;
pub(crate) use settings::train;
pub use told::{TakenFee, ToldFee, ToldMethod};

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{FeeReceiptLineView, FeeReceiptView, VoidView};
use chrono::{DateTime, FixedOffset};
use domain::fee_receipt::{BookEntry, FeeBook, FeeReceipt, FeeReceiptState, Series};
use domain::{Right, Staff};
use store::Reader;
use store::tables::serial::{BlockKind, SerialRow};

/// Why the book, as it is kept, does not read.
fn damaged(at: usize) -> Error {
    store::Error::Damaged(format!("the book of receipts, entry {at}")).into()
}

/// The book of some blocks.
fn fold(entries: Vec<BookEntry>) -> Result<FeeBook, Error> {
    FeeBook::read(entries).map_err(|(at, _)| damaged(at))
}

fn book_of(r: &Reader<'_>, blocks: &[SerialRow]) -> Result<FeeBook, Error> {
    let blocks: Vec<i64> = blocks.iter().map(|block| block.n).collect();
    fold(r.fee_entries(&blocks)?)
}

/// A number as it is written: seven digits (NĐ 123/2020 art 32).
fn written(serial: u32) -> String {
    format!("{serial:07}")
}

/// What a receipt is named by; signs hold neither the mark nor a slash.
fn about(series: &Series, serial: u32) -> String {
    format!("{}~{}~{}", series.template, series.sign, written(serial))
}

/// Two receipts of one moment stand in the order of their numbers, however often one looks.
fn newest_first(receipts: &mut [(DateTime<FixedOffset>, FeeReceiptView)]) {
    receipts.sort_by(|(at, one), (then, other)| {
        let place = |view: &FeeReceiptView| (view.number.clone(), view.sign.clone(), view.template.clone());
        then.cmp(at).then_with(|| place(other).cmp(&place(one)))
    });
}

/// Reads what [`about`] wrote.
fn named(about: &str) -> Option<(Series, u32)> {
    let mut parts = about.trim().split('~');
    let (template, sign, serial) = (parts.next()?, parts.next()?, parts.next()?);
    let serial = serial.parse().ok()?;
    parts.next().is_none().then(|| (Series { template: template.to_owned(), sign: sign.to_owned() }, serial))
}

impl Desk {
    /// A receipt with the block that it is of.
    fn receipt_named(r: &Reader<'_>, series: &Series, serial: u32) -> Result<(FeeReceipt, SerialRow), Error> {
        let block = r.serial_block_of(series, serial)?.ok_or(Error::ReceiptNotFound)?;
        let book = book_of(r, std::slice::from_ref(&block))?;
        let receipt = book.receipt(series, serial).cloned().ok_or(Error::ReceiptNotFound)?;
        Ok((receipt, block))
    }

    fn receipt_view(
        &self,
        r: &Reader<'_>,
        receipt: &FeeReceipt,
        kind: BlockKind,
        who: &Staff,
    ) -> Result<FeeReceiptView, Error> {
        let payment = &receipt.payment;
        let mut dossiers = Vec::new();
        for share in r.fee_shares_of(payment.command)? {
            let code = r.dossier(share.dossier)?.and_then(|dossier| dossier.code);
            dossiers.extend(code.map(|code| code.to_string()));
        }
        let void = match &receipt.state {
            FeeReceiptState::Issued => None,
            FeeReceiptState::Void(voided) => Some(VoidView {
                reason: voided.reason.clone(),
                at: self.shown(voided.at),
                clerk: r.staff(voided.staff)?.map(|staff| staff.name).unwrap_or_default(),
                money: voided.money,
            }),
        };
        Ok(FeeReceiptView {
            about: about(&receipt.series, receipt.serial),
            template: receipt.series.template.clone(),
            sign: receipt.series.sign.clone(),
            number: written(receipt.serial),
            lines: payment
                .lines
                .iter()
                .map(|line| FeeReceiptLineView { name: line.name.clone(), amount: line.amount })
                .collect(),
            total: receipt.total,
            in_words: receipt.total.in_words(self.fee_settings_in(r)?.empty_tens),
            method: payment.method,
            also: payment.also.clone(),
            at: self.shown(payment.at),
            payer: payment.payer.clone(),
            clerk: r.staff(payment.staff)?.map(|staff| staff.name).unwrap_or_default(),
            dossiers,
            may_void: void.is_none() && self.may_void(r, receipt, who)?,
            void,
            paper: kind == BlockKind::Paper,
        })
    }

    /// Their own receipt in the shift that is still open, by whoever takes fees; any other by those who may.
    fn may_void(&self, r: &Reader<'_>, receipt: &FeeReceipt, who: &Staff) -> Result<bool, Error> {
        if self.may(who, Right::Void) {
            return Ok(true);
        }
        let shift = r.open_shift::<shift::Closed>(who.id)?;
        let own = receipt.payment.staff == who.id && shift.is_some_and(|shift| receipt.payment.at >= shift.from);
        Ok(own && self.may(who, Right::Collect))
    }

    pub(crate) fn may(&self, who: &Staff, right: Right) -> bool {
        crate::station::read(&self.rights).may(who.role, right)
    }
}
