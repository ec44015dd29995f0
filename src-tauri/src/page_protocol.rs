//! `page://localhost/KEY/thumb/ID`, `KEY/page/ID`, `KEY/paper/FORM/ABOUT/N`: pictures as bytes, off the main thread.
//!
//! The key is new at every sign-in, so that an address kept from before shows nothing to the next person.
//! Bytes and not JSON, and the asynchronous kind of protocol: the other froze a window whose handler read a database.

use desk::Desk;
use std::sync::Arc;
use tauri::UriSchemeResponder;
use tauri::http::{Request, Response, StatusCode};

pub(crate) fn answer(desk: &Arc<Desk>, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = Arc::clone(desk);
    // The web side percent-encodes the slashes of what it asks for.
    let path = request.uri().path().trim_start_matches('/').replace("%2F", "/").replace("%2f", "/");
    tauri::async_runtime::spawn_blocking(move || {
        let picture = picture(&desk, &path);
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
        ["thumb", id] => desk.thumb(id.parse().ok()?),
        ["page", id] => desk.page_picture(id.parse().ok()?),
        ["paper", form, about @ .., n] => desk.paper_picture(form.parse().ok()?, &about.join("/"), n.parse().ok()?),
        _ => return None,
    };
    found.inspect_err(|error| tracing::warn!(code = ?error.code().0, "picture not shown")).ok()
}

fn media_type(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}
