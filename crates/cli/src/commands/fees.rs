//! Fees, receipts and shifts at the console.

use super::{read_text, told, value};
use crate::fee_arguments::{Fee, Method, Pay, Receipts, Run, Shift};
use crate::output::Failure;
use desk::view::{FeePayment, SerialRun};
use desk::{
    CashBundle, CashCount, Desk, Dong, FeeChoice, GivenAmount, GivenRelief, Original, PaidPart, PaymentMethod,
    ReliefReason, VoidedMoney,
};
use serde_json::{Value, json};
use std::path::Path;

fn usage(what: &str, text: &str) -> Failure {
    Failure::Usage(format!("{text}: {what}"))
}

fn dong(text: &str) -> Result<Dong, Failure> {
    text.parse().map_err(|error: desk::BadAmount| Failure::Usage(error.to_string()))
}

/// `3x2`
fn pair(text: &str) -> Option<(&str, u32)> {
    let (one, other) = text.split_once(['x', 'X', '×'])?;
    Some((one.trim(), other.trim().parse().ok()?))
}

/// `motcua fees`
pub(crate) fn fees(desk: &Desk, dossier: &str) -> Result<Value, Failure> {
    let id = told(desk, desk.find_dossier(dossier))?;
    Ok(value(told(desk, desk.fees(id))?))
}

/// `motcua fee`
pub(crate) fn fee(desk: &Desk, fee: &Fee) -> Result<Value, Failure> {
    let original = |text: &String| {
        let (pages, copies) = pair(text)?;
        Some(Original { pages: pages.parse().ok()?, copies })
    };
    let originals: Option<Vec<Original>> = fee.originals.iter().map(original).collect();
    let originals = originals.ok_or_else(|| usage("write pages and copies as 3x2", &fee.originals.join(" ")))?;
    let relief = fee.relief.as_ref().map(|reason| GivenRelief {
        reason: serde_json::from_value(json!(reason)).unwrap_or_else(|_| ReliefReason::Other(reason.clone())),
        percent: fee.percent,
        proof: fee.proof.clone(),
    });
    let amount = fee.amount.as_deref().map(dong).transpose()?;
    let amount = amount.map(|amount| GivenAmount { amount, reason: fee.reason.clone() });
    let id = told(desk, desk.find_dossier(&fee.dossier))?;
    Ok(value(told(desk, desk.set_fee(id, &FeeChoice { items: fee.items, originals, relief, amount }))?))
}

fn way(method: Method) -> PaymentMethod {
    match method {
        Method::Cash => PaymentMethod::Cash,
        Method::Transfer => PaymentMethod::Transfer,
        Method::Vietqr => PaymentMethod::Vietqr,
        Method::Card => PaymentMethod::Card,
    }
}

/// `card=50000`
fn part(text: &str) -> Result<PaidPart, Failure> {
    let (method, amount) = text.split_once('=').ok_or_else(|| usage("write a part as card=50000", text))?;
    let method = <Method as clap::ValueEnum>::from_str(method.trim(), true)
        .map_err(|_| usage("a part comes by cash, transfer, vietqr or card", text))?;
    Ok(PaidPart { method: way(method), amount: dong(amount.trim())? })
}

/// `motcua pay`
pub(crate) fn pay(desk: &Desk, pay: &Pay) -> Result<Value, Failure> {
    let id = told(desk, desk.find_dossier(&pay.dossier))?;
    let fees = told(desk, desk.fees(id))?;
    let due = if pay.visit { fees.left_visit } else { fees.left };
    let expected = match &pay.expected {
        Some(expected) => dong(expected)?,
        None => due.unwrap_or(Dong::ZERO),
    };
    let command = match &pay.command {
        Some(command) => command.parse().map_err(|_| usage("no id of a payment", command))?,
        None => fees.command,
    };
    let method = way(pay.method);
    let also = pay.also.iter().map(|text| part(text)).collect::<Result<_, _>>()?;
    let payer = pay.payer.clone();
    let how = FeePayment { command, whole_visit: pay.visit, method, also, expected, payer, paper: pay.paper };
    Ok(value(told(desk, desk.take_payment(id, &how))?))
}

/// `motcua transfer-code`
pub(crate) fn transfer_code(desk: &Desk, dossier: &str, visit: bool, part: Option<&str>) -> Result<Value, Failure> {
    let id = told(desk, desk.find_dossier(dossier))?;
    let part = part.map(dong).transpose()?;
    Ok(value(told(desk, desk.transfer_code(id, visit, part))?))
}

fn run_of(run: &Run) -> SerialRun {
    SerialRun { template: run.template.clone(), sign: run.sign.clone(), first: run.first, last: run.last }
}

/// `motcua receipts …`
pub(crate) fn receipts(desk: &Desk, receipts: &Receipts) -> Result<Value, Failure> {
    Ok(match receipts {
        Receipts::List { from, to } => {
            let (from, to) = (from.as_deref(), to.as_deref().or(from.as_deref()));
            value(told(desk, desk.fee_book_of(from, to))?)
        }
        Receipts::Show { receipt } => value(told(desk, desk.fee_receipt(receipt))?),
        Receipts::Void { receipt, reason, replaced } => {
            let money = if *replaced { VoidedMoney::Replaced } else { VoidedMoney::Refunded };
            value(told(desk, desk.void_receipt(receipt, reason, money))?)
        }
        Receipts::Aside { run, reason } => {
            told(desk, desk.set_receipts_aside(&run_of(run), reason))?;
            json!({ "blocks": value(told(desk, desk.check_fee_book())?) })
        }
        Receipts::Book { run } => {
            told(desk, desk.add_receipt_book(&run_of(run)))?;
            json!({ "blocks": value(told(desk, desk.check_fee_book())?) })
        }
        Receipts::Check => json!({ "blocks": value(told(desk, desk.check_fee_book())?) }),
    })
}

/// `motcua shift …`
pub(crate) fn shift(desk: &Desk, shift: &Shift) -> Result<Value, Failure> {
    Ok(match shift {
        Shift::Show { number: None } => json!({ "shift": value(told(desk, desk.shift())?) }),
        Shift::Show { number: Some(number) } => json!({ "shift": value(told(desk, desk.shift_numbered(*number))?) }),
        Shift::Open { float } => json!({ "shift": value(told(desk, desk.open_shift(dong(float)?))?) }),
        Shift::Close { notes, reason } => {
            let bundle = |text: &String| {
                let (note, count) = pair(text)?;
                Some(CashBundle { note: note.parse().ok()?, count })
            };
            let counted: Option<Vec<CashBundle>> = notes.iter().map(bundle).collect();
            let counted = counted.ok_or_else(|| usage("write notes as 50000x3", &notes.join(" ")))?;
            json!({ "shift": value(told(desk, desk.close_shift(&CashCount(counted), reason))?) })
        }
        Shift::List => json!({ "shifts": value(told(desk, desk.shifts())?) }),
    })
}

/// `motcua fee-settings`
pub(crate) fn settings(desk: &Desk, file: Option<&Path>) -> Result<Value, Failure> {
    let set = told(desk, desk.fee_settings())?;
    let Some(file) = file else { return Ok(value(set)) };
    let mut settings = value(&set);
    let read: Value = serde_json::from_str(&read_text(file)?).map_err(|error| usage(&error.to_string(), "settings"))?;
    for (name, new) in read.as_object().into_iter().flatten() {
        settings[name] = new.clone();
    }
    let settings = serde_json::from_value(settings).map_err(|error| usage(&error.to_string(), "settings"))?;
    Ok(value(told(desk, desk.set_fee_settings(&settings))?))
}

/// `motcua fee-table`
pub(crate) fn table(desk: &Desk, file: &Path) -> Result<Value, Failure> {
    Ok(json!({ "rules": told(desk, desk.import_fee_table(&read_text(file)?))? }))
}
