//! The requests, one method each. No redirect is followed and nothing is sent twice.

use crate::answer;
use crate::error::Error;
use crate::upload::{Progress, Upload};
use bytes::Bytes;
use chrono::NaiveDate;
use domain::fee_receipt::LAST_SERIAL;
use domain::{CommandId, FileHash};
use protocol::{
    Acceptance, EnrollAnswer, EnrollRequest, Health, IDEMPOTENCY_KEY, LeaseRequest, NumberLease, PopulationAnswer,
    PopulationQuery, SerialLease, SerialRequest, StoredFile, Turn,
};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Body, Client, Method, RequestBuilder, Response, Url};
use std::time::Duration;
use tokio::time::Instant;

/// How long a courier waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection.
    pub connect: Duration,
    /// For anything to move.
    pub stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), stall: Duration::from_secs(10) }
    }
}

/// A server needs time to write to the disk and read back what it got: one second for so many bytes.
const BYTES_A_SECOND: u64 = 8 * 1024 * 1024;

/// The system takes bytes into its own buffer before the line has carried them; on a slow line these are still
/// under way when our part is done. So much it may hold, and so slow the line may be.
const BUFFERED: u64 = 1024 * 1024;
const SLOW_LINE: u64 = 32 * 1024;

/// Carries things to one central system (người đưa tin).
///
/// Clones share their connections. The secret is in no debug output.
#[derive(Clone)]
pub struct Courier {
    client: Client,
    base: Url,
    authorization: Option<HeaderValue>,
    limits: Limits,
}

impl Courier {
    /// A courier to the central system at `base_url`; `secret` is what [`Courier::enroll`] brought.
    ///
    /// # Errors
    /// [`Error::BadAddress`]; [`Error::Unauthorized`] for a secret that no header can carry;
    /// [`Error::Tls`] when this machine has no trusted certificates at all.
    pub fn new(base_url: &str, secret: Option<String>) -> Result<Self, Error> {
        Self::with_limits(base_url, secret, Limits::default())
    }

    /// A courier with another patience.
    ///
    /// # Errors
    /// Those of [`Courier::new`].
    pub fn with_limits(base_url: &str, secret: Option<String>, limits: Limits) -> Result<Self, Error> {
        let base = address(base_url)?;
        let authorization = secret
            .map(|secret| {
                let mut value = HeaderValue::try_from(format!("Bearer {secret}")).map_err(|_| Error::Unauthorized)?;
                value.set_sensitive(true);
                Ok(value)
            })
            .transpose()?;
        let mut builder = Client::builder()
            .user_agent(concat!("motcua/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            // Shorter than any server's own: a connection that the other side is closing looks like a failure.
            .pool_idle_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .tcp_nodelay(true);
        // The office's proxy knows nothing of this machine's own ports.
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| Error::Tls(error.into()))?;
        Ok(Self { client, base, authorization, limits })
    }

    /// The address it goes to.
    #[must_use]
    pub fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Joins an office with a one-time token (ghi danh).
    ///
    /// # Errors
    /// [`Error::TokenRefused`], and those of the network.
    pub async fn enroll(&self, request: &EnrollRequest) -> Result<EnrollAnswer, Error> {
        let body = json(request);
        let response = self.send(Method::POST, "v1/enroll", body, 0, |request| request).await?;
        let answer: EnrollAnswer = self.read(response).await?;
        checked(answer.lease)?;
        Ok(answer)
    }

    /// Asks whether the central system is up.
    ///
    /// # Errors
    /// Those of the network.
    pub async fn health(&self) -> Result<Health, Error> {
        let response = self.send(Method::GET, "v1/health", Bytes::new(), 0, |request| request).await?;
        self.read(response).await
    }

    /// Asks for the next block of numbers, good from `from` on (xin dải số).
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Refused`], and those of the network.
    pub async fn lease(&self, from: NaiveDate) -> Result<NumberLease, Error> {
        let body = json(&LeaseRequest { from });
        let response = self.send(Method::POST, "v1/leases", body, 0, |request| request).await?;
        checked(self.read(response).await?)
    }

    /// Asks for numbers of fee receipts (xin dải số biên lai).
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Refused`], [`Error::Unproven`] for an answer about another series or with
    /// numbers below those that are known, and those of the network.
    pub async fn serials(&self, request: &SerialRequest) -> Result<SerialLease, Error> {
        let response = self.send(Method::POST, "v1/serials", json(request), 0, |request| request).await?;
        let lease: SerialLease = self.read(response).await?;
        let asked = (&lease.template, &lease.sign) == (&request.template, &request.sign);
        let sound = lease.first > request.after && lease.first <= lease.last && lease.last <= LAST_SERIAL;
        if asked && sound { Ok(lease) } else { Err(Error::Unproven) }
    }

    /// Begins a round of sending: shows what the last one ended with and brings what the next has to show (T-49).
    ///
    /// # Errors
    /// [`Error::Cloned`], [`Error::Unauthorized`], and those of the network.
    pub async fn turn(&self, shown: Option<String>) -> Result<Option<String>, Error> {
        let body = json(&Turn { turn: shown });
        let response = self.send(Method::POST, "v1/turn", body, 0, |request| request).await?;
        Ok(self.read::<Turn>(response).await?.turn)
    }

    /// Asks a register about one person (đối chiếu). The address need not be a central system's.
    ///
    /// # Errors
    /// Those of the network; a register that is down, slow or not there is tried again later.
    pub async fn check_person(&self, query: &PopulationQuery) -> Result<PopulationAnswer, Error> {
        let response = self.send(Method::POST, "v1/population/check", json(query), 0, |request| request).await?;
        self.read(response).await
    }

    /// Asks whether the central system has a file.
    ///
    /// # Errors
    /// [`Error::Unauthorized`], and those of the network.
    pub async fn holds(&self, hash: &FileHash) -> Result<bool, Error> {
        let path = format!("v1/files/{hash}");
        let response = self.send(Method::HEAD, &path, Bytes::new(), 0, |request| request).await?;
        answer::presence(&response)
    }

    /// Sends a file.
    ///
    /// # Errors
    /// [`Error::FileGone`] when `bytes` do not hash to `hash`, [`Error::Unproven`] when the server says that
    /// it stored something else, [`Error::Refused`], and those of the network.
    pub async fn put_file(&self, hash: &FileHash, bytes: Vec<u8>) -> Result<StoredFile, Error> {
        if FileHash::of(&bytes) != *hash {
            return Err(Error::FileGone { hash: *hash });
        }
        let size = bytes.len() as u64;
        let path = format!("v1/files/{hash}");
        let response = self.send(Method::PUT, &path, bytes.into(), size, |request| request).await?;
        let stored: StoredFile = self.read(response).await?;
        if stored == (StoredFile { sha256: *hash, bytes: size }) { Ok(stored) } else { Err(Error::Unproven) }
    }

    /// Sends a command's exact bytes under its id. The answer is not compared with anything yet;
    /// [`Courier::deliver`] does.
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Refused`], and those of the network.
    pub async fn submit(&self, id: CommandId, body: &[u8]) -> Result<Acceptance, Error> {
        self.submit_with(id, body, 0).await
    }

    /// Sends a command that names `named` bytes of files, which the server hashes before it answers.
    pub(crate) async fn submit_with(&self, id: CommandId, body: &[u8], named: u64) -> Result<Acceptance, Error> {
        let named = named + body.len() as u64;
        let body = Bytes::copy_from_slice(body);
        let key = id.to_string();
        let response =
            self.send(Method::POST, "v1/commands", body, named, |request| request.header(IDEMPOTENCY_KEY, key)).await?;
        self.read(response).await
    }

    /// Sends one request. While bytes go out they must keep moving; then the answer must begin within the
    /// stall limit, the time for what the system still has to carry, and the time the server needs for `work` bytes.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
        work: u64,
        extra: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Error> {
        let url = self.base.join(path).map_err(|_| Error::BadAddress(self.base.to_string()))?;
        let mut request = extra(self.client.request(method, url));
        // Enrolment and health are open to all; a secret that is not needed is not shown.
        let open = matches!(path, "v1/enroll" | "v1/health");
        if let Some(authorization) = self.authorization.as_ref().filter(|_| !open) {
            request = request.header(reqwest::header::AUTHORIZATION, authorization);
        }
        let progress = Progress::default();
        let length = body.len();
        if length > 0 {
            let kind = if path.starts_with("v1/files/") { "application/octet-stream" } else { "application/json" };
            let upload = Upload::new(body, progress.clone());
            request = request.header(CONTENT_TYPE, kind).body(Body::wrap(upload));
        }
        let under_way = BUFFERED.min(length as u64) * 1_000 / SLOW_LINE;
        let answering =
            self.limits.stall + Duration::from_millis(under_way) + Duration::from_secs(work / BYTES_A_SECOND);
        let look = self.limits.stall / 8;
        let sending = request.send();
        tokio::pin!(sending);
        let (mut seen, mut moved) = (0, Instant::now());
        loop {
            if let Ok(sent) = tokio::time::timeout(look, &mut sending).await {
                return sent.map_err(Error::network);
            }
            let taken = progress.taken();
            if taken != seen {
                (seen, moved) = (taken, Instant::now());
            }
            let patience = if taken < length { self.limits.stall } else { answering };
            if moved.elapsed() >= patience {
                return Err(Error::TimedOut);
            }
        }
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, response: Response) -> Result<T, Error> {
        answer::read(response, self.limits.stall).await
    }
}

impl std::fmt::Debug for Courier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Courier({})", self.base)
    }
}

/// The address with a slash at its end, so that paths are joined below it.
fn address(text: &str) -> Result<Url, Error> {
    let bad = || Error::BadAddress(text.to_owned());
    let mut url = Url::parse(text.trim()).map_err(|_| bad())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !plain {
        return Err(bad());
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn json<T: serde::Serialize>(value: &T) -> Bytes {
    serde_json::to_vec(value).expect("requests hold texts, numbers and days only").into()
}

/// A block that is upside down is no block.
fn checked(lease: NumberLease) -> Result<NumberLease, Error> {
    let sound = lease.first >= 1 && lease.first <= lease.last && lease.from <= lease.to;
    if sound { Ok(lease) } else { Err(Error::Unproven) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_addresses_and_nothing_more() {
        for good in
            ["http://127.0.0.1:8900", "https://trungtam.example.vn", "https://a.example/motcua/", " http://[::1]:1 "]
        {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "127.0.0.1:8900",
            "localhost:8900",
            "ftp://a.example",
            "file:///etc/passwd",
            "http://",
            "http://user@a.example",
            "http://a.example/?q=1",
            "http://a.example/#x",
            "http://a.example:99999",
        ] {
            assert!(matches!(address(bad), Err(Error::BadAddress(_))), "{bad}");
        }
    }

    #[test]
    fn a_path_in_the_address_is_kept() {
        let base = address("https://a.example/motcua").unwrap();
        assert_eq!(base.join("v1/health").unwrap().as_str(), "https://a.example/motcua/v1/health");
    }

    #[test]
    fn the_secret_is_not_in_the_debug_output() {
        let courier = Courier::new("http://127.0.0.1:1", Some("bi-mat".into())).unwrap();
        assert!(!format!("{courier:?}").contains("bi-mat"), "logs are read by people who may not be this station");
    }

    #[test]
    fn own_ports_are_loopback() {
        for (url, expected) in [
            ("http://127.0.0.1:1", true),
            ("http://[::1]:1", true),
            ("http://localhost:1", true),
            ("http://192.0.2.1:1", false),
            ("http://a.example", false),
        ] {
            assert_eq!(is_loopback(&address(url).unwrap()), expected, "{url}");
        }
    }
}
