//! The few requests of eSCL, below an address that is the secret. What is not below it is answered alike, whatever it was.

use super::hatch::{Hatch, Next, Over, Paper};
use super::words::{self, JobWords, Unfit};
use super::{Lent, Request, Terms};
use crate::scanner::ScanError;
use crate::tls::{self, Bounds, Peer};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

/// What strangers may take: a client opens one or two connections, and an office has a few counters.
pub(super) const BOUNDS: Bounds = Bounds { connections: 24, of_one: 6, patience: Duration::from_secs(10) };
/// A job's settings are half a kilobyte.
const MOST_SETTINGS: usize = 64 * 1024;
/// Settings that are too large are read to here all the same: a client that is not listened to does not hear the refusal.
const MOST_READ: usize = 1024 * 1024;
/// How long settings may take to come.
const TRANSFER: Duration = Duration::from_secs(10);
/// A wrong address is answered after so long: 128 bits cannot be guessed, and nobody is to keep the machine busy trying.
const SLOW: Duration = Duration::from_millis(500);
/// How long the owner may take to say whether a job may begin.
const OWNER: Duration = Duration::from_secs(5);
/// How long a fault is shown: until its client has read it, and not until somebody has mended it, which nobody knows here.
const SHOWN: Duration = Duration::from_secs(15);
/// Jobs that ended are shown for a while.
const KEPT: usize = 4;

pub(super) struct Site {
    lent: Vec<Lent>,
    hold: Duration,
    tell: mpsc::SyncSender<Request>,
    /// The owner uses the scanner.
    pub(super) busy: AtomicBool,
    jobs: Mutex<Jobs>,
}

#[derive(Default)]
struct Jobs {
    now: Option<Arc<Job>>,
    ended: VecDeque<(Arc<Job>, Ended)>,
}

struct Ended {
    at: Instant,
    over: Over,
    /// The state of the feeder, and the reason.
    said: (Option<&'static str>, &'static str),
}

/// One job.
pub(super) struct Job {
    id: String,
    lent: usize,
    feeder: bool,
    began: Instant,
    pub(super) hatch: Arc<Hatch>,
}

impl Site {
    pub(super) fn new(terms: &Terms, tell: mpsc::SyncSender<Request>) -> Arc<Self> {
        let (lent, hold) = (terms.lent.clone(), terms.hold);
        Arc::new(Self { lent, hold, tell, busy: AtomicBool::new(false), jobs: Mutex::default() })
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The job was not begun.
    pub(super) fn drop_job(&self, job: &Arc<Job>) {
        let mut jobs = self.jobs();
        if jobs.now.as_ref().is_some_and(|now| Arc::ptr_eq(now, job)) {
            jobs.now = None;
        }
    }

    /// The job has ended, with this fault if any.
    pub(super) fn end_job(&self, job: &Arc<Job>, over: Over, fault: Option<&ScanError>) {
        let said = match (over, fault) {
            (_, Some(fault)) => words::fault_words(fault),
            (Over::Done, None) if job.feeder => (Some("ScannerAdfEmpty"), "None"),
            (_, None) => (None, "None"),
        };
        self.drop_job(job);
        let mut jobs = self.jobs();
        jobs.ended.push_front((Arc::clone(job), Ended { at: Instant::now(), over, said }));
        jobs.ended.truncate(KEPT);
    }

    /// Which device the secret in `path` lends, and what stands below it. Every secret is looked at, each in constant time.
    fn place<'a>(&self, path: &'a str) -> Option<(usize, &'a str)> {
        let (given, rest) = path.strip_prefix('/')?.split_once('/')?;
        let mut found = None;
        for (at, lent) in self.lent.iter().enumerate() {
            if bool::from(given.as_bytes().ct_eq(lent.secret.as_bytes())) {
                found = Some(at);
            }
        }
        Some((found?, rest.strip_prefix("eSCL/")?.trim_end_matches('/')))
    }

    fn status(&self, lent: usize) -> String {
        let feeder = self.lent[lent].has_feeder();
        let jobs = self.jobs();
        let mine = jobs.now.as_ref().filter(|job| job.lent == lent);
        let recent = jobs.ended.front().filter(|(job, ended)| job.lent == lent && ended.at.elapsed() < SHOWN);
        let (mut state, mut adf, mut reason) = ("Idle", "ScannerAdfLoaded", "None");
        if jobs.now.is_some() || self.busy.load(Ordering::Acquire) {
            state = "Processing";
            if mine.is_some_and(|job| job.feeder) {
                adf = "ScannerAdfProcessing";
            }
        } else if let Some((_, ended)) = recent {
            adf = ended.said.0.unwrap_or(adf);
            reason = ended.said.1;
            state = if ended.over == Over::Fault { "Stopped" } else { state };
        }
        let now = mine.map(|job| self.words(job, "Processing", "JobScanning"));
        let ended = jobs.ended.iter().filter(|(job, _)| job.lent == lent).map(|(job, ended)| {
            let (state, reason) = match ended.over {
                Over::Done => ("Completed", "JobCompletedSuccessfully"),
                Over::Cancelled => ("Canceled", "JobCanceledByUser"),
                Over::Vanished => ("Aborted", "JobTimedOut"),
                Over::Fault if ended.said.0.is_some() => ("Aborted", "ResourcesAreNotReady"),
                Over::Fault => ("Aborted", "AbortedBySystem"),
            };
            self.words(job, state, reason)
        });
        let all: Vec<JobWords> = now.into_iter().chain(ended).collect();
        words::status(state, feeder.then_some(adf), reason, &all)
    }

    fn words(&self, job: &Job, state: &'static str, reason: &'static str) -> JobWords {
        let (id, age, fetched) = (job.id.clone(), job.began.elapsed().as_secs(), job.hatch.fetched());
        JobWords { path: self.path(job), id, age, fetched, state, reason }
    }

    fn path(&self, job: &Job) -> String {
        format!("/{}/eSCL/ScanJobs/{}", self.lent[job.lent].secret, job.id)
    }

    /// The job of this name, now or lately.
    fn job(&self, lent: usize, id: &str) -> Option<Arc<Job>> {
        let jobs = self.jobs();
        let all = jobs.now.iter().chain(jobs.ended.iter().map(|(job, _)| job));
        all.into_iter().find(|job| job.lent == lent && job.id == id).cloned()
    }
}

async fn answer(
    State(site): State<Arc<Site>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let place = site.place(head.uri.path());
    let mut response = match place {
        Some((lent, rest)) => below(&site, (lent, rest), (&head.method, body), peer).await,
        None => {
            tokio::time::sleep(SLOW).await;
            StatusCode::NOT_FOUND.into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn below(
    site: &Arc<Site>,
    (lent, rest): (usize, &str),
    (method, body): (&Method, Body),
    peer: IpAddr,
) -> Response {
    let parts: Vec<&str> = rest.split('/').collect();
    match (method.as_str(), parts.as_slice()) {
        ("GET", ["ScannerCapabilities"]) => {
            let Lent { name, uuid, caps, .. } = &site.lent[lent];
            xml(words::capabilities(name, uuid, caps))
        }
        ("GET", ["ScannerStatus"]) => xml(site.status(lent)),
        ("POST", ["ScanJobs"]) => make(site, lent, body, peer).await,
        ("GET", ["ScanJobs", id, "NextDocument"]) => match site.job(lent, id) {
            Some(job) => next(site, &job).await,
            None => StatusCode::NOT_FOUND.into_response(),
        },
        ("DELETE", ["ScanJobs", id]) => match site.job(lent, id) {
            Some(job) => {
                job.hatch.end_by_client();
                StatusCode::OK.into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn xml(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}

fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")]).into_response()
}

async fn make(site: &Arc<Site>, lent: usize, body: Body, peer: IpAddr) -> Response {
    let bytes = match tokio::time::timeout(TRANSFER, to_bytes(body, MOST_READ)).await {
        Ok(Ok(bytes)) if bytes.len() <= MOST_SETTINGS => bytes,
        Ok(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let shown = &site.lent[lent];
    let settings = match words::settings(&String::from_utf8_lossy(&bytes), &shown.caps) {
        Ok(settings) => settings,
        Err(Unfit::NoSettings) => return StatusCode::BAD_REQUEST.into_response(),
        Err(Unfit::Unable) => return StatusCode::CONFLICT.into_response(),
    };
    let source = settings.source.or_else(|| shown.caps.sources.first().copied());
    let on_glass = source == Some(crate::Source::Glass);
    let Ok(id) = tls::secret() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let job = Arc::new(Job { id, lent, feeder: !on_glass, began: Instant::now(), hatch: Hatch::new(on_glass) });
    {
        let mut jobs = site.jobs();
        if jobs.now.is_some() {
            return later();
        }
        jobs.now = Some(Arc::clone(&job));
    }
    let (answer, answered) = oneshot::channel();
    // Dropped before it was begun, whoever drops it, it makes room for the next.
    let request = Request::new(peer, shown.device.clone(), settings, Arc::clone(site), Arc::clone(&job), answer);
    if site.tell.try_send(request).is_err() {
        return later();
    }
    match tokio::time::timeout(OWNER, answered).await {
        Ok(Ok(())) => (StatusCode::CREATED, [(header::LOCATION, site.path(&job))]).into_response(),
        _ => later(),
    }
}

async fn next(site: &Site, job: &Job) -> Response {
    match job.hatch.next(site.hold).await {
        Next::Page(paper) => page(paper),
        Next::NotYet => later(),
        Next::Over(Over::Fault) => StatusCode::CONFLICT.into_response(),
        Next::Over(Over::Done | Over::Cancelled | Over::Vanished) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(paper: Paper) -> Response {
    let kind = match imaging::sniff(paper.bytes()) {
        Ok(imaging::Format::Jpeg) => "image/jpeg",
        Ok(imaging::Format::Png) => "image/png",
        Ok(imaging::Format::Tiff) => "image/tiff",
        Ok(imaging::Format::Pdf) => "application/pdf",
        Err(_) => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], Body::new(paper)).into_response()
}

/// All that is served, each request with its [`Peer`].
pub(super) fn router(site: Arc<Site>) -> Router {
    Router::new().fallback(answer).with_state(site)
}
