//! Guided manual duplex (T-25, G9): fronts, the stack turned, backs in reverse. Both passes are kept page by page as they come
//! and wait, over hours and restarts, until somebody joins them; nothing is deleted where the counts do not agree.

use crate::fault::Error;
use crate::intake::draft;
use crate::profiles::Plan;
use crate::station::Desk;
use crate::view::{DossierView, DuplexPass, DuplexView, DuplexWay, MixedStep, ScanRequest};
use devices::Source;
use domain::duplex::{Joining, Side, joined};
use domain::loose::{LoosePage, StackWay};
use domain::split::Target;
use domain::{AsideReason, DossierId, PageId, Right, StackId, StackState};
use store::Reader;
use store::tables::loose_page::Afterwards;

impl Desk {
    /// Scans the fronts of a component's papers, or goes on with them where `request.stack` names the stack.
    ///
    /// # Errors
    /// When the dossier takes no pages or another run is under way. A scanner's fault is in the outcome.
    pub fn scan_fronts(
        &self,
        dossier: DossierId,
        component: u32,
        request: &ScanRequest,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<DuplexPass, Error> {
        let name = self.takes_pages(dossier, component)?;
        let plan = self.plan_pass(&name, request)?;
        let said = Afterwards { way: StackWay::Duplex, covers: None };
        let run = self.begin_scan(Some(&plan.request.device))?;
        let stack = self.begin_afterwards((Some(dossier), Some(component)), &plan.request, said)?;
        let pass = self.pass(plan, (stack, 1), &run.cancel, progress)?;
        drop(run);
        Ok(pass)
    }

    /// Scans the backs of a stack whose fronts are there. `again` takes the backs that came before out of it; they are kept.
    ///
    /// # Errors
    /// [`Error::StackNotFound`] where it waits for no backs.
    pub fn scan_backs(
        &self,
        stack: StackId,
        request: &ScanRequest,
        again: bool,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<DuplexPass, Error> {
        self.require(Right::Intake)?;
        let view = self.duplex(stack)?;
        let name = self.takes_pages(view.dossier, view.component)?;
        let mut plan = self.plan_pass(&name, request)?;
        let run = self.begin_scan(Some(&plan.request.device))?;
        if again {
            self.store()?.write(|tx| -> Result<(), Error> {
                for mut loose in waits(&tx.reader(), stack, 2)? {
                    loose.page.set_aside(AsideReason::Replaced);
                    tx.put_loose(&loose)?;
                }
                Ok(())
            })?;
        }
        plan.request.stack = Some(stack);
        self.begin_stack(Some(view.dossier), Some(view.component), &plan.request, true)?;
        let pass = self.pass(plan, (stack, 2), &run.cancel, progress)?;
        drop(run);
        Ok(pass)
    }

    /// Both passes of a stack that waits to be joined.
    ///
    /// # Errors
    /// [`Error::StackNotFound`] where it is no manual duplex.
    pub fn duplex(&self, stack: StackId) -> Result<DuplexView, Error> {
        self.require(Right::Read)?;
        let locale = self.profile().locale;
        self.store()?.read(|r| {
            let said = r.afterwards(stack)?.ok_or(Error::StackNotFound)?;
            let known = r.stack(stack)?.ok_or(Error::StackNotFound)?;
            let (Some(dossier), Some(component), StackWay::Duplex) = (known.dossier, known.component, said.way) else {
                return Err(Error::StackNotFound);
            };
            let [fronts, backs] = [1, 2].map(|pass| waits(r, stack, pass));
            let (fronts, backs) = (fronts?, backs?);
            let next = crate::sentences::duplex_next(fronts.len(), backs.len(), locale);
            let ids = |pages: &[LoosePage]| -> Vec<PageId> { pages.iter().map(|loose| loose.page.id).collect() };
            let (fronts, backs) = (ids(&fronts), ids(&backs));
            let agrees = fronts.len() == backs.len();
            let ways = if backs.is_empty() { Vec::new() } else { ways(&fronts, &backs) };
            Ok(DuplexView { stack, dossier, component, fronts, backs, agrees, ways, next })
        })
    }

    /// Puts both passes into their component. Where the counts do not agree somebody says so by naming a way.
    ///
    /// # Errors
    /// [`Error::DuplexUneven`] where the counts do not agree and no way is named; then nothing moves.
    pub fn join_duplex(&self, id: StackId, joining: Option<Joining>) -> Result<DossierView, Error> {
        let staff = self.require(Right::Intake)?.id;
        let view = self.duplex(id)?;
        let _run = self.begin_run()?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            draft(tx, view.dossier)?;
            let (mut fronts, mut backs) = (waits(&tx.reader(), id, 1)?, waits(&tx.reader(), id, 2)?);
            if fronts.is_empty() {
                return Err(Error::StackNotFound);
            }
            if joining.is_none() && fronts.len() != backs.len() {
                return Err(Error::DuplexUneven);
            }
            let target = Target { dossier: view.dossier, component: view.component };
            for side in joined(fronts.len(), backs.len(), joining.unwrap_or(Joining::Turned)) {
                let loose = match side {
                    Side::Front(at) => fronts.get_mut(at),
                    Side::Back(at) => backs.get_mut(at),
                };
                let loose = loose.ok_or(Error::PageNotFound)?;
                // A sheet that is written on one side has an empty other one.
                let aside = loose.seen.as_ref().is_some_and(|seen| seen.blank).then_some(AsideReason::Blank);
                self.place(tx, loose, target, aside, (staff, now))?;
            }
            let mut stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
            stack.state = StackState::Saved;
            tx.put_stack(&stack)?;
            tx.log(now, Some(staff), "stack.join", &id.to_string())?;
            Ok(())
        })?;
        self.digitize_ahead(view.dossier);
        self.dossier_view(view.dossier)
    }

    /// What a pass is scanned with. One side at a time is the point of it, whatever the paper's profile says.
    fn plan_pass(&self, name: &str, request: &ScanRequest) -> Result<Plan, Error> {
        let mut plan = self.plan_loose(Some(name), request)?;
        plan.request.source =
            plan.request.source.map(|source| if source == Source::Duplex { Source::Feeder } else { source });
        Ok(plan)
    }

    fn pass(
        &self,
        plan: Plan,
        (stack, pass): (StackId, u32),
        cancel: &devices::Cancel,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<DuplexPass, Error> {
        let (run, known) = self.loose_run(plan, (stack, pass, StackWay::Duplex), cancel, progress)?;
        let duplex = if known.received > 0 { Some(self.duplex(stack)?) } else { None };
        Ok(DuplexPass { run, duplex })
    }
}

/// What each way would give.
fn ways(fronts: &[PageId], backs: &[PageId]) -> Vec<DuplexWay> {
    let page = |side| match side {
        Side::Front(at) => fronts[at],
        Side::Back(at) => backs[at],
    };
    let way = |joining| {
        let pages = joined(fronts.len(), backs.len(), joining).into_iter().map(page).collect();
        DuplexWay { joining, pages }
    };
    [Joining::Turned, Joining::SameOrder, Joining::Appended].map(way).into()
}

/// The pages of a pass that wait.
fn waits(r: &Reader<'_>, stack: StackId, pass: u32) -> Result<Vec<LoosePage>, Error> {
    Ok(r.loose_pages(stack, pass)?.into_iter().filter(LoosePage::waits).collect())
}
