//! Training mode (chế độ tập huấn): a sample office and sample people, with a real central system of its own.
//!
//! Nothing in it is faked: the catalogue is small but imported like any other, the scanner feeds the project's own pages
//! through the same path, and the dossiers really go to a `motcua-central` on this machine.

use crate::fault::Error;
use crate::station::{Desk, NewStation, Parts, lock};
use domain::Office;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

/// Password of the sample people. It guards made-up data only and is shown on the sign-in screen.
pub const PASSWORD: &str = "tap-huan";

/// The sample office, under a province code that no office has.
fn office() -> Result<Office, Error> {
    Ok(Office {
        code: "H99.1".parse().map_err(|_| Error::BadInput("office"))?,
        parent: "Ủy ban nhân dân xã An Mẫu".into(),
        name: "Trung tâm Phục vụ hành chính công xã An Mẫu".into(),
        place: "An Mẫu".into(),
        address: String::new(),
        logo: None,
        phone: "0292 000 0000".into(),
        lookup_url: "https://tracuu.an-mau.example".into(),
        system: "Một Cửa (tập huấn)".into(),
    })
}

impl Desk {
    /// Opens the training station in `dir`, making it first where there is none.
    ///
    /// # Errors
    /// As [`Desk::open`] and [`Desk::create`].
    pub fn open_training(dir: &Path, parts: Parts) -> Result<Self, Error> {
        if store::Vault::exists(dir) {
            return Self::open(dir, parts);
        }
        let new =
            NewStation { office: office()?, station: "Quầy 1".into(), training: true, password: PASSWORD.into() };
        Self::create(dir, &new, parts)
    }

    /// Connects the training station to its central system, which may still be starting; enrolls it the first time.
    /// Needs someone signed in. A failure is shown by the status bar, like any other lack of a link.
    pub async fn join_training(&self, central: &Mutex<Option<TrainingCentral>>) {
        for _ in 0..PATIENCE {
            let url = lock(central).as_ref().map(|central| central.url.clone());
            if let Some(url) = url {
                match self.connect(central, &url).await {
                    Ok(()) => return,
                    // Its token program may come a moment too early; the clerk should not have to mend that.
                    Err(error) => tracing::warn!(%error, code = ?error.code().0, "training central system"),
                }
            }
            tokio::time::sleep(STEP).await;
        }
    }

    async fn connect(&self, central: &Mutex<Option<TrainingCentral>>, url: &str) -> Result<(), Error> {
        self.stand_in_register(url)?;
        if self.move_central(url)? {
            return Ok(());
        }
        let (office, station) = (self.office()?.code.to_string(), self.profile().station);
        let token = lock(central).as_ref().map(|central| central.token(&office, &station)).transpose()?;
        self.enroll(url, &token.ok_or(Error::NotEnrolled)?).await?;
        Ok(())
    }
}

/// How often, and at what distance, the starting central system is looked for.
const PATIENCE: u32 = 100;
const STEP: Duration = Duration::from_millis(200);

/// The training office's own central system: a child process that ends with the program.
pub struct TrainingCentral {
    child: Child,
    program: PathBuf,
    data: PathBuf,
    /// Where it listens.
    pub url: String,
}

impl TrainingCentral {
    /// Starts `motcua-central`, which lies beside this program, with its data in `dir`.
    ///
    /// # Errors
    /// When it is not there or does not say where it listens.
    pub fn start(dir: &Path) -> Result<Self, Error> {
        let program = beside("motcua-central")?;
        let data = dir.join("central");
        let failed = |error| Error::file(&program, error);
        let mut command = Command::new(&program);
        command.args(["serve", "--training", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
        // It ends when this program does, however that ends: its standard input closes with us.
        let mut child = command
            .arg("--until-stdin-closes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(failed)?;
        }
        match line.trim().strip_prefix("listening on ") {
            Some(url) => Ok(Self { url: url.to_owned(), child, program, data }),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                Err(Error::Internal("the training central system did not start".into()))
            }
        }
    }

    /// A token for a station of `office`.
    fn token(&self, office: &str, station: &str) -> Result<String, Error> {
        let answer = Command::new(&self.program)
            .args(["enroll", "--office", office, "--station", station, "--data"])
            .arg(&self.data)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Error::file(&self.program, error))?;
        let answer: serde_json::Value = serde_json::from_slice(&answer.stdout)
            .map_err(|_| Error::Internal("the training central system gave no token".into()))?;
        answer["token"].as_str().map(str::to_owned).ok_or_else(|| Error::Internal("no token in the answer".into()))
    }
}

impl Drop for TrainingCentral {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program of ours that lies beside this one.
fn beside(name: &str) -> Result<PathBuf, Error> {
    let own = std::env::current_exe().map_err(|error| Error::Internal(error.to_string()))?;
    let path = own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if path.exists() { Ok(path) } else { Err(Error::Internal(format!("{name} is not beside the program"))) }
}
