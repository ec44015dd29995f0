//! The reference central system, tried from outside by a client that knows the protocol and none of our code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod commands;
mod files;
mod http;
mod leases;
mod nonsense;
#[cfg(unix)]
mod process;
mod receipts;
mod tokens;
mod world;
