//! How bytes are sealed on the disk, in two forms that are told apart by their first four bytes.
//!
//! Format 1 is one piece, for what fits into memory without anybody noticing: a page. Format 2 is segments of a mebibyte,
//! each sealed with its place and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
//! Vizár), for a document of a thousand pages. In both the seal covers the file's name, so that two files cannot change
//! places; in format 2 it is the last segment's that does, since the name is known only then.

use chacha20poly1305::aead::{Aead, AeadInOut, Buffer, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::FileHash;
use domain::hash::FileHasher;
use std::io::{self, Write};

/// First bytes of a file in one piece.
const ONE: &[u8; 4] = b"MCB1";
/// First bytes of a file in segments.
const MANY: &[u8; 4] = b"MCB2";
const NONCE: usize = 24;
/// Of a segment's nonce; the rest is its place and whether it is the last.
const PREFIX: usize = 19;
const TAG: usize = 16;
/// Bytes of a segment before it is sealed.
pub(super) const SEGMENT: usize = 1 << 20;

/// Whether a sealed file of `sealed` bytes may hold `bytes`.
pub(crate) fn fits(sealed: u64, bytes: u64) -> bool {
    let one = (ONE.len() + NONCE + TAG) as u64;
    // A last segment is never empty, but for an empty file, which is no page and no document.
    let segments = bytes.div_ceil(SEGMENT as u64).max(1);
    let many = (MANY.len() + PREFIX) as u64 + segments * TAG as u64;
    sealed == bytes + one || (segments > 1 && sealed == bytes + many)
}

/// Seals `bytes` in one piece.
pub(super) fn whole(cipher: &XChaCha20Poly1305, nonce: [u8; NONCE], hash: &FileHash, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = Vec::with_capacity(ONE.len() + NONCE + bytes.len() + TAG);
    sealed.extend_from_slice(ONE);
    sealed.extend_from_slice(&nonce);
    let mut body = Tail { start: sealed.len(), all: &mut sealed };
    body.all.extend_from_slice(bytes);
    cipher.encrypt_in_place(&XNonce::from(nonce), hash.as_bytes(), &mut body).ok()?;
    Some(sealed)
}

/// Opens what lies on the disk under the name `hash`; none where it was changed.
pub(super) fn open(cipher: &XChaCha20Poly1305, hash: &FileHash, sealed: &[u8]) -> Option<Vec<u8>> {
    if let Some(rest) = sealed.strip_prefix(MANY) {
        return open_many(cipher, hash, rest);
    }
    let (nonce, body) = sealed.strip_prefix(ONE)?.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: body, aad: hash.as_bytes() };
    cipher.decrypt(&XNonce::from(*nonce), payload).ok()
}

fn open_many(cipher: &XChaCha20Poly1305, hash: &FileHash, rest: &[u8]) -> Option<Vec<u8>> {
    let (prefix, body) = rest.split_first_chunk::<PREFIX>()?;
    let mut bytes = Vec::with_capacity(body.len());
    let last = body.len().div_ceil(SEGMENT + TAG).checked_sub(1)?;
    for (place, segment) in body.chunks(SEGMENT + TAG).enumerate() {
        let is_last = place == last;
        let aad: &[u8] = if is_last { hash.as_bytes() } else { b"" };
        let nonce = nonce(prefix, u32::try_from(place).ok()?, is_last);
        bytes.extend(cipher.decrypt(&nonce, Payload { msg: segment, aad }).ok()?);
    }
    Some(bytes)
}

fn nonce(prefix: &[u8; PREFIX], place: u32, last: bool) -> XNonce {
    let mut nonce = [0; NONCE];
    nonce[..PREFIX].copy_from_slice(prefix);
    nonce[PREFIX..NONCE - 1].copy_from_slice(&place.to_be_bytes());
    nonce[NONCE - 1] = u8::from(last);
    XNonce::from(nonce)
}

/// Seals what is written into it, holding one segment in memory.
pub(super) struct Sealer<'a, W> {
    cipher: &'a XChaCha20Poly1305,
    out: W,
    nonce: [u8; NONCE],
    place: u32,
    segment: Vec<u8>,
    hasher: FileHasher,
    bytes: u64,
}

impl<'a, W: Write> Sealer<'a, W> {
    /// `nonce` is random and never used for anything else.
    pub(super) fn new(cipher: &'a XChaCha20Poly1305, nonce: [u8; NONCE], out: W) -> Self {
        let segment = Vec::with_capacity(SEGMENT + TAG);
        Self { cipher, out, nonce, place: 0, segment, hasher: FileHasher::default(), bytes: 0 }
    }

    fn seal(&mut self, last: Option<&FileHash>) -> io::Result<()> {
        let (prefix, _) = self.nonce.split_first_chunk::<PREFIX>().expect("a nonce is longer than its prefix");
        if self.place == 0 {
            self.out.write_all(MANY)?;
            self.out.write_all(prefix)?;
        }
        let aad: &[u8] = last.map_or(&[], |hash| hash.as_bytes());
        self.cipher
            .encrypt_in_place(&nonce(prefix, self.place, last.is_some()), aad, &mut self.segment)
            .map_err(|_| io::Error::other("a segment too large to seal"))?;
        self.out.write_all(&self.segment)?;
        self.segment.clear();
        // Four billion segments are more than any disk holds.
        self.place = self.place.checked_add(1).ok_or_else(|| io::Error::other("a file too large to seal"))?;
        Ok(())
    }

    /// Seals the rest; returns the name, the number of bytes, and where they went.
    pub(super) fn finish(mut self) -> io::Result<(FileHash, u64, W)> {
        let hash = std::mem::take(&mut self.hasher).finish();
        if self.place == 0 {
            let sealed = whole(self.cipher, self.nonce, &hash, &self.segment);
            self.out.write_all(&sealed.ok_or_else(|| io::Error::other("a file too large to seal"))?)?;
        } else {
            self.seal(Some(&hash))?;
        }
        Ok((hash, self.bytes, self.out))
    }
}

impl<W: Write> Write for Sealer<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Sealed only when more comes: the last segment must be known as the last, and is never empty.
        if self.segment.len() == SEGMENT && !bytes.is_empty() {
            self.seal(None)?;
        }
        let taken = &bytes[..bytes.len().min(SEGMENT - self.segment.len())];
        self.segment.extend_from_slice(taken);
        self.hasher.update(taken);
        self.bytes += taken.len() as u64;
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The part of a buffer after its header, so that bytes are encrypted where they lie.
struct Tail<'a> {
    start: usize,
    all: &'a mut Vec<u8>,
}

impl AsRef<[u8]> for Tail<'_> {
    fn as_ref(&self) -> &[u8] {
        &self.all[self.start..]
    }
}

impl AsMut<[u8]> for Tail<'_> {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.all[self.start..]
    }
}

impl Buffer for Tail<'_> {
    fn extend_from_slice(&mut self, other: &[u8]) -> chacha20poly1305::aead::Result<()> {
        self.all.extend_from_slice(other);
        Ok(())
    }

    fn truncate(&mut self, len: usize) {
        self.all.truncate(self.start + len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chacha20poly1305::KeyInit;

    fn cipher() -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&[7; 32]).into())
    }

    fn sealed(bytes: &[u8], step: usize) -> (FileHash, Vec<u8>) {
        let cipher = cipher();
        let mut sealer = Sealer::new(&cipher, [9; NONCE], Vec::new());
        bytes.chunks(step).for_each(|part| sealer.write_all(part).unwrap());
        let (hash, length, out) = sealer.finish().unwrap();
        assert_eq!((hash, length), (FileHash::of(bytes), bytes.len() as u64));
        (hash, out)
    }

    #[test]
    fn what_is_sealed_in_pieces_opens_whole() {
        let bytes: Vec<u8> = (0..3 * SEGMENT + 5).map(|n| (n * 31 % 251) as u8).collect();
        for length in [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT + 5] {
            let (hash, out) = sealed(&bytes[..length], 70_001);
            assert_eq!(open(&cipher(), &hash, &out).as_deref(), Some(&bytes[..length]), "{length}");
            assert!(fits(out.len() as u64, length as u64), "{length}");
            assert!(!fits(out.len() as u64, length as u64 + 1), "{length}");
            assert_eq!(out.starts_with(MANY), length > SEGMENT, "a page stays in one piece: {length}");
        }
    }

    // Segments that are changed, moved, left out, or cut off at the end must not open; nor under another name.
    #[test]
    fn no_segment_can_be_changed_moved_or_left_out() {
        let bytes = vec![3; 3 * SEGMENT];
        let (hash, out) = sealed(&bytes, SEGMENT);
        let (head, body) = out.split_at(MANY.len() + PREFIX);
        let segments: Vec<&[u8]> = body.chunks(SEGMENT + TAG).collect();
        let with = |parts: &[&[u8]]| [head, &parts.concat()].concat();
        let [one, two, three] = segments[..] else { panic!("three segments") };
        assert!(open(&cipher(), &hash, &with(&[one, two, three])).is_some());
        for (what, parts) in [
            ("moved", vec![two, one, three]),
            ("left out", vec![one, three]),
            ("cut off", vec![one, two]),
            ("doubled", vec![one, one, two, three]),
            ("nothing left", vec![]),
        ] {
            assert!(open(&cipher(), &hash, &with(&parts)).is_none(), "{what}");
        }
        let mut changed = out.clone();
        changed[head.len() + 5] ^= 1;
        assert!(open(&cipher(), &hash, &changed).is_none());
        assert!(open(&cipher(), &FileHash::of(b"another"), &out).is_none(), "another name");
    }
}
