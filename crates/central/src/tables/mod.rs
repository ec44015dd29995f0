//! What is kept, one file a table: struct, SQL, reads, writes. SQL stands nowhere else.

pub(crate) mod command;
pub(crate) mod dossier;
pub(crate) mod event;
pub(crate) mod fee;
pub(crate) mod file;
pub(crate) mod lease;
pub(crate) mod station;
pub(crate) mod token;
pub(crate) mod turn;

use crate::error::Error;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use domain::OfficeCode;

/// Days since 1970, as every column named `day` keeps them.
fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - EPOCH
}

fn day_from(number: i64) -> Result<NaiveDate, Error> {
    i32::try_from(number + EPOCH)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .ok_or(Error::Damaged("a stored day"))
}

/// 1970-01-01 counted from the first day of year 1.
const EPOCH: i64 = 719_163;

fn millis(time: DateTime<FixedOffset>) -> i64 {
    time.timestamp_millis()
}

/// A kept time, in UTC.
fn time(millis: i64) -> Result<DateTime<FixedOffset>, Error> {
    let utc = DateTime::from_timestamp_millis(millis).ok_or(Error::Damaged("a stored time"))?;
    Ok(utc.fixed_offset())
}

/// A count or a size, which SQLite keeps signed.
fn count_from(number: i64) -> u64 {
    number.try_into().unwrap_or_default()
}

fn office_from(text: &str) -> Result<OfficeCode, Error> {
    text.parse().map_err(|_| Error::Damaged("a stored office code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(day_number(day(1970, 1, 1)), 0);
        assert_eq!(day_from(day_number(day(2026, 11, 23))).unwrap(), day(2026, 11, 23));
        assert!(day_from(i64::MAX / 2).is_err(), "a damaged day must not panic");
    }
}
