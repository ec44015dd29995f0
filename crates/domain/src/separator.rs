//! The code on a cover sheet (tờ bìa), which tells a scan which component of which dossier begins here.
//!
//! A bundle of paper comes from anywhere, and whoever may print a code may not choose where its pages go: the code is
//! signed with a key that only the station has (HMAC-SHA-256, cut to 128 bits), and it is one text for one meaning, so
//! that a changed letter is no other sheet but none. In capitals and digits it is small enough to be printed with the
//! strongest correction, and is read from a fax, a fold and upside down.
//!
//! `MCT`, then in base 32: version 1, four bytes that name the key, the dossier's id, the component, the number of papers
//! it is said to have (nought where nobody counted), and the signature.

use crate::DossierId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Marks our cover sheets.
const MARK: &str = "MCT";
const VERSION: u8 = 1;
const SIGNED: usize = 1 + 4 + 16 + 2 + 2;
const WHOLE: usize = SIGNED + 16;
/// RFC 4648, without padding.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a cover sheet says (mã tách).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator {
    /// The dossier.
    pub dossier: DossierId,
    /// Index of the component, from 1.
    pub component: u16,
    /// How many papers it is said to have; nought where nobody counted.
    pub papers: u16,
}

/// Whether a text may be a cover sheet's, of whatever station: what begins like none is a citizen's.
#[must_use]
pub fn may_be(text: &str) -> bool {
    text.trim().get(..MARK.len()).is_some_and(|mark| mark.eq_ignore_ascii_case(MARK))
}

/// Why a text is not taken for a cover sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSeparator {
    /// It is no code of a cover sheet, or of a version that is not known here.
    #[error("no code of a cover sheet")]
    Foreign,
    /// It was printed where another key is kept: at another station, or here before the station was made anew.
    #[error("signed with another key")]
    OtherKey,
    /// It names this key and was not signed with it, or not all of it was read.
    #[error("the signature is wrong")]
    Forged,
}

impl Separator {
    /// The text of the code.
    #[must_use]
    pub fn sign(&self, key: &[u8; 32]) -> String {
        let mut bytes = self.signed_part(key);
        let tag = mac(key, &bytes).finalize().into_bytes();
        bytes.extend(tag.iter().take(WHOLE - SIGNED));
        format!("{MARK}{}", in_letters(&bytes))
    }

    /// Reads the text of a code that was signed with `key`.
    ///
    /// # Errors
    /// [`NoSeparator`] says why it is not believed.
    pub fn read(text: &str, key: &[u8; 32]) -> Result<Self, NoSeparator> {
        let text = text.trim();
        let mark = text.get(..MARK.len()).ok_or(NoSeparator::Foreign)?;
        if !mark.eq_ignore_ascii_case(MARK) {
            return Err(NoSeparator::Foreign);
        }
        let bytes = from_letters(&text[MARK.len()..]).ok_or(NoSeparator::Foreign)?;
        let (&version, _) = bytes.split_first().ok_or(NoSeparator::Foreign)?;
        if version != VERSION || bytes.len() != WHOLE {
            return Err(NoSeparator::Foreign);
        }
        let (signed, tag) = bytes.split_at(SIGNED);
        if signed[1..5] != name_of(key) {
            return Err(NoSeparator::OtherKey);
        }
        mac(key, signed).verify_truncated_left(tag).map_err(|_| NoSeparator::Forged)?;
        let id: [u8; 16] = signed[5..21].try_into().map_err(|_| NoSeparator::Foreign)?;
        Ok(Self {
            dossier: DossierId::from_bytes(id),
            component: u16::from_be_bytes([signed[21], signed[22]]),
            papers: u16::from_be_bytes([signed[23], signed[24]]),
        })
    }

    fn signed_part(&self, key: &[u8; 32]) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(name_of(key));
        bytes.extend(self.dossier.as_bytes());
        bytes.extend(self.component.to_be_bytes());
        bytes.extend(self.papers.to_be_bytes());
        bytes
    }
}

fn mac(key: &[u8; 32], bytes: &[u8]) -> Hmac<Sha256> {
    // The hash's own block: a shorter key is filled up with noughts (RFC 2104).
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(bytes);
    mac
}

/// Tells keys apart and reveals nothing of them.
fn name_of(key: &[u8; 32]) -> [u8; 4] {
    let name = mac(key, b"motcua separator key").finalize().into_bytes();
    [name[0], name[1], name[2], name[3]]
}

fn in_letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

fn from_letters(text: &str) -> Option<Vec<u8>> {
    // Longer than any code: not looked at.
    if text.len() > 2 * WHOLE {
        return None;
    }
    let mut bytes = Vec::with_capacity(WHOLE);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|one| *one == letter.to_ascii_uppercase())?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
    }
    // What is left over is less than a letter and nought, or the same bytes could be written in two ways.
    (bits < 5 && held & ((1 << bits) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [7; 32];

    fn sample() -> Separator {
        Separator { dossier: "0192f000-0000-7000-8000-00000000002a".parse().unwrap(), component: 3, papers: 12 }
    }

    #[test]
    fn a_sheet_is_read_as_it_was_signed_and_only_with_its_key() {
        let text = sample().sign(&KEY);
        assert_eq!(Separator::read(&text, &KEY), Ok(sample()));
        assert_eq!(Separator::read(&format!(" {}\r\n", text.to_lowercase()), &KEY), Ok(sample()));
        assert_eq!(Separator::read(&text, &[8; 32]), Err(NoSeparator::OtherKey));
        assert_eq!(text.len(), 69, "it fits into a code of 41 by 41 with the strongest correction");
        assert!(text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    }

    // A version to come must not be read as this one.
    #[test]
    fn other_versions_and_other_texts_are_foreign() {
        let text = sample().sign(&KEY);
        let mut bytes = from_letters(&text[3..]).unwrap();
        bytes[0] = 2;
        let next = format!("MCT{}", in_letters(&bytes));
        let bare = &text[3..];
        let long = format!("MCT{}", "A".repeat(5_000));
        for text in ["", "MCT", "MC1|H99.1-261123-0007|x", "https://example.vn", "ứứứ", bare, &text[..60], &next, &long]
        {
            assert_eq!(Separator::read(text, &KEY), Err(NoSeparator::Foreign), "{text}");
        }
    }

    // The last letter has spare bits: none of its other spellings is taken.
    #[test]
    fn one_meaning_has_one_text() {
        let text = sample().sign(&KEY);
        let (front, last) = text.split_at(text.len() - 1);
        for letter in LETTERS.iter().map(|letter| char::from(*letter)).filter(|letter| last != letter.to_string()) {
            assert!(Separator::read(&format!("{front}{letter}"), &KEY).is_err(), "{letter}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_signed_is_read(id in any::<[u8; 16]>(), component: u16, papers: u16, key in any::<[u8; 32]>()) {
            let one = Separator { dossier: DossierId::from_bytes(id), component, papers };
            prop_assert_eq!(Separator::read(&one.sign(&key), &key), Ok(one));
        }

        #[test]
        fn a_changed_letter_is_no_sheet(at in 0usize..69, letter in "[A-Z2-7]") {
            let text = sample().sign(&KEY);
            let mut letters: Vec<char> = text.chars().collect();
            let other = letter.chars().next().unwrap();
            prop_assume!(letters[at] != other);
            letters[at] = other;
            prop_assert!(Separator::read(&letters.into_iter().collect::<String>(), &KEY).is_err());
        }

        #[test]
        fn no_text_does_harm(text in ".{0,200}", mark in "(MCT)?") {
            let text = format!("{mark}{text}");
            prop_assert!(Separator::read(&text, &KEY).is_err());
        }
    }
}
