//! Scanners of Windows by WIA 2.0, behind the same interface as all others.
//!
//! HARDWARE. A crate of its own, because COM cannot be called without `unsafe` and nothing else of ours may contain it:
//! what touches COM is `com`, which exists on Windows only; what has to be decided is beside it, pure and tested
//! anywhere. It runs in a worker (`motcua scan-worker`), since a vendor's driver may hang or crash (T-17).

#![deny(unsafe_code)]

pub mod choice;
#[cfg(windows)]
#[expect(unsafe_code, reason = "COM")]
mod com;
pub mod handover;
pub mod patience;
pub mod picture;
pub mod verdict;

#[cfg(windows)]
pub use com::Wia;
