//! The reference central system as a process that a test can turn off and on again at the same address.

use crate::programs::{json, program};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A `motcua-central` with a folder of its own.
#[derive(Debug)]
pub struct Central {
    data: PathBuf,
    address: String,
    /// Whether it stands in for the population database too.
    training: bool,
    process: Option<Child>,
}

impl Central {
    /// Serves from `data` on a free port.
    ///
    /// # Errors
    /// When it does not say where it listens.
    pub fn serve(data: &Path) -> Result<Self> {
        Self::start(data, false)
    }

    /// As [`Self::serve`], with the sample people of training mode.
    ///
    /// # Errors
    /// When it does not say where it listens.
    pub fn serve_training(data: &Path) -> Result<Self> {
        Self::start(data, true)
    }

    fn start(data: &Path, training: bool) -> Result<Self> {
        let mut central = Self { data: data.to_owned(), address: "127.0.0.1:0".into(), training, process: None };
        central.turn_on()?;
        Ok(central)
    }

    /// Starts it again where it was.
    ///
    /// # Errors
    /// When it does not say where it listens.
    pub fn turn_on(&mut self) -> Result<()> {
        let mut process = Command::new(program("motcua-central")?)
            .args(["serve", "--listen", &self.address, "--data"])
            .arg(&self.data)
            .args(self.training.then_some("--training"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("stdout")?).read_line(&mut line)?;
        self.process = Some(process);
        let Some(address) = line.trim_end().strip_prefix("listening on http://") else { bail!("it said {line:?}") };
        self.address = address.to_owned();
        Ok(())
    }

    /// Ends it like a power cut.
    pub fn turn_off(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Where it listens, also while it is off.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its address for a station.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A token for a new station.
    ///
    /// # Errors
    /// When it gives none.
    pub fn token(&self, office: &str, station: &str) -> Result<String> {
        let answer = self.ask(&["enroll", "--office", office, "--station", station])?;
        answer["token"].as_str().map(str::to_owned).context("no token")
    }

    /// What it counts, on or off.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn stats(&self) -> Result<Value> {
        self.ask(&["stats"])
    }

    fn ask(&self, arguments: &[&str]) -> Result<Value> {
        let output = Command::new(program("motcua-central")?).args(arguments).arg("--data").arg(&self.data).output()?;
        ensure!(output.status.success(), "{output:?}");
        json(&output)
    }
}

impl Drop for Central {
    fn drop(&mut self) {
        self.turn_off();
    }
}
