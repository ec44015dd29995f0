//! The listening loop: limits on connections and slow headers, and an orderly end.
//!
//! One process serves a folder; a lock file says so. Stopping lets requests that are under way finish.

use crate::central::Central;
use crate::error::Error;
use crate::http::router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinHandle, JoinSet};

/// A client that has not sent its headers by then is cut off.
const SLOW_HEADERS: Duration = Duration::from_secs(15);

/// Connections at a time; more wait in the system's queue.
const CONNECTIONS: usize = 512;

/// How long requests under way may take when the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How long a predecessor on the same folder may take to end.
const PREDECESSOR: Duration = Duration::from_secs(3);

/// A central system that listens (hệ thống trung tâm đang chạy). Dropping it cuts everything at once, as a crash does.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: Task,
}

/// Ends its task with itself.
#[derive(Debug)]
struct Task(JoinHandle<()>);

impl Server {
    /// Starts to serve `central` on `address`; port 0 picks a free one.
    ///
    /// # Errors
    /// [`Error::InUse`] when another process serves the folder, [`Error::Listen`].
    pub async fn start(central: Arc<Central>, address: SocketAddr) -> Result<Self, Error> {
        Self::start_with(central, address, SLOW_HEADERS).await
    }

    /// Starts as [`Server::start`] does, with another limit for headers to arrive.
    ///
    /// # Errors
    /// Those of [`Server::start`].
    pub async fn start_with(central: Arc<Central>, address: SocketAddr, slow_headers: Duration) -> Result<Self, Error> {
        let lock = lock(&central).await?;
        central.files.sweep()?;
        let listener = TcpListener::bind(address).await.map_err(Error::listen(&address))?;
        let bound = listener.local_addr().map_err(Error::listen(&address))?;
        let (stop, stopped) = oneshot::channel();
        let task = Task(tokio::spawn(async move {
            serve(central, listener, slow_headers, stopped).await;
            drop(lock);
        }));
        Ok(Self { address: bound, stop, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as a URL, as `courier` takes it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes no more connections, lets the requests under way finish, and ends.
    pub async fn stop(self) {
        let Self { stop, mut task, .. } = self;
        // The task listens to nothing else; it can only have ended already.
        let _ = stop.send(());
        let _ = (&mut task.0).await;
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn serve(
    central: Arc<Central>,
    listener: TcpListener,
    slow_headers: Duration,
    mut stopped: oneshot::Receiver<()>,
) {
    let router = router(central);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    // Connections end with this set, also when the whole task is aborted.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            Some(_) = connections.join_next() => continue,
            // A sender that is gone means that nobody can stop us in order any more.
            _ = &mut stopped => break,
        };
        let Some((stream, place)) = accepted else { continue };
        let service = TowerToHyperService::new(router.clone());
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(slow_headers)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        connections.spawn(async move {
            // A peer that goes away or speaks no HTTP is its own affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Answers are small; waiting to fill a packet only delays them.
            let _ = stream.set_nodelay(true);
            Some((stream, place))
        }
        Err(error) => {
            tracing::warn!(%error, "cannot take a connection");
            // Out of file handles, most likely: trying at once would only burn the processor.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

async fn lock(central: &Central) -> Result<File, Error> {
    let path = central.dir().join("serve.lock");
    let file = File::create(&path).map_err(Error::io(&path))?;
    let began = tokio::time::Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(Error::io(&path)(error)),
            Err(TryLockError::WouldBlock) if began.elapsed() > PREDECESSOR => {
                return Err(Error::InUse(central.dir().to_owned()));
            }
            Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
