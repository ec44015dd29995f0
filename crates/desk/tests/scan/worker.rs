//! The program: the desk with the real SANE driver, in a process that can be killed at any moment.

use crate::feeder::{Blow, Feeder};
use chrono::FixedOffset;
use desk::view::{DossierView, PageProgress, ScanRequest};
use desk::{Clock, Desk, DossierId, NewStation, PageId, Parts};
use devices::{JobState, PrintError, PrintJob, PrintRequest, Printer, PrinterInfo, Sane, Scanners};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub(crate) const PASSWORD: &str = "mat-khau-mau";

/// Marks the worker's lines among those of the test harness.
pub(crate) const MARK: u8 = b'@';

const ROLE: &str = "MOTCUA_SCAN_ROLE";

/// What one life is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) data: PathBuf,
    pub(crate) stand: PathBuf,
    /// The dossier whose stack goes on; a new one where there is none.
    pub(crate) dossier: Option<DossierId>,
    /// Sheets in its stack.
    pub(crate) sheets: usize,
    /// The blows still to come, one a run.
    pub(crate) blows: Vec<Blow>,
}

/// One line of the worker: what a clerk reads on the screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Said {
    /// The dossier, and the pages that are shown in it.
    Shows { dossier: DossierId, pages: Vec<PageId> },
    /// A page appeared.
    Page(PageId),
    /// A run is over, with this many pages received in it.
    Ran { received: u32, error: Option<String> },
    /// The whole stack is in.
    Done,
}

/// This program again, to live the life of `task`.
pub(crate) fn start(task: &Task, log: std::fs::File) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([crate::PLAYS, "--exact", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, serde_json::to_string(task).unwrap());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).spawn().unwrap()
}

/// Lives the life this process was started for and ends; comes back at once where there is none.
pub(crate) fn play() {
    let Ok(task) = std::env::var(ROLE) else { return };
    // Nobody who waits for a parent that is gone.
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(0);
    });
    std::io::stdout().write_all(b"\n").unwrap();
    work(&serde_json::from_str(&task).unwrap());
    std::process::exit(0);
}

fn work(task: &Task) {
    let stand = Feeder(&task.stand);
    let desk = enter(task, &stand);
    let dossier = task.dossier.unwrap_or_else(|| {
        let id = desk.new_dossier().unwrap().id;
        desk.choose_procedure(id, "1.004088", None).unwrap();
        id
    });
    let mut blows = task.blows.iter();
    loop {
        let pages = pages(&desk.open_dossier(dossier).unwrap());
        let count = pages.len();
        say(&Said::Shows { dossier, pages });
        if count >= task.sheets {
            return say(&Said::Done);
        }
        stand.top(count + 1);
        stand.strike(blows.next().copied());
        let request = ScanRequest {
            device: "sane:paper:0".into(),
            blank: Some(domain::BlankPolicy::Keep),
            ..ScanRequest::default()
        };
        let outcome = desk.scan(dossier, 1, &request, &mut |progress| {
            if let PageProgress::Page { page, .. } = progress {
                say(&Said::Page(page.id));
            }
        });
        let outcome = outcome.unwrap();
        say(&Said::Ran { received: outcome.received, error: outcome.error.map(|error| format!("{:?}", error.code)) });
    }
}

fn pages(view: &DossierView) -> Vec<PageId> {
    view.components.iter().flat_map(|component| &component.pages).map(|page| page.id).collect()
}

fn enter(task: &Task, stand: &Feeder<'_>) -> Desk {
    let sane = Sane::new().with_program(stand.program()).with_temp_dir(stand.passage());
    let parts = Parts {
        scanners: Box::new(Scanners::new().with("sane", sane)),
        network: devices::escl::Network::default(),
        printer: Box::new(NoPrinter),
        clock: Clock::system(FixedOffset::east_opt(7 * 3600).unwrap()),
        machine: Some("may-1".into()),
    };
    let desk = if store::Vault::exists(&task.data) {
        Desk::open(&task.data, parts).unwrap()
    } else {
        let new = NewStation {
            office: crate::office::office(),
            station: "Quầy 1".into(),
            training: true,
            password: PASSWORD.into(),
        };
        Desk::create(&task.data, &new, parts).unwrap()
    };
    desk.sign_in("clerk", PASSWORD).unwrap();
    desk
}

/// Says it in one write: a line is either heard whole or not at all.
fn say(said: &Said) {
    let mut line = vec![MARK];
    serde_json::to_writer(&mut line, said).unwrap();
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line).and_then(|()| out.flush()).unwrap();
}

/// Nothing is printed here.
struct NoPrinter;

impl Printer for NoPrinter {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        Ok(Vec::new())
    }

    fn print(&self, _: &[u8], _: &PrintRequest) -> Result<PrintJob, PrintError> {
        Ok(PrintJob { printer: String::new(), job: String::new() })
    }

    fn state(&self, _: &PrintJob) -> Result<JobState, PrintError> {
        Ok(JobState::Finished)
    }
}
