//! Cycle after cycle: a fault, an end, a start, a look. Several stations side by side, each with its own chance.

use crate::dice::Dice;
use crate::disk::Disk;
use crate::faults::{Fault, Plan};
use crate::station::Station;
use crate::table::Table;
use crate::witness::{Checked, Finding};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// How long and how closely.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub(crate) cycles: u64,
    pub(crate) seed: u64,
    /// Cycles that one station lives through.
    pub(crate) station: u64,
    /// Everything is looked at after so many cycles.
    pub(crate) whole: u64,
    pub(crate) lanes: u64,
}

/// Runs all lanes and adds up what they found.
pub(crate) fn run(measure: Measure, shim: &Path) -> Table {
    let (began, done) = (Instant::now(), AtomicU64::new(0));
    let progress = |table: &Table| {
        let cycles = done.fetch_add(1, Ordering::Relaxed) + 1;
        if cycles.is_multiple_of(100) {
            let rate = cycles as f64 / began.elapsed().as_secs_f64();
            let wrong = table.wrong();
            tell(&format!("{cycles} of {} cycles, {rate:.1} a second, {wrong} findings in this lane", measure.cycles));
        }
    };
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..measure.lanes)
            .map(|lane| {
                let progress = &progress;
                scope.spawn(move || Lane::new(measure, lane, shim).run(progress))
            })
            .collect();
        let mut table = Table::default();
        for lane in lanes {
            table.join(lane.join().unwrap());
        }
        table
    })
}

/// Says something to whoever watches.
pub(crate) fn tell(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).unwrap();
}

struct Lane<'a> {
    measure: Measure,
    lane: u64,
    shim: &'a Path,
    dice: Dice,
    table: Table,
    stations: u64,
    disks: bool,
}

impl<'a> Lane<'a> {
    fn new(measure: Measure, lane: u64, shim: &'a Path) -> Self {
        let dice = Dice::new(measure.seed ^ (lane << 48));
        Self { measure, lane, shim, dice, table: Table::default(), stations: 0, disks: true }
    }

    fn run(mut self, progress: &(dyn Fn(&Table) + Sync)) -> Table {
        let (mut wheel, mut station, mut tiny) = (Vec::new(), self.station(None), None);
        let mine = (self.measure.cycles + self.measure.lanes - 1 - self.lane) / self.measure.lanes;
        for cycle in 1..=mine {
            if wheel.is_empty() {
                wheel = Fault::WHEEL.to_vec();
            }
            let fault = wheel.swap_remove(usize::try_from(self.dice.below(wheel.len() as u64)).unwrap_or_default());
            let whole = cycle.is_multiple_of(self.measure.whole) || cycle == mine;
            let fine = match fault {
                Fault::Creation => {
                    let mut made = self.unmade();
                    self.cycle(&mut made, fault, true)
                }
                Fault::TinyDisk => match tiny.take().or_else(|| self.tiny()) {
                    Some(mut small) => {
                        let fine = self.cycle(&mut small, fault, true);
                        tiny = Some(small).filter(|small: &Station| fine && small.witness.dossiers.len() < 60);
                        true
                    }
                    None => self.cycle(&mut station, Fault::Full, whole),
                },
                _ => self.cycle(&mut station, fault, whole),
            };
            let worn = cycle.is_multiple_of(self.measure.station) && cycle < mine;
            if worn && fine {
                station.look(true);
                self.note(&mut station, fault);
            }
            if worn || (!fine && fault != Fault::Creation) {
                station = self.station(None);
            }
            progress(&self.table);
        }
        self.table
    }

    /// One cycle. Without a fault of ours everything must be as it was told, at the desk and in the store.
    fn cycle(&mut self, station: &mut Station, fault: Fault, whole: bool) -> bool {
        let plan = station.plan(fault, &mut self.dice);
        let before = station.witness.checked;
        let struck = station.live(&plan);
        if fault == Fault::Creation {
            // What was made halfway is made now, or opened, and then everything works in it.
            station.settle();
            station.prove();
        }
        if whole || fault == Fault::Rot || self.dice.percent(35) {
            station.look(whole);
        }
        if !station.capital.is_up() && self.dice.percent(50) {
            station.capital.restart();
        }
        self.account(station, &plan, struck, before)
    }

    fn account(&mut self, station: &mut Station, plan: &Plan, struck: bool, before: Checked) -> bool {
        let findings = std::mem::take(&mut station.witness.findings);
        self.table.add(plan.fault, struck, station.witness.checked.since(before), &findings);
        self.tell(station, plan.fault, &findings, &format!("{plan:?}"))
    }

    /// What the last look at a worn station found.
    fn note(&mut self, station: &mut Station, fault: Fault) {
        let findings = std::mem::take(&mut station.witness.findings);
        self.table.find(fault, &findings);
        self.tell(station, fault, &findings, "the last look at a station");
    }

    fn tell(&mut self, station: &mut Station, fault: Fault, findings: &[Finding], plan: &str) -> bool {
        if findings.is_empty() {
            return true;
        }
        let place = station.leave_behind();
        let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let story =
            format!("{}\n  {}\n  {plan}\n  the folder stays: {}", fault.name(), found.join("\n  "), place.display());
        tell(&story);
        self.table.stories.push(story);
        false
    }

    fn serial(&mut self) -> u64 {
        self.stations += 1;
        (self.lane * 1_000_000 + self.stations) * 100_000_000
    }

    fn station(&mut self, disk: Option<Disk>) -> Station {
        let serial = self.serial();
        Station::made(self.shim, serial, disk)
    }

    fn unmade(&mut self) -> Station {
        let serial = self.serial();
        Station::empty(self.shim, serial, None)
    }

    /// A station on a small disk; none where none can be mounted, which is said once.
    fn tiny(&mut self) -> Option<Station> {
        let disk = if self.disks { Disk::mount() } else { None };
        if disk.is_none() && std::mem::take(&mut self.disks) && self.lane == 0 {
            tell("skipped: no small disk can be mounted here; ENOSPC is injected in its place");
        }
        disk.map(|disk| self.station(Some(disk)))
    }
}
