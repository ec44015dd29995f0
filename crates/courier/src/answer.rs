//! Reading an answer: is it from a central system at all, is it a refusal, does it read.

use crate::error::Error;
use protocol::{PROTOCOL, Problem, ProblemCode, VERSION};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// No answer of the protocol comes near this; a page of a portal may.
const LARGEST: usize = 1024 * 1024;

/// Reads the answer's JSON, or says why there is none to believe.
pub(crate) async fn read<T: DeserializeOwned>(response: Response, patience: Duration) -> Result<T, Error> {
    let status = ours(&response)?;
    let body = tokio::time::timeout(patience, whole(response)).await.map_err(|_| Error::TimedOut)??;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| Error::Foreign { status: status.as_u16() });
    }
    let problem = serde_json::from_slice::<Problem>(&body).map_err(|_| Error::Foreign { status: status.as_u16() })?;
    Err(match problem.code {
        ProblemCode::Unauthorized => Error::Unauthorized,
        ProblemCode::TokenRefused => Error::TokenRefused,
        ProblemCode::StationCloned => Error::Cloned,
        ProblemCode::Internal => Error::ServerFailed { status: status.as_u16() },
        code @ (ProblemCode::Malformed
        | ProblemCode::KeyReused
        | ProblemCode::CodeTaken
        | ProblemCode::FilesMissing
        | ProblemCode::HashMismatch
        | ProblemCode::TooLarge) => Error::Refused { code, message: problem.message, missing: problem.missing },
    })
}

/// Reads an answer that has no body: is it there or not.
pub(crate) fn presence(response: &Response) -> Result<bool, Error> {
    match ours(response)? {
        StatusCode::OK => Ok(true),
        StatusCode::NOT_FOUND => Ok(false),
        StatusCode::UNAUTHORIZED => Err(Error::Unauthorized),
        // The only way a station that is known may be forbidden to ask for a file.
        StatusCode::FORBIDDEN => Err(Error::Cloned),
        status => Err(Error::Foreign { status: status.as_u16() }),
    }
}

/// The status, when the answer is from a central system that speaks our version.
fn ours(response: &Response) -> Result<StatusCode, Error> {
    let status = response.status();
    // Whoever stands in front of the server says 502 or 503 for it, and has no reason to name our protocol.
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(Error::ServerFailed { status: status.as_u16() });
    }
    let ours = response.headers().get(PROTOCOL).is_some_and(|version| version == VERSION);
    if ours { Ok(status) } else { Err(Error::Foreign { status: status.as_u16() }) }
}

async fn whole(mut response: Response) -> Result<Vec<u8>, Error> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::network)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Error::Foreign { status });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
