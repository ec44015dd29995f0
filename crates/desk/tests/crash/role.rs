//! The worker and the central system are this same program, started anew with a part to play.

use crate::worker::Task;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Role {
    Worker(Box<Task>),
    Central { dir: PathBuf, address: SocketAddr },
}

const ROLE: &str = "MOTCUA_CRASH_ROLE";

/// Plays the part this process was started for, and never comes back from it; comes back at once where there is none.
pub(crate) fn play() {
    let Ok(role) = std::env::var(ROLE) else { return };
    match serde_json::from_str(&role).unwrap() {
        Role::Worker(task) => crate::worker::work(&task),
        Role::Central { dir, address } => crate::capital::serve(&dir, address),
    }
}

/// This program again, with `role` to play.
pub(crate) fn start(role: &Role) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([crate::PLAYS, "--exact", "--nocapture", "--test-threads=1"]);
    command.env(ROLE, serde_json::to_string(role).unwrap());
    command
}
