//! T-51: the grid of due dates, the minutes of a day against limits of half an hour to sixty days around Tết, holidays,
//! make-up Saturdays and weekends, held against an oracle that shares no code with the program: a table of minutes that it
//! walks one by one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::calendar::DueHour;
use domain::{Calendar, CalendarFile, Deadline, Limit, Stage, Term};
use serde_json::Value;

const VN: &str = include_str!("../../../assets/calendars/vn.json");
const DAY: usize = 1_440;

/// Every minute from the first day of 2024 on, and whether somebody works in it.
struct Oracle {
    first: NaiveDate,
    open: Vec<bool>,
}

fn minute_of(text: &Value) -> usize {
    let (hours, minutes) = text.as_str().unwrap().split_once(':').unwrap();
    hours.parse::<usize>().unwrap() * 60 + minutes.parse::<usize>().unwrap()
}

impl Oracle {
    fn of(file: &Value) -> Self {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        let mut oracle = Self { first, open: vec![false; DAY * 1_400] };
        for day in 0..oracle.open.len() / DAY {
            let date = first + Days::new(day as u64);
            let years = file["years"].as_array().unwrap().iter();
            let special =
                years.flat_map(|year| year["days"].as_array().unwrap()).find(|day| day["date"] == date.to_string());
            let weekday = date.format("%a").to_string().to_lowercase();
            let sessions = match special.map(|day| day["kind"].as_str().unwrap()) {
                Some("holiday" | "compensatory") => continue,
                Some("make_up") => &file["week"]["mon"],
                _ => &file["week"][weekday.as_str()],
            };
            for session in sessions.as_array().into_iter().flatten() {
                oracle.open[day * DAY + minute_of(&session[0])..day * DAY + minute_of(&session[1])].fill(true);
            }
        }
        oracle
    }

    fn at(&self, time: NaiveDateTime) -> usize {
        usize::try_from((time - self.first.and_time(NaiveTime::MIN)).num_minutes()).unwrap()
    }

    fn time(&self, minute: usize) -> NaiveDateTime {
        self.first.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute as i64)
    }

    fn of_day(&self, day: usize) -> &[bool] {
        &self.open[day * DAY..(day + 1) * DAY]
    }

    fn works(&self, day: usize) -> bool {
        self.of_day(day).contains(&true)
    }

    fn next(&self, mut day: usize) -> usize {
        loop {
            day += 1;
            if self.works(day) {
                return day;
            }
        }
    }

    /// A minute of a day, moved to where somebody works: the minute of closing still counts as open.
    fn moved(&self, day: usize, minute: usize) -> usize {
        let open = self.of_day(day);
        let here = |m: usize| open[m] || (m > 0 && open[m - 1]);
        (minute..DAY).find(|m| here(*m)).or_else(|| (0..DAY).rev().find(|m| here(*m))).map_or(0, |m| day * DAY + m)
    }

    fn closing(&self, day: usize) -> usize {
        day * DAY + (0..DAY).rev().find(|m| self.of_day(day)[*m]).unwrap() + 1
    }

    /// Where the `wanted`-th working minute from `at` ends, for each of `wanted`, which rise.
    fn minutes(&self, at: usize, wanted: &[usize]) -> Vec<usize> {
        let mut ends = Vec::new();
        let (mut minute, mut done) = (at, 0);
        for wanted in wanted {
            while done < *wanted || !(self.open[minute] || done > 0) {
                done += usize::from(self.open[minute]);
                minute += 1;
            }
            ends.push(minute);
        }
        ends
    }

    fn working_days(&self, at: usize, n: usize) -> usize {
        let mut day = at / DAY;
        for _ in 0..n {
            day = self.next(day);
        }
        self.moved(if self.works(day) { day } else { self.next(day) }, at % DAY)
    }

    fn calendar_days(&self, at: usize, n: usize) -> usize {
        let day = at / DAY + n;
        self.moved(if self.works(day) { day } else { self.next(day) }, at % DAY)
    }

    fn same_day(&self, at: usize) -> usize {
        let day = at / DAY;
        let today = self.works(day) && at % DAY < 15 * 60 && at < self.closing(day);
        self.closing(if today { day } else { self.next(day) })
    }
}

/// Days on which papers come in: what lies ahead of each is what makes it hard.
const INTAKES: [&str; 14] = [
    "2026-11-23", // the eve of the new holiday
    "2026-11-24", // the holiday itself
    "2026-02-13", // the last working day before Tết
    "2026-02-18", // in the middle of Tết
    "2026-01-08", // before a make-up Saturday
    "2026-01-10", // that Saturday
    "2026-01-11", // the Sunday after it
    "2026-04-24", // before a compensatory Monday
    "2026-08-21", // before a make-up Saturday and a swapped Monday
    "2025-04-25", // before a make-up Saturday and two holidays
    "2024-02-07", // before the Tết of 2024
    "2025-12-31", // the last day of a year
    "2026-11-28", // a Saturday
    "2026-12-31", // into a year that nobody has published
];

/// Every minute of the first `whole` days; of the others every 23rd and those on both sides of each edge.
fn grid(file: &Value, whole: usize) {
    let (oracle, calendar) = (Oracle::of(file), Calendar::from_json(&file.to_string()).unwrap());
    let hours: [usize; 8] = [0, 30, 60, 240, 480, 960, 2_160, 9_600];
    for (n, intake) in INTAKES.iter().enumerate() {
        let date: NaiveDate = intake.parse().unwrap();
        let edges = [7 * 60, 11 * 60 + 30, 13 * 60 + 30, 15 * 60, 17 * 60];
        let near = |m: usize| edges.iter().any(|edge| m + 1 >= *edge && m <= edge + 1);
        for minute in (0..DAY).filter(|m| n < whole || m % 23 == 0 || near(*m)) {
            let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute as i64);
            let at = oracle.at(local);
            let check = |limit: Limit, expected: usize| {
                let received = calendar.instant(local);
                let found = Deadline::compute(received, limit, &calendar).unwrap();
                assert_eq!(calendar.local(found.due), oracle.time(expected), "{local} + {limit}");
            };
            for (minutes, expected) in hours.into_iter().zip(oracle.minutes(at, &hours)) {
                check(Limit::WorkingMinutes(minutes as u32), expected);
            }
            for days in [0, 1, 2, 3, 15, 60] {
                check(Limit::WorkingDays(days), oracle.working_days(at, days as usize));
                check(Limit::CalendarDays(days), oracle.calendar_days(at, days as usize));
            }
            check(Limit::SameDay, oracle.same_day(at));
        }
    }
}

#[test]
fn the_grid_on_the_calendar_that_ships() {
    grid(&serde_json::from_str(VN).unwrap(), 2);
}

/// D§4.2: the police of a commune work on Saturday mornings too, and begin at half past seven.
#[test]
fn the_grid_on_a_calendar_with_saturday_mornings() {
    let mut file: Value = serde_json::from_str(VN).unwrap();
    for day in ["mon", "tue", "wed", "thu", "fri"] {
        file["week"][day] = serde_json::json!([["07:30", "11:30"], ["13:00", "17:00"]]);
    }
    file["week"]["sat"] = serde_json::json!([["07:30", "11:30"]]);
    grid(&file, 0);
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
}

/// Stages one after the other end where the oracle's walk does, whatever the hour; and their days are told once each.
#[test]
fn stages_follow_one_another() {
    let oracle = Oracle::of(&serde_json::from_str(VN).unwrap());
    let calendar = Calendar::from_json(VN).unwrap();
    let stages: Vec<Stage> = domain::deadline::stages("2h+3wd+1h+2wd").unwrap();
    for minute in (0..DAY).step_by(7) {
        let local = at("2026-02-12T00:00").naive_local() + TimeDelta::minutes(minute as i64);
        let first = oracle.minutes(oracle.at(local), &[120])[0];
        let second = oracle.working_days(first, 3);
        let third = oracle.minutes(second, &[60])[0];
        let fourth = oracle.working_days(third, 2);
        let found = Term::of(None, &stages).unwrap().deadline(calendar.instant(local), &calendar).unwrap();
        let dues: Vec<_> = found.stages.iter().map(|stage| calendar.local(stage.due)).collect();
        assert_eq!(dues, [first, second, third, fourth].map(|minute| oracle.time(minute)), "{local}");
        assert_eq!(calendar.local(found.due), oracle.time(fourth));
        let dates: Vec<_> = found.days.iter().map(|day| day.date).collect();
        let expected: Vec<_> = local.date().iter_days().take_while(|date| *date <= found.due.date_naive()).collect();
        assert_eq!(dates, expected, "every date once: {local}");
    }
}

/// The published limit holds where a case has one; its stages are told beside it.
#[test]
fn a_published_limit_holds_over_its_stages() {
    let calendar = Calendar::from_json(VN).unwrap();
    let stages = domain::deadline::stages("2h+3h").unwrap();
    let found =
        Term::of(Some(Limit::WorkingDays(1)), &stages).unwrap().deadline(at("2026-11-25T08:00"), &calendar).unwrap();
    assert_eq!(found.due, at("2026-11-26T08:00"));
    assert_eq!(
        found.stages.iter().map(|stage| stage.due).collect::<Vec<_>>(),
        [at("2026-11-25T10:00"), at("2026-11-25T15:00")]
    );
    for text in ["", "+", "2h+", "2h+x", &"1h+".repeat(60)] {
        assert!(domain::deadline::stages(text).is_err(), "{text}");
    }
}

/// What an agency may choose (D§4.1): the cut-off moves the receipt, the first day counts, the last day ends at closing.
#[test]
fn rules_that_an_agency_may_choose() {
    let mut file = CalendarFile::from_json(VN).unwrap();
    let due = |file: &CalendarFile, received: &str, limit: &str| {
        let calendars = file.calendars().unwrap();
        let found = Deadline::compute(at(received), limit.parse().unwrap(), calendars.base()).unwrap();
        let dates: Vec<_> = found.days.iter().map(|day| day.date).collect();
        assert!(dates.windows(2).all(|pair| pair[1] == pair[0].succ_opt().unwrap()), "each day once, in order");
        found.due.format("%m-%dT%H:%M").to_string()
    };
    assert_eq!(due(&file, "2026-11-25T15:00", "1wd"), "11-26T15:00");
    file.rule.after_cut_off_next_day = true;
    assert_eq!(due(&file, "2026-11-25T14:59", "1wd"), "11-26T14:59");
    assert_eq!(due(&file, "2026-11-25T15:00", "1wd"), "11-27T07:00", "as if received on the 26th");
    assert_eq!(due(&file, "2026-11-25T15:00", "2h"), "11-26T09:00");
    file.rule.due_hour = DueHour::Closing;
    assert_eq!(due(&file, "2026-11-25T09:00", "1wd"), "11-26T17:00");
    file.rule.count_first_day = true;
    assert_eq!(due(&file, "2026-11-25T09:00", "1wd"), "11-25T17:00");
    assert_eq!(due(&file, "2026-11-25T09:00", "2wd"), "11-26T17:00");
    assert_eq!(due(&file, "2026-11-28T09:00", "1wd"), "11-30T17:00", "nobody works on the day of receipt");
}

/// Half days and closed days by decision of the office.
#[test]
fn local_days_count_for_what_they_are() {
    let mut file: Value = serde_json::from_str(VN).unwrap();
    let days = file["years"][2]["days"].as_array_mut().unwrap();
    days.push(serde_json::json!({"date": "2026-11-26", "kind": "closed", "name": "Mất điện"}));
    days.push(serde_json::json!({"date": "2026-11-27", "kind": "hours", "name": "Họp", "hours": [["07:00", "11:30"]]}));
    let calendar = Calendar::from_json(&file.to_string()).unwrap();
    let found = Deadline::compute(at("2026-11-25T16:00"), Limit::WorkingMinutes(360), &calendar).unwrap();
    assert_eq!(found.due, at("2026-11-30T07:30"), "an hour, four and a half on Friday, half an hour on Monday");
    let kinds: Vec<_> = found.days.iter().map(|day| serde_json::to_value(day.kind).unwrap()).collect();
    assert_eq!(kinds, ["received", "closed", "half_day", "weekend", "weekend", "counted"]);
    assert_eq!(found.days[1].note, "Mất điện");
}
