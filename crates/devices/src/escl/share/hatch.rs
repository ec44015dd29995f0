//! The serving hatch of one job: the driver puts a page in, the client takes it out, and no paper moves before somebody asks
//! for the next page.
//!
//! A page counts as fetched when all of it was sent and the client then asked for the next one or ended the job. One whose
//! sending broke off stays where it is and is sent again.

use crate::scanner::{Cancel, ScannedSide};
use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::pin::{Pin, pin};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How often the owner's cancel is looked at.
const GLANCE: Duration = Duration::from_millis(50);
/// A page is sent in pieces of so many bytes, so that one that stands still is seen to.
const PIECE: usize = 32 * 1024;

/// How a job ended, for its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// No paper is left.
    Done,
    /// The client, or this station, stopped it.
    Cancelled,
    /// Nobody fetched any more.
    Vanished,
    /// The scanner failed; its state says how.
    Fault,
}

/// What a request for the next page comes to.
pub(super) enum Next {
    /// The page.
    Page(Paper),
    /// It is not there yet.
    NotYet,
    /// There is none.
    Over(Over),
}

#[derive(PartialEq, Eq)]
enum Place {
    Waiting,
    OnItsWay,
    Sent,
}

struct Page {
    bytes: Bytes,
    place: Place,
}

struct Inside {
    /// Somebody asked for a page that was not there.
    asked: bool,
    page: Option<Page>,
    fetched: u32,
    /// Requests that wait for a page now.
    here: u32,
    /// When the client was last seen.
    seen: Instant,
    /// The client ended the job.
    ended: bool,
    vanished: bool,
    over: Option<Over>,
}

pub(super) struct Hatch {
    inside: Mutex<Inside>,
    /// Nothing comes after the first page.
    one_page: bool,
    driver: Condvar,
    client: Notify,
}

impl Hatch {
    pub(super) fn new(one_page: bool) -> Arc<Self> {
        let inside = Inside {
            asked: false,
            page: None,
            fetched: 0,
            here: 0,
            seen: Instant::now(),
            ended: false,
            vanished: false,
            over: None,
        };
        Arc::new(Self { inside: Mutex::new(inside), one_page, driver: Condvar::new(), client: Notify::new() })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits up to `hold` for the next page.
    pub(super) async fn next(self: &Arc<Self>, hold: Duration) -> Next {
        let Some(_here) = Here::new(self) else { return Next::NotYet };
        let until = tokio::time::Instant::now() + hold;
        loop {
            let mut told = pin!(self.client.notified());
            // Before looking, so that nothing is missed between.
            told.as_mut().enable();
            if let Some(next) = self.look() {
                return next;
            }
            if tokio::time::timeout_at(until, told).await.is_err() {
                return Next::NotYet;
            }
        }
    }

    fn look(self: &Arc<Self>) -> Option<Next> {
        let mut inside = self.inside();
        if let Some(page) = inside.page.as_mut() {
            match page.place {
                Place::Waiting => {
                    page.place = Place::OnItsWay;
                    let bytes = page.bytes.clone();
                    return Some(Next::Page(Paper { hatch: Arc::clone(self), bytes }));
                }
                Place::OnItsWay => return Some(Next::NotYet),
                Place::Sent => {
                    inside.page = None;
                    inside.fetched += 1;
                }
            }
        }
        if let Some(over) = inside.over {
            return Some(Next::Over(over));
        }
        inside.asked = true;
        self.driver.notify_all();
        None
    }

    /// The client ends the job.
    pub(super) fn end_by_client(&self) {
        self.inside().ended = true;
        self.driver.notify_all();
    }

    /// Waits until somebody asks for the first page.
    pub(super) fn wait(&self, cancel: &Cancel, patience: Duration) -> ControlFlow<()> {
        let mut inside = self.inside();
        loop {
            if inside.asked {
                return ControlFlow::Continue(());
            }
            if self.is_left(&mut inside, cancel, patience) {
                return ControlFlow::Break(());
            }
            inside = self.driver.wait_timeout(inside, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Puts a page in and waits until it was fetched and the next one is wanted.
    pub(super) fn give(&self, side: ScannedSide, cancel: &Cancel, patience: Duration) -> ControlFlow<()> {
        let mut inside = self.inside();
        inside.page = Some(Page { bytes: side.bytes.into(), place: Place::Waiting });
        inside.asked = false;
        inside.seen = Instant::now();
        self.client.notify_waiters();
        loop {
            let sent = inside.page.as_ref().is_some_and(|page| page.place == Place::Sent);
            if inside.page.is_none() {
                return ControlFlow::Continue(());
            }
            // On the glass nothing moves after it, so that nobody need ask.
            if sent && self.one_page {
                (inside.page, inside.fetched) = (None, inside.fetched + 1);
                return ControlFlow::Continue(());
            }
            if self.is_left(&mut inside, cancel, patience) {
                if sent {
                    (inside.page, inside.fetched) = (None, inside.fetched + 1);
                }
                return ControlFlow::Break(());
            }
            inside = self.driver.wait_timeout(inside, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Whether nobody waits for pages any more.
    fn is_left(&self, inside: &mut Inside, cancel: &Cancel, patience: Duration) -> bool {
        if inside.here == 0 && inside.seen.elapsed() > patience {
            inside.vanished = true;
        }
        inside.ended || inside.vanished || cancel.is_cancelled()
    }

    /// How a job that the driver ended so has ended for its client.
    pub(super) fn verdict(&self, outcome: Over) -> Over {
        let inside = self.inside();
        match outcome {
            Over::Fault => Over::Fault,
            _ if inside.vanished => Over::Vanished,
            _ if inside.ended && !self.one_page => Over::Cancelled,
            other => other,
        }
    }

    /// The driver is done: whoever waits is told. Returns pages fetched, and whether one was scanned that nobody took.
    pub(super) fn close(&self, over: Over) -> (u32, bool) {
        let mut inside = self.inside();
        inside.over = Some(over);
        let left = inside.page.take().is_some();
        self.client.notify_waiters();
        (inside.fetched, left)
    }

    /// Pages fetched so far.
    pub(super) fn fetched(&self) -> u32 {
        self.inside().fetched
    }
}

/// A request that waits; the only one of its job.
struct Here(Arc<Hatch>);

impl Here {
    fn new(hatch: &Arc<Hatch>) -> Option<Self> {
        let mut inside = hatch.inside();
        if inside.here > 0 {
            return None;
        }
        inside.here += 1;
        drop(inside);
        Some(Self(Arc::clone(hatch)))
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut inside = self.0.inside();
        inside.here -= 1;
        inside.seen = Instant::now();
    }
}

/// A page on its way to the client, byte by byte as the driver gave it.
pub(super) struct Paper {
    hatch: Arc<Hatch>,
    bytes: Bytes,
}

impl Paper {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Body for Paper {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        if this.bytes.is_empty() {
            return Poll::Ready(None);
        }
        this.hatch.inside().seen = Instant::now();
        let piece = this.bytes.split_to(PIECE.min(this.bytes.len()));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        let mut inside = self.hatch.inside();
        inside.seen = Instant::now();
        if let Some(page) = inside.page.as_mut() {
            page.place = if self.bytes.is_empty() { Place::Sent } else { Place::Waiting };
        }
        drop(inside);
        self.hatch.driver.notify_all();
        self.hatch.client.notify_waiters();
    }
}
