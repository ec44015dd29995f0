//! A patch sheet: the word that such sheets bear in bars of Code 39, at the head and at the foot, wide and tall enough that
//! a line across still meets every bar when the sheet is pulled in ten degrees askew.

use super::desk::{Desk, Style, feet};
use super::fonts::Face::{Bold, Regular};
use domain::form::Issue;
use printpdf::Op;

/// Of each letter the bars and the gaps between them, in turn, a bar first: `w` is three times as wide as `n`.
const LETTERS: [&str; 8] = [
    "nwnnwnwnn", // *
    "nnwnwnnwn", // P
    "wnnnnwnnw", // A
    "nnnnwnwwn", // T
    "wnwnnwnnn", // C
    "wnnnnwwnn", // H
    "nnnnwnwwn", // T
    "nwnnwnwnn", // *
];
/// Fifteen modules a letter, one between two.
const MODULES: f32 = 15.0 * 8.0 + 7.0;
/// A module of 1.2 mm.
const MODULE: f32 = 3.4;
/// 68 mm.
const HEIGHT: f32 = 193.0;
const QUIET: f32 = 24.0;

pub(super) fn lay_out(issue: &Issue, style: &Style) -> Vec<Vec<Op>> {
    let mut desk = Desk::new(style, issue.training);
    let left = (style.width - MODULES * MODULE) / 2.0;
    desk.sheet.fill(bars(left, desk.y + QUIET).into_iter());
    desk.sheet.fill(bars(left, style.height - style.bottom - QUIET - HEIGHT).into_iter());
    let (inner, middle) = (desk.inner(), style.left + desk.inner() / 2.0);
    desk.y += HEIGHT + 2.0 * QUIET;
    desk.y = desk.column(Bold, style.title * 1.4, middle, inner, desk.y, &super::PATCH_TITLE.to_uppercase());
    desk.y += style.body;
    let how = "Đặt giữa hai thành phần khi quét cả xấp: trang sau tờ này thuộc thành phần kế tiếp có giấy trong danh mục. \
               Tờ này không ghi hồ sơ nào; muốn bắt đầu một hồ sơ khác phải dùng tờ bìa của hồ sơ đó.";
    desk.y = desk.column(Regular, style.body, middle, inner, desk.y, how);
    feet(&mut desk, &format!("{} · {}", super::PATCH_TITLE, issue.at.format("%d/%m/%Y")));
    desk.sheet.finish()
}

/// Left, top, width and height of each bar.
fn bars(left: f32, top: f32) -> Vec<(f32, f32, f32, f32)> {
    let mut bars = Vec::new();
    let mut x = left;
    for letter in LETTERS {
        for (n, element) in letter.chars().enumerate() {
            let width = if element == 'w' { 3.0 * MODULE } else { MODULE };
            if n % 2 == 0 {
                bars.push((x, top, width, HEIGHT));
            }
            x += width;
        }
        x += MODULE;
    }
    bars
}
