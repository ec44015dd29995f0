//! The key for the agency's safe (khóa khôi phục): printed once, typed by hand on the worst day.
//!
//! Crockford's base 32, which has no I, L, O or U, in eight groups of four, the last byte a check on the others, so
//! that a slip of the hand is told from a wrong sheet.

use crate::Error;
use crate::keys::random;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// 152 random bits and a check, as they are printed.
#[derive(Clone)]
pub struct RecoveryKey(Zeroizing<String>);

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM: usize = 19;

impl RecoveryKey {
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self::of(&Zeroizing::new(random::<RANDOM>()?)))
    }

    fn of(bytes: &[u8; RANDOM]) -> Self {
        let mut all = Zeroizing::new([0; RANDOM + 1]);
        all[..RANDOM].copy_from_slice(bytes);
        all[RANDOM] = check(bytes);
        // Five bytes make eight signs.
        let signs = all.chunks(5).flat_map(|five| {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            (0..8).rev().map(move |n| char::from(SIGNS[usize::try_from(bits >> (5 * n) & 31).unwrap_or_default()]))
        });
        Self(Zeroizing::new(signs.collect()))
    }

    /// The signs without their groups: what opens the slot.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }
}

fn check(bytes: &[u8]) -> u8 {
    Sha256::digest(bytes)[0]
}

impl FromStr for RecoveryKey {
    type Err = Error;

    /// Reads what was typed: small letters, spaces and dashes do not matter, and O, I and L are taken as meant.
    fn from_str(typed: &str) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(RANDOM + 1));
        let (mut bits, mut held) = (0_u32, 0_u32);
        for sign in typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let sign = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                sign => sign,
            };
            let value = SIGNS.iter().position(|known| char::from(*known) == sign).ok_or(Error::MistypedRecovery)?;
            bits = bits << 5 | u32::try_from(value).unwrap_or_default();
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push(u8::try_from(bits >> held & 0xFF).unwrap_or_default());
            }
        }
        let whole: &[u8; RANDOM + 1] = bytes.as_slice().try_into().map_err(|_| Error::MistypedRecovery)?;
        let (key, last) = (&whole[..RANDOM], whole[RANDOM]);
        let key: &[u8; RANDOM] = key.try_into().map_err(|_| Error::MistypedRecovery)?;
        if held == 0 && check(key) == last { Ok(Self::of(key)) } else { Err(Error::MistypedRecovery) }
    }
}

impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, sign) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back_however_it_is_typed() {
        let key = RecoveryKey::of(&[0xA5; RANDOM]);
        let printed = key.to_string();
        assert_eq!(printed.len(), 32 + 7, "{printed}");
        let typed = printed.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(typed.parse::<RecoveryKey>().unwrap().secret(), key.secret());
        assert!(!format!("{key:?}").contains(&printed[..4]));
    }

    #[test]
    fn a_slip_of_the_hand_is_noticed() {
        let key = RecoveryKey::random().unwrap().to_string();
        let mut noticed = 0;
        for at in (0..key.len()).filter(|at| &key[*at..=*at] != "-") {
            let other = if &key[at..=at] == "7" { "8" } else { "7" };
            let typed = format!("{}{other}{}", &key[..at], &key[at + 1..]);
            noticed += u32::from(typed.parse::<RecoveryKey>().is_err());
        }
        assert!(noticed >= 30, "one sign in 256 may slip through: {noticed} of 32");
        for typed in ["", "ABCD", &format!("{key}0"), &key[1..], "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UUUU"] {
            assert!(matches!(typed.parse::<RecoveryKey>(), Err(Error::MistypedRecovery)), "{typed}");
        }
    }
}
