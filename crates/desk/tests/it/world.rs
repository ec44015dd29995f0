//! One counter: its folder, its clock, what is plugged in; and a made-up person at it.

use crate::capital::Capital;
use crate::feeder::{FEEDER, Feeder};
use crate::press::Press;
use chrono::{DateTime, FixedOffset, TimeDelta};
use desk::view::{ApplicantForm, DossierView, PageProgress, PaperCounts, RunOutcome, ScanRequest};
use desk::{Clock, Desk, DossierId, Error, NewStation, Parts};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use store::{Store, Vault};
use tempfile::TempDir;

/// When a test's day begins: a Monday that works.
pub(crate) const MORNING: &str = "2026-11-23T08:15:00+07:00";
pub(crate) const PASSWORD: &str = "mat-khau-mau";
pub(crate) use crate::office::{CODE as OFFICE, office};
/// Marriage: one paper that must be handed in, one that may be, two that are shown.
pub(crate) const MARRIAGE: &str = "1.000894";
/// Birth: two papers that must be handed in.
pub(crate) const BIRTH: &str = "1.001193";
/// A card of a made-up person.
pub(crate) const CARD: &str = "099190000001||NGUYỄN THỊ ĐẶNG|02011990|Nữ|Thôn 1, xã An Mẫu|01012022";

/// A clock that a test moves.
#[derive(Clone)]
pub(crate) struct Wall(Arc<Mutex<DateTime<FixedOffset>>>);

impl Wall {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(DateTime::parse_from_rfc3339(MORNING).unwrap())))
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }

    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        *self.0.lock().unwrap()
    }
}

pub(crate) struct Station {
    pub(crate) dir: TempDir,
    pub(crate) feeder: Arc<Feeder>,
    pub(crate) press: Arc<Press>,
    pub(crate) wall: Wall,
    /// What the machine is called; a test may move the folder to another.
    pub(crate) machine: Mutex<Option<String>>,
}

impl Station {
    /// A new training station, with the clerk signed in.
    pub(crate) fn new() -> (Self, Arc<Desk>) {
        let (station, desk) = Self::created();
        desk.sign_in("clerk", PASSWORD).unwrap();
        (station, desk)
    }

    /// A new training station with nobody at it.
    pub(crate) fn created() -> (Self, Arc<Desk>) {
        let station = Self {
            dir: TempDir::new().unwrap(),
            feeder: Arc::default(),
            press: Arc::default(),
            wall: Wall::new(),
            machine: Mutex::new(Some("may-1".into())),
        };
        let new =
            NewStation { office: office(), station: "Quầy 1".into(), training: true, password: PASSWORD.into() };
        let desk = Desk::create(&station.data(), &new, station.parts()).unwrap();
        (station, Arc::new(desk))
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("station")
    }

    /// A folder of the clerk's own.
    pub(crate) fn papers(&self) -> PathBuf {
        let path = self.dir.path().join("papers");
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    pub(crate) fn parts(&self) -> Parts {
        let wall = self.wall.clone();
        Parts {
            scanners: Box::new(crate::feeder::Plug(Arc::clone(&self.feeder))),
            network: devices::escl::Network::default(),
            printer: Box::new(crate::press::Plug(Arc::clone(&self.press))),
            clock: Clock::of(move || wall.now()),
            machine: self.machine.lock().unwrap().clone(),
        }
    }

    /// Ends the program, then starts it again with the clerk signed in.
    pub(crate) fn reopen(&self, desk: Arc<Desk>) -> Arc<Desk> {
        assert_eq!(Arc::strong_count(&desk), 1, "the test must let go of the desk first");
        drop(desk);
        let desk = Desk::open(&self.data(), self.parts()).unwrap();
        desk.sign_in("clerk", PASSWORD).unwrap();
        Arc::new(desk)
    }

    /// Ends the program and looks into its store, past every rule of the desk.
    pub(crate) fn look_inside<T>(&self, desk: Arc<Desk>, look: impl FnOnce(&Store) -> T) -> T {
        assert_eq!(Arc::strong_count(&desk), 1, "the test must let go of the desk first");
        drop(desk);
        look_inside(&self.data(), look)
    }
}

/// Looks into the store of a station that no program has open.
pub(crate) fn look_inside<T>(data: &Path, look: impl FnOnce(&Store) -> T) -> T {
    let vault = Vault::open(data).unwrap();
    let key = vault.unlock("clerk", PASSWORD).unwrap();
    look(&vault.store(&key).unwrap())
}

/// A made-up person, one for each `n`.
pub(crate) fn person(n: u32) -> ApplicantForm {
    ApplicantForm {
        id_number: format!("0991900{n:05}"),
        name: format!("Nguyễn Thị Mẫu {n}"),
        address: "Thôn 1, xã An Mẫu".into(),
        ..ApplicantForm::default()
    }
}

/// A draft with an applicant and a procedure, and no paper yet.
pub(crate) fn draft(desk: &Desk, n: u32) -> DossierId {
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &person(n)).unwrap();
    desk.choose_procedure(id, MARRIAGE, None).unwrap();
    id
}

/// A draft that lacks nothing; its one paper is counted, not scanned.
pub(crate) fn counted(desk: &Desk, n: u32) -> DossierId {
    let id = draft(desk, n);
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    id
}

/// An accepted dossier.
pub(crate) fn accepted(desk: &Desk, n: u32) -> DossierView {
    desk.accept(counted(desk, n)).unwrap()
}

pub(crate) fn request() -> ScanRequest {
    ScanRequest { device: FEEDER.into(), ..ScanRequest::default() }
}

/// Scans what lies in the feeder.
pub(crate) fn scan(desk: &Desk, id: DossierId, component: u32) -> Result<RunOutcome, Error> {
    desk.scan(id, component, &request(), &mut |_| {})
}

/// Imports files; says what was refused, by name and code.
pub(crate) fn import(
    desk: &Desk,
    id: DossierId,
    component: u32,
    files: &[PathBuf],
) -> (RunOutcome, Vec<(String, desk::ErrorCode)>) {
    let mut refused = Vec::new();
    let outcome = desk.import_files(id, component, files, &mut |progress| {
        if let PageProgress::Refused { name, error } = progress {
            refused.push((name, error.code));
        }
    });
    (outcome.unwrap(), refused)
}

/// Brings in a catalogue of these words.
pub(crate) fn bring_in(desk: &Desk, text: &str) -> Result<desk::CatalogueImport, Error> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    desk.import_catalogue(file.path(), &mut |_| true)
}

/// Joins the station to `capital` by `url`.
pub(crate) async fn enroll(desk: &Desk, capital: &Capital, url: &str) {
    desk.enroll(url, &capital.token(OFFICE)).await.unwrap();
}
