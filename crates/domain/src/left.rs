//! How much working time is left until an appointment (còn lại), for lists that are worked through (N5).

use crate::Calendar;
use crate::pause::worked;
use chrono::{DateTime, FixedOffset};

/// Working time until an appointment, or since it passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLeft {
    /// Working minutes; below nought once it is past.
    pub minutes: i64,
    /// Whole working days of these.
    pub days: i64,
}

/// Further off than this nobody counts hours; a list of thousands is worked out at once.
const FAR: i64 = 40;

/// The working time between `now` and `due`; none where it is so far that only the date tells anything.
#[must_use]
pub fn time_left(now: DateTime<FixedOffset>, due: DateTime<FixedOffset>, calendar: &Calendar) -> Option<TimeLeft> {
    let (from, to) = (calendar.local(now), calendar.local(due));
    if (to - from).num_days().abs() > FAR {
        return None;
    }
    // What is past is past, even where nobody has worked since.
    let minutes = if from <= to { worked(from, to, calendar) } else { -worked(to, from, calendar).max(1) };
    Some(TimeLeft { minutes, days: minutes / calendar.full_day_minutes().max(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_noons_and_weekends_are_no_time_left() {
        let calendar = Calendar::from_json(include_str!("../../../assets/calendars/vn.json")).unwrap();
        let left = |now: &str, due: &str| {
            let at = |text: &str| DateTime::parse_from_rfc3339(&format!("2026-{text}:00+07:00")).unwrap();
            time_left(at(now), at(due), &calendar).map(|left| (left.minutes, left.days))
        };
        assert_eq!(left("11-23T10:00", "11-23T11:00"), Some((60, 0)));
        assert_eq!(left("11-23T11:00", "11-23T14:00"), Some((60, 0)), "over noon");
        assert_eq!(left("11-20T16:00", "11-23T08:00"), Some((120, 0)), "Friday to Monday");
        assert_eq!(left("11-23T17:30", "11-26T07:00"), Some((480, 1)), "24/11 is a holiday");
        assert_eq!(left("11-23T14:00", "11-23T11:00"), Some((-60, 0)), "past");
        assert_eq!(left("01-05T08:00", "11-23T08:00"), None, "only the date tells anything");
    }
}
