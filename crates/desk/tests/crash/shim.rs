//! The shim between the worker and the system, compiled here from its few lines of C.

use crate::role::spawn;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The shim, compiled beside the test programs; why not, where that cannot be done.
pub(crate) fn compiled() -> Result<PathBuf, String> {
    static SHIM: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    SHIM.get_or_init(compile).clone()
}

fn compile() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let shim = here.with_extension("shim.so");
    // Two test processes may be at it at once; a rename lets neither load half of it.
    let new = here.with_extension(format!("shim.{}", std::process::id()));
    if Command::new("cc").arg("--version").output().is_err() {
        return Err("there is no C compiler".into());
    }
    let mut cc = Command::new("cc");
    cc.args(["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]).arg(&new);
    cc.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crash/shim.c")).arg("-ldl");
    let output = spawn(cc.stdout(Stdio::null()).stderr(Stdio::piped())).wait_with_output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    std::fs::rename(&new, &shim).map_err(|error| error.to_string())?;
    Ok(shim)
}
