//! The courier against the real central system on loopback, with a line between them that can be cut, and
//! against peers that are no central system or lie.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cuts;
mod delivers;
mod line;
mod peer;
mod refusals;
mod strangers;
mod world;
