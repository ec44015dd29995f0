//! Whatever a clerk does with a draft, in whatever order: received = kept + set aside, every page is somewhere
//! on the screen, and the status is the fold of the log.

use crate::world::{BIRTH, MARRIAGE, Station, person, scan};
use desk::view::{DossierView, PaperCounts};
use desk::{Desk, DossierId, PageId};
use domain::Status;
use domain::status::fold;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::sync::Mutex;

#[derive(Debug, Clone)]
enum Edit {
    Scan { component: u32, pages: u32 },
    Aside { page: usize, aside: bool },
    Move { page: usize, component: u32, before: Option<usize> },
    Choose { which: usize },
    Count { component: u32, originals: u32 },
    Applicant(u32),
    Discard,
    Restore,
    Accept,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0..7_u32, 1..4_u32).prop_map(|(component, pages)| Edit::Scan { component, pages }),
        4 => (0..12_usize, any::<bool>()).prop_map(|(page, aside)| Edit::Aside { page, aside }),
        6 => (0..12_usize, 0..7_u32, proptest::option::of(0..12_usize))
            .prop_map(|(page, component, before)| Edit::Move { page, component, before }),
        4 => (0..5_usize).prop_map(|which| Edit::Choose { which }),
        1 => (0..7_u32, 0..3_u32).prop_map(|(component, originals)| Edit::Count { component, originals }),
        1 => (1..9_u32).prop_map(Edit::Applicant),
        1 => Just(Edit::Discard),
        2 => Just(Edit::Restore),
        1 => Just(Edit::Accept),
    ]
}

/// Does the edit; one that is refused changes nothing, which the caller checks. Says how many pages came in.
fn apply(station: &Station, desk: &Desk, id: DossierId, pages: &[PageId], edit: &Edit) -> (bool, u32) {
    const CHOICES: [(&str, Option<&str>); 5] =
        [(MARRIAGE, None), (BIRTH, None), (BIRTH, Some("bo-roi")), (BIRTH, Some("mang-thai-ho")), ("9.9", None)];
    let page = |n: usize| pages.get(n % pages.len().max(1)).copied();
    let done = match *edit {
        Edit::Scan { component, pages } => {
            station.feeder.clear();
            station.feeder.pages(1..=pages);
            return scan(desk, id, component).map_or((false, 0), |outcome| (true, outcome.received));
        }
        Edit::Aside { page: n, aside } => page(n).map(|page| desk.set_page_aside(page, aside).is_ok()),
        Edit::Move { page: n, component, before } => {
            page(n).map(|moved| desk.move_page(moved, component, before.and_then(page)).is_ok())
        }
        Edit::Choose { which } => Some(desk.choose_procedure(id, CHOICES[which].0, CHOICES[which].1).is_ok()),
        Edit::Count { component, originals } => {
            Some(desk.set_papers(id, component, PaperCounts { originals, ..PaperCounts::default() }).is_ok())
        }
        Edit::Applicant(n) => Some(desk.save_applicant(id, &person(n)).is_ok()),
        Edit::Discard => Some(desk.discard_draft(id).is_ok()),
        Edit::Restore => Some(desk.restore_draft(id).is_ok()),
        Edit::Accept => Some(desk.accept(id).is_ok()),
    };
    (done.unwrap_or(false), 0)
}

fn on_screen(view: &DossierView) -> Vec<PageId> {
    view.components.iter().flat_map(|component| &component.pages).map(|page| page.id).collect()
}

#[test]
fn no_order_of_edits_loses_a_page() {
    let (station, desk) = Station::new();
    let dossiers = Mutex::new(Vec::new());
    let config = Config { cases: 16, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let outcome =
        TestRunner::new(config).run(&proptest::collection::vec(edit(), 1..25), |edits| {
            let id = desk.new_dossier().unwrap().id;
            dossiers.lock().unwrap().push(id);
            let (mut before, mut received) = (desk.open_dossier(id).unwrap(), 0);
            for edit in &edits {
                let pages = on_screen(&before);
                let (done, came) = apply(&station, &desk, id, &pages, edit);
                received += came;
                let view = desk.open_dossier(id).unwrap();
                prop_assert_eq!(view.pages.received, received, "{:?}: pages came or went by an edit", edit);
                prop_assert_eq!(view.pages.received, view.pages.kept + view.pages.set_aside);
                let shown = on_screen(&view);
                prop_assert_eq!(shown.len(), received as usize, "{:?}: a page is on no screen", edit);
                let distinct: BTreeSet<_> = shown.iter().collect();
                prop_assert_eq!(distinct.len(), shown.len(), "{:?}: a page is there twice", edit);
                prop_assert!(pages.iter().all(|page| distinct.contains(page)), "{:?}: a page was replaced", edit);
                if !done {
                    prop_assert_eq!(&view, &before, "{:?} was refused and yet changed something", edit);
                }
                if view.status == Status::Received {
                    prop_assert!(
                        view.components.iter().all(|c| c.digitized
                            || c.pages.iter().all(|page| page.disposition == desk::Disposition::SetAside))
                    );
                }
                before = view;
            }
            Ok(())
        });
    outcome.unwrap();
    let dossiers = dossiers.into_inner().unwrap();
    station.look_inside(desk, |store| {
        for id in dossiers {
            let (dossier, events) =
                store.read(|r| -> Result<_, store::Error> { Ok((r.dossier(id)?.unwrap(), r.events(id)?)) }).unwrap();
            assert_eq!(fold(events.iter().map(|event| event.kind)), Ok(dossier.status), "the log is the truth");
            assert_eq!(dossier.status == Status::Received, dossier.code.is_some());
        }
    });
}
