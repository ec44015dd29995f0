//! What a clerk does to pages in place (chỉnh trang tại chỗ), and how it is taken back: each action is written down with
//! the state of every page it touched before and after, so that undoing is a new action and nothing is ever lost.

use crate::page::{Crop, Flat};
use crate::{AsideReason, Disposition, MediaType, Page, PageEdit, PageId};
use serde::{Deserialize, Serialize};

/// One action on pages of a dossier (thao tác trang).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "act", rename_all = "snake_case")]
#[ts(export)]
pub enum PageAct {
    /// Turns pages clockwise (xoay).
    Turn {
        /// The pages.
        pages: Vec<PageId>,
        /// Quarter turns, 1 to 3.
        quarters: u8,
    },
    /// Cuts a page as it is seen now; none gives back what was cut off (cắt).
    Crop {
        /// The page.
        page: PageId,
        /// What stays of what is seen.
        crop: Option<Crop>,
    },
    /// Says where the paper lies on a photograph, which is laid flat; none shows the whole picture (nắn phẳng).
    Flatten {
        /// The page.
        page: PageId,
        /// The paper on it.
        flat: Option<Flat>,
    },
    /// Moves pages before another page or to the end of a component (chuyển).
    Move {
        /// The pages; they keep their order.
        pages: Vec<PageId>,
        /// The component.
        component: u32,
        /// The page that they come before.
        before: Option<PageId>,
    },
    /// Sets pages aside (để riêng).
    Aside {
        /// The pages.
        pages: Vec<PageId>,
    },
    /// Lets pages count again (lấy lại).
    Back {
        /// The pages.
        pages: Vec<PageId>,
    },
    /// Puts other pages in the place of one, which is set aside (thay).
    Replace {
        /// The page that is set aside.
        page: PageId,
        /// The pages in its place.
        with: Vec<PageId>,
    },
    /// Moves a page and those behind it to the end of another component (tách từ đây).
    Split {
        /// The first page that goes.
        from: PageId,
        /// Where they go.
        component: u32,
    },
    /// Moves all pages of a component to the end of another (gộp).
    Merge {
        /// The component that is emptied.
        from: u32,
        /// Where they go.
        into: u32,
    },
    /// Turns the order of a component's pages round (đảo thứ tự).
    Reverse {
        /// The component.
        component: u32,
    },
}

/// What was done, as it is named to the clerk (tên thao tác).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PageWhat {
    /// Turned.
    Turn,
    /// Cut.
    Crop,
    /// Laid flat.
    Flatten,
    /// Moved.
    Move,
    /// Set aside.
    Aside,
    /// Brought back.
    Back,
    /// Replaced.
    Replace,
    /// Inserted.
    Insert,
    /// Split off.
    Split,
    /// Merged.
    Merge,
    /// Put into reverse order.
    Reverse,
}

impl PageAct {
    /// What it is called.
    #[must_use]
    pub fn what(&self) -> PageWhat {
        match self {
            Self::Turn { .. } => PageWhat::Turn,
            Self::Crop { .. } => PageWhat::Crop,
            Self::Flatten { .. } => PageWhat::Flatten,
            Self::Move { .. } => PageWhat::Move,
            Self::Aside { .. } => PageWhat::Aside,
            Self::Back { .. } => PageWhat::Back,
            Self::Replace { .. } => PageWhat::Replace,
            Self::Split { .. } => PageWhat::Split,
            Self::Merge { .. } => PageWhat::Merge,
            Self::Reverse { .. } => PageWhat::Reverse,
        }
    }
}

/// What may change of a page (trạng thái trang).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageState {
    /// Its component.
    pub component: u32,
    /// Its place there.
    pub position: i64,
    /// Whether it counts.
    pub disposition: Disposition,
    /// Why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<AsideReason>,
    /// How it is read.
    #[serde(default, skip_serializing_if = "PageEdit::is_plain")]
    pub edit: PageEdit,
}

impl PageState {
    /// That of `page`.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        Self {
            component: page.component,
            position: page.position,
            disposition: page.disposition,
            aside: page.aside,
            edit: page.edit.clone(),
        }
    }
}

/// One page before and after an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChange {
    /// The page.
    pub page: PageId,
    /// Before.
    pub before: PageState,
    /// After.
    pub after: PageState,
}

impl PageChange {
    /// The same the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { page: self.page, before: self.after.clone(), after: self.before.clone() }
    }

    /// Does the change to `page`, in the fields it touches and no others; false, and nothing is done, where the page is not
    /// any more as the change found it.
    #[must_use]
    pub fn apply(&self, page: &mut Page) -> bool {
        let (before, after) = (&self.before, &self.after);
        let (now, place) = (PageState::of(page), |state: &PageState| (state.component, state.position));
        let counts = |state: &PageState| (state.disposition, state.aside);
        let moves = place(before) != place(after);
        let sets = counts(before) != counts(after);
        let edits = before.edit != after.edit;
        let fits = (!moves || place(&now) == place(before))
            && (!sets || counts(&now) == counts(before))
            && (!edits || now.edit == before.edit);
        if !fits {
            return false;
        }
        if moves {
            (page.component, page.position) = place(after);
        }
        if sets {
            (page.disposition, page.aside) = counts(after);
        }
        if edits {
            page.edit = after.edit.clone();
        }
        true
    }

    /// Whether it takes the page to another component.
    #[must_use]
    pub fn crosses(&self) -> bool {
        self.before.component != self.after.component
    }
}

/// Why an action cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageActError {
    /// A page that is not there.
    #[error("no such page")]
    NoPage,
    /// A component that is not there.
    #[error("no such component")]
    NoComponent,
    /// Something that cannot be meant.
    #[error("{0} makes no sense")]
    Senseless(&'static str),
}

/// Does `act` to `pages`, which are all pages of a dossier in order, and returns what changed.
///
/// # Errors
/// [`PageActError`]; nothing is done then.
pub fn act(pages: &mut [Page], components: &[u32], act: &PageAct) -> Result<Vec<PageChange>, PageActError> {
    let mut work = pages.to_vec();
    match act {
        PageAct::Turn { pages, quarters } => {
            if !(1..=3).contains(quarters) {
                return Err(PageActError::Senseless("quarters"));
            }
            each(&mut work, pages, |page| page.edit.turn(*quarters))?;
        }
        PageAct::Crop { page, crop } => {
            if crop.is_some_and(|crop| !crop.is_sane()) {
                return Err(PageActError::Senseless("crop"));
            }
            each(&mut work, &[*page], |page| page.edit.cut(*crop))?;
        }
        PageAct::Flatten { page, flat } => {
            if flat.is_some_and(|flat| !flat.is_sane()) {
                return Err(PageActError::Senseless("corners"));
            }
            let is_picture = |page: &Page| page.media != MediaType::Pdf;
            if work.iter().any(|other| other.id == *page && !is_picture(other)) {
                return Err(PageActError::Senseless("page"));
            }
            each(&mut work, &[*page], |page| page.edit.flatten(*flat))?;
        }
        PageAct::Move { pages, component, before } => {
            relocate(&mut work, components, pages, *component, *before)?;
        }
        PageAct::Aside { pages } => each(&mut work, pages, |page| {
            if page.disposition == Disposition::Kept {
                page.set_aside(AsideReason::Clerk);
            }
        })?,
        PageAct::Back { pages } => each(&mut work, pages, Page::keep)?,
        PageAct::Replace { page, with } => {
            let old = work.iter().find(|other| other.id == *page).ok_or(PageActError::NoPage)?.clone();
            relocate(&mut work, components, with, old.component, Some(*page))?;
            each(&mut work, &[*page], |page| page.set_aside(AsideReason::Replaced))?;
        }
        PageAct::Split { from, component } => {
            let first = work.iter().find(|page| page.id == *from).ok_or(PageActError::NoPage)?;
            let home = first.component;
            let there = work.iter().filter(|page| page.component == home).map(|page| page.id);
            let going: Vec<PageId> = there.skip_while(|id| id != from).collect();
            apart(home, *component)?;
            relocate(&mut work, components, &going, *component, None)?;
        }
        PageAct::Merge { from, into } => {
            apart(*from, *into)?;
            let going: Vec<PageId> = work.iter().filter(|page| page.component == *from).map(|page| page.id).collect();
            relocate(&mut work, components, &going, *into, None)?;
        }
        PageAct::Reverse { component } => {
            known(components, *component)?;
            let there: Vec<usize> = (0..work.len()).filter(|at| work[*at].component == *component).collect();
            for (place, at) in (1..).zip(there.into_iter().rev()) {
                work[at].position = place;
            }
        }
    }
    let both = work.iter().zip(pages.iter());
    let changes = both.map(|(after, before)| PageChange {
        page: after.id,
        before: PageState::of(before),
        after: PageState::of(after),
    });
    let changes = changes.filter(|change| change.before != change.after).collect();
    pages.clone_from_slice(&work);
    Ok(changes)
}

fn each(pages: &mut [Page], ids: &[PageId], mut change: impl FnMut(&mut Page)) -> Result<(), PageActError> {
    if ids.is_empty() || !ids.iter().all(|id| pages.iter().any(|page| page.id == *id)) {
        return Err(PageActError::NoPage);
    }
    pages.iter_mut().filter(|page| ids.contains(&page.id)).for_each(&mut change);
    Ok(())
}

fn known(components: &[u32], component: u32) -> Result<(), PageActError> {
    if components.contains(&component) { Ok(()) } else { Err(PageActError::NoComponent) }
}

fn apart(from: u32, into: u32) -> Result<(), PageActError> {
    if from == into { Err(PageActError::Senseless("component")) } else { Ok(()) }
}

/// Puts the pages `ids` into `component`, before a page there or behind all; places there are counted anew.
fn relocate(
    pages: &mut [Page],
    components: &[u32],
    ids: &[PageId],
    component: u32,
    before: Option<PageId>,
) -> Result<(), PageActError> {
    known(components, component)?;
    each(pages, ids, |_| {})?;
    let stays = |page: &Page| page.component == component && !ids.contains(&page.id);
    let mut order: Vec<usize> = (0..pages.len()).filter(|at| stays(&pages[*at])).collect();
    let place = match before {
        Some(before) => order.iter().position(|at| pages[*at].id == before).ok_or(PageActError::NoPage)?,
        None => order.len(),
    };
    let going = (0..pages.len()).filter(|at| ids.contains(&pages[*at].id));
    order.splice(place..place, going);
    for (position, at) in (1..).zip(order) {
        (pages[at].component, pages[at].position) = (component, position);
    }
    Ok(())
}

/// What a row of the journal is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An action of its own.
    Done,
    /// Takes the action of this number back.
    Undid(i64),
    /// Does the action of this number again.
    Redid(i64),
}

/// The actions that can be undone and those that can be redone, each with the next one last.
#[must_use]
pub fn trail(steps: impl IntoIterator<Item = (i64, Step)>) -> (Vec<i64>, Vec<i64>) {
    let (mut done, mut undone): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
    for (number, step) in steps {
        match step {
            Step::Done => {
                done.push(number);
                undone.clear();
            }
            Step::Undid(of) => {
                done.retain(|other| *other != of);
                undone.push(of);
            }
            Step::Redid(of) => {
                undone.retain(|other| *other != of);
                done.push(of);
            }
        }
    }
    (done, undone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_goes_back_and_forth_and_a_new_action_ends_what_could_be_redone() {
        let steps = [(1, Step::Done), (2, Step::Done), (3, Step::Undid(2)), (4, Step::Undid(1)), (5, Step::Redid(1))];
        assert_eq!(trail(steps), (vec![1], vec![2]));
        assert_eq!(trail(steps.into_iter().chain([(6, Step::Done)])), (vec![1, 6], vec![]));
    }
}
