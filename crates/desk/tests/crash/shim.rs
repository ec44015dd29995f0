//! The shim between the worker and the system: compiled here, and shown to stand where it has to.

use std::path::PathBuf;
use std::process::Command;

/// Compiles the shim beside the test programs; says why where that cannot be done.
pub(crate) fn compiled() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let shim = here.with_extension("shim.so");
    // Two test processes may be at it at once; a rename lets neither load half of it.
    let new = here.with_extension(format!("shim.{}", std::process::id()));
    let mut cc = Command::new("cc");
    cc.args(["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"]).arg(&new);
    cc.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crash/shim.c")).arg("-ldl");
    let output = cc.output().map_err(|error| format!("no C compiler: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    std::fs::rename(&new, &shim).map_err(|error| error.to_string())?;
    Ok(shim)
}
