//! What a use case may make of a dossier, told again without the desk's code: the witness believes only this.
//!
//! What cannot be known before (ids, codes, times) is taken from what is there, once all the rest fits.

use crate::papers::Paper;
use crate::said::{Op, Part, Seen};
use desk::PageId;
use domain::outbox::OutboxState;
use domain::{FileHash, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Where the bytes of a page are: the file's hash, and which page of it.
pub(crate) type Whence = (FileHash, u32);

/// A dossier after a use case, with the pages that only then got their ids.
pub(crate) type Outcome = (Seen, BTreeMap<PageId, Whence>);

/// Whether `actual` can be `state` later on: nothing changed but what sending brings forward.
pub(crate) fn same(state: &Seen, actual: &Seen) -> bool {
    let forward = match (state.sync, actual.sync) {
        (Some(OutboxState::Accepted), now) => now == Some(OutboxState::Accepted),
        (before, now) => before.is_some() == now.is_some(),
    };
    let official = state.provisional && !actual.provisional && actual.sync == Some(OutboxState::Accepted);
    let code = state.code == actual.code && state.provisional == actual.provisional || official;
    let rest = Seen { sync: actual.sync, code: actual.code.clone(), provisional: actual.provisional, ..state.clone() };
    forward && code && rest == *actual
}

/// Every way in which `op`, done whole, may have turned `state` into something like `actual`.
pub(crate) fn after(state: &Seen, op: &Op, actual: &Seen) -> Vec<Outcome> {
    let mut next = state.clone();
    match op {
        Op::New | Op::Sync | Op::Open { .. } | Op::Print { .. } => {}
        Op::Applicant { form, .. } => next.applicant.clone_from(form),
        Op::Card { form, .. } => {
            let same_person = next.applicant.id_number == form.id_number;
            let own = std::mem::replace(&mut next.applicant, form.clone());
            if same_person {
                (next.applicant.phone, next.applicant.email) = (own.phone, own.email);
            }
        }
        Op::Note { note, .. } => next.note.clone_from(note),
        Op::Channel { channel, .. } => next.channel = *channel,
        Op::Papers { component, counts, .. } => match part(&mut next, *component) {
            Some(part) => part.counts = *counts,
            None => return Vec::new(),
        },
        Op::Discard { .. } => next.status = Status::Discarded,
        Op::Restore { .. } => next.status = Status::Draft,
        Op::Import { component, papers, .. } | Op::Scan { component, papers, .. } => {
            return added(state, *component, papers, actual);
        }
        Op::Aside { page, aside, .. } => return set_aside(next, *page, *aside, actual).into_iter().collect(),
        Op::Move { page, component, before, .. } => match moved(&mut next, *page, *component, *before) {
            Some(()) => {}
            None => return Vec::new(),
        },
        Op::Procedure { code, .. } => return chosen(next, code, actual).into_iter().collect(),
        Op::Accept { .. } => return accepted(next, actual).into_iter().collect(),
    }
    vec![(next, BTreeMap::new())]
}

fn part(seen: &mut Seen, component: u32) -> Option<&mut Part> {
    seen.parts.iter_mut().find(|part| part.index == component)
}

/// The first so many files at the end of the component: each with all its pages or with none.
fn added(state: &Seen, component: u32, papers: &[Paper], actual: &Seen) -> Vec<Outcome> {
    let told = papers.first().is_some_and(|paper| paper.taken > 0);
    let mut outcomes = if told { Vec::new() } else { vec![(state.clone(), BTreeMap::new())] };
    let Some(there) = actual.parts.iter().find(|part| part.index == component) else { return outcomes };
    let (mut next, mut whence) = (state.clone(), BTreeMap::new());
    for paper in papers {
        let Some(part) = part(&mut next, component) else { break };
        for index in paper.taken..paper.pages {
            let Some(id) = there.kept.get(part.kept.len()) else { return outcomes };
            part.kept.push(*id);
            whence.insert(*id, (paper.sha, index));
        }
        outcomes.push((next.clone(), whence.clone()));
    }
    outcomes
}

/// The page changes lists; where it lands in the other one hangs on places that nobody sees.
fn set_aside(mut next: Seen, page: PageId, aside: bool, actual: &Seen) -> Option<Outcome> {
    let at = next.parts.iter().position(|part| part.pages().any(|other| other == page))?;
    let (part, there) = (&mut next.parts[at], actual.parts.get(at)?);
    part.kept.retain(|other| *other != page);
    part.aside.retain(|other| *other != page);
    let (into, from) = if aside { (&mut part.aside, &there.aside) } else { (&mut part.kept, &there.kept) };
    let place = from.iter().position(|other| *other == page)?;
    into.insert(place.min(into.len()), page);
    Some((next, BTreeMap::new()))
}

fn moved(next: &mut Seen, page: PageId, component: u32, before: Option<PageId>) -> Option<()> {
    let kept = next.parts.iter().any(|part| part.kept.contains(&page));
    for part in &mut next.parts {
        part.kept.retain(|other| *other != page);
        part.aside.retain(|other| *other != page);
    }
    let part = part(next, component)?;
    let list = if kept { &mut part.kept } else { &mut part.aside };
    let place = match before {
        Some(before) => list.iter().position(|other| *other == before)?,
        None => list.len(),
    };
    list.insert(place, page);
    Some(())
}

/// Pages follow the name of their component; those without one wait, set aside, in the last.
fn chosen(next: Seen, code: &str, actual: &Seen) -> Option<Outcome> {
    let pages = |seen: &Seen| seen.pages().collect::<BTreeSet<_>>();
    let fits = actual.procedure.as_deref() == Some(code)
        && actual.case.is_some()
        && actual.pages().count() == next.pages().count()
        && pages(actual) == pages(&next)
        && actual.parts.iter().all(|part| {
            let old = next.parts.iter().find(|old| old.name == part.name);
            old.map_or(part.kept.is_empty(), |old| part.kept == old.kept && part.counts == old.counts)
        });
    let (procedure, case, parts) = (actual.procedure.clone(), actual.case.clone(), actual.parts.clone());
    fits.then(|| (Seen { procedure, case, parts, ..next }, BTreeMap::new()))
}

/// All of it at once: state, code, both times and the outbox; papers nobody counted are counted.
fn accepted(next: Seen, actual: &Seen) -> Option<Outcome> {
    let whole = actual.status == Status::Received
        && actual.code.is_some()
        && actual.received.is_some()
        && actual.due.is_some()
        && actual.sync.is_some();
    let parts = next.parts.iter().zip(&actual.parts).map(|(part, there)| {
        let nobody_counted = part.counts == Default::default();
        Part { counts: if nobody_counted { there.counts } else { part.counts }, ..part.clone() }
    });
    let next = Seen {
        status: Status::Received,
        code: actual.code.clone(),
        provisional: actual.provisional,
        received: actual.received.clone(),
        due: actual.due.clone(),
        sync: actual.sync,
        parts: parts.collect(),
        ..next
    };
    whole.then_some((next, BTreeMap::new()))
}
