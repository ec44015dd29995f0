//! Where a page lies between the driver and the store: a private folder, in memory where the system has one.
//!
//! The page is plain there and encrypted in the store, so nothing of it may stay behind, not even after a crash.

use std::path::{Path, PathBuf};

const PREFIX: &str = "motcua-scan-";

/// The user's own folder in memory, or else the system's temporary folder.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute() && path.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}

/// Makes a folder for one scan; it goes with the value.
pub(crate) fn make(within: &Path) -> std::io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(&format!("{PREFIX}{}-", std::process::id())).tempdir_in(within)
}

/// Removes what processes that are gone have left in `folder`.
pub(super) fn sweep(folder: &Path) {
    // Only where it can be seen whether a process lives.
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX))
            .and_then(|rest| rest.split_once('-'))
            .and_then(|(pid, _)| pid.parse::<u32>().ok());
        if owner.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            // Another user's folder cannot be removed and need not be.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_process_left_is_swept_and_what_lives_stays() {
        let folder = tempfile::tempdir().unwrap();
        let dead = folder.path().join(format!("{PREFIX}4294967294-abc"));
        let foreign = folder.path().join("motcua-scanner-1-x");
        for path in [&dead, &foreign] {
            std::fs::create_dir(path).unwrap();
            std::fs::write(path.join("p00001.jpeg"), b"page").unwrap();
        }
        let own = make(folder.path()).unwrap();
        sweep(folder.path());
        assert_eq!(dead.exists(), !Path::new("/proc/self").exists(), "a page must not outlive a crash in plain");
        assert!(foreign.exists(), "only our own folders are ours to remove");
        assert!(own.path().exists(), "a scan in progress keeps its folder");
    }
}
