//! The page and its few requests. What is not of the phone that holds the link is refused before a byte of it is read.

use super::{Answer, LARGEST, Picture, Terms, Told};
use crate::tls::Bounds;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::{Mutex, oneshot};

const PAGE: &str = include_str!("../../../../assets/phone/index.html");
const SCRIPT: &str = include_str!("../../../../assets/phone/phone.js");
const STYLE: &str = include_str!("../../../../assets/phone/phone.css");

/// A phone opens a few connections; it is all there is to serve, so that one address may have every place.
pub(super) const BOUNDS: Bounds = Bounds { connections: 12, of_one: 12, patience: Duration::from_secs(10) };

/// What a photograph gets to come over.
const TRANSFER: Duration = Duration::from_secs(180);

/// Nothing from elsewhere, nothing kept, nothing told to others.
const HEADERS: [(header::HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob: data:; connect-src 'self'; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// What the page is about, and who may use it.
pub(super) struct Site {
    shown: Shown,
    /// The authority that requests must name: another one is a page elsewhere that was made to point here.
    host: String,
    token: String,
    session: String,
    spent: AtomicBool,
    received: AtomicU32,
    /// One photograph at a time; the caller stores it before the next is taken.
    tell: Mutex<mpsc::SyncSender<Told>>,
}

#[derive(Clone, Serialize)]
struct Shown {
    station: String,
    title: String,
    locale: String,
}

#[derive(Serialize)]
struct PageState<'a> {
    #[serde(flatten)]
    shown: &'a Shown,
    received: u32,
}

impl Site {
    pub(super) fn new(
        terms: &Terms,
        bound: SocketAddr,
        token: String,
        session: String,
        tell: mpsc::SyncSender<Told>,
    ) -> Arc<Self> {
        let Terms { station, title, locale, .. } = terms.clone();
        Arc::new(Self {
            shown: Shown { station, title, locale },
            host: bound.to_string(),
            token,
            session,
            spent: AtomicBool::new(false),
            received: AtomicU32::new(0),
            tell: Mutex::new(tell),
        })
    }
}

fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// The page, and what its phone may ask.
pub(super) fn router(site: Arc<Site>) -> Router {
    let held = Router::new()
        .route("/state", get(state))
        .route("/picture", post(picture))
        .route("/done", post(done))
        .layer(from_fn_with_state(Arc::clone(&site), only_the_holder));
    Router::new()
        .route("/", get(|| async { with_type("text/html; charset=utf-8", PAGE) }))
        .route("/phone.js", get(|| async { with_type("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/phone.css", get(|| async { with_type("text/css; charset=utf-8", STYLE) }))
        .route("/enter", post(enter))
        .merge(held)
        .layer(from_fn_with_state(Arc::clone(&site), only_here))
        .layer(from_fn(with_headers))
        .with_state(site)
}

fn with_type(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn only_here(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if host == Some(site.host.as_str()) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

async fn only_the_holder(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    // A header of our own: no form and no picture of another site sends one.
    if headers.contains_key("x-mot-cua") && holds(headers, &site.session) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn holds(headers: &HeaderMap, session: &str) -> bool {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    all.flat_map(|cookies| cookies.split("; "))
        .filter_map(|cookie| cookie.strip_prefix(COOKIE))
        .any(|value| same(value, session))
}

/// Named so that a browser takes it over TLS and for this very address alone.
const COOKIE: &str = "__Host-phone=";

async fn enter(State(site): State<Arc<Site>>, body: Body) -> Response {
    let token = to_bytes(body, 64).await.unwrap_or_default();
    let right = std::str::from_utf8(&token).is_ok_and(|token| same(token, &site.token));
    if !right || site.spent.swap(true, Ordering::AcqRel) {
        return StatusCode::GONE.into_response();
    }
    tell(&site, Told::Opened).await;
    let cookie = format!("{COOKIE}{}; Path=/; Secure; HttpOnly; SameSite=Strict", site.session);
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
}

async fn state(State(site): State<Arc<Site>>) -> Response {
    Json(PageState { shown: &site.shown, received: site.received.load(Ordering::Acquire) }).into_response()
}

async fn picture(State(site): State<Arc<Site>>, body: Body) -> Response {
    let bytes: Bytes = match tokio::time::timeout(TRANSFER, to_bytes(body, LARGEST)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let (answer, answered) = oneshot::channel();
    if !tell(&site, Told::Picture(Picture { bytes: bytes.into(), answer })).await {
        return StatusCode::GONE.into_response();
    }
    match answered.await {
        Ok(answer) => told(&site, answer),
        Err(_) => StatusCode::GONE.into_response(),
    }
}

fn told(site: &Site, answer: Answer) -> Response {
    site.received.store(answer.received, Ordering::Release);
    Json(answer).into_response()
}

async fn done(State(site): State<Arc<Site>>) -> StatusCode {
    if tell(&site, Told::Done).await { StatusCode::NO_CONTENT } else { StatusCode::GONE }
}

/// Hands something to the caller; false when nobody listens any more.
async fn tell(site: &Arc<Site>, told: Told) -> bool {
    let tell = site.tell.lock().await.clone();
    tokio::task::spawn_blocking(move || tell.send(told).is_ok()).await.unwrap_or(false)
}
