//! One station under test: its folder, its central system, its witness, and one life of the worker after the other.

use crate::capital::Capital;
use crate::dice::Dice;
use crate::disk::Disk;
use crate::faults::{Fault, Plan};
use crate::papers;
use crate::role::{Role, spawn, start};
use crate::said::{MARK, Said};
use crate::witness::Witness;
use crate::worker::{Tally, Task};
use domain::FileHash;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A worker that says nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Papers of one life are numbered within so many.
const A_LIFE: u64 = 10_000;

/// How far a life goes that no fault ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Ready,
    End,
}

pub(crate) struct Station {
    pub(crate) witness: Witness,
    pub(crate) capital: Capital,
    pub(crate) key: Option<store::DataKey>,
    pub(crate) data: PathBuf,
    shim: PathBuf,
    serial: u64,
    opening: Duration,
    ballast: Option<PathBuf>,
    /// Half files that were put there on purpose, and may never have been needed.
    pub(crate) rotten: BTreeSet<FileHash>,
    tally: Tally,
    /// Last, so that nothing lies on it any more when it goes.
    disk: Option<Disk>,
    dir: TempDir,
}

impl Station {
    /// A folder with nothing in it yet, on a small disk of its own if one is given.
    pub(crate) fn empty(shim: &Path, serial: u64, disk: Option<Disk>) -> Self {
        let dir = TempDir::with_prefix_in("motcua-crash-", ground()).unwrap();
        std::fs::create_dir(dir.path().join("papers")).unwrap();
        let place = disk.as_ref().map_or(dir.path(), Disk::path);
        Self {
            witness: Witness::default(),
            capital: Capital::start(&dir.path().join("central")),
            key: None,
            data: place.join("data"),
            shim: shim.to_owned(),
            serial,
            opening: Duration::from_millis(300),
            ballast: disk.as_ref().map(|disk| disk.path().join("ballast")),
            rotten: BTreeSet::new(),
            tally: Tally::open(&dir.path().join("tally")),
            disk,
            dir,
        }
    }

    /// A station that is made and joined to its central system without any fault.
    pub(crate) fn made(shim: &Path, serial: u64, disk: Option<Disk>) -> Self {
        let mut station = Self::empty(shim, serial, disk);
        station.settle();
        station
    }

    /// One life without a fault, up to the moment the worker is ready.
    pub(crate) fn settle(&mut self) {
        let join = Some((self.capital.url(), self.capital.token()));
        self.run(&Plan::none(0), join, Until::Ready);
    }

    /// One life without a fault, that only shows what there is.
    pub(crate) fn settle_again(&mut self) {
        self.run(&Plan::none(2), None, Until::Ready);
    }

    /// One life without a fault that ends only after a whole intake went through.
    pub(crate) fn prove(&mut self) {
        self.run(&Plan::none(1), None, Until::End);
    }

    pub(crate) fn plan(&self, fault: Fault, dice: &mut Dice) -> Plan {
        let opening = (self.witness.opening.max(20), self.opening);
        Plan::throw(fault, dice, &self.witness.spans, opening)
    }

    pub(crate) fn shim(&self) -> &Path {
        &self.shim
    }

    /// Fails the test with what was found since the last time.
    pub(crate) fn must_be_fine(&mut self, when: &str) {
        let findings: Vec<String> = self.witness.findings.drain(..).map(|finding| finding.to_string()).collect();
        if !findings.is_empty() {
            let place = self.leave_behind();
            panic!("{when}: {}\nthe folder stays: {}", findings.join("\n"), place.display());
        }
    }

    /// Disk calls that the shim has seen since it was last armed.
    pub(crate) fn calls(&self) -> u64 {
        self.tally.calls()
    }

    /// One life with one fault. Says whether the fault struck.
    pub(crate) fn live(&mut self, plan: &Plan) -> bool {
        self.run(plan, None, Until::End)
    }

    fn run(&mut self, plan: &Plan, join: Option<(String, String)>, until: Until) -> bool {
        self.tally.reset(plan.aim.is_none());
        let mut dice = Dice::new(plan.seed);
        let task = self.task(plan, join, &mut dice);
        let mut command = start(&Role::Worker(Box::new(task)));
        plan.load(&mut command, &self.shim, &self.data, &self.dir.path().join("tally"));
        let log = File::create(self.log()).unwrap();
        let began = Instant::now();
        let mut child = spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log));
        let lines = listen(child.stdout.take().unwrap());
        let struck = self.follow(plan, &mut child, &lines, began, until);
        let status = child.wait().unwrap();
        // Lines that were on their way when the end came were said.
        for said in lines {
            self.heard(plan, said);
        }
        // While a power cut takes writes back, the worker's other threads may step on a mapped file that has just shrunk:
        // that is the same end, seen from beside it.
        let cut = plan.fault == Fault::Cut && status.signal() == Some(7);
        if status.signal() != Some(9) && !cut {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            self.witness.broken(format!("the worker ended by itself: {status}: {log}"));
        }
        self.witness.gone();
        struck || self.tally.struck() > 0
    }

    /// Hears the worker until it dies of the fault, or is killed here. Says whether the blow came from here.
    fn follow(&mut self, plan: &Plan, child: &mut Child, lines: &Receiver<Said>, began: Instant, end: Until) -> bool {
        let mut blow = (plan.fault == Fault::Opening).then(|| began + plan.delay);
        let mut silence = Instant::now();
        loop {
            let until = blow.unwrap_or(silence + PATIENCE).min(silence + PATIENCE);
            match lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(said) => {
                    silence = Instant::now();
                    let (ready, alive) = (matches!(said, Said::Ready { .. }), matches!(said, Said::Alive));
                    self.heard(plan, said);
                    if ready {
                        self.opening = (self.opening * 3 + began.elapsed()) / 4;
                        if matches!(plan.fault, Fault::Moment | Fault::Skew | Fault::Rot | Fault::Central) {
                            blow = Some(Instant::now() + plan.delay);
                        }
                    }
                    if alive || (ready && end == Until::Ready) {
                        let _ = child.kill();
                        return plan.fault == Fault::TinyDisk;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) if silence.elapsed() >= PATIENCE => {
                    self.witness.broken(format!("the worker hangs: {plan:?}"));
                    let _ = child.kill();
                    return false;
                }
                Err(RecvTimeoutError::Timeout) if plan.fault == Fault::Central && self.capital.is_up() => {
                    self.capital.kill();
                    blow = Some(Instant::now() + plan.delay);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let _ = child.kill();
                    return true;
                }
            }
        }
    }

    fn heard(&mut self, plan: &Plan, said: Said) {
        if let Said::Failed { code } = &said {
            let disk = ["DiskFull", "DiskRefused"].iter().any(|word| code.starts_with(word));
            let never = ["DataDamaged", "Internal"].iter().any(|word| code.starts_with(word));
            if never || (disk && !plan.fault.disk_says_no()) {
                self.witness.broken(format!("without a reason the desk says {code}: {plan:?}"));
            }
        }
        self.witness.hear(said);
    }

    fn task(&mut self, plan: &Plan, join: Option<(String, String)>, dice: &mut Dice) -> Task {
        self.serial += A_LIFE;
        let mut ask = self.witness.unseen();
        ask.extend(self.witness.some_drafts(dice, 3usize.saturating_sub(ask.len())));
        let retry = (plan.fault == Fault::Rot).then(|| self.rot(dice));
        let spare = dice.below(400_000);
        Task {
            data: self.data.clone(),
            papers: self.dir.path().join("papers"),
            tally: self.dir.path().join("tally"),
            seed: plan.seed,
            serial: self.serial,
            ask,
            join,
            aim: plan.aim,
            heal: plan.heal(),
            beside: plan.beside,
            ballast: self.ballast.clone().filter(|_| plan.fault == Fault::TinyDisk).map(|path| (path, spare)),
            retry,
        }
    }

    /// Puts half a file where a page of the next life will want to lie, as a disk that lies leaves it after a power cut.
    fn rot(&mut self, dice: &mut Dice) -> u64 {
        let (_, bytes, _) = papers::file(self.serial);
        let hash = FileHash::of(&bytes);
        self.rotten.insert(hash);
        let name = hash.to_string();
        let folder = self.data.join("files").join(&name[..2]);
        std::fs::create_dir_all(&folder).unwrap();
        let half = bytes.len() / 2 * usize::from(dice.percent(80));
        std::fs::write(folder.join(name), &bytes[..half]).unwrap();
        self.serial
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("worker.log")
    }

    /// Leaves the folder for a person to look at.
    pub(crate) fn leave_behind(&mut self) -> PathBuf {
        self.dir.disable_cleanup(true);
        if let Some(disk) = &mut self.disk {
            disk.keep();
        }
        self.dir.path().to_owned()
    }
}

/// Where the folders lie, unless `TMPDIR` says: in memory, where there is such a place. What ends here is a process and
/// not a machine, so that a disk would only be slower; what a machine's end takes, the shim takes back.
fn ground() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if std::env::var_os("TMPDIR").is_none() && memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// The worker's lines, as they come; a last one that broke off was never said.
fn listen(stdout: ChildStdout) -> Receiver<Said> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        let mut stdout = BufReader::new(stdout);
        let mut line = Vec::new();
        while stdout.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            if line.first() == Some(&MARK) && line.ends_with(b"\n") {
                let said = serde_json::from_slice(&line[1..])
                    .unwrap_or_else(|error| Said::Broken(format!("{error}: {}", String::from_utf8_lossy(&line))));
                if send.send(said).is_err() {
                    break;
                }
            }
            line.clear();
        }
    });
    lines
}
