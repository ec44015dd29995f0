//! The holidays of a year that nobody has published yet, as the Labour Code has them (BLLĐ 2019 art 112, D§4.3).
//!
//! The dates of Tết and of the second day of the National Day, and every swap, are fixed by the Prime Minister year by year:
//! what stands here is a likely year, and each date that leans on it is marked so.

use super::lunar;
use super::{SpecialDay, SpecialKind};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The last year that ships computed.
pub const COMPUTED_THROUGH: i32 = 2035;

/// The first year of the Day of Vietnamese Culture as a day off (NQ 28/2026/QH16).
const CULTURE_SINCE: i32 = 2026;

/// The holidays of `year` and the days off that make up for those on a weekly rest day (art 111.3).
#[must_use]
pub fn computed(year: i32) -> Vec<SpecialDay> {
    let mut days: Vec<SpecialDay> = Vec::new();
    for (date, name) in holidays(year) {
        // Two holidays on one day are one day off.
        match days.iter_mut().find(|day| day.date == date) {
            Some(day) => day.name = format!("{}, {name}", day.name),
            None => days.push(SpecialDay::of(date, SpecialKind::Holiday, name)),
        }
    }
    days.sort_by_key(|day| day.date);
    for holiday in days.clone().into_iter().filter(|day| rests(day.date)) {
        let free = |date: &NaiveDate| !rests(*date) && days.iter().all(|day| day.date != *date);
        if let Some(date) = holiday.date.iter_days().skip(1).take(30).find(free) {
            days.push(SpecialDay::of(date, SpecialKind::Compensatory, format!("Nghỉ bù {}", holiday.name)));
        }
    }
    days.sort_by_key(|day| day.date);
    days
}

fn rests(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn holidays(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let mut found: Vec<(Option<NaiveDate>, &'static str)> = vec![(day(1, 1), "Tết Dương lịch")];
    found.extend(tet(year).into_iter().map(|date| (Some(date), "Tết Nguyên đán")));
    found.push((lunar::hung_kings(year), "Giỗ Tổ Hùng Vương"));
    found.push((day(4, 30), "Ngày Chiến thắng"));
    found.push((day(5, 1), "Quốc tế Lao động"));
    let national = day(9, 2);
    found.push((national.map(beside), "Quốc khánh"));
    found.push((national, "Quốc khánh"));
    if year >= CULTURE_SINCE {
        found.push((day(11, 24), "Ngày Văn hóa Việt Nam"));
    }
    found.into_iter().filter_map(|(date, name)| Some((date?, name))).collect()
}

/// Five days: two before the new year and three of it, as in 2024 and 2025; where it is a Tuesday one before and four of it,
/// as in 2026, so that no Saturday is used up.
fn tet(year: i32) -> Vec<NaiveDate> {
    let Some(first) = lunar::new_year(year) else { return Vec::new() };
    let before = if first.weekday() == Weekday::Tue { 1 } else { 2 };
    let from = first.checked_sub_days(Days::new(before));
    from.into_iter().flat_map(|from| from.iter_days().take(5)).collect()
}

/// The day beside the National Day: the one before, or the one after where that one is a weekly rest day.
fn beside(national: NaiveDate) -> NaiveDate {
    national.pred_opt().filter(|day| !rests(*day)).or(national.succ_opt()).unwrap_or(national)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(year: i32, kind: SpecialKind) -> String {
        let days = computed(year).into_iter().filter(|day| day.kind == kind);
        days.map(|day| day.date.format("%d/%m").to_string()).collect::<Vec<_>>().join(" ")
    }

    /// D§4.3, the rows of 2027 and 2028.
    #[test]
    fn the_years_that_the_reference_computes() {
        assert_eq!(
            dates(2027, SpecialKind::Holiday),
            "01/01 04/02 05/02 06/02 07/02 08/02 16/04 30/04 01/05 01/09 02/09 24/11"
        );
        assert_eq!(dates(2027, SpecialKind::Compensatory), "09/02 10/02 03/05");
        assert_eq!(
            dates(2028, SpecialKind::Holiday),
            "01/01 24/01 25/01 26/01 27/01 28/01 04/04 30/04 01/05 01/09 02/09 24/11"
        );
        assert_eq!(dates(2028, SpecialKind::Compensatory), "03/01 02/05 04/09");
    }

    /// Published years, of which only the swaps are not in the law.
    #[test]
    fn the_law_gives_the_published_years_but_for_their_swaps() {
        assert_eq!(dates(2026, SpecialKind::Compensatory), "27/04");
        assert_eq!(
            dates(2026, SpecialKind::Holiday),
            "01/01 16/02 17/02 18/02 19/02 20/02 26/04 30/04 01/05 01/09 02/09 24/11"
        );
        assert_eq!(
            dates(2025, SpecialKind::Holiday),
            "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 01/09 02/09"
        );
        assert_eq!(dates(2024, SpecialKind::Compensatory), "13/02 14/02");
    }

    #[test]
    fn no_day_off_is_lost_on_a_weekend() {
        for year in 2024..=COMPUTED_THROUGH {
            let days = computed(year);
            let off = days.iter().filter(|day| !rests(day.date)).count();
            let holidays = days.iter().filter(|day| day.kind == SpecialKind::Holiday).count();
            assert_eq!(off, holidays, "{year}");
            assert_eq!(holidays, if year >= CULTURE_SINCE { 12 } else { 11 }, "{year}");
        }
    }
}
