//! The real central system in this process, on loopback: started, killed, started again on the same folder.

use central::{Central, Server, Stats};
use chrono::{DateTime, FixedOffset};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) struct Capital {
    server: Option<Server>,
    address: SocketAddr,
    dir: TempDir,
}

impl Capital {
    pub(crate) async fn start() -> Self {
        let dir = TempDir::new().unwrap();
        let server = serve(&dir, "127.0.0.1:0".parse().unwrap()).await;
        Self { address: server.address(), server: Some(server), dir }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Pulls the plug; what is on the disk stays.
    pub(crate) fn kill(&mut self) {
        self.server = None;
    }

    /// Starts again on the same folder and the same address.
    pub(crate) async fn restart(&mut self) {
        self.kill();
        self.server = Some(serve(&self.dir, self.address).await);
    }

    /// A token for a station of `office`.
    pub(crate) fn token(&self, office: &str) -> String {
        self.open().enroll_token(&office.parse().unwrap(), "Quầy 1").unwrap()
    }

    pub(crate) fn stats(&self) -> Stats {
        self.open().stats().unwrap()
    }

    pub(crate) fn holds(&self, hash: &domain::FileHash) -> Option<Vec<u8>> {
        let name = hash.to_string();
        std::fs::read(self.dir.path().join("files").join(&name[..2]).join(name)).ok()
    }

    fn open(&self) -> Central {
        Central::open_at(self.dir.path(), morning).unwrap()
    }
}

async fn serve(dir: &TempDir, address: SocketAddr) -> Server {
    Server::start(Arc::new(Central::open_at(dir.path(), morning).unwrap()), address).await.unwrap()
}

/// The central system's clock stands still on the day of the tests.
fn morning() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(crate::world::MORNING).unwrap()
}
