//! A station of a test: a data folder of its own, opened by the window or by the console program, one after the other.

use crate::app::App;
use crate::driver::Driver;
use crate::processes::child;
use crate::programs::{json, program};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Password of the sample people in training mode, as its sign-in screen shows it.
pub const TRAINING_PASSWORD: &str = "tap-huan";

/// The made-up office of training mode.
pub const OFFICE: &str = "H99.1";

/// A station in a folder that goes with it.
#[derive(Debug)]
pub struct Station {
    home: TempDir,
    environment: Vec<(&'static str, OsString)>,
}

impl Station {
    /// Makes an empty folder for a training station.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new() -> Result<Self> {
        let home = tempfile::Builder::new().prefix("motcua-test-").tempdir()?;
        std::fs::write(home.path().join("password"), format!("{TRAINING_PASSWORD}\n"))?;
        // What a window remembers of its size and the like stays out of the tester's own folders.
        let environment = [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "share"), ("XDG_CACHE_HOME", "cache")];
        let environment = environment.map(|(key, name)| (key, home.path().join(name).into_os_string()));
        Ok(Self { home, environment: environment.into() })
    }

    /// Makes one at the console with `motcua init --training`.
    ///
    /// # Errors
    /// When the program refuses.
    pub fn at_console() -> Result<Self> {
        let station = Self::new()?;
        let name = "Trung tâm Phục vụ hành chính công xã An Mẫu";
        station.answer(["init", "--office", OFFICE, "--name", name, "--station", "Quầy 1", "--training"])?;
        Ok(station)
    }

    /// Sets a variable of the window's environment.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((key, value.into()));
        self
    }

    /// The station's home, which holds its data and what else a test puts there.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// A path in the station's home, beside its data.
    #[must_use]
    pub fn home(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.home("data")
    }

    /// Opens the window in training mode.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self) -> Result<App> {
        let driver = Driver::start(&self.environment, &self.home("driver.log"))?;
        let desktop = program("motcua-desktop")?;
        let client = driver.open(&desktop, &["--training".into(), "--data".into(), self.data().into()]).await?;
        let pid = child(driver.pid(), "motcua-desktop")?;
        App::attach(client, driver, pid).await
    }

    /// Runs `motcua --json` on the station, signed in as `clerk`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn motcua<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Output> {
        let mut command = self.console()?;
        command.args(arguments).stdin(Stdio::null()).output().context("motcua")
    }

    /// As [`Self::motcua`], and reads the answer of a command that must succeed.
    ///
    /// # Errors
    /// When it is refused.
    pub fn answer<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<Value> {
        let output = self.motcua(arguments)?;
        ensure!(output.status.success(), "refused: {output:?}");
        json(&output)
    }

    /// `motcua --json --data …`, ready for its arguments.
    ///
    /// # Errors
    /// When it is not built.
    pub fn console(&self) -> Result<Command> {
        let mut command = Command::new(program("motcua")?);
        command.arg("--json").arg("--data").arg(self.data());
        command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", self.home("password"));
        Ok(command)
    }

    /// The id of the scanner on the network that this station sees, once one answers.
    ///
    /// # Errors
    /// When none does for ten seconds.
    pub fn network_scanner(&self) -> Result<String> {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let listed = self.answer(["devices"])?;
            let all = listed["devices"].as_array().context("devices")?;
            let found = all.iter().find(|device| device["kind"] == "escl").and_then(|device| device["id"].as_str());
            match found {
                Some(id) => return Ok(id.to_owned()),
                None if Instant::now() < end => std::thread::sleep(Duration::from_millis(200)),
                None => bail!("no scanner on the network in {listed}"),
            }
        }
    }

    /// What the training central system has: the witness that does not ask the station.
    ///
    /// # Errors
    /// When it has no data.
    pub fn stats(&self) -> Result<Value> {
        let mut stats = Command::new(program("motcua-central")?);
        json(&stats.args(["stats", "--data"]).arg(self.data().join("central")).output()?)
    }
}
