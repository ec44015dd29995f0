//! `cargo xtask run`: from a fresh machine to the window, in one command.

use crate::setup::{self, Running};
use anyhow::bail;
use std::env;
use std::process::{Command, ExitCode};
use xshell::{Shell, cmd};

const DEV_SERVER: &str = "http://127.0.0.1:5173";

/// Builds everything the window needs and opens it in training mode. With `hot`, Vite serves the web side live.
pub(crate) fn run(sh: &Shell, hot: bool, arguments: &[&str]) -> anyhow::Result<ExitCode> {
    if env::var_os("DISPLAY").is_none() && env::var_os("WAYLAND_DISPLAY").is_none() {
        bail!(
            "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): \
             start this in a desktop session, or as `xvfb-run -a cargo xtask run`"
        );
    }
    setup::packages(sh, "to build and run the window", setup::TO_RUN)?;
    setup::web_side(sh)?;
    let mut build = cmd!(sh, "cargo build --workspace --bins");
    let mut vite = None;
    if hot {
        // Not through npm, which would leave the server running when it is killed itself.
        let ui = sh.push_dir("ui");
        let program = sh.current_dir().join("node_modules/.bin/vite");
        vite = Some(Running(Command::from(cmd!(sh, "{program}")).spawn()?));
        drop(ui);
        // tauri-build and the context macro both merge this over tauri.conf.json.
        build = build.env("TAURI_CONFIG", format!(r#"{{"build":{{"devUrl":"{DEV_SERVER}"}}}}"#));
    }
    build.run()?;
    let status = Command::from(cmd!(sh, "target/debug/motcua-desktop --training {arguments...}")).status()?;
    drop(vite);
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
