//! The store on a real disk, in a folder of its own each time.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod catalogue;
mod house;
mod keeping;
mod mishaps;
mod numbers;
mod opening;
mod outbox;
mod receipts;
mod searching;
