//! SQL lives here and nowhere else: one file a table, each with its reads (on [`crate::Reader`]) and
//! writes (on [`crate::Writer`]). Below are the helpers that all of them bind and read values with.

pub mod audit;
pub mod book;
pub mod calendar;
pub mod check;
pub mod dossier;
pub mod event;
pub mod fee;
pub mod file;
pub mod hand_limit;
pub mod loose_page;
pub mod number;
pub mod outbox;
pub mod package;
pub mod page;
pub mod page_change;
pub mod party;
pub mod print_job;
pub mod procedure;
pub mod queue;
pub mod serial;
pub mod setting;
pub mod shift;
pub mod stack;
pub mod staff;
pub mod unread;
pub mod visit;

use crate::Error;
use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::Row;

/// Milliseconds since 1970, as every time is kept.
fn millis(time: DateTime<FixedOffset>) -> i64 {
    time.timestamp_millis()
}

/// A kept time, in UTC; `desk` moves it to the counter's clock.
fn time(millis: i64) -> Result<DateTime<FixedOffset>, Error> {
    let utc = Utc.timestamp_millis_opt(millis).single().ok_or_else(|| Error::Damaged(format!("time {millis}")))?;
    Ok(utc.fixed_offset())
}

/// Reads a 16-byte id.
fn id16(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; 16]> {
    row.get(column)
}

/// Reads a 32-byte hash.
fn hash32(row: &Row<'_>, column: usize) -> rusqlite::Result<domain::FileHash> {
    row.get(column).map(domain::FileHash::from_bytes)
}

/// Reads a word that an enum of `domain` knows.
fn word<T: serde::de::DeserializeOwned>(word: &str) -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|_| Error::Damaged(format!("word {word:?}")))
}

/// Reads a JSON column. The parser's own words may quote a citizen and would come into the log (T-58).
fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Damaged(format!("json, column {}", error.column())))
}

/// Writes a JSON column.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Damaged(format!("json: {error}")))
}

/// The FTS5 query that finds rows with every word of `text`, the last one as a beginning. `None` for no word at all.
fn match_all(text: &str) -> Option<String> {
    let folded = domain::fold::fold(text);
    let words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).map(|word| format!("\"{word}\"*")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
