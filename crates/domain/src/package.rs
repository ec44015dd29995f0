//! Our own package of procedures (gói danh mục thủ tục): signed, whole or as a delta upon one base (C1).
//!
//! A package is text, so that it can be looked at: four lines of head, then JSON.
//!
//! ```text
//! mot-cua-catalogue 1
//! key <64 hex digits: the Ed25519 public key>
//! signature <128 hex digits: over the first line and the JSON>
//!
//! {"series": "…", "serial": 2, "base": {"serial": 1, "content": "<SHA-256 of the base's JSON>"}, …}
//! ```
//!
//! Who signed is told by the key alone; the station holds it against the keys that its administrator trusts. The first
//! line is signed along, so that no signature of ours for anything else can stand here.

use crate::{FileHash, Procedure};
use chrono::NaiveDate;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The first line of every package.
pub const FIRST_LINE: &str = "mot-cua-catalogue 1\n";

/// More procedures than any publication has; the national catalogue has some 6,400.
pub const MOST_PROCEDURES: usize = 50_000;

/// What a package says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The series it belongs to, such as a province's catalogue.
    pub series: String,
    /// Its number in the series; later ones are higher.
    pub serial: u32,
    /// The package that it changes; none for a whole catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
    /// Who made it, for people to read.
    pub issuer: String,
    /// The day it was made.
    pub issued: NaiveDate,
    /// Procedures, new or changed.
    pub procedures: Vec<Procedure>,
    /// Procedures that end (bãi bỏ).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repealed: Vec<Repeal>,
}

/// The package that a delta changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Its number.
    pub serial: u32,
    /// The hash of its JSON.
    pub content: FileHash,
}

/// A procedure that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeal {
    /// Its code.
    pub code: String,
    /// The first day on which nobody may hand it in any more.
    pub from: NaiveDate,
}

/// A package whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Whose key signed it.
    pub key: [u8; 32],
    /// The hash of its JSON.
    pub hash: FileHash,
    /// What it says.
    pub content: Content,
}

/// Why a package is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPackage {
    /// The head is not the four lines.
    #[error("the head does not read")]
    Head,
    /// What was signed is not what stands there.
    #[error("the signature does not hold")]
    Signature,
    /// The signed JSON is no content.
    #[error("line {0} does not read")]
    Content(usize),
    /// A procedure in it is none.
    #[error("procedure {code}: {field}")]
    Procedure {
        /// Its code.
        code: String,
        /// What is wrong.
        field: &'static str,
    },
    /// Two procedures of one code and day, or too many of them.
    #[error("too many procedures, or one of them twice")]
    Count,
}

/// Whether `text` says that it is a package.
#[must_use]
pub fn is_package(text: &[u8]) -> bool {
    text.starts_with(b"mot-cua-catalogue ")
}

impl Package {
    /// Reads a package and holds its signature against its key. Nothing in it is looked at before that.
    ///
    /// # Errors
    /// [`BadPackage`]
    pub fn read(text: &[u8]) -> Result<Self, BadPackage> {
        let rest = text.strip_prefix(FIRST_LINE.as_bytes()).ok_or(BadPackage::Head)?;
        let (key, rest) = line(rest, "key ").ok_or(BadPackage::Head)?;
        let (signature, rest) = line(rest, "signature ").ok_or(BadPackage::Head)?;
        let json = rest.strip_prefix(b"\n").ok_or(BadPackage::Head)?;
        let key: [u8; 32] = from_hex(key).ok_or(BadPackage::Head)?;
        let signature = Signature::from_bytes(&from_hex(signature).ok_or(BadPackage::Head)?);
        let verifying = VerifyingKey::from_bytes(&key).map_err(|_| BadPackage::Signature)?;
        // Strict: no key of small order, under which one signature holds for many texts.
        verifying.verify_strict(&signed(json), &signature).map_err(|_| BadPackage::Signature)?;
        let content: Content = serde_json::from_slice(json).map_err(|error| BadPackage::Content(error.line()))?;
        content.sound()?;
        Ok(Self { key, hash: FileHash::of(json), content })
    }
}

impl Content {
    fn sound(&self) -> Result<(), BadPackage> {
        let mut seen: Vec<(&str, NaiveDate)> =
            self.procedures.iter().map(|one| (one.code.as_str(), one.valid_from)).collect();
        let many = seen.len() + self.repealed.len() > MOST_PROCEDURES;
        seen.sort_unstable();
        if many || seen.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(BadPackage::Count);
        }
        for procedure in &self.procedures {
            let code = || procedure.code.chars().take(40).collect();
            procedure.sound().map_err(|field| BadPackage::Procedure { code: code(), field })?;
        }
        let short = |text: &str| !text.trim().is_empty() && text.len() <= 400;
        if short(&self.series) && short(&self.issuer) { Ok(()) } else { Err(BadPackage::Content(1)) }
    }

    /// Signs it with the secret key `secret`, as the text of a package.
    ///
    /// # Errors
    /// What [`Package::read`] would refuse.
    pub fn sign(&self, secret: &[u8; 32]) -> Result<String, BadPackage> {
        self.sound()?;
        let key = SigningKey::from_bytes(secret);
        let json = serde_json::to_string(self).map_err(|_| BadPackage::Content(0))?;
        let signature = key.sign(&signed(json.as_bytes()));
        Ok(format!(
            "{FIRST_LINE}key {}\nsignature {}\n\n{json}",
            hex(key.verifying_key().as_bytes()),
            hex(&signature.to_bytes())
        ))
    }
}

/// The public key of the secret key `secret`.
#[must_use]
pub fn public_key(secret: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(secret).verifying_key().to_bytes()
}

/// A key as people compare it, in hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A key out of hex digits, whatever blanks stand between them.
#[must_use]
pub fn key_of(text: &str) -> Option<[u8; 32]> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != ':').collect();
    from_hex(digits.as_bytes())
}

fn signed(json: &[u8]) -> Vec<u8> {
    [FIRST_LINE.as_bytes(), json].concat()
}

/// The rest of the line that begins with `name`, and what comes after it.
fn line<'a>(text: &'a [u8], name: &str) -> Option<(&'a [u8], &'a [u8])> {
    let rest = text.strip_prefix(name.as_bytes())?;
    let end = rest.iter().take(200).position(|byte| *byte == b'\n')?;
    Some((&rest[..end], &rest[end + 1..]))
}

fn from_hex<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = [7; 32];

    fn procedure() -> Procedure {
        serde_json::from_value(serde_json::json!({
            "code": "1.001193", "name": "Đăng ký khai sinh", "field": "Hộ tịch", "valid_from": "2026-07-01",
            "cases": [{ "id": "a", "limit": "sd", "limit_text": "Trong ngày" }],
            "components": [{ "name": "Tờ khai", "handling": "submit", "cases": ["a"] }],
        }))
        .unwrap()
    }

    fn content() -> Content {
        Content {
            series: "an-mau".into(),
            serial: 1,
            base: None,
            issuer: "Sở Tư pháp".into(),
            issued: "2026-11-23".parse().unwrap(),
            procedures: vec![procedure()],
            repealed: Vec::new(),
        }
    }

    #[test]
    fn what_was_signed_is_what_is_read() {
        let text = content().sign(&SECRET).unwrap();
        let package = Package::read(text.as_bytes()).unwrap();
        assert_eq!((package.key, package.content), (public_key(&SECRET), content()));
        assert!(is_package(text.as_bytes()) && text.ends_with('}'));
        assert_eq!(package.hash, FileHash::of(text.split_once("\n\n").unwrap().1.as_bytes()));
    }

    /// C1: one changed bit anywhere, and nothing is taken.
    #[test]
    fn every_changed_bit_is_noticed() {
        let text = content().sign(&SECRET).unwrap().into_bytes();
        for at in 0..text.len() {
            for bit in [1, 32, 128] {
                let mut changed = text.clone();
                changed[at] ^= bit;
                let read = Package::read(&changed);
                // Hex digits of the key and the signature may be written large: the same bytes.
                let same = read.as_ref().is_ok_and(|package| package.content == content());
                assert!(read.is_err() || bit == 32 && same && changed[at].is_ascii_hexdigit(), "{at}: {read:?}");
            }
        }
        for cut in [0, 10, 100, 250, text.len() - 1] {
            assert!(Package::read(&text[..cut]).is_err(), "cut at {cut}");
        }
        assert!(Package::read(&[text.as_slice(), b" "].concat()).is_err(), "something behind it");
    }

    #[test]
    fn another_key_in_the_head_does_not_hold() {
        let text = content().sign(&SECRET).unwrap();
        let other = text.replace(&hex(&public_key(&SECRET)), &hex(&public_key(&[8; 32])));
        assert_eq!(Package::read(other.as_bytes()), Err(BadPackage::Signature));
        let weak = text.replace(&hex(&public_key(&SECRET)), &format!("01{}", "00".repeat(31)));
        assert_eq!(Package::read(weak.as_bytes()), Err(BadPackage::Signature), "a key of small order");
    }

    #[test]
    fn no_signature_makes_nonsense_good() {
        let with = |change: &dyn Fn(&mut Content)| {
            let mut content = content();
            change(&mut content);
            content.sign(&SECRET).unwrap_err()
        };
        assert_eq!(with(&|c| c.procedures.push(procedure())), BadPackage::Count);
        assert!(matches!(with(&|c| c.procedures[0].cases.clear()), BadPackage::Procedure { field: "cases", .. }));
        assert!(matches!(
            with(&|c| c.procedures[0].components[0].cases = vec!["b".into()]),
            BadPackage::Procedure { field: "components", .. }
        ));
        assert!(matches!(with(&|c| c.procedures[0].code = "../x".into()), BadPackage::Procedure { field: "code", .. }));
        assert_eq!(with(&|c| c.series = " ".into()), BadPackage::Content(1));
    }

    #[test]
    fn a_key_reads_as_people_write_it() {
        let key = public_key(&SECRET);
        let spaced: String = hex(&key).as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part) + " ").collect();
        assert_eq!(key_of(&spaced.to_uppercase()), Some(key));
        assert_eq!(key_of("abc"), None);
    }
}
