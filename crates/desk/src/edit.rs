//! Pages changed in place, and taken back: every action is one transaction with its row in the journal (H6, T-06).

use crate::fault::Error;
use crate::intake::draft;
use crate::station::Desk;
use crate::view::{DossierView, PageActionView, PagePlace, PageUndone};
use domain::page_change::{self, PageActError, Step, trail};
use domain::{AsideReason, Disposition, DossierId, Page, PageAct, PageChange, PageId, PageWhat, Right, StackId};
use store::Writer;
use store::tables::page_change::PageAction;

impl Desk {
    /// Does something to pages of a draft; the bytes never change.
    ///
    /// # Errors
    /// [`Error::PageNotFound`], [`Error::ComponentNotFound`]; [`Error::DossierClosed`] once it is accepted.
    pub fn edit_pages(&self, dossier: DossierId, act: &PageAct) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let draft = draft(tx, dossier)?;
            let changes = acted(tx, &draft, act)?;
            let action = |pages| PageAction {
                n: 0,
                what: act.what(),
                step: Step::Done,
                components: names(&draft),
                pages,
                staff: staff.id,
                at: now,
            };
            written(tx, dossier, &action(changes))
        })?;
        self.dossier_view(dossier)
    }

    /// Takes the last action on pages back that was not taken back yet, as a new action.
    ///
    /// # Errors
    /// [`Error::NothingToUndo`]; [`Error::UndoUnfit`] where a page was changed in another way since: then nothing is done.
    pub fn undo_pages(&self, dossier: DossierId) -> Result<PageUndone, Error> {
        self.reverse(dossier, true)
    }

    /// Does the action again that was taken back last.
    ///
    /// # Errors
    /// As [`Self::undo_pages`].
    pub fn redo_pages(&self, dossier: DossierId) -> Result<PageUndone, Error> {
        self.reverse(dossier, false)
    }

    /// What was done to the pages of a dossier, in order.
    ///
    /// # Errors
    /// [`Error::DossierNotFound`].
    pub fn page_history(&self, dossier: DossierId) -> Result<Vec<PageActionView>, Error> {
        self.require(Right::Read)?;
        let (log, staff) = self.store()?.read(|r| -> Result<_, Error> {
            r.dossier(dossier)?.ok_or(Error::DossierNotFound)?;
            Ok((r.page_actions(dossier)?, r.all_staff()?))
        })?;
        let name = |id| staff.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
        let view = |action: PageAction| PageActionView {
            n: action.n,
            what: action.what,
            undid: if let Step::Undid(of) = action.step { Some(of) } else { None },
            redid: if let Step::Redid(of) = action.step { Some(of) } else { None },
            pages: action.pages.iter().map(|change| change.page).collect(),
            by: name(action.staff),
            at: self.shown(action.at),
        };
        Ok(log.into_iter().map(view).collect())
    }

    fn reverse(&self, dossier: DossierId, undo: bool) -> Result<PageUndone, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        let (what, pages) = self.store()?.write(|tx| -> Result<_, Error> {
            let draft = draft(tx, dossier)?;
            let log = tx.reader().page_actions(dossier)?;
            let (done, undone) = trail(log.iter().map(|action| (action.n, action.step)));
            let last = if undo { done.last() } else { undone.last() };
            let of = log.iter().find(|action| Some(&action.n) == last).ok_or(Error::NothingToUndo)?;
            let components = names(&draft);
            if of.components != components && of.pages.iter().any(PageChange::crosses) {
                return Err(Error::UndoUnfit);
            }
            let changes: Vec<PageChange> =
                of.pages.iter().map(|change| if undo { change.reversed() } else { change.clone() }).collect();
            let mut after = Vec::with_capacity(changes.len());
            for change in &changes {
                let (home, mut page) = tx.reader().page(change.page)?.ok_or(Error::UndoUnfit)?;
                if home != dossier || !change.apply(&mut page) {
                    return Err(Error::UndoUnfit);
                }
                after.push(page);
            }
            put(tx, &after, &changes)?;
            let step = if undo { Step::Undid(of.n) } else { Step::Redid(of.n) };
            let (what, touched) = (of.what, changes.iter().map(|change| change.page).collect());
            let action = PageAction { n: 0, what, step, components, pages: changes, staff: staff.id, at: now };
            written(tx, dossier, &action)?;
            Ok((what, touched))
        })?;
        Ok(PageUndone { dossier: self.dossier_view(dossier)?, what, pages })
    }

    /// The pages there are before a run; a place that is none is told before paper moves.
    pub(crate) fn pages_before(&self, dossier: DossierId, place: PagePlace) -> Result<Vec<PageId>, Error> {
        let pages: Vec<PageId> = match place {
            PagePlace::Append => return Ok(Vec::new()),
            PagePlace::Before { .. } | PagePlace::Replace { .. } => {
                self.store()?.read(|r| r.pages(dossier))?.iter().map(|page| page.id).collect()
            }
        };
        match place {
            PagePlace::Before { page } | PagePlace::Replace { page } if !pages.contains(&page) => {
                Err(Error::PageNotFound)
            }
            _ => Ok(pages),
        }
    }

    /// Where a stack goes on: behind its last page, which may lie among others when it broke off while it was inserted.
    pub(crate) fn goes_on_at(
        &self,
        dossier: DossierId,
        component: u32,
        stack: StackId,
    ) -> Result<(PagePlace, Vec<PageId>), Error> {
        let mut pages = self.store()?.read(|r| r.pages(dossier))?;
        let before = pages.iter().map(|page| page.id).collect();
        pages.retain(|page| page.component == component && page.disposition == Disposition::Kept);
        let last = pages.iter().rposition(|page| page.stack == Some(stack));
        let next = last.and_then(|last| pages.get(last + 1));
        Ok((next.map_or(PagePlace::Append, |page| PagePlace::Before { page: page.id }), before))
    }

    /// Puts the pages that a run brought to where they were wanted; until then they lie at the end of the component, kept,
    /// so that a crash loses none. Where none of them counts, nothing is put anywhere: a sheet that lay upside down in the
    /// feeder takes no page's place.
    pub(crate) fn settle(
        &self,
        dossier: DossierId,
        component: u32,
        place: PagePlace,
        brought: &dyn Fn(&Page) -> bool,
    ) -> Result<(), Error> {
        if place == PagePlace::Append {
            return Ok(());
        }
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            let draft = draft(tx, dossier)?;
            let pages = tx.reader().pages(dossier)?;
            let came: Vec<&Page> = pages.iter().filter(|page| brought(page)).collect();
            if !came.iter().any(|page| page.disposition == Disposition::Kept) {
                return Ok(());
            }
            let came: Vec<PageId> = came.iter().map(|page| page.id).collect();
            let Some(act) = wanted(component, &came, place) else { return Ok(()) };
            let mut changes = acted(tx, &draft, &act)?;
            // Undoing puts the new page aside and brings the old one back: no page is ever unmade.
            let fresh = changes.iter_mut().filter(|change| came.contains(&change.page));
            for change in fresh.filter(|change| change.after.disposition == Disposition::Kept) {
                (change.before.disposition, change.before.aside) = (Disposition::SetAside, Some(AsideReason::Clerk));
            }
            let what = if matches!(place, PagePlace::Replace { .. }) { PageWhat::Replace } else { PageWhat::Insert };
            let components = names(&draft);
            let action =
                PageAction { n: 0, what, step: Step::Done, components, pages: changes, staff: staff.id, at: now };
            written(tx, dossier, &action)
        })
    }
}

fn wanted(component: u32, came: &[PageId], place: PagePlace) -> Option<PageAct> {
    if came.is_empty() {
        return None;
    }
    let pages = came.to_vec();
    match place {
        PagePlace::Append => None,
        PagePlace::Before { page } => Some(PageAct::Move { pages, component, before: Some(page) }),
        PagePlace::Replace { page } => Some(PageAct::Replace { page, with: pages }),
    }
}

fn names(dossier: &domain::Dossier) -> Vec<String> {
    dossier.components.iter().map(|component| component.name.clone()).collect()
}

/// Does `act` to the rows and says what changed.
fn acted(tx: &Writer<'_>, draft: &domain::Dossier, act: &PageAct) -> Result<Vec<PageChange>, Error> {
    let mut pages = tx.reader().pages(draft.id)?;
    let components: Vec<u32> = draft.components.iter().map(|component| component.index).collect();
    let changes = page_change::act(&mut pages, &components, act).map_err(|error| match error {
        PageActError::NoPage => Error::PageNotFound,
        PageActError::NoComponent => Error::ComponentNotFound,
        PageActError::Senseless(what) => Error::BadInput(what),
    })?;
    put(tx, &pages, &changes)?;
    Ok(changes)
}

/// Writes the pages that changed.
fn put(tx: &Writer<'_>, pages: &[Page], changes: &[PageChange]) -> Result<(), Error> {
    for change in changes {
        if let Some(page) = pages.iter().find(|page| page.id == change.page) {
            tx.put_page(page)?;
            if change.before.edit != change.after.edit {
                tx.forget_thumb(page.id)?;
            }
        }
    }
    Ok(())
}

/// Writes an action that changed something into the journal and the audit.
fn written(tx: &Writer<'_>, dossier: DossierId, action: &PageAction) -> Result<(), Error> {
    let Some(first) = action.pages.first() else { return Ok(()) };
    tx.add_page_action(dossier, action)?;
    let word = match (action.step, action.what) {
        (Step::Undid(_), _) => "page.undo",
        (Step::Redid(_), _) => "page.redo",
        (Step::Done, PageWhat::Turn) => "page.turn",
        (Step::Done, PageWhat::Crop) => "page.crop",
        (Step::Done, PageWhat::Flatten) => "page.flatten",
        (Step::Done, PageWhat::Aside) => "page.aside",
        (Step::Done, PageWhat::Back) => "page.back",
        (Step::Done, PageWhat::Replace) => "page.replace",
        (Step::Done, PageWhat::Insert) => "page.insert",
        (Step::Done, PageWhat::Move | PageWhat::Split | PageWhat::Merge | PageWhat::Reverse) => "page.move",
    };
    for change in &action.pages {
        // One that only made room is told by those that moved.
        if action.what != PageWhat::Move || change.page == first.page {
            tx.log(action.at, Some(action.staff), word, &change.page.to_string())?;
        }
    }
    Ok(())
}
