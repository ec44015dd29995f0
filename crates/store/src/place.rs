//! Where the data folder lies. On another machine's disk neither the lock nor a sync can be trusted, and two
//! stations could open one database (T-57): such a folder is refused.

use crate::Error;
use std::path::Path;

/// Refuses a folder on a network drive.
///
/// # Errors
/// [`Error::NetworkDrive`]; [`Error::Io`] when the folder cannot be looked at.
pub(crate) fn refuse_network_drive(dir: &Path) -> Result<(), Error> {
    let real = std::fs::canonicalize(dir).map_err(Error::io(dir))?;
    if is_remote(&real) { Err(Error::NetworkDrive(dir.to_owned())) } else { Ok(()) }
}

/// Windows writes the real path of a share, and of a letter that stands for one, as `\\?\UNC\server\share`.
#[cfg(windows)]
fn is_remote(real: &Path) -> bool {
    use std::path::{Component, Prefix};
    matches!(real.components().next(), Some(Component::Prefix(prefix))
        if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

/// Linux lists what is mounted where. A system without that list is taken at its word.
#[cfg(not(windows))]
fn is_remote(real: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    file_system(&mounts, real).is_some_and(is_network)
}

/// The kind of file system that holds `path`: of all mounts above it the deepest, and of those the last.
#[cfg_attr(windows, allow(dead_code))]
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (place, kind) = line.split_once(" - ")?;
        let point = unescape(place.split(' ').nth(4)?);
        path.starts_with(&point).then(|| (Path::new(&point).components().count(), kind.split(' ').next()))
    };
    mounts.lines().filter_map(mount).max_by_key(|(depth, _)| *depth)?.1
}

/// The kernel writes a space in a name as `\040`.
fn unescape(name: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(name.to_owned(), |name, (code, sign)| name.replace(code, sign))
}

fn is_network(kind: &str) -> bool {
    const KINDS: [&str; 15] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "coda",
        "ncpfs",
        "glusterfs",
        "lustre",
        "beegfs",
        "davfs",
        "virtiofs",
    ];
    // A program that shows a share as a folder names itself behind `fuse.`.
    const PROGRAMS: [&str; 7] = ["sshfs", "rclone", "glusterfs", "gvfsd-fuse", "davfs2", "curlftpfs", "smbnetfs"];
    KINDS.contains(&kind) || kind.strip_prefix("fuse.").is_some_and(|program| PROGRAMS.contains(&program))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /nha/can\\040bo rw shared:9 - cifs //may-chu/can-bo rw
41 40 8:2 / /nha/can\\040bo/may rw - ext4 /dev/sda2 rw
42 22 0:36 / /mnt/may rw - fuse.sshfs a@b: rw
43 22 0:37 / /mnt/usb rw - fuseblk /dev/sdb1 rw
44 22 0:38 / /srv rw - nfs4 may-chu:/srv rw
45 22 8:3 / /srv rw - xfs /dev/sdc1 rw
";

    /// T-57
    #[test]
    fn a_share_is_known_by_its_mount() {
        for (path, kind, remote) in [
            ("/var/lib/motcua", "ext4", false),
            ("/nha/can bo/motcua", "cifs", true),
            ("/nha/can bo/may/motcua", "ext4", false),
            ("/nha/can bon", "ext4", false),
            ("/mnt/may/x", "fuse.sshfs", true),
            ("/mnt/usb/x", "fuseblk", false),
            ("/srv/x", "xfs", false),
        ] {
            let found = file_system(MOUNTS, Path::new(path)).unwrap();
            assert_eq!((found, is_network(found)), (kind, remote), "{path}");
        }
    }

    #[test]
    fn this_machine_own_folder_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        refuse_network_drive(dir.path()).unwrap();
    }
}
