//! The national records (hồ sơ thủ tục trên Cổng dịch vụ công quốc gia), read into [`Procedure`]s.
//!
//! They are published as pages, and copies of them are pages whose table cells ran together: `Trực tiếp3 Ngày làm
//! việcMiễn phí` is one row of three cells. What can be told apart for certain is read; everything else stands in
//! [`Procedure::doubts`] and stays empty, because a guessed limit or fee ends on a citizen's receipt (D§11, D§7.1).
//! [`pull`] reads the same from the national interface, whose cells are apart.

mod assemble;
mod heading;
mod papers;
pub mod pull;
mod time;
mod ways;

use crate::fold::tidy;
use crate::procedure::{Doubt, Procedure};
use chrono::NaiveDate;
use serde::Deserialize;

/// Longest text of one field that is looked at; the longest published has 51,526 letters.
const LONGEST: usize = 400_000;

/// One record as published. Fields that are not named here say nothing about papers, time or money.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Record {
    /// Code (mã thủ tục).
    #[serde(rename = "ma_thu_tuc")]
    pub code: String,
    /// Name (tên thủ tục).
    #[serde(default, rename = "ten_thu_tuc")]
    pub name: String,
    /// Field (lĩnh vực).
    #[serde(default, rename = "linh_vuc")]
    pub field: String,
    /// Publishing decision (số quyết định).
    #[serde(default, rename = "so_quyet_dinh")]
    pub decision: String,
    /// Steps in words (trình tự thực hiện).
    #[serde(default, rename = "trinh_tu_thuc_hien")]
    pub steps: String,
    /// Channels, times, fees (cách thức thực hiện).
    #[serde(default, rename = "cach_thuc_thuc_hien")]
    pub ways: String,
    /// Papers (thành phần hồ sơ).
    #[serde(default, rename = "thanh_phan_ho_so")]
    pub papers: String,
    /// Results (kết quả xử lý).
    #[serde(default, rename = "ket_qua_xu_ly")]
    pub results: String,
}

/// A row of the table of ways, its cells apart but not yet understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    channel: crate::Channel,
    time: time::Cell,
    /// `Miễn phí`, a figure with its currency, or nothing.
    fee: String,
    /// What stands in brackets behind the fee.
    fee_note: String,
    note: String,
}

/// A group of papers under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Group {
    heading: String,
    papers: Vec<Paper>,
}

/// One row of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Paper {
    text: String,
    originals: u32,
    copies: u32,
}

/// Everything of a publication, in pieces.
#[derive(Debug, Clone, Default)]
struct Pieces {
    rows: Vec<Row>,
    groups: Vec<Group>,
    results: Vec<String>,
    /// Steps and descriptions, for what the rows leave out.
    text: String,
    doubts: Vec<Doubt>,
}

/// Reads one record. `valid_from` is the day from which the station offers it: the records name none.
///
/// # Errors
/// The doubt that leaves no procedure at all: a code or a name that is none.
pub fn read(record: &Record, valid_from: NaiveDate) -> Result<Procedure, Doubt> {
    let text = |text: &str| composed(text);
    let (ways, papers) = (text(&record.ways), text(&record.papers));
    let mut pieces = Pieces::default();
    ways::read(&ways, &mut pieces);
    papers::read(&papers, &mut pieces);
    pieces.results = result_codes(&record.results);
    let notes: Vec<&str> = pieces.rows.iter().map(|row| row.note.as_str()).collect();
    pieces.text = format!("{}\n{}", text(&record.steps), notes.join("\n"));
    let head = Head { code: &record.code, name: &record.name, field: &record.field, decision: &record.decision };
    head.procedure(pieces, valid_from)
}

/// What names a procedure.
struct Head<'a> {
    code: &'a str,
    name: &'a str,
    field: &'a str,
    decision: &'a str,
}

impl Head<'_> {
    fn procedure(&self, pieces: Pieces, valid_from: NaiveDate) -> Result<Procedure, Doubt> {
        let code = self.code.trim();
        if !is_code(code) {
            return Err(Doubt::BadCode);
        }
        let [name, field, decision] = [self.name, self.field, self.decision].map(|text| short(&tidy(text), 2_000));
        if name.is_empty() || field.is_empty() {
            return Err(Doubt::NoName);
        }
        let mut procedure = assemble::assemble(pieces);
        procedure.code = code.to_owned();
        (procedure.name, procedure.field, procedure.decision) = (name, field, decision);
        procedure.valid_from = valid_from;
        Ok(procedure)
    }
}

/// Whether `text` is a national code, `1.001193` (D§3.3).
#[must_use]
pub fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 8
        && bytes.iter().enumerate().all(|(at, byte)| if at == 1 { *byte == b'.' } else { byte.is_ascii_digit() })
}

/// Codes of results in the order of the publication, `KQ.G15.000031` behind `Mã: `, each once.
fn result_codes(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for piece in text.split("KQ.").skip(1) {
        let Some((agency, number)) = piece.split_once('.') else { continue };
        let number = number.get(..6).unwrap_or_default();
        let agency_ok =
            agency.len() == 3 && agency.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let number_ok = number.len() == 6 && number.bytes().all(|byte| byte.is_ascii_digit());
        let code = format!("KQ.{agency}.{number}");
        if agency_ok && number_ok && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Composed (NFC), so that `ế` is one letter whatever the page's author typed, and bounded.
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.chars().take(LONGEST).nfc().collect()
}

/// The first `most` letters.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
