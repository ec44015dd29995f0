//! The worker: the desk as a clerk runs it, in a process of its own that can be killed at any moment.

use crate::clerk::Clerk;
use crate::devices::{Feeder, Press};
use crate::dice::Dice;
use crate::said::{Kind, Said, Seen, say};
use chrono::FixedOffset;
use desk::{Clock, Desk, DossierId, Error, ErrorCode, NewStation, Parts};
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(crate) const PASSWORD: &str = "mat-khau-mau";

/// What one life of the worker is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) data: PathBuf,
    pub(crate) papers: PathBuf,
    pub(crate) tally: PathBuf,
    pub(crate) seed: u64,
    /// Papers and people of this life count from here, so that no two lives hand in the same.
    pub(crate) serial: u64,
    /// Dossiers to show first.
    pub(crate) ask: Vec<DossierId>,
    /// Address and token of the central system to join.
    pub(crate) join: Option<(String, String)>,
    /// The use case at which the fault is let loose; none: it has been loose since the start.
    pub(crate) aim: Option<Kind>,
    /// Go on after a fault that does not kill, and show that everything works again once so many calls were counted.
    pub(crate) heal: Option<u64>,
    /// The outbox is also sent by the loop that runs beside the window.
    pub(crate) beside: bool,
    /// A file that fills the disk, up to so many bytes that are left free.
    pub(crate) ballast: Option<(PathBuf, u64)>,
    /// A paper that has to be handed in first.
    pub(crate) retry: Option<u64>,
}

/// Lives the life of `task`; it ends only by force.
pub(crate) fn work(task: &Task) -> ! {
    end_with_parent();
    // The harness may have begun a line.
    std::io::stdout().write_all(b"\n").unwrap();
    let tally = Tally::open(&task.tally);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let feeder = Feeder::default();
    let ballast = Ballast::new(task);
    if task.retry.is_none() {
        ballast.fill();
    }
    let desk = Arc::new(enter(task, &feeder, &ballast, &tally));
    if let Some((url, token)) = &task.join {
        while let Err(error) = runtime.block_on(desk.enroll(url, token)) {
            say(&Said::Failed { code: code(&error) });
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let (opening, drafts) = (tally.calls(), drafts(&desk));
    say(&Said::Ready { drafts, calls: opening });
    if task.beside {
        let own = Arc::clone(&desk);
        runtime.spawn(async move { own.keep_syncing().await });
    }
    let mut clerk = Clerk::new(desk, runtime, feeder, task, tally, ballast);
    for id in &task.ask {
        clerk.show(*id);
    }
    clerk.work();
    wait();
}

/// Nothing more to do: the end comes from outside.
fn wait() -> ! {
    say(&Said::Alive);
    loop {
        std::thread::park();
    }
}

/// Opens the station, or makes it; as often as it takes, since a fault may strike here too.
fn enter(task: &Task, feeder: &Feeder, ballast: &Ballast, tally: &Tally) -> Desk {
    let mut attempts = 0;
    loop {
        match try_enter(task, feeder) {
            Ok(desk) => return desk,
            Err(error) if attempts < 20 => say(&Said::Failed { code: code(&error) }),
            Err(error) => {
                say(&Said::Broken(format!("the station does not open: {error:?}")));
                wait();
            }
        }
        // While the fault lasts every try is in vain.
        attempts += u32::from(task.heal.is_none_or(|calls| tally.calls() >= calls));
        if attempts == 3 {
            ballast.free();
        }
    }
}

fn try_enter(task: &Task, feeder: &Feeder) -> Result<Desk, Error> {
    let east = FixedOffset::east_opt(7 * 3600).unwrap();
    let parts = Parts {
        scanners: Box::new(feeder.clone()),
        network: devices::escl::Network::default(),
        printer: Box::new(Press),
        clock: Clock::system(east),
        machine: Some("may-1".into()),
    };
    let desk = if store::Vault::exists(&task.data) {
        Desk::open(&task.data, parts)?
    } else {
        let new = NewStation {
            office: crate::office::office(),
            station: "Quầy 1".into(),
            training: true,
            password: PASSWORD.into(),
        };
        Desk::create(&task.data, &new, parts)?
    };
    desk.sign_in("clerk", PASSWORD)?;
    Ok(desk)
}

fn drafts(desk: &Desk) -> Vec<DossierId> {
    desk.today_view().unwrap().drafts.iter().map(|row| row.id).collect()
}

/// Shows one dossier, if the desk lets it.
pub(crate) fn shown(desk: &Desk, id: DossierId) -> Result<Seen, Error> {
    desk.open_dossier(id).map(|view| Seen::shown(&view))
}

pub(crate) fn code(error: &Error) -> String {
    match error.code().0 {
        code @ (ErrorCode::DiskRefused | ErrorCode::Internal | ErrorCode::DataDamaged) => format!("{code:?} {error:?}"),
        code => format!("{code:?}"),
    }
}

/// Nobody who waits for a parent that is gone.
pub(crate) fn end_with_parent() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(0);
    });
}

/// The numbers that the shim and the test share: calls counted, calls struck, whether it is armed.
pub(crate) struct Tally(std::fs::File);

impl Tally {
    pub(crate) fn open(path: &std::path::Path) -> Self {
        Self(OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).unwrap())
    }

    pub(crate) fn reset(&self, armed: bool) {
        let mut numbers = [0; 24];
        numbers[16] = u8::from(armed);
        self.0.write_all_at(&numbers, 0).unwrap();
    }

    pub(crate) fn arm(&self) {
        self.0.write_all_at(&[1], 16).unwrap();
    }

    pub(crate) fn calls(&self) -> u64 {
        self.number(0)
    }

    pub(crate) fn struck(&self) -> u64 {
        self.number(8)
    }

    fn number(&self, at: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.read_exact_at(&mut bytes, at).unwrap();
        u64::from_ne_bytes(bytes)
    }
}

/// What fills the disk.
pub(crate) struct Ballast(Option<(PathBuf, u64)>);

impl Ballast {
    fn new(task: &Task) -> Self {
        Self(task.ballast.clone())
    }

    /// Whether this life is about a full disk, and it is full.
    pub(crate) fn weighs(&self) -> Option<bool> {
        self.0.as_ref().map(|(path, _)| path.exists())
    }

    /// Writes until nothing more goes in, then gives back what is to stay free.
    fn fill(&self) {
        let Some((path, spare)) = &self.0 else { return };
        let mut file = std::fs::File::create(path).unwrap();
        let mut bytes = 0_u64;
        while file.write_all(&[0; 4096]).is_ok() {
            bytes += 4096;
        }
        file.set_len(bytes.saturating_sub(*spare)).unwrap();
    }

    pub(crate) fn free(&self) {
        if let Some((path, _)) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Chance of this life.
pub(crate) fn dice(task: &Task) -> Dice {
    Dice::new(task.seed)
}
