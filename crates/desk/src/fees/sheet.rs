//! Fee receipts and closed shifts on paper.

use super::about;
use super::shift::Summed;
use crate::fault::Error;
use crate::papers::Made;
use crate::station::Desk;
use chrono::{DateTime, FixedOffset};
use domain::fee_receipt::FeeReceiptState;
use domain::form::{ClosedShift, PrintedFee, fee_receipt, shift_close};
use domain::{DossierId, Right};
use store::tables::serial::BlockKind;

impl Desk {
    /// A receipt by its number, or the one of a dossier. One out of a printed book is written by hand.
    pub(crate) fn make_fee_receipt(&self, of: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        self.require(Right::Print)?;
        let (series, serial) = self.receipt_about(of)?;
        let tables = self.store()?.read(Self::fee_tables)?;
        let tables: Vec<_> = tables.iter().collect();
        let office = self.office()?.code;
        let (mut receipt, clerk, dossiers, first, texts, empty_tens) = self.store()?.read(|r| -> Result<_, Error> {
            let (receipt, row) = Self::receipt_named(r, &series, serial)?;
            if row.kind == BlockKind::Paper {
                return Err(Error::ReceiptByHand);
            }
            let clerk = r.staff(receipt.payment.staff)?.map(|staff| staff.name).unwrap_or_default();
            let (mut codes, mut texts, mut first): (Vec<String>, Vec<String>, Option<DossierId>) = Default::default();
            for share in r.fee_shares_of(receipt.payment.command)? {
                let Some(dossier) = r.dossier(share.dossier)? else { continue };
                codes.extend(dossier.code.as_ref().map(ToString::to_string));
                first.get_or_insert(dossier.id);
                let day = receipt.payment.at.with_timezone(&self.calendar.offset()).date_naive();
                let owed = domain::fee::owed(&tables, &dossier, &office, day, &r.fee_choice(dossier.id)?);
                for item in owed.items {
                    if !item.text.trim().is_empty() && !texts.contains(&item.text) {
                        texts.push(item.text);
                    }
                }
            }
            Ok((receipt, clerk, codes, first, texts, self.fee_settings_in(r)?.empty_tens))
        })?;
        let offset = self.calendar.offset();
        receipt.payment.at = receipt.payment.at.with_timezone(&offset);
        if let FeeReceiptState::Void(voided) = &mut receipt.state {
            voided.at = voided.at.with_timezone(&offset);
        }
        let printed = PrintedFee { receipt: &receipt, dossiers: &dossiers, texts: &texts, empty_tens };
        let document = fee_receipt(&printed, self.issue(&clerk, at)?);
        let name = about(&series, serial);
        Ok(match first {
            Some(dossier) => Made::of_dossier(document, dossier, name),
            None => Made::of(document, name),
        })
    }

    /// A closed shift, by its number; the last one of whoever is signed in where none is said.
    pub(crate) fn make_shift_close(&self, of: &str, at: DateTime<FixedOffset>) -> Result<Made, Error> {
        self.require(Right::Print)?;
        let number = match of.trim() {
            "" | "last" => {
                let closed = self.shifts()?.into_iter().find(|shift| shift.to.is_some());
                i64::from(closed.ok_or(Error::NothingToPrint)?.number)
            }
            number => number.parse().map_err(|_| Error::NoShift)?,
        };
        let Summed { row, clerk, mut summary } = self.shift_summed(number)?;
        let closed = row.closed.ok_or(Error::NothingToPrint)?;
        let offset = self.calendar.offset();
        summary.shift.from = summary.shift.from.with_timezone(&offset);
        summary.shift.to = summary.shift.to.with_timezone(&offset);
        let station = self.profile().station;
        let empty_tens = self.fee_settings()?.empty_tens;
        let document = shift_close(
            &ClosedShift {
                number,
                station: &station,
                clerk: &clerk.name,
                summary: &summary,
                counted: &closed.counted,
                reason: &closed.reason,
                empty_tens,
            },
            self.issue(&clerk.name, at)?,
        );
        Ok(Made::of(document, number.to_string()))
    }
}
