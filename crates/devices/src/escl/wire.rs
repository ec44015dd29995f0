//! One device over HTTP: its address, and requests whose answers are told apart before anybody believes them.

use super::quirks::Quirks;
use crate::scanner::{Cancel, ScanError};
use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{CONTENT_TYPE, HOST, LOCATION};
use std::io::Read;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// An answer in XML beyond this is none.
const MOST_XML: u64 = 1 << 20;
/// A page beyond this is no page of paper: A3 at 600 dpi in raw color is 209 MB.
const MOST_PAGE: u64 = 512 << 20;
/// How long a device may take to be reached.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a device may take over a question of its state.
const ANSWER: Duration = Duration::from_secs(15);
/// How often the clerk's cancel is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    location: Option<String>,
    html: bool,
}

impl Answer {
    /// The body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A web page in place of an answer: a sign-in page, or another device at this address (NAPS2 #654).
    pub(super) fn is_web_page(&self) -> bool {
        self.html || self.text_begins("<!doctype html") || self.text_begins("<html")
    }

    fn text_begins(&self, with: &str) -> bool {
        let start: Vec<u8> = self.body.iter().take(64).skip_while(|byte| byte.is_ascii_whitespace()).copied().collect();
        start.len() >= with.len() && start[..with.len()].eq_ignore_ascii_case(with.as_bytes())
    }
}

/// One device.
#[derive(Clone)]
pub(super) struct Wire {
    client: Client,
    root: Url,
    host: Option<String>,
    page_patience: Duration,
}

impl Wire {
    /// Speaks to the device whose eSCL lies at `root`, such as `http://192.0.2.14/eSCL/`.
    pub(super) fn new(client: Client, root: Url, page_patience: Duration) -> Self {
        Self { client, root, host: None, page_patience }
    }

    pub(super) fn with(mut self, quirks: &Quirks) -> Self {
        self.host.clone_from(&quirks.host);
        self
    }

    /// Asks for a document of the device's own.
    pub(super) fn get(&self, path: &str) -> Result<Answer, ScanError> {
        let url = self.url(path)?;
        let request = self.client.get(url).timeout(ANSWER);
        self.send(request, MOST_XML)
    }

    /// Makes a job.
    pub(super) fn post_job(&self, settings: &str) -> Result<Answer, ScanError> {
        let request = self.client.post(self.url("ScanJobs")?).timeout(ANSWER);
        self.send(request.header(CONTENT_TYPE, "text/xml").body(settings.to_owned()), MOST_XML)
    }

    /// Waits for the next page of the job at `job`; none when it was cancelled meanwhile, after which nobody listens.
    pub(super) fn next_page(&self, job: &str, cancel: &Cancel) -> Result<Option<Answer>, ScanError> {
        let (wire, url) = (self.clone(), self.url(&format!("{job}/NextDocument"))?);
        let (tell, told) = sync_channel(1);
        std::thread::spawn(move || {
            let request = wire.client.get(url).timeout(wire.page_patience);
            drop(tell.send(wire.send(request, MOST_PAGE)));
        });
        loop {
            match told.recv_timeout(GLANCE) {
                Ok(answer) => return answer.map(Some),
                Err(RecvTimeoutError::Disconnected) => return Err(failed("the page's thread ended")),
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Ends a job; a device that does not answer has none any more.
    pub(super) fn delete(&self, job: &str) {
        if let Ok(url) = self.url(job) {
            drop(self.send(self.client.delete(url).timeout(ANSWER), MOST_XML));
        }
    }

    /// The path of the job that was made. Only the path is believed: devices name hosts that do not resolve, addresses of
    /// other networks, or no host at all.
    pub(super) fn job_path(&self, answer: &Answer) -> Option<String> {
        let location = answer.location.as_deref()?.trim();
        let path = match location.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map(|(_, path)| format!("/{path}"))?,
            None if location.starts_with('/') => location.to_owned(),
            None => format!("{}{location}", self.root.path()),
        };
        let path = path.split(['?', '#']).next()?.trim_end_matches('/').to_owned();
        (path.len() > 1 && path.len() < 500).then_some(path)
    }

    fn url(&self, path: &str) -> Result<Url, ScanError> {
        self.root.join(path).map_err(|_| failed("the job's address is none"))
    }

    fn send(&self, request: reqwest::blocking::RequestBuilder, most: u64) -> Result<Answer, ScanError> {
        let request = match &self.host {
            Some(host) => request.header(HOST, host),
            None => request,
        };
        read(request.send().map_err(|error| self.fault(&error))?, most).map_err(|error| failed(&error))
    }

    fn fault(&self, error: &reqwest::Error) -> ScanError {
        let device = format!("escl:{}", shown(&self.root));
        if error.is_timeout() && !error.is_connect() {
            return ScanError::Timeout { after: self.page_patience };
        }
        if error.is_connect() {
            return ScanError::NotFound { device };
        }
        // Without the address, which may be a secret.
        let mut words = error.to_string();
        if let Some(url) = error.url() {
            words = words.replace(url.as_str(), &shown(url));
        }
        failed(&words)
    }
}

/// An address as messages name it: the path of a scanner that another counter lends is a secret.
pub(super) fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn read(mut response: Response, most: u64) -> Result<Answer, String> {
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (location, kind) = (header(LOCATION), header(CONTENT_TYPE).unwrap_or_default());
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let read = response.by_ref().take(most + 1).read_to_end(&mut body);
    // A body that breaks off is an error of its own: what came of it is not a page.
    read.map_err(|error| format!("the answer broke off after {} bytes: {error}", body.len()))?;
    if body.len() as u64 > most {
        return Err(format!("the answer has more than {most} bytes"));
    }
    Ok(Answer { status, body, location, html: kind.to_lowercase().contains("text/html") })
}

/// The one client of all devices. Scanners sign their certificates themselves, so that none can be checked: TLS keeps a
/// page from being read on the way, and says nothing of who is there.
pub(super) fn client() -> Result<Client, reqwest::Error> {
    Client::builder()
        .connect_timeout(CONNECT)
        .redirect(reqwest::redirect::Policy::limited(2))
        .no_proxy()
        .tls_danger_accept_invalid_certs(true)
        .build()
}

pub(super) fn failed(message: &str) -> ScanError {
    ScanError::Failed { message: message.chars().take(300).collect(), code: None }
}
