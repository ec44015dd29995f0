//! Taking money (thu tiền): one command, one number, however often it is sent (T-55, E6).

use super::due::{Due, amount_of, payer};
use super::{book_of, shift};
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{DeskEvent, FeePayment, FeesView};
use domain::fee_receipt::{BookEntry, BookRefusal, FeeReceiptLine, Numbering, Payment};
use domain::fold::tidy;
use domain::{Dong, DossierId, Right, Staff};
use store::Writer;

impl Desk {
    /// Takes what is due for a dossier, or for its whole visit on one receipt. The money, its number, what it paid for, the
    /// log and the outbox are one transaction.
    ///
    /// # Errors
    /// [`Error::FeeChanged`] where the screen showed another amount, [`Error::FeeUnknown`], [`Error::NothingDue`],
    /// [`Error::Book`] where no number is left; nothing was taken then.
    pub fn take_payment(&self, id: DossierId, how: &FeePayment) -> Result<FeesView, Error> {
        let staff = self.require(Right::Collect)?;
        let paid = self.store()?.write(|tx| -> Result<Vec<DossierId>, Error> {
            // Sent again after a crash or a double press: it was taken, and what it paid for is shown.
            if tx.reader().block_of_command(how.command)?.is_some() {
                return Ok(Vec::new());
            }
            let dues = self.dues(&tx.reader(), id, how.whole_visit)?;
            let amount = amount_of(&dues)?;
            if amount != how.expected {
                return Err(Error::FeeChanged(amount.to_string()));
            }
            self.collect(tx, &staff, how, &dues)
        })?;
        if !paid.is_empty() {
            self.wake.notify_one();
            for id in paid {
                self.tell(DeskEvent::Dossier { id });
            }
        }
        self.fees(id)
    }

    fn collect(&self, tx: &Writer<'_>, staff: &Staff, how: &FeePayment, dues: &[Due]) -> Result<Vec<DossierId>, Error> {
        let first = dues.first().ok_or(Error::DossierNotFound)?;
        let (name, address, payer_id) = payer(&first.dossier);
        let named = how.payer.as_deref().map(tidy).filter(|name| !name.is_empty());
        let payer: String = named.unwrap_or(name).chars().take(200).collect();
        if payer.trim().is_empty() {
            return Err(Error::BadInput("payer"));
        }
        let (shift, at) = self.shift_for(tx, staff)?;
        let payment = Payment {
            command: how.command,
            collector: self.fee_settings_in(&tx.reader())?.collector(staff),
            payer,
            address,
            payer_id,
            dossier: first.dossier.code.clone(),
            lines: lines(dues),
            method: how.method,
            also: how.also.clone(),
            at,
            staff: staff.id,
        };
        let entry = self.number(tx, payment, how.paper)?;
        for due in dues {
            let left = due.left().filter(|left| *left > Dong::ZERO);
            if let Some(left) = left {
                tx.add_fee_share(how.command, due.dossier.id, left)?;
            }
        }
        let BookEntry::Issued { series, serial, .. } = &entry else { return Err(BookRefusal::NoSerial.into()) };
        tx.log(at, Some(staff.id), "fee.paid", &format!("{} {serial}, ca {shift}", series.sign))?;
        self.queue_receipt(tx, how.command)
    }

    /// Gives the payment its number and writes both into the book.
    fn number(&self, tx: &Writer<'_>, payment: Payment, paper: bool) -> Result<BookEntry, Error> {
        let r = tx.reader();
        let open = r.open_serial_blocks()?;
        let chosen = self.serials_to_use(&r, &open, paper)?.ok_or(BookRefusal::NoSerial)?;
        let book = book_of(&r, &chosen.rows)?;
        let at = payment.at;
        let entry = match book.issue(&chosen.template, payment)? {
            Numbering::New(entry) => *entry,
            // The command was looked for among all receipts before.
            Numbering::Before(_) => return Err(BookRefusal::PaidBefore.into()),
        };
        let BookEntry::Issued { series, serial, .. } = &entry else { return Err(BookRefusal::NoSerial.into()) };
        let row = chosen.rows.iter().find(|row| row.series == *series && row.next == *serial);
        let row = row.ok_or(BookRefusal::NoSerial)?;
        tx.add_fee_entry(row.n, &entry, at)?;
        Ok(entry)
    }

    /// The open shift of whoever takes money, opened now where none is, and the moment of the payment in it: a clock that
    /// was set back does not carry money out of its shift.
    pub(super) fn shift_for(
        &self,
        tx: &Writer<'_>,
        staff: &Staff,
    ) -> Result<(i64, chrono::DateTime<chrono::FixedOffset>), Error> {
        let now = self.now();
        let shift = match tx.reader().open_shift::<shift::Closed>(staff.id)? {
            Some(shift) => (shift.n, shift.from),
            None => self.begin_shift(tx, staff, Dong::ZERO)?,
        };
        Ok((shift.0, now.max(shift.1.with_timezone(&self.calendar.offset()))))
    }
}

/// The lines of the receipt: the items as they are, or what is left of them where a part was paid before.
fn lines(dues: &[Due]) -> Vec<FeeReceiptLine> {
    let several = dues.iter().filter(|due| due.left() > Some(Dong::ZERO)).count() > 1;
    let mut lines = Vec::new();
    for due in dues {
        let Some(left) = due.left().filter(|left| *left > Dong::ZERO) else { continue };
        let of = match (&due.dossier.code, several) {
            (Some(code), true) => format!(" ({code})"),
            _ => String::new(),
        };
        let items = due.owed.items.iter().filter_map(|item| Some((item, item.amount.filter(|a| *a > Dong::ZERO)?)));
        if due.paid == Dong::ZERO {
            lines.extend(items.map(|(item, amount)| FeeReceiptLine { name: format!("{}{of}", item.name), amount }));
        } else {
            let name = due.owed.items.first().map_or("Phí, lệ phí", |item| item.name.as_str());
            lines.push(FeeReceiptLine { name: format!("{name} – thu bổ sung{of}"), amount: left });
        }
    }
    lines
}
