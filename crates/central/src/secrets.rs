//! Tokens and station secrets: 256 random bits after a public name, kept only as SHA-256, compared in constant time.
//!
//! The name finds the row, so that no index is ever searched by the secret itself.

use crate::error::Error;
use domain::StationId;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A text that is shown once, the name in front of it, and what is kept of it.
pub(crate) struct Minted<N> {
    pub(crate) text: String,
    pub(crate) name: N,
    pub(crate) hash: [u8; 32],
}

pub(crate) fn mint_token() -> Result<Minted<[u8; 8]>, Error> {
    let name = random::<8>()?;
    let text = format!("{}.{}", hex(&name), hex(&random::<32>()?));
    Ok(Minted { hash: hash(&text), text, name })
}

pub(crate) fn mint_secret(station: StationId) -> Result<Minted<StationId>, Error> {
    let text = format!("{station}.{}", hex(&random::<32>()?));
    Ok(Minted { hash: hash(&text), text, name: station })
}

/// What a station has to show the next time it comes.
pub(crate) fn mint_turn() -> Result<String, Error> {
    Ok(hex(&random::<16>()?))
}

/// The public name in front of a token.
pub(crate) fn token_name(text: &str) -> Option<[u8; 8]> {
    let (name, _) = text.split_once('.')?;
    if name.len() != 16 || !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some(u64::from_str_radix(name, 16).ok()?.to_be_bytes())
}

/// The station named in front of a secret.
pub(crate) fn secret_name(text: &str) -> Option<StationId> {
    text.split_once('.')?.0.parse().ok()
}

pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

pub(crate) fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.ct_eq(other).into()
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_out() {
        let token = mint_token().unwrap();
        assert_eq!(token_name(&token.text), Some(token.name));
        let station = StationId::from_bytes([7; 16]);
        assert_eq!(secret_name(&mint_secret(station).unwrap().text), Some(station));
    }

    #[test]
    fn garbage_has_no_name() {
        for text in ["", ".", "đđđđđđđđ.x", "+234567812345678.x", "0123456789abcdef"] {
            assert_eq!(token_name(text), None, "{text}");
            assert_eq!(secret_name(text), None, "{text}");
        }
    }
}
