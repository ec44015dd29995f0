//! Scanning into a component: each side is durable and in the store before the driver is asked for the next.

use crate::fault::Error;
use crate::looks::Watch;
use crate::station::{Desk, Parts};
use crate::view::{DeviceView, PageProgress, RunEnd, RunOutcome, ScanRequest};
use devices::{Cancel, Ended, Feeding, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, WhenEmpty};
use domain::{DossierId, PageSource, Right, StackEnd};
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl Desk {
    /// The scanners that answer now.
    ///
    /// # Errors
    /// When no driver could list anything.
    pub fn devices(&self) -> Result<Vec<DeviceView>, Error> {
        let folders = self.folder_devices();
        match listed(self.scanners.as_ref()) {
            Err(_) if !folders.is_empty() => Ok(folders),
            found => Ok(found?.into_iter().chain(folders).collect()),
        }
    }

    /// Scans into a component until the feeder is empty. A fault ends the run; what was received stays and is counted.
    ///
    /// # Errors
    /// When the dossier takes no pages or another run is under way. A scanner's fault is in the outcome.
    pub fn scan(
        &self,
        dossier: DossierId,
        component: u32,
        request: &ScanRequest,
        progress: &mut dyn FnMut(PageProgress),
    ) -> Result<RunOutcome, Error> {
        self.require(Right::Intake)?;
        let name = self.takes_pages(dossier, component)?;
        let plan = self.plan_scan(Some(&name), request)?;
        let request = &plan.request;
        let source = PageSource::Scanner { device: request.device.clone() };
        let told =
            request.place.map(|place| Ok::<_, Error>((place, self.pages_before(dossier, place)?))).transpose()?;
        let run = self.begin_scan(Some(&request.device))?;
        let stack = self.begin_stack(Some(dossier), Some(component), request, false)?.id;
        let (place, before) = told.map_or_else(|| self.goes_on_at(dossier, component, stack), Ok)?;
        let mut aside = 0;
        let mut watch = Watch::scan(request.blank.unwrap_or_default());
        let (mut outcome, ended, end) = if request.device.starts_with("folder:") {
            self.folder_run(request, &run, (dossier, component, Some(stack)), progress)
        } else {
            let progress = RefCell::new(progress);
            let tell = |step| (*progress.borrow_mut())(step);
            self.scan_run(request, &run.cancel, &mut || tell(PageProgress::Waiting), &mut |desk, side, received| {
                let mut examined = desk.examine(&side.bytes)?;
                // What was asked for is known; what a file says of itself is often wrong (T-18).
                if let Some(dpi) = side.dpi {
                    examined.pages.iter_mut().for_each(|page| page.dpi = dpi);
                }
                watch.judge(&mut examined);
                let pages = desk.keep_pages(dossier, component, &examined, &source, Some(stack))?;
                let count = u32::try_from(pages.len()).unwrap_or_default();
                aside += u32::try_from(pages.iter().filter(|page| page.aside.is_some()).count()).unwrap_or_default();
                for (page, received) in pages.into_iter().zip(received + 1..) {
                    tell(PageProgress::Page { page, received, total: request.expected });
                }
                Ok(count)
            })
        };
        let (stack, tally) = self.end_run(stack, ended, end.as_ref())?;
        // Of a run that broke off: what counted, and what to do with the sheet that did not (T-12).
        let broke_off = outcome.error.is_some() && stack.received > 0;
        outcome.note = broke_off.then(|| crate::sentences::uncounted(stack.received, self.profile().locale));
        outcome.profile = plan.profile;
        outcome.told.splice(..0, plan.told);
        outcome.stack = Some(stack.id);
        outcome.set_aside = tally.set_aside();
        outcome.kept = outcome.received.saturating_sub(aside);
        let brought = |page: &domain::Page| page.stack == Some(stack.id) && !before.contains(&page.id);
        if let Err(error) = self.settle(dossier, component, place, &brought) {
            outcome.error = outcome.error.or_else(|| Some(error.for_person(self.profile().locale)));
        }
        drop(run);
        self.digitize_ahead(dossier);
        Ok(outcome)
    }

    /// Scans into a folder, for use without a dossier. Files are named by page and synced before the next is asked for.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn scan_to_folder(&self, out: &Path, request: &ScanRequest) -> Result<(RunOutcome, Vec<PathBuf>), Error> {
        std::fs::create_dir_all(out).map_err(|error| Error::file(out, error))?;
        let plan = self.plan_scan(None, request)?;
        let request = &plan.request;
        let taken = last_page(out)?;
        let mut files = Vec::new();
        let run = self.begin_scan(Some(&request.device))?;
        let (mut outcome, ..) = self.scan_run(request, &run.cancel, &mut || {}, &mut |_, side, received| {
            let extension = match crate::pages::look(&side.bytes)?.0 {
                domain::MediaType::Jpeg => "jpg",
                domain::MediaType::Png => "png",
                domain::MediaType::Tiff => "tif",
                domain::MediaType::Pdf => "pdf",
            };
            let path = out.join(format!("page-{:04}.{extension}", taken + received + 1));
            crate::digitize::write_whole(&path, &side.bytes)?;
            files.push(path);
            Ok(1)
        });
        outcome.profile = plan.profile;
        outcome.told.splice(..0, plan.told);
        Ok((outcome, files))
    }

    /// One run of the scanner; `keep` makes a side durable and says how many pages it was, `waiting` is told when it begins
    /// to wait for paper.
    pub(crate) fn scan_run(
        &self,
        request: &ScanRequest,
        cancel: &Cancel,
        waiting: &mut dyn FnMut(),
        keep: &mut dyn FnMut(&Self, ScannedSide, u32) -> Result<u32, Error>,
    ) -> (RunOutcome, StackEnd, Option<ScanEnd>) {
        let settings = ScanSettings {
            source: request.source,
            dpi: request.dpi,
            mode: request.mode,
            size: request.size,
            extra: request.extra.clone(),
        };
        let mut received = 0;
        let mut fault = None;
        let feeding = Feeding::new(request.when_empty.unwrap_or_default());
        let scanners = self.scanners.as_ref();
        let mut from_glass = false;
        let mut empty = |when| if when == WhenEmpty::Glass { from_glass = true } else { waiting() };
        let end = feeding.scan(scanners, (&request.device, &settings), cancel, &mut empty, &mut |side| match keep(
            self, side, received,
        ) {
            Ok(pages) => {
                received += pages;
                ControlFlow::Continue(())
            }
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        });

        let ended =
            if fault.is_some() { StackEnd::Fault } else { crate::stack::stack_end(&end, cancel.is_cancelled()) };
        let told = end.as_ref().ok().cloned();
        let mut outcome = self.outcome(received, fault, end, cancel);
        outcome.told.extend(from_glass.then(|| crate::sentences::from_glass(self.profile().locale)));
        (outcome, ended, told)
    }

    fn outcome(
        &self,
        received: u32,
        fault: Option<Error>,
        end: Result<ScanEnd, ScanError>,
        cancel: &Cancel,
    ) -> RunOutcome {
        let locale = self.profile().locale;
        let (fed, ended, error) = match (fault, end) {
            (Some(fault), end) => (end.ok().and_then(|end| end.fed), RunEnd::Fault, Some(fault.for_person(locale))),
            (None, Ok(end)) => match end.ended {
                Ended::Empty => (end.fed, RunEnd::Empty, None),
                Ended::Cancelled => (end.fed, RunEnd::Cancelled, None),
            },
            (None, Err(_)) if cancel.is_cancelled() => (None, RunEnd::Cancelled, None),
            (None, Err(error)) => {
                let ended = match &error {
                    ScanError::Jam | ScanError::DoubleFeed => RunEnd::Jam,
                    ScanError::CoverOpen => RunEnd::CoverOpen,
                    ScanError::NotFound { .. }
                    | ScanError::NoSource { .. }
                    | ScanError::FeederEmpty
                    | ScanError::Busy
                    | ScanError::Timeout { .. }
                    | ScanError::ProgramMissing { .. }
                    | ScanError::AccessDenied
                    | ScanError::Failed { .. }
                    | ScanError::Io { .. } => RunEnd::Fault,
                };
                (None, ended, Some(Error::from(error).for_person(locale)))
            }
        };
        RunOutcome { fed, received, kept: received, ended, error, ..RunOutcome::default() }
    }
}

/// The highest page number in a folder; another scan into it must not write over the pages of this one (T-01).
fn last_page(folder: &Path) -> Result<u32, Error> {
    let entries = std::fs::read_dir(folder).map_err(|error| Error::file(folder, error))?;
    let number = |entry: std::fs::DirEntry| {
        entry.path().file_stem()?.to_str()?.strip_prefix("page-")?.parse::<u32>().ok().filter(|n| *n < 1_000_000)
    };
    Ok(entries.flatten().filter_map(number).max().unwrap_or_default())
}

/// The scanners of `parts`, with those on the network that the station in `data` was told of, before anybody signs in.
///
/// # Errors
/// When no driver could list anything.
pub fn list_devices(parts: &Parts, data: &Path) -> Result<Vec<DeviceView>, Error> {
    crate::scanners::tell_unopened(&parts.network, data);
    listed(parts.scanners.as_ref())
}

fn listed(scanners: &dyn Scanner) -> Result<Vec<DeviceView>, Error> {
    let view = |device: devices::Device| DeviceView {
        id: device.id,
        name: device.name,
        kind: device.kind,
        sources: device.caps.sources,
        resolutions: device.caps.resolutions,
        modes: device.caps.modes,
        buttons: device.caps.buttons,
    };
    Ok(scanners.devices()?.into_iter().map(view).collect())
}
