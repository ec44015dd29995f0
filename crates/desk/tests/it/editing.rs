//! Pages changed in place, and taken back (H6, G10).

use crate::feeder::Step;
use crate::looks::sheet;
use crate::samples::{aside, file, jpeg, kept};
use crate::world::{Station, draft, request, scan};
use desk::view::{DossierView, PagePlace, ScanRequest};
use desk::{Crop, Desk, DossierId, Error, PageAct, PageId, PhotoPaper};
use domain::{AsideReason, PageWhat};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn ids(view: &DossierView, component: u32) -> Vec<PageId> {
    let of = view.components.iter().find(|one| one.index == component).unwrap();
    of.pages.iter().map(|page| page.id).collect()
}

fn all(view: &DossierView) -> Vec<PageId> {
    view.components.iter().flat_map(|one| &one.pages).map(|page| page.id).collect()
}

fn with_pages(station: &Station, desk: &Desk, pages: u32) -> DossierId {
    let id = draft(desk, 1);
    station.feeder.pages(1..=pages);
    scan(desk, id, 1).unwrap();
    id
}

/// T-06: a page that was deleted comes back by undo, also after the program was closed in between.
#[test]
fn a_page_set_aside_comes_back_across_a_restart() {
    let (station, desk) = Station::new();
    let id = with_pages(&station, &desk, 3);
    let pages = ids(&desk.open_dossier(id).unwrap(), 1);
    let first = desk.open_dossier(id).unwrap();
    desk.set_page_aside(pages[1], true).unwrap();
    let turned = desk.edit_pages(id, &PageAct::Turn { pages: vec![pages[0]], quarters: 1 }).unwrap();
    assert_eq!((kept(&turned, 1), aside(&turned, 1)), (vec![1, 3], vec![2]));
    let desk = station.reopen(desk);
    assert_eq!(desk.undo_pages(id).unwrap().what, PageWhat::Turn);
    let undone = desk.undo_pages(id).unwrap();
    assert_eq!((undone.what, undone.pages), (PageWhat::Aside, vec![pages[1]]));
    assert_eq!(undone.dossier.components, first.components);
    assert!(matches!(desk.undo_pages(id), Err(Error::NothingToUndo)));
    desk.redo_pages(id).unwrap();
    assert_eq!(desk.redo_pages(id).unwrap().dossier.components, turned.components);
    assert!(matches!(desk.redo_pages(id), Err(Error::NothingToUndo)));
    assert_eq!(desk.page_history(id).unwrap().len(), 6, "every undo is an action of its own");
}

/// G10: another scan takes the place of a page, which is set aside and comes back by undo.
#[test]
fn a_page_is_scanned_again_in_its_place() {
    let (station, desk) = Station::new();
    let id = with_pages(&station, &desk, 3);
    let before = ids(&desk.open_dossier(id).unwrap(), 1);
    station.feeder.clear();
    station.feeder.pages([7]);
    let asked = ScanRequest { place: Some(PagePlace::Replace { page: before[1] }), ..request() };
    desk.scan(id, 1, &asked, &mut |_| {}).unwrap();
    let view = desk.open_dossier(id).unwrap();
    assert_eq!((kept(&view, 1), aside(&view, 1)), (vec![1, 7, 3], vec![2]));
    let old = view.components[0].pages.iter().find(|page| page.id == before[1]).unwrap();
    assert_eq!(old.aside, Some(AsideReason::Replaced));
    let undone = desk.undo_pages(id).unwrap();
    assert_eq!(undone.what, PageWhat::Replace);
    assert_eq!((kept(&undone.dossier, 1), aside(&undone.dossier, 1)), (vec![1, 2, 3], vec![7]), "nothing is unmade");
    assert_eq!(kept(&desk.redo_pages(id).unwrap().dossier, 1), [1, 7, 3]);
    station.feeder.clear();
    station.feeder.pages([8, 9]);
    let asked = ScanRequest { place: Some(PagePlace::Before { page: before[0] }), ..request() };
    desk.scan(id, 1, &asked, &mut |_| {}).unwrap();
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [8, 9, 1, 7, 3]);
    assert_eq!(kept(&desk.undo_pages(id).unwrap().dossier, 1), [1, 7, 3], "both pages were one action");
}

/// G10: a file takes a page's place or is put before one, all of its pages as one action.
#[test]
fn files_are_put_where_they_are_wanted() {
    let (station, desk) = Station::new();
    let id = with_pages(&station, &desk, 3);
    let before = ids(&desk.open_dossier(id).unwrap(), 1);
    let dir = station.papers();
    let files = [file(&dir, "a.jpg", &jpeg(7)), file(&dir, "b.jpg", &jpeg(8))];
    let put = |place| desk.import_files_at((id, 1, place), &files, &mut |_| {}).unwrap();
    put(PagePlace::Before { page: before[1] });
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [1, 7, 8, 2, 3]);
    assert_eq!(kept(&desk.undo_pages(id).unwrap().dossier, 1), [1, 2, 3], "both files were one action");
    put(PagePlace::Replace { page: before[2] });
    let view = desk.open_dossier(id).unwrap();
    assert_eq!((kept(&view, 1), view.pages.received), (vec![1, 2, 7, 8], 7));
    let old = view.components[0].pages.iter().find(|page| page.id == before[2]).unwrap();
    assert_eq!(old.aside, Some(AsideReason::Replaced));
    let nowhere = PagePlace::Before { page: ids(&desk.open_dossier(with_pages(&station, &desk, 1)).unwrap(), 1)[0] };
    let refused = desk.import_files_at((id, 1, nowhere), &files, &mut |_| {});
    assert!(matches!(refused, Err(Error::PageNotFound)), "told before anything is read: {refused:?}");
    assert_eq!(desk.open_dossier(id).unwrap().pages.received, 7);
}

/// A sheet that lay the wrong way round is blank: the page that was to be scanned again stays.
#[test]
fn a_blank_sheet_takes_no_pages_place() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.load([Step::Side(sheet(1, 2339))]);
    scan(&desk, id, 1).unwrap();
    let page = ids(&desk.open_dossier(id).unwrap(), 1)[0];
    station.feeder.clear();
    station.feeder.load([Step::Side(sheet(0, 2339))]);
    let asked = ScanRequest { place: Some(PagePlace::Replace { page }), ..request() };
    let outcome = desk.scan(id, 1, &asked, &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.kept), (1, 0));
    let view = desk.open_dossier(id).unwrap();
    let kept: Vec<PageId> =
        view.components[0].pages.iter().filter(|one| one.aside.is_none()).map(|one| one.id).collect();
    assert_eq!(kept, [page]);
}

/// T-20: page 1 is turned while page 2 comes in; both are there.
#[test]
fn a_page_is_turned_while_the_next_is_scanned() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    station.feeder.pages([1, 2]);
    let mut first = None;
    desk.scan(id, 1, &request(), &mut |progress| {
        if let desk::view::PageProgress::Page { page, received: 1, .. } = progress {
            desk.edit_pages(id, &PageAct::Turn { pages: vec![page.id], quarters: 3 }).unwrap();
            first = Some(page.id);
        }
    })
    .unwrap();
    let view = desk.open_dossier(id).unwrap();
    assert_eq!(kept(&view, 1), [1, 2]);
    assert_eq!((Some(view.components[0].pages[0].id), view.components[0].pages[0].edit.turns), (first, 3));
    assert_eq!(desk.undo_pages(id).unwrap().dossier.components[0].pages[0].edit.turns, 0);
}

/// Undoing what does not fit any more is refused in words, and nothing is done.
#[test]
fn an_undo_that_does_not_fit_does_nothing() {
    let (station, desk) = Station::new();
    let id = with_pages(&station, &desk, 2);
    let pages = ids(&desk.open_dossier(id).unwrap(), 1);
    desk.move_page(pages[0], 2, None).unwrap();
    // Another procedure has other papers: where the page came from is not there any more.
    desk.choose_procedure(id, crate::world::BIRTH, None).unwrap();
    let before = desk.open_dossier(id).unwrap();
    assert!(matches!(desk.undo_pages(id), Err(Error::UndoUnfit)));
    assert_eq!(desk.open_dossier(id).unwrap(), before);
    let accepted = crate::world::accepted(&desk, 2);
    assert!(matches!(desk.undo_pages(accepted.id), Err(Error::DossierClosed)));
}

fn act() -> impl Strategy<Value = (u8, usize, usize, u32, u8)> {
    (0..9_u8, 0..9_usize, 0..9_usize, 1..4_u32, 1..4_u8)
}

fn of(view: &DossierView, (kind, one, two, component, quarters): (u8, usize, usize, u32, u8)) -> PageAct {
    let pages = all(view);
    let page = |n: usize| pages[n % pages.len()];
    let crop = Crop { left: 500 * u16::from(quarters), top: 100, right: 9_000, bottom: 7_000 };
    match kind {
        0 => PageAct::Turn { pages: vec![page(one), page(two)], quarters },
        1 => PageAct::Crop { page: page(one), crop: (two % 3 > 0).then_some(crop) },
        2 => PageAct::Move { pages: vec![page(one), page(two)], component, before: None },
        3 => PageAct::Move { pages: vec![page(one)], component, before: Some(page(two)) },
        4 => PageAct::Aside { pages: vec![page(one)] },
        5 => PageAct::Back { pages: vec![page(one)] },
        6 => PageAct::Split { from: page(one), component },
        7 => PageAct::Merge { from: component, into: component % 3 + 1 },
        _ => PageAct::Reverse { component },
    }
}

/// Any actions, all undone, give the first state; all redone, the last.
#[test]
fn all_undone_is_the_first_state_and_all_redone_the_last() {
    let (station, desk) = Station::new();
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&proptest::collection::vec(act(), 1..14), |acts| {
            station.feeder.clear();
            let id = with_pages(&station, &desk, 5);
            let first = desk.open_dossier(id).unwrap().components;
            for act in acts {
                let before = desk.open_dossier(id).unwrap();
                if desk.edit_pages(id, &of(&before, act)).is_err() {
                    prop_assert_eq!(desk.open_dossier(id).unwrap(), before, "refused, and yet changed something");
                }
            }
            let last = desk.open_dossier(id).unwrap();
            prop_assert_eq!(last.pages.received, 5);
            let mut undone = 0;
            while desk.undo_pages(id).is_ok() {
                undone += 1;
            }
            prop_assert_eq!(desk.open_dossier(id).unwrap().components, first);
            for _ in 0..undone {
                desk.redo_pages(id).unwrap();
            }
            prop_assert_eq!(desk.open_dossier(id).unwrap().components, last.components);
            Ok(())
        })
        .unwrap();
}

/// G8: corners said by hand lie where they are seen, also on a turned page; too coarse or crossed, nothing changes.
#[test]
fn paper_is_laid_flat_where_its_corners_are_seen() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    // A whole sheet of A4 at 200 dots an inch.
    station.feeder.load([Step::Side(sheet(1, 2339))]);
    scan(&desk, id, 1).unwrap();
    let page = ids(&desk.open_dossier(id).unwrap(), 1)[0];
    desk.edit_pages(id, &PageAct::Turn { pages: vec![page], quarters: 1 }).unwrap();
    let edges = desk.paper_edges(page).unwrap();
    assert!(!edges.found, "no table is seen around it");
    let whole = [(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)];
    let half = [(0, 0), (5_000, 0), (5_000, 10_000), (0, 10_000)];
    assert!(matches!(desk.lay_flat(page, half, PhotoPaper::A4), Err(Error::PhotoCoarse { .. })));
    let crossed = [whole[0], whole[2], whole[1], whole[3]];
    assert!(matches!(desk.lay_flat(page, crossed, PhotoPaper::A4), Err(Error::BadInput("corners"))));
    let said = [(100, 200), (10_000, 0), (10_000, 10_000), (0, 10_000)];
    let view = desk.lay_flat(page, said, PhotoPaper::A5).unwrap();
    let flat = view.components[0].pages[0].edit.flat.unwrap();
    // Seen turned to the right, its upper left corner is the lower left one of the page.
    assert_eq!((flat.corners[3], flat.width, flat.height), ((200, 9_900), 1_480, 2_100));
    let again = desk.paper_edges(page).unwrap();
    assert_eq!((again.corners, again.found, again.paper), (said, true, PhotoPaper::A5));
    assert!(desk.page_picture(page).is_ok() && desk.whole_picture(page).is_ok());
    assert_eq!(desk.undo_pages(id).unwrap().what, PageWhat::Flatten);
    assert_eq!(desk.open_dossier(id).unwrap().components[0].pages[0].edit.flat, None);
}
