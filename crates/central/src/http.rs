//! HTTP in front of [`Central`]: paths, headers, statuses, limits; no rule of its own.
//!
//! Every answer, also to nonsense, is JSON and names the protocol. The log has method, route, status and
//! time only: no address, no body, no secret.

use crate::central::Central;
use crate::error::{Error, Failure, Refusal};
use crate::put;
use crate::tables::station::Station;
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use domain::FileHash;
use protocol::{
    EnrollRequest, IDEMPOTENCY_KEY, LeaseRequest, PROTOCOL, PopulationQuery, Problem, ProblemCode, SerialRequest, Turn,
    VERSION,
};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Instant;

/// A command is text about one dossier; files go apart.
const LARGEST_COMMAND: usize = 2 * 1024 * 1024;

/// Enrolment and lease requests are a few words.
const LARGEST_REQUEST: usize = 16 * 1024;

type Answer = Result<Response, Failure>;

pub(crate) fn router(central: Arc<Central>) -> Router {
    Router::new()
        .route("/v1/health", get(health))
        .route("/v1/enroll", post(enroll))
        .route("/v1/leases", post(lease))
        .route("/v1/serials", post(serials))
        .route("/v1/turn", post(turn))
        .route("/v1/population/check", post(check_person))
        .route("/v1/files/{sha256}", head(holds).put(put_file))
        .route("/v1/commands", post(command))
        .method_not_allowed_fallback(|| async { plain(StatusCode::METHOD_NOT_ALLOWED, "no such method here") })
        .fallback(|| async { plain(StatusCode::NOT_FOUND, "no such path") })
        .layer(from_fn(logged))
        .with_state(central)
}

async fn health(State(central): State<Arc<Central>>) -> Answer {
    json(StatusCode::OK, &central.health())
}

async fn enroll(State(central): State<Arc<Central>>, body: Body) -> Answer {
    let request: EnrollRequest = read(body).await?;
    let answer = blocking(move || central.enroll(&request)).await?;
    json(StatusCode::OK, &answer)
}

async fn lease(State(central): State<Arc<Central>>, headers: HeaderMap, body: Body) -> Answer {
    let station = station(&central, &headers).await?;
    let request: LeaseRequest = read(body).await?;
    let lease = blocking(move || central.lease(&station, request.from)).await?;
    json(StatusCode::OK, &lease)
}

async fn serials(State(central): State<Arc<Central>>, headers: HeaderMap, body: Body) -> Answer {
    let station = station(&central, &headers).await?;
    let request: SerialRequest = read(body).await?;
    let lease = blocking(move || central.lease_serials(&station, &request)).await?;
    json(StatusCode::OK, &lease)
}

async fn turn(State(central): State<Arc<Central>>, headers: HeaderMap, body: Body) -> Answer {
    let station = station(&central, &headers).await?;
    let shown: Turn = read(body).await?;
    let next = blocking(move || central.turn(&station, &shown)).await?;
    json(StatusCode::OK, &next)
}

/// Made-up people only, so that it asks for no secret.
async fn check_person(State(central): State<Arc<Central>>, body: Body) -> Answer {
    let query: PopulationQuery = read(body).await?;
    match &central.population {
        Some(population) => json(StatusCode::OK, &population.check(&query)),
        None => Ok(plain(StatusCode::NOT_FOUND, "no register is behind this central system")),
    }
}

async fn holds(
    State(central): State<Arc<Central>>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Answer {
    station(&central, &headers).await?;
    let hash = hash(path)?;
    let size = blocking(move || Ok(central.files.size(&hash))).await?;
    Ok(match size {
        Some(bytes) => (StatusCode::OK, [(CONTENT_LENGTH, HeaderValue::from(bytes))]).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn put_file(
    State(central): State<Arc<Central>>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    station(&central, &headers).await?;
    let received = put::receive(central, hash(path)?, body).await?;
    json(if received.new { StatusCode::CREATED } else { StatusCode::OK }, &received.file)
}

async fn command(State(central): State<Arc<Central>>, headers: HeaderMap, body: Body) -> Answer {
    let station = station(&central, &headers).await?;
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
    let body = put::small(body, LARGEST_COMMAND).await?;
    let acceptance = blocking(move || central.accept(&station, &key, &body)).await?;
    json(StatusCode::OK, &acceptance)
}

/// Who sent the request.
async fn station(central: &Arc<Central>, headers: &HeaderMap) -> Result<Station, Failure> {
    let secret = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim().to_owned())
        .ok_or_else(|| Refusal::new(ProblemCode::Unauthorized, "no bearer secret"))?;
    let central = Arc::clone(central);
    blocking(move || central.authenticate(&secret)).await
}

fn hash(path: Result<Path<String>, PathRejection>) -> Result<FileHash, Refusal> {
    path.ok()
        .and_then(|Path(text)| text.parse().ok())
        .ok_or_else(|| Refusal::new(ProblemCode::Malformed, "the path names no SHA-256"))
}

async fn read<T: DeserializeOwned>(body: Body) -> Result<T, Failure> {
    let bytes = put::small(body, LARGEST_REQUEST).await?;
    let read = serde_json::from_slice(&bytes);
    read.map_err(|_| Refusal::new(ProblemCode::Malformed, "the request does not read").into())
}

/// Runs what waits for the disk away from the threads that serve connections.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // Only a panic ends a blocking task early; it is in the log by its own hook.
        Err(_) => Err(Refusal::new(ProblemCode::Internal, "the central system failed").into()),
    }
}

async fn logged(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    response.headers_mut().insert(PROTOCOL, HeaderValue::from_static(VERSION));
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let ms = began.elapsed().as_millis();
    tracing::info!(%method, route, status = response.status().as_u16(), ms, "request");
    response
}

fn json<T: serde::Serialize>(status: StatusCode, value: &T) -> Answer {
    let body = serde_json::to_vec(value).map_err(|_| Error::Damaged("an answer"))?;
    Ok((status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
}

fn plain(status: StatusCode, message: &str) -> Response {
    let problem = Problem { code: ProblemCode::Malformed, message: message.to_owned(), missing: Vec::new() };
    json(status, &problem).unwrap_or_else(|_| status.into_response())
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Refusal(problem) = match self {
            Self::Refused(refusal) => refusal,
            Self::Failed(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
                Refusal::new(ProblemCode::Internal, "the central system failed; nothing was kept")
            }
        };
        let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        json(status, &problem).unwrap_or_else(|_| status.into_response())
    }
}
