//! Carries the outbox to the central system and brings the proof back.
//!
//! Nothing is retried in here: an attempt ends, [`Error`] says how, and the outbox, which lives on the
//! disk and is shown to the clerk, decides when there is another. Nothing is believed without proof:
//! a parcel is delivered when the answer names the hash of what was sent and of every file (T-46).

mod answer;
mod client;
mod deliver;
mod error;
mod upload;

pub use client::{Courier, Limits};
pub use deliver::{Delivered, FileSource, Parcel};
pub use error::Error;
