//! A driver in a process of its own, for drivers that are libraries (WIA): they may hang, crash or print what they like,
//! and neither the program nor a page goes with them (T-17).
//!
//! The worker is this program, started anew to do one thing. It beats once a second; a beat that stays away, or a page
//! that does not come, ends it with all it started. Pages come by file and checksum.

mod serve;
mod talk;

pub use serve::serve;

use crate::child::Killed;
use crate::device::Device;
use crate::scanner::{Cancel, Ended, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use crate::temp;
use std::cell::Cell;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};
use talk::{Order, Word, line, read};

/// A worker that does not beat for so long is frozen.
const SILENCE: Duration = Duration::from_secs(10);
/// Listing may wake network scanners.
const LIST_PATIENCE: Duration = Duration::from_secs(30);
/// A page of A3 at 600 dpi over USB 2 takes about a minute.
const PAGE_PATIENCE: Duration = Duration::from_secs(120);
/// How long a driver may take to park the paper after it was asked to stop.
const CLOSING: Duration = Duration::from_secs(5);
/// A page beyond this is no page of paper.
const MOST_BYTES: u64 = 512 << 20;
/// The last words of a worker, for the log.
const MOST_WORDS: usize = 4 << 10;

/// Scanners that a worker drives.
pub struct Worker {
    program: PathBuf,
    arguments: Vec<OsString>,
    silence: Duration,
    page_patience: Duration,
}

impl Worker {
    /// A worker that is `program` started with `arguments`; it calls [`serve`].
    #[must_use]
    pub fn new(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            silence: SILENCE,
            page_patience: PAGE_PATIENCE,
        }
    }

    /// Sets how long a worker may give no sign of life, and no page.
    #[must_use]
    pub fn with_patience(mut self, silence: Duration, page: Duration) -> Self {
        (self.silence, self.page_patience) = (silence, page);
        self
    }

    fn start(&self, folder: &Path, order: &Order) -> Result<Running, ScanError> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Killed::spawn(&mut command).map_err(ScanError::at(&self.program))?;
        let mut orders = child.child().stdin.take();
        let (tell, words) = sync_channel(64);
        if let Some(stdout) = child.child().stdout.take() {
            std::thread::spawn(move || {
                for heard in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                    if let Some(word) = read::<Word>(&String::from_utf8_lossy(&heard))
                        && tell.send(word).is_err()
                    {
                        return;
                    }
                }
            });
        }
        let last_words = child.child().stderr.take().map(|stderr| std::thread::spawn(move || last_words(stderr)));
        send(&mut orders, order);
        Ok(Running { child, orders, words, last_words })
    }
}

/// A worker at work; dropped, it is killed with all it started.
struct Running {
    child: Killed,
    orders: Option<ChildStdin>,
    words: Receiver<Word>,
    last_words: Option<std::thread::JoinHandle<String>>,
}

impl Running {
    /// Waits for a word that is more than a beat; none when it ended, an error when it is frozen or too slow.
    /// Once it is `stopped` the worker is told, and has a moment to come to its end.
    fn word(
        &mut self,
        silence: Duration,
        patience: Duration,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Option<Word>, ScanError> {
        let mut end = Instant::now() + patience;
        let mut beat = Instant::now();
        let mut told = false;
        loop {
            match self.words.recv_timeout(Duration::from_millis(50)) {
                Ok(Word::Beat) => beat = Instant::now(),
                Ok(word) => return Ok(Some(word)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !told && stopped() {
                told = true;
                send(&mut self.orders, &Order::Cancel);
                // It may be waiting for this; it looks at the other one first.
                send(&mut self.orders, &Order::Next);
                end = end.min(Instant::now() + CLOSING);
            }
            let now = Instant::now();
            if now >= end || now.duration_since(beat) >= silence {
                return Err(ScanError::Timeout { after: if now >= end { patience } else { silence } });
            }
        }
    }

    /// Why it ended without having said so.
    fn crashed(mut self) -> ScanError {
        let status = self.child.wait_for(CLOSING).ok().flatten();
        self.child.kill();
        let said = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let message = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("the driver ended by itself");
        ScanError::Failed { message: message.to_owned(), code: status.and_then(|status| status.code()) }
    }
}

impl Scanner for Worker {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let folder = temp::make(&temp::folder()).map_err(ScanError::at(&temp::folder()))?;
        let mut worker = self.start(folder.path(), &Order::List)?;
        match worker.word(self.silence, LIST_PATIENCE, &|| false)? {
            Some(Word::Devices(devices)) => Ok(devices),
            Some(Word::Fault(fault)) => Err(fault.error("")),
            Some(Word::Beat | Word::Page { .. } | Word::End { .. }) | None => Err(worker.crashed()),
        }
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let folder = temp::make(&temp::folder()).map_err(ScanError::at(&temp::folder()))?;
        let order = Order::Scan { device: device_id.to_owned(), settings: settings.clone() };
        let mut worker = self.start(folder.path(), &order)?;
        let broken = Cell::new(false);
        let stopped = || broken.get() || cancel.is_cancelled();
        let mut number = 0;
        loop {
            let word = match worker.word(self.silence, self.page_patience, &stopped) {
                // It was asked to stop and did not come to an end: it is killed, and what was handed over stays.
                Err(ScanError::Timeout { .. }) if stopped() => return Ok(cancelled(settings)),
                other => other?,
            };
            match word {
                // Asked to stop, it may just have finished a page; that sheet is put back.
                Some(Word::Page { .. }) if stopped() => {}
                Some(Word::Page { number: told, name, bytes, sha256, dpi }) => {
                    number += 1;
                    if told != number || name != format!("p{number:05}") {
                        let message = format!("page {told} came in place of page {number}");
                        return Err(ScanError::Failed { message, code: None });
                    }
                    let bytes = take(&folder.path().join(name), bytes, &sha256)?;
                    broken.set(on_side(ScannedSide { bytes, dpi, number }).is_break());
                    if !stopped() {
                        send(&mut worker.orders, &Order::Next);
                    }
                }
                Some(Word::End { fed, ended, applied }) => {
                    let ended = if stopped() { Ended::Cancelled } else { ended };
                    return Ok(ScanEnd { fed, ended, applied });
                }
                Some(Word::Fault(fault)) => return Err(fault.error(device_id)),
                Some(Word::Beat | Word::Devices(_)) => {}
                None if stopped() => return Ok(cancelled(settings)),
                None => return Err(worker.crashed()),
            }
        }
    }
}

/// The end of a scan whose driver did not live to tell it.
fn cancelled(settings: &ScanSettings) -> ScanEnd {
    let source = settings.source.unwrap_or(crate::device::Source::Feeder);
    let applied = crate::scanner::Applied { source, dpi: settings.dpi, mode: settings.mode };
    ScanEnd { fed: None, ended: Ended::Cancelled, applied }
}

/// Reads a page that was handed over and removes its file. What is not what was told is no page.
fn take(path: &Path, bytes: u64, sha256: &str) -> Result<Vec<u8>, ScanError> {
    let wrong = |what: &str| ScanError::Failed { message: format!("a page handed over {what}"), code: None };
    let meta = std::fs::symlink_metadata(path).map_err(ScanError::at(path))?;
    if !meta.is_file() || bytes > MOST_BYTES || bytes == 0 || meta.len() != bytes {
        return Err(wrong("is not the file that was told"));
    }
    let page = std::fs::read(path).map_err(ScanError::at(path))?;
    std::fs::remove_file(path).map_err(ScanError::at(path))?;
    if serve::hex(&page) == sha256 { Ok(page) } else { Err(wrong("has other bytes than were told")) }
}

/// A worker that has ended hears nothing, which the waiting finds out.
fn send(orders: &mut Option<ChildStdin>, order: &Order) {
    if let Some(pipe) = orders {
        drop(pipe.write_all(&line(order)).and_then(|()| pipe.flush()));
    }
}

/// Reads all of it and keeps the end, so that a driver that chatters is not stopped by a full pipe.
fn last_words(mut stderr: impl Read) -> String {
    let mut kept = Vec::new();
    let mut block = [0; 4 << 10];
    while let Ok(n @ 1..) = stderr.read(&mut block) {
        kept.extend_from_slice(&block[..n]);
        let over = kept.len().saturating_sub(MOST_WORDS);
        kept.drain(..over);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
