//! One random data key, wrapped once for every member of staff by a key made of the password.
//!
//! Argon2id makes the wrapping key, XChaCha20-Poly1305 wraps; parameters stand beside each slot, so that they
//! can be raised later. The database and the page files get keys derived from the data key, never itself.

use crate::Error;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The key to everything the station keeps. Zeroed when dropped, never printed.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

/// One way to the data key: a name, and the key wrapped by that person's password (khe khóa).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// What is typed to sign in.
    pub login: String,
    /// Name shown on the sign-in screen. The role is not here: it stands in the encrypted database.
    pub name: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    wrapped: String,
}

/// 19 MiB and two passes: the floor that OWASP gives for Argon2id, small enough for an old counter PC.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

impl DataKey {
    /// Makes a new random key.
    ///
    /// # Errors
    /// [`Error::Random`] when the system gives no randomness.
    pub fn random() -> Result<Self, Error> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The key that cover sheets are signed with (`domain::separator`). It is made of the data key, so that it is kept
    /// and backed up as that is, and never leaves the core.
    #[must_use]
    pub fn separator_key(&self) -> Zeroizing<[u8; 32]> {
        self.derive("separator sheet")
    }

    /// A key for one purpose; `label` parts the purposes.
    pub(crate) fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut digest = Sha256::new();
        digest.update(b"motcua key v1\0");
        digest.update(label.as_bytes());
        digest.update(b"\0");
        digest.update(*self.0);
        Zeroizing::new(digest.finalize().into())
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl Slot {
    pub(crate) fn wrap(key: &DataKey, login: &str, name: &str, password: &str) -> Result<Self, Error> {
        let salt: [u8; 16] = random()?;
        let nonce: [u8; 24] = random()?;
        let cipher = cipher(password, &salt, MEMORY_KIB, PASSES)?;
        let payload = Payload { msg: key.0.as_slice(), aad: login.as_bytes() };
        let wrapped = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::Random)?;
        Ok(Self {
            login: login.to_owned(),
            name: name.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: hex(&salt),
            nonce: hex(&nonce),
            wrapped: hex(&wrapped),
        })
    }

    pub(crate) fn unwrap_key(&self, password: &str) -> Result<DataKey, Error> {
        let damaged = || Error::Damaged(format!("key slot of {}", self.login));
        let salt = unhex(&self.salt).ok_or_else(damaged)?;
        let nonce: [u8; 24] = unhex(&self.nonce).and_then(|bytes| bytes.try_into().ok()).ok_or_else(damaged)?;
        let wrapped = unhex(&self.wrapped).ok_or_else(damaged)?;
        // A tampered slot must not be able to ask for all memory of the machine.
        if self.memory_kib > 1024 * 1024 || self.passes > 64 {
            return Err(damaged());
        }
        let cipher = cipher(password, &salt, self.memory_kib, self.passes)?;
        let payload = Payload { msg: &wrapped, aad: self.login.as_bytes() };
        let key = Zeroizing::new(cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| Error::WrongPassword)?);
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| damaged())?;
        Ok(DataKey(Zeroizing::new(key)))
    }
}

fn cipher(password: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<XChaCha20Poly1305, Error> {
    let damaged = |_| Error::Damaged("key slot parameters".into());
    let params = argon2::Params::new(memory_kib, passes, 1, Some(32)).map_err(damaged)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut_slice())
        .map_err(damaged)?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
