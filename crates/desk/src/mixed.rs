//! A stack of many dossiers, as an office machine hands it over in files: split at the cover sheets that were printed here.
//!
//! Everything is read and planned before anything is kept, and kept in one transaction: either every page lies where its
//! cover sheet says, or the files are as they were and the dossiers untouched. What is doubtful is told first; it goes on
//! only when somebody says why that is right.

use crate::fault::Error;
use crate::import::{file_name, read_file};
use crate::intake::draft;
use crate::loose::seen_on;
use crate::pages::Examined;
use crate::station::Desk;
use crate::view::Locale;
use chrono::{DateTime, FixedOffset};
use domain::split::{self, Known, Mark, Place, Plan, Target};
use domain::{
    AsideReason, Disposition, DossierId, Page, PageSource, Right, Stack, StackEnd, StackId, StackState, StaffId, Status,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use store::{Reader, Writer};

/// What somebody says of a mixed stack.
#[derive(Debug, Clone, Default)]
pub struct MixedRequest {
    /// The files, in the order of the stack.
    pub files: Vec<PathBuf>,
    /// Where pages before the first cover sheet belong.
    pub start: Option<Target>,
    /// How many cover sheets were laid in.
    pub covers: Option<u32>,
    /// Why what is doubtful is right all the same; without it a doubtful stack is only told.
    pub reason: Option<String>,
}

/// What a mixed stack came to.
#[derive(Debug, Clone, Serialize)]
pub struct MixedOutcome {
    /// The stack; none while nothing was kept.
    pub stack: Option<StackId>,
    /// Pages that were read.
    pub received: u32,
    /// Pages that lie in a component now.
    pub kept: u32,
    /// Cover sheets, set aside.
    pub aside: u32,
    /// Pages that have no place; nothing was kept then.
    pub unassigned: u32,
    /// What a person has to look at, in words.
    pub alarms: Vec<String>,
    /// What becomes of every page.
    pub pages: Vec<MixedPage>,
}

/// One page of the stack.
#[derive(Debug, Clone, Serialize)]
pub struct MixedPage {
    /// Its place in the stack, from 1.
    pub number: u32,
    /// The file it is in.
    pub file: String,
    /// Its page there, from 1.
    pub page: u32,
    /// What becomes of it.
    #[serde(flatten)]
    pub place: Place,
}

/// A file of the stack.
struct Sheaf {
    name: String,
    examined: Examined,
    marks: Vec<Mark>,
}

impl Desk {
    /// Splits files at their cover sheets and keeps every page in the component its sheet names.
    ///
    /// # Errors
    /// [`Error::FileRefused`] names the file that does not read: a sheet may be in it. Nothing is kept then.
    pub fn import_mixed(
        &self,
        request: &MixedRequest,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<MixedOutcome, Error> {
        let staff = self.require(Right::Intake)?.id;
        let run = self.begin_run()?;
        let mut sheaves = Vec::with_capacity(request.files.len());
        let total = u32::try_from(request.files.len()).unwrap_or(u32::MAX);
        for (done, path) in (1..).zip(&request.files) {
            let name = file_name(path);
            let sheaf = read_file(path).and_then(|bytes| self.sheaf(name.clone(), &bytes));
            sheaves.push(sheaf.map_err(|error| self.refused(name, &error))?);
            progress(done, total);
        }
        let mut marks: Vec<Mark> = sheaves.iter().flat_map(|sheaf| sheaf.marks.iter().copied()).collect();
        split::find_fronts(&mut marks, 1);
        let reason = request.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let now = self.now();
        let (plan, stack) = self.store()?.write(|tx| -> Result<_, Error> {
            // Planned over what stands now: a dossier may have been accepted while the files were read.
            let known = known(&tx.reader(), &marks, request.start)?;
            let plan = split::assign(&marks, request.start, request.covers, &known);
            let goes =
                plan.unassigned() == 0 && !targets(&plan).is_empty() && (plan.alarms.is_empty() || reason.is_some());
            let stack = if goes { Some(self.keep_mixed(tx, &sheaves, &plan, (staff, now, reason))?) } else { None };
            Ok((plan, stack))
        })?;
        drop(run);
        if stack.is_some() {
            targets(&plan).iter().for_each(|dossier| self.digitize_ahead(*dossier));
        }
        Ok(outcome(&sheaves, &plan, stack, self.profile().locale))
    }

    /// Takes a split back: every page of the stack is set aside where it lies, none is lost, and the files can be split
    /// anew.
    ///
    /// # Errors
    /// [`Error::StackNotFound`] where it is no mixed stack or was taken back; [`Error::DossierClosed`] once one of its
    /// dossiers is accepted, and then nothing moves.
    pub fn undo_split(&self, id: StackId) -> Result<u32, Error> {
        let staff = self.require(Right::Intake)?;
        let _run = self.begin_run()?;
        let now = self.now();
        let (dossiers, count) = self.store()?.write(|tx| -> Result<_, Error> {
            if let Some(taken) = Self::take_split_back(tx, id)? {
                tx.log(now, Some(staff.id), "stack.unsplit", &id.to_string())?;
                return Ok(taken);
            }
            let mut stack = tx.reader().stack(id)?.ok_or(Error::StackNotFound)?;
            if stack.dossier.is_some() || stack.state != StackState::Saved {
                return Err(Error::StackNotFound);
            }
            let mut dossiers = BTreeSet::new();
            let mut count = 0;
            for mut page in tx.reader().pages_of_stack(id)? {
                let (dossier, _) = tx.reader().page(page.id)?.ok_or(Error::PageNotFound)?;
                draft(tx, dossier)?;
                dossiers.insert(dossier);
                if page.disposition == Disposition::Kept {
                    page.set_aside(AsideReason::Discarded);
                    tx.put_page(&page)?;
                    count += 1;
                }
            }
            stack.state = StackState::Discarded;
            tx.put_stack(&stack)?;
            tx.log(now, Some(staff.id), "stack.unsplit", &id.to_string())?;
            Ok((dossiers, count))
        })?;
        dossiers.iter().for_each(|dossier| self.digitize_ahead(*dossier));
        Ok(count)
    }

    fn sheaf(&self, name: String, bytes: &[u8]) -> Result<Sheaf, Error> {
        let examined = self.examine(bytes)?;
        let key = self.key()?.separator_key();
        let mark = |index| -> Result<Mark, Error> { Ok(seen_on(examined.media, bytes, index)?.mark(&key)) };
        let marks = (0..).take(examined.pages.len()).map(mark).collect::<Result<_, _>>()?;
        Ok(Sheaf { name, examined, marks })
    }

    pub(crate) fn refused(&self, name: String, error: &Error) -> Error {
        Error::FileRefused { name, error: Box::new(error.for_person(self.profile().locale)) }
    }

    /// Writes the stack and all its pages.
    fn keep_mixed(
        &self,
        tx: &Writer<'_>,
        sheaves: &[Sheaf],
        plan: &Plan,
        (staff, now, reason): (StaffId, DateTime<FixedOffset>, Option<&str>),
    ) -> Result<StackId, Error> {
        let source = |sheaf: &Sheaf| PageSource::File { name: sheaf.name.clone() };
        let stack = Stack {
            id: self.clock.id(),
            dossier: None,
            component: None,
            source: sheaves.first().map(source).unwrap_or(PageSource::File { name: String::new() }),
            state: StackState::Saved,
            sides: 1,
            expected: None,
            fed: None,
            received: u32::try_from(plan.places.len()).unwrap_or(u32::MAX),
            ended: Some(StackEnd::Empty),
            reason: reason.map(str::to_owned),
            staff,
            started_at: now,
            ended_at: Some(now),
        };
        tx.put_stack(&stack)?;
        let mut places = plan.places.iter();
        let mut here = plan.places.iter().find_map(target);
        for sheaf in sheaves {
            tx.add_file(&sheaf.examined.file, sheaf.examined.bytes, sheaf.examined.media, now)?;
            for ((file_index, found), place) in (0..).zip(&sheaf.examined.pages).zip(&mut places) {
                // A patch sheet with nothing behind it is kept with what lies before it.
                here = target(place).or(here);
                let target = here.filter(|_| *place != Place::Unassigned).ok_or(Error::ComponentNotFound)?;
                let aside = (!matches!(place, Place::Page(_))).then_some(AsideReason::Separator);
                let mut page = Page {
                    component: target.component,
                    position: tx.reader().next_position(target.dossier, target.component)?,
                    stack: Some(stack.id),
                    ..sheaf.examined.page(self.clock.id(), (file_index, found), &source(sheaf), now)
                };
                if let Some(reason) = aside {
                    page.set_aside(reason);
                }
                crate::pages::bring(tx, target.dossier, &page, &found.thumb, Some(staff))?;
            }
        }
        tx.log(now, Some(staff), "stack.split", &stack.id.to_string())?;
        Ok(stack.id)
    }
}

/// What stands of the dossiers that the sheets name.
pub(crate) fn known(
    r: &Reader<'_>,
    marks: &[Mark],
    start: Option<Target>,
) -> Result<BTreeMap<DossierId, Known>, Error> {
    let named = marks.iter().filter_map(|mark| match mark {
        Mark::Cover(cover) => Some(cover.dossier),
        _ => None,
    });
    let mut known = BTreeMap::new();
    for id in named.chain(start.map(|start| start.dossier)).collect::<BTreeSet<_>>() {
        if let Some(dossier) = r.dossier(id)? {
            let papers = dossier.components.iter().map(|component| (component.index, component.papers()));
            known.insert(id, Known::new(dossier.status == Status::Draft, papers, &r.pages(id)?));
        }
    }
    if let Some(start) = start {
        let dossier = r.dossier(start.dossier)?.ok_or(Error::DossierNotFound)?;
        if dossier.status != Status::Draft {
            return Err(Error::DossierClosed);
        }
        if dossier.components.iter().all(|component| component.index != start.component) {
            return Err(Error::ComponentNotFound);
        }
    }
    Ok(known)
}

fn targets(plan: &Plan) -> BTreeSet<DossierId> {
    plan.places.iter().filter_map(target).map(|target| target.dossier).collect()
}

fn target(place: &Place) -> Option<Target> {
    match place {
        Place::Page(target) | Place::Cover(target) => Some(*target),
        Place::Sheet | Place::Unassigned => None,
    }
}

fn outcome(sheaves: &[Sheaf], plan: &Plan, stack: Option<StackId>, locale: Locale) -> MixedOutcome {
    let of_file = |sheaf: &Sheaf| (1..).zip(&sheaf.marks).map(|(n, _)| (sheaf.name.clone(), n)).collect::<Vec<_>>();
    let numbered = (1..).zip(sheaves.iter().flat_map(of_file)).zip(&plan.places);
    let pages = numbered.map(|((number, (file, page)), place)| MixedPage { number, file, page, place: *place });
    let count = |is: fn(&Place) -> bool| {
        u32::try_from(plan.places.iter().filter(|place| is(place)).count()).unwrap_or(u32::MAX)
    };
    let applied = stack.is_some();
    MixedOutcome {
        stack,
        received: count(|_| true),
        kept: if applied { count(|place| matches!(place, Place::Page(_))) } else { 0 },
        aside: if applied { count(|place| matches!(place, Place::Cover(_) | Place::Sheet)) } else { 0 },
        unassigned: count(|place| *place == Place::Unassigned),
        alarms: plan.alarms.iter().map(|alarm| crate::sentences::split_alarm(alarm, locale)).collect(),
        pages: pages.collect(),
    }
}
