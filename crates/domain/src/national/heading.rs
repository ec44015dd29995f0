//! What a heading of papers means: everybody's papers, papers to hand in or to show, a case, or words beside them.

use crate::procedure::Handling;

/// The kind of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// For every case (`--`, `Thành phần hồ sơ`).
    Common,
    /// `Giấy tờ phải nộp`, `Giấy tờ phải xuất trình`: for every case, handled so.
    Handled(Handling),
    /// `Lưu ý`: no papers.
    Note,
    /// `Trường hợp …`, `Đối với …`: only in that case.
    Case,
    /// None of these: it may be a case, or a part that is always asked for.
    Unclear,
}

/// Reads a heading.
pub(super) fn kind(heading: &str) -> Kind {
    let lower = bare(heading).to_lowercase();
    let brief = lower.chars().count() <= 90;
    if lower.is_empty() {
        Kind::Common
    } else if lower.starts_with("lưu ý") {
        Kind::Note
    } else if lower.starts_with("trường hợp") || lower.starts_with("đối với") {
        Kind::Case
    } else if lower.contains("trường hợp") || lower.contains("đối với") {
        Kind::Unclear
    } else if brief && lower.contains("phải xuất trình") {
        Kind::Handled(Handling::Show)
    } else if brief && lower.contains("phải nộp") {
        Kind::Handled(Handling::Submit)
    } else if ["thành phần hồ sơ", "hồ sơ gồm", "hồ sơ bao gồm", "thành phần, số lượng hồ sơ"].contains(&common(&lower))
    {
        Kind::Common
    } else {
        Kind::Unclear
    }
}

/// The words without what follows them in `Thành phần hồ sơ, bao gồm:`.
fn common(lower: &str) -> &str {
    let lower = lower.trim_end_matches([':', '.', ' ']);
    lower.trim_end_matches("bao gồm").trim_end_matches("gồm").trim_end_matches([',', ' ', ':'])
}

/// Without marks of a list before it: `* `, `- `, `a) `, `(1) `, `1.2. `.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text.trim_start_matches(['*', '-', '+', '•', ' ', '\t', '\u{a0}']);
        if let Some(marker) = marker(text) {
            text = text[marker..].trim_start();
        }
        if text == before {
            return text;
        }
    }
}

/// How long the mark of a list at the start is: `a)`, `a.4)`, `1.`, `(ii)`, `3.1.2.`, `b.` before a capital.
fn marker(text: &str) -> Option<usize> {
    let open = usize::from(text.starts_with('('));
    let of_mark = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | 'đ');
    let length: usize = text[open..].chars().take_while(of_mark).map(char::len_utf8).sum();
    let (word, rest) = text[open..].split_at(length);
    let mut letters = word.chars();
    let first = letters.next()?;
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let roman = word.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let mark = word.len() <= 8 && (numbers(letters.as_str()) || roman);
    if mark && rest.starts_with(')') {
        return Some(open + length + 1);
    }
    if open == 0 && mark && first.is_ascii_digit() && word.ends_with('.') {
        return Some(length);
    }
    // "a.Trường hợp" runs on into its words.
    let lettered = open == 0 && first.is_lowercase() && text[first.len_utf8()..].starts_with('.');
    let capital = lettered && text[first.len_utf8() + 1..].trim_start().starts_with(char::is_uppercase);
    capital.then(|| first.len_utf8() + 1)
}

/// The place in its list that a paper's mark says: `a)`, `b)` … `đ)`, or a number. Pages list papers in any order.
pub(super) fn place(text: &str) -> Option<(u8, u32)> {
    let text = text.trim_start_matches(['-', '+', '*', ' ']);
    let mut letters = text.chars();
    let first = letters.next()?;
    let second = letters.next()?;
    if first.is_ascii_digit() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &text[digits..];
        let ends =
            rest.starts_with(')') || (rest.starts_with('.') && !rest[1..].starts_with(|l: char| l.is_ascii_digit()));
        return if ends && digits <= 3 { text[..digits].parse().ok().map(|n| (0, n)) } else { None };
    }
    let at = "abcdđeghiklmnopqrstuvxy".chars().position(|letter| letter == first)?;
    (second == ')').then(|| (1, u32::try_from(at).unwrap_or(0)))
}
