//! Proof that no page is lost between the feeder and the store (T-02, T-03, T-12, T-17): the scanner's driver and the
//! program itself are killed at every point of a page's way, over and over, and the stack goes on where it stopped.
//!
//! The program is the desk with the real SANE driver in a process of its own; the driver under it speaks `scanimage`'s
//! order and dies where it is told to. What it was asked for is the witness: to ask for the next sheet says that the page
//! before it is kept. After an end the clerk puts back what was not counted, and goes by the number on the screen.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../crash/dice.rs"]
mod dice;
mod feeder;
#[path = "../it/office.rs"]
mod office;
mod sheets;
mod soak;
mod table;
mod worker;

use std::io::Write;
use std::time::Instant;

/// The test that workers are started through.
const PLAYS: &str = "no_end_of_driver_or_program_takes_a_page";

/// A short cut of the soak; `cargo xtask soak scan` asks for a thousand ends and more.
#[test]
fn no_end_of_driver_or_program_takes_a_page() {
    worker::play();
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let ends = number("MOTCUA_SOAK_CYCLES").unwrap_or(60);
    let seed = number("MOTCUA_SOAK_SEED").unwrap_or(2026);
    let began = Instant::now();
    let table = soak::run(ends, seed);
    tell(&format!("\n{table}\nin {:.0} s, seed {seed}", began.elapsed().as_secs_f64()));
    assert!(table.wrong.is_empty(), "seed {seed}: {}", table.wrong.join("\n"));
    assert!(table.idle().is_empty(), "these ends never came, so they prove nothing: {:?}", table.idle());
}

/// On the test's own output, past the harness.
fn tell(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
