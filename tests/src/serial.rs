//! A code reader on a serial port that a test plugs in and pulls out: a pseudo terminal kept by `script`, under a name that stays.

use anyhow::{Context, Result, ensure};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A socket for a reader, at a path that a station can be told to listen at.
#[derive(Debug)]
pub struct SerialReader {
    home: PathBuf,
    plugged: Option<Child>,
}

impl SerialReader {
    /// A socket in `home` with nothing in it.
    #[must_use]
    pub fn new(home: &Path) -> Self {
        Self { home: home.to_owned(), plugged: None }
    }

    /// Where it is plugged in.
    #[must_use]
    pub fn port(&self) -> PathBuf {
        self.home.join("reader")
    }

    /// Plugs it in.
    ///
    /// # Errors
    /// When there is no pseudo terminal.
    pub fn plug_in(&mut self) -> Result<()> {
        let name = self.home.join("reader.tty");
        let _ = std::fs::remove_file(&name);
        let keep = format!("stty raw -echo && tty > '{}' && exec sleep 600", name.display());
        let child = Command::new("script")
            .args(["-q", "-c", &keep, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("script")?;
        self.plugged = Some(child);
        let began = Instant::now();
        loop {
            let port = std::fs::read_to_string(&name).unwrap_or_default();
            if let Some(port) = port.strip_suffix('\n') {
                std::os::unix::fs::symlink(port, self.port())?;
                return Ok(());
            }
            ensure!(began.elapsed() < Duration::from_secs(10), "script gave no terminal");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Reads a code: its bytes come in at the port, with the end that readers send.
    ///
    /// # Errors
    /// When it is not plugged in.
    pub fn read(&mut self, text: &str) -> Result<()> {
        let reader = self.plugged.as_mut().and_then(|child| child.stdin.as_mut()).context("not plugged in")?;
        reader.write_all(format!("{text}\r").as_bytes())?;
        Ok(reader.flush()?)
    }

    /// Pulls it out.
    pub fn pull_out(&mut self) {
        let _ = std::fs::remove_file(self.port());
        if let Some(mut child) = self.plugged.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for SerialReader {
    fn drop(&mut self) {
        self.pull_out();
    }
}
