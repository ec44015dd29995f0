//! Cards at the console: on pictures, and off a reader on a serial port.

use super::{told, value};
use crate::arguments::Readers;
use crate::output::Failure;
use crate::session::{data_dir, open};
use desk::{Clock, Desk, Encoding, ReaderLine};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// `motcua card --picture FILE`
pub(crate) fn card(picture: &Path) -> Result<Value, Failure> {
    let today = Clock::system(Desk::default_calendar()?.offset()).now().date_naive();
    Ok(json!({ "cards": value(desk::cards_in_picture(picture, today)?) }))
}

/// `motcua readers …`
pub(crate) fn readers(data: Option<&Path>, command: Option<&Readers>) -> Result<Value, Failure> {
    let desk = || open(&data_dir(data.map(Path::to_owned)));
    let line = |port: &str, speed: u32, encoding: &str| -> Result<ReaderLine, Failure> {
        let encoding: Encoding = serde_json::from_value(Value::String(encoding.to_owned()))
            .map_err(|_| Failure::Usage(format!("{encoding}: auto, utf8 or cp1258")))?;
        Ok(ReaderLine { port: port.to_owned(), speed, encoding })
    };
    match command {
        None => {
            let desk = desk()?;
            Ok(value(told(&desk, desk.readers())?))
        }
        Some(Readers::Set { port, speed, encoding }) => {
            let desk = desk()?;
            Ok(value(told(&desk, desk.set_reader(Some(&line(port, *speed, encoding)?)))?))
        }
        Some(Readers::Off) => {
            let desk = desk()?;
            Ok(value(told(&desk, desk.set_reader(None))?))
        }
        Some(Readers::Listen { port, speed, encoding, seconds }) => {
            let line = match port {
                Some(port) => line(port, *speed, encoding)?,
                None => {
                    let desk = desk()?;
                    let none = || Failure::Usage("no reader is set; name one with --port".into());
                    told(&desk, desk.readers())?.line.ok_or_else(none)?
                }
            };
            Ok(value(desk::try_reader(&line, Duration::from_secs(*seconds))))
        }
    }
}
