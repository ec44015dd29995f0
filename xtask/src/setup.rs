//! What a fresh Debian or Ubuntu machine lacks, and the web side's packages.
//!
//! The package database is only read: apt runs when something is missing and never otherwise.

use anyhow::{Context, bail};
use std::process::Child;
use xshell::{Shell, cmd};

/// What building and running the window needs.
pub(crate) const TO_RUN: &str = "build-essential cmake cups-client curl librsvg2-dev libwebkit2gtk-4.1-dev perl \
    pkg-config sane-utils";

/// What the tests need on top of [`TO_RUN`]: a screen without a screen, a driver for the window, witnesses for PDFs.
pub(crate) const TO_TEST: &str = "cups dbus dbus-x11 fonts-croscore imagemagick poppler-utils printer-driver-cups-pdf \
    qpdf sane-airscan webkit2gtk-driver xauth xdotool xvfb zbar-tools";

/// What building for Windows needs. `rustc-web` is Debian's newer compiler; its source builds the standard library.
pub(crate) const TO_CROSS_COMPILE: &str =
    "cmake g++-mingw-w64-x86-64-posix gcc-mingw-w64-x86-64-posix rust-web-src rustc-web";

const APT: &str = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0";

/// Installs what is missing of `wanted`, after saying so.
pub(crate) fn packages(sh: &Shell, purpose: &str, wanted: &str) -> anyhow::Result<()> {
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let line = "${db:Status-Abbrev}${Package}\\n";
    let query = cmd!(sh, "dpkg-query --show --showformat {line}").args(&wanted);
    let Ok(known) = query.quiet().ignore_stderr().ignore_status().read() else {
        println!("This is neither Debian nor Ubuntu, so nothing is installed. Needed {purpose}: {}", wanted.join(" "));
        return Ok(());
    };
    let missing = missing(&known, &wanted);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing with apt, needed {purpose}: {}", missing.join(" "));
    let mut apt: Vec<&str> = APT.split(' ').collect();
    if cmd!(sh, "id -u").quiet().read()? != "0" {
        if cmd!(sh, "sudo --version").quiet().ignore_stdout().run().is_err() {
            bail!("not root, and there is no sudo. As root: apt-get install {}", missing.join(" "));
        }
        apt.insert(0, "sudo");
    }
    let (program, options) = apt.split_first().expect("APT has words");
    if cmd!(sh, "{program} {options...} update -q").quiet().run().is_err() {
        println!("The package lists could not all be renewed; trying with those at hand.");
    }
    cmd!(sh, "{program} {options...} install -q -y --no-install-recommends {missing...}")
        .quiet()
        .run()
        .with_context(|| format!("apt could not install what is needed {purpose}"))
}

/// Those of `wanted` that `dpkg-query` does not call installed.
fn missing<'a>(known: &str, wanted: &[&'a str]) -> Vec<&'a str> {
    let installed: Vec<&str> = known.lines().filter_map(|line| line.strip_prefix("ii ")).collect();
    wanted.iter().copied().filter(|package| !installed.contains(package)).collect()
}

/// Brings `ui/node_modules` to what the lock file says, if it is not there already.
pub(crate) fn web_packages(sh: &Shell) -> anyhow::Result<()> {
    let stamp = sh.current_dir().join("target/ui-packages.stamp");
    let lock = sh.read_file("ui/package-lock.json")?;
    let _ui = sh.push_dir("ui");
    if sh.path_exists("node_modules") && sh.read_file(&stamp).is_ok_and(|stamped| stamped == lock) {
        return Ok(());
    }
    cmd!(sh, "npm ci --no-audit --no-fund").run().context("npm: is Node 20.19 or newer installed?")?;
    sh.write_file(&stamp, lock)?;
    Ok(())
}

/// Builds the web side into `ui/dist`, which the window's program carries inside it.
pub(crate) fn web_side(sh: &Shell) -> anyhow::Result<()> {
    web_packages(sh)?;
    let _ui = sh.push_dir("ui");
    cmd!(sh, "npm run --silent build").run().context("the web side does not build")
}

/// A process that goes when it is no longer looked at.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_installed_counts() {
        let known = "ii cmake\nrc perl\nun cups\n";
        assert_eq!(missing(known, &["cmake", "perl", "cups", "xvfb"]), ["perl", "cups", "xvfb"]);
    }
}
