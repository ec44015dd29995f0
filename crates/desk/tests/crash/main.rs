//! Proof against crashes (T-02, T-05, T-08, T-55, T-57): the desk is killed, cut off and lied to, over and over, and
//! whatever it had told a person must be there afterwards, whole, and once.
//!
//! The worker is this same program, started again with the shim of `shim.c` between it and the system. What dies is a
//! whole process, so that nothing in memory can help; what is believed is only what another process was told.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod after;
mod capital;
mod clerk;
mod devices;
mod dice;
mod disk;
mod faults;
mod look;
#[path = "../it/office.rs"]
mod office;
mod papers;
mod role;
mod said;
mod shim;
mod soak;
mod station;
mod table;
mod witness;
mod worker;

use crate::faults::{Fault, Plan};
use crate::said::Kind;
use crate::station::Station;
use soak::{Measure, tell};
use std::time::Instant;

/// The test that workers and central systems are started through.
const PLAYS: &str = "no_crash_takes_what_was_acknowledged";

/// A short cut of the soak: every kind of fault twice. `cargo xtask soak store` asks for ten thousand cycles.
///
/// T-02: killed at any moment, at any disk call, with torn writes. T-05: a full disk, freed later. T-08: a commit that
/// fails after the bytes were kept. T-55: no number is lost or given twice. T-57: the folder opens after any of it.
#[test]
fn no_crash_takes_what_was_acknowledged() {
    role::play();
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let shim = match shim::compiled() {
        Ok(shim) => shim,
        Err(why) => return tell(&format!("skipped: the shim does not compile: {why}")),
    };
    let asked = number("MOTCUA_SOAK_CYCLES");
    let measure = Measure {
        cycles: asked.unwrap_or(52),
        seed: number("MOTCUA_SOAK_SEED").unwrap_or(2026),
        station: 250,
        whole: if asked.is_some() { 100 } else { 7 },
        lanes: std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64).min(4),
    };
    let began = Instant::now();
    let table = soak::run(measure, &shim);
    let (seconds, seed, lanes) = (began.elapsed().as_secs_f64(), measure.seed, measure.lanes);
    tell(&format!("\n{table}"));
    tell(&format!("{} cycles in {seconds:.0} s, {lanes} side by side, seed {seed}", table.cycles()));
    assert_eq!(table.wrong(), 0, "seed {seed}: {}", table.stories.join("\n"));
    let idle = table.idle();
    assert!(idle.is_empty(), "these faults never struck, so they prove nothing: {idle:?}");
}

/// The faults prove nothing if they are let loose beside the program: the shim must see the database and the page files.
#[test]
fn the_shim_stands_between_the_program_and_the_disk() {
    let Some(mut station) = station() else { return };
    assert!(station.calls() > 30, "making a station writes more than {} times", station.calls());
    station.prove();
    assert!(station.calls() > 100, "a whole intake writes more than {} times", station.calls());
    station.look(true);
    station.must_be_fine("without any fault");
    assert!(station.witness.checked.pages > 0 && station.witness.checked.outbox == 1);
}

/// What the last end left in the database's log is taken up again by opening, whichever of its calls fails.
#[test]
fn no_failing_call_of_opening_takes_what_was_acknowledged() {
    let Some(mut station) = station() else { return };
    for first in 1..=20 {
        // Two calls: of a pair, such as an opening and the clearing up after it, both may fail.
        station.live(&Plan::at(Fault::Eio, None, first, 2));
        station.settle_again();
        station.must_be_fine(&format!("calls {first} and {}", first + 1));
    }
}

/// T-02, T-55: code, number, state, event and outbox row are there together or not at all, wherever an acceptance ends.
#[test]
fn no_end_within_an_acceptance_leaves_half_of_it() {
    let Some(mut station) = station() else { return };
    station.prove();
    let span = station.witness.spans[&Kind::Accept];
    assert!(span > 20, "an acceptance writes more than {span} times");
    for first in (1..span + 4).rev().step_by(4) {
        station.live(&Plan::at(Fault::After, Some(Kind::Accept), first, 1));
        station.look(first % 16 == 1);
        station.must_be_fine(&format!("after call {first} of {span}"));
    }
}

/// T-02: wherever the making of a station ends, it is made anew or it is there, and works.
#[test]
fn no_end_within_the_making_of_a_station_leaves_half_of_it() {
    let Some(made) = station() else { return };
    let span = made.witness.opening;
    for first in (1..span).rev().step_by(usize::try_from(span / 6).unwrap()) {
        let mut station = Station::empty(made.shim(), first, None);
        station.live(&Plan::at(Fault::Before, None, first, 1));
        station.settle();
        station.prove();
        station.must_be_fine(&format!("before call {first} of {span}"));
    }
}

/// A new station; none where the shim does not compile, which is said.
fn station() -> Option<Station> {
    match shim::compiled() {
        Ok(shim) => Some(Station::made(&shim, 0, None)),
        Err(why) => {
            tell(&format!("skipped: the shim does not compile: {why}"));
            None
        }
    }
}
