//! What this machine serves over TLS itself: a certificate that nobody vouches for, and connections whose number and time are
//! bounded before anybody has shown who they are.

mod identity;

pub use identity::{Identity, NoIdentity};

use axum::{Extension, Router};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::fmt::Write;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// Who speaks on a connection; with every request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What strangers may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Connections at a time.
    pub(crate) connections: usize,
    /// Those of one address.
    pub(crate) of_one: usize,
    /// What a stranger gets to speak TLS, and then to send a request's head.
    pub(crate) patience: Duration,
}

/// A server on a thread of its own; dropped, it ends, and is waited for.
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `router` from now on, with the [`Peer`] of each request in it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start(
        name: &str,
        listener: std::net::TcpListener,
        acceptor: TlsAcceptor,
        router: Router,
        bounds: Bounds,
    ) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
            runtime.block_on(serve(listener, acceptor, router, bounds, stopped));
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Listens, and says where in the end.
///
/// # Errors
/// When the address is not there or taken.
pub(crate) fn listen(asked: SocketAddr) -> io::Result<(std::net::TcpListener, SocketAddr)> {
    let listener = std::net::TcpListener::bind(asked)?;
    listener.set_nonblocking(true)?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}

/// The address by which other machines of the office reach this one. Nothing is sent.
pub(crate) fn own_address() -> IpAddr {
    let routed = || -> std::io::Result<IpAddr> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        // An address for examples (RFC 5737): only the way to it is asked for.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        Ok(socket.local_addr()?.ip())
    };
    let usable = |address: &IpAddr| !address.is_loopback() && !address.is_unspecified();
    let first = || {
        let all = if_addrs::get_if_addrs().unwrap_or_default();
        all.into_iter().map(|one| one.ip()).find(|address| address.is_ipv4() && usable(address))
    };
    routed().ok().filter(usable).or_else(first).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

/// Thirty-two hexadecimal digits that nobody guesses.
pub(crate) fn secret() -> Result<String, NoIdentity> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| NoIdentity)?;
    Ok(bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Serves until `stopped`.
async fn serve(
    listener: std::net::TcpListener,
    acceptor: TlsAcceptor,
    router: Router,
    bounds: Bounds,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    let mut places = Places::new(bounds);
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            _ = &mut stopped => break,
        };
        let Ok((stream, from)) = accepted else {
            // Out of file handles, most likely: trying at once would only burn the processor.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // Whoever comes when all places are taken is a stranger that takes them.
        let Some(place) = places.take(from.ip()) else { continue };
        let (acceptor, router) = (acceptor.clone(), router.clone().layer(Extension(Peer(from.ip()))));
        connections.spawn(async move {
            talk(stream, acceptor, router, bounds.patience).await;
            drop(place);
        });
    }
    // The last answer is on its way.
    let last = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(Duration::from_millis(300), last).await;
}

async fn talk(stream: TcpStream, acceptor: TlsAcceptor, router: Router, patience: Duration) {
    let _ = stream.set_nodelay(true);
    let Ok(Ok(stream)) = tokio::time::timeout(patience, acceptor.accept(stream)).await else { return };
    let service = TowerToHyperService::new(router);
    // A peer that goes away or speaks no HTTP is its own affair.
    let _ = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Places for connections, in all and for each address.
struct Places {
    bounds: Bounds,
    all: Arc<Semaphore>,
    each: HashMap<IpAddr, Arc<Semaphore>>,
}

impl Places {
    fn new(bounds: Bounds) -> Self {
        Self { bounds, all: Arc::new(Semaphore::new(bounds.connections)), each: HashMap::new() }
    }

    fn take(&mut self, from: IpAddr) -> Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
        let of_one = self.bounds.of_one;
        // Only who has a connection is remembered.
        self.each.retain(|_, own| own.available_permits() < of_one);
        let own = self.each.entry(from).or_insert_with(|| Arc::new(Semaphore::new(of_one)));
        let own = Arc::clone(own).try_acquire_owned().ok()?;
        Some((own, Arc::clone(&self.all).try_acquire_owned().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_every_place() {
        let mut places = Places::new(Bounds { connections: 3, of_one: 2, patience: Duration::ZERO });
        let [one, two, three] = [1, 2, 3].map(|n| IpAddr::from([192, 0, 2, n]));
        let held = (places.take(one), places.take(one));
        assert!(held.0.is_some() && held.1.is_some());
        assert!(places.take(one).is_none(), "its own are taken");
        let other = places.take(two);
        assert!(other.is_some() && places.take(three).is_none(), "all are taken");
        drop(held);
        assert!(places.take(one).is_some());
        assert!(places.each.len() <= 3);
    }
}
