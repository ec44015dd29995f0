//! `cargo xtask bench scale`: the same figures on a station of a million dossiers and ten million page rows.
//!
//! The station is made once by `motcua seed` and kept in `target/scale`, which takes a quarter of an hour and six GB.

use crate::bench::{Row, print};
use anyhow::{Context, ensure};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use xshell::{Shell, cmd};

/// What clerks type: the commonest family names, words that fold into each other, a rare name, numbers, codes.
const TYPED: [&str; 22] = [
    "nguyen",
    "dang",
    "do",
    "le",
    "tran van",
    "nguyen thi hoa",
    "dang thi",
    "hoang",
    "tong",
    "mau",
    "099",
    "0990",
    "09901",
    "h99.1",
    "n",
    "tran van binh 0",
    "ng v a",
    "ton nu",
    "nguyen hoang phuong thao",
    "tran thi lan",
    "0912 345 678",
    "khong co ai",
];
const ROUNDS: usize = 5;

/// Lists that are worked through.
const LISTS: [&str; 7] = ["received", "due_today", "overdue", "supplement", "paused", "done", "unsent"];

/// Makes the station where it is not there yet, and measures it.
pub(crate) fn run(sh: &Shell, dossiers: u32) -> anyhow::Result<ExitCode> {
    cmd!(sh, "cargo build --release --workspace --bins").run()?;
    let station = Station::made(sh, dossiers)?;
    let mut rows = vec![station.open()?];
    rows.extend(station.search()?);
    rows.push(station.day()?);
    rows.push(station.lists()?);
    rows.extend(station.people()?);
    rows.push(station.known()?);
    rows.push(station.accept()?);
    rows.push(station.size()?);
    Ok(print(&rows))
}

struct Station<'a> {
    sh: &'a Shell,
    dir: PathBuf,
    dossiers: u32,
}

impl<'a> Station<'a> {
    fn made(sh: &'a Shell, dossiers: u32) -> anyhow::Result<Self> {
        let dir = sh.current_dir().join(format!("target/scale/{dossiers}"));
        let station = Self { sh, dir, dossiers };
        let whole = station.dir.join("whole");
        if !whole.exists() {
            sh.remove_path(&station.dir)?;
            sh.create_dir(&station.dir)?;
            sh.write_file(station.dir.join("password"), "mot-cua-bench")?;
            println!("seeding {dossiers} dossiers into {}", station.dir.display());
            station.motcua(&["init", "--office", "H99.1", "--name", "Bench", "--station", "B1", "--training"])?;
            let made = station.motcua(&["seed", "--dossiers", &dossiers.to_string(), "--pages", "10"])?.0;
            sh.write_file(&whole, made.to_string())?;
        }
        Ok(station)
    }

    /// From the start of the process to an answer that needed the whole store open and somebody signed in.
    fn open(&self) -> anyhow::Result<Row> {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(self.motcua(&["outbox"])?.1);
        }
        times.sort();
        let time = times[ROUNDS / 2];
        let ok = time < Duration::from_secs(1);
        let figure = format!("{:.0} ms", time.as_secs_f64() * 1e3);
        Ok(Row { what: "program started, signed in, answered", figure, mark: "< 1000 ms", ok })
    }

    fn search(&self) -> anyhow::Result<Vec<Row>> {
        // A day on which something was received, alone and beside names.
        let some = self.motcua(&["search", "n", "--limit", "1"])?.0;
        let day = some["hits"][0]["at"].as_str().context("nothing is found")?.get(..10).context("no day")?.to_owned();
        let day: Vec<&str> = day.split('-').rev().collect();
        let day = day.join("/");
        let dated = [day.clone(), format!("nguyen {day}"), format!("do {day}"), format!("{} tran", &day[3..])];
        let typed: Vec<&str> = TYPED.iter().copied().chain(dated.iter().map(String::as_str)).collect();
        let mut all = Vec::new();
        println!("| typed | median ms | worst ms | hits |\n|---|---|---|---|");
        for typed in typed {
            let mut times = Vec::new();
            let mut hits = 0;
            for _ in 0..ROUNDS * 2 {
                let answer = self.motcua(&["search", typed, "--limit", "20"])?.0;
                times.push(answer["ms"].as_f64().context("search says no time")?);
                hits = answer["hits"].as_array().map_or(0, Vec::len);
            }
            times.sort_by(f64::total_cmp);
            println!("| {typed} | {:.2} | {:.2} | {hits} |", times[ROUNDS], times[ROUNDS * 2 - 1]);
            all.extend(times);
        }
        all.sort_by(f64::total_cmp);
        let at = |share: usize| all[(all.len() - 1) * share / 100];
        let figure = format!("{:.1} ms, worst {:.1} ms", at(99), at(100));
        let row = Row { what: "search, p99 of names, codes and days", figure, mark: "< 20 ms", ok: at(99) < 20.0 };
        let middle = Row { what: "search, median", figure: format!("{:.2} ms", at(50)), mark: "", ok: true };
        Ok(vec![middle, row])
    }

    /// The first page of each list that is worked through.
    fn lists(&self) -> anyhow::Result<Row> {
        let mut times = Vec::new();
        for list in LISTS.iter().cycle().take(LISTS.len() * ROUNDS * 2) {
            times.push(self.motcua(&["list", list])?.0["ms"].as_f64().context("the list says no time")?);
        }
        Ok(row_of("a list's first 200, worst", times, (20.0, "< 20 ms")))
    }

    /// Whether the same person handed in the same lately, asked of people from all over the station.
    fn people(&self) -> anyhow::Result<Vec<Row>> {
        let mut codes = Vec::new();
        for name in ["nguyen", "tran", "le", "dang", "do", "hoang"] {
            let found = self.motcua(&["search", name, "--limit", "8"])?.0;
            let hits = found["hits"].as_array().cloned().unwrap_or_default();
            codes.extend(hits.iter().filter_map(|hit| hit["code"].as_str().map(str::to_owned)));
        }
        let mut times = Vec::new();
        for code in &codes {
            times.push(self.motcua(&["duplicates", code])?.0["ms"].as_f64().context("duplicates say no time")?);
        }
        ensure!(times.len() > 20, "too few dossiers to ask about");
        Ok(vec![row_of("the same matter twice, worst", times, (5.0, "< 5 ms"))])
    }

    /// People of earlier dossiers by the name that is typed, as looked for while it is typed.
    fn known(&self) -> anyhow::Result<Row> {
        let mut times = Vec::new();
        for name in TYPED.iter().filter(|typed| typed.contains(' ')).cycle().take(TYPED.len() * 3) {
            times.push(self.motcua(&["known", "find", name])?.0["ms"].as_f64().context("known find says no time")?);
        }
        Ok(row_of("people known by a typed name, worst", times, (50.0, "< 50 ms")))
    }

    /// The screen of the day: its lists and its counts.
    fn day(&self) -> anyhow::Result<Row> {
        let mut times = Vec::new();
        for _ in 0..ROUNDS * 4 {
            times.push(self.motcua(&["today"])?.0["ms"].as_f64().context("the day says no time")?);
        }
        Ok(row_of("the screen of the day, worst", times, (20.0, "< 20 ms")))
    }

    /// From the draft that lacks nothing to the acceptance on the disk.
    fn accept(&self) -> anyhow::Result<Row> {
        let file = self.dir.join("intake.json");
        let mut times = Vec::new();
        for n in 0..ROUNDS * 4 {
            let intake = serde_json::json!({
                "procedure": "1.000894",
                "applicant": { "id_number": format!("0991900{n:05}"), "name": "Nguyễn Thị Đo", "address": "Thôn 1" },
                "components": [{ "index": 1, "originals": 1 }],
            });
            self.sh.write_file(&file, intake.to_string())?;
            let answer = self.motcua(&["intake", &file.to_string_lossy()])?.0;
            times.push(answer["accept_ms"].as_f64().context("the acceptance says no time")?);
        }
        Ok(row_of("accepted, synced to the disk, worst", times, (30.0, "< 30 ms")))
    }

    fn size(&self) -> anyhow::Result<Row> {
        let bytes = std::fs::metadata(self.dir.join("data/motcua.db"))?.len();
        let each = bytes / u64::from(self.dossiers);
        let figure = format!("{:.2} GB, {each} bytes a dossier of ten pages", bytes as f64 / 1e9);
        Ok(Row { what: "database", figure, mark: "", ok: true })
    }

    fn motcua(&self, words: &[&str]) -> anyhow::Result<(Value, Duration)> {
        let (data, password) = (self.dir.join("data"), self.dir.join("password"));
        let command = cmd!(self.sh, "target/release/motcua --json --data {data} {words...}").quiet();
        let command = command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", password);
        let began = Instant::now();
        let output = Command::from(command).output()?;
        let time = began.elapsed();
        ensure!(output.status.success(), "motcua {}: {}", words.join(" "), String::from_utf8_lossy(&output.stdout));
        Ok((serde_json::from_slice(&output.stdout)?, time))
    }
}

/// The worst of `times`, with their median beside it, held against a mark.
fn row_of(what: &'static str, mut times: Vec<f64>, (most, mark): (f64, &'static str)) -> Row {
    times.sort_by(f64::total_cmp);
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    Row { what, figure: format!("{worst:.1} ms, median {middle:.1} ms"), mark, ok: worst < most }
}
