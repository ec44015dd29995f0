//! Stack after stack, end after end; after each a look past the desk into the store.

use crate::dice::Dice;
use crate::feeder::{Blow, Feeder, Who};
use crate::sheets;
use crate::table::Table;
use crate::tell;
use crate::worker::{MARK, PASSWORD, Said, Task, start};
use desk::{Disposition, DossierId, PageId};
use domain::{FileHash, Page};
use std::collections::{BTreeSet, HashSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};
use store::{DataKey, Vault};
use tempfile::TempDir;

/// A worker that says nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Blows of a stack that are dealt in turn; the others are chance.
const DEALT: u64 = 2;

/// Stacks begun, over all lanes.
static STACKS: AtomicU64 = AtomicU64::new(0);

/// A new process holds for a moment whatever is open here, a station's lock too: none begins while one looks into it.
static FORKS: RwLock<()> = RwLock::new(());

/// Runs until `ends` ends have come, and a few rounds longer where chance has left a point out: a short cut is short.
pub(crate) fn run(ends: u64, seed: u64) -> Table {
    let mut table = round(ends, seed);
    for more in 1..=4 {
        if table.idle().is_empty() || !table.wrong.is_empty() {
            break;
        }
        table.add(round(ends / 4, seed + more));
    }
    table
}

/// Several stations side by side, what they found added up.
fn round(ends: u64, seed: u64) -> Table {
    let lanes = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64).min(4);
    let done = AtomicU64::new(0);
    let mut table = Table::default();
    let tables: Vec<Table> = std::thread::scope(|scope| {
        let lane = |lane: u64| {
            let done = &done;
            scope.spawn(move || run_lane(ends, seed.wrapping_mul(1_000).wrapping_add(lane), done))
        };
        let lanes: Vec<_> = (0..lanes).map(lane).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).collect()
    });
    tables.into_iter().for_each(|lane| table.add(lane));
    table
}

fn run_lane(ends: u64, seed: u64, done: &AtomicU64) -> Table {
    let mut dice = Dice::new(seed);
    let mut table = Table::default();
    let mut station = Station::new();
    while done.load(Ordering::Relaxed) < ends && table.wrong.is_empty() {
        let before = table.count();
        station.stack(&mut dice, &mut table);
        let now = table.count() - before;
        let all = done.fetch_add(now, Ordering::Relaxed) + now;
        if all / 100 > (all - now) / 100 {
            tell(&format!("{all} of {ends} ends, {} findings in this lane", table.wrong.len()));
        }
    }
    if !table.wrong.is_empty() {
        station.dir.disable_cleanup(true);
        table.wrong.push(format!("the folder stays: {}", station.dir.path().display()));
    }
    table
}

struct Station {
    dir: TempDir,
    key: Option<DataKey>,
}

/// The stack on the table, and what is known of it.
struct OnTable {
    hashes: Vec<FileHash>,
    dossier: Option<DossierId>,
    told: BTreeSet<PageId>,
    blows: Vec<Blow>,
}

impl Station {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let ground = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let dir = TempDir::with_prefix_in("motcua-scan-", ground).unwrap();
        Feeder(&dir.path().join("stand")).build();
        Self { dir, key: None }
    }

    /// One stack from the table into a dossier, over as many ends as it takes.
    fn stack(&mut self, dice: &mut Dice, table: &mut Table) {
        let place = self.dir.path().join("stand");
        let stand = Feeder(&place);
        let count = 4 + dice.below(9);
        let first = STACKS.fetch_add(1, Ordering::Relaxed) * DEALT;
        let stack = sheets::stack(dice, count);
        stand.put(&stack);
        let mut on_table = OnTable {
            hashes: stack.iter().map(|sheet| FileHash::of(sheet)).collect(),
            dossier: None,
            told: BTreeSet::new(),
            blows: (0..DEALT)
                .map(|n| Blow::dealt(first + n))
                .chain((0..dice.below(6)).map(|_| Blow::throw(dice)))
                .collect(),
        };
        let mut lives = 0;
        loop {
            lives += 1;
            // A life that no blow of the driver ends may end at any moment.
            let moment = dice.percent(25).then(|| Duration::from_millis(dice.below(500)));
            let finished = self.live(&mut on_table, moment, table);
            self.look(&on_table, &stand, finished, table);
            if finished || !table.wrong.is_empty() {
                break;
            }
            if lives > 60 {
                table.wrong.push("a stack does not come in".into());
                break;
            }
        }
        table.fed += stand.moved();
        table.sheets += count;
        table.told += on_table.told.len() as u64;
        table.stacks += 1;
    }

    /// One life of the program. Says whether the whole stack is in.
    fn live(&self, on_table: &mut OnTable, moment: Option<Duration>, table: &mut Table) -> bool {
        let stand = self.dir.path().join("stand");
        let feeder = Feeder(&stand);
        let task = Task {
            data: self.dir.path().join("data"),
            stand: stand.clone(),
            dossier: on_table.dossier,
            sheets: on_table.hashes.len(),
            blows: on_table.blows.clone(),
        };
        let log = std::fs::File::create(self.dir.path().join("worker.log")).unwrap();
        let mut child = {
            let _alone = FORKS.write().unwrap_or_else(PoisonError::into_inner);
            start(&task, log)
        };
        let (send, lines) = std::sync::mpsc::channel();
        let stdout = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                if line.first() == Some(&MARK)
                    && let Ok(said) = serde_json::from_slice::<Said>(&line[1..])
                    && send.send(said).is_err()
                {
                    break;
                }
            }
        });
        let began = Instant::now();
        let struck_before = feeder.struck();
        let (mut finished, mut killed) = (false, false);
        loop {
            let patience = match moment {
                Some(moment) if !killed => moment.saturating_sub(began.elapsed()),
                _ => PATIENCE,
            };
            match lines.recv_timeout(patience) {
                Ok(Said::Shows { dossier, pages }) => {
                    on_table.dossier = Some(dossier);
                    if let Some(gone) = on_table.told.iter().find(|page| !pages.contains(page)) {
                        table.lost += 1;
                        table.wrong.push(format!("page {gone} was shown and is not shown any more"));
                    }
                    on_table.told.extend(pages);
                    // One blow a run; what this run takes is not there for the next life.
                    on_table.blows = on_table.blows.split_first().map_or(Vec::new(), |(_, rest)| rest.to_vec());
                }
                Ok(Said::Page(page)) => {
                    if !on_table.told.insert(page) {
                        table.repeated += 1;
                        table.wrong.push(format!("page {page} appeared twice"));
                    }
                }
                Ok(Said::Ran { .. }) => {}
                Ok(Said::Done) => finished = true,
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) if !killed && moment.is_some() => {
                    let _ = child.kill();
                    killed = true;
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    let _ = child.kill();
                    table.wrong.push("the program hangs".into());
                    break;
                }
            }
        }
        let status = child.wait().unwrap();
        let struck = self.count_blows(&feeder, struck_before, table);
        table.moments += u64::from(killed && !finished && !struck);
        if !status.success() && !killed && !struck {
            let log = std::fs::read_to_string(self.dir.path().join("worker.log")).unwrap_or_default();
            table.wrong.push(format!("the program ended by itself: {status}: {log}"));
        }
        finished
    }

    /// Adds the blows that fell in this life; says whether one of them hit the program.
    fn count_blows(&self, feeder: &Feeder<'_>, before: u64, table: &mut Table) -> bool {
        let mut program = false;
        for (who, at) in feeder.blows().skip(usize::try_from(before).unwrap()) {
            program |= who == Who::Program;
            *table.ends.entry((who, at)).or_default() += 1;
        }
        program
    }

    /// Looks past the desk: what was told or asked past is there, whole, once and in order.
    fn look(&mut self, on_table: &OnTable, stand: &Feeder<'_>, finished: bool, table: &mut Table) {
        let _alone = FORKS.read().unwrap_or_else(PoisonError::into_inner);
        let Some(dossier) = on_table.dossier else { return };
        let vault = after_the_dead(&self.dir.path().join("data"));
        let key = self.key.get_or_insert_with(|| vault.unlock("clerk", PASSWORD).unwrap()).clone();
        let store = vault.store(&key).unwrap();
        let pages: Vec<Page> = store.read(|r| r.pages(dossier)).unwrap();
        let ids: HashSet<PageId> = pages.iter().map(|page| page.id).collect();
        let mut wrong = |text: String| table.wrong.push(format!("dossier {dossier}: {text}"));
        for page in on_table.told.iter().filter(|page| !ids.contains(page)) {
            table.lost += 1;
            wrong(format!("page {page} was shown and is not kept"));
        }
        let kept_before = stand.asked() - 1;
        if pages.len() < kept_before {
            table.lost += (kept_before - pages.len()) as u64;
            wrong(format!("sheet {} was asked for with only {} pages kept", kept_before + 1, pages.len()));
        }
        let mut seen = HashSet::new();
        for (at, page) in pages.iter().enumerate() {
            if !seen.insert(page.file) {
                table.repeated += 1;
                wrong(format!("page {at} is kept twice"));
            } else if on_table.hashes.get(at) != Some(&page.file) {
                wrong(format!("page {at} is not sheet {at}"));
            }
            if !store.file(&page.file).is_ok_and(|bytes| FileHash::of(&bytes) == page.file) {
                table.lost += 1;
                wrong(format!("the bytes of page {at} are not whole"));
            }
        }
        if finished {
            let aside = pages.iter().filter(|page| page.disposition == Disposition::SetAside).count();
            table.aside += aside as u64;
            table.kept += (pages.len() - aside) as u64;
            if pages.len() != on_table.hashes.len() {
                table.wrong.push(format!("{} sheets made {} pages", on_table.hashes.len(), pages.len()));
            }
        }
    }
}

/// Opens what a killed program had open. A driver that it was just starting holds what was open there until it is one; so
/// long is waited.
fn after_the_dead(data: &Path) -> Vault {
    let end = Instant::now() + Duration::from_secs(2);
    loop {
        match Vault::open(data) {
            Err(store::Error::InUse(_)) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            opened => return opened.unwrap(),
        }
    }
}
