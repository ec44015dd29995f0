//! The worker and the central system are this same program, started anew with a part to play.

use crate::worker::Task;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

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

/// A new process holds for a moment whatever is open here, a station's lock too: none begins while one looks into a station.
static FORKS: RwLock<()> = RwLock::new(());

pub(crate) fn spawn(command: &mut Command) -> Child {
    let _alone = FORKS.write().unwrap_or_else(PoisonError::into_inner);
    command.spawn().unwrap()
}

/// For as long as this is held no process begins.
pub(crate) fn no_spawning() -> RwLockReadGuard<'static, ()> {
    FORKS.read().unwrap_or_else(PoisonError::into_inner)
}
