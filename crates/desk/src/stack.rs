//! Stacks of paper: what a run of the scanner adds to one, what does not agree in it, and how it ends (G11).
//!
//! The row is there before the first page, and counts in the transaction of each page, so that a crash leaves an account.
//! A stack that ended well closes by itself; any other waits for a person: continue, save or discard.

use crate::fault::Error;
use crate::intake::draft;
use crate::station::{Desk, lock};
use crate::view::{AsideCount, DossierView, ScanRequest, StackChoice, StackView};
use devices::{ScanEnd, ScanError, Source};
use domain::dossier::Obstacle;
use domain::loose::StackWay;
use domain::{
    AsideReason, Disposition, Dossier, DossierId, PageSource, Right, Stack, StackEnd, StackId, StackState, Tally,
};
use store::{Reader, Writer};

/// The longest reason that is kept, in letters.
const LONGEST: usize = 500;

impl Desk {
    /// The stack that a run adds to: the one that is named, the one that was broken off at this component, since scanning
    /// again is going on with it, or a new one. What is placed `afterwards` goes on with none but the one that is named.
    pub(crate) fn begin_stack(
        &self,
        dossier: Option<DossierId>,
        component: Option<u32>,
        request: &ScanRequest,
        afterwards: bool,
    ) -> Result<Stack, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        self.store()?.write(|tx| {
            let broken_off = || -> Result<Option<StackId>, Error> {
                let Some(dossier) = dossier.filter(|_| !afterwards) else { return Ok(None) };
                let mut stacks = tx.reader().stacks(dossier)?.into_iter();
                let open = |stack: &Stack| stack.state == StackState::Open && stack.component == component;
                while let Some(stack) = stacks.rfind(open) {
                    // One whose pages are placed afterwards is gone on with where that is done.
                    if tx.reader().afterwards(stack.id)?.is_none() {
                        return Ok(Some(stack.id));
                    }
                }
                Ok(None)
            };
            let goes_on = request.stack.map_or_else(broken_off, |id| Ok(Some(id)))?;
            let mut stack = match goes_on {
                Some(id) => {
                    let stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
                    if stack.state == StackState::Discarded || (stack.dossier, stack.component) != (dossier, component)
                    {
                        return Err(Error::StackNotFound);
                    }
                    if tx.reader().afterwards(id)?.is_some() != afterwards {
                        return Err(if afterwards { Error::StackNotFound } else { Error::DuplexUneven });
                    }
                    // A run that was cut off did not say how many sheets it moved.
                    Stack { ended_at: stack.ended_at.or(Some(now)), ..stack }
                }
                None => Stack {
                    id: self.clock.id(),
                    dossier,
                    component,
                    source: PageSource::Scanner { device: request.device.clone() },
                    state: StackState::Open,
                    sides: if request.source == Some(Source::Duplex) { 2 } else { 1 },
                    expected: None,
                    fed: None,
                    received: 0,
                    ended: None,
                    reason: None,
                    staff: staff.id,
                    started_at: now,
                    ended_at: None,
                },
            };
            stack.expected = request.expected.or(stack.expected);
            (stack.state, stack.ended) = (StackState::Open, None);
            tx.put_stack(&stack)?;
            Ok(stack)
        })
    }

    /// Writes down how a run ended. A stack that nothing came of is no stack.
    pub(crate) fn end_run(&self, id: StackId, ended: StackEnd, end: Option<&ScanEnd>) -> Result<(Stack, Tally), Error> {
        let now = self.now();
        self.store()?.write(|tx| {
            let mut stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
            let first = stack.ended_at.is_none();
            // Of a run that broke off the last sheet moved and did not count: it will move again.
            let fed = end.filter(|_| ended == StackEnd::Empty).and_then(|end| end.fed);
            stack.fed = match (stack.fed, fed) {
                (None, fed) if first => fed,
                (Some(before), Some(fed)) => Some(before + fed),
                // Once a run did not count its sheets, or broke off, their sum says nothing any more.
                (_, None) | (None, Some(_)) => None,
            };
            (stack.ended, stack.ended_at) = (Some(ended), Some(now));
            let afterwards = tx.reader().afterwards(id)?.is_some();
            let tally = Counted::read(&tx.reader(), stack.clone())?.tally;
            let nothing = stack.received == 0 && stack.fed.unwrap_or_default() == 0;
            stack.state = match ended {
                _ if nothing => StackState::Discarded,
                StackEnd::Empty if stack.mismatch(&tally).is_none() && !afterwards => StackState::Saved,
                _ => StackState::Open,
            };
            tx.put_stack(&stack)?;
            Ok((stack, tally))
        })
    }

    /// Ends a stack: saves it, discards it with all its pages, or brings a discarded one back. No page is lost by it and no
    /// number is used up.
    ///
    /// # Errors
    /// [`Error::StackNotFound`]; [`Error::DossierClosed`] once the dossier is accepted; [`Error::ScanRunning`].
    pub fn end_stack(&self, id: StackId, choice: StackChoice) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let _run = self.begin_run()?;
        let now = self.now();
        let dossier = self.store()?.write(|tx| -> Result<DossierId, Error> {
            let (mut stack, dossier) = stack_of_draft(tx, id)?;
            let mut pages = tx.reader().pages_of_stack(id)?;
            let waiting = Self::end_waiting(tx, id, choice)?;
            let (state, action) = match choice {
                StackChoice::Save => (StackState::Saved, "stack.save"),
                StackChoice::Discard => {
                    pages.retain(|page| page.disposition == Disposition::Kept);
                    pages.iter_mut().for_each(|page| page.set_aside(AsideReason::Discarded));
                    (StackState::Discarded, "stack.discard")
                }
                StackChoice::Restore => {
                    pages.retain(|page| page.aside == Some(AsideReason::Discarded));
                    pages.iter_mut().for_each(domain::Page::keep);
                    (StackState::Saved, "stack.restore")
                }
            };
            if choice != StackChoice::Save {
                pages.iter().try_for_each(|page| tx.put_page(page))?;
            }
            stack.state = if waiting { StackState::Open } else { state };
            tx.put_stack(&stack)?;
            tx.log(now, Some(staff.id), action, &id.to_string())?;
            Ok(dossier)
        })?;
        self.digitize_ahead(dossier);
        self.dossier_view(dossier)
    }

    /// What becomes of pages that wait to be placed when their stack ends, and whether any waits then. Saved as it is, it
    /// would leave them nowhere.
    fn end_waiting(tx: &Writer<'_>, id: StackId, choice: StackChoice) -> Result<bool, Error> {
        let mut waiting = false;
        for mut loose in [tx.reader().loose_pages(id, 1)?, tx.reader().loose_pages(id, 2)?].concat() {
            match choice {
                StackChoice::Save if loose.waits() => return Err(Error::DuplexUneven),
                StackChoice::Discard if loose.waits() => loose.page.set_aside(AsideReason::Discarded),
                StackChoice::Restore if loose.page.aside == Some(AsideReason::Discarded) => loose.page.keep(),
                StackChoice::Save | StackChoice::Discard | StackChoice::Restore => continue,
            }
            waiting |= loose.waits();
            tx.put_loose(&loose)?;
        }
        Ok(waiting)
    }

    /// Says why numbers that do not agree are right all the same; an empty text takes the reason back.
    ///
    /// # Errors
    /// As [`Self::end_stack`].
    pub fn explain_stack(&self, id: StackId, reason: &str) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let reason = crate::intake::short(reason, LONGEST);
        let now = self.now();
        let dossier = self.store()?.write(|tx| -> Result<DossierId, Error> {
            let (mut stack, dossier) = stack_of_draft(tx, id)?;
            stack.reason = Some(reason).filter(|reason| !reason.is_empty());
            if stack.reason.is_some() && stack.state == StackState::Open {
                stack.state = StackState::Saved;
            }
            tx.put_stack(&stack)?;
            // The words are in the row; the log names no more than is needed to find them.
            tx.log(now, Some(staff.id), "stack.reason", &id.to_string())?;
            Ok(dossier)
        })?;
        self.dossier_view(dossier)
    }

    /// Says how many pages a stack has, or that nobody knows.
    ///
    /// # Errors
    /// As [`Self::end_stack`].
    pub fn expect_pages(&self, id: StackId, expected: Option<u32>) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?;
        let now = self.now();
        let dossier = self.store()?.write(|tx| -> Result<DossierId, Error> {
            let (mut stack, dossier) = stack_of_draft(tx, id)?;
            stack.expected = expected;
            tx.put_stack(&stack)?;
            tx.log(now, Some(staff.id), "stack.expect", &id.to_string())?;
            Ok(dossier)
        })?;
        self.dossier_view(dossier)
    }

    /// Every stack that waits for a person, oldest first: after a crash all of them, not only the last (T-03).
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn open_stacks(&self) -> Result<Vec<StackView>, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| self.stacks_waiting(r))
    }

    /// As [`Self::open_stacks`], among other things that are read.
    pub(crate) fn stacks_waiting(&self, r: &Reader<'_>) -> Result<Vec<StackView>, Error> {
        let open = r.open_stacks()?.into_iter().filter(|stack| !self.is_running(stack));
        open.map(|stack| self.stack_alone(r, &stack)).collect()
    }

    /// The stack `id` with its account.
    ///
    /// # Errors
    /// [`Error::StackNotFound`].
    pub fn stack(&self, id: StackId) -> Result<StackView, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| {
            let stack = r.stack(id)?.ok_or(Error::StackNotFound)?;
            self.stack_alone(r, &stack)
        })
    }

    /// The stacks of a dossier, each with the count of its pages.
    pub(crate) fn stacks_counted(r: &Reader<'_>, dossier: DossierId) -> Result<Vec<Counted>, Error> {
        r.stacks(dossier)?.into_iter().map(|stack| Counted::read(r, stack)).collect()
    }

    /// Those of `stacks` that still say something: all but those that were closed over nothing.
    pub(crate) fn stack_views(&self, stacks: &[Counted], dossier: &Dossier) -> Vec<StackView> {
        let told = stacks.iter().filter(|one| one.stack.received > 0 || one.stack.fed.is_some());
        told.map(|one| self.stack_view(one, Some(dossier))).collect()
    }

    /// A stack that is shown without its dossier.
    fn stack_alone(&self, r: &Reader<'_>, stack: &Stack) -> Result<StackView, Error> {
        let dossier = stack.dossier.map(|id| r.dossier(id)).transpose()?.flatten();
        Ok(self.stack_view(&Counted::read(r, stack.clone())?, dossier.as_ref()))
    }

    fn stack_view(&self, counted: &Counted, dossier: Option<&Dossier>) -> StackView {
        let Counted { stack, tally, duplex } = counted;
        let part = dossier.and_then(|d| d.components.iter().find(|part| Some(part.index) == stack.component));
        let mismatch = stack.mismatch(tally);
        let locale = self.profile().locale;
        StackView {
            id: stack.id,
            dossier: stack.dossier,
            applicant: dossier.map(|dossier| dossier.applicant.name.clone()).unwrap_or_default(),
            component: stack.component,
            name: part.map(|part| part.name.clone()).unwrap_or_default(),
            state: stack.state,
            running: self.is_running(stack),
            expected: stack.expected,
            fed: stack.fed,
            sides: stack.sides,
            duplex: *duplex,
            received: stack.received,
            kept: tally.kept,
            aside: tally.aside.iter().map(|(reason, count)| AsideCount { reason: *reason, count: *count }).collect(),
            ended: stack.ended,
            said: mismatch.map(|mismatch| crate::sentences::mismatch(&mismatch, locale)),
            mismatch,
            reason: stack.reason.clone(),
            started_at: self.shown(stack.started_at),
        }
    }

    /// A run that is under way has not ended; without one, it was cut off.
    fn is_running(&self, stack: &Stack) -> bool {
        stack.state == StackState::Open && stack.ended.is_none() && lock(&self.running).is_some()
    }

    /// What stacks put in the way of acceptance: one that waits for a person, and numbers that nobody explained.
    pub(crate) fn stack_obstacles(&self, stacks: &[Counted], dossier: &Dossier) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        for Counted { stack, tally, .. } in stacks {
            let component = stack.component.unwrap_or_default();
            let part = dossier.components.iter().find(|part| part.index == component);
            let name = part.map(|part| part.name.clone()).unwrap_or_default();
            if let Some(mismatch) = stack.unexplained(tally) {
                obstacles.push(Obstacle::Miscount { stack: stack.id, component, name, mismatch });
            } else if stack.state == StackState::Open && !self.is_running(stack) {
                obstacles.push(Obstacle::OpenStack { stack: stack.id, component, name });
            }
        }
        obstacles
    }
}

/// A stack with the count of its pages, wherever they lie now.
pub(crate) struct Counted {
    stack: Stack,
    tally: Tally,
    /// Whether its two sides come in two passes.
    duplex: bool,
}

impl Counted {
    fn read(r: &Reader<'_>, stack: Stack) -> Result<Self, Error> {
        let afterwards = r.afterwards(stack.id)?;
        let tally = match afterwards {
            None => Tally::of(&r.pages_of_stack(stack.id)?),
            Some(_) => {
                let passes = [r.loose_pages(stack.id, 1)?, r.loose_pages(stack.id, 2)?];
                domain::loose::tally(&passes.concat())
            }
        };
        let duplex = afterwards.is_some_and(|said| said.way == StackWay::Duplex);
        Ok(Self { stack, tally, duplex })
    }
}

/// Counts `pages` more in the stack they came in, in the transaction that keeps them.
pub(crate) fn count(tx: &Writer<'_>, id: Option<StackId>, pages: usize) -> Result<(), Error> {
    let Some(id) = id else { return Ok(()) };
    let mut stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
    stack.received += u32::try_from(pages).unwrap_or(u32::MAX);
    tx.put_stack(&stack)?;
    Ok(())
}

/// How a run ended, for the stack.
pub(crate) fn stack_end(end: &Result<ScanEnd, ScanError>, cancelled: bool) -> StackEnd {
    match end {
        _ if cancelled => StackEnd::Cancelled,
        Ok(end) => match end.ended {
            devices::Ended::Empty => StackEnd::Empty,
            devices::Ended::Cancelled => StackEnd::Cancelled,
        },
        Err(ScanError::Jam | ScanError::DoubleFeed) => StackEnd::Jam,
        Err(ScanError::CoverOpen) => StackEnd::CoverOpen,
        Err(_) => StackEnd::Fault,
    }
}

/// The stack `id` and its dossier, which can still be changed.
fn stack_of_draft(tx: &Writer<'_>, id: StackId) -> Result<(Stack, DossierId), Error> {
    let stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
    let dossier = stack.dossier.ok_or(Error::StackNotFound)?;
    draft(tx, dossier)?;
    Ok((stack, dossier))
}
