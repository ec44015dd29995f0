//! The book of fee receipts (sổ biên lai): which numbers a station holds, and what became of each.
//!
//! Entries are applied one by one and refused where they would lose a number, so a book that was read back from the
//! store without a refusal has no gap without a reason (T-55).

use super::{BookEntry, BookRefusal, FeeReceipt, FeeReceiptState, LAST_SERIAL, Payment, SerialBlock, Series, SetAside};
use crate::CommandId;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The book of one station, as the fold of its entries (sổ biên lai).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeeBook {
    leases: Vec<Lease>,
    receipts: BTreeMap<(Series, u32), FeeReceipt>,
    set_aside: Vec<SetAside>,
    commands: BTreeMap<CommandId, (Series, u32)>,
}

/// A block and how far it is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lease {
    block: SerialBlock,
    /// The next free number; beyond the last one where none is.
    next: u32,
}

impl Lease {
    fn has(&self, series: &Series, serial: u32) -> bool {
        self.block.series == *series && (self.block.first..=self.block.last).contains(&serial)
    }

    /// An electronic series lives for one year.
    fn serves(&self, day: NaiveDate) -> bool {
        self.next <= self.block.last && self.block.year.is_none_or(|year| year == day.year())
    }
}

/// What is to be done for a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numbering<'a> {
    /// Append this entry, in the transaction that takes the money; then apply it.
    New(Box<BookEntry>),
    /// This payment has its receipt: it was taken before a crash or a double click.
    Before(&'a FeeReceipt),
}

/// What became of the numbers of one block (tình hình sử dụng biên lai).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialAccount {
    /// The block.
    pub block: SerialBlock,
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

impl FeeBook {
    /// The book that the store's entries make.
    ///
    /// # Errors
    /// The position of the first entry that does not fit, and why: the store is damaged, or was written around us.
    pub fn read(entries: impl IntoIterator<Item = BookEntry>) -> Result<Self, (usize, BookRefusal)> {
        let mut book = Self::default();
        for (index, entry) in entries.into_iter().enumerate() {
            book.apply(entry).map_err(|refusal| (index, refusal))?;
        }
        Ok(book)
    }

    /// Which entry `payment` makes: the next number of the first block of `template` that serves its day.
    /// Nothing changes until that entry is applied.
    ///
    /// # Errors
    /// [`BookRefusal`]: no number is left, the lines do not fit, or the command has paid for something else.
    pub fn issue(&self, template: &str, payment: Payment) -> Result<Numbering<'_>, BookRefusal> {
        if let Some(receipt) = self.commands.get(&payment.command).and_then(|key| self.receipts.get(key)) {
            // A second try may carry another time, and its dossier may have got its code meanwhile; but it is never
            // another payment.
            let first = &receipt.payment;
            let same = (&first.lines, first.method, &first.also) == (&payment.lines, payment.method, &payment.also);
            return if same { Ok(Numbering::Before(receipt)) } else { Err(BookRefusal::PaidBefore) };
        }
        payment.parts().ok_or(BookRefusal::BadLines)?;
        let day = payment.at.date_naive();
        let mut leases = self.leases.iter().filter(|lease| lease.block.series.template == template);
        let lease = leases.find(|lease| lease.serves(day)).ok_or(BookRefusal::NoSerial)?;
        let (series, serial) = (lease.block.series.clone(), lease.next);
        Ok(Numbering::New(Box::new(BookEntry::Issued { series, serial, payment })))
    }

    /// Takes one entry in.
    ///
    /// # Errors
    /// [`BookRefusal`]; the book is then as it was.
    pub fn apply(&mut self, entry: BookEntry) -> Result<(), BookRefusal> {
        match entry {
            BookEntry::Leased(block) => self.lease(block),
            BookEntry::Issued { series, serial, payment } => self.take(series, serial, payment),
            BookEntry::Voided { series, serial, voided } => {
                if voided.reason.trim().is_empty() {
                    return Err(BookRefusal::NoReason);
                }
                let receipt = self.receipts.get_mut(&(series, serial)).ok_or(BookRefusal::NotFound)?;
                if receipt.state != FeeReceiptState::Issued {
                    return Err(BookRefusal::VoidBefore);
                }
                if voided.at < receipt.payment.at {
                    return Err(BookRefusal::BadTime);
                }
                receipt.state = FeeReceiptState::Void(voided);
                Ok(())
            }
            BookEntry::Printed { series, serial } => {
                let receipt = self.receipts.get_mut(&(series, serial)).ok_or(BookRefusal::NotFound)?;
                receipt.prints = receipt.prints.saturating_add(1);
                Ok(())
            }
            BookEntry::SetAside(run) => {
                if run.reason.trim().is_empty() {
                    return Err(BookRefusal::NoReason);
                }
                let lease = self.lease_of(&run.series, run.first)?;
                if run.last < run.first || run.last > lease.block.last {
                    return Err(BookRefusal::BadBlock);
                }
                lease.next = run.last + 1;
                self.set_aside.push(run);
                Ok(())
            }
        }
    }

    fn lease(&mut self, block: SerialBlock) -> Result<(), BookRefusal> {
        let named = !block.series.template.trim().is_empty() && !block.series.sign.trim().is_empty();
        let ranged = 1 <= block.first && block.first <= block.last && block.last <= LAST_SERIAL;
        let apart = |lease: &Lease| {
            lease.block.series != block.series || lease.block.last < block.first || block.last < lease.block.first
        };
        if !named || !ranged || !self.leases.iter().all(apart) {
            return Err(BookRefusal::BadBlock);
        }
        self.leases.push(Lease { next: block.first, block });
        Ok(())
    }

    fn take(&mut self, series: Series, serial: u32, payment: Payment) -> Result<(), BookRefusal> {
        let total = payment.total().ok_or(BookRefusal::BadLines)?;
        if self.commands.contains_key(&payment.command) {
            return Err(BookRefusal::PaidBefore);
        }
        let lease = self.lease_of(&series, serial)?;
        if !lease.serves(payment.at.date_naive()) {
            return Err(BookRefusal::NoSerial);
        }
        lease.next = serial + 1;
        let key = (series.clone(), serial);
        self.commands.insert(payment.command, key.clone());
        let state = FeeReceiptState::Issued;
        self.receipts.insert(key, FeeReceipt { series, serial, payment, total, state, prints: 0 });
        Ok(())
    }

    /// The lease whose next number is `serial`.
    fn lease_of(&mut self, series: &Series, serial: u32) -> Result<&mut Lease, BookRefusal> {
        let lease = self.leases.iter_mut().find(|lease| lease.has(series, serial)).ok_or(BookRefusal::NoSerial)?;
        if lease.next != serial {
            return Err(BookRefusal::Skipped { next: lease.next, given: serial });
        }
        Ok(lease)
    }

    /// The receipt with that number.
    #[must_use]
    pub fn receipt(&self, series: &Series, serial: u32) -> Option<&FeeReceipt> {
        self.receipts.get(&(series.clone(), serial))
    }

    /// All receipts, by series and number.
    pub fn receipts(&self) -> impl Iterator<Item = &FeeReceipt> {
        self.receipts.values()
    }

    /// All runs of numbers that were set aside, in the order it happened.
    #[must_use]
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    /// The receipt of a command.
    #[must_use]
    pub fn receipt_of(&self, command: CommandId) -> Option<&FeeReceipt> {
        self.commands.get(&command).and_then(|key| self.receipts.get(key))
    }

    /// How many numbers are left for `template` on `day`, so that more are asked for in time.
    #[must_use]
    pub fn left(&self, template: &str, day: NaiveDate) -> u32 {
        let leases = self.leases.iter().filter(|lease| lease.block.series.template == template && lease.serves(day));
        leases.map(|lease| lease.block.last - lease.next + 1).fold(0, u32::saturating_add)
    }

    /// What became of every leased number.
    #[must_use]
    pub fn accounts(&self) -> Vec<SerialAccount> {
        self.leases.iter().map(|lease| self.account(lease)).collect()
    }

    fn account(&self, lease: &Lease) -> SerialAccount {
        let block = lease.block.clone();
        let free = (block.last + 1).saturating_sub(lease.next);
        let mut account = SerialAccount { block, issued: 0, void: 0, set_aside: 0, free, missing: Vec::new() };
        let series = &lease.block.series;
        for serial in lease.block.first..lease.next {
            let aside = |run: &SetAside| run.series == *series && (run.first..=run.last).contains(&serial);
            match self.receipt(series, serial).map(|receipt| &receipt.state) {
                Some(FeeReceiptState::Issued) => account.issued += 1,
                Some(FeeReceiptState::Void(_)) => account.void += 1,
                None if self.set_aside.iter().any(aside) => account.set_aside += 1,
                None => account.missing.push(serial),
            }
        }
        account
    }
}
