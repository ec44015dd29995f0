//! Child processes that cannot outstay their welcome: a deadline, and the whole process group killed at it.
//!
//! SANE backends fork; killing only the parent would leave a reader that still holds the scanner.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// More than any honest program writes about itself; what is beyond is read and dropped.
const MOST_OUTPUT: usize = 4 << 20;

/// Owns a running child and kills it, with all it started, when dropped.
pub(crate) struct Killed {
    child: Child,
    // Once it is collected its number may belong to another process, so nothing is sent to that number any more.
    ended: Option<ExitStatus>,
}

impl Killed {
    /// Starts `command` at the head of a process group of its own.
    pub(crate) fn spawn(command: &mut Command) -> std::io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        #[cfg(windows)]
        {
            // CREATE_NO_WINDOW: no console flashes up in front of the clerk.
            std::os::windows::process::CommandExt::creation_flags(command, 0x0800_0000);
        }
        Ok(Self { child: command.spawn()?, ended: None })
    }

    /// The child itself, for its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Asks it to stop by itself, where the system has a way to ask.
    pub(crate) fn ask_to_stop(&mut self) {
        #[cfg(unix)]
        if let (Ok(None), Some(pid)) = (self.look(), self.pid()) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
    }

    /// Waits until it ends or `patience` is over; none at the latter.
    pub(crate) fn wait_for(&mut self, patience: Duration) -> std::io::Result<Option<ExitStatus>> {
        let end = Instant::now() + patience;
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.look()? {
                return Ok(Some(status));
            }
            if Instant::now() >= end {
                return Ok(None);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Kills it and everything it started, and collects it.
    pub(crate) fn kill(&mut self) {
        if self.ended.is_none() {
            self.kill_group();
            drop(self.child.kill());
            self.ended = self.child.wait().ok();
        }
    }

    /// Whether it has ended; if so, what it left running is killed before it is collected.
    fn look(&mut self) -> std::io::Result<Option<ExitStatus>> {
        #[cfg(unix)]
        if self.ended.is_none() {
            use rustix::process::{WaitId, WaitIdOptions, waitid};
            // Not yet collected, it keeps its number and that of its group from being given to others.
            let looked = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            match self.pid().map(|pid| waitid(WaitId::Pid(pid), looked)).transpose()?.flatten() {
                Some(_) => self.kill_group(),
                None => return Ok(None),
            }
        }
        if self.ended.is_none() {
            self.ended = self.child.try_wait()?;
        }
        Ok(self.ended)
    }

    /// Kills all of its process group; what it started may still hold the scanner or our pipe.
    fn kill_group(&self) {
        #[cfg(unix)]
        if let Some(group) = self.pid() {
            // There may be nobody left in this moment, which is what is wanted.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }

    #[cfg(unix)]
    fn pid(&self) -> Option<rustix::process::Pid> {
        i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw)
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a child wrote and how it ended.
pub(crate) struct Output {
    /// How it ended; none when it was killed at the deadline.
    pub(crate) status: Option<ExitStatus>,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
}

/// Runs `command` to its end, at most for `patience`, with `input` on its standard input.
pub(crate) fn run(command: &mut Command, input: Option<&[u8]>, patience: Duration) -> std::io::Result<Output> {
    command
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = Killed::spawn(command)?;
    let stdout = child.child().stdout.take().map(collect);
    let stderr = child.child().stderr.take().map(collect);
    let stdin = child.child().stdin.take();
    let status = std::thread::scope(|scope| {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // A child that reads no further is judged by its exit status, not by our broken pipe.
            scope.spawn(move || drop(std::io::Write::write_all(&mut stdin, input)));
        }
        let status = child.wait_for(patience);
        // Before the scope is left, so that neither the writer nor the collectors wait for a child that hangs.
        child.kill();
        status
    })?;
    let text = |thread: Option<JoinHandle<Vec<u8>>>| {
        thread
            .map_or_else(String::new, |thread| String::from_utf8_lossy(&thread.join().unwrap_or_default()).into_owned())
    };
    Ok(Output { status, stdout: text(stdout), stderr: text(stderr) })
}

fn collect(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let mut block = [0; 16 << 10];
        while let Ok(n @ 1..) = pipe.read(&mut block) {
            kept.extend_from_slice(&block[..n.min(MOST_OUTPUT.saturating_sub(kept.len()))]);
        }
        kept
    })
}
