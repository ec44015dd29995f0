//! The list of papers (thành phần hồ sơ): groups, each a heading, a table's head, and rows of text and number run together.
//!
//! A row ends at `1 bản chính` or `0 bản chính,1 bản sao` with the next row's first letter right behind it; the same
//! words inside a sentence have a space or a point behind them. What stands behind the last row of a group is the next
//! group's heading.

use super::{Group, Paper, Pieces};
use crate::fold::tidy;
use crate::procedure::Doubt;

const HEAD: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";
/// Most rows of all groups; the most published are 130.
const MOST_ROWS: usize = 2_000;

/// Reads the groups, or says that there are none.
pub(super) fn read(text: &str, pieces: &mut Pieces) {
    let mut parts = text.split(HEAD);
    let mut heading = tidy(parts.next().unwrap_or_default());
    let mut rows = 0;
    for part in parts {
        let (mut papers, rest) = cut(part, &mut pieces.doubts);
        papers.truncate(MOST_ROWS.saturating_sub(rows));
        rows += papers.len();
        pieces.groups.push(Group { heading: std::mem::replace(&mut heading, tidy(rest)), papers });
    }
    if pieces.groups.is_empty() {
        pieces.doubts.push(Doubt::NoPapers);
    } else if heading.chars().any(char::is_alphanumeric) {
        pieces.doubts.push(Doubt::LooseText { text: super::short(&heading, 200) });
    }
}

/// The rows of one table, and the text behind the last.
fn cut<'a>(text: &'a str, doubts: &mut Vec<Doubt>) -> (Vec<Paper>, &'a str) {
    let mut papers = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some((number, end)) = next_count(text, at) {
        at = end.at;
        let mut rest = text[end.at..].chars();
        let next = rest.next();
        // A space follows inside a sentence; or before the mark of a heading, when the count itself hangs on its words.
        let hangs = text[..number.0].ends_with(|before: char| !before.is_whitespace())
            && text[number.0..].starts_with(|digit| digit != '0' || number.1 - number.0 == 1);
        let glued = match next {
            Some(space) if space.is_whitespace() => hangs && matches!(rest.next(), Some('*' | '-' | '+')),
            Some(next) => !matches!(next, ',' | '.' | ';' | ':' | ')' | '/'),
            None => true,
        };
        // "…: 01 bản chính1 bản chính": the first of the two belongs to the sentence.
        let doubled = next_count(text, end.at).is_some_and(|(number, _)| number.0 == end.at);
        if !glued || doubled {
            continue;
        }
        let run = &text[number.0..number.1];
        let (digits, count) = count(run);
        let name = tidy(&text[start..number.1 - digits]);
        if run.len() == 2 && !run.starts_with('0') {
            doubts.push(Doubt::UnclearCount { text: super::short(&format!("{name} | {run}"), 200) });
        }
        start = end.at;
        if !name.is_empty() {
            papers.push(Paper { text: without_file(&name), originals: count, copies: end.copies });
        }
    }
    (papers, &text[start..])
}

/// Where a count ends, and the copies it names.
struct End {
    at: usize,
    copies: u32,
}

/// The next `N bản chính[,M bản sao]` from `at`: where its digits are, and its end.
fn next_count(text: &str, at: usize) -> Option<((usize, usize), End)> {
    let mut from = at;
    loop {
        let words = from + text[from..].find(ORIGINALS)?;
        let digits = text[at..words].bytes().rev().take_while(u8::is_ascii_digit).count();
        let after = words + ORIGINALS.len();
        if digits == 0 {
            from = after;
            continue;
        }
        let copies = text[after..].strip_prefix(',').and_then(|rest| {
            let number = rest.bytes().take_while(u8::is_ascii_digit).count();
            let count = rest[..number].parse::<u32>().ok().filter(|count| *count <= 999)?;
            rest[number..].starts_with(COPIES).then_some((1 + number + COPIES.len(), count))
        });
        let (length, copies) = copies.unwrap_or((0, 0));
        return Some(((words - digits, words), End { at: after + length, copies }));
    }
}

/// How many digits of a run are the count, and the count. A longer run ends a sentence: `Nghị định 43/20261 bản chính`.
fn count(run: &str) -> (usize, u32) {
    let digits = if run.len() == 2 && run.starts_with('0') { 2 } else { 1 };
    (digits, run[run.len() - digits..].parse().unwrap_or(0))
}

/// Without the name of a form's file behind the sentence: `…/NĐ-CP.mau so 8.doc`.
fn without_file(name: &str) -> String {
    let lower = name.to_lowercase();
    let is_file =
        [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".rar", ".zip", ".rtf"].iter().any(|end| lower.ends_with(end));
    if !is_file {
        return name.to_owned();
    }
    // The sentence ends and the file's name begins without a space between.
    let ends = name.char_indices().zip(name.chars().skip(1));
    let split = ends.filter(|((_, end), next)| matches!(end, '.' | ';' | ':' | ')') && next.is_alphanumeric());
    let split =
        split.map(|((at, end), _)| at + end.len_utf8()).filter(|at| name.len() - at > 5 && name.len() - at <= 200);
    split.last().map_or_else(|| name.to_owned(), |at| name[..at].to_owned())
}
