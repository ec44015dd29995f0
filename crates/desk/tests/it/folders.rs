//! Watched folders into a dossier: the tray, F5 on a folder, and a crash at each step of taking (G7, T-08, T-22 to T-24).

use crate::samples::{aside, file, jpeg, kept, torn_jpeg};
use crate::world::{Station, draft};
use desk::view::{DeskEvent, IncomingView, PageProgress, RunEnd, RunOutcome, ScanRequest};
use desk::{Desk, DigitizeInput, DossierId, Error, FolderDone, FolderWhy, digitize_files};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn inbox(station: &Station) -> PathBuf {
    let path = station.dir.path().join("hop-thu");
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// The tray once all these can be taken.
fn ready(desk: &Desk, names: &[&str]) -> Vec<IncomingView> {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let items = desk.tray().unwrap().items;
        if names.iter().all(|name| items.iter().any(|item| item.name == *name && item.ready)) {
            return items;
        }
        assert!(Instant::now() < until, "never ready: {items:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn take(desk: &Desk, id: DossierId, names: &[&str]) -> Result<RunOutcome, Error> {
    let items = ready(desk, names);
    let ids: Vec<String> =
        names.iter().map(|name| items.iter().find(|item| item.name == *name).unwrap().id.clone()).collect();
    desk.take_incoming(id, 1, &ids, &mut |_| {})
}

fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let files = entries.flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn station_folder(dir: &Path) -> PathBuf {
    let own =
        std::fs::read_dir(dir).unwrap().flatten().find(|e| e.file_name().to_string_lossy().starts_with(".motcua-"));
    own.map_or_else(|| dir.join(".motcua-none"), |entry| entry.path())
}

/// A PDF of these sample pages.
fn pdf(station: &Station, numbers: &[u32]) -> Vec<u8> {
    let dir = station.papers();
    let files: Vec<_> = numbers.iter().map(|n| file(&dir, &format!("{n}.jpg"), &jpeg(*n))).collect();
    let output = dir.join("made.pdf");
    let now = station.wall.now();
    let input = DigitizeInput { files: &files, output: &output, locale: desk::view::Locale::Vi };
    digitize_files(&input, &desk::Clock::of(move || now)).unwrap();
    std::fs::read(output).unwrap()
}

/// G7: the program tells by itself that a file came into a folder chosen while it ran, and stops when it is told to.
#[test]
fn what_comes_is_told_without_asking() {
    let (station, desk) = Station::new();
    let (tell, told) = std::sync::mpsc::channel();
    desk.listen(move |event| drop(tell.send(event)));
    let watching = Arc::clone(&desk);
    let watcher = std::thread::spawn(move || watching.keep_watching());
    let dir = inbox(&station);
    desk.watch_folder(&dir, FolderDone::Move).unwrap();
    file(&dir, "a.jpg", &jpeg(1));
    let mut events = std::iter::from_fn(|| told.recv_timeout(Duration::from_secs(60)).ok());
    assert!(events.any(|event| matches!(event, DeskEvent::Tray { ready: 1, arriving: 0 })), "nobody was told");
    desk.stop_watching();
    watcher.join().unwrap();
}

/// G7: what was taken has left the folder, into the folder of what was taken, or for good.
#[test]
fn a_file_is_taken_and_leaves_the_folder() {
    let (station, desk) = Station::new();
    let (dir, id) = (inbox(&station), draft(&desk, 1));
    let folder = desk.watch_folder(&dir, FolderDone::Move).unwrap().remove(0);
    file(&dir, "a.jpg", &jpeg(1));
    file(&dir, "b.jpg", &jpeg(2));
    let outcome = take(&desk, id, &["b.jpg", "a.jpg"]).unwrap();
    assert_eq!((outcome.received, outcome.refused), (2, 0));
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [2, 1], "in the order they were named");
    assert_eq!((names(&dir), names(&dir.join("da-nhan"))), (vec![], vec!["a.jpg".to_owned(), "b.jpg".to_owned()]));
    desk.set_folder_done(&folder.id, FolderDone::Delete).unwrap();
    // The same file once more is known again, and may be taken all the same.
    file(&dir, "c.jpg", &jpeg(1));
    let items = ready(&desk, &["c.jpg"]);
    assert!(items[0].taken_before && !items[0].newer, "{items:?}");
    take(&desk, id, &["c.jpg"]).unwrap();
    assert_eq!(names(&dir).len() + names(&station_folder(&dir)).len(), 0);
    assert_eq!(names(&dir.join("da-nhan")).len(), 2);
}

/// T-08: the store refuses, and the file is still where it was.
#[test]
fn a_refused_commit_leaves_the_source() {
    let (station, desk) = Station::new();
    let (dir, id) = (inbox(&station), draft(&desk, 1));
    desk.watch_folder(&dir, FolderDone::Delete).unwrap();
    file(&dir, "a.jpg", &jpeg(1));
    file(&dir, "b.jpg", &jpeg(2));
    let items = ready(&desk, &["a.jpg", "b.jpg"]);
    let ids: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
    // Between two files the draft goes: the second one's commit is refused.
    let outcome = desk.take_incoming(id, 1, &ids, &mut |progress| {
        if matches!(progress, PageProgress::Page { received: 1, .. }) {
            desk.discard_draft(id).unwrap();
        }
    });
    assert!(matches!(outcome, Err(Error::DossierClosed | Error::DossierNotFound)), "{outcome:?}");
    assert_eq!((names(&dir).len(), names(&station_folder(&dir)).len()), (1, 0));
    // And it can be taken into another.
    let (other, name) = (draft(&desk, 2), names(&dir).remove(0));
    assert_eq!(take(&desk, other, &[&name]).unwrap().received, 1);
}

/// A crash after each step: before the store has the file it is offered again, after that it is finished; never neither,
/// never twice.
#[test]
fn a_crash_while_taking_neither_loses_nor_doubles() {
    let (station, desk) = Station::new();
    let (dir, id) = (inbox(&station), draft(&desk, 1));
    desk.watch_folder(&dir, FolderDone::Move).unwrap();
    // 1: the file moved to the station's own folder and the program died.
    file(&dir, "a.jpg", &jpeg(1));
    ready(&desk, &["a.jpg"]);
    file(&dir, "z.jpg", &jpeg(9));
    take(&desk, id, &["z.jpg"]).unwrap();
    let own = station_folder(&dir);
    std::fs::rename(dir.join("a.jpg"), own.join("a.jpg")).unwrap();
    let desk = station.reopen(desk);
    ready(&desk, &["a.jpg"]);
    assert_eq!((names(&dir), names(&own)), (vec!["a.jpg".to_owned()], vec![]), "given back");
    // 2: the store has it, but it could not leave the station's folder any more.
    std::fs::rename(dir.join("da-nhan"), dir.join("away")).unwrap();
    std::fs::write(dir.join("da-nhan"), "in the way").unwrap();
    take(&desk, id, &["a.jpg"]).unwrap();
    assert_eq!(names(&own), ["a.jpg"]);
    let desk = station.reopen(desk);
    std::fs::remove_file(dir.join("da-nhan")).unwrap();
    std::fs::rename(dir.join("away"), dir.join("da-nhan")).unwrap();
    assert!(desk.tray().unwrap().items.iter().all(|item| item.name != "a.jpg"), "not offered again");
    assert_eq!((names(&own), names(&dir.join("da-nhan"))), (vec![], vec!["a.jpg".to_owned(), "z.jpg".to_owned()]));
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [9, 1]);
    // 3: after that the same file, if it comes again and a crash hits it before it is stored, is given back as any other.
    std::fs::write(own.join("a.jpg"), jpeg(1)).unwrap();
    let desk = station.reopen(desk);
    desk.tray().unwrap();
    assert_eq!(names(&dir), ["a.jpg"]);
}

/// T-23: one PDF written again as 1, 1+2, 1+2+3 while it is taken: each page counts once, the latest version does.
#[test]
fn a_rewritten_file_counts_each_page_once() {
    let (station, desk) = Station::new();
    let (dir, id) = (inbox(&station), draft(&desk, 1));
    desk.watch_folder(&dir, FolderDone::Move).unwrap();
    for pages in [&[1][..], &[1, 2], &[1, 2, 3]] {
        let version = pdf(&station, pages);
        file(&dir, "scan.pdf", &version);
        let items = ready(&desk, &["scan.pdf"]);
        assert_eq!(items[0].newer, pages.len() > 1);
        take(&desk, id, &["scan.pdf"]).unwrap();
        let component = desk.open_dossier(id).unwrap().components.remove(0);
        let counted = component.pages.iter().filter(|page| page.disposition == desk::Disposition::Kept).count();
        assert_eq!(counted, pages.len());
    }
    // Other pages under that name are other pages.
    let other = pdf(&station, &[7]);
    file(&dir, "scan.pdf", &other);
    take(&desk, id, &["scan.pdf"]).unwrap();
    let component = desk.open_dossier(id).unwrap().components.remove(0);
    assert_eq!(component.pages.iter().filter(|page| page.disposition == desk::Disposition::Kept).count(), 4);
    assert_eq!(names(&dir.join("da-nhan")).len(), 4, "nothing was written over");
}

/// T-22, T-24: F5 on a folder takes what comes next, whole, from a slow writer, and what waited before stays in the tray.
#[test]
fn f5_takes_what_comes_next() {
    let (station, desk) = Station::new();
    let (dir, id) = (inbox(&station), draft(&desk, 1));
    desk.watch_folder(&dir, FolderDone::Move).unwrap();
    file(&dir, "before.jpg", &jpeg(50));
    file(&dir, "torn.jpg", &torn_jpeg());
    let scanner = desk.devices().unwrap().into_iter().find(|one| one.id.starts_with("folder:")).unwrap();
    let request = ScanRequest { device: scanner.id, expected: Some(2), ..ScanRequest::default() };
    let at_work = Arc::clone(&desk);
    let run = std::thread::spawn(move || at_work.scan(id, 1, &request, &mut |_| {}).unwrap());
    std::thread::sleep(Duration::from_millis(400));
    for n in [3, 4] {
        let (path, bytes) = (dir.join(format!("{n}.jpg")), jpeg(n));
        for end in [bytes.len() / 3, bytes.len() / 2, bytes.len()] {
            std::fs::write(&path, &bytes[..end]).unwrap();
            std::thread::sleep(Duration::from_millis(300));
        }
    }
    let outcome = run.join().unwrap();
    assert_eq!((outcome.ended, outcome.received, outcome.error), (RunEnd::Empty, 2, None));
    assert_eq!(kept(&desk.open_dossier(id).unwrap(), 1), [3, 4]);
    let items = ready(&desk, &["before.jpg"]);
    let torn = items.iter().find(|item| item.name == "torn.jpg").unwrap();
    assert_eq!((torn.ready, torn.waiting, torn.why), (false, true, Some(FolderWhy::Incomplete)));
    assert!(torn.told.as_ref().is_some_and(|told| told.contains("đọc lại")));
    assert!(aside(&desk.open_dossier(id).unwrap(), 1).is_empty());
}

/// The station's own folder cannot be watched, nor one that holds it.
#[test]
fn the_station_does_not_watch_itself() {
    let (station, desk) = Station::new();
    for path in [station.data(), station.dir.path().to_owned()] {
        assert!(matches!(desk.watch_folder(&path, FolderDone::Move), Err(Error::FolderUnfit)));
    }
    assert!(desk.watch_folder(&station.dir.path().join("not-there"), FolderDone::Move).is_err());
}
