//! A time limit as it is written: `3wd`, `36h`, `10d`, `sd`.

use serde::{Deserialize, Serialize};

/// A time limit (thời hạn giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Limit {
    /// Working days, `3wd` (ngày làm việc).
    WorkingDays(u32),
    /// Working minutes, written in hours, `36h` or `0.5h` (giờ làm việc).
    WorkingMinutes(u32),
    /// Calendar days, `10d` (ngày).
    CalendarDays(u32),
    /// The same working day; after the cut-off the next one, `sd` (trong ngày; D§4.1, civil status and certification).
    SameDay,
}

/// A text that is no time limit, or one beyond ten years.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no time limit: write 3wd, 36h, 10d or sd")]
pub struct BadLimit(pub String);

impl Limit {
    /// As the publications and the receipt say it, `3 ngày làm việc`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::WorkingDays(days) => format!("{days} ngày làm việc"),
            Self::CalendarDays(days) => format!("{days} ngày"),
            Self::WorkingMinutes(minutes) => format!("{} giờ", f64::from(minutes) / 60.0).replace('.', ","),
            Self::SameDay => "Trong ngày; tiếp nhận sau 15 giờ thì trong ngày làm việc tiếp theo".to_owned(),
        }
    }
}

impl std::str::FromStr for Limit {
    type Err = BadLimit;

    fn from_str(text: &str) -> Result<Self, BadLimit> {
        let bad = || BadLimit(text.to_owned());
        let whole = |digits: &str| match digits.parse::<u32>() {
            Ok(n) if n <= 3_650 && !digits.starts_with('+') => Ok(n),
            _ => Err(bad()),
        };
        if text == "sd" {
            Ok(Self::SameDay)
        } else if let Some(days) = text.strip_suffix("wd") {
            whole(days).map(Self::WorkingDays)
        } else if let Some(days) = text.strip_suffix('d') {
            whole(days).map(Self::CalendarDays)
        } else if let Some(hours) = text.strip_suffix('h') {
            let hours: f64 = hours.parse().map_err(|_| bad())?;
            let minutes = (hours * 60.0).round();
            // The range is checked first, so that the cast cannot lose anything.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "range checked in the condition"
            )]
            if (0.0..=30_000.0 * 60.0).contains(&minutes) {
                Ok(Self::WorkingMinutes(minutes as u32))
            } else {
                Err(bad())
            }
        } else {
            Err(bad())
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::WorkingDays(days) => write!(f, "{days}wd"),
            Self::CalendarDays(days) => write!(f, "{days}d"),
            Self::WorkingMinutes(minutes) => write!(f, "{}h", f64::from(*minutes) / 60.0),
            Self::SameDay => f.write_str("sd"),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = BadLimit;
    fn try_from(text: String) -> Result<Self, BadLimit> {
        text.parse()
    }
}

impl From<Limit> for String {
    fn from(limit: Limit) -> Self {
        limit.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_or_refused() {
        for text in ["3wd", "36h", "10d", "sd", "0.5h", "0wd"] {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        }
        for text in ["", "wd", "-1d", "+1d", "1.5d", "3", "999999999d", "NaNh", "infh", "-1h"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }
}
