//! A peer that answers what a test tells it to, whatever the request; it is no central system.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// The first line of each request that came.
type Requests = Arc<Mutex<Vec<String>>>;

pub(crate) struct Peer {
    pub(crate) url: String,
    requests: Requests,
    task: JoinHandle<()>,
}

impl Peer {
    /// Answers each request with the bytes that `answer` makes of its first line, then hangs up.
    pub(crate) async fn saying(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::with_pace(answer, None).await
    }

    /// The same, one byte at a time.
    pub(crate) async fn dripping(answer: Vec<u8>, pace: Duration) -> Self {
        Self::with_pace(move |_| answer.clone(), Some(pace)).await
    }

    async fn with_pace(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static, pace: Option<Duration>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Requests::default();
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        let task = tokio::spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                calls.spawn(async move { one(stream, &seen, &*answer, pace).await });
            }
        });
        Self { url, requests, task }
    }

    /// The first lines of what came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How many requests of this method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.requests().iter().filter(|line| line.starts_with(method)).count()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn one(
    mut stream: TcpStream,
    seen: &Requests,
    answer: &(dyn Fn(&str) -> Vec<u8> + Send + Sync),
    pace: Option<Duration>,
) -> Option<()> {
    let mut request = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    let head = loop {
        let length = stream.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        request.extend_from_slice(&buffer[..length]);
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&request[..head]).into_owned();
    let length: usize = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    while request.len() < head + length {
        let more = stream.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        request.extend_from_slice(&buffer[..more]);
    }
    let first = text.lines().next().unwrap_or_default().to_owned();
    let bytes = answer(&first);
    seen.lock().unwrap().push(first);
    match pace {
        None => stream.write_all(&bytes).await.ok()?,
        Some(pace) => {
            for byte in bytes {
                stream.write_all(&[byte]).await.ok()?;
                tokio::time::sleep(pace).await;
            }
        }
    }
    stream.shutdown().await.ok()
}

/// An answer as a central system gives it.
pub(crate) fn ours(status: &str, body: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\nmotcua-protocol: 1\r\n", body)
}

/// An answer as anything gives it.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}").into_bytes()
}
