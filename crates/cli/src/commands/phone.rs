//! A phone as a camera, at the console: the code is drawn for whoever stands there, the account comes at the end.

use super::{told, value};
use crate::output::Failure;
use crate::scan_arguments::Phone;
use desk::Desk;
use desk::view::{PageProgress, PhoneCode, PhoneProgress, PhoneRequest};
use serde_json::{Value, json};
use std::io::Write;

/// `motcua phone`
pub(crate) fn phone(desk: &Desk, phone: &Phone) -> Result<Value, Failure> {
    let dossier = told(desk, desk.find_dossier(&phone.dossier))?;
    let request = PhoneRequest { paper: phone.paper, minutes: Some(phone.minutes), address: phone.address };
    let (mut pages, mut refused) = (Vec::new(), Vec::new());
    let outcome = desk.scan_by_phone((dossier, phone.component), &request, &mut |progress| match progress {
        PhoneProgress::Link { code } => show(&code),
        PhoneProgress::Opened | PhoneProgress::Pages { step: PageProgress::Waiting } => {}
        PhoneProgress::Pages { step: PageProgress::Page { page, .. } } => {
            pages.push(json!({ "id": page.id, "dpi": page.dpi, "flat": page.edit.flat, "warnings": page.warnings }));
        }
        PhoneProgress::Pages { step: PageProgress::Refused { error, .. } } => refused.push(value(error)),
    });
    let outcome = told(desk, outcome)?;
    Ok(json!({ "outcome": value(outcome), "pages": pages, "refused": refused }))
}

/// To standard error, where it is seen and in nobody's way: the link, what vouches for it, and the code in half blocks.
fn show(code: &PhoneCode) {
    let mut out = std::io::stderr();
    let _ = writeln!(out, "{}\nSHA-256 {}\n", code.url, code.fingerprint);
    let side = code.rows.len();
    let dark = |x: usize, y: usize| code.rows.get(y).and_then(|row| row.as_bytes().get(x)) == Some(&b'1');
    // Two quiet squares around it; light is drawn, since consoles are dark.
    let range = 0..side + 4;
    for y in range.clone().step_by(2) {
        let line = range.clone().map(|x| {
            let light = |y: usize| !(x >= 2 && y >= 2 && dark(x - 2, y - 2));
            match (light(y), light(y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            }
        });
        let _ = writeln!(out, "{}", line.collect::<String>());
    }
}
