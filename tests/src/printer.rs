//! A real CUPS of the test's own, on a socket of its own, with a real cups-pdf queue as the printer.
//!
//! Its backend must run as root and writes into the user's PDF folder; what a test printed is found by the job's title.

use crate::programs::{has_tool, skipped};
use anyhow::{Context, Result, bail};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The queue's name.
pub const QUEUE: &str = "Quay_1";

const DRIVER: &str = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd";

/// A running print system. It ends when dropped.
#[derive(Debug)]
pub struct PrintSystem {
    folder: TempDir,
    process: Child,
}

impl PrintSystem {
    /// Starts one, or says why it cannot be had here.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn start() -> Result<Option<Self>> {
        if !has_tool("cupsd") || !Path::new(DRIVER).exists() || !Path::new("/usr/lib/cups/backend/cups-pdf").exists() {
            skipped("printing: no cups-pdf here");
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("motcua-cups-").tempdir()?;
        // Filters and backends run as another user.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let at = |name: &str| folder.path().join(name).display().to_string();
        for name in ["root", "cache", "state", "spool", "tmp", "log"] {
            std::fs::create_dir(at(name))?;
        }
        std::fs::set_permissions(at("tmp"), std::fs::Permissions::from_mode(0o1777))?;
        let places = [
            ("ServerRoot", "root"),
            ("CacheDir", "cache"),
            ("StateDir", "state"),
            ("RequestRoot", "spool"),
            ("TempDir", "tmp"),
            ("AccessLog", "log/access"),
            ("ErrorLog", "log/error"),
            ("PageLog", "log/page"),
        ];
        let files: String = places.iter().map(|(key, name)| format!("{key} {}\n", at(name))).collect();
        std::fs::write(at("cups-files.conf"), files + "SystemGroup root\n")?;
        let all = "Order allow,deny\nAllow all\n";
        let rules = format!(
            "Listen {}\nBrowsing No\nWebInterface No\nDefaultAuthType None\n<Location />\n{all}</Location>\n\
             <Location /admin>\n{all}</Location>\n<Policy default>\n<Limit All>\n{all}</Limit>\n</Policy>\n",
            at("socket")
        );
        std::fs::write(at("cupsd.conf"), rules)?;
        let process = Command::new("/usr/sbin/cupsd")
            .args(["-f", "-c", &at("cupsd.conf"), "-s", &at("cups-files.conf")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let system = Self { folder, process };
        let end = Instant::now() + Duration::from_secs(10);
        while !system.tool("lpstat", &["-r"])?.contains("is running") {
            if Instant::now() > end {
                skipped("printing: cupsd does not start here");
                return Ok(None);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        system.tool("lpadmin", &["-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", DRIVER])?;
        system.tool("lpadmin", &["-d", QUEUE])?;
        if !system.tool("lpstat", &["-p", QUEUE])?.contains("idle") {
            skipped("printing: a cups-pdf queue cannot be added here");
            return Ok(None);
        }
        Ok(Some(system))
    }

    /// What the programs must have as `CUPS_SERVER`.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// Takes the paper that came out: the PDF whose name has `title` in it, once it is there.
    ///
    /// # Errors
    /// When nothing comes out in ten seconds.
    pub fn take(&self, title: &str) -> Result<Vec<u8>> {
        let tray = PathBuf::from(std::env::var_os("HOME").context("HOME")?).join("PDF");
        let end = Instant::now() + Duration::from_secs(10);
        let since = changed(&self.folder.path().join("cupsd.conf"));
        loop {
            let files = std::fs::read_dir(&tray).into_iter().flatten().flatten().map(|entry| entry.path());
            // The queue turns what is no letter or digit into one and the same sign.
            let plain =
                |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
            let named = |path: &PathBuf| plain(&path.to_string_lossy()).contains(&plain(title));
            // Paper of an earlier day, or of a bench, lies there too.
            let fresh = |path: &PathBuf| changed(path).is_some_and(|at| since.is_none_or(|since| at >= since));
            let found = files.into_iter().find(|path| named(path) && fresh(path));
            if let Some(bytes) = found.as_ref().and_then(|path| std::fs::read(path).ok()).filter(|b| !b.is_empty()) {
                let _ = found.map(std::fs::remove_file);
                return Ok(bytes);
            }
            if Instant::now() > end {
                bail!("no paper called {title} came out");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> Result<String> {
        let mut tool = Command::new(name);
        tool.args(arguments).env("CUPS_SERVER", self.socket()).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        Ok(String::from_utf8_lossy(&tool.output().with_context(|| name.to_owned())?.stdout).into_owned())
    }
}

/// When a file was written.
fn changed(path: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

impl Drop for PrintSystem {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
