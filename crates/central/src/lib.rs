//! The reference central system (hệ thống trung tâm): takes what the counters send and proves that it has it.
//!
//! [`Central`] holds the rules and can be called directly; [`Server`] puts HTTP in front of it. The
//! database (`central.db`, SQLite, not encrypted: the folder is private to its user and the disk's
//! encryption is the operator's) and the files (by hash, under `files`) lie in one folder.

mod accept;
mod central;
mod codes;
mod database;
mod error;
mod fees;
mod files;
mod http;
mod population;
mod put;
mod secrets;
mod server;
mod tables;
mod turns;

pub use central::{Central, Clock, NAME, Stats};
pub use error::{Error, Failure, Refusal};
pub use server::Server;
pub use tables::station::Station;
