//! The real `motcua` and `motcua-central` as processes, held to the fixed interfaces: exit codes, JSON, files.
//!
//! What they say is checked by others: poppler, zbar, the central system's own count.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod calendar;
mod card;
mod care;
mod catalogue;
mod digitize;
mod due;
mod fees;
mod folder;
mod intake;
mod mixed;
mod pages;
mod peer;
mod persons;
mod photos;
mod receipt;
mod refusals;
mod share;
mod sync;
mod worker;
