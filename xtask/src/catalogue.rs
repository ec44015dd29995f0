//! The catalogue's figures: 6,413 procedures, as many as the whole country has, made of the 2,642 real ones.
//!
//! Each copy has a code and a place of its own, so that the index meets as many names as it would for real. The searches
//! that count are asked of one process, as a counter's window is one all day; what a process started for one search takes
//! is told beside it.

use crate::bench::Row;
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use xshell::{Shell, TempDir, cmd};

/// Procedures of the country (D§10.1).
const ALL: usize = 6_413;
/// A few records cannot be read, and are not among them.
const SPARE: usize = 20;
/// What tells the copies apart.
const PLACES: [&str; 5] =
    ["", " (cấp tỉnh)", " tại Khu kinh tế ven biển", " trong khu công nghiệp", " theo cơ chế đặc thù"];
/// What clerks type: words that half of all names hold, short beginnings, fields, initials, codes, and nothing at all.
const TYPED: [&str; 24] = [
    "",
    "dang ky",
    "thu tuc",
    "cap",
    "c",
    "d",
    "giay phep",
    "cap giay phep",
    "cap lai giay chung nhan",
    "khai sinh",
    "dang ky khai sinh",
    "ket hon",
    "dat dai",
    "xay dung",
    "ho kinh doanh",
    "chung thuc ban sao",
    "ks",
    "dkkh",
    "gpxd",
    "1.001193",
    "1001193",
    "1.0",
    "ho tich",
    "khong co thu tuc nao",
];
const ROUNDS: usize = 10;

/// How long it takes to bring them in, and to find one.
pub(crate) fn measure(sh: &Shell) -> anyhow::Result<Vec<Row>> {
    let station = Station::new(sh)?;
    let file = station.dir.path().join("catalogue.jsonl");
    sh.write_file(&file, records(sh)?.join("\n"))?;
    let file = file.to_str().context("a temporary folder that is no text")?;
    let began = Instant::now();
    let got = station.motcua(&["catalogue", "import", file])?;
    let time = began.elapsed();
    let held = station.motcua(&["catalogue", "show"])?["procedures"].as_u64().unwrap_or_default();
    ensure!(held >= ALL as u64 && got["finished"] == true, "only {held} procedures came in");
    let warm = searched(&station, &TYPED.repeat(ROUNDS))?;
    let mut cold = Vec::new();
    for typed in TYPED {
        cold.extend(searched(&station, &[typed])?);
    }
    for (typed, first) in TYPED.iter().zip(&cold) {
        let of_word = sorted(warm.iter().filter(|(text, _)| text == typed).map(|(_, ms)| *ms));
        println!("| {typed} | {:.2} | {:.2} | alone {:.2} |", at(&of_word, 50), at(&of_word, 100), first.1);
    }
    let warm = sorted(warm.iter().map(|(_, ms)| *ms));
    let cold = sorted(cold.iter().map(|(_, ms)| *ms));
    let said =
        |times: &[f64]| format!("{:.2} ms, median {:.2}, worst {:.2}", at(times, 99), at(times, 50), at(times, 100));
    Ok(vec![
        Row {
            what: "6,413 procedures brought in",
            figure: format!("{:.1} s", time.as_secs_f64()),
            mark: "",
            ok: time < Duration::from_secs(120),
        },
        Row { what: "6,413 procedures, search p99", figure: said(&warm), mark: "< 5 ms", ok: at(&warm, 99) < 5.0 },
        Row { what: "the same, a process for each", figure: said(&cold), mark: "", ok: true },
    ])
}

/// Each search with its milliseconds, all by one process.
fn searched(station: &Station<'_>, typed: &[&str]) -> anyhow::Result<Vec<(String, f64)>> {
    let answer = station.motcua(&[&["catalogue", "search"], typed].concat())?;
    let one = |answer: &Value| {
        let text = answer["text"].as_str().context("the search does not say what was asked")?;
        Ok((text.to_owned(), answer["ms"].as_f64().context("the search says no time")?))
    };
    answer["searches"].as_array().unwrap_or(&vec![answer.clone()]).iter().map(one).collect()
}

fn sorted(times: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

/// Below which `share` percent of `times` lie.
fn at(times: &[f64], share: usize) -> f64 {
    times[(times.len() - 1) * share / 100]
}

/// The real records, and copies of them until there are enough.
fn records(sh: &Shell) -> anyhow::Result<Vec<String>> {
    let packed = sh.current_dir().join("../shared/data/procedures.jsonl.gz");
    ensure!(packed.is_file(), "no {}", packed.display());
    let mut child = Command::new("gzip").arg("-dc").arg(&packed).stdout(Stdio::piped()).spawn().context("gzip")?;
    let lines = BufReader::new(child.stdout.take().context("gzip says nothing")?).lines();
    let real: Vec<String> = lines.collect::<Result<_, _>>()?;
    ensure!(child.wait()?.success() && !real.is_empty(), "{} does not unpack", packed.display());
    let mut all = Vec::with_capacity(ALL);
    for (at, line) in real.iter().cycle().take(ALL + SPARE).enumerate() {
        let round = at / real.len();
        if round == 0 {
            all.push(line.clone());
            continue;
        }
        let mut record: Value = serde_json::from_str(line)?;
        record["ma_thu_tuc"] = json!(format!("{}.{:06}", 3 + round, at));
        let name = record["ten_thu_tuc"].as_str().unwrap_or_default();
        record["ten_thu_tuc"] = json!(format!("{name}{}", PLACES[1 + at % (PLACES.len() - 1)]));
        all.push(record.to_string());
    }
    Ok(all)
}

/// A training station in a temporary folder, with whoever may change the catalogue at it.
struct Station<'a> {
    sh: &'a Shell,
    dir: TempDir,
}

impl<'a> Station<'a> {
    fn new(sh: &'a Shell) -> anyhow::Result<Self> {
        let station = Self { sh, dir: sh.create_temp_dir()? };
        sh.write_file(station.dir.path().join("password"), "mot-cua-bench")?;
        station.motcua(&["init", "--office", "H99.1", "--name", "Bench", "--station", "B1", "--training"])?;
        Ok(station)
    }

    fn motcua(&self, words: &[&str]) -> anyhow::Result<Value> {
        let (data, password) = (self.dir.path().join("data"), self.dir.path().join("password"));
        let command = cmd!(self.sh, "target/release/motcua --json --data {data} {words...}");
        let command = command.env("MOTCUA_USER", "supervisor").env("MOTCUA_PASSWORD_FILE", password);
        let output = Command::from(command).output()?;
        ensure!(output.status.success(), "motcua {}: {}", words.join(" "), String::from_utf8_lossy(&output.stdout));
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
