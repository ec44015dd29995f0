//! `page://localhost/KEY/thumb/ID`, `KEY/page/ID`, `KEY/paper/FORM/ABOUT/N`: pictures as bytes, off the main thread.
//!
//! The key is new at every sign-in, so that an address kept from before shows nothing to the next person.
//! What follows ID says how the page is read, so that one that was turned is another address; the core knows by itself.
//! Bytes and not JSON, and the asynchronous kind of protocol: the other froze a window whose handler read a database.

use desk::Desk;
use std::sync::Arc;
use tauri::UriSchemeResponder;
use tauri::http::{Request, Response, StatusCode};

pub(crate) fn answer(desk: &Arc<Desk>, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = Arc::clone(desk);
    // The web side percent-encodes what it asks for, as it must.
    let path = decoded(request.uri().path().trim_start_matches('/'));
    tauri::async_runtime::spawn_blocking(move || {
        let picture = path.and_then(|path| picture(&desk, &path));
        let response = match picture {
            Some(bytes) => Response::builder()
                .header("content-type", media_type(&bytes))
                .header("cache-control", "no-store")
                .body(bytes),
            None => Response::builder().status(StatusCode::NOT_FOUND).body(Vec::new()),
        };
        responder.respond(response.unwrap_or_default());
    });
}

fn picture(desk: &Desk, path: &str) -> Option<Vec<u8>> {
    let (key, path) = path.split_once('/')?;
    if !desk.is_picture_key(key) {
        tracing::warn!("a picture was asked for with an old address");
        return None;
    }
    let parts: Vec<&str> = path.split('/').collect();
    let found = match parts.as_slice() {
        ["thumb", id, ..] => desk.thumb(id.parse().ok()?),
        ["page", id, ..] => desk.page_picture(id.parse().ok()?),
        ["whole", id, ..] => desk.whole_picture(id.parse().ok()?),
        ["loose_thumb", id] => desk.loose_thumb(id.parse().ok()?),
        ["loose", id] => desk.loose_picture(id.parse().ok()?),
        ["paper", form, about @ .., n] => desk.paper_picture(form.parse().ok()?, &about.join("/"), n.parse().ok()?),
        _ => return None,
    };
    found.inspect_err(|error| tracing::warn!(code = ?error.code().0, "picture not shown")).ok()
}

fn media_type(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

/// The text of a percent-encoded path; nothing for what is none.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn addresses_are_read_as_the_web_side_wrote_them() {
        let read = |path| decoded(path);
        assert_eq!(read("k/paper/handover%2Flist%3Aoverdue/0").as_deref(), Some("k/paper/handover/list:overdue/0"));
        assert_eq!(read("search%3ANguy%E1%BB%85n%20%25").as_deref(), Some("search:Nguyễn %"));
        for bad in ["%", "%4", "%zz", "%ff", "%+1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
