//! Due dates row by row; the grid of T-51 against an oracle of its own stands in `tests/due_grid.rs`.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn calendar() -> Calendar {
    Calendar::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap()
}

fn due(received: &str, limit: &str) -> String {
    let deadline = Deadline::compute(at(received), limit.parse().unwrap(), &calendar()).unwrap();
    deadline.due.format("%Y-%m-%dT%H:%M").to_string()
}

// T-51: the edges of a day, the new holiday of 24/11, Tết, and make-up Saturdays.
#[test]
fn due_dates() {
    for (received, limit, expected) in [
        ("2026-11-23T09:15", "3wd", "2026-11-27T09:15"),
        ("2026-11-23T12:00", "1wd", "2026-11-25T13:30"),
        ("2026-11-23T18:30", "1wd", "2026-11-25T17:00"),
        ("2026-11-23T05:00", "1wd", "2026-11-25T07:00"),
        ("2026-11-28T10:00", "1wd", "2026-11-30T10:00"),
        ("2026-01-08T10:00", "2wd", "2026-01-10T10:00"),
        ("2026-02-13T16:00", "1wd", "2026-02-23T16:00"),
        ("2026-11-23T11:30", "1h", "2026-11-23T14:30"),
        ("2026-11-23T11:00", "0.5h", "2026-11-23T11:30"),
        ("2026-11-23T16:00", "1h", "2026-11-23T17:00"),
        ("2026-11-23T17:00", "1h", "2026-11-25T08:00"),
        ("2026-11-23T16:30", "1h", "2026-11-25T07:30"),
        ("2026-11-20T07:00", "8h", "2026-11-20T17:00"),
        ("2026-11-14T10:00", "10d", "2026-11-25T10:00"),
        ("2026-11-23T10:00", "5d", "2026-11-30T10:00"),
        ("2026-11-23T14:59", "sd", "2026-11-23T17:00"),
        ("2026-11-23T15:00", "sd", "2026-11-25T17:00"),
        ("2026-11-22T09:00", "sd", "2026-11-23T17:00"),
    ] {
        assert_eq!(due(received, limit), expected, "{received} + {limit}");
    }
}

#[test]
fn the_explanation_names_the_holiday() {
    let deadline = Deadline::compute(at("2026-11-23T09:15"), Limit::WorkingDays(1), &calendar()).unwrap();
    let kinds: Vec<_> = deadline.days.iter().map(|day| (day.date.day(), day.kind, day.minutes)).collect();
    assert_eq!(kinds, [(23, DayKind::Received, 0), (24, DayKind::Holiday, 0), (25, DayKind::Counted, 480)]);
    assert_eq!(deadline.days[1].note, "Ngày Văn hóa Việt Nam");
    assert!(deadline.confirmed);
}

#[test]
fn a_date_beyond_the_published_years_is_unconfirmed() {
    assert!(!Deadline::compute(at("2026-12-30T09:00"), Limit::WorkingDays(5), &calendar()).unwrap().confirmed);
}

proptest! {
    // T-51
    #[test]
    fn a_due_time_is_working_time_after_receipt(minute in 0i64..1_100_000, kind in 0u8..4, n in 0u32..200) {
        let calendar = calendar();
        let received = at("2024-01-01T00:00") + TimeDelta::minutes(minute);
        let limit = match kind {
            0 => Limit::WorkingDays(n),
            1 => Limit::WorkingMinutes(n * 30),
            2 => Limit::CalendarDays(n),
            _ => Limit::SameDay,
        };
        let deadline = Deadline::compute(received, limit, &calendar).unwrap();
        let due = calendar.local(deadline.due);
        let within = calendar.sessions(due.date()).iter().any(|s| s.opens <= due.time() && due.time() <= s.closes);
        prop_assert!(within, "{due} is outside working time");
        prop_assert!(due.date() >= calendar.local(received).date());
        if kind == 1 {
            prop_assert_eq!(deadline.days.iter().map(|day| day.minutes).sum::<i64>(), i64::from(n * 30));
            prop_assert!(deadline.due >= received);
        }
        // Every date between receipt and due is explained once.
        let dates: Vec<_> = deadline.days.iter().map(|day| day.date).collect();
        let expected: Vec<_> = calendar.local(received).date().iter_days().take_while(|d| *d <= due.date()).collect();
        prop_assert_eq!(dates, expected);
    }
}
