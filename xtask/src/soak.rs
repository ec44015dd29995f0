//! `cargo xtask soak store | scan`: thousands of ends and starts of the desk, and the table of what was lost.
//!
//! The cycles are those of `crates/desk/tests/crash` and `crates/desk/tests/scan`, of which the ordinary tests run a short
//! cut; here in a release build.

use anyhow::{Context, bail};
use std::process::{Command, ExitCode};
use std::thread::available_parallelism;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use xshell::{Shell, cmd};

/// One of the long tests.
pub(crate) struct Soak {
    /// The test program, and the one test in it.
    binary: &'static str,
    test: &'static str,
    /// Ends, where nobody says how many.
    cycles: u64,
}

/// Faults of every kind at every call that reaches the disk.
pub(crate) const STORE: Soak = Soak { binary: "crash", test: "no_crash_takes_what_was_acknowledged", cycles: 10_000 };

/// Ends of driver and program at every point of a page's way from the feeder.
pub(crate) const SCAN: Soak = Soak { binary: "scan", test: "no_end_of_driver_or_program_takes_a_page", cycles: 2_000 };

/// Reads `--cycles N` and `--seed S`, builds, runs; the table is on standard output, and any loss is a failure.
pub(crate) fn run(sh: &Shell, soak: &Soak, words: &[&str]) -> anyhow::Result<ExitCode> {
    let Soak { binary, test, cycles } = soak;
    let asked = Asked::read(words, *cycles)?;
    let seed = asked.seed.map_or_else(by_the_clock, Ok)?;
    let (cycles, again) = (asked.cycles.to_string(), seed.to_string());
    cmd!(sh, "cargo build --release --workspace --test {binary}").run()?;
    println!("{cycles} cycles, seed {seed}, {} cores; again with --seed {seed}", available_parallelism()?);
    let began = Instant::now();
    let run = cmd!(sh, "cargo test --release --workspace --test {binary} -- --exact {test} --nocapture");
    let status = Command::from(run).env("MOTCUA_SOAK_CYCLES", &cycles).env("MOTCUA_SOAK_SEED", &again).status()?;
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    let end = if status.success() { "nothing lost, nothing doubled" } else { "FAILED, see above" };
    println!("{end}: {cycles} cycles asked for, {minutes:.1} minutes, {} cores, seed {seed}", available_parallelism()?);
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    cycles: u64,
    seed: Option<u64>,
}

impl Asked {
    fn read(words: &[&str], cycles: u64) -> anyhow::Result<Self> {
        let mut asked = Self { cycles, seed: None };
        for pair in words.chunks(2) {
            let [name, number] = pair else { bail!("{} needs a number", pair[0]) };
            let number = number.parse().with_context(|| format!("{name} needs a number"))?;
            match *name {
                "--cycles" => asked.cycles = number,
                "--seed" => asked.seed = Some(number),
                other => bail!("{other}: only --cycles and --seed"),
            }
        }
        Ok(asked)
    }
}

/// Another run each time, unless a seed is given.
#[expect(clippy::disallowed_methods, reason = "a seed is no time of the program's")]
fn by_the_clock() -> anyhow::Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_nothing_else() {
        assert_eq!(Asked::read(&[], 9).unwrap(), Asked { cycles: 9, seed: None });
        let both = Asked::read(&["--seed", "7", "--cycles", "300"], 9).unwrap();
        assert_eq!(both, Asked { cycles: 300, seed: Some(7) });
        for bad in [&["--cycles"][..], &["--cycles", "many"], &["--speed", "1"]] {
            assert!(Asked::read(bad, 9).is_err(), "{bad:?}");
        }
    }
}
