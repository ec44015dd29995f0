//! Fee receipts: numbers for stations, and the receipts that come back with them. No number is ever two receipts.

use crate::central::Central;
use crate::codes::LARGEST_NUMBER;
use crate::error::{Failure, Refusal};
use crate::tables::station::Station;
use crate::tables::{dossier, fee, station as stations};
use domain::DossierCode;
use protocol::{ProblemCode, SentFeeReceipt, SerialLease, SerialRequest};
use rusqlite::Transaction;

/// Numbers in one block: some days of a busy counter.
const BLOCK: u32 = 200;

/// Longest sign of a form or a series.
const LONGEST_SIGN: usize = 20;

impl Central {
    /// Grants the next block of a series to a station; one that asks again gets one more.
    ///
    /// # Errors
    /// [`ProblemCode::Malformed`] for signs that are none, [`ProblemCode::CodeTaken`] when the series is used up.
    pub fn lease_serials(&self, station: &Station, request: &SerialRequest) -> Result<SerialLease, Failure> {
        let now = (self.clock)();
        let (template, sign) = (request.template.trim(), request.sign.trim());
        let is_sign = |sign: &str| !sign.is_empty() && sign.chars().count() <= LONGEST_SIGN;
        if !is_sign(template) || !is_sign(sign) {
            return Err(Refusal::new(ProblemCode::Malformed, "no sign of a form or a series").into());
        }
        self.database.write(|tx| {
            let taken = fee::last_taken(tx, &station.office, template, sign)?.max(request.after);
            if taken > LARGEST_NUMBER - BLOCK {
                return Err(Refusal::new(ProblemCode::CodeTaken, "the numbers of this series are used up").into());
            }
            let lease = SerialLease {
                template: template.to_owned(),
                sign: sign.to_owned(),
                first: taken + 1,
                last: taken + BLOCK,
            };
            fee::lease(tx, &station.office, station.id, &lease, now)?;
            Ok(lease)
        })
    }
}

/// The official code of the dossier that was paid for, once the receipt's number is found to be its station's own.
pub(crate) fn code_of_paid(
    tx: &Transaction<'_>,
    station: &Station,
    receipt: &SentFeeReceipt,
) -> Result<DossierCode, Failure> {
    let malformed = |what: &str| Failure::from(Refusal::new(ProblemCode::Malformed, what));
    let taken = |what: &str| Failure::from(Refusal::new(ProblemCode::CodeTaken, what));
    let (office, code) =
        dossier::find(tx, receipt.dossier)?.ok_or_else(|| malformed("the dossier was never received here"))?;
    if office != station.office.as_str() {
        return Err(malformed("the dossier belongs to another office than the station"));
    }
    let (total, share) = (receipt.total.value(), receipt.share.value());
    if share < 1 || total < share || !(1..=LARGEST_NUMBER).contains(&receipt.serial) {
        return Err(malformed("no receipt has such a number or sum"));
    }
    if let Some(holder) = fee::holder(tx, &station.office, receipt)?
        && holder != station.id
        && !stations::was(tx, station.id, holder)?
    {
        return Err(taken("the receipt's number is in another station's block"));
    }
    match fee::known(tx, &station.office, receipt)? {
        Some(known) if known != fee::told(receipt) => Err(taken("another receipt has this number")),
        _ => Ok(code),
    }
}
