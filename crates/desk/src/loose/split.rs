//! Placing the pages of a mixed stack: as its sheets say, by hand, and back again (K5, T-30).

use super::shown::Planned;
use crate::fault::Error;
use crate::intake::draft;
use crate::station::Desk;
use crate::view::MixedView;
use chrono::{DateTime, FixedOffset};
use domain::loose::{LoosePage, StackWay};
use domain::split::{Place, Target};
use domain::{AsideReason, BlankPolicy, Disposition, DossierId, Page, PageId, Right, StackId, StackState, StaffId};
use std::collections::BTreeSet;
use store::Writer;

impl Desk {
    /// Puts every page that waits where the sheets say, in one transaction. What nobody can say the place of goes on
    /// waiting.
    ///
    /// # Errors
    /// [`Error::SplitDoubtful`] while something is doubtful and nobody says why it is right; [`Error::SplitUnread`] while
    /// pages were not looked at. Nothing moves then.
    pub fn split_mixed(&self, id: StackId, blank: BlankPolicy, reason: &str) -> Result<MixedView, Error> {
        let staff = self.require(Right::Intake)?.id;
        let _run = self.begin_run()?;
        let now = self.now();
        let reason = reason.trim();
        let dossiers = self.store()?.write(|tx| -> Result<_, Error> {
            let Planned { mut stack, pages, places, plan, .. } = {
                let planned = self.planned(&tx.reader(), id)?;
                if planned.pages.iter().any(|loose| loose.seen.is_none() && !loose.is_out()) {
                    return Err(Error::SplitUnread);
                }
                if !self.doubts(&planned).is_empty() && reason.is_empty() {
                    return Err(Error::SplitDoubtful);
                }
                planned
            };
            drop(plan);
            let mut dossiers = BTreeSet::new();
            for (mut loose, place) in pages.into_iter().zip(places).filter(|(loose, _)| loose.waits()) {
                let aside = match place {
                    Some(Place::Cover(_)) => Some(AsideReason::Separator),
                    Some(Place::Page(_)) => is_set_aside(&loose, blank).then_some(AsideReason::Blank),
                    Some(Place::Sheet) => {
                        loose.page.set_aside(AsideReason::Separator);
                        tx.put_loose(&loose)?;
                        continue;
                    }
                    Some(Place::Unassigned) | None => continue,
                };
                if let Some(Place::Page(target) | Place::Cover(target)) = place {
                    self.place(tx, &mut loose, target, aside, (staff, now))?;
                    dossiers.insert(target.dossier);
                }
            }
            stack.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty()).or(stack.reason);
            tx.put_stack(&stack)?;
            settle(tx, id)?;
            tx.log(now, Some(staff), "stack.split", &id.to_string())?;
            Ok(dossiers)
        })?;
        self.placed_in(&dossiers);
        self.mixed_stack(id)
    }

    /// Gives pages that wait to a component, in the order of the stack.
    ///
    /// # Errors
    /// [`Error::PageNotFound`] where one does not wait; [`Error::DossierClosed`] or [`Error::ComponentNotFound`].
    pub fn give_loose(&self, ids: &[PageId], dossier: DossierId, component: u32) -> Result<MixedView, Error> {
        let staff = self.require(Right::Intake)?.id;
        let _run = self.begin_run()?;
        let now = self.now();
        let stack = self.store()?.write(|tx| -> Result<_, Error> {
            if draft(tx, dossier)?.components.iter().all(|part| part.index != component) {
                return Err(Error::ComponentNotFound);
            }
            let (stack, pages) = waiting(tx, ids)?;
            for mut loose in pages {
                self.place(tx, &mut loose, Target { dossier, component }, None, (staff, now))?;
            }
            settle(tx, stack)?;
            tx.log(now, Some(staff), "stack.give", &stack.to_string())?;
            Ok(stack)
        })?;
        self.placed_in(&BTreeSet::from([dossier]));
        self.mixed_stack(stack)
    }

    /// Takes pages that wait out of the stack, or puts them back.
    ///
    /// # Errors
    /// [`Error::PageNotFound`] where one lies in a dossier already.
    pub fn set_loose_aside(&self, ids: &[PageId], aside: bool) -> Result<MixedView, Error> {
        let staff = self.require(Right::Intake)?.id;
        let now = self.now();
        let stack = self.store()?.write(|tx| -> Result<_, Error> {
            let mut of = None;
            for id in ids {
                let (stack, _, mut loose) = tx.reader().loose_page(*id)?.ok_or(Error::PageNotFound)?;
                if loose.placed.is_some() || of.is_some_and(|before| before != stack) {
                    return Err(Error::PageNotFound);
                }
                if aside {
                    loose.page.set_aside(AsideReason::Clerk);
                } else {
                    loose.page.keep();
                }
                tx.put_loose(&loose)?;
                of = Some(stack);
            }
            let stack = of.ok_or(Error::PageNotFound)?;
            settle(tx, stack)?;
            tx.log(now, Some(staff), if aside { "loose.aside" } else { "loose.keep" }, &stack.to_string())?;
            Ok(stack)
        })?;
        self.mixed_stack(stack)
    }

    /// Takes every page of a mixed stack back that was placed: set aside where it lies, waiting again here. None where the
    /// stack was split from files in one go and nothing of it waits.
    pub(crate) fn take_split_back(tx: &Writer<'_>, id: StackId) -> Result<Option<(BTreeSet<DossierId>, u32)>, Error> {
        if tx.reader().afterwards(id)?.is_none_or(|said| said.way != StackWay::Mixed) {
            return Ok(None);
        }
        let mut dossiers = BTreeSet::new();
        let mut count = 0;
        for mut loose in tx.reader().loose_pages(id, 1)? {
            let sheet = loose.page.aside == Some(AsideReason::Separator);
            match loose.placed.take() {
                Some((placed, ..)) => {
                    let (dossier, mut page) = tx.reader().page(placed)?.ok_or(Error::PageNotFound)?;
                    draft(tx, dossier)?;
                    count += u32::from(page.disposition == Disposition::Kept);
                    page.set_aside(AsideReason::Discarded);
                    tx.put_page(&page)?;
                    dossiers.insert(dossier);
                }
                None if sheet => loose.page.keep(),
                None => continue,
            }
            tx.put_loose(&loose)?;
        }
        if dossiers.is_empty() {
            return Err(Error::StackNotFound);
        }
        settle(tx, id)?;
        Ok(Some((dossiers, count)))
    }

    /// Makes a page of a dossier of one that waits, at the end of its component.
    pub(super) fn place(
        &self,
        tx: &Writer<'_>,
        loose: &mut LoosePage,
        target: Target,
        aside: Option<AsideReason>,
        (staff, now): (StaffId, DateTime<FixedOffset>),
    ) -> Result<(), Error> {
        let mut page = Page {
            id: self.clock.id(),
            component: target.component,
            position: tx.reader().next_position(target.dossier, target.component)?,
            ..loose.page.clone()
        };
        if let Some(reason) = aside {
            page.set_aside(reason);
        }
        let thumb = tx.reader().loose_thumb(loose.page.id)?.ok_or(Error::PageNotFound)?;
        tx.add_page(target.dossier, &page)?;
        tx.keep_thumb(page.id, &thumb)?;
        tx.log(now, Some(staff), "page.add", &page.id.to_string())?;
        loose.placed = Some((page.id, page.disposition, page.aside));
        tx.put_loose(loose)?;
        Ok(())
    }

    pub(super) fn placed_in(&self, dossiers: &BTreeSet<DossierId>) {
        dossiers.iter().for_each(|dossier| self.digitize_ahead(*dossier));
    }
}

fn is_set_aside(loose: &LoosePage, blank: BlankPolicy) -> bool {
    blank == BlankPolicy::Aside && loose.seen.as_ref().is_some_and(|seen| seen.blank)
}

/// Pages of one stack that wait, in its order.
fn waiting(tx: &Writer<'_>, ids: &[PageId]) -> Result<(StackId, Vec<LoosePage>), Error> {
    let mut all = Vec::with_capacity(ids.len());
    let mut of = None;
    for id in ids.iter().collect::<BTreeSet<_>>() {
        let (stack, _, loose) = tx.reader().loose_page(*id)?.ok_or(Error::PageNotFound)?;
        if !loose.waits() || of.is_some_and(|before| before != stack) {
            return Err(Error::PageNotFound);
        }
        of = Some(stack);
        all.push(loose);
    }
    all.sort_by_key(|loose| loose.page.position);
    Ok((of.ok_or(Error::PageNotFound)?, all))
}

/// A stack is worked on as long as a page of it waits; one of which nothing was placed is none.
fn settle(tx: &Writer<'_>, id: StackId) -> Result<(), Error> {
    let mut stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
    let pages = tx.reader().loose_pages(id, 1)?;
    stack.state = if pages.iter().any(LoosePage::waits) {
        StackState::Open
    } else if pages.iter().any(|loose| loose.placed.is_some()) {
        StackState::Saved
    } else {
        StackState::Discarded
    };
    tx.put_stack(&stack)?;
    Ok(())
}
