//! A central system on a free port, and what stations say to it, written as the JSON on the wire.

use crate::http::{Answer, send};
use central::{Central, Clock, Server};
use domain::FileHash;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) const OFFICE: &str = "H99.1";

/// A running central system over a folder of its own.
pub(crate) struct World {
    pub(crate) central: Arc<Central>,
    server: Option<Server>,
    runtime: Runtime,
    pub(crate) dir: TempDir,
}

/// A station that was enrolled.
pub(crate) struct Station {
    pub(crate) address: SocketAddr,
    pub(crate) bearer: String,
    pub(crate) enrolled: Value,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::start(|dir| Central::open(dir).unwrap(), Duration::from_secs(15))
    }

    pub(crate) fn with_clock(clock: Clock) -> Self {
        Self::start(|dir| Central::open_at(dir, clock).unwrap(), Duration::from_secs(15))
    }

    pub(crate) fn with_slow_headers(limit: Duration) -> Self {
        Self::start(|dir| Central::open(dir).unwrap(), limit)
    }

    fn start(open: impl FnOnce(&Path) -> Central, slow_headers: Duration) -> Self {
        let dir = TempDir::new().unwrap();
        let central = Arc::new(open(dir.path()));
        let runtime = Runtime::new().unwrap();
        let any = "127.0.0.1:0".parse().unwrap();
        let server = runtime.block_on(Server::start_with(Arc::clone(&central), any, slow_headers)).unwrap();
        Self { central, server: Some(server), runtime, dir }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.as_ref().unwrap().address()
    }

    /// Cuts everything off as a crash does, and starts again on the same folder, at another port.
    pub(crate) fn crash(self) -> Self {
        let Self { central, server, runtime, dir } = self;
        drop((server, runtime, central));
        let central = Arc::new(Central::open(dir.path()).unwrap());
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Server::start(Arc::clone(&central), "127.0.0.1:0".parse().unwrap())).unwrap();
        Self { central, server: Some(server), runtime, dir }
    }

    pub(crate) fn token(&self, office: &str) -> String {
        self.central.enroll_token(&office.parse().unwrap(), "Máy 1").unwrap()
    }

    pub(crate) fn enroll(&self, token: &str, station: &str) -> Answer {
        let body = json!({ "token": token, "station": station, "name": "Quầy số 1" }).to_string();
        send(self.address(), "POST", "/v1/enroll", &[], Some(body.as_bytes()))
    }

    pub(crate) fn station(&self) -> Station {
        self.station_of(OFFICE)
    }

    pub(crate) fn station_of(&self, office: &str) -> Station {
        let answer = self.enroll(&self.token(office), &id());
        assert_eq!(answer.status, 200, "{answer:?}");
        let enrolled = answer.json();
        let bearer = format!("Bearer {}", enrolled["secret"].as_str().unwrap());
        Station { address: self.address(), bearer, enrolled }
    }

    pub(crate) fn stats(&self) -> (u64, u64, u64, u64) {
        let stats = self.central.stats().unwrap();
        (stats.dossiers, stats.files, stats.bytes, stats.stations)
    }

    /// Every file below the folder of files, by name.
    pub(crate) fn on_disk(&self) -> Vec<String> {
        let mut names = Vec::new();
        for shard in std::fs::read_dir(self.dir.path().join("files")).unwrap().flatten() {
            for file in std::fs::read_dir(shard.path()).unwrap().flatten() {
                names.push(format!("{}/{}", shard.file_name().to_string_lossy(), file.file_name().to_string_lossy()));
            }
        }
        names
    }

    pub(crate) fn path_of(&self, hash: &str) -> std::path::PathBuf {
        self.dir.path().join("files").join(&hash[..2]).join(hash)
    }
}

impl Station {
    pub(crate) fn send(&self, method: &str, path: &str, body: Option<&[u8]>) -> Answer {
        send(self.address, method, path, &[("authorization", &self.bearer)], body)
    }

    pub(crate) fn put(&self, bytes: &[u8]) -> Answer {
        self.send("PUT", &format!("/v1/files/{}", FileHash::of(bytes)), Some(bytes))
    }

    pub(crate) fn submit(&self, key: &str, body: &[u8]) -> Answer {
        let headers = [("authorization", self.bearer.as_str()), ("idempotency-key", key)];
        send(self.address, "POST", "/v1/commands", &headers, Some(body))
    }

    /// Submits a command under its own id.
    pub(crate) fn say(&self, command: &Value) -> Answer {
        self.submit(command["id"].as_str().unwrap(), command.to_string().as_bytes())
    }

    pub(crate) fn lease(&self, from: &str) -> Answer {
        self.send("POST", "/v1/leases", Some(json!({ "from": from }).to_string().as_bytes()))
    }
}

/// A fresh id.
pub(crate) fn id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("019aaaaa-0000-7000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A command for a new dossier of a made-up person.
pub(crate) fn received(code: &str, provisional: bool, files: &[&[u8]]) -> Value {
    let components: Vec<_> = files
        .iter()
        .zip(1..)
        .map(|(bytes, index)| {
            let file = json!({ "sha256": FileHash::of(bytes).to_string(), "bytes": bytes.len(), "pages": 1 });
            json!({ "index": index, "name": "Tờ khai", "originals": 1, "copies": 0, "certified": 0, "file": file })
        })
        .collect();
    json!({
        "id": id(),
        "at": "2026-11-23T08:00:00+07:00",
        "body": {
            "kind": "dossier_received",
            "dossier": id(),
            "code": code,
            "provisional": provisional,
            "office": {
                "code": OFFICE, "parent": "UBND", "name": "Trung tâm", "place": "Nơi ấy", "phone": "",
                "lookup_url": "", "system": ""
            },
            "procedure": "1.001193",
            "procedure_name": "Đăng ký khai sinh",
            "case": null,
            "channel": "counter",
            "applicant": { "id_number": "099090000001", "name": "Nguyễn Thị Đặng", "address": "Thôn Một" },
            "received_at": "2026-11-23T08:00:00+07:00",
            "due_at": "2026-11-26T08:00:00+07:00",
            "clerk": "canbo",
            "components": components,
            "note": ""
        }
    })
}
