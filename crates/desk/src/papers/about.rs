//! What a sheet is about, read from text: a dossier by code or id; dossiers by several; days.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::WorkList;
use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate};
use domain::{DossierId, FileHash};

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// Days, both included.
    Days(NaiveDate, NaiveDate),
    /// Dossiers that were chosen, in that order.
    Chosen(Vec<DossierId>),
    /// A list as it stands on the screen, in its order.
    Listed(WorkList, Vec<DossierId>),
    /// What a search finds, in its order.
    Found(String, Vec<DossierId>),
}

impl Desk {
    /// Reads what a list is of: `today`, `month`, `2026-11-23`, `2026-11`, `2026`, `2026-11-01..2026-11-15`, codes after commas,
    /// `list:overdue`, or `search:` with what is looked for.
    pub(super) fn list_of(&self, about: &str) -> Result<Of, Error> {
        let about = about.trim();
        if about.is_empty() || about == "today" {
            return Ok(Of::Days(self.today(), self.today()));
        }
        if about == "month" {
            let first = self.today() - Days::new(u64::from(self.today().day0()));
            return Ok(Of::Days(first, first + Months::new(1) - Days::new(1)));
        }
        if let Some((from, to)) = days(about) {
            return if from <= to { Ok(Of::Days(from, to)) } else { Err(Error::BadInput("period")) };
        }
        if let Some(name) = about.strip_prefix("list:") {
            let kind = serde_json::from_value(serde_json::Value::String(name.trim().to_owned()));
            let kind: WorkList = kind.map_err(|_| Error::BadInput("list"))?;
            let found = self.work_list(kind, super::lists::MOST)?;
            return Ok(Of::Listed(kind, found.hits.into_iter().map(|hit| hit.id).collect()));
        }
        if let Some(text) = about.strip_prefix("search:") {
            let found = self.search(text, super::lists::MOST)?;
            return Ok(Of::Found(text.trim().to_owned(), found.hits.into_iter().map(|hit| hit.id).collect()));
        }
        let codes = about.split(',').map(str::trim).filter(|code| !code.is_empty());
        let mut chosen: Vec<DossierId> = Vec::new();
        for code in codes {
            let id = self.find_dossier(code)?;
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        Ok(Of::Chosen(chosen))
    }

    /// From the first midnight to the one after the last day.
    pub(super) fn moments(&self, from: NaiveDate, to: NaiveDate) -> (DateTime<FixedOffset>, DateTime<FixedOffset>) {
        (self.midnight(from), self.midnight(to + Days::new(1)))
    }
}

fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((from, to)) = text.split_once("..") {
        return Some((days(from)?.0, days(to)?.1));
    }
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    match text.split('-').count() {
        3 => day(text).map(|day| (day, day)),
        2 => day(&format!("{text}-01")).map(|first| (first, first + Months::new(1) - Days::new(1))),
        1 if text.len() == 4 => {
            let year = text.parse().ok()?;
            Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
        }
        _ => None,
    }
}

/// The period in words, as it stands under a title.
pub(super) fn in_words(from: NaiveDate, to: NaiveDate) -> String {
    let shown = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
    let month = from.day() == 1 && from + Months::new(1) == to + Days::new(1);
    let year = from.ordinal() == 1 && (to.month(), to.day(), to.year()) == (12, 31, from.year());
    if from == to {
        format!("ngày {}", shown(from))
    } else if year {
        format!("năm {}", from.year())
    } else if month {
        format!("tháng {}", from.format("%m/%Y"))
    } else {
        format!("từ ngày {} đến ngày {}", shown(from), shown(to))
    }
}

/// Tells a list from another: by its days and by the very dossiers in it, so that a longer list is no reprint.
pub(super) fn subject(of: &Of, dossiers: &[DossierId]) -> String {
    let ids: Vec<u8> = dossiers.iter().flat_map(|id| *id.as_bytes()).collect();
    let short: String = FileHash::of(&ids).to_string().chars().take(16).collect();
    match of {
        Of::Days(from, to) if from == to => format!("{from} {short}"),
        Of::Days(from, to) => format!("{from}..{to} {short}"),
        Of::Chosen(_) => short,
        Of::Listed(kind, _) => format!("{kind:?} {short}"),
        // What was looked for may be a name, and the log shows what was printed.
        Of::Found(..) => format!("search {short}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_months_years_and_stretches_are_read() {
        for (text, from, to) in [
            ("2026-11-23", "2026-11-23", "2026-11-23"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-11-20..2026-12-02", "2026-11-20", "2026-12-02"),
            ("2026-11..2026-12", "2026-11-01", "2026-12-31"),
        ] {
            assert_eq!(days(text), Some((day(from), day(to))), "{text}");
        }
        for text in ["", "H99.1-261123-0001", "2026-13", "2026-02-30", "26", "a..b", "2026-11-23..x"] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_said_as_people_say_them() {
        assert_eq!(in_words(day("2026-11-23"), day("2026-11-23")), "ngày 23/11/2026");
        assert_eq!(in_words(day("2026-11-01"), day("2026-11-30")), "tháng 11/2026");
        assert_eq!(in_words(day("2026-12-01"), day("2026-12-31")), "tháng 12/2026");
        assert_eq!(in_words(day("2026-01-01"), day("2026-12-31")), "năm 2026");
        assert_eq!(in_words(day("2026-11-02"), day("2026-11-30")), "từ ngày 02/11/2026 đến ngày 30/11/2026");
    }
}
