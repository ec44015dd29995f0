//! A reader of transfer codes (VietQR, EMVCo QR Code Specification 1.1) that shares nothing with the program: tags, lengths and
//! the checksum, as a bank's application takes them apart.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

/// What a transfer code says.
#[derive(Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The bank's BIN.
    pub bin: String,
    /// The account.
    pub account: String,
    /// How much, in đồng.
    pub amount: String,
    /// What for.
    pub purpose: String,
}

/// Takes the text of a code apart.
///
/// # Errors
/// When a length or the checksum does not fit, or something mandatory is missing (D§7.3).
pub fn read(text: &str) -> Result<Transfer> {
    ensure!(text.is_ascii(), "a bank reads only plain letters: {text}");
    let (told, sum) = text.split_at(text.len().checked_sub(4).context("too short")?);
    ensure!(told.ends_with("6304") && format!("{:04X}", crc(told.as_bytes())) == sum, "the checksum of {text}");
    let all = fields(text)?;
    let of = |tag: &str| all.get(tag).cloned().with_context(|| format!("no {tag} in {text}"));
    ensure!(of("00")? == "01" && of("01")? == "12" && of("53")? == "704" && of("58")? == "VN", "{text}");
    let payee = fields(&of("38")?)?;
    ensure!(payee["00"] == "A000000727" && payee["02"].starts_with("QRIBFT"), "{text}");
    let account = fields(&payee["01"])?;
    let purpose = fields(&of("62")?)?;
    Ok(Transfer {
        bin: account["00"].clone(),
        account: account["01"].clone(),
        amount: of("54")?,
        purpose: purpose.get("08").cloned().unwrap_or_default(),
    })
}

/// Tag, length, value, one after the other.
fn fields(text: &str) -> Result<BTreeMap<String, String>> {
    let (mut rest, mut found) = (text, BTreeMap::new());
    while !rest.is_empty() {
        let (tag, length) = (rest.get(..2).context("a tag")?, rest.get(2..4).context("a length")?);
        let end = 4 + length.parse::<usize>()?;
        let value = rest.get(4..end).with_context(|| format!("{tag} is cut off in {text}"))?;
        ensure!(found.insert(tag.to_owned(), value.to_owned()).is_none(), "{tag} twice in {text}");
        rest = &rest[end..];
    }
    Ok(found)
}

/// CRC-16/CCITT-FALSE.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published check value of this checksum.
    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc(b"123456789"), 0x29B1);
    }
}
