//! `LayThuTuc`, the national interface's answer to "give me this procedure" (D§9.5): the same record with its cells apart.
//!
//! Known from clients at work, not from a published guide: what is read here is `MATTHC`, `TENTTHC`,
//! `LINHVUCTHUCHIEN[].TENLINHVUC`, `TRINHTUTHUCHIEN[].TRINHTU[].TENTRINHTU`, `CACHTHUCTHUCHIEN[]` with `KENH` 1 at the
//! counter, 2 online, 3 by post, `THOIGIAN[]` of `THOIGIANGIAIQUYET`, `DONVITINH`, `MOTA` and `PHILEPHI[]` of `SOTIEN`,
//! `DONVI`, `MOTA`, `THANHPHANHOSO[]` of `TRUONGHOP` and `GIAYTO[]`, `KETQUATHUCHIEN[].MAKETQUA`. Numbers may be texts.

use super::time::{Cell, cell};
use super::ways::FREE;
use super::{Group, Head, Paper, Pieces, Row, composed};
use crate::Channel;
use crate::fold::tidy;
use crate::procedure::{Doubt, Procedure};
use chrono::NaiveDate;
use serde_json::Value;

/// Whether `value` looks like one such answer, or like the envelope around it.
#[must_use]
pub fn is_pull(value: &Value) -> bool {
    unwrap(value).first().is_some_and(|one| one.get("TENTTHC").is_some())
}

/// The procedures inside the envelope `{error_code, message, result}`, or inside an array, or the one itself.
#[must_use]
pub fn unwrap(value: &Value) -> Vec<&Value> {
    match value.get("result").unwrap_or(value) {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    }
}

/// The code, for a list of what did not read.
#[must_use]
pub fn code(value: &Value) -> String {
    let code = ["MATTHC", "MaTTHC"].iter().find_map(|name| value.get(*name)).map(text).unwrap_or_default();
    code.chars().take(40).collect()
}

/// Reads one.
///
/// # Errors
/// The doubt that leaves no procedure at all.
pub fn read(value: &Value, valid_from: NaiveDate) -> Result<Procedure, Doubt> {
    let mut pieces = Pieces::default();
    for way in list(value, "CACHTHUCTHUCHIEN") {
        ways(way, &mut pieces);
    }
    if pieces.rows.is_empty() {
        pieces.doubts.push(Doubt::NoWays);
    }
    let papers = value.get("THANHPHANHOSO");
    for group in list(value, "THANHPHANHOSO") {
        pieces.groups.push(group_of(group));
    }
    match papers {
        None => pieces.doubts.push(Doubt::NoPapers),
        Some(papers) if pieces.groups.iter().all(|group| group.papers.is_empty()) => {
            let known = papers.as_array().is_some_and(Vec::is_empty);
            pieces.doubts.push(if known {
                Doubt::NoPapers
            } else {
                Doubt::UnknownPart { text: "THANHPHANHOSO".into() }
            });
        }
        Some(_) => {}
    }
    let codes: Vec<String> = list(value, "KETQUATHUCHIEN").map(|result| field(result, "MAKETQUA")).collect();
    pieces.results = super::result_codes(&codes.join(" "));
    let steps =
        list(value, "TRINHTUTHUCHIEN").flat_map(|one| list(one, "TRINHTU")).map(|step| field(step, "TENTRINHTU"));
    let notes = pieces.rows.iter().map(|row| row.note.clone());
    pieces.text = steps.chain(notes).collect::<Vec<_>>().join("\n");
    let fields: Vec<String> = list(value, "LINHVUCTHUCHIEN").map(|one| field(one, "TENLINHVUC")).collect();
    let (code, name, decision) = (code(value), field(value, "TENTTHC"), field(value, "SOQUYETDINH"));
    let head = Head { code: &code, name: &name, field: fields.first().map_or("", String::as_str), decision: &decision };
    head.procedure(pieces, valid_from)
}

fn ways(way: &Value, pieces: &mut Pieces) {
    let channel = match field(way, "KENH").as_str() {
        "1" => Channel::Counter,
        "2" => Channel::Online,
        "3" => Channel::Post,
        other => return pieces.doubts.push(Doubt::UnknownPart { text: super::short(&format!("KENH {other}"), 60) }),
    };
    for time in list(way, "THOIGIAN") {
        let (number, unit) = (field(time, "THOIGIANGIAIQUYET"), field(time, "DONVITINH"));
        let read = match (number.as_str(), unit.as_str()) {
            ("", _) => Cell::Nothing,
            (digits, "") if digits.bytes().all(|byte| byte.is_ascii_digit()) => Cell::Number(number.clone()),
            (_, "") => Cell::Words(number.clone()),
            _ => cell(&number, &unit),
        };
        let note = tidy(&field(time, "MOTA"));
        let row = Row { channel, time: read, note, ..Row::default() };
        let mut fees = list(time, "PHILEPHI").peekable();
        if fees.peek().is_none() {
            pieces.rows.push(row.clone());
        }
        for fee in fees {
            let (amount, said) = (field(fee, "SOTIEN"), tidy(&field(fee, "MOTA")));
            let fee = match amount.parse::<u64>() {
                Ok(0) => FREE.to_owned(),
                Ok(amount) => format!("{} {}", grouped(amount), currency(&field(fee, "DONVI"))),
                Err(_) => amount,
            };
            pieces.rows.push(Row { fee, fee_note: said, ..row.clone() });
        }
    }
}

fn currency(unit: &str) -> &str {
    match unit.trim().to_lowercase().as_str() {
        "" | "vnđ" | "vnd" | "đồng" | "việt nam đồng" => "VNĐ",
        _ => "USD",
    }
}

/// `20000` as the portal writes it, `20,000`.
fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn group_of(group: &Value) -> Group {
    let paper = |paper: &Value| {
        let count = |name| field(paper, name).parse::<u32>().unwrap_or(0).min(999);
        Paper { text: tidy(&field(paper, "TENGIAYTO")), originals: count("SOBANCHINH"), copies: count("SOBANSAO") }
    };
    let papers = list(group, "GIAYTO").map(paper).filter(|paper| !paper.text.is_empty()).collect();
    Group { heading: tidy(&field(group, "TRUONGHOP")), papers }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter().take(2_000)
}

fn field(value: &Value, name: &str) -> String {
    value.get(name).map(text).unwrap_or_default()
}

/// A text, or a number as one.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => composed(text.trim()),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}
