//! A phone as a camera (điện thoại làm máy chụp): for a short while this machine serves one page over TLS to whoever opens the
//! link of a code on its screen first, and takes photographs from it, one by one.
//!
//! The link's token lies in the fragment, so that it is in no log and no preview opens it, and is spent by the first
//! that sends it. The certificate is made for this link alone and nobody vouches for it: its fingerprint is told beside
//! the code. A photograph is told as stored when the caller says so, and not before.

mod serve;

use crate::Cancel;
use crate::tls::{self, Identity, NoIdentity, Server};
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// The largest photograph that is taken, in bytes.
pub const LARGEST: usize = 60 * 1024 * 1024;

/// How a link is opened.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Whose counter it is, as the phone shows it.
    pub station: String,
    /// What is to be photographed, as the phone shows it; nothing of a person.
    pub title: String,
    /// Language of the page: `vi` or `en`.
    pub locale: String,
    /// The address to listen at; none finds the one by which other machines reach this one.
    pub address: Option<IpAddr>,
    /// Ends after so long without a photograph.
    pub idle: Duration,
    /// Ends after so long whatever happens.
    pub most: Duration,
}

/// What a phone opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address with the token in it.
    pub url: String,
    /// SHA-256 of the certificate, in pairs of digits.
    pub fingerprint: String,
}

/// What happens at a link.
#[derive(Debug)]
pub enum Told {
    /// A phone opened it; nobody else can any more.
    Opened,
    /// A photograph came, and waits to be answered.
    Picture(Picture),
    /// The phone is done.
    Done,
}

/// A photograph that came.
#[derive(Debug)]
pub struct Picture {
    /// The file as the camera wrote it.
    pub bytes: Vec<u8>,
    answer: oneshot::Sender<Answer>,
}

/// What the phone is told of a photograph.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Answer {
    /// Whether it is stored, durably.
    pub ok: bool,
    /// What there is to say of it.
    pub text: String,
    /// What to do next.
    pub remedy: String,
    /// Pages stored by this link.
    pub received: u32,
}

impl Picture {
    /// Tells the phone what became of it. A phone that has gone meanwhile finds it in the count when it comes back.
    pub fn answer(self, answer: Answer) {
        let _ = self.answer.send(answer);
    }
}

/// How a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneEnd {
    /// The phone said so.
    Done,
    /// The caller cancelled.
    Cancelled,
    /// Nothing came for too long.
    TimedOut,
}

/// Why no link can be opened.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The address is not there or taken.
    #[error("cannot listen at {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    /// No certificate can be made.
    #[error("no certificate")]
    Certificate,
}

impl From<NoIdentity> for PhoneError {
    fn from(_: NoIdentity) -> Self {
        Self::Certificate
    }
}

/// A link that is open.
pub struct Phone {
    link: Link,
    /// Dropped before the server, so that whoever waits to tell something is let go first.
    told: mpsc::Receiver<Told>,
    _server: Server,
    idle: Duration,
    ends: Instant,
}

impl Phone {
    /// Opens a link.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub fn open(terms: &Terms) -> Result<Self, PhoneError> {
        let address = terms.address.unwrap_or_else(tls::own_address);
        let asked = SocketAddr::new(address, 0);
        let failed = |error| PhoneError::Listen(asked, error);
        let (listener, bound) = tls::listen(asked).map_err(failed)?;
        // Made for this link, kept nowhere.
        let identity = Identity::make(&address.to_string())?;
        let acceptor = identity.acceptor()?;
        let token = tls::secret()?;
        let link = Link { url: format!("https://{bound}/#{token}"), fingerprint: identity.fingerprint() };
        let (tell, told) = mpsc::sync_channel(1);
        let site = serve::Site::new(terms, bound, token, tls::secret()?, tell);
        let server = Server::start("phone", listener, acceptor, serve::router(site), serve::BOUNDS).map_err(failed)?;
        Ok(Self { link, told, _server: server, idle: terms.idle, ends: Instant::now() + terms.most })
    }

    /// What the phone opens.
    #[must_use]
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Tells what happens until the phone is done, `cancel` is set or nothing comes any more.
    pub fn run(&self, cancel: &Cancel, told: &mut dyn FnMut(Told)) -> PhoneEnd {
        let mut last = Instant::now();
        loop {
            match self.told.recv_timeout(Duration::from_millis(100)) {
                Ok(Told::Done) => {
                    told(Told::Done);
                    return PhoneEnd::Done;
                }
                // One that came is stored even when somebody cancels at this moment: the phone has sent it.
                Ok(event) => {
                    told(event);
                    last = Instant::now();
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return PhoneEnd::TimedOut,
            }
            if cancel.is_cancelled() {
                return PhoneEnd::Cancelled;
            }
            if last.elapsed() > self.idle || Instant::now() > self.ends {
                return PhoneEnd::TimedOut;
            }
        }
    }
}
