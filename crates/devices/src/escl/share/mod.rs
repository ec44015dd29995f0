//! A scanner of this machine lent to other counters (chia sẻ máy quét): an eSCL server over TLS that any eSCL client can use
//! by its address.
//!
//! The address is the right to use it: 128 random bits stand in its path, it is announced nowhere, and whoever does not know
//! it gets one answer to everything. Pages pass as the driver gave them, one at a time, the next only when it is asked for.

mod hatch;
mod serve;
mod words;

use crate::device::{Caps, Source};
use crate::scanner::{Cancel, Ended, ScanError, ScanSettings, Scanner};
use crate::tls::{self, Identity, NoIdentity, Server};
use hatch::Over;
use serve::{Job, Site};
use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::sync::oneshot;

/// Begins the name of every scanner that is lent, so that nobody takes it for the device itself, whose manners it has not.
pub const MARK: &str = "Một Cửa: ";

/// How long a request for a page is kept waiting before it is told to come again. Clients wait for two minutes and more, and
/// some come again five times only: a page of A3 at 600 dpi takes a minute.
const HOLD: Duration = Duration::from_secs(20);
/// After so long without its client a job ends, so that one that went away does not keep the scanner: clients come back
/// within seconds of a page, even onto a slow disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// One scanner that is lent.
#[derive(Debug, Clone)]
pub struct Lent {
    /// Its id here.
    pub device: String,
    /// What others read.
    pub name: String,
    /// What it is told apart by, whatever its address: a UUID.
    pub uuid: String,
    /// What stands in its address, from [`new_secret`].
    pub secret: String,
    /// What it can do.
    pub caps: Caps,
}

impl Lent {
    fn has_feeder(&self) -> bool {
        self.caps.sources.iter().any(|source| *source != Source::Glass)
    }
}

/// How scanners are lent.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Which.
    pub lent: Vec<Lent>,
    /// The certificate.
    pub identity: Identity,
    /// Where to listen; none for wherever this machine is reached.
    pub address: Option<IpAddr>,
    /// The port; nought for any.
    pub port: u16,
    /// How long a request for a page is kept waiting.
    pub hold: Duration,
    /// After how long without its client a job ends.
    pub patience: Duration,
}

impl Terms {
    /// The usual terms.
    #[must_use]
    pub fn new(lent: Vec<Lent>, identity: Identity, port: u16) -> Self {
        Self { lent, identity, address: None, port, hold: HOLD, patience: PATIENCE }
    }
}

/// Why nothing can be lent.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// The address is not there or the port is taken.
    #[error("cannot listen at {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// The certificate cannot be made or does not read.
    #[error(transparent)]
    Identity(#[from] NoIdentity),
}

/// A secret for an address.
///
/// # Errors
/// [`NoIdentity`] where the system gives no random numbers.
pub fn new_secret() -> Result<String, NoIdentity> {
    tls::secret()
}

/// A UUID for a scanner that is lent.
///
/// # Errors
/// [`NoIdentity`] where the system gives no random numbers.
pub fn new_uuid() -> Result<String, NoIdentity> {
    let digits = tls::secret()?;
    let mut text = String::new();
    for (part, (from, to)) in [(0, 8), (8, 12), (13, 16), (17, 20), (20, 32)].into_iter().enumerate() {
        let _ = write!(text, "{}{}", ["", "-", "-4", "-8", "-"][part], &digits[from..to]);
    }
    Ok(text)
}

/// The address to give to others, at this machine's address of now.
#[must_use]
pub fn address_of(secret: &str, at: Option<IpAddr>, port: u16) -> String {
    format!("https://{}/{secret}/eSCL", SocketAddr::new(at.unwrap_or_else(tls::own_address), port))
}

/// Scanners that are lent, for as long as it lives.
pub struct Share {
    port: u16,
    /// Dropped before the server, so that a job that was not begun is refused first.
    asked: mpsc::Receiver<Request>,
    _server: Server,
    site: Arc<Site>,
    patience: Duration,
}

impl Share {
    /// Begins to lend.
    ///
    /// # Errors
    /// [`ShareError`].
    pub fn open(terms: &Terms) -> Result<Self, ShareError> {
        let asked_at = SocketAddr::new(terms.address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), terms.port);
        let failed = |error| ShareError::Listen(asked_at, error);
        let acceptor = terms.identity.acceptor()?;
        let (listener, bound) = tls::listen(asked_at).map_err(failed)?;
        let (tell, asked) = mpsc::sync_channel(1);
        let site = Site::new(terms, tell);
        let router = serve::router(Arc::clone(&site));
        let server = Server::start("share", listener, acceptor, router, serve::BOUNDS).map_err(failed)?;
        Ok(Self { port: bound.port(), asked, _server: server, site, patience: terms.patience })
    }

    /// The port that is listened at.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Tells of each job that is asked for, until `cancel` is set. `busy` is asked now and then whether the owner uses the
    /// scanner, for others to see.
    pub fn run(&self, cancel: &Cancel, busy: &dyn Fn() -> bool, asked: &mut dyn FnMut(Request)) {
        while !cancel.is_cancelled() {
            self.site.busy.store(busy(), Ordering::Release);
            match self.asked.recv_timeout(Duration::from_millis(100)) {
                Ok(request) => asked(request.within(self.patience)),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// A job that somebody asks for. Dropped without [`Request::run`] it is refused: the client is told that the scanner is busy.
pub struct Request {
    peer: IpAddr,
    device: String,
    settings: ScanSettings,
    patience: Duration,
    site: Arc<Site>,
    job: Arc<Job>,
    answer: Option<oneshot::Sender<()>>,
}

/// How a job that was served ended.
#[derive(Debug)]
pub struct Served {
    /// Pages that were fetched.
    pub fetched: u32,
    /// Whether a page was scanned that nobody fetched; its sheet has passed.
    pub left: bool,
    /// Why it ended.
    pub end: ServedEnd,
}

/// Why a job that was served ended.
#[derive(Debug)]
pub enum ServedEnd {
    /// No paper is left.
    Done,
    /// Its client or this station stopped it.
    Cancelled,
    /// Its client did not come back.
    Vanished,
    /// The scanner failed.
    Fault(ScanError),
}

impl Request {
    fn new(
        peer: IpAddr,
        device: String,
        settings: ScanSettings,
        site: Arc<Site>,
        job: Arc<Job>,
        answer: oneshot::Sender<()>,
    ) -> Self {
        Self { peer, device, settings, patience: PATIENCE, site, job, answer: Some(answer) }
    }

    fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Who asks.
    #[must_use]
    pub fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Which scanner is asked for, by its id here.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Serves it to its end, from whoever drives the scanner. `told` hears of each page that was fetched.
    #[must_use]
    pub fn run(mut self, scanner: &dyn Scanner, cancel: &Cancel, told: &mut dyn FnMut(u32)) -> Served {
        let answered = self.answer.take().is_some_and(|answer| answer.send(()).is_ok());
        let hatch = Arc::clone(&self.job.hatch);
        let mut fault = None;
        let mut outcome = Over::Cancelled;
        // No paper moves before somebody asks for the first page.
        if answered && hatch.wait(cancel, self.patience).is_continue() {
            let end = scanner.scan(&self.device, &self.settings, cancel, &mut |side| {
                let flow = hatch.give(side, cancel, self.patience);
                told(hatch.fetched());
                flow
            });
            outcome = match end {
                Ok(end) if end.ended == Ended::Empty => Over::Done,
                Ok(_) => Over::Cancelled,
                // A feeder that was empty from the start is the end of it, as on devices.
                Err(error @ ScanError::FeederEmpty) => {
                    fault = Some(error);
                    Over::Done
                }
                Err(_) if cancel.is_cancelled() => Over::Cancelled,
                Err(error) => {
                    fault = Some(error);
                    Over::Fault
                }
            };
        }
        // Shown before its client is told that it is over: it then asks why.
        let over = hatch.verdict(outcome);
        self.site.end_job(&self.job, over, fault.as_ref());
        let (fetched, left) = hatch.close(over);
        told(fetched);
        let end = match (over, fault) {
            (_, Some(fault)) => ServedEnd::Fault(fault),
            (Over::Done, None) => ServedEnd::Done,
            (Over::Vanished, None) => ServedEnd::Vanished,
            (Over::Cancelled | Over::Fault, None) => ServedEnd::Cancelled,
        };
        Served { fetched, left, end }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        // Never begun: there is room for the next.
        if self.answer.is_some() {
            self.site.drop_job(&self.job);
        }
    }
}
