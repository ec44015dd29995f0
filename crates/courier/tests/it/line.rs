//! The line between a station and its server, which can be cut, frozen or slowed at a chosen byte, once.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What happens to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It breaks when the server has been given this many more bytes.
    CutUpload(usize),
    /// It breaks when the station has been given this many more bytes.
    CutAnswer(usize),
    /// The request that begins like this reaches the server whole; its answer reaches nobody.
    LoseAnswer(&'static str),
    /// After this many more bytes to the server nothing moves and nothing breaks.
    Freeze(usize),
    /// To the server it carries this many bytes in ten milliseconds.
    Slow(usize),
}

pub(crate) struct Line {
    pub(crate) url: String,
    fault: Arc<Mutex<Fault>>,
    uploaded: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Line {
    pub(crate) async fn to(server: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // Little is in the line at a time, so that what the station's system took has also gone out.
        socket.set_recv_buffer_size(64 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(64).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fault = Arc::new(Mutex::new(Fault::None));
        let uploaded = Arc::new(AtomicUsize::new(0));
        let (shared, count) = (Arc::clone(&fault), Arc::clone(&uploaded));
        let task = tokio::spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((station, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(server).await else { continue };
                calls.spawn(carry(station, server, Arc::clone(&shared), Arc::clone(&count)));
            }
        });
        Self { url, fault, uploaded, task }
    }

    /// Arms a fault; it strikes once.
    pub(crate) fn arm(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    /// True when the armed fault has struck.
    pub(crate) fn struck(&self) -> bool {
        *self.fault.lock().unwrap() == Fault::None
    }

    /// Bytes that have gone to the server so far.
    pub(crate) fn uploaded(&self) -> usize {
        self.uploaded.load(Ordering::Relaxed)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What to do with the next bytes.
enum Verdict {
    Pass,
    /// Pass this many, then hang up.
    Cut(usize),
    /// Pass this many, then hold the line.
    Hold(usize),
    Delay(usize),
    /// Pass; the answer to it is thrown away.
    Doom,
}

async fn carry(mut station: TcpStream, mut server: TcpStream, fault: Arc<Mutex<Fault>>, uploaded: Arc<AtomicUsize>) {
    let (mut up, mut down) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    let mut doomed = false;
    loop {
        tokio::select! {
            read = station.read(&mut up) => {
                let Ok(length @ 1..) = read else { return };
                let bytes = &up[..length];
                let (pass, end) = match going_up(&fault, bytes) {
                    Verdict::Pass => (length, None),
                    Verdict::Doom => { doomed = true; (length, None) }
                    Verdict::Cut(pass) => (pass, Some(false)),
                    Verdict::Hold(pass) => (pass, Some(true)),
                    Verdict::Delay(rate) => {
                        tokio::time::sleep(Duration::from_millis(10 * length.div_ceil(rate) as u64)).await;
                        (length, None)
                    }
                };
                uploaded.fetch_add(pass, Ordering::Relaxed);
                if server.write_all(&bytes[..pass]).await.is_err() {
                    return;
                }
                match end {
                    Some(true) => return std::future::pending().await,
                    Some(false) => return,
                    None => {}
                }
            }
            read = server.read(&mut down) => {
                let Ok(length @ 1..) = read else { return };
                if doomed {
                    return;
                }
                let pass = going_down(&fault, length);
                if station.write_all(&down[..pass]).await.is_err() || pass < length {
                    return;
                }
            }
        }
    }
}

fn going_up(fault: &Mutex<Fault>, bytes: &[u8]) -> Verdict {
    let mut fault = fault.lock().unwrap();
    match *fault {
        Fault::None | Fault::CutAnswer(_) => Verdict::Pass,
        Fault::Slow(rate) => Verdict::Delay(rate),
        Fault::LoseAnswer(request) if bytes.starts_with(request.as_bytes()) => {
            *fault = Fault::None;
            Verdict::Doom
        }
        Fault::LoseAnswer(_) => Verdict::Pass,
        Fault::CutUpload(left) if left <= bytes.len() => {
            *fault = Fault::None;
            Verdict::Cut(left)
        }
        Fault::CutUpload(left) => {
            *fault = Fault::CutUpload(left - bytes.len());
            Verdict::Pass
        }
        Fault::Freeze(left) if left <= bytes.len() => {
            *fault = Fault::None;
            Verdict::Hold(left)
        }
        Fault::Freeze(left) => {
            *fault = Fault::Freeze(left - bytes.len());
            Verdict::Pass
        }
    }
}

fn going_down(fault: &Mutex<Fault>, length: usize) -> usize {
    let mut fault = fault.lock().unwrap();
    let Fault::CutAnswer(left) = *fault else { return length };
    if left < length {
        *fault = Fault::None;
        left
    } else {
        *fault = Fault::CutAnswer(left - length);
        length
    }
}
