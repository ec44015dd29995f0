//! What encryption at rest costs: the same rows written and read with and without the cipher, in one run, as a ratio.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and stops at the first fault")]

use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

const SCHEMA: [&str; 3] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_care.sql"),
    include_str!("../migrations/0003_scale.sql"),
];
const KEY: &str = "x'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F'";
const COMMITS: u32 = 400;
const ROWS: u32 = 100_000;
const ROUNDS: usize = 5;

fn open(path: &Path, sealed: bool) -> Connection {
    let connection = Connection::open(path).unwrap();
    if sealed {
        connection.pragma_update(None, "key", KEY).unwrap();
    }
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection
}

/// One durable transaction a row, as at the counter.
fn commits(connection: &Connection) -> Duration {
    let began = Instant::now();
    for n in 0..COMMITS {
        connection.execute(include_str!("one_setting.sql"), (n.to_string(), "{}")).unwrap();
    }
    began.elapsed()
}

/// Many rows in one transaction, as when a catalogue comes in.
fn rows(connection: &Connection) -> Duration {
    let began = Instant::now();
    connection.execute_batch(&include_str!("many_rows.sql").replace("ROWS", &ROWS.to_string())).unwrap();
    began.elapsed()
}

/// Every row read once, with a cold page cache of our own.
fn reads(path: &Path, sealed: bool) -> Duration {
    let connection = open(path, sealed);
    let began = Instant::now();
    let count: i64 = connection.query_row(include_str!("read_all.sql"), [], |row| row.get(0)).unwrap();
    assert!(count > 0);
    began.elapsed()
}

fn measure(sealed: bool) -> [Duration; 3] {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bench.db");
    let connection = open(&path, sealed);
    SCHEMA.iter().for_each(|sql| connection.execute_batch(sql).unwrap());
    let writing = [commits(&connection), rows(&connection)];
    drop(connection);
    [writing[0], writing[1], reads(&path, sealed)]
}

fn main() {
    let mut times = [[Vec::new(), Vec::new(), Vec::new()], [Vec::new(), Vec::new(), Vec::new()]];
    for _ in 0..ROUNDS {
        for (sealed, times) in times.iter_mut().enumerate() {
            for (time, all) in measure(sealed == 1).into_iter().zip(times) {
                all.push(time);
            }
        }
    }
    println!("| what | plain | sealed | ratio |\n|---|---|---|---|");
    for (n, what) in ["durable commits", "rows in one transaction", "all rows read"].into_iter().enumerate() {
        let [plain, sealed] = [0, 1].map(|kind: usize| {
            times[kind][n].sort();
            times[kind][n][ROUNDS / 2].as_secs_f64() * 1_000.0
        });
        println!("| {what} | {plain:.1} ms | {sealed:.1} ms | {:.2} |", sealed / plain);
    }
}
