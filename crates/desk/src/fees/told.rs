//! A fee that an intake file tells of (interfaces.md, `motcua intake`): the dossier is received whatever becomes of it.

use crate::error::UserError;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::FeePayment;
use domain::fee::{FeeChoice, GivenAmount};
use domain::fee_receipt::PaymentMethod;
use domain::{Dong, DossierId};
use serde::{Deserialize, Serialize};

/// The fee of an intake file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ToldFee {
    /// How much was paid.
    #[serde(default = "nothing")]
    pub paid: Dong,
    /// How.
    #[serde(default)]
    pub method: ToldMethod,
}

/// How a fee was paid, or that it was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldMethod {
    /// Cash.
    Cash,
    /// Transfer.
    Transfer,
    /// Transfer by our code.
    Vietqr,
    /// Card at a terminal.
    Card,
    /// Nothing was paid.
    #[default]
    None,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenFee {
    /// What is in the book.
    pub paid: Dong,
    /// The receipt, as `motcua print fee-receipt` takes it.
    pub receipt: Option<String>,
    /// Why there is none; the money is then to be taken at the counter.
    pub error: Option<UserError>,
}

/// Why the amount of a file stands where another was worked out.
const AS_TOLD: &str = "Theo tệp tiếp nhận";

fn nothing() -> Dong {
    Dong::ZERO
}

impl Desk {
    /// Takes what the file says was paid, and a receipt for it.
    pub(crate) fn take_told_fee(&self, id: DossierId, told: &ToldFee) -> Option<TakenFee> {
        let method = match told.method {
            ToldMethod::None => return None,
            ToldMethod::Cash => PaymentMethod::Cash,
            ToldMethod::Transfer => PaymentMethod::Transfer,
            ToldMethod::Vietqr => PaymentMethod::Vietqr,
            ToldMethod::Card => PaymentMethod::Card,
        };
        if told.paid == Dong::ZERO {
            return None;
        }
        Some(match self.take_as_told(id, told.paid, method) {
            Ok(receipt) => TakenFee { paid: told.paid, receipt, error: None },
            Err(error) => TakenFee { paid: Dong::ZERO, receipt: None, error: Some(self.explain(&error)) },
        })
    }

    fn take_as_told(&self, id: DossierId, paid: Dong, method: PaymentMethod) -> Result<Option<String>, Error> {
        let mut fees = self.fees(id)?;
        if fees.left != Some(paid) {
            let amount = Some(GivenAmount { amount: paid, reason: AS_TOLD.to_owned() });
            fees = self.set_fee(id, &FeeChoice { amount, ..FeeChoice::default() })?;
        }
        let (command, expected) = (fees.command, paid);
        let how =
            FeePayment { command, whole_visit: false, method, also: Vec::new(), expected, payer: None, paper: false };
        let fees = self.take_payment(id, &how)?;
        Ok(fees.receipts.first().map(|receipt| receipt.about.clone()))
    }
}
