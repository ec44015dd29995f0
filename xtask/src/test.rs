//! `cargo xtask test`: every check and every test, one line each, with the full output kept in `target/test-logs`.
//!
//! All steps run even after one fails, so that one round tells everything. A step that should run tests and ran
//! none has failed. A test that prints a line starting `skipped:` is counted as skipped.

use crate::{setup, tidy};
use anyhow::Context;
use std::fs::{self, File};
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use xshell::{Cmd, Shell, cmd};

/// How much to test.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope<'a> {
    /// Everything.
    All,
    /// Everything that needs no window.
    Fast,
    /// Only the journeys, or those whose name has this in it.
    Journeys(Option<&'a str>),
}

/// A step that failed is told by the end of its log: that must be what went wrong, not thirty frames of the runner.
const PLAIN_OUTPUT: [(&str, &str); 4] =
    [("CARGO_TERM_COLOR", "never"), ("NO_COLOR", "1"), ("CARGO_TERM_PROGRESS_WHEN", "never"), ("RUST_BACKTRACE", "0")];

/// Runs the steps of `scope` and prints the sum as the last line.
pub(crate) fn run(sh: &Shell, scope: Scope<'_>) -> anyhow::Result<ExitCode> {
    for (name, value) in PLAIN_OUTPUT {
        sh.set_var(name, value);
    }
    setup::packages(sh, "to build and run the window", setup::TO_RUN)?;
    setup::packages(sh, "to test", setup::TO_TEST)?;
    let nextest = cmd!(sh, "cargo nextest --version").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let mut steps = Steps::new(sh)?;
    if let Scope::Journeys(name) = scope {
        if steps.web_side(false)? && steps.build()? {
            steps.journeys(nextest, name)?;
        }
    } else {
        steps.check("fmt", cmd!(sh, "cargo fmt --all -- --check --color never"))?;
        // The window's program carries `ui/dist` inside it, so the web side comes first.
        steps.web_side(true)?;
        steps.check("clippy", cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings"))?;
        if steps.build()? {
            steps.tests(
                "tests",
                if nextest { nextest_run(sh, "not (package(tests) & kind(test))") } else { plain(sh) },
            )?;
            steps.note("bindings fresh", stale_bindings(sh))?;
            if scope == Scope::All {
                steps.journeys(nextest, None)?;
            }
        } else {
            println!("tests, bindings and journeys are left out: there is nothing to run");
        }
        steps.note("tidy", tidy::findings(sh).map(|found| found.iter().map(ToString::to_string).collect()))?;
    }
    let sum = &steps.sum;
    println!("{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Always the whole workspace, filtered: another choice of packages is another choice of features, and a second build.
fn nextest_run<'a>(sh: &'a Shell, filter: &str) -> Cmd<'a> {
    cmd!(sh, "cargo nextest run --workspace --profile xtask --filterset {filter}")
}

fn plain(sh: &Shell) -> Cmd<'_> {
    cmd!(sh, "cargo test --workspace --exclude tests --lib --bins --tests --no-fail-fast -- --show-output")
}

/// Tests write the bindings; what differs from the index afterwards was not committed.
fn stale_bindings(sh: &Shell) -> anyhow::Result<Vec<String>> {
    let mut files = cmd!(sh, "git diff --name-only -- ui/src/bindings").quiet().read()?;
    files += "\n";
    files += &cmd!(sh, "git ls-files --others --exclude-standard -- ui/src/bindings").quiet().read()?;
    let stale = |file: &str| format!("{file}: written anew by the tests, commit it");
    Ok(files.lines().filter(|file| !file.is_empty()).map(stale).collect())
}

/// What was counted so far.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    passed: u32,
    failed: u32,
    skipped: u32,
}

impl Sum {
    /// Reads the closing lines of nextest, cargo test and vitest. What a runner's filter left out was not skipped.
    fn of(log: &str) -> Self {
        let mut sum = Self::default();
        for line in log.lines().filter(|line| closes(line)) {
            let words: Vec<&str> = line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
            for pair in words.windows(2) {
                let Ok(count) = pair[0].parse::<u32>() else { continue };
                match pair[1] {
                    "passed" => sum.passed += count,
                    "failed" | "timed" => sum.failed += count,
                    "ignored" => sum.skipped += count,
                    "skipped" if !line.contains("tests run:") => sum.skipped += count,
                    _ => {}
                }
            }
        }
        let said = u32::try_from(log.lines().filter(|line| line.trim_start().starts_with("skipped:")).count());
        let said = said.unwrap_or(u32::MAX).min(sum.passed);
        sum.passed -= said;
        sum.skipped += said;
        sum
    }

    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Nextest indents what a test printed, which has a closing line of its own; only its summary counts then.
fn closes(line: &str) -> bool {
    line.starts_with("test result:") || ["Summary [", "Tests  "].iter().any(|word| line.trim_start().starts_with(word))
}

/// Runs steps one after another, says how each went, and keeps the sum.
struct Steps<'a> {
    sh: &'a Shell,
    logs: PathBuf,
    sum: Sum,
}

impl<'a> Steps<'a> {
    fn new(sh: &'a Shell) -> anyhow::Result<Self> {
        let logs = sh.create_dir("target/test-logs")?;
        Ok(Self { sh, logs, sum: Sum::default() })
    }

    /// Builds the web side; with `all`, its own checks and tests come first.
    fn web_side(&mut self, all: bool) -> anyhow::Result<bool> {
        let sh = self.sh;
        if !self.note("ui packages", setup::web_packages(sh).map(|()| Vec::new()))? {
            return Ok(false);
        }
        let _ui = sh.push_dir("ui");
        if all {
            self.check("ui check", cmd!(sh, "npm run --silent check"))?;
            self.tests("ui tests", cmd!(sh, "npm test --silent"))?;
        }
        self.check("ui build", cmd!(sh, "npm run --silent build"))
    }

    /// Builds programs and tests together, so that all of them share one choice of features.
    fn build(&mut self) -> anyhow::Result<bool> {
        self.check("build", cmd!(self.sh, "cargo build --workspace --bins --tests"))
    }

    /// The real window, driven by WebDriver on a screen of its own.
    fn journeys(&mut self, nextest: bool, name: Option<&str>) -> anyhow::Result<bool> {
        let pictures = self.sh.current_dir().join("target/journeys");
        self.sh.create_dir(&pictures)?;
        let run: Command = match (nextest, name) {
            (true, None) => nextest_run(self.sh, "package(tests) & kind(test)"),
            (true, Some(name)) => nextest_run(self.sh, &format!("package(tests) & kind(test) & test({name})")),
            (false, name) => cmd!(self.sh, "cargo test -p tests --tests --no-fail-fast --")
                .args(name)
                .args(["--show-output", "--test-threads=1"]),
        }
        .into();
        let mut words = vec![run.get_program()];
        words.extend(run.get_args());
        let screen = "-screen 0 1920x1080x24";
        let command = cmd!(self.sh, "dbus-run-session -- xvfb-run -a -s {screen} env NO_AT_BRIDGE=1 {words...}");
        let went = self.tests("journeys", command)?;
        println!("pictures are in target/journeys");
        Ok(went)
    }

    /// A step that either holds or does not; it counts as one.
    fn check(&mut self, name: &str, command: Cmd<'_>) -> anyhow::Result<bool> {
        let (ok, _) = self.step(name, command)?;
        self.sum.add(&Sum { passed: u32::from(ok), failed: u32::from(!ok), skipped: 0 });
        Ok(ok)
    }

    /// A step whose tests are counted one by one.
    fn tests(&mut self, name: &str, command: Cmd<'_>) -> anyhow::Result<bool> {
        let (ok, log) = self.step(name, command)?;
        for line in log.lines().filter(|line| closes(line)) {
            println!("    {}", line.trim());
        }
        let mut sum = Sum::of(&log);
        let ran = sum != Sum::default();
        if !ran {
            println!("    no test ran");
        }
        if sum.failed == 0 && !(ok && ran) {
            sum.failed = 1;
        }
        self.sum.add(&sum);
        Ok(sum.failed == 0)
    }

    /// A step that was done here and left these complaints.
    fn note(&mut self, name: &str, complaints: anyhow::Result<Vec<String>>) -> anyhow::Result<bool> {
        let complaints = complaints.unwrap_or_else(|error| vec![format!("{error:#}")]);
        let ok = complaints.is_empty();
        println!("{name:<16}           {}", if ok { "ok" } else { "FAILED" });
        complaints.iter().for_each(|complaint| println!("    {complaint}"));
        self.sum.add(&Sum { passed: u32::from(ok), failed: u32::from(!ok), skipped: 0 });
        fs::write(self.log(name), complaints.join("\n")).context("writing a log")?;
        Ok(ok)
    }

    /// Runs `command` into its log; prints the end of the log when it fails.
    fn step(&self, name: &str, command: Cmd<'_>) -> anyhow::Result<(bool, String)> {
        print!("{name:<16}");
        stdout().flush()?;
        let path = self.log(name);
        let log = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
        let started = Instant::now();
        let mut command = Command::from(command);
        let status = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).status();
        let ok = matches!(&status, Ok(status) if status.success());
        println!("{:>7.1} s  {}", started.elapsed().as_secs_f64(), if ok { "ok" } else { "FAILED" });
        let mut text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        if let Err(error) = status {
            text += &format!("{}: {error}\n", command.get_program().to_string_lossy());
        }
        if !ok {
            let lines: Vec<&str> = text.lines().collect();
            for line in &lines[lines.len().saturating_sub(60)..] {
                println!("    | {line}");
            }
            println!("    | all of it: {}", path.display());
        }
        Ok((ok, text))
    }

    fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{}.log", name.replace(' ', "-")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runners_closing_line_is_counted() {
        for (log, passed, failed, skipped) in [
            (
                "    test result: ok. 1 passed; 0 failed\n Summary [ 0.1s] 2 tests run: 1 passed, 1 failed, 3 skipped\n",
                1,
                1,
                0,
            ),
            ("     Summary [   0.1s] 57 tests run: 57 passed (1 slow), 0 skipped\n", 57, 0, 0),
            ("     Summary [   9.1s] 3 tests run: 1 passed, 1 failed, 1 timed out, 0 skipped\n", 1, 2, 0),
            ("test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 9 filtered out\n", 5, 0, 2),
            (" Test Files  2 passed (2)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n", 11, 1, 2),
            ("skipped: no ../shared/data\ntest result: ok. 2 passed; 0 failed; 0 ignored\n", 1, 0, 1),
            ("error: could not compile\n", 0, 0, 0),
        ] {
            assert_eq!(Sum::of(log), Sum { passed, failed, skipped }, "{log}");
        }
    }
}
