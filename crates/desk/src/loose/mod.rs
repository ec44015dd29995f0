//! Pages that lie in no dossier yet (Khay chờ phân): a mixed stack from the scanner or from files is kept page by page first,
//! then looked at for cover sheets, then split. Every step is one transaction or one page, so that a program that dies in
//! between has lost nothing and goes on where it was.

mod duplex;
mod shown;
mod split;

use crate::fault::Error;
use crate::import::{file_name, read_file};
use crate::looks::Watch;
use crate::pages::Examined;
use crate::profiles::Plan;
use crate::station::Desk;
use crate::view::{MixedStep, MixedTaken, MixedView, RunEnd, RunOutcome, ScanRequest};
use devices::Cancel;
use domain::loose::{LoosePage, Seen, StackWay};
use domain::{MediaType, PageSource, Right, Stack, StackEnd, StackId, StackState};
use std::cell::RefCell;
use std::path::PathBuf;
use store::Writer;
use store::tables::loose_page::Afterwards;

impl Desk {
    /// Takes files in as one mixed stack: all of them or, where one does not read, none, since a cover sheet may be in it.
    ///
    /// # Errors
    /// [`Error::FileRefused`] names the file that does not read.
    pub fn take_mixed(
        &self,
        files: &[PathBuf],
        covers: Option<u32>,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<MixedTaken, Error> {
        self.require(Right::Intake)?;
        let run = self.begin_run()?;
        let total = u32::try_from(files.len()).ok();
        let mut all = Vec::with_capacity(files.len());
        let mut watch = Watch::files();
        for (done, path) in (1..).zip(files) {
            if run.cancel.is_cancelled() {
                return Ok(MixedTaken {
                    run: RunOutcome { ended: RunEnd::Cancelled, ..RunOutcome::default() },
                    stack: None,
                });
            }
            let name = file_name(path);
            let examined = read_file(path).and_then(|bytes| self.examine(&bytes));
            let mut examined = examined.map_err(|error| self.refused(name.clone(), &error))?;
            watch.judge(&mut examined);
            all.push((PageSource::File { name }, examined));
            progress(MixedStep::Receiving { done, total });
        }
        let Some(stack) = self.keep_files(&all, covers)? else {
            return Ok(MixedTaken { run: RunOutcome::default(), stack: None });
        };
        drop(all);
        let cancelled = !self.look_for_sheets(stack, &run.cancel, progress)?;
        drop(run);
        let view = self.mixed_stack(stack)?;
        let ended = if cancelled { RunEnd::Cancelled } else { RunEnd::Empty };
        let outcome = RunOutcome { received: view.row.received, stack: Some(stack), ended, ..RunOutcome::default() };
        Ok(MixedTaken { run: outcome, stack: Some(view) })
    }

    /// Scans a mixed stack. Each page is durable before the next is asked for; when the paper is through they are looked at
    /// for cover sheets. `request.stack` goes on with one that was broken off.
    ///
    /// # Errors
    /// When another run is under way. A scanner's fault is in the outcome; what came before it stays.
    pub fn scan_mixed(
        &self,
        request: &ScanRequest,
        covers: Option<u32>,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<MixedTaken, Error> {
        self.require(Right::Intake)?;
        let plan = self.plan_loose(None, request)?;
        let run = self.begin_scan(Some(&plan.request.device))?;
        let said = Afterwards { way: StackWay::Mixed, covers };
        let stack = self.begin_afterwards((None, None), &plan.request, said)?;
        let (mut outcome, stack) = self.loose_run(plan, (stack, 1, StackWay::Mixed), &run.cancel, progress)?;
        outcome.stack = Some(stack.id);
        if stack.received == 0 {
            return Ok(MixedTaken { run: outcome, stack: None });
        }
        // Whoever stopped the scanner has not stopped the looking.
        self.look_for_sheets(stack.id, &Cancel::new(), progress)?;
        drop(run);
        Ok(MixedTaken { run: outcome, stack: Some(self.mixed_stack(stack.id)?) })
    }

    /// Looks at the pages that nobody has looked at yet: after a crash, or where that was stopped.
    ///
    /// # Errors
    /// [`Error::StackNotFound`] where it is no mixed stack.
    pub fn read_mixed(&self, stack: StackId, progress: &mut dyn FnMut(MixedStep)) -> Result<MixedView, Error> {
        self.require(Right::Intake)?;
        let run = self.begin_run()?;
        self.look_for_sheets(stack, &run.cancel, progress)?;
        drop(run);
        self.mixed_stack(stack)
    }

    /// What a run is scanned with whose pages are placed afterwards: as a profile says, where the paper called `name` has one
    /// or one was chosen. Files of a folder come in at once and have a way of their own.
    fn plan_loose(&self, name: Option<&str>, request: &ScanRequest) -> Result<Plan, Error> {
        let plan = self.plan_scan(name, request)?;
        if plan.request.device.starts_with("folder:") {
            return Err(Error::BadInput("device"));
        }
        Ok(Plan { request: ScanRequest { expected: None, ..plan.request }, ..plan })
    }

    /// A stack whose pages are placed afterwards: the one that is named, or a new one.
    fn begin_afterwards(
        &self,
        (dossier, component): (Option<domain::DossierId>, Option<u32>),
        request: &ScanRequest,
        said: Afterwards,
    ) -> Result<StackId, Error> {
        if let Some(stack) = request.stack {
            let before = self.store()?.read(|r| r.afterwards(stack))?.ok_or(Error::StackNotFound)?;
            if before.way != said.way {
                return Err(Error::StackNotFound);
            }
        }
        let stack = self.begin_stack(dossier, component, request, true)?.id;
        self.store()?.write(|tx| -> Result<(), Error> {
            let covers = said.covers.or(tx.reader().afterwards(stack)?.and_then(|before| before.covers));
            tx.place_afterwards(stack, Afterwards { covers, ..said })?;
            Ok(())
        })?;
        Ok(stack)
    }

    /// One run of the scanner into a pass of a stack.
    fn loose_run(
        &self,
        plan: Plan,
        (stack, pass, way): (StackId, u32, StackWay),
        cancel: &Cancel,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<(RunOutcome, Stack), Error> {
        let request = &plan.request;
        let source = PageSource::Scanner { device: request.device.clone() };
        let mut watch = Watch::scan(request.blank.unwrap_or_default());
        let progress = RefCell::new(progress);
        let tell = |step| (*progress.borrow_mut())(step);
        let waiting = &mut || tell(MixedStep::Waiting);
        let (mut outcome, ended, end) = self.scan_run(request, cancel, waiting, &mut |desk, side, received| {
            let mut examined = desk.examine(&side.bytes)?;
            // What was asked for is known; what a file says of itself is often wrong (T-18).
            if let Some(dpi) = side.dpi {
                examined.pages.iter_mut().for_each(|page| page.dpi = dpi);
            }
            watch.judge(&mut examined);
            let pages = desk.store()?.write(|tx| desk.keep_loose(tx, (stack, pass, way), &examined, &source))?;
            tell(MixedStep::Receiving { done: received + pages, total: None });
            Ok(pages)
        });
        let (stack, tally) = self.end_run(stack, ended, end.as_ref())?;
        let broke_off = outcome.error.is_some() && stack.received > 0;
        outcome.note = broke_off.then(|| crate::sentences::uncounted(outcome.received, self.profile().locale));
        outcome.profile = plan.profile;
        outcome.told.splice(..0, plan.told);
        outcome.stack = Some(stack.id);
        outcome.set_aside = tally.set_aside();
        Ok((outcome, stack))
    }

    fn keep_files(&self, all: &[(PageSource, Examined)], covers: Option<u32>) -> Result<Option<StackId>, Error> {
        let staff = self.require(Right::Intake)?.id;
        let Some((source, _)) = all.first() else { return Ok(None) };
        let now = self.now();
        let stack = Stack {
            id: self.clock.id(),
            dossier: None,
            component: None,
            source: source.clone(),
            state: StackState::Open,
            sides: 1,
            expected: None,
            fed: None,
            received: 0,
            ended: Some(StackEnd::Empty),
            reason: None,
            staff,
            started_at: now,
            ended_at: Some(now),
        };
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.put_stack(&stack)?;
            tx.place_afterwards(stack.id, Afterwards { way: StackWay::Mixed, covers })?;
            for (source, examined) in all {
                self.keep_loose(tx, (stack.id, 1, StackWay::Mixed), examined, source)?;
            }
            tx.log(now, Some(staff), "stack.mixed", &stack.id.to_string())?;
            Ok(())
        })?;
        Ok(Some(stack.id))
    }

    /// Adds the pages of an examined file to the end of a pass.
    fn keep_loose(
        &self,
        tx: &Writer<'_>,
        (stack, pass, way): (StackId, u32, StackWay),
        examined: &Examined,
        source: &PageSource,
    ) -> Result<u32, Error> {
        let now = self.now();
        tx.add_file(&examined.file, examined.bytes, examined.media, now)?;
        let places = tx.reader().next_loose(stack, pass)?..;
        for ((file_index, found), position) in (0..).zip(&examined.pages).zip(places) {
            let page = examined.page(self.clock.id(), (file_index, found), source, now);
            let mut page = domain::Page { position, stack: Some(stack), ..page };
            // Whether an empty side is set aside is said when it is placed: it may be a cover sheet's.
            page.keep();
            let blank = found.aside == Some(domain::AsideReason::Blank);
            // Of a mixed stack more is asked, and that takes its time.
            let seen = (way == StackWay::Duplex).then(|| Seen { blank, ..Seen::default() });
            tx.add_loose(stack, pass, &LoosePage { page, placed: None, seen }, &found.thumb)?;
        }
        crate::stack::count(tx, Some(stack), examined.pages.len())?;
        Ok(u32::try_from(examined.pages.len()).unwrap_or_default())
    }

    /// Looks at each page that nobody has looked at. False where it was stopped before the last.
    fn look_for_sheets(
        &self,
        stack: StackId,
        cancel: &Cancel,
        progress: &mut dyn FnMut(MixedStep),
    ) -> Result<bool, Error> {
        let pages = self.store()?.read(|r| r.loose_pages(stack, 1))?;
        let unread: Vec<LoosePage> = pages.into_iter().filter(|loose| loose.seen.is_none()).collect();
        let total = u32::try_from(unread.len()).unwrap_or(u32::MAX);
        let mut file: Option<(domain::FileHash, Vec<u8>)> = None;
        for (done, mut loose) in (1..).zip(unread) {
            if cancel.is_cancelled() {
                return Ok(false);
            }
            let hash = loose.page.file;
            if file.as_ref().is_none_or(|(before, _)| *before != hash) {
                file = Some((hash, self.store()?.file(&hash)?));
            }
            let bytes = file.as_ref().map_or(&[][..], |(_, bytes)| bytes);
            // A page was believed when it came; one that cannot be looked at is a page like any other.
            loose.seen = Some(seen_on(loose.page.media, bytes, loose.page.file_index).unwrap_or_default());
            self.store()?.write(|tx| tx.put_loose(&loose))?;
            progress(MixedStep::Looking { done, total });
        }
        Ok(true)
    }
}

/// What a page shows that may be a cover sheet. A decoder that panics over a hostile file has found damage.
pub(crate) fn seen_on(media: MediaType, bytes: &[u8], index: u32) -> Result<Seen, Error> {
    let look = || -> Result<Seen, Error> {
        let raster = match media {
            MediaType::Pdf => imaging::decode(&pdf::read::render(bytes, index, pdf::read::LONGEST_RENDER)?, 0)?,
            MediaType::Jpeg | MediaType::Png | MediaType::Tiff => imaging::decode(bytes, index)?,
        };
        if imaging::is_blank(&raster) {
            return Ok(Seen { blank: true, ..Seen::default() });
        }
        let codes = imaging::codes::find(&raster, imaging::codes::Effort::Thorough);
        let texts =
            codes.iter().filter(|code| code.kind == imaging::codes::CodeKind::Qr).map(imaging::codes::Code::text);
        let texts: Vec<String> = texts.filter(|text| domain::separator::may_be(text)).collect();
        let patch = texts.is_empty() && imaging::codes::is_patch_t(&raster);
        Ok(Seen { texts, patch, blank: false })
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(look)).unwrap_or(Err(imaging::Refusal::Damaged.into()))
}
