//! `motcua-desktop`: the window. Everything it does is in the library; see `motcua_desktop::run`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    motcua_desktop::run()
}
