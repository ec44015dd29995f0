//! Commands that need no station.

use super::{read_text, value};
use crate::arguments::Vietqr;
use crate::output::Failure;
use desk::view::Locale;
use desk::{Clock, Deadline, Desk, DigitizeInput, Dong, Payee, VietQr};
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};

/// `motcua due`
pub(crate) fn due(received: &str, limit: &str, calendar: Option<&Path>) -> Result<Value, Failure> {
    let usage = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
    let stages = desk::stages(limit).map_err(|error| usage(&error))?;
    let calendar = match calendar {
        Some(path) => desk::Calendar::from_json(&read_text(path)?).map_err(desk::Error::from)?,
        None => Desk::default_calendar()?,
    };
    let received =
        desk::parse_time(received).ok_or_else(|| Failure::Usage(format!("{received}: not an RFC 3339 time")))?;
    let deadline = match stages.as_slice() {
        [only] => Deadline::compute(received, only.limit, &calendar),
        stages => desk::staged(received, stages, &calendar),
    };
    let deadline = deadline.map_err(desk::Error::from)?;
    let mut answer = json!({
        "due": desk::format_time(deadline.due), "days": value(&deadline.days), "confirmed": deadline.confirmed,
    });
    if stages.len() > 1 {
        let dues =
            deadline.stages.iter().map(|stage| json!({ "limit": stage.limit, "due": desk::format_time(stage.due) }));
        answer["stages"] = dues.collect();
    }
    Ok(answer)
}

/// `motcua id`
pub(crate) fn id() -> Result<Value, Failure> {
    let mut text = String::new();
    // Bytes that are no UTF-8 are a misread card, not a usage error.
    let read = std::io::stdin().take(64 * 1024).read_to_string(&mut text);
    if read.is_err() {
        return Err(desk::Error::from(desk::UnreadableCard).into());
    }
    let today = Clock::system(Desk::default_calendar()?.offset()).now().date_naive();
    let card = desk::CitizenCard::parse(&text, today).map_err(desk::Error::from)?;
    Ok(value(&card))
}

/// `motcua vietqr`
pub(crate) fn vietqr(code: &Vietqr) -> Result<Value, Failure> {
    let usage = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
    let amount: Option<Dong> =
        code.amount.as_deref().map(str::parse).transpose().map_err(|error: desk::BadAmount| usage(&error))?;
    let payee = Payee::typed(&code.bin, &code.account);
    let code = VietQr::new(&code.bin, payee, amount, code.purpose.as_deref()).map_err(|error| usage(&error))?;
    Ok(json!({ "payload": code.payload() }))
}

/// `motcua digitize`
pub(crate) fn digitize(input: &[PathBuf], output: &Path, report: Option<&Path>) -> Result<Value, Failure> {
    let clock = Clock::system(Desk::default_calendar()?.offset());
    let made = desk::digitize_files(&DigitizeInput { files: input, output, locale: Locale::Vi }, &clock)?;
    let made = value(&made);
    if let Some(path) = report {
        std::fs::write(path, made.to_string())
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    }
    Ok(made)
}
