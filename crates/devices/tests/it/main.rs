//! Against real devices: SANE's own test device, a real CUPS queue, a pseudo terminal.
//!
//! Where the programs for it are absent, a test says so and is counted as skipped, not as a proof.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod cups_queue;
mod empty;
mod escl;
mod escl_server;
mod escl_share;
#[cfg(unix)]
mod folder;
mod phone;
mod reader;
mod sane_faults;
mod sane_pages;
mod stand;
mod training;
mod viewer;
mod worker;
