//! What journeys and console tests share: the programs as processes, the window by WebDriver, and witnesses of their own.
//!
//! None of our crates is used here: what the programs say is checked by reading it as anybody else would.

#![forbid(unsafe_code)]

pub mod app;
pub mod axe;
pub mod central;
mod close;
pub mod driver;
pub mod faults;
#[cfg(unix)]
pub mod feeder;
pub mod layout;
pub mod papers;
pub mod photo;
pub mod pictures;
pub mod printer;
pub mod processes;
pub mod programs;
#[cfg(unix)]
pub mod serial;
pub mod station;
mod steps;
pub mod transfer;
