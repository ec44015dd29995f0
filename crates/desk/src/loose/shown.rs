//! A mixed stack as it is shown: planned over what stands now, every time anew.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{MixedGroup, MixedLeaf, MixedRow, MixedView};
use domain::loose::{LoosePage, StackWay};
use domain::split::{self, Mark, Place, Plan, Target};
use domain::{AsideReason, Disposition, Dossier, DossierId, PageSource, Right, Stack, StackId};
use std::collections::BTreeMap;
use store::Reader;

/// Stacks that are listed.
const LISTED: u32 = 60;

/// A mixed stack with its plan.
pub(super) struct Planned {
    pub(super) stack: Stack,
    pub(super) covers: Option<u32>,
    pub(super) pages: Vec<LoosePage>,
    pub(super) marks: Vec<Mark>,
    /// One place for every page; those that were taken out have none.
    pub(super) places: Vec<Option<Place>>,
    pub(super) plan: Plan,
}

impl Desk {
    /// The mixed stacks, those that wait first, then the newest.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn mixed_stacks(&self) -> Result<Vec<MixedRow>, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| {
            let mut rows = Vec::new();
            for id in r.stacks_of_way(StackWay::Mixed, LISTED)? {
                let stack = r.stack(id)?.ok_or(Error::StackNotFound)?;
                if stack.received > 0 {
                    rows.push(self.mixed_row(&stack, &r.loose_pages(id, 1)?));
                }
            }
            rows.sort_by_key(|row| row.waiting == 0);
            Ok(rows)
        })
    }

    /// A mixed stack with what becomes of its pages.
    ///
    /// # Errors
    /// [`Error::StackNotFound`] where it is none.
    pub fn mixed_stack(&self, id: StackId) -> Result<MixedView, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| {
            let planned = self.planned(r, id)?;
            self.mixed_view(r, &planned)
        })
    }

    pub(super) fn planned(&self, r: &Reader<'_>, id: StackId) -> Result<Planned, Error> {
        let said = r.afterwards(id)?.filter(|said| said.way == StackWay::Mixed).ok_or(Error::StackNotFound)?;
        let stack = r.stack(id)?.ok_or(Error::StackNotFound)?;
        let pages = r.loose_pages(id, 1)?;
        let key = self.key()?.separator_key();
        let seen = |loose: &LoosePage| loose.seen.as_ref().map_or(Mark::Plain, |seen| seen.mark(&key));
        let mut marks: Vec<Mark> = pages.iter().filter(|loose| !loose.is_out()).map(seen).collect();
        split::find_fronts(&mut marks, stack.sides);
        let known = crate::mixed::known(r, &marks, None)?;
        let plan = split::assign(&marks, None, said.covers, &known);
        let mut planned = plan.places.iter().copied();
        let places = pages.iter().map(|loose| if loose.is_out() { None } else { planned.next() }).collect();
        Ok(Planned { stack, covers: said.covers, pages, marks, places, plan })
    }

    /// What a person has to look at, in words.
    pub(super) fn doubts(&self, planned: &Planned) -> Vec<String> {
        let locale = self.profile().locale;
        let tally = domain::loose::tally(&planned.pages);
        let mismatch = planned.stack.mismatch(&tally);
        let told = mismatch.map(|mismatch| crate::sentences::mismatch(&mismatch, locale));
        let alarms = planned.plan.alarms.iter().map(|alarm| crate::sentences::split_alarm(alarm, locale));
        told.into_iter().chain(alarms).collect()
    }

    fn mixed_row(&self, stack: &Stack, pages: &[LoosePage]) -> MixedRow {
        let source = match &stack.source {
            PageSource::Scanner { device } => device.clone(),
            PageSource::File { name } => name.clone(),
            PageSource::Phone => "phone".to_owned(),
            PageSource::Reused { code, .. } => code.clone(),
        };
        MixedRow {
            stack: stack.id,
            started_at: self.shown(stack.started_at),
            source,
            state: stack.state,
            received: stack.received,
            waiting: count(pages.iter().filter(|loose| loose.waits())),
        }
    }

    fn mixed_view(&self, r: &Reader<'_>, planned: &Planned) -> Result<MixedView, Error> {
        let Planned { stack, pages, .. } = planned;
        let mut groups: Vec<(Option<Target>, Vec<MixedLeaf>)> = Vec::new();
        for (number, (loose, place)) in (1..).zip(pages.iter().zip(&planned.places)) {
            let target = self.target_of(r, loose, *place)?;
            let leaf = leaf(number, loose, *place, planned);
            match groups.last_mut().filter(|(before, _)| *before == target && !leaf.sheet) {
                Some((_, leaves)) => leaves.push(leaf),
                None => groups.push((target, vec![leaf])),
            }
        }
        let mut dossiers: BTreeMap<DossierId, Option<Dossier>> = BTreeMap::new();
        let mut shown = Vec::with_capacity(groups.len());
        for (target, pages) in groups {
            if let Some(target) = target {
                dossiers.entry(target.dossier).or_insert(r.dossier(target.dossier)?);
            }
            let dossier = target.and_then(|target| dossiers.get(&target.dossier)?.as_ref());
            shown.push(group(target, dossier, pages));
        }
        let tally = domain::loose::tally(pages);
        let waiting = count(pages.iter().filter(|loose| loose.waits()));
        let ready = |(loose, place): &(&LoosePage, &Option<Place>)| {
            loose.waits() && matches!(place, Some(Place::Page(_) | Place::Cover(_) | Place::Sheet))
        };
        Ok(MixedView {
            row: self.mixed_row(stack, pages),
            fed: stack.fed,
            ended: stack.ended,
            kept: tally.kept,
            aside: tally.set_aside() - waiting,
            covers: planned.covers,
            sheets: count(planned.marks.iter().filter(|mark| matches!(mark, Mark::Cover(_) | Mark::Patch))),
            unread: count(pages.iter().filter(|loose| loose.seen.is_none() && !loose.is_out())),
            ready: count(pages.iter().zip(&planned.places).filter(ready)),
            alarms: self.doubts(planned),
            reason: stack.reason.clone(),
            groups: shown,
        })
    }

    /// Where a page lies, or would.
    fn target_of(&self, r: &Reader<'_>, loose: &LoosePage, place: Option<Place>) -> Result<Option<Target>, Error> {
        if let Some((id, ..)) = loose.placed {
            let (dossier, page) = r.page(id)?.ok_or(Error::PageNotFound)?;
            return Ok(Some(Target { dossier, component: page.component }));
        }
        Ok(match place {
            Some(Place::Page(target) | Place::Cover(target)) => Some(target),
            Some(Place::Sheet | Place::Unassigned) | None => None,
        })
    }
}

fn leaf(number: u32, loose: &LoosePage, place: Option<Place>, planned: &Planned) -> MixedLeaf {
    let out = planned.pages.iter().take(number as usize).filter(|before| before.is_out()).count();
    let mark = planned.marks.get((number as usize).saturating_sub(1 + out)).filter(|_| !loose.is_out());
    let (disposition, aside) = match (loose.placed, place) {
        (Some((_, disposition, aside)), _) => (disposition, aside),
        (None, Some(Place::Cover(_) | Place::Sheet)) => (Disposition::SetAside, Some(AsideReason::Separator)),
        (None, _) => (loose.page.disposition, loose.page.aside),
    };
    MixedLeaf {
        id: loose.page.id,
        number,
        waits: loose.waits(),
        placed: loose.placed.is_some(),
        disposition,
        aside,
        sheet: mark.is_some_and(|mark| mark.is_sheet()),
    }
}

fn group(target: Option<Target>, dossier: Option<&Dossier>, pages: Vec<MixedLeaf>) -> MixedGroup {
    let component = target.map(|target| target.component);
    let part = dossier.and_then(|dossier| dossier.components.iter().find(|part| Some(part.index) == component));
    MixedGroup {
        dossier: target.map(|target| target.dossier),
        code: dossier.and_then(|dossier| dossier.code.as_ref()).map(ToString::to_string),
        applicant: dossier.map(|dossier| dossier.applicant.name.clone()).unwrap_or_default(),
        component,
        name: part.map(|part| part.name.clone()).unwrap_or_default(),
        pages,
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}
