//! One run of `scanimage` in batch mode: a newline goes in, a page comes out, and only then the next newline goes in.
//!
//! Its order, found by trial: prompt on stderr, wait for one character, scan into `NAME.part`, rename, print NAME.
//! So a printed name is a whole file. End of input at a prompt ends the batch cleanly, without an error.

use super::status::{self, Said};
use crate::child::Killed;
use crate::scanner::{Cancel, Ended, ScanError, ScannedSide};
use crate::temp;
use std::fs::File;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How often the clerk's cancel and the growth of the page are looked at.
const GLANCE: Duration = Duration::from_millis(50);
/// How long a driver may take to park the lamp and close; after it, it is killed (T-17).
const CLOSING: Duration = Duration::from_secs(5);
/// A page beyond this is no page of paper: A3 at 600 dpi in raw color is 209 MB.
const MOST_BYTES: u64 = 512 << 20;
/// Messages kept for judging the end; drivers in debug mode write without end.
const MOST_LINES: usize = 400;
const LONGEST_LINE: usize = 4_096;

/// One run.
pub(super) struct Job<'a> {
    pub(super) command: Command,
    pub(super) device: &'a str,
    /// The picture format, which is also the files' extension.
    pub(super) extension: &'static str,
    pub(super) one_page: bool,
    pub(super) dpi: Option<u32>,
    pub(super) patience: Duration,
    pub(super) temp: &'a Path,
}

/// Why a run failed.
pub(super) enum Stopped {
    /// The program did not start.
    NotStarted(std::io::Error),
    /// Anything after that.
    Fault(ScanError),
}

impl From<ScanError> for Stopped {
    fn from(error: ScanError) -> Self {
        Self::Fault(error)
    }
}

enum Heard {
    Printed(String),
    Said(String),
}

/// What became of waiting for a page.
enum Waited {
    Page(String),
    Over,
    Cancelled,
    TimedOut,
}

impl Job<'_> {
    /// Runs to the end, handing each side over before the next is asked for.
    pub(super) fn run(
        mut self,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<Ended, Stopped> {
        let folder = temp::make(self.temp).map_err(ScanError::at(self.temp))?;
        // The pattern is relative, because scanimage reads the whole of it as a format.
        self.command
            .current_dir(folder.path())
            .arg(format!("--format={}", self.extension))
            .arg(format!("--batch=p%05d.{}", self.extension))
            .args(["--batch-print", "--batch-prompt"])
            .args(self.one_page.then_some("--batch-count=1"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = Killed::spawn(&mut self.command).map_err(Stopped::NotStarted)?;
        // Bounded, so that a driver that floods us is stopped by its own full pipe while a page is being stored.
        let (tell, hear) = sync_channel(64);
        if let Some(stdout) = child.child().stdout.take() {
            listen(stdout, tell.clone(), Heard::Printed);
        }
        if let Some(stderr) = child.child().stderr.take() {
            listen(stderr, tell, Heard::Said);
        }
        let mut prompt = child.child().stdin.take();
        let mut run = Run { hear, said: Vec::new(), closing: false, folder: folder.path(), patience: self.patience };

        let mut number = 0;
        let ended = loop {
            if cancel.is_cancelled() {
                break Waited::Cancelled;
            }
            if let Some(prompt) = &mut prompt
                && !(self.one_page && number > 0)
            {
                // Fails when the program has ended already, which the waiting below finds out.
                drop(prompt.write_all(b"\n").and_then(|()| prompt.flush()));
            }
            match run.wait(cancel) {
                Waited::Page(name) => {
                    number += 1;
                    let bytes = self.take(folder.path(), &name, number)?;
                    if on_side(ScannedSide { bytes, dpi: self.dpi, number }).is_break() {
                        break Waited::Cancelled;
                    }
                }
                other => break other,
            }
        };
        // At the prompt this alone ends the batch; in the middle of a page the driver has to be asked.
        drop(prompt);
        match ended {
            Waited::Cancelled | Waited::TimedOut => {
                // Killed outright, many scanners stay in the middle of the sheet until they are switched off.
                if child.wait_for(GLANCE).is_ok_and(|status| status.is_none()) {
                    child.ask_to_stop();
                }
                run.drain(&mut child);
                child.kill();
                if matches!(ended, Waited::Cancelled) {
                    return Ok(Ended::Cancelled);
                }
                tracing::warn!(device = self.device, said = ?run.said.last(), "the scanner gave nothing and was stopped");
                Err(ScanError::Timeout { after: self.patience }.into())
            }
            Waited::Over | Waited::Page(_) => {
                let exit = run.drain(&mut child);
                child.kill();
                Ok(self.judge(&run.said, exit, number)?)
            }
        }
    }

    /// Tells how a batch that ended by itself ended.
    fn judge(&self, said: &[String], exit: Option<std::process::ExitStatus>, sides: u32) -> Result<Ended, ScanError> {
        let code = match exit {
            Some(exit) => exit.code(),
            // It hung while closing the device: what it said before that counts.
            None if said.iter().any(|line| status::is_verdict(line)) => None,
            None if said.iter().any(|line| status::is_end(line)) => Some(0),
            None => return Err(ScanError::Timeout { after: CLOSING }),
        };
        match status::read(self.device, said, code)? {
            Said::Cancelled => Ok(Ended::Cancelled),
            Said::NoPaper | Said::Fine if sides == 0 => Err(ScanError::FeederEmpty),
            Said::NoPaper | Said::Fine => Ok(Ended::Empty),
        }
    }

    /// Reads the finished page `name` and removes its file.
    fn take(&self, folder: &Path, name: &str, number: u32) -> Result<Vec<u8>, ScanError> {
        // The one name that was asked for; whatever else a driver prints there is never opened.
        if name != format!("p{number:05}.{}", self.extension) {
            return Err(ScanError::Failed { message: format!("unexpected page name {name:.80}"), code: None });
        }
        let path = folder.join(name);
        let mut bytes = Vec::new();
        // A pipe or a device in its place would be read without end.
        if !std::fs::symlink_metadata(&path).map_err(ScanError::at(&path))?.is_file() {
            return Err(ScanError::Failed { message: format!("{name} is no file"), code: None });
        }
        File::open(&path)
            .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
            .map_err(ScanError::at(&path))?;
        std::fs::remove_file(&path).map_err(ScanError::at(&path))?;
        if bytes.len() as u64 > MOST_BYTES || !is_whole(&bytes, self.extension) {
            let message = format!("page {number} is no whole picture ({} bytes)", bytes.len());
            return Err(ScanError::Failed { message, code: None });
        }
        Ok(bytes)
    }
}

struct Run<'a> {
    hear: Receiver<Heard>,
    said: Vec<String>,
    /// Whether it has told its end, which may be heard before the last page's name, through the other pipe.
    closing: bool,
    folder: &'a Path,
    patience: Duration,
}

impl Run<'_> {
    /// Waits for the next page for as long as there is progress.
    fn wait(&mut self, cancel: &Cancel) -> Waited {
        let mut last_sign = Instant::now();
        let mut size = 0;
        loop {
            match self.hear.recv_timeout(GLANCE) {
                Ok(Heard::Printed(name)) => return Waited::Page(name),
                Ok(Heard::Said(line)) => {
                    if status::is_end(&line) || status::is_verdict(&line) {
                        // A driver that has told its fault may hang before it ends.
                        last_sign = Instant::now();
                        self.closing = true;
                    }
                    self.note(line);
                }
                Err(RecvTimeoutError::Disconnected) => return Waited::Over,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if cancel.is_cancelled() {
                return Waited::Cancelled;
            }
            // A large page over a slow wire is no hang while its file grows; chatter alone is no progress.
            let now = self.size();
            if now > size {
                size = now;
                last_sign = Instant::now();
            }
            if last_sign.elapsed() >= if self.closing { CLOSING } else { self.patience } {
                return if self.closing { Waited::Over } else { Waited::TimedOut };
            }
        }
    }

    /// Listens until the program ends, at most for `CLOSING`; none when it did not.
    fn drain(&mut self, child: &mut Killed) -> Option<std::process::ExitStatus> {
        let end = Instant::now() + CLOSING;
        loop {
            match self.hear.recv_timeout(GLANCE) {
                Ok(Heard::Said(line)) => self.note(line),
                // Nobody asked for this page any more.
                Ok(Heard::Printed(_)) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return child.wait_for(end.saturating_duration_since(Instant::now())).ok().flatten();
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if Instant::now() >= end {
                return child.wait_for(Duration::ZERO).ok().flatten();
            }
        }
    }

    fn note(&mut self, line: String) {
        if self.said.len() >= MOST_LINES {
            self.said.remove(0);
        }
        self.said.push(line);
    }

    fn size(&self) -> u64 {
        std::fs::read_dir(self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|e| e.metadata().ok())
            .map(|m| m.len())
            .sum()
    }
}

/// Whether the file begins and ends as its format does, so that a page cut short by a full disk is not taken.
fn is_whole(bytes: &[u8], extension: &str) -> bool {
    match extension {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"),
        _ => bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"\xff\xd9"),
    }
}

/// Tells every line of `pipe` until it closes or nobody listens.
fn listen(mut pipe: impl Read + Send + 'static, tell: SyncSender<Heard>, kind: fn(String) -> Heard) {
    std::thread::spawn(move || {
        let mut line = Vec::new();
        let mut block = [0; 4_096];
        while let Ok(n @ 1..) = pipe.read(&mut block) {
            for &byte in &block[..n] {
                if byte != b'\n' && line.len() < LONGEST_LINE {
                    line.push(byte);
                } else if byte == b'\n' {
                    let text = String::from_utf8_lossy(&line).into_owned();
                    line.clear();
                    if tell.send(kind(text)).is_err() {
                        return;
                    }
                }
            }
        }
        if !line.is_empty() {
            // The last words of a driver that crashed.
            drop(tell.send(kind(String::from_utf8_lossy(&line).into_owned())));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cut_short_is_not_whole() {
        assert!(is_whole(b"\xff\xd8\xff\xe0 \xff\xd9", "jpeg"));
        assert!(!is_whole(b"\xff\xd8\xff\xe0 ", "jpeg"), "the disk was full before the end was written (T-05)");
        assert!(!is_whole(b"", "jpeg") && !is_whole(b"", "png"), "an empty file is never a page");
    }
}
