//! The witness: hears what the worker was told, remembers it outside the program, and holds every later look against it.
//!
//! What was acknowledged must be there, whole, once. What was under way may be there whole or not at all.

use crate::after::{Outcome, Whence, after, same};
use crate::dice::Dice;
use crate::papers::Paper;
use crate::said::{Kind, Op, Said, Seen};
use desk::PageId;
use domain::outbox::OutboxState;
use domain::{DossierId, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a look did not find as it must be.
#[derive(Debug, Clone)]
pub(crate) enum Finding {
    /// Acknowledged, and gone or changed.
    Lost(String),
    /// There twice.
    Doubled(String),
    /// Half done, not working, or otherwise not as it must be.
    Broken(String),
}

/// How much was held against what is there, and how many use cases were acknowledged before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Checked {
    pub(crate) told: u64,
    pub(crate) pages: u64,
    pub(crate) fields: u64,
    pub(crate) acceptances: u64,
    pub(crate) outbox: u64,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(what) => write!(f, "LOST: {what}"),
            Self::Doubled(what) => write!(f, "DOUBLED: {what}"),
            Self::Broken(what) => write!(f, "BROKEN: {what}"),
        }
    }
}

impl Checked {
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            told: self.told - before.told,
            pages: self.pages - before.pages,
            fields: self.fields - before.fields,
            acceptances: self.acceptances - before.acceptances,
            outbox: self.outbox - before.outbox,
        }
    }
}

/// What is known of one dossier.
pub(crate) struct Known {
    pub(crate) told: Seen,
    /// Begun and never acknowledged, oldest first.
    maybe: Vec<Op>,
    pub(crate) prints: u32,
    pub(crate) maybe_prints: u32,
    /// Not seen through the desk, nor in the store, since it last changed.
    unseen: bool,
    unlooked: bool,
}

/// Where a dossier is seen while the worker that changed it still lives; that proves nothing yet.
const TOLD: &str = "told";

#[derive(Default)]
pub(crate) struct Witness {
    pub(crate) dossiers: BTreeMap<DossierId, Known>,
    pub(crate) whence: BTreeMap<PageId, Whence>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) checked: Checked,
    /// Disk calls that each use case took when last done, so that faults can aim within it.
    pub(crate) spans: BTreeMap<Kind, u64>,
    pub(crate) opening: u64,
    current: Option<Op>,
    /// Dossiers that may have been opened without anyone being told.
    strangers: usize,
}

impl Witness {
    pub(crate) fn hear(&mut self, said: Said) {
        match said {
            Said::Ready { drafts, calls } => {
                self.opening = calls;
                self.drafts_are(&drafts);
            }
            Said::Holds(seen) => self.observe(&seen, "on the screen"),
            Said::Try(op) => self.begin(op),
            Said::Page { id } => self.page(id),
            Said::Did { seen, calls } => self.did(seen.as_ref(), calls),
            Said::Failed { .. } => self.leave_open(),
            Said::Sent(ids) => self.sent(&ids),
            Said::Alive => {}
            Said::Broken(what) => self.findings.push(Finding::Broken(what)),
        }
    }

    /// The worker is gone: whatever it was at may be done or not.
    pub(crate) fn gone(&mut self) {
        self.leave_open();
    }

    /// Dossiers to be asked for: changed since they were last seen.
    pub(crate) fn unseen(&self) -> Vec<DossierId> {
        self.dossiers.iter().filter(|(_, known)| known.unseen).map(|(id, _)| *id).collect()
    }

    /// Some drafts that are seen already, for the next life to go on with.
    pub(crate) fn some_drafts(&self, dice: &mut Dice, count: usize) -> Vec<DossierId> {
        let drafts = self.dossiers.values().filter(|known| !known.unseen && known.told.status == Status::Draft);
        let drafts: Vec<_> = drafts.map(|known| known.told.id).collect();
        (0..count).filter_map(|_| dice.pick(&drafts).copied()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(crate) fn unlooked(&self) -> Vec<DossierId> {
        self.dossiers.iter().filter(|(_, known)| known.unlooked).map(|(id, _)| *id).collect()
    }

    pub(crate) fn looked_at(&mut self, id: DossierId) {
        if let Some(known) = self.dossiers.get_mut(&id) {
            known.unlooked = false;
        }
    }

    pub(crate) fn lost(&mut self, what: impl Into<String>) {
        self.findings.push(Finding::Lost(what.into()));
    }

    pub(crate) fn doubled(&mut self, what: impl Into<String>) {
        self.findings.push(Finding::Doubled(what.into()));
    }

    pub(crate) fn broken(&mut self, what: impl Into<String>) {
        self.findings.push(Finding::Broken(what.into()));
    }

    fn begin(&mut self, op: Op) {
        if let Some(known) = op.dossier().and_then(|id| self.dossiers.get_mut(&id)) {
            (known.unseen, known.unlooked) = (true, true);
        } else if let Some(id) = op.dossier() {
            self.broken(format!("{id} is worked on and nobody opened it"));
        }
        self.current = Some(op);
    }

    /// A page is told of as soon as it is kept, while its file's run goes on.
    fn page(&mut self, id: PageId) {
        let Some(Op::Import { id: dossier, component, papers } | Op::Scan { id: dossier, component, papers }) =
            &mut self.current
        else {
            return self.broken(format!("page {id} out of nowhere"));
        };
        let (Some(known), Some(whence)) = (self.dossiers.get_mut(dossier), take_page(papers)) else {
            return self.doubled(format!("page {id} is one more than was handed in"));
        };
        if let Some(part) = known.told.parts.iter_mut().find(|part| part.index == *component) {
            part.kept.push(id);
        }
        if self.whence.insert(id, whence).is_some() {
            self.doubled(format!("page id {id}"));
        }
    }

    fn did(&mut self, seen: Option<&Seen>, calls: u64) {
        let Some(op) = self.current.take() else { return self.broken("done, but nothing was begun") };
        self.checked.told += 1;
        self.spans.insert(op.kind(), calls);
        match (&op, seen) {
            (Op::New, Some(seen)) => {
                if self.dossiers.contains_key(&seen.id) {
                    self.doubled(format!("dossier {}", seen.id));
                }
                self.adopt(Seen::blank(seen.id));
                self.observe(seen, TOLD);
            }
            (Op::Print { id }, _) => {
                if let Some(known) = self.dossiers.get_mut(id) {
                    known.prints += 1;
                }
            }
            (_, Some(seen)) => {
                let done = self.dossiers.get(&seen.id).is_some_and(|known| {
                    known.maybe.is_empty() && after(&known.told, &op, seen).iter().any(|(next, _)| same(next, seen))
                });
                if !done && self.dossiers.get(&seen.id).is_some_and(|known| known.maybe.is_empty()) {
                    self.broken(format!("{op:?} was done and shows {seen:?}"));
                }
                self.leave(op);
                self.observe(seen, TOLD);
            }
            (_, None) => {}
        }
        // A dossier that was just told of is still to be found again after the next end.
        if let Some(known) = seen.and_then(|seen| self.dossiers.get_mut(&seen.id)) {
            (known.unseen, known.unlooked) = (true, true);
        }
    }

    fn leave_open(&mut self) {
        if let Some(op) = self.current.take() {
            self.leave(op);
        }
    }

    fn leave(&mut self, op: Op) {
        match &op {
            Op::New => self.strangers += 1,
            Op::Sync | Op::Open { .. } => {}
            Op::Print { id } => {
                if let Some(known) = self.dossiers.get_mut(id) {
                    known.maybe_prints += 1;
                }
            }
            _ => {
                if let Some(known) = op.dossier().and_then(|id| self.dossiers.get_mut(&id)) {
                    known.maybe.push(op);
                }
            }
        }
    }

    fn adopt(&mut self, told: Seen) {
        let known = Known { told, maybe: Vec::new(), prints: 0, maybe_prints: 0, unseen: true, unlooked: true };
        self.dossiers.insert(known.told.id, known);
    }

    /// A dossier that the witness was never told of: one may be there for each opening that was cut off.
    pub(crate) fn stranger(&mut self, id: DossierId) {
        if self.strangers == 0 {
            self.doubled(format!("dossier {id} is there and nobody opened it"));
        }
        self.strangers = self.strangers.saturating_sub(1);
        self.adopt(Seen::blank(id));
    }

    fn drafts_are(&mut self, drafts: &[DossierId]) {
        for id in drafts.iter().filter(|id| !self.dossiers.contains_key(id)).copied().collect::<Vec<_>>() {
            self.stranger(id);
        }
        let there: BTreeSet<_> = drafts.iter().collect();
        let missing = self
            .dossiers
            .iter()
            .filter(|(id, known)| known.told.status == Status::Draft && known.maybe.is_empty() && !there.contains(id));
        let missing: Vec<String> = missing.map(|(id, _)| id.to_string()).collect();
        for id in missing {
            self.lost(format!("draft {id} is not on the screen of the day"));
        }
    }

    fn sent(&mut self, ids: &[DossierId]) {
        for id in ids {
            let Some(known) = self.dossiers.get_mut(id) else {
                self.broken(format!("{id} was sent and nobody knows it"));
                continue;
            };
            if known.told.sync != Some(OutboxState::Accepted) {
                known.told.sync = Some(OutboxState::Accepted);
                (known.unseen, known.unlooked) = (true, true);
            }
        }
    }

    /// Holds what is there against what was told.
    pub(crate) fn observe(&mut self, actual: &Seen, place: &str) {
        let Some(known) = self.dossiers.get_mut(&actual.id) else {
            return self.broken(format!("{} is {place} and nobody knows it", actual.id));
        };
        match explain(&known.told, &known.maybe, actual) {
            Some((_, learnt)) => {
                // A provisional code that was told of keeps being found; the official one stands in the view.
                self.whence.extend(learnt);
            }
            None => {
                let finding = judged(&known.told, &known.maybe, actual, place);
                self.findings.push(finding);
            }
        }
        known.told = actual.clone();
        known.maybe.clear();
        known.unseen = false;
        if place == TOLD {
            return;
        }
        self.checked.pages += actual.pages().count() as u64;
        self.checked.fields += 9 + actual.parts.len() as u64;
        self.checked.acceptances += u64::from(actual.code.is_some());
        self.checked.outbox += u64::from(actual.sync.is_some());
    }
}

/// Takes the next page off what was handed in; what is left of a file that is being told of must be there.
fn take_page(papers: &mut Vec<Paper>) -> Option<Whence> {
    let paper = papers.first_mut()?;
    let whence = (paper.sha, paper.taken);
    paper.taken += 1;
    if paper.taken == paper.pages {
        papers.remove(0);
    }
    Some(whence)
}

/// Some of `maybe`, in order, make `actual` of `told`.
fn explain(told: &Seen, maybe: &[Op], actual: &Seen) -> Option<Outcome> {
    let Some((op, rest)) = maybe.split_first() else {
        return same(told, actual).then(|| (actual.clone(), BTreeMap::new()));
    };
    let undone = if half_told(op) { None } else { explain(told, rest, actual) };
    undone.or_else(|| {
        after(told, op, actual).into_iter().find_map(|(next, mut learnt)| {
            let (end, more) = explain(&next, rest, actual)?;
            learnt.extend(more);
            Some((end, learnt))
        })
    })
}

/// A file of which a page was told of already is kept whole.
fn half_told(op: &Op) -> bool {
    matches!(op, Op::Import { papers, .. } | Op::Scan { papers, .. } if papers.first().is_some_and(|paper| paper.taken > 0))
}

fn judged(told: &Seen, maybe: &[Op], actual: &Seen, place: &str) -> Finding {
    let there: BTreeSet<_> = actual.pages().collect();
    let gone: Vec<_> = told.pages().filter(|page| !there.contains(page)).collect();
    let handed_in = |op: &Op| match op {
        Op::Import { papers, .. } | Op::Scan { papers, .. } => papers.iter().map(|paper| paper.pages as usize).sum(),
        _ => 0,
    };
    let most = told.pages().count() + maybe.iter().map(handed_in).sum::<usize>();
    let what = format!("{place}: {actual:?}\n  told: {told:?}\n  under way: {maybe:?}");
    if !gone.is_empty() {
        Finding::Lost(format!("pages {gone:?}\n  {what}"))
    } else if there.len() < actual.pages().count() || actual.pages().count() > most {
        Finding::Doubled(format!("more pages than were handed in\n  {what}"))
    } else if maybe.is_empty() {
        Finding::Lost(format!("not as it was told\n  {what}"))
    } else {
        Finding::Broken(format!("neither before nor after\n  {what}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::Part;
    use desk::view::PaperCounts;
    use domain::FileHash;

    fn page(n: u8) -> PageId {
        PageId::from_bytes([n; 16])
    }

    /// A draft with these pages.
    fn draft(kept: &[u8]) -> Seen {
        let kept = kept.iter().copied().map(page).collect();
        let part = Part { index: 1, name: "Tờ khai".into(), counts: PaperCounts::default(), kept, aside: Vec::new() };
        Seen { parts: vec![part], ..Seen::blank(DossierId::from_bytes([1; 16])) }
    }

    fn paper(pages: u32) -> Paper {
        Paper { sha: FileHash::of(b"paper"), pages, taken: 0 }
    }

    /// What a witness finds who was told of `told`, knows that `under_way` was begun, and then sees `actual`.
    fn found(told: &Seen, under_way: Option<Op>, actual: &Seen) -> Vec<String> {
        let mut witness = Witness::default();
        witness.adopt(told.clone());
        if let Some(op) = under_way {
            witness.begin(op);
        }
        witness.gone();
        witness.observe(actual, "there");
        witness.findings.iter().map(|finding| finding.to_string()[..4].to_owned()).collect()
    }

    #[test]
    fn whatever_is_not_as_it_was_told_is_found() {
        let (id, told) = (draft(&[]).id, draft(&[1, 2]));
        let import = |pages| Some(Op::Import { id, component: 1, papers: vec![paper(pages), paper(1)] });
        let noted = Seen { note: "Ghi chú".into(), ..told.clone() };
        let note = Some(Op::Note { id, note: noted.note.clone() });
        let received = Seen {
            status: Status::Received,
            code: Some("H99.1-261124-0001".into()),
            received: Some("2026-11-24T08:00:00+07:00".into()),
            due: Some("2026-11-25T17:00:00+07:00".into()),
            sync: Some(OutboxState::Queued),
            ..told.clone()
        };
        let accept = Some(Op::Accept { id });
        for (what, under_way, actual, findings) in [
            ("nothing happened", None, told.clone(), &[][..]),
            ("a page is gone", None, draft(&[2]), &["LOST"]),
            ("pages changed places", None, draft(&[2, 1]), &["LOST"]),
            ("a page is there twice", None, draft(&[1, 2, 2]), &["DOUB"]),
            ("a page nobody handed in", None, draft(&[1, 2, 3]), &["DOUB"]),
            ("a note that nobody wrote", None, noted.clone(), &["LOST"]),
            ("a note that was being written", note.clone(), noted.clone(), &[]),
            ("the same, not written", note.clone(), told.clone(), &[]),
            ("another note", note, Seen { note: "Khác".into(), ..told.clone() }, &["BROK"]),
            ("a file of two pages, whole", import(2), draft(&[1, 2, 3, 4]), &[]),
            ("both files, whole", import(2), draft(&[1, 2, 3, 4, 5]), &[]),
            ("half a file", import(2), draft(&[1, 2, 3]), &["BROK"]),
            ("more than was handed in", import(1), draft(&[1, 2, 3, 4, 5]), &["DOUB"]),
            ("accepted whole", accept.clone(), received.clone(), &[]),
            ("accepted and not in the outbox", accept.clone(), Seen { sync: None, ..received.clone() }, &["BROK"]),
            ("in the outbox and not accepted", accept, Seen { sync: received.sync, ..told.clone() }, &["BROK"]),
            ("accepted by nobody", None, received.clone(), &["LOST"]),
        ] {
            assert_eq!(found(&told, under_way, &actual), findings, "{what}");
        }
        let proven = Seen { sync: Some(OutboxState::Accepted), ..received.clone() };
        assert!(found(&received, None, &proven).is_empty(), "sending goes on by itself");
        assert_eq!(found(&proven, None, &received), ["LOST"], "and never back");
        let other = Seen { code: Some("H99.1-261124-0002".into()), ..proven.clone() };
        assert_eq!(found(&proven, None, &other), ["LOST"], "a code stays");
        let provisional = Seen { provisional: true, ..received };
        assert!(found(&provisional, None, &other).is_empty(), "unless it was provisional");
    }
}
