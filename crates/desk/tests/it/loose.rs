//! A mixed stack from the feeder or from files: kept page by page, looked at, split, given by hand, and taken back.

use crate::feeder::Step;
use crate::looks::sheet;
use crate::mixed::Sheet;
use crate::samples::{aside, file, jpeg, kept, torn_jpeg};
use crate::world::{Station, counted, draft, request};
use desk::view::{MixedStep, MixedView, PaperCounts, RunEnd, ScanRequest};
use desk::{Desk, DossierId, Error, ErrorCode};
use devices::{ScanError, WhenEmpty};
use domain::{AsideReason, BlankPolicy, Disposition, PageId};
use std::panic::{AssertUnwindSafe, catch_unwind};

const ONE: PaperCounts = PaperCounts { originals: 1, copies: 0, certified: 0 };

fn side(sheet: &Sheet) -> Step {
    Step::Side(sheet.scanned())
}

fn page(n: u32) -> Step {
    Step::Side(jpeg(n))
}

fn blank() -> Step {
    Step::Side(sheet(0, 2339))
}

fn code<T>(result: Result<T, Error>) -> ErrorCode {
    result.err().unwrap().code().0
}

fn scan(desk: &Desk, covers: Option<u32>) -> MixedView {
    desk.scan_mixed(&request(), covers, &mut |_| {}).unwrap().stack.unwrap()
}

fn split(desk: &Desk, view: &MixedView) -> Result<MixedView, Error> {
    desk.split_mixed(view.row.stack, BlankPolicy::Aside, "")
}

/// Where each group goes, and how many pages it has.
fn groups(view: &MixedView) -> Vec<(Option<DossierId>, Option<u32>, usize)> {
    view.groups.iter().map(|group| (group.dossier, group.component, group.pages.len())).collect()
}

fn waiting(view: &MixedView) -> Vec<PageId> {
    view.groups.iter().flat_map(|group| &group.pages).filter(|page| page.waits).map(|page| page.id).collect()
}

fn of_reason(desk: &Desk, id: DossierId, reason: AsideReason) -> usize {
    let view = desk.open_dossier(id).unwrap();
    view.components.iter().flat_map(|part| &part.pages).filter(|page| page.aside == Some(reason)).count()
}

/// T-29: turned over, askew, faint, with its code on the back, with an empty back: each sheet splits, and its empty side goes
/// with it. K1: a patch sheet starts the next component, askew and turned over. T-30: all of it is taken back and split anew.
#[test]
fn a_mixed_stack_from_the_feeder_is_split_and_taken_back() {
    let (station, desk) = Station::new();
    let ids = [counted(&desk, 1), counted(&desk, 2)];
    desk.set_papers(ids[0], 2, ONE).unwrap();
    let Some(first) = Sheet::print(&desk, ids[0], 1, "200") else { return };
    let patch = || Sheet::of(&desk, "patch", "200").unwrap();
    let second = Sheet::print(&desk, ids[1], 1, "300").unwrap();
    // The first sheet lies with its face down, the patch sheets have an empty back.
    station.feeder.load([blank(), side(&first.upside_down()), page(1), side(&patch().skewed().upside_down()), blank()]);
    station.feeder.load([page(2), blank(), side(&second.faint().skewed()), blank(), page(3), page(4)]);
    let mut steps = Vec::new();
    let asked = ScanRequest { blank: Some(BlankPolicy::Aside), ..request() };
    let taken = desk.scan_mixed(&asked, Some(3), &mut |step| steps.push(step)).unwrap();
    let view = taken.stack.unwrap();
    assert_eq!((taken.run.ended, view.row.received, view.row.waiting, view.ready), (RunEnd::Empty, 11, 11, 11));
    assert_eq!((view.alarms.as_slice(), view.sheets, view.unread), ([].as_slice(), 3, 0), "{view:?}");
    assert_eq!(steps.last(), Some(&MixedStep::Looking { done: 11, total: 11 }));
    let to = |n: usize, component, pages| (Some(ids[n]), Some(component), pages);
    assert_eq!(groups(&view), [to(0, 1, 1), to(0, 1, 2), to(0, 2, 4), to(1, 1, 4)]);
    assert!(
        ids.iter().all(|id| desk.open_dossier(*id).unwrap().pages.received == 0),
        "nothing before somebody says so"
    );

    let view = split(&desk, &view).unwrap();
    assert_eq!((view.kept, view.aside, view.row.waiting, view.ready), (4, 7, 0, 0));
    let [one, two] = ids.map(|id| desk.open_dossier(id).unwrap());
    assert_eq!((kept(&one, 1), kept(&one, 2), kept(&two, 1)), (vec![1], vec![2], vec![3, 4]));
    let separators = ids.map(|id| of_reason(&desk, id, AsideReason::Separator));
    assert_eq!((separators, of_reason(&desk, ids[0], AsideReason::Blank)), ([4, 2], 1));
    let account = desk.stack(view.row.stack).unwrap();
    assert_eq!((account.fed, account.received, account.kept, account.mismatch), (Some(11), 11, 4, None));

    assert_eq!(desk.undo_split(view.row.stack).unwrap(), 4);
    let one = desk.open_dossier(ids[0]).unwrap();
    assert_eq!(
        (kept(&one, 1).len(), aside(&one, 1).len(), of_reason(&desk, ids[0], AsideReason::Discarded)),
        (0, 3, 7)
    );
    assert_eq!(code(desk.undo_split(view.row.stack)), ErrorCode::StackNotFound, "nothing of it is placed");
    let again = desk.mixed_stack(view.row.stack).unwrap();
    assert_eq!((again.row.waiting, again.ready), (11, 11));
    assert_eq!(split(&desk, &again).unwrap().kept, 4);
    desk.accept(ids[1]).unwrap();
    assert_eq!(code(desk.undo_split(view.row.stack)), ErrorCode::DossierClosed, "and then nothing moves");
    assert_eq!(kept(&desk.open_dossier(ids[0]).unwrap(), 1), [1]);
}

/// G6: whoever chose to wait for paper is told that it is waited for.
#[test]
fn a_mixed_stack_waits_for_its_paper_and_tells_it() {
    let (station, desk) = Station::new();
    let wait = ScanRequest { when_empty: Some(WhenEmpty::Wait), ..request() };
    let mut told = Vec::new();
    let taken = desk.scan_mixed(&wait, None, &mut |step| {
        told.push(step);
        if step == MixedStep::Waiting {
            station.feeder.pages([1]);
        }
    });
    assert_eq!(taken.unwrap().run.received, 1);
    let receiving = MixedStep::Receiving { done: 1, total: None };
    assert_eq!(told, [MixedStep::Waiting, receiving, MixedStep::Looking { done: 1, total: 1 }]);
}

/// T-26: a sheet that was not read. T-27: what follows an unreadable sheet goes nowhere. T-28: a stack without a sheet of ours.
/// All of it is told, nothing moves without a reason, and what has no place waits in the tray until it is given.
#[test]
fn what_is_doubtful_waits_in_the_tray_until_somebody_decides() {
    let (station, desk) = Station::new();
    let ids = [counted(&desk, 1), draft(&desk, 2)];
    let Some(first) = Sheet::print(&desk, ids[0], 1, "200") else { return };
    let gone = counted(&desk, 3);
    let unknown = Sheet::print(&desk, gone, 1, "200").unwrap();
    desk.discard_draft(gone).unwrap();
    station.feeder.load([page(1), side(&first), page(2), side(&unknown), page(3), page(4)]);
    let view = scan(&desk, Some(4));
    assert_eq!(
        view.alarms.len(),
        3,
        "the count, what lies before the first sheet, the sheet that leads nowhere: {view:?}"
    );
    assert_eq!(groups(&view), [(None, None, 1), (Some(ids[0]), Some(1), 2), (None, None, 3)]);
    assert_eq!(code(split(&desk, &view)), ErrorCode::SplitDoubtful);
    assert_eq!(desk.mixed_stack(view.row.stack).unwrap().row.waiting, 6, "nothing moved");
    let view = desk.split_mixed(view.row.stack, BlankPolicy::Aside, "tờ bìa bị bỏ lại").unwrap();
    assert_eq!((view.kept, view.row.waiting, view.reason.as_deref()), (1, 4, Some("tờ bìa bị bỏ lại")));
    assert_eq!(desk.mixed_stacks().unwrap()[0].waiting, 4);
    let open = desk.open_stacks().unwrap();
    assert_eq!((open.len(), open[0].id), (1, view.row.stack), "it is offered until it is empty");

    let loose = waiting(&view);
    assert_eq!(code(desk.give_loose(&loose, ids[1], 99)), ErrorCode::ComponentNotFound);
    // In the order of the stack, however they were pointed at.
    let view = desk.give_loose(&[loose[3], loose[0]], ids[1], 1).unwrap();
    assert_eq!(kept(&desk.open_dossier(ids[1]).unwrap(), 1), [1, 4]);
    assert_eq!(code(desk.give_loose(&[loose[0]], ids[0], 1)), ErrorCode::PageNotFound, "once");
    let view = desk.set_loose_aside(&waiting(&view), true).unwrap();
    assert_eq!((view.row.waiting, view.kept, view.aside), (0, 3, 3));
    assert_eq!(desk.open_stacks().unwrap().len(), 0);
    let back = desk.set_loose_aside(&[loose[2]], false).unwrap();
    assert_eq!(back.row.waiting, 1);
    assert_eq!(desk.stack(view.row.stack).unwrap().received, 6, "every page is accounted for, always");
    desk.accept(ids[0]).unwrap();
    assert_eq!(code(desk.give_loose(&[loose[2]], ids[0], 1)), ErrorCode::DossierClosed);
}

/// T-02, T-12, T-13: the program dies while the feeder runs, before anybody has looked at a page; afterwards every page is
/// there, nothing is split before all were looked at, and scanning goes on in the same stack. A jam and a sheet of which
/// nothing came are told.
#[test]
fn a_mixed_stack_outlives_the_program_and_the_feeder() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    let Some(cover) = Sheet::print(&desk, id, 1, "200") else { return };
    station.feeder.load([side(&cover), page(1)]);
    station.feeder.then(|| panic!("the program dies here, as this test wants"));
    assert!(catch_unwind(AssertUnwindSafe(|| desk.scan_mixed(&request(), None, &mut |_| {}))).is_err());
    let desk = station.reopen(desk);
    let rows = desk.mixed_stacks().unwrap();
    assert_eq!((rows.len(), rows[0].received, rows[0].waiting), (1, 2, 2));
    let stack = rows[0].stack;
    assert_eq!(desk.mixed_stack(stack).unwrap().unread, 2);
    assert_eq!(code(desk.split_mixed(stack, BlankPolicy::Aside, "vội")), ErrorCode::SplitUnread);

    // It dies again, between the first page and the second that it looks at.
    let mut looked = 0;
    let died = catch_unwind(AssertUnwindSafe(|| {
        desk.read_mixed(stack, &mut |_| {
            looked += 1;
            assert_ne!(looked, 1, "the program dies here, as this test wants");
        })
    }));
    assert!(died.is_err());
    let desk = station.reopen(desk);
    assert_eq!(desk.mixed_stack(stack).unwrap().unread, 1, "what was looked at is known");

    station.feeder.load([page(2), Step::Fail(ScanError::Jam)]);
    let onward = ScanRequest { stack: Some(stack), ..request() };
    let taken = desk.scan_mixed(&onward, None, &mut |_| {}).unwrap();
    assert_eq!((taken.run.ended, taken.run.received), (RunEnd::Jam, 1));
    assert!(taken.run.note.is_some(), "what counted is told");
    let view = taken.stack.unwrap();
    assert_eq!((view.row.stack, view.row.received, view.unread), (stack, 3, 0));
    let view = split(&desk, &view).unwrap();
    assert_eq!(view.kept, 2);
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 2]);

    station.feeder.load([side(&cover), page(5), Step::Swallow]);
    let view = scan(&desk, None);
    assert_eq!(view.alarms.len(), 1, "two pages of three sheets: {view:?}");
    assert_eq!(code(split(&desk, &view)), ErrorCode::SplitDoubtful);
}

/// Files of an office machine: one that does not read stops all of them, and a PDF of many pages is one stack.
#[test]
fn files_become_one_stack_or_none() {
    let (station, desk) = Station::new();
    let id = counted(&desk, 1);
    let dir = station.papers();
    let Some(cover) = Sheet::print(&desk, id, 1, "200") else { return };
    let files =
        [file(&dir, "a.jpg", &cover.scanned()), file(&dir, "1.jpg", &jpeg(1)), file(&dir, "2.jpg", &torn_jpeg())];
    assert_eq!(code(desk.take_mixed(&files, None, &mut |_| {})), ErrorCode::FileDamaged);
    assert_eq!(desk.mixed_stacks().unwrap(), []);
    assert!(desk.take_mixed(&[], None, &mut |_| {}).unwrap().stack.is_none());
    let view = desk.take_mixed(&files[..2], Some(1), &mut |_| {}).unwrap().stack.unwrap();
    assert_eq!((view.row.source.as_str(), view.row.waiting, view.alarms.len()), ("a.jpg", 2, 0));
    assert!(desk.loose_picture(waiting(&view)[0]).is_ok() && desk.loose_thumb(waiting(&view)[1]).is_ok());
    assert_eq!(split(&desk, &view).unwrap().kept, 1);
}

/// A run into the component is no part of a mixed stack, nor the other way round.
#[test]
fn a_mixed_stack_is_gone_on_with_as_such_only() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1]);
    let view = scan(&desk, None);
    let onward = ScanRequest { stack: Some(view.row.stack), ..request() };
    assert_eq!(code(desk.scan(id, 1, &onward, &mut |_| {})), ErrorCode::StackNotFound);
    station.feeder.pages([2]);
    let own = crate::world::scan(&desk, id, 1).unwrap();
    assert_ne!(own.stack, Some(view.row.stack));
    let wrong = ScanRequest { stack: own.stack, ..request() };
    assert_eq!(code(desk.scan_mixed(&wrong, None, &mut |_| {})), ErrorCode::StackNotFound);
    assert_eq!(code(desk.mixed_stack(own.stack.unwrap())), ErrorCode::StackNotFound);
    let leaf = &view.groups[0].pages[0];
    assert_eq!((leaf.number, leaf.waits, leaf.placed, leaf.disposition), (1, true, false, Disposition::Kept));
}
