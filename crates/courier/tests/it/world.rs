//! A central system in this process, an enrolled courier, and parcels of made-up people.

use central::{Central, Server, Stats};
use courier::{Courier, Error, FileSource, Limits, Parcel};
use domain::{Applicant, Channel, CommandId, DossierCode, DossierId, FileHash, Office, StationId};
use protocol::{Command, CommandBody, DossierReceived, EnrollRequest, FileRef, SentComponent};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// Short enough for a test, long enough for a busy machine.
pub(crate) const LIMITS: Limits = Limits { connect: Duration::from_secs(2), stall: Duration::from_millis(1_500) };

pub(crate) struct World {
    pub(crate) server: Option<Server>,
    pub(crate) secret: String,
    dir: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let server = serve(&dir, "127.0.0.1:0".parse().unwrap()).await;
        let mut world = Self { server: Some(server), secret: String::new(), dir };
        let answer = Courier::new(&world.url(), None).unwrap().enroll(&world.request()).await.unwrap();
        assert_eq!(answer.office.as_str(), "H99.1");
        world.secret = answer.secret;
        world
    }

    /// An enrolment with a fresh token.
    pub(crate) fn request(&self) -> EnrollRequest {
        let token = self.open().enroll_token(&"H99.1".parse().unwrap(), "Máy 1").unwrap();
        EnrollRequest {
            token,
            office: None,
            station: StationId::from_bytes(fresh()),
            former: None,
            name: "Quầy số 1".into(),
        }
    }

    pub(crate) fn url(&self) -> String {
        self.server.as_ref().unwrap().url()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.as_ref().unwrap().address()
    }

    pub(crate) fn courier(&self) -> Courier {
        self.courier_by(&self.url())
    }

    /// The station, on another way to the server.
    pub(crate) fn courier_by(&self, url: &str) -> Courier {
        Courier::with_limits(url, Some(self.secret.clone()), LIMITS).unwrap()
    }

    /// Kills the server; what it held stays on the disk.
    pub(crate) fn kill(&mut self) -> SocketAddr {
        let address = self.address();
        self.server = None;
        address
    }

    pub(crate) async fn restart(&mut self, address: SocketAddr) {
        self.server = Some(serve(&self.dir, address).await);
    }

    pub(crate) fn stats(&self) -> Stats {
        self.open().stats().unwrap()
    }

    pub(crate) fn path_of(&self, hash: &FileHash) -> std::path::PathBuf {
        let name = hash.to_string();
        self.dir.path().join("files").join(&name[..2]).join(name)
    }

    fn open(&self) -> Central {
        Central::open(self.dir.path()).unwrap()
    }
}

async fn serve(dir: &TempDir, address: SocketAddr) -> Server {
    Server::start(Arc::new(Central::open(dir.path()).unwrap()), address).await.unwrap()
}

/// Files by hash, as the store would give them.
#[derive(Default, Clone)]
pub(crate) struct Shelf(pub(crate) BTreeMap<FileHash, Vec<u8>>);

impl FileSource for Shelf {
    fn read(&self, hash: &FileHash) -> Option<Vec<u8>> {
        self.0.get(hash).cloned()
    }
}

/// A dossier with these papers, under a provisional code.
pub(crate) fn parcel(papers: &[&[u8]]) -> (Parcel, Shelf) {
    let shelf: Shelf = Shelf(papers.iter().map(|bytes| (FileHash::of(bytes), bytes.to_vec())).collect());
    let files: Vec<_> = papers
        .iter()
        .map(|bytes| FileRef { sha256: FileHash::of(bytes), bytes: bytes.len() as u64, pages: 1 })
        .collect();
    let at = chrono::DateTime::parse_from_rfc3339("2026-11-23T08:00:00+07:00").unwrap();
    let received = DossierReceived {
        dossier: DossierId::from_bytes(fresh()),
        code: DossierCode::provisional(&"H99.1".parse().unwrap(), at.date_naive(), "3F2A", 1),
        provisional: true,
        office: Office {
            code: "H99.1".parse().unwrap(),
            parent: String::new(),
            name: "Trung tâm".into(),
            place: String::new(),
            address: String::new(),
            logo: None,
            phone: String::new(),
            lookup_url: String::new(),
            system: String::new(),
        },
        procedure: "1.001193".into(),
        procedure_name: "Đăng ký khai sinh".into(),
        case: None,
        channel: Channel::Counter,
        applicant: Applicant {
            id_number: "099090000001".into(),
            name: "Nguyễn Thị Đặng".into(),
            ..Applicant::default()
        },
        representative: None,
        received_at: at,
        due_at: at,
        clerk: "canbo".into(),
        components: files
            .iter()
            .zip(1..)
            .map(|(file, index)| SentComponent {
                reused_from: None,
                index,
                name: "Tờ khai".into(),
                originals: 1,
                copies: 0,
                certified: 0,
                file: Some(*file),
                check: None,
            })
            .collect(),
        note: String::new(),
        fields: Vec::new(),
        visit: None,
    };
    let id = CommandId::from_bytes(fresh());
    let command = Command { id, at, log: None, body: CommandBody::DossierReceived(Box::new(received)) };
    (Parcel { id, body: serde_json::to_vec(&command).unwrap(), files }, shelf)
}

/// Bytes that differ from test to test and from place to place.
pub(crate) fn paper(length: usize) -> Vec<u8> {
    let mut state = u64::from_le_bytes(fresh()[8..].try_into().unwrap());
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(length)
    .collect()
}

fn fresh() -> [u8; 16] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    (0x019a_aaaa_0000_7000_8000_0000_0000_0000_u128 + number).to_be_bytes()
}

/// Asserts that an attempt failed in a way that the outbox tries again by itself.
pub(crate) fn transient<T: std::fmt::Debug>(result: Result<T, Error>, why: &str) -> Error {
    let error = result.expect_err(why);
    assert!(error.is_transient(), "{why}: {error:?}");
    assert_eq!(error.attempt(), domain::outbox::Attempt::Failed, "{why}");
    error
}
