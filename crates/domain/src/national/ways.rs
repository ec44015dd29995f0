//! The table of ways (cách thức thực hiện): rows of channel, time, fee and description without anything between them.
//!
//! A row begins where a channel's name is followed at once by a time and a fee, and nowhere else: descriptions name
//! channels too, but never so.

use super::time::{Cell, with_unit};
use super::{Pieces, Row};
use crate::Channel;
use crate::fold::tidy;
use crate::procedure::Doubt;

const HEAD: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
/// What the portal writes into an empty cell.
pub(super) const NOTHING: &str = "Không có thông tin";
/// No fee.
pub(super) const FREE: &str = "Miễn phí";
const CHANNELS: [(&str, Channel); 3] =
    [("Trực tuyến", Channel::Online), ("Dịch vụ bưu chính", Channel::Post), ("Trực tiếp", Channel::Counter)];
const CURRENCIES: [&str; 4] = ["VNĐ", "Việt Nam Đồng", "USD", "EUR"];
/// Most rows a record may have; the most published are 13.
const MOST_ROWS: usize = 200;

/// Reads the rows, or says that there are none.
pub(super) fn read(text: &str, pieces: &mut Pieces) {
    let text = text.trim_start().strip_prefix(HEAD).unwrap_or(text);
    let mut starts = heads(text, false);
    if starts.is_empty() {
        starts = heads(text, true);
    }
    let ends = starts.iter().skip(1).map(|head| head.at).chain([text.len()]).collect::<Vec<_>>();
    for (head, end) in starts.into_iter().zip(ends) {
        let (fee_note, note) = bracket(&text[head.end..end]);
        let fee_note = unwrapped(fee_note);
        let fee = if head.fee == NOTHING { String::new() } else { head.fee };
        pieces.rows.push(Row { channel: head.channel, time: head.time, fee, fee_note, note: tidy(note) });
    }
    if pieces.rows.is_empty() {
        pieces.doubts.push(Doubt::NoWays);
    }
}

/// The head of a row: where it is, and its first three cells.
struct Head {
    at: usize,
    end: usize,
    channel: Channel,
    time: Cell,
    fee: String,
}

/// The heads of all rows. With `words` a time may be words; taken only where no row has a number.
fn heads(text: &str, words: bool) -> Vec<Head> {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < MOST_ROWS {
        let next = CHANNELS.iter().filter_map(|(name, channel)| Some((at + text[at..].find(name)?, *name, *channel)));
        let Some((start, name, channel)) = next.min_by_key(|(start, ..)| *start) else { break };
        let cells = start + name.len();
        match time_and_fee(&text[cells..], words) {
            Some((time, fee, length)) => {
                found.push(Head { at: start, end: cells + length, channel, time, fee });
                at = cells + length;
            }
            None => at = cells,
        }
    }
    found
}

/// The two cells behind a channel's name, and how long they are together.
fn time_and_fee(text: &str, words: bool) -> Option<(Cell, String, usize)> {
    if let Some(rest) = text.strip_prefix(NOTHING)
        && let Some(fee) = fee(rest)
    {
        return Some((Cell::Nothing, fee.to_owned(), NOTHING.len() + fee.len()));
    }
    if let Some((cell, length)) = with_unit(text) {
        let fee = fee(&text[length..])?;
        return Some((cell, fee.to_owned(), length + fee.len()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&digits) {
        let free = [FREE, NOTHING].into_iter().find(|fee| text[digits..].starts_with(fee));
        if let Some(fee) = free {
            return Some((Cell::Number(text[..digits].to_owned()), fee.to_owned(), digits + fee.len()));
        }
    }
    if digits > 0 {
        return glued(text);
    }
    if words {
        return in_words(text);
    }
    None
}

/// A fee's cell at the start of `text`.
fn fee(text: &str) -> Option<&str> {
    if let Some(fixed) = [FREE, NOTHING].into_iter().find(|fee| text.starts_with(fee)) {
        return Some(fixed);
    }
    let number = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let rest = text.get(number..)?.strip_prefix(' ')?;
    let currency = CURRENCIES.into_iter().find(|currency| rest.starts_with(currency))?;
    (number > 0).then(|| &text[..number + 1 + currency.len()])
}

/// A number that is a time and a fee in one: `120,000 VNĐ` is 1 and 20,000, because a figure has no leading nought and
/// groups of three.
fn glued(text: &str) -> Option<(Cell, String, usize)> {
    let whole = fee(text)?;
    let number = whole.bytes().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let (figure, currency) = whole.split_at(number);
    let splits = (1..=figure.len().min(3)).filter(|at| {
        let (time, amount) = figure.split_at(*at);
        time.bytes().all(|byte| byte.is_ascii_digit()) && is_figure(amount)
    });
    let mut splits = splits.collect::<Vec<_>>().into_iter();
    let read = match (splits.next(), splits.next()) {
        (Some(at), None) => (Cell::Number(figure[..at].to_owned()), format!("{}{currency}", &figure[at..])),
        _ => (Cell::Glued(whole.to_owned()), String::new()),
    };
    Some((read.0, read.1, whole.len()))
}

/// Whether `text` is a figure as the portal writes them: `20,000`, never `0,000`, `020` or `2000`.
fn is_figure(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// A time in words, up to a fee that is no figure.
fn in_words(text: &str) -> Option<(Cell, String, usize)> {
    let (at, fee) = [FREE, NOTHING].into_iter().filter_map(|fee| Some((text.find(fee)?, fee))).min()?;
    let words = tidy(&text[..at]);
    let fits =
        !words.is_empty() && words.chars().count() <= 200 && !CHANNELS.iter().any(|(name, _)| words.contains(name));
    fits.then(|| (Cell::Words(words), fee.to_owned(), at + fee.len()))
}

/// What stands in the bracket at the start, and the rest. A bracket that does not close takes everything.
fn bracket(text: &str) -> (&str, &str) {
    if !text.starts_with('(') {
        return ("", text);
    }
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices() {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    (&text[1..], "")
}

/// Without a second pair of brackets around the whole.
fn unwrapped(text: &str) -> String {
    let text = text.trim();
    let (inner, rest) = bracket(text);
    tidy(if !inner.is_empty() && rest.trim().is_empty() { inner } else { text })
}
