//! The Vietnamese lunar calendar (âm lịch), by the sun and moon over the meridian of UTC+7 (D§4.3).
//!
//! China counts by UTC+8, so that a new moon shortly before midnight begins the month a day apart: Tết of 2030 is the 2nd
//! of February here and the 3rd there. Positions follow J. Meeus, Astronomical Algorithms, chapters 25 and 49.

use chrono::{Datelike, NaiveDate};

/// Days from the beginning of Julian day numbers to the day 0 of chrono's count.
const JULIAN_OF_CE: i32 = 1_721_425;
/// The hour of UTC+7, in days.
const ZONE: f64 = 7.0 / 24.0;
/// What clocks on earth are behind even time, in days: about seventy seconds in these decades.
const DELTA_T: f64 = 70.0 / 86_400.0;
/// The sun's sector of thirty degrees that begins with the winter solstice (đông chí).
const SOLSTICE: u8 = 9;

/// The first day of the lunar year that begins in `year` (mùng 1 Tết).
#[must_use]
pub fn new_year(year: i32) -> Option<NaiveDate> {
    from_lunar(year, 1, 1)
}

/// The commemoration of the Hùng kings (Giỗ Tổ Hùng Vương), the tenth of the third month.
#[must_use]
pub fn hung_kings(year: i32) -> Option<NaiveDate> {
    from_lunar(year, 3, 10)
}

/// The day `day` of the `month`-th month of the lunar year that begins in `year`; the month itself, not the leap one after it.
/// None for what is no month or day, and outside the years for which the positions hold.
#[must_use]
pub fn from_lunar(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    // Months are counted from the eleventh, which holds the winter solstice.
    let (eleventh, from) = match month {
        11 | 12 => (of_solstice(year), month - 11),
        _ => (of_solstice(year - 1), month + 1),
    };
    let next = of_solstice(if month > 10 { year + 1 } else { year });
    let n = i64::from(from);
    let leap = (next - eleventh == 13).then(|| leap_month(eleventh)).flatten();
    let shift = i64::from(leap.is_some_and(|leap| leap <= n));
    let first = first_day(eleventh + n + shift);
    let last = first_day(eleventh + n + shift + 1);
    let wanted = first + i32::try_from(day).ok()? - 1;
    (wanted < last).then(|| date(wanted)).flatten()
}

fn date(julian: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(julian - JULIAN_OF_CE)
}

/// The new moon that begins the month with the winter solstice of `year`.
fn of_solstice(year: i32) -> i64 {
    let end = NaiveDate::from_ymd_opt(year, 12, 31).map_or(0, |day| day.num_days_from_ce() + JULIAN_OF_CE);
    let mut moon = ((f64::from(end) - 2_451_550.1) / 29.530_588_861).floor() as i64 + 1;
    while first_day(moon) > end || sector(first_day(moon)) >= SOLSTICE {
        moon -= 1;
    }
    moon
}

/// Of thirteen months the first without a principal term (trung khí) is the leap one.
fn leap_month(eleventh: i64) -> Option<i64> {
    (1..=12).find(|n| sector(first_day(eleventh + n)) == sector(first_day(eleventh + n + 1)))
}

/// The day, by Julian number, on which the `k`-th new moon since the year 2000 falls over UTC+7.
fn first_day(k: i64) -> i32 {
    (new_moon(k as f64) + 0.5 + ZONE).floor() as i32
}

/// In which of the twelve sectors the sun stands at the midnight that begins the day.
fn sector(julian: i32) -> u8 {
    (sun(f64::from(julian) - 0.5 - ZONE) / 30.0).floor() as u8
}

/// When the `k`-th new moon since the year 2000 is, as a Julian date of world time.
fn new_moon(k: f64) -> f64 {
    let t = k / 1_236.85;
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t - 0.000_000_15 * t.powi(3);
    let eccentricity = 1.0 - 0.002_516 * t - 0.000_007_4 * t * t;
    let sun = (2.5534 + 29.105_356_7 * k).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
    let latitude = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
    let node = (124.7746 - 1.563_755_88 * k + 0.002_067_2 * t * t).to_radians();
    let e = eccentricity;
    let terms = [
        (-0.4072, moon),
        (0.172_41 * e, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * latitude),
        (0.007_39 * e, moon - sun),
        (-0.005_14 * e, moon + sun),
        (0.002_08 * e * e, 2.0 * sun),
        (-0.001_11, moon - 2.0 * latitude),
        (-0.000_57, moon + 2.0 * latitude),
        (0.000_56 * e, 2.0 * moon + sun),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * e, sun + 2.0 * latitude),
        (0.000_38 * e, sun - 2.0 * latitude),
        (-0.000_24 * e, 2.0 * moon - sun),
        (-0.000_17, node),
    ];
    mean + terms.iter().map(|(size, angle)| size * angle.sin()).sum::<f64>() - DELTA_T
}

/// The sun's apparent longitude in degrees at a Julian date.
fn sun(julian: f64) -> f64 {
    let t = (julian - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let anomaly = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t).to_radians();
    let center = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1_934.136 * t).to_radians();
    (mean + center - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of D§4.3, on which two other implementations agree.
    #[test]
    fn tet_and_the_hung_kings_day_by_the_published_vectors() {
        let tet = "2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 \
                   2033-01-31 2034-02-19 2035-02-08";
        let kings = "2024-04-18 2025-04-07 2026-04-26 2027-04-16 2028-04-04 2029-04-23 2030-04-12 2031-04-01 2032-04-19 \
                     2033-04-09 2034-04-28 2035-04-17";
        for ((year, tet), kings) in (2024..).zip(tet.split_whitespace()).zip(kings.split_whitespace()) {
            assert_eq!(new_year(year).unwrap().to_string(), tet);
            assert_eq!(hung_kings(year).unwrap().to_string(), kings);
        }
    }

    /// Years in which the meridian makes the difference, or a leap month stands before Tết's neighbors.
    #[test]
    fn years_apart_from_the_chinese_calendar_and_leap_months() {
        for (year, tet) in [(1985, "1985-01-21"), (2007, "2007-02-17"), (2030, "2030-02-02")] {
            assert_eq!(new_year(year).unwrap().to_string(), tet);
        }
        // 2023 had a second second month (22/3 to 19/4), so that the third month began on 20/4.
        assert_eq!(from_lunar(2023, 3, 1).unwrap().to_string(), "2023-04-20");
        // 2025 had a second sixth month (25/7 to 22/8).
        assert_eq!(from_lunar(2025, 7, 15).unwrap().to_string(), "2025-09-06");
        assert_eq!(from_lunar(2026, 12, 1).unwrap().to_string(), "2027-01-08");
    }

    #[test]
    fn what_is_no_lunar_day_is_none() {
        for (year, month, day) in
            [(2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 31), (1800, 1, 1), (i32::MAX, 1, 1)]
        {
            assert_eq!(from_lunar(year, month, day), None);
        }
        // Twelve months have 29 or 30 days each; what a month has not is none.
        let thirtieths = (1..=12).filter(|month| from_lunar(2026, *month, 30).is_some()).count();
        assert!((5..=7).contains(&thirtieths), "{thirtieths}");
    }
}
