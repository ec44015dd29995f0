//! The developer's commands: `cargo xtask run | test | tidy | check-windows | bench | soak`.
//!
//! Each is plain Rust that calls the tools a developer would call by hand and says what it does,
//! so that a machine with only Rust and Node needs nothing else by hand. Errors are `anyhow`: nobody branches on them.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "these are console commands")]

mod bench;
mod catalogue;
mod run;
mod scale;
mod scanning;
mod setup;
mod soak;
mod test;
mod tidy;
mod windows;

use std::path::Path;
use std::process::ExitCode;
use xshell::Shell;

const USAGE: &str = "\
cargo xtask run [--hot] [-- ARGUMENTS]     builds the app and opens its window in training mode
cargo xtask test [--fast]                  every check and test; --fast leaves the journeys out
cargo xtask test journeys [NAME]           only the journeys through a real window, or those whose name has NAME
cargo xtask tidy                           the rules of the house
cargo xtask check-windows                  cross-compiles the whole workspace for Windows
cargo xtask bench                          speed and memory, against their marks
cargo xtask bench catalogue                the catalogue of 6,413 procedures alone
cargo xtask bench scanning                 pages a minute from driver to store alone
cargo xtask bench scale [DOSSIERS]         the same with a million dossiers, or as many as said
cargo xtask soak store [--cycles N] [--seed S]   ends, faults and starts by the thousand; nothing may be lost
cargo xtask soak scan [--cycles N] [--seed S]    the scanner's driver and the program killed at every point of a page's way";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(Some(done)) => done,
        Ok(None) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> anyhow::Result<Option<ExitCode>> {
    let sh = Shell::new()?;
    sh.change_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace"));
    Ok(Some(match words {
        ["run", "--hot", rest @ ..] => run::run(&sh, true, after_dashes(rest))?,
        ["run", rest @ ..] => run::run(&sh, false, after_dashes(rest))?,
        ["test"] => test::run(&sh, test::Scope::All)?,
        ["test", "--fast"] => test::run(&sh, test::Scope::Fast)?,
        ["test", "journeys"] => test::run(&sh, test::Scope::Journeys(None))?,
        ["test", "journeys", name] => test::run(&sh, test::Scope::Journeys(Some(name)))?,
        ["tidy"] => tidy::run(&sh)?,
        ["check-windows"] => windows::check(&sh)?,
        ["bench"] => bench::run(&sh)?,
        ["bench", "catalogue"] => bench::catalogue(&sh)?,
        ["bench", "scanning"] => bench::scanning(&sh)?,
        ["bench", "scale"] => scale::run(&sh, 1_000_000)?,
        ["bench", "scale", dossiers] => scale::run(&sh, dossiers.parse()?)?,
        ["soak", "store", rest @ ..] => soak::run(&sh, &soak::STORE, rest)?,
        ["soak", "scan", rest @ ..] => soak::run(&sh, &soak::SCAN, rest)?,
        _ => return Ok(None),
    }))
}

fn after_dashes<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    words.strip_prefix(&["--"]).unwrap_or(words)
}
