//! The time's cell: a number with a unit, a number alone, words, or nothing.
//!
//! A number alone is most often `1`, which the portal fills in where nobody entered anything: household business says
//! "1" in its rows and "03 ngày làm việc" in its text. So a number alone counts only with a unit that the text gives it.

use crate::deadline::Limit;
use crate::fold::tidy;
use crate::procedure::Doubt;

/// The cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Cell {
    /// `Không có thông tin`.
    #[default]
    Nothing,
    /// `3`.
    Number(String),
    /// `3 Ngày làm việc`.
    Unit(String, Limit),
    /// `2 Tháng`, `0.5 Ngày làm việc`.
    Other(String),
    /// `Không phải trả kết quả cho người nộp thuế`.
    Words(String),
    /// `1250 VNĐ`: 1 and 250, or 12 and 50.
    Glued(String),
}

/// The units, longest first.
const UNITS: [&str; 5] = ["Ngày làm việc", "Giờ làm việc", "Ngày", "Giờ", "Tháng"];

/// What the cell says together with the text, in words and as a limit, or why it says nothing.
pub(super) fn limit(cell: &Cell, text: &Durations) -> Result<(String, Limit), Doubt> {
    let hint = || text.hint.clone();
    match cell {
        Cell::Unit(words, limit) => Ok((words.clone(), *limit)),
        // Civil status and certification: the same day, after 15:00 the next (D§4.1). Their rows say 1 or nothing.
        Cell::Nothing if text.same_day => Ok((Limit::SameDay.words(), Limit::SameDay)),
        Cell::Number(number) if number == "1" && text.same_day => Ok((Limit::SameDay.words(), Limit::SameDay)),
        Cell::Nothing => Err(Doubt::NoTime { hint: hint() }),
        Cell::Number(number) => {
            let days = number.parse::<u32>().unwrap_or(0);
            match text.unit_of(days) {
                Some(limit) if days > 1 => Ok((limit.words(), limit)),
                _ => Err(Doubt::NoUnit { number: number.clone(), hint: hint() }),
            }
        }
        Cell::Other(text) => Err(Doubt::OtherUnit { text: text.clone() }),
        Cell::Words(text) => Err(Doubt::TimeInWords { text: text.clone() }),
        Cell::Glued(text) => Err(Doubt::TimeIntoFee { text: text.clone() }),
    }
}

/// A cell with a unit at the start of `text`, and how long it is.
pub(super) fn with_unit(text: &str) -> Option<(Cell, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let part = rest.strip_prefix(['.', ',']).map_or(0, |part| 1 + part.bytes().take_while(u8::is_ascii_digit).count());
    let rest = rest.get(part..)?.strip_prefix(' ')?;
    let unit = UNITS.into_iter().find(|unit| rest.starts_with(unit))?;
    if digits == 0 || part == 1 {
        return None;
    }
    let length = digits + part + 1 + unit.len();
    Some((cell(&text[..digits + part], unit), length))
}

/// The cell of a number and a unit that stand apart.
pub(super) fn cell(number: &str, unit: &str) -> Cell {
    let (number, unit) = (number.trim(), unit.trim().to_lowercase());
    let words = format!("{number} {unit}");
    let Ok(count) = number.parse::<u32>() else { return Cell::Other(words) };
    let limit = match unit.as_str() {
        "ngày làm việc" => format!("{count}wd"),
        "ngày" => format!("{count}d"),
        "giờ làm việc" | "giờ" => format!("{count}h"),
        _ => String::new(),
    };
    match limit.parse() {
        Ok(limit) if count > 0 => Cell::Unit(words, limit),
        _ => Cell::Other(words),
    }
}

/// What a text says of durations.
#[derive(Debug, Clone, Default)]
pub(super) struct Durations {
    said: Vec<Limit>,
    same_day: bool,
    /// The first sentence with a duration in it, for whoever fills in what the row leaves out.
    hint: String,
}

impl Durations {
    /// Everything of the form `03 ngày làm việc`, `05 (năm) ngày`, `08 giờ`.
    pub(super) fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let mut found = Self { same_day: same_day(&lower), ..Self::default() };
        let mut at = 0;
        while let Some(start) = lower[at..].find(|letter: char| letter.is_ascii_digit()).map(|start| at + start) {
            let digits = lower[start..].bytes().take_while(u8::is_ascii_digit).count();
            let mut rest = lower[start + digits..].trim_start();
            if let Some((_, after)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
                rest = after.trim_start();
            }
            let unit = ["ngày làm việc", "ngày", "giờ làm việc", "giờ"].into_iter().find(|unit| rest.starts_with(unit));
            // 22/11/2026 and "ngày 15" are dates; 15 giờ is an hour of the day.
            let hour = unit == Some("giờ") && lower[start..].starts_with("15");
            if let (Some(unit), false, true) = (unit, hour, digits <= 3)
                && let Cell::Unit(_, limit) = cell(&lower[start..start + digits], unit)
            {
                if found.hint.is_empty() {
                    found.hint = sentence(&lower, text, start);
                }
                if !found.said.contains(&limit) {
                    found.said.push(limit);
                }
            }
            at = start + digits;
        }
        found
    }

    /// The one unit in which the text says `number`, where it is one.
    fn unit_of(&self, number: u32) -> Option<Limit> {
        let mut same = self.said.iter().filter(|limit| match limit {
            Limit::WorkingDays(days) | Limit::CalendarDays(days) => *days == number,
            Limit::WorkingMinutes(minutes) => *minutes == number * 60,
            Limit::SameDay => false,
        });
        let first = same.next().copied();
        if same.next().is_none() { first } else { None }
    }
}

/// Whether the text gives the result the same day and, after 15:00, the next working day.
fn same_day(lower: &str) -> bool {
    let after = lower.match_indices("15 giờ").any(|(at, _)| {
        let around = &lower[floor(lower, at.saturating_sub(250))..floor(lower, at + 250)];
        around.contains("ngày làm việc tiếp theo")
    });
    after && (lower.contains("trong ngày") || lower.contains("ngay sau khi"))
}

/// The sentence around `at`, from the text as it was written where lower case kept the lengths.
fn sentence(lower: &str, text: &str, at: usize) -> String {
    let source = if text.len() == lower.len() && text.is_char_boundary(at) { text } else { lower };
    let ends = |letter: char| matches!(letter, '\n' | ';' | '.');
    let start = source[..at].rfind(ends).map_or(0, |end| end + 1);
    let end = source[at..].find(ends).map_or(source.len(), |end| at + end);
    super::short(&tidy(&source[start..end]), 160)
}

/// The boundary of a letter at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
