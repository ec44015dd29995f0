//! WebKitWebDriver as a process: one for each window, on a port of its own, ended with everything it started.

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::ffi::OsString;
use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running driver. Dropping it ends its whole group: driver, program, web processes.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts one; the program it opens gets `environment` too, and both write to `log`.
    ///
    /// # Errors
    /// When there is no screen, no driver, or it does not listen.
    pub fn start(environment: &[(&str, OsString)], log: &Path) -> Result<Self> {
        if std::env::var_os("DISPLAY").is_none() {
            bail!("no screen: run `cargo xtask test journeys`, or under xvfb-run");
        }
        // Free now; another process could take it before the driver does, which then fails to start.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let out = File::options().create(true).append(true).open(log)?;
        let process = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            // Without it the session request hangs for ever.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("NO_AT_BRIDGE", "1")
            .envs(environment.iter().map(|(key, value)| (*key, value.as_os_str())))
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .process_group(0)
            .spawn()
            .context("WebKitWebDriver (Debian: webkit2gtk-driver)")?;
        let driver = Self { process, port, log: log.to_owned() };
        let end = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > end {
                bail!("WebKitWebDriver does not listen: {}", driver.said());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// Opens `program` and attaches to its window.
    ///
    /// # Errors
    /// When no window comes within twenty seconds.
    pub async fn open(&self, program: &Path, arguments: &[OsString]) -> Result<Client> {
        let arguments: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
        // A browserName here is answered with "Failed to match capabilities".
        let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
        let serde_json::Value::Object(capabilities) = options else { bail!("no object") };
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities);
        match tokio::time::timeout(Duration::from_secs(20), session.connect(&url)).await {
            Ok(Ok(client)) => Ok(client),
            Ok(Err(error)) => bail!("no session: {error}; {}", self.said()),
            Err(_) => bail!("no session in 20 s; {}", self.said()),
        }
    }

    /// The driver's process id, the parent of the program it opened.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        crate::processes::signal(&format!("-{}", self.process.id()), "KILL");
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
