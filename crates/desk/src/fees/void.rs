//! A receipt made void (hủy biên lai), and numbers set aside (bỏ số): both keep their number and say why.

use super::settings::sign;
use super::{book_of, named};
use crate::accept::LONGEST_REASON;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DeskEvent, FeeReceiptView, SerialRun};
use domain::Right;
use domain::fee_receipt::{BookEntry, BookRefusal, Series, SetAside, Voided, VoidedMoney};
use domain::fold::tidy;

fn worded(reason: &str) -> String {
    tidy(reason).chars().take(LONGEST_REASON).collect()
}

impl Desk {
    /// A receipt, by `template~sign~number`, or by the dossier that it paid for.
    ///
    /// # Errors
    /// [`Error::ReceiptNotFound`].
    pub fn fee_receipt(&self, about: &str) -> Result<FeeReceiptView, Error> {
        let staff = self.require(Right::Read)?;
        let (series, serial) = self.receipt_about(about)?;
        self.store()?.read(|r| {
            let (receipt, row) = Self::receipt_named(r, &series, serial)?;
            self.receipt_view(r, &receipt, row.kind, &staff)
        })
    }

    /// Which receipt is meant.
    pub(super) fn receipt_about(&self, about: &str) -> Result<(Series, u32), Error> {
        if let Some(named) = named(about) {
            return Ok(named);
        }
        let id = self.find_dossier(about)?;
        self.store()?.read(|r| {
            let shares = r.fee_shares(id)?;
            // The one that holds, else the last one that was.
            let share = shares.iter().rev().find(|share| !share.void).or(shares.last());
            let command = share.ok_or(Error::ReceiptNotFound)?.command;
            let block = r.block_of_command(command)?.ok_or(Error::ReceiptNotFound)?;
            let book = super::fold(r.fee_entries(&[block])?)?;
            let receipt = book.receipt_of(command).ok_or(Error::ReceiptNotFound)?;
            Ok((receipt.series.clone(), receipt.serial))
        })
    }

    /// Makes a receipt void. Its number stays, what it paid for is due again, and the money leaves the drawer of whoever
    /// does it.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`], [`Error::Book`] where it is void already; [`Error::NotAllowed`] for another's receipt or
    /// one of an earlier shift, without the right.
    pub fn void_receipt(&self, about: &str, reason: &str, money: VoidedMoney) -> Result<FeeReceiptView, Error> {
        let staff = self.require(Right::Read)?;
        let reason = worded(reason);
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        let (series, serial) = self.receipt_about(about)?;
        let dossiers = self.store()?.write(|tx| -> Result<_, Error> {
            let (receipt, row) = Self::receipt_named(&tx.reader(), &series, serial)?;
            if !self.may_void(&tx.reader(), &receipt, &staff)? {
                return Err(Error::NotAllowed);
            }
            let (_, now) = self.shift_for(tx, &staff)?;
            let at = now.max(receipt.payment.at);
            let voided = Voided { reason, at, staff: staff.id, money };
            let entry = BookEntry::Voided { series: series.clone(), serial, voided };
            let mut book = book_of(&tx.reader(), std::slice::from_ref(&row))?;
            book.apply(entry.clone())?;
            tx.add_fee_entry(row.n, &entry, at)?;
            tx.void_fee_shares(receipt.payment.command)?;
            tx.log(at, Some(staff.id), "fee.void", &format!("{} {serial}", series.sign))?;
            self.queue_receipt(tx, receipt.payment.command)
        })?;
        self.wake.notify_one();
        for id in dossiers {
            self.tell(DeskEvent::Dossier { id });
        }
        self.fee_receipt(&super::about(&series, serial))
    }

    /// Sets the next numbers aside: a spoiled sheet, or the rest of a block that is given back.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; [`Error::Book`] where they are not the next ones.
    pub fn set_receipts_aside(&self, run: &SerialRun, reason: &str) -> Result<(), Error> {
        let staff = self.require(Right::Collect)?;
        let reason = worded(reason);
        if reason.is_empty() {
            return Err(Error::ReasonMissing);
        }
        let series = Series { template: sign(&run.template)?, sign: sign(&run.sign)? };
        let (first, last) = (run.first, run.last);
        self.store()?.write(|tx| -> Result<(), Error> {
            let row = tx.reader().serial_block_of(&series, first)?.filter(|row| row.ended.is_none());
            let row = row.ok_or(BookRefusal::NoSerial)?;
            let (_, at) = self.shift_for(tx, &staff)?;
            let mut book = book_of(&tx.reader(), std::slice::from_ref(&row))?;
            let entry =
                BookEntry::SetAside(SetAside { series: series.clone(), first, last, reason, at, staff: staff.id });
            book.apply(entry.clone())?;
            tx.add_fee_entry(row.n, &entry, at)?;
            tx.log(at, Some(staff.id), "receipts.aside", &format!("{} {first}-{last}", series.sign))?;
            Ok(())
        })
    }
}
