//! Receipts on their way to the central system, for each dossier that they paid for and once it was received.

use super::fold;
use crate::fault::Error;
use crate::station::Desk;
use courier::Courier;
use domain::fee_receipt::{BookEntry, FeeReceipt, FeeReceiptState, SerialBlock};
use domain::{CommandId, Dossier, DossierId};
use protocol::{Command, CommandBody, SentFeeReceipt, SentVoid, SerialRequest};
use store::Writer;
use store::tables::fee::FeeShare;
use store::tables::serial::BlockKind;

/// Numbers left below which the next block is asked for.
const FEW_SERIALS: u32 = 50;

impl Desk {
    /// Puts what was paid for a draft into the outbox, once it is accepted. Void receipts stay in the book of the station.
    pub(crate) fn queue_fees(&self, tx: &Writer<'_>, dossier: &Dossier) -> Result<(), Error> {
        for share in tx.reader().fee_shares(dossier.id)?.into_iter().filter(|share| !share.void) {
            self.queue_share(tx, &share)?;
        }
        Ok(())
    }

    /// Tells the central system of a receipt, for every dossier in it that was received.
    pub(super) fn queue_receipt(&self, tx: &Writer<'_>, command: CommandId) -> Result<Vec<DossierId>, Error> {
        let shares = tx.reader().fee_shares_of(command)?;
        for share in &shares {
            let received = tx.reader().dossier(share.dossier)?.is_some_and(|dossier| dossier.code.is_some());
            if received {
                self.queue_share(tx, share)?;
            }
        }
        Ok(shares.into_iter().map(|share| share.dossier).collect())
    }

    fn queue_share(&self, tx: &Writer<'_>, share: &FeeShare) -> Result<(), Error> {
        let r = tx.reader();
        let block = r.block_of_command(share.command)?.ok_or(Error::ReceiptNotFound)?;
        let book = fold(r.fee_entries(&[block])?)?;
        let receipt = book.receipt_of(share.command).ok_or(Error::ReceiptNotFound)?;
        let (id, now): (CommandId, _) = (self.clock.id(), self.now());
        let sent = Self::sent(tx, receipt, share)?;
        let log = Some(crate::log::head(&r)?);
        let command = Command { id, at: now, log, body: CommandBody::FeeReceipt(Box::new(sent)) };
        let body = serde_json::to_vec(&command).map_err(|error| Error::Internal(error.to_string()))?;
        tx.add_outbox(id, share.dossier, &body, now)?;
        Ok(())
    }

    fn sent(tx: &Writer<'_>, receipt: &FeeReceipt, share: &FeeShare) -> Result<SentFeeReceipt, Error> {
        let name =
            |id| -> Result<String, Error> { Ok(tx.reader().staff(id)?.map(|staff| staff.name).unwrap_or_default()) };
        let payment = &receipt.payment;
        let void = match &receipt.state {
            FeeReceiptState::Issued => None,
            FeeReceiptState::Void(voided) => Some(SentVoid {
                reason: voided.reason.clone(),
                at: voided.at,
                clerk: name(voided.staff)?,
                money: voided.money,
            }),
        };
        Ok(SentFeeReceipt {
            dossier: share.dossier,
            template: receipt.series.template.clone(),
            sign: receipt.series.sign.clone(),
            serial: receipt.serial,
            lines: payment.lines.clone(),
            total: receipt.total,
            share: share.amount,
            method: payment.method,
            also: payment.also.clone(),
            paid_at: payment.at,
            payer: payment.payer.clone(),
            clerk: name(payment.staff)?,
            void,
        })
    }

    /// Asks for numbers of receipts before they run out. A failure here stops nothing: what is left serves, or a printed
    /// book.
    pub(crate) async fn renew_serials(&self, courier: &Courier) -> Result<(), Error> {
        let Some(request) = self.serials_wanted()? else { return Ok(()) };
        let lease = match courier.serials(&request).await {
            Ok(lease) => lease,
            Err(error) => {
                tracing::info!(code = ?Error::from(error).code().0, "no numbers for receipts");
                return Ok(());
            }
        };
        let (now, station) = (self.now(), self.station_id()?);
        let series = domain::fee_receipt::Series { template: lease.template, sign: lease.sign };
        let electronic = self.store()?.read(|r| self.fee_settings_in(r))?.electronic;
        let year = electronic.then(|| chrono::Datelike::year(&now));
        let block = SerialBlock { series, first: lease.first, last: lease.last, station, year };
        self.store()?.write(|tx| -> Result<(), Error> {
            let object = format!("{} {}-{}", block.series.sign, block.first, block.last);
            if tx.add_serial_block(&BookEntry::Leased(block.clone()), BlockKind::Leased, now)? {
                tx.log(now, None, "receipts.lease", &object)?;
            }
            Ok(())
        })
    }

    /// What is to be asked of the central system; nothing while there are numbers enough, or none are printed here.
    pub(crate) fn serials_wanted(&self) -> Result<Option<SerialRequest>, Error> {
        self.store()?.read(|r| {
            let Some(series) = self.fee_settings_in(r)?.series() else { return Ok(None) };
            let open = r.open_serial_blocks()?;
            let own = open.iter().filter(|row| row.series == series && row.kind == BlockKind::Leased);
            let left: u32 = own.map(|row| row.last - row.next + 1).sum();
            if left >= FEW_SERIALS {
                return Ok(None);
            }
            let after = r.last_serial(&series)?;
            Ok(Some(SerialRequest { template: series.template, sign: series.sign, after }))
        })
    }
}
