//! A small disk of its own, where this machine lets us mount one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Room for a station and some dossiers.
const SIZE: &str = "size=32m";

pub(crate) struct Disk {
    path: PathBuf,
    keep: bool,
    _dir: TempDir,
}

impl Disk {
    /// None where only an administrator may mount, and this is not one.
    pub(crate) fn mount() -> Option<Self> {
        let dir = TempDir::with_prefix("motcua-disk-").unwrap();
        let path = dir.path().join("disk");
        std::fs::create_dir(&path).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(&path);
        let mounted = done(mount.stdout(Stdio::null()).stderr(Stdio::null()));
        mounted.then_some(Self { path, keep: false, _dir: dir })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Stays for a person to look at.
    pub(crate) fn keep(&mut self) {
        self.keep = true;
        self._dir.disable_cleanup(true);
    }
}

fn done(command: &mut Command) -> bool {
    crate::role::spawn(command).wait().is_ok_and(|status| status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        if !self.keep {
            done(Command::new("umount").arg("-l").arg(&self.path));
        }
    }
}
