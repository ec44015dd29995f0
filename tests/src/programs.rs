//! Where the built programs are, and running them and foreign ones to their end.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of the profile that the running test was built in, such as `target/debug`.
///
/// # Errors
/// When the test does not lie where cargo puts tests.
pub fn build_dir() -> Result<PathBuf> {
    let own = std::env::current_exe().context("where this test is")?;
    Ok(own.parent().and_then(Path::parent).context("a test lies in target/PROFILE/deps")?.to_owned())
}

/// One of our programs, built already.
///
/// # Errors
/// When it was not built.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = build_dir()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    ensure!(path.exists(), "{} is not built: cargo build --workspace --bins", path.display());
    Ok(path)
}

/// The checkout that the tests belong to.
#[must_use]
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// A foreign program's standard output; an error when it is missing or fails.
///
/// # Errors
/// With what it said on standard error.
pub fn tool<A: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>> {
    let output = Command::new(name).args(arguments).stdin(Stdio::null()).output().with_context(|| name.to_owned())?;
    ensure!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// Whether a foreign program is on the search path.
#[must_use]
pub fn has_tool(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]).any(|folder| folder.join(name).is_file())
}

/// Says why a test or a part of it was left out, in the words that `cargo xtask test` counts.
#[expect(clippy::print_stdout, reason = "the runner reads it")]
pub fn skipped(why: &str) {
    println!("skipped: {why}");
}

/// The one JSON document on standard output.
///
/// # Errors
/// When there is anything else.
pub fn json(output: &Output) -> Result<Value> {
    serde_json::from_slice(&output.stdout).with_context(|| format!("no JSON: {output:?}"))
}
