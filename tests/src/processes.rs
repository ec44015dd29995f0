//! Processes found by their parents, so that a test ends only what it started.

use anyhow::{Result, bail};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Children of `parent` whose name begins with `name`; the system cuts names after 15 letters.
#[must_use]
pub fn children(parent: u32, name: &str) -> Vec<u32> {
    let Ok(all) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = all.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| stat(*pid).is_some_and(|(own, of)| of == parent && own.starts_with(name))).collect()
}

/// The child of `parent` called `name`, as soon as there is one.
///
/// # Errors
/// When there is none after ten seconds.
pub fn child(parent: u32, name: &str) -> Result<u32> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(pid) = children(parent, name).first() {
            return Ok(*pid);
        }
        if Instant::now() > end {
            bail!("{parent} has no child {name}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Sends `signal`, such as `KILL`, to a process, or with a `-` before the number to its group.
pub fn signal(target: &str, signal: &str) {
    // It may be gone already.
    let _ = Command::new("kill").args(["-s", signal, "--", target]).stderr(Stdio::null()).status();
}

/// Waits until a process is gone.
///
/// # Errors
/// When it is still there after `patience`.
pub fn gone(pid: u32, patience: Duration) -> Result<()> {
    let end = Instant::now() + patience;
    while is_running(pid) {
        if Instant::now() > end {
            bail!("process {pid} is still there after {patience:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn is_running(pid: u32) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    // A zombie has ended once all its threads have; only its parent has not looked yet.
    let ended = stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
    let threads = fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count);
    !ended || threads > 1
}

/// Name and parent of a process.
fn stat(pid: u32) -> Option<(String, u32)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (head, rest) = text.rsplit_once(')')?;
    let parent = rest.split_whitespace().nth(1)?.parse().ok()?;
    Some((head.split_once('(')?.1.to_owned(), parent))
}
