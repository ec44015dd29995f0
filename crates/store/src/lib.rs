//! What is kept: an encrypted database, page bytes named by their hash, and the keys to both.
//!
//! Order of use: [`Vault`] holds the folder and its lock, a password opens it to a [`DataKey`], the key
//! opens the [`Store`]. Every change goes through [`Store::write`], one transaction at a time, durable
//! when it returns. Rules live in `domain` and `desk`; here is only keeping.

mod backup;
mod blobs;
mod check;
mod connection;
mod error;
mod keys;
mod migrate;
mod place;
mod recovery;
pub mod tables;
mod vault;

pub use backup::{About, BackupDone, BackupStep, Place, Restored, Restoring};
pub use check::{Database, Flaw, rest};
pub use connection::{Reader, Store, Writer};
pub use error::Error;
pub use keys::{DataKey, Slot};
pub use recovery::RecoveryKey;
pub use vault::{NewSlot, Vault};
