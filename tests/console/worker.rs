//! `motcua scan-worker`: a driver in a process of its own, spoken to by hand as the program speaks to it (T-17).

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tests::programs::program;

struct Worker {
    child: Child,
    orders: ChildStdin,
    says: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    fn start(folder: &Path, driver: &str, order: &Value) -> Result<Self> {
        let mut command = Command::new(program("motcua")?);
        command.args(["scan-worker", "--driver", driver]).current_dir(folder);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let orders = child.stdin.take().context("stdin")?;
        let says = BufReader::new(child.stdout.take().context("stdout")?).lines();
        let mut worker = Self { child, orders, says };
        worker.order(order)?;
        Ok(worker)
    }

    fn order(&mut self, order: &Value) -> Result<()> {
        Ok(writeln!(self.orders, "{order}")?)
    }

    /// The next word that is more than a sign of life.
    fn word(&mut self) -> Result<Value> {
        for line in self.says.by_ref() {
            // Every word begins a line of its own, whatever a driver printed before it.
            match serde_json::from_str::<Value>(&line?) {
                Ok(word) if word != "beat" => return Ok(word),
                Ok(_) | Err(_) => {}
            }
        }
        anyhow::bail!("the worker ended without a word")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next sheet moves only after the page before is said to be kept; each page is a whole file under its checksum.
#[test]
fn a_worker_hands_its_pages_over_one_by_one() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let listed = Worker::start(folder.path(), "virtual", &json!("list"))?.word()?;
    let device = listed["devices"][0]["id"].as_str().context("a device")?.to_owned();

    let settings = json!({ "source": "feeder", "dpi": null, "mode": null, "extra": [] });
    let scan = json!({ "scan": { "device": device, "settings": settings } });
    let mut worker = Worker::start(folder.path(), "virtual", &scan)?;
    for number in 1..=2 {
        let word = worker.word()?;
        let page = &word["page"];
        assert_eq!(page["number"], number, "{word}");
        let bytes = std::fs::read(folder.path().join(page["name"].as_str().context("a name")?))?;
        assert_eq!(page["bytes"], bytes.len());
        assert!(bytes.starts_with(b"\xff\xd8\xff"), "a picture");
        let told = Command::new("sha256sum").arg(folder.path().join(page["name"].as_str().unwrap())).output()?;
        assert!(told.stdout.starts_with(page["sha256"].as_str().context("a checksum")?.as_bytes()));
        worker.order(&json!("next"))?;
    }
    worker.word()?;
    worker.order(&json!("cancel"))?;
    worker.order(&json!("next"))?;
    let end = worker.word()?;
    assert_eq!(end["end"]["ended"], "Cancelled", "{end}");
    ensure!(worker.child.wait()?.success(), "it ends by itself");
    Ok(())
}

/// A driver that is not of this machine is a worker that ends, with its reason; nothing waits for it.
#[test]
#[cfg(not(windows))]
fn a_driver_of_another_machine_ends_at_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut worker = Worker::start(folder.path(), "wia", &json!("list"))?;
    assert!(worker.word().is_err());
    assert_eq!(worker.child.wait()?.code(), Some(1));
    Ok(())
}
