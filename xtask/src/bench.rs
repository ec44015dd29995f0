//! `cargo xtask bench`: figures against their marks, on release builds; never part of the tests.
//!
//! Whole-process figures come from the programs themselves, run as a clerk or a script would run them. A figure of
//! one command has the start of the program and the signing in taken off, measured by a command that does only that.

use crate::setup::{self, Running};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};
use xshell::{Shell, TempDir, cmd};

const PAGES: usize = 50;
const MANY: usize = 1_000;
const ROUNDS: usize = 5;

/// One line of the table; `ok` is the figure held against the mark.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) figure: String,
    pub(crate) mark: &'static str,
    pub(crate) ok: bool,
}

/// Runs the parts' own benches, then the whole programs, and prints the table.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<ExitCode> {
    setup::packages(sh, "to build and run the window", setup::TO_RUN)?;
    setup::web_side(sh)?;
    // The whole workspace, since another choice of packages is another choice of features, and a second build.
    cmd!(sh, "cargo build --release --workspace --bins").run()?;
    cmd!(sh, "cargo bench --workspace --bench *").run()?;
    // Journeys that time keys; built with everything else, for the same features.
    cmd!(sh, "cargo test --release --workspace --test journeys --no-run").run()?;
    let mut rows = Vec::new();
    for (what, measured) in [
        ("window", measure_window(sh)),
        ("typing", measure_typing(sh)),
        ("import", measure_import(sh)),
        ("scanning", crate::scanning::measure(sh)),
        ("catalogue", crate::catalogue::measure(sh)),
        ("receipt", Station::new(sh).and_then(|station| measure_receipt(&station))),
    ] {
        match measured {
            Ok(measured) => rows.extend(measured),
            Err(error) => rows.push(Row { what, figure: format!("not measured: {error:#}"), mark: "", ok: false }),
        }
    }
    Ok(print(&rows))
}

/// Scanning's figures alone.
pub(crate) fn scanning(sh: &Shell) -> anyhow::Result<ExitCode> {
    cmd!(sh, "cargo build --release --package cli --bins").run()?;
    Ok(print(&crate::scanning::measure(sh)?))
}

/// The catalogue's figures alone.
pub(crate) fn catalogue(sh: &Shell) -> anyhow::Result<ExitCode> {
    cmd!(sh, "cargo build --release --package cli --bins").run()?;
    Ok(print(&crate::catalogue::measure(sh)?))
}

/// Prints the table; a missed mark is a failure.
pub(crate) fn print(rows: &[Row]) -> ExitCode {
    println!("\n{} cores", available_parallelism().map_or(1, usize::from));
    println!("| what | figure | mark | ok |\n|---|---|---|---|");
    for Row { what, figure, mark, ok } in rows {
        println!("| {what} | {figure} | {mark} | {} |", if *ok { "yes" } else { "NO" });
    }
    if rows.iter().all(|row| row.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// From the start of the process until its window can be used, and what the process itself holds then.
fn measure_window(sh: &Shell) -> anyhow::Result<Vec<Row>> {
    ensure!(
        sh.var_os("DISPLAY").is_some(),
        "no screen; start this as `dbus-run-session -- xvfb-run -a cargo xtask bench`"
    );
    let mut times = Vec::new();
    let mut peak = 0;
    for _ in 0..ROUNDS {
        let temporary = sh.create_temp_dir()?;
        let data = temporary.path().join("data");
        let start = Instant::now();
        let mut command = Command::from(cmd!(sh, "target/release/motcua-desktop --training --data {data}"));
        let window = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        while !says_usable(&data.join("logs")) {
            ensure!(start.elapsed() < Duration::from_secs(30), "the log does not say `window usable` after 30 s");
            sleep(Duration::from_millis(2));
        }
        times.push(start.elapsed());
        peak = peak.max(own_memory(window.0.id()).unwrap_or_default());
    }
    let time = median(times);
    Ok(vec![
        Row { what: "window usable", figure: ms(time), mark: "< 1000 ms", ok: time < Duration::from_secs(1) },
        memory("own memory, window open", peak),
    ])
}

/// From a key to the picture that answers it: searching the catalogue, and writing while pages arrive.
fn measure_typing(sh: &Shell) -> anyhow::Result<Vec<Row>> {
    let said = cmd!(
        sh,
        "cargo test --release --workspace --test journeys a_key_is_answered -- --show-output --test-threads=1"
    );
    let said = said.read()?;
    let row = |what: &'static str, begins: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(begins)).context("the journey tells no time")?;
        let p99 =
            line.split("p99 ").nth(1).and_then(|rest| rest.split(' ').next()).context("no p99")?.parse::<f64>()?;
        anyhow::Ok(Row { what, figure: line.trim().to_owned(), mark: "p99 < 50 ms", ok: p99 < 50.0 })
    };
    Ok(vec![
        row("key to painted list of procedures", "keystroke to painted:")?,
        row("key to the page's answer, 240 pages a minute arriving", "input delay, 240 pages a minute arriving:")?,
        row(
            "key to painted letter, 240 pages a minute arriving",
            "keystroke to painted, 240 pages a minute arriving:",
        )?,
    ])
}

/// Whether the window's program has logged that its first screen is painted and takes keys.
fn says_usable(logs: &Path) -> bool {
    let files = fs::read_dir(logs).into_iter().flatten().flatten();
    files.filter_map(|file| fs::read_to_string(file.path()).ok()).any(|log| log.contains("window usable"))
}

/// Pages of ../shared/data/scans taken into one dossier.
fn measure_import(sh: &Shell) -> anyhow::Result<Vec<Row>> {
    let scans = sh.current_dir().join("../shared/data/scans");
    let mut pages = sh.read_dir(&scans)?;
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "jpg"));
    ensure!(!pages.is_empty(), "no page in {}", scans.display());
    // T-60: a thousand pages in one run hold no more memory than fifty.
    let many: Vec<&PathBuf> = pages.iter().cycle().take(MANY).collect();
    let long = Station::new(sh)?.intake(&many)?.peak;
    let pages: Vec<&PathBuf> = pages.iter().cycle().take(PAGES).collect();
    let (mut without, mut with, mut peak) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        // A station that already holds these pages would not have to write them.
        let station = Station::new(sh)?;
        without.push(station.intake(&[])?.time);
        let ran = station.intake(&pages)?;
        with.push(ran.time);
        peak = peak.max(ran.peak);
    }
    let rate = PAGES as f64 / median(with).saturating_sub(median(without)).as_secs_f64();
    Ok(vec![
        Row {
            what: "50 pages imported",
            figure: format!("{rate:.1} a second"),
            mark: "≥ 20 a second",
            ok: rate >= 20.0,
        },
        memory("own memory, importing 50", peak),
        memory("own memory, importing 1,000", long),
    ])
}

/// From an accepted dossier to the receipt as a PDF, and to the sheet that a real queue has printed.
fn measure_receipt(station: &Station<'_>) -> anyhow::Result<Vec<Row>> {
    let dossier = station.intake(&[])?.answer;
    let code = dossier["code"].as_str().context("intake gave no code")?;
    let path = station.dir.path().join("receipt.pdf");
    let out = path.to_str().context("a temporary folder that is no text")?;
    let (mut idle, mut printing) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        idle.push(station.motcua(&["outbox"])?.time);
        printing.push(station.motcua(&["print", "receipt", code, "-o", out])?.time);
        ensure!(fs::read(&path)?.starts_with(b"%PDF-"), "the receipt is no PDF");
    }
    let idle = median(idle);
    let time = median(printing).saturating_sub(idle);
    let ok = time < Duration::from_millis(100);
    let mut rows = vec![Row { what: "accepted to receipt PDF", figure: ms(time), mark: "< 100 ms", ok }];
    let what = "accepted to printed by a CUPS-PDF queue";
    rows.push(match PrintSystem::start(station.sh)? {
        Some(printing) => {
            let mut printed = Vec::new();
            for _ in 0..ROUNDS {
                let words = ["print", "receipt", code, "--printer", &printing.queue];
                let ran = station.motcua_with(&words, &[("CUPS_SERVER", &printing.socket)])?;
                ensure!(ran.answer["job"]["finished"] == true, "the job did not come out: {}", ran.answer);
                printed.push(ran.time);
            }
            let time = median(printed).saturating_sub(idle);
            Row { what, figure: ms(time), mark: "< 2 s", ok: time < Duration::from_secs(2) }
        }
        None => Row { what, figure: "not measured: no cups-pdf here".to_owned(), mark: "< 2 s", ok: false },
    });
    Ok(rows)
}

/// The print system of the tests, which know how to make one of their own.
struct PrintSystem {
    socket: String,
    queue: String,
    process: Child,
}

impl Drop for PrintSystem {
    /// It ends with its input, and takes its scheduler and its folder with it; killed, it would leave both.
    fn drop(&mut self) {
        self.process.stdin = None;
        let _ = self.process.wait();
    }
}

impl PrintSystem {
    fn start(sh: &Shell) -> anyhow::Result<Option<Self>> {
        let command = cmd!(sh, "cargo run --quiet --package tests --bin print-system");
        let mut process = Command::from(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        std::io::BufReader::new(process.stdout.take().expect("stdout is piped")).read_line(&mut line)?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let system =
            Self { socket: words.next().unwrap_or_default(), queue: words.next().unwrap_or_default(), process };
        Ok(system.socket.starts_with('/').then_some(system))
    }
}

/// A training station in a temporary folder, used through the console program.
pub(crate) struct Station<'a> {
    sh: &'a Shell,
    pub(crate) dir: TempDir,
    procedure: &'static str,
}

/// What one run of the console program gave.
pub(crate) struct Ran {
    pub(crate) answer: Value,
    pub(crate) time: Duration,
    /// The most memory it had for itself, in kB.
    pub(crate) peak: u64,
}

impl<'a> Station<'a> {
    pub(crate) fn new(sh: &'a Shell) -> anyhow::Result<Self> {
        let dir = sh.create_temp_dir()?;
        sh.write_file(dir.path().join("password"), "mot-cua-bench")?;
        // Marriage: one paper is enough to be received.
        let station = Self { sh, dir, procedure: "1.000894" };
        station.motcua(&["init", "--office", "H99.1", "--name", "Bench", "--station", "B1", "--training"])?;
        Ok(station)
    }

    /// Takes in a dossier with `pages` in its first component.
    fn intake(&self, pages: &[&PathBuf]) -> anyhow::Result<Ran> {
        let applicant = json!({ "id_number": "099099000001", "name": "TRẦN THỊ MẪU", "birth_date": "1999-01-02",
            "sex": "female", "address": "Thôn 1, xã Mẫu", "phone": "", "email": "" });
        let form = json!({ "procedure": self.procedure, "case": null, "channel": "counter", "applicant": applicant,
            "representative": null, "received": null, "fee": { "paid": 0, "method": "none" }, "note": "",
            "components": [{ "index": 1, "originals": 1, "copies": 0, "certified": 0, "files": pages }] });
        let path = self.dir.path().join("form.json");
        self.sh.write_file(&path, form.to_string())?;
        self.motcua(&["intake", path.to_str().context("a temporary folder that is no text")?])
    }

    pub(crate) fn motcua(&self, words: &[&str]) -> anyhow::Result<Ran> {
        self.motcua_with(words, &[])
    }

    /// With more in its environment.
    pub(crate) fn motcua_with(&self, words: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<Ran> {
        let dir = self.dir.path();
        let (data, password) = (dir.join("data"), dir.join("password"));
        let command = cmd!(self.sh, "target/release/motcua --json --data {data} {words...}");
        let command = command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", password);
        let command = command.envs(environment.iter().copied());
        let start = Instant::now();
        let mut child = Running(Command::from(command).stdout(Stdio::piped()).spawn()?);
        let mut peak = 0;
        // An answer is shorter than a pipe, so that the child never waits for us.
        let status = loop {
            peak = peak.max(own_memory(child.0.id()).unwrap_or_default());
            match child.0.try_wait()? {
                Some(status) => break status,
                None => sleep(Duration::from_millis(1)),
            }
        };
        let time = start.elapsed();
        let mut answer = String::new();
        child.0.stdout.take().expect("stdout is piped").read_to_string(&mut answer)?;
        ensure!(status.success(), "motcua {}: {answer}", words.join(" "));
        Ok(Ran { answer: serde_json::from_str(&answer)?, time, peak })
    }
}

/// The memory that one process has for itself now, in kB: without the pages of libraries, which all programs share, and
/// without WebKit's own processes. Whoever asks often keeps the largest.
fn own_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = |name: &str| -> Option<u64> {
        status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
    };
    Some(line("RssAnon:")? + line("RssShmem:")?)
}

fn memory(what: &'static str, peak: u64) -> Row {
    memory_below(what, peak, (150, "< 150 MB"))
}

/// `peak` is in kB; the most in MB, and as it is written.
pub(crate) fn memory_below(what: &'static str, peak: u64, (most, mark): (u64, &'static str)) -> Row {
    let megabytes = peak / 1024;
    Row { what, figure: format!("{megabytes} MB"), mark, ok: peak > 0 && megabytes < most }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_a_process_that_lives() {
        assert!(own_memory(std::process::id()).is_some_and(|peak| peak > 100), "this test holds some memory");
        assert!(!memory("", 0).ok, "nothing measured is no pass");
    }
}
