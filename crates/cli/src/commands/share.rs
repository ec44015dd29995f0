//! Scanners lent to other counters, at the console.

use super::{told, value};
use crate::output::Failure;
use desk::view::SharesView;
use desk::{Cancel, Desk};
use serde_json::{Value, json};
use std::io::Write;
use std::net::IpAddr;

/// `motcua scanner share`: lends until the program is stopped, and says at once where.
pub(crate) fn share(desk: &Desk, device: &str, at: (Option<IpAddr>, Option<u16>)) -> Result<Value, Failure> {
    // To standard error, where it is seen and in nobody's way; the answer comes when it is over.
    let mut opened = |address: &str, fingerprint: &str| {
        let _ = writeln!(std::io::stderr(), "{address}\nSHA-256 {fingerprint}");
    };
    told(desk, desk.serve_share(device, at, &Cancel::new(), &mut opened))?;
    Ok(json!({ "device": device }))
}

/// What is lent, after a change of it or without one. The squares of the codes are for screens.
pub(crate) fn shown(
    desk: &Desk,
    change: impl FnOnce(&Desk) -> Result<SharesView, desk::Error>,
) -> Result<Value, Failure> {
    let mut answer = value(told(desk, change(desk))?);
    for scanner in answer["scanners"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = scanner.as_object_mut() {
            fields.remove("rows");
        }
    }
    Ok(answer)
}
