//! J4: everything is read back, what is not what it was is named with the dossiers that need it, and nothing is deleted.

use crate::world::{PASSWORD, Station, counted, draft, scan};
use chrono::TimeDelta;
use desk::view::{DeskEvent, DossierView};
use desk::{CheckReport, Clock, Database, Desk, Error, Flaw, Parts};
use domain::FileHash;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// An accepted dossier with `pages` scanned pages.
pub(crate) fn scanned(station: &Station, desk: &Desk, n: u32, pages: std::ops::Range<u32>) -> DossierView {
    let id = draft(desk, n);
    station.feeder.pages(pages);
    scan(desk, id, 1).unwrap();
    desk.accept(id).unwrap()
}

fn check(desk: &Desk) -> CheckReport {
    desk.check(false, &mut |_| true).unwrap()
}

pub(crate) fn page_file(station: &Station, n: u32) -> (FileHash, PathBuf) {
    let hash = FileHash::of(&crate::samples::jpeg(n));
    let name = hash.to_string();
    (hash, station.data().join("files").join(&name[..2]).join(name))
}

#[test]
fn a_whole_station_is_found_whole() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..4);
    let report = check(&desk);
    assert_eq!((report.checked, report.bad, report.orphans), (4, vec![], 0), "three pages and their PDF");
    assert_eq!((report.database, report.finished), (Database::Whole, true));
    assert!(desk.care_state().unwrap().last_check.is_some());
}

#[test]
fn what_is_gone_changed_or_shortened_is_named_with_its_dossiers() {
    let (station, desk) = Station::new();
    let first = scanned(&station, &desk, 1, 1..4);
    // The second page is in two dossiers; the second one is a draft and has no code yet.
    let second = draft(&desk, 2);
    station.feeder.pages([2]);
    scan(&desk, second, 1).unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let own = Arc::clone(&heard);
    desk.listen(move |event| own.lock().unwrap().extend(matches!(event, DeskEvent::Damaged { .. }).then_some(event)));

    let files: Vec<_> = (1..4).map(|n| page_file(&station, n)).collect();
    let whole: Vec<_> = files.iter().map(|(_, path)| std::fs::read(path).unwrap()).collect();
    std::fs::remove_file(&files[0].1).unwrap();
    let mut flipped = whole[1].clone();
    flipped[40] ^= 1;
    std::fs::write(&files[1].1, flipped).unwrap();
    std::fs::write(&files[2].1, &whole[2][..whole[2].len() - 1]).unwrap();

    let report = check(&desk);
    assert_eq!((report.missing, report.finished, report.database), (1, true, Database::Whole));
    let code = first.code.unwrap();
    let mut both = vec![code.clone(), second.to_string()];
    both.sort();
    for (n, what, dossiers) in
        [(0, Flaw::Missing, vec![code.clone()]), (1, Flaw::Changed, both), (2, Flaw::Size, vec![code.clone()])]
    {
        let found = report.bad.iter().find(|bad| bad.hash == files[n].0).unwrap();
        assert_eq!((found.what, &found.dossiers), (what, &dossiers));
    }
    assert_eq!(report.bad.len(), 3);
    assert_eq!(*heard.lock().unwrap(), [DeskEvent::Damaged { count: 3 }], "the window is told");
    assert_eq!(desk.care_state().unwrap().bad_files, 3);

    for ((_, path), bytes) in files.iter().zip(whole) {
        std::fs::write(path, bytes).unwrap();
    }
    assert_eq!(check(&desk).bad, []);
    assert_eq!(desk.care_state().unwrap().bad_files, 0, "what is whole again is no longer bad");
}

/// A PDF has no page row: whoever lost one must be told all the same.
#[test]
fn a_lost_pdf_is_named_with_its_dossier() {
    let (station, desk) = Station::new();
    let view = scanned(&station, &desk, 1, 1..3);
    let pdf = station.look_inside(desk, |store| {
        store.read(|r| r.dossier(view.id)).unwrap().unwrap().components[0].digitized.clone().unwrap().file
    });
    let name = pdf.to_string();
    std::fs::remove_file(station.data().join("files").join(&name[..2]).join(&name)).unwrap();
    let desk = reopened(&station);
    let report = check(&desk);
    assert_eq!(report.bad.len(), 1);
    assert_eq!((report.bad[0].hash, &report.bad[0].dossiers), (pdf, &vec![view.code.unwrap()]));
}

fn reopened(station: &Station) -> Desk {
    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    desk
}

/// A page that does not read when somebody looks at it is noted then, not at night.
#[test]
fn a_page_that_does_not_open_is_noted_at_once() {
    let (station, desk) = Station::new();
    let view = scanned(&station, &desk, 1, 1..2);
    let (_, path) = page_file(&station, 1);
    std::fs::write(&path, b"rot").unwrap();
    let error = desk.page_picture(view.components[0].pages[0].id).unwrap_err();
    assert_eq!(desk.explain(&error).code, desk::ErrorCode::DataDamaged);
    assert_eq!(desk.care_state().unwrap().bad_files, 1);
}

/// Stopped in the middle it goes on from there; `fresh` starts over.
#[test]
fn an_interrupted_check_goes_on_where_it_stood() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..10);
    let half = desk.check(false, &mut |progress| progress.checked < 5).unwrap();
    assert_eq!((half.checked, half.finished, half.database), (5, false, Database::Unchecked));
    let desk = station.reopen(desk);
    // What was looked at already is not looked at again; only so can one tell that it went on.
    let mut hashes: Vec<_> = (1..10).map(|n| page_file(&station, n)).collect();
    hashes.sort();
    std::fs::remove_file(&hashes[0].1).unwrap();
    let rest = check(&desk);
    assert_eq!((rest.checked, rest.bad.len(), rest.finished), (10, 0, true));
    let fresh = desk.check(true, &mut |_| true).unwrap();
    assert_eq!((fresh.checked, fresh.bad.len()), (10, 1));
}

/// T-08: bytes whose row never came are left by a crash; they are told of and stay.
#[test]
fn orphans_are_counted_and_left_alone() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..2);
    let left = station.look_inside(desk, |store| store.put_file(b"bytes without a row").unwrap());
    let name = left.to_string();
    let path = station.data().join("files").join(&name[..2]).join(&name);
    let desk = reopened(&station);
    let report = check(&desk);
    assert_eq!((report.orphans, report.bad.len()), (1, 0));
    assert!(path.exists());
}

/// A dossier's PDF or a waiting command that names a file nobody lists.
#[test]
fn a_reference_without_a_file_is_found() {
    let (station, desk) = Station::new();
    let view = scanned(&station, &desk, 1, 1..2);
    let lost = FileHash::of(b"never kept");
    station.look_inside(desk, |store| {
        store
            .write(|tx| -> Result<(), store::Error> {
                let mut dossier = tx.reader().dossier(view.id)?.unwrap();
                let item = tx.reader().outbox_of(view.id)?.unwrap();
                let body = String::from_utf8(tx.reader().outbox_body(item.id)?.unwrap()).unwrap();
                let made = dossier.components[0].digitized.as_mut().unwrap();
                let sent = body.replace(&made.file.to_string(), &FileHash::of(b"never sent").to_string());
                assert_ne!(sent, body);
                made.file = lost;
                tx.put_dossier(&dossier)?;
                tx.add_outbox(domain::CommandId::from_bytes([9; 16]), view.id, sent.as_bytes(), station.wall.now())
            })
            .unwrap();
    });
    let report = check(&reopened(&station));
    let mut found: Vec<_> = report.bad.iter().map(|bad| (bad.hash, bad.what, bad.dossiers.clone())).collect();
    let mut wanted =
        [lost, FileHash::of(b"never sent")].map(|hash| (hash, Flaw::Missing, vec![view.code.clone().unwrap()]));
    found.sort_by_key(|bad| bad.0);
    wanted.sort_by_key(|bad| bad.0);
    assert_eq!(found, wanted);
}

/// T-57: the database rots too.
#[test]
fn a_rotten_page_of_the_database_is_damage() {
    let (station, desk) = Station::new();
    for n in 1..40 {
        counted(&desk, n);
    }
    station.look_inside(desk, |store| store.fold_log().unwrap());
    let path = station.data().join("motcua.db");
    let whole = std::fs::read(&path).unwrap();
    let mut found = 0;
    // Some pages are needed to sign in at all; the others rot unseen.
    for page in (2..whole.len() / 4_096).step_by(9) {
        let mut bytes = whole.clone();
        bytes[page * 4_096 + 100] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let desk = Desk::open(&station.data(), station.parts()).unwrap();
        if desk.sign_in("clerk", PASSWORD).is_ok() {
            assert_eq!(desk.check(true, &mut |_| true).unwrap().database, Database::Damaged, "page {page}");
            found += 1;
        }
        drop(desk);
        for left in ["motcua.db-wal", "motcua.db-shm", "sign-ins.json"] {
            let _ = std::fs::remove_file(station.data().join(left));
        }
    }
    assert!(found > 2, "{found}");
}

/// At night, or when nobody has done anything for ten minutes; once a day; and not while somebody works.
#[test]
fn the_station_checks_itself_when_nobody_needs_it() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..3);
    let checked = || desk.care_state().unwrap().last_check;
    desk.care();
    assert_eq!(checked(), None, "somebody works");
    station.wall.pass(TimeDelta::minutes(11));
    desk.care();
    let first = checked();
    assert!(first.is_some());
    station.wall.pass(TimeDelta::hours(19));
    desk.care();
    assert_eq!(checked(), first, "once a day");
    station.wall.pass(TimeDelta::hours(2));
    desk.care();
    assert_ne!(checked(), first);
    station.wall.pass(TimeDelta::hours(30));
    desk.sign_in("clerk", PASSWORD).unwrap();
    desk.sign_out().unwrap();
    let second = checked();
    desk.care();
    assert_ne!(checked(), second, "nobody is signed in");
    assert_eq!(desk.verify_log().err().map(|error| error.code().0), Some(desk::ErrorCode::NotSignedIn));
}

/// Somebody comes while it runs: it stops at once, notes its place, and goes on the next time.
#[test]
fn the_nightly_check_gives_way_at_once() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..30);
    drop(desk);
    let asked = Arc::new(AtomicU32::new(u32::MAX));
    let (wall, count) = (station.wall.clone(), Arc::clone(&asked));
    // As soon as the clock was asked so often, it is the minute in which somebody worked.
    let clock = Clock::of(move || {
        let left = count.fetch_sub(1, Ordering::SeqCst);
        if left == 1 {
            wall.pass(TimeDelta::minutes(-20));
        }
        wall.now()
    });
    let desk = Desk::open(&station.data(), Parts { clock, ..station.parts() }).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    station.wall.pass(TimeDelta::minutes(20));
    asked.store(12, Ordering::SeqCst);
    desk.care();
    assert_eq!(desk.care_state().unwrap().last_check, None);
    let mut first = None;
    desk.check(false, &mut |progress| {
        first.get_or_insert(progress.checked);
        true
    })
    .unwrap();
    let first = first.unwrap();
    assert!((2..25).contains(&first), "it stopped early and kept its place: {first}");
}

#[test]
fn two_checks_do_not_run_at_once() {
    let (station, desk) = Station::new();
    scanned(&station, &desk, 1, 1..2);
    let mut second = None;
    desk.check(false, &mut |_| {
        second.get_or_insert_with(|| desk.check(false, &mut |_| true).map(drop));
        true
    })
    .unwrap();
    assert!(matches!(second, Some(Err(Error::CareRunning))));
}
