//! Draws any form that is described as blocks: letterhead, title, blocks, signatures, foot.

use super::desk::{Desk, Head, LEADING, Style, contact, draw_code, feet, letterhead};
use super::fonts::Face::{Bold, Italic, Regular};
use super::grid;
use super::paragraph::{Run, wrap};
use super::{FormError, code_of};
use domain::form::{Block, Document, Signature, Span};
use printpdf::Op;

/// Draws one copy of the form on as many pages as it takes; `copy` says which it is.
pub(super) fn lay_out(document: &Document, copy: Option<&str>, style: &Style) -> Result<Vec<Vec<Op>>, FormError> {
    let mut desk = Desk::new(style, document.issue.training);
    if let Some(stamp) = document.stamp {
        desk.sheet.watermark(style.width / 6.0, style.width / 2.0, style.height * 0.34, 24.0, stamp);
    }
    let head = Head {
        office: &document.issue.office,
        code: document.code.as_deref(),
        provisional: document.provisional,
        former: &document.former_codes,
        issued_at: document.issue.at,
    };
    letterhead(&mut desk, &head, &code_of(&document.code_text)?);
    title(&mut desk, document, copy);
    let last = document.blocks.len().saturating_sub(trailing_notes(&document.blocks));
    let (body, notes) = document.blocks.split_at(last);
    for (n, block) in body.iter().enumerate() {
        draw(&mut desk, block, body.get(n + 1))?;
    }
    closing(&mut desk, notes, &document.signatures);
    feet(&mut desk, &foot_of(document, copy));
    Ok(desk.sheet.finish())
}

/// Notes at the end stay with the signatures.
fn trailing_notes(blocks: &[Block]) -> usize {
    blocks.iter().rev().take_while(|block| matches!(block, Block::Note(_))).count()
}

fn title(desk: &mut Desk<'_>, document: &Document, copy: Option<&str>) {
    let style = desk.style;
    let middle = style.left + desk.inner() / 2.0;
    desk.y += style.title * 0.55;
    desk.y = desk.column(Bold, style.title, middle, desk.inner(), desk.y, &document.title().to_uppercase());
    for line in &document.under_title {
        desk.y = desk.column(Italic, style.body, middle, desk.inner(), desk.y, line);
    }
    let mut marks: Vec<String> = copy.map(str::to_owned).into_iter().collect();
    marks.extend(document.reprint_mark());
    if !marks.is_empty() {
        let marks = format!("({})", marks.join(" – "));
        desk.y = desk.column(Italic, style.small, middle, desk.inner(), desk.y, &marks);
    }
    desk.y += style.body * 0.6;
}

fn draw(desk: &mut Desk<'_>, block: &Block, next: Option<&Block>) -> Result<(), FormError> {
    let (size, small) = (desk.style.body, desk.style.small);
    match block {
        Block::Field(label, value) => {
            if value.iter().any(|span| !span.text().trim().is_empty()) {
                let mut runs = vec![Run(Regular, label), Run(Regular, " ")];
                runs.extend(value.iter().map(run));
                desk.write(size, &runs);
            }
        }
        Block::Blank(label) => blank(desk, label),
        Block::Contact { phone, email } => contact(desk, phone, email),
        Block::Text(spans) => {
            // A sentence that leads to entries must not stand alone at a page's foot.
            if matches!(next, Some(Block::Entries(_))) {
                desk.need(size * LEADING * 3.0);
            }
            desk.write(size, &spans.iter().map(run).collect::<Vec<_>>());
        }
        Block::Entries(entries) => {
            for (n, entry) in (1..).zip(entries) {
                let number = if entries.len() > 1 { format!("{n}. ") } else { String::new() };
                desk.write(size, &[Run(Bold, &number), Run(Bold, entry)]);
            }
        }
        Block::Table(table) => {
            grid::draw(desk, table);
            desk.y += size * 0.4;
        }
        Block::Note(text) => desk.write(small, &[Run(Italic, text)]),
        Block::Space => desk.y += size * 0.45,
        Block::BigCode { text, below } => big_code(desk, text, below)?,
    }
    Ok(())
}

/// A label, and dots to the end of its line to be written on.
fn blank(desk: &mut Desk<'_>, label: &str) {
    let size = desk.style.body;
    let room = desk.inner() - Regular.width(label, size) - Regular.width("  ", size);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a line has a few dozen signs")]
    let dots = (room / Regular.width("…", size)).floor().max(4.0) as usize;
    desk.y += size * 0.25;
    desk.write(size, &[Run(Regular, label), Run(Regular, " "), Run(Regular, &"…".repeat(dots))]);
}

fn run(span: &Span) -> Run<'_> {
    match span {
        Span::Plain(text) => Run(Regular, text),
        Span::Strong(text) => Run(Bold, text),
        Span::Slanted(text) => Run(Italic, text),
    }
}

/// A code for a scanner's eye: half as wide as the sheet, with the quiet room around it that the standard asks for.
fn big_code(desk: &mut Desk<'_>, text: &str, below: &str) -> Result<(), FormError> {
    let code = code_of(text)?;
    let side = desk.inner() * 0.55;
    let quiet = side * 0.12;
    desk.need(side + 2.0 * quiet);
    let left = desk.style.left + (desk.inner() - side) / 2.0;
    let top = desk.y + quiet;
    draw_code(&mut desk.sheet, &code, left, top, side);
    desk.y = top + side + quiet * 0.6;
    let middle = desk.style.left + desk.inner() / 2.0;
    desk.y = desk.column(Bold, desk.style.title, middle, desk.inner(), desk.y, below);
    desk.y += desk.style.body;
    Ok(())
}

/// Notes and signatures, kept together: a signature must not stand on a sheet of its own.
fn closing(desk: &mut Desk<'_>, notes: &[Block], signatures: &[Signature]) {
    let style = desk.style;
    let (size, small) = (style.body, style.small);
    let notes: Vec<&str> = notes
        .iter()
        .filter_map(|block| match block {
            Block::Note(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "at most three")]
    let part = desk.inner() / signatures.len().max(2) as f32;
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let lines = |n: usize, size: f32| n as f32 * size * LEADING;
    let noted: usize = notes.iter().map(|note| wrap(&[Run(Italic, note)], small, desk.inner()).len()).sum();
    let named =
        signatures.iter().map(|sign| wrap(&[Run(Bold, &sign.name)], size, part - size).len()).max().unwrap_or(0);
    let signing =
        if signatures.is_empty() { 0.0 } else { lines(2, size) + style.signature + lines(named, size) + size };
    desk.need(lines(noted + 1, small) + signing);
    desk.y += size * 0.2;
    for note in notes {
        desk.write(small, &[Run(Italic, note)]);
    }
    if signatures.is_empty() {
        return;
    }
    desk.y += size * 0.45;
    let from = desk.y;
    let mut lowest = from;
    // One signature alone stands at the right, as on every official paper.
    let places = signatures.len().max(2);
    for (n, sign) in (places - signatures.len()..).zip(signatures) {
        #[expect(clippy::cast_precision_loss, reason = "at most three")]
        let middle = style.left + part * (n as f32 + 0.5);
        let mut y = desk.column(Bold, size, middle, part, from, sign.role);
        y = desk.column(Italic, small, middle, part, y, "(Ký, ghi rõ họ tên)");
        y = desk.column(Bold, size, middle, part - size, y + style.signature, &sign.name);
        lowest = lowest.max(y);
    }
    desk.y = lowest;
}

/// What lets a loose sheet be told: form, code, copy.
fn foot_of(document: &Document, copy: Option<&str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.push(document.form.number(document.issue.regulation).unwrap_or_else(|| document.title()).to_owned());
    parts.extend(document.code.clone());
    parts.extend(copy.map(str::to_owned));
    if document.issue.reprint > 0 {
        parts.push(format!("Bản in lại lần {}", document.issue.reprint));
    }
    parts.join(" · ")
}
