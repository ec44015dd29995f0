//! The audit log's chain (nhật ký): every entry holds the hash of the one before, so that none can be changed, taken
//! out or put in without all after it showing (Q3). Pure: the same check runs on the store and on an exported file.

use crate::{FileHash, StaffId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// One thing that was done (một dòng nhật ký). No name or number of a citizen stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without a gap.
    pub n: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who; none for the program itself.
    pub staff: Option<StaffId>,
    /// What, such as `dossier.view`.
    pub action: String,
    /// To what: an id, a form, a count.
    pub object: String,
    /// Hash of the entry before.
    pub prev: FileHash,
    /// Hash of this one.
    pub hash: FileHash,
}

/// What the first entry has in front of it.
pub const GENESIS: FileHash = FileHash::from_bytes([0; 32]);

impl Entry {
    /// The entry that follows entry `n`, whose hash is `prev`.
    #[must_use]
    pub fn after(
        n: i64,
        prev: FileHash,
        at: DateTime<FixedOffset>,
        staff: Option<StaffId>,
        action: &str,
        object: &str,
    ) -> Self {
        let mut entry =
            Self { n: n + 1, at, staff, action: action.to_owned(), object: object.to_owned(), prev, hash: GENESIS };
        entry.hash = entry.link();
        entry
    }

    /// The hash that this entry must have: of the one before and of everything in it, to the millisecond.
    fn link(&self) -> FileHash {
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(self.prev.as_bytes());
        bytes.extend_from_slice(&self.n.to_le_bytes());
        bytes.extend_from_slice(&self.at.timestamp_millis().to_le_bytes());
        bytes.extend_from_slice(self.staff.as_ref().map_or(&[0; 16], |staff| staff.as_bytes()));
        // Lengths keep two fields from sliding into each other.
        for field in [&self.action, &self.object] {
            bytes.extend_from_slice(&(field.len() as u64).to_le_bytes());
            bytes.extend_from_slice(field.as_bytes());
        }
        FileHash::of(&bytes)
    }
}

/// The head of the log as somebody else wrote it down: a central system, in its acceptance (mốc neo).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Number of the entry.
    pub n: i64,
    /// The hash it had then.
    pub hash: FileHash,
}

/// Walks a chain, entry by entry.
#[derive(Debug, Clone)]
pub struct Walk {
    anchors: std::collections::BTreeMap<i64, FileHash>,
    anchored: u64,
    entries: u64,
    last: FileHash,
    first_broken: Option<i64>,
}

/// The outcome of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ChainCheck {
    /// Entries walked.
    pub entries: u64,
    /// Number of the first entry that does not follow from the one before, or is not what was anchored, or is gone.
    pub first_broken: Option<i64>,
    /// Entries that were found as somebody else had noted them.
    pub anchors: u64,
}

impl Walk {
    /// A walk that also holds the entries against what others noted of them.
    #[must_use]
    pub fn against(anchors: impl IntoIterator<Item = Anchor>) -> Self {
        let anchors = anchors.into_iter().map(|anchor| (anchor.n, anchor.hash)).collect();
        Self { anchors, anchored: 0, entries: 0, last: GENESIS, first_broken: None }
    }

    /// Takes the next entry.
    pub fn step(&mut self, entry: &Entry) {
        self.entries += 1;
        let number = i64::try_from(self.entries).unwrap_or(i64::MAX);
        let noted = self.anchors.remove(&entry.n);
        self.anchored += u64::from(noted == Some(entry.hash));
        let follows = entry.prev == self.last && entry.n == number && entry.hash == entry.link();
        if self.first_broken.is_none() && (!follows || noted.is_some_and(|noted| noted != entry.hash)) {
            self.first_broken = Some(entry.n);
        }
        self.last = entry.hash;
    }

    /// Ends the walk. An anchor beyond the last entry means that the end was cut off.
    #[must_use]
    pub fn end(self) -> ChainCheck {
        let gone = self.anchors.keys().next().map(|_| i64::try_from(self.entries).unwrap_or(i64::MAX) + 1);
        ChainCheck { entries: self.entries, first_broken: self.first_broken.or(gone), anchors: self.anchored }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> Vec<Entry> {
        let at = DateTime::parse_from_rfc3339("2026-11-23T08:15:00+07:00").unwrap();
        let mut entries: Vec<Entry> = Vec::new();
        for n in 0..length {
            let prev = entries.last().map_or(GENESIS, |last| last.hash);
            entries.push(Entry::after(n, prev, at, None, "view", &n.to_string()));
        }
        entries
    }

    fn broken(entries: &[Entry], anchors: &[Anchor]) -> Option<i64> {
        let mut walk = Walk::against(anchors.iter().copied());
        entries.iter().for_each(|entry| walk.step(entry));
        walk.end().first_broken
    }

    fn rewritten(entries: &[Entry], from: usize) -> Vec<Entry> {
        let mut forged = entries[..from].to_vec();
        for old in &entries[from..] {
            let prev = forged.last().map_or(GENESIS, |last: &Entry| last.hash);
            forged.push(Entry::after(old.n - 1, prev, old.at, None, "nothing", &old.object));
        }
        forged
    }

    #[test]
    fn every_kind_of_tampering_names_its_place() {
        let whole = chain(9);
        assert_eq!(broken(&whole, &[]), None);
        let mut changed = whole.clone();
        changed[3].object = "x".into();
        assert_eq!(broken(&changed, &[]), Some(4));
        let mut without = whole.clone();
        without.remove(5);
        assert_eq!(broken(&without, &[]), Some(7));
        let mut swapped = whole.clone();
        swapped.swap(1, 2);
        assert_eq!(broken(&swapped, &[]), Some(3));
    }

    /// Whoever holds the key can forge a whole new chain, or cut off its end; what was noted elsewhere shows it.
    #[test]
    fn a_chain_forged_whole_does_not_meet_its_anchors() {
        let whole = chain(9);
        let anchor = Anchor { n: 6, hash: whole[5].hash };
        let forged = rewritten(&whole, 2);
        assert_eq!(broken(&forged, &[]), None, "by itself it looks right");
        assert_eq!(broken(&forged, &[anchor]), Some(6));
        assert_eq!(broken(&whole[..4], &[anchor]), Some(5), "the end was cut off");
        assert_eq!(broken(&whole, &[anchor]), None);
    }
}
