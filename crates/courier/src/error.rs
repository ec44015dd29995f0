//! How an attempt ends badly. A variant exists where the clerk is told something different or the outbox does something different.

use domain::FileHash;
use domain::outbox::Attempt;
use protocol::ProblemCode;

/// What the network said, kept for the log.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something was not delivered, or its answer not believed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none: not http or https, no host, or more than an address.
    #[error("{0:?} is not the address of a central system")]
    BadAddress(String),
    /// No connection, or it broke: no network, server off, cable pulled in the middle.
    #[error("the central system cannot be reached")]
    Unreachable(#[source] Cause),
    /// Nothing moved for too long.
    #[error("the central system went silent")]
    TimedOut,
    /// The secure connection could not be made. A station whose clock is wrong sees good certificates as
    /// expired or not yet valid, so the clock is the first thing to look at (T-47); then a network
    /// that opens the traffic with a certificate of its own.
    #[error("no secure connection to the central system")]
    Tls(#[source] Cause),
    /// Something answered that is no central system: a captive portal, a proxy's page, a redirect to a login (T-47).
    #[error("the answer (status {status}) is not from a central system")]
    Foreign {
        /// HTTP status of the answer.
        status: u16,
    },
    /// The central system, or the machine in front of it, failed.
    #[error("the central system failed with status {status}")]
    ServerFailed {
        /// HTTP status of the answer.
        status: u16,
    },
    /// The station's secret is not accepted; it has to be enrolled again.
    #[error("the central system does not accept this station")]
    Unauthorized,
    /// Two machines speak as this station; it has to be enrolled again (T-49).
    #[error("another machine speaks as this station")]
    Cloned,
    /// The enrolment token is unknown or used.
    #[error("the central system does not accept the enrolment token")]
    TokenRefused,
    /// The central system understood and will not.
    #[error("the central system refuses ({code:?}): {message}")]
    Refused {
        /// Why, for programs.
        code: ProblemCode,
        /// Why, in the server's words.
        message: String,
        /// Files that the server lacks, with [`ProblemCode::FilesMissing`].
        missing: Vec<FileHash>,
    },
    /// It says that it accepted, but not what was sent (T-46).
    #[error("the acceptance does not prove what was sent")]
    Unproven,
    /// The station itself no longer has this file, or has it with other bytes.
    #[error("file {hash} is not to be had")]
    FileGone {
        /// The file.
        hash: FileHash,
    },
}

impl Error {
    /// True when the same thing, tried again later, can go well without anyone doing anything here.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::TimedOut
            | Self::Tls(_)
            | Self::Foreign { .. }
            | Self::ServerFailed { .. }
            | Self::Unproven => true,
            // Our bytes are checked before they leave, so they were damaged on the way; and files that the
            // server lost can be sent again.
            Self::Refused { code, .. } => matches!(code, ProblemCode::HashMismatch | ProblemCode::FilesMissing),
            Self::BadAddress(_) | Self::Unauthorized | Self::Cloned | Self::TokenRefused | Self::FileGone { .. } => {
                false
            }
        }
    }

    /// What the outbox makes of it. An unauthorized station blocks its items: hammering at a closed door
    /// opens it for nobody, and the clerk must see it.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        if self.is_transient() { Attempt::Failed } else { Attempt::Refused }
    }

    pub(crate) fn network(error: reqwest::Error) -> Self {
        // The address may hold what nobody wants in a log.
        let error = error.without_url();
        if is_tls(&error) {
            Self::Tls(error.into())
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Unreachable(error.into())
        }
    }
}

/// Looks for a failed handshake in the chain of causes, also where an `io::Error` hides it from `source`.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || hidden.is_some_and(|inner| is_tls(inner)) || error.source().is_some_and(is_tls)
}
