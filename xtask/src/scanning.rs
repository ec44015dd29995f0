//! Scanning's figures: from a driver that is never slow, through the real console program, to the durable store.
//!
//! The driver is a `scanimage` of a few lines that hands over pages of ../shared/data/scans as fast as it is asked, each
//! with bytes of its own, since a page that is kept already would not be written again.

use crate::bench::{Row, Station, memory_below};
use anyhow::{Context, ensure};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use xshell::Shell;

/// A stack to warm up on, and one to measure by; the difference has no start of the program in it.
const FEW: usize = 20;
const STACK: usize = 260;
const LONG: usize = 1_000;
const ROUNDS: usize = 3;

/// The driver; the journeys scan with it too.
const DRIVER: &str = include_str!("../../tests/feeder.sh");

/// Pages a minute that a feeder of 60 sheets, both sides, and twice that, would ask for; and memory over a long stack.
pub(crate) fn measure(sh: &Shell) -> anyhow::Result<Vec<Row>> {
    let station = Station::new(sh)?;
    let stand = station.dir.path().join("driver");
    let pages = build(sh, &stand)?;
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let (few, _) = scan(&station, &stand, FEW)?;
        let (stack, _) = scan(&station, &stand, STACK)?;
        took.push(stack.saturating_sub(few));
    }
    took.sort();
    let rate = (STACK - FEW) as f64 / took[ROUNDS / 2].as_secs_f64() * 60.0;
    let (_, peak) = scan(&station, &stand, LONG)?;
    Ok(vec![
        Row {
            what: "scanned, driver to durable store with thumbnail and PDF",
            figure: format!("{rate:.0} a minute ({pages} pages at 300 dpi, color)"),
            mark: "≥ 240 a minute",
            ok: rate >= 240.0,
        },
        memory_below("own memory, scanning 1,000 into one component", peak, (300, "< 300 MB")),
    ])
}

fn build(sh: &Shell, stand: &Path) -> anyhow::Result<usize> {
    fs::create_dir_all(stand.join("pages"))?;
    let mut count = 0;
    for page in sh.read_dir(sh.current_dir().join("../shared/data/scans"))? {
        if page.extension().is_some_and(|extension| extension == "jpg") {
            fs::copy(&page, stand.join("pages").join(page.file_name().context("a page has a name")?))?;
            count += 1;
        }
    }
    ensure!(count > 0, "no page in ../shared/data/scans");
    let program = stand.join("scanimage");
    fs::write(&program, DRIVER)?;
    fs::set_permissions(program, fs::Permissions::from_mode(0o755))?;
    Ok(count)
}

/// One stack into a new draft: how long the program took from start to end, and what it held.
fn scan(station: &Station<'_>, stand: &Path, sheets: usize) -> anyhow::Result<(Duration, u64)> {
    fs::write(stand.join("last"), sheets.to_string())?;
    let draft = station.motcua(&["draft", "--procedure", "1.004088"])?.answer;
    let id = draft["id"].as_str().context("the draft has no id")?;
    let path = format!("{}:{}", stand.display(), std::env::var("PATH").unwrap_or_default());
    let words = ["scan", "--device", "sane:paper:0", "--dossier", id, "--component", "1"];
    let ran = station.motcua_with(&words, &[("PATH", &path)])?;
    let received = ran.answer["received"].as_u64();
    ensure!(received == u64::try_from(sheets).ok(), "{sheets} sheets became {received:?} pages");
    Ok((ran.time, ran.peak))
}
