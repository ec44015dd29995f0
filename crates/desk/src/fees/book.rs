//! The book of receipts as it is looked into (sổ biên lai): days, and the account of every number.

use super::{book_of, written};
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{FeeBookView, SerialBlockView, SetAsideView};
use chrono::{Days, NaiveDate};
use domain::Right;
use domain::fee_receipt::{FeeReceiptState, SerialAccount};
use store::Reader;
use store::tables::serial::{BlockKind, SerialRow};

/// The most days that are looked at in one go.
const MOST_DAYS: i64 = 366;

impl Desk {
    /// The receipts of some days, both included, and the account of every number of their blocks and of those in use.
    ///
    /// # Errors
    /// [`Error::BadInput`] for days that run backwards or are too many; when nobody is signed in.
    pub fn fee_book(&self, from: NaiveDate, to: NaiveDate) -> Result<FeeBookView, Error> {
        let staff = self.require(Right::Read)?;
        if from > to || (to - from).num_days() > MOST_DAYS {
            return Err(Error::BadInput("period"));
        }
        let (first, before) = (self.midnight(from), self.midnight(to + Days::new(1)));
        let within = |at: chrono::DateTime<chrono::FixedOffset>| first <= at && at < before;
        self.store()?.read(|r| {
            let touched = r.blocks_between(first, before)?;
            let open: Vec<i64> = r.open_serial_blocks()?.iter().map(|row| row.n).collect();
            let all = r.serial_blocks()?.into_iter();
            let rows: Vec<SerialRow> = all.filter(|row| touched.contains(&row.n) || open.contains(&row.n)).collect();
            let (mut receipts, mut set_aside, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
            for row in rows {
                let book = book_of(r, std::slice::from_ref(&row))?;
                for receipt in book.receipts() {
                    let voided = match &receipt.state {
                        FeeReceiptState::Issued => None,
                        FeeReceiptState::Void(voided) => Some(voided.at),
                    };
                    if within(receipt.payment.at) || voided.is_some_and(within) {
                        receipts.push((receipt.payment.at, self.receipt_view(r, receipt, row.kind, &staff)?));
                    }
                }
                for run in book.set_aside().iter().filter(|run| within(run.at)) {
                    set_aside.push(SetAsideView {
                        sign: run.series.sign.clone(),
                        first: written(run.first),
                        last: written(run.last),
                        reason: run.reason.clone(),
                        at: self.shown(run.at),
                        clerk: r.staff(run.staff)?.map(|staff| staff.name).unwrap_or_default(),
                    });
                }
                blocks.extend(book.accounts().into_iter().map(|account| block_view(&row, account)));
            }
            super::newest_first(&mut receipts);
            Ok(FeeBookView {
                from: from.to_string(),
                to: to.to_string(),
                receipts: receipts.into_iter().map(|(_, view)| view).collect(),
                set_aside,
                blocks,
            })
        })
    }

    /// The same for days as they are typed; today where none is said.
    ///
    /// # Errors
    /// As [`Self::fee_book`].
    pub fn fee_book_of(&self, from: Option<&str>, to: Option<&str>) -> Result<FeeBookView, Error> {
        let from = crate::intake::day_of(from, "from")?.unwrap_or_else(|| self.today());
        let to = crate::intake::day_of(to, "to")?.unwrap_or(from);
        self.fee_book(from, to)
    }

    /// Counts every number that was ever held here (kiểm sổ biên lai).
    ///
    /// # Errors
    /// When the book does not read back; when nobody is signed in.
    pub fn check_fee_book(&self) -> Result<Vec<SerialBlockView>, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r: &Reader<'_>| {
            let mut blocks = Vec::new();
            for row in r.serial_blocks()? {
                let accounts = book_of(r, std::slice::from_ref(&row))?.accounts();
                blocks.extend(accounts.into_iter().map(|account| block_view(&row, account)));
            }
            Ok(blocks)
        })
    }
}

fn block_view(row: &SerialRow, account: SerialAccount) -> SerialBlockView {
    SerialBlockView {
        template: row.series.template.clone(),
        sign: row.series.sign.clone(),
        first: row.first,
        last: row.last,
        next: Some(row.next).filter(|next| *next <= row.last),
        paper: row.kind == BlockKind::Paper,
        ended: row.ended.is_some(),
        issued: account.issued,
        void: account.void,
        set_aside: account.set_aside,
        free: account.free,
        missing: account.missing,
    }
}
