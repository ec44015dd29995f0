//! The line between the counter and its central system, and what stands on it: it loses an answer, or somebody
//! else answers.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What happens on the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Everything passes.
    Pass,
    /// The first request that holds this reaches the server whole; its answer reaches nobody. Then everything passes.
    LoseAnswer(String),
    /// Every request that holds this is answered so, by somebody who is not the server; an empty text is in all.
    Answer(String, Vec<u8>),
}

pub(crate) struct Line {
    pub(crate) url: String,
    rule: Arc<Mutex<Rule>>,
    seen: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Line {
    pub(crate) async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (rule, seen) = (Arc::new(Mutex::new(Rule::Pass)), Arc::new(Mutex::new(Vec::new())));
        let (own, log) = (Arc::clone(&rule), Arc::clone(&seen));
        let task = tokio::spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((station, _)) = listener.accept().await {
                calls.spawn(carry(station, server, Arc::clone(&own), Arc::clone(&log)));
            }
        });
        Self { url, rule, seen, task }
    }

    pub(crate) fn set(&self, rule: Rule) {
        *self.rule.lock().unwrap() = rule;
    }

    pub(crate) fn rule(&self) -> Rule {
        self.rule.lock().unwrap().clone()
    }

    /// How often the counter sent this text.
    pub(crate) fn count(&self, text: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A page as a captive portal shows it.
pub(crate) fn html(status: &str) -> Vec<u8> {
    answer(status, "content-type: text/html", "<html><body>Wi-Fi sign in</body></html>")
}

/// An answer in the shape of the central system's own.
pub(crate) fn json(status: &str, body: &str) -> Vec<u8> {
    answer(status, "content-type: application/json\r\nmotcua-protocol: 1", body)
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}

async fn carry(mut station: TcpStream, server: SocketAddr, rule: Arc<Mutex<Rule>>, log: Arc<Mutex<Vec<u8>>>) {
    let mut server = TcpStream::connect(server).await.ok();
    let (mut up, mut down) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut sent = Vec::new();
    let mut deaf = false;
    loop {
        let answer = async {
            match &mut server {
                Some(server) => server.read(&mut down).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            read = station.read(&mut up) => {
                let Ok(length @ 1..) = read else { return };
                sent.extend_from_slice(&up[..length]);
                log.lock().unwrap().extend_from_slice(&up[..length]);
                let now = rule.lock().unwrap().clone();
                match now {
                    Rule::LoseAnswer(text) if holds(&sent, &text) => {
                        *rule.lock().unwrap() = Rule::Pass;
                        deaf = true;
                    }
                    Rule::Answer(text, bytes) if holds(&sent, &text) => {
                        // The counter may still be sending; hanging up on it then would look like a broken line.
                        while let Ok(Ok(1..)) =
                            tokio::time::timeout(std::time::Duration::from_millis(50), station.read(&mut up)).await {}
                        let _ = station.write_all(&bytes).await;
                        let _ = station.shutdown().await;
                        return;
                    }
                    Rule::Pass | Rule::LoseAnswer(_) | Rule::Answer(..) => {}
                }
                let Some(server) = &mut server else { return };
                if server.write_all(&up[..length]).await.is_err() {
                    return;
                }
            }
            read = answer => {
                let Ok(length @ 1..) = read else { return };
                if deaf || station.write_all(&down[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

fn holds(sent: &[u8], text: &str) -> bool {
    text.is_empty() || sent.windows(text.len()).any(|window| window == text.as_bytes())
}
