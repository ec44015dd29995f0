//! The scanner doctor: every state in Vietnamese with what to do, and a report that tells of nobody.

use crate::feeder::FEEDER;
use crate::world::{Station, draft, request};
use desk::view::{ScannerExamination, ScannerFinding, ScannerStep};
use desk::{Desk, Error, ErrorCode, FolderDone};
use devices::{ScanError, Source};
use std::sync::{Arc, mpsc};
use std::time::Duration;

#[test]
fn the_doctor_says_of_every_scanner_what_is_and_what_to_do() {
    let (station, _desk) = Station::created();
    let look = |only| desk::examine_scanners(&station.parts(), &station.data(), only);
    let steps: Vec<_> = look(None).findings.into_iter().map(|one| (one.step, one.device.is_some(), one.fine)).collect();
    let all =
        [(ScannerStep::Found, false, true), (ScannerStep::State, true, true), (ScannerStep::Abilities, true, true)];
    assert_eq!(steps, all);
    let gone = look(Some("peer:none")).findings;
    let last = gone.last().unwrap();
    assert!(gone.len() == 2 && !last.fine && last.step == ScannerStep::State, "{gone:?}");
    assert!(last.said.contains("Không tìm thấy") && last.advice.is_some(), "what is wrong, and what to do: {last:?}");
}

fn look(desk: &Desk) -> ScannerExamination {
    desk.examine_scanners(None, &mut |_| {}).unwrap()
}

fn state(findings: &[ScannerFinding]) -> &ScannerFinding {
    findings.iter().find(|one| one.step == ScannerStep::State).unwrap()
}

/// T-04 and its like: whatever a driver answers has a sentence and an advice of its own.
#[test]
fn every_state_has_its_sentence_and_what_to_do() {
    let (station, desk) = Station::new();
    let io = std::io::Error::other("no such device");
    let failed = ScanError::Failed { message: "sane_start:\nInvalid argument".into(), code: Some(1) };
    let states = [
        (ScanError::NotFound { device: FEEDER.into() }, ErrorCode::ScannerNotFound),
        (ScanError::NoSource { source_wanted: Source::Feeder }, ErrorCode::ScannerNoSource),
        (ScanError::FeederEmpty, ErrorCode::ScannerFeederEmpty),
        (ScanError::Jam, ErrorCode::ScannerJam),
        (ScanError::DoubleFeed, ErrorCode::ScannerDoubleFeed),
        (ScanError::CoverOpen, ErrorCode::ScannerCoverOpen),
        (ScanError::Busy, ErrorCode::ScannerBusy),
        (ScanError::Timeout { after: Duration::from_secs(30) }, ErrorCode::ScannerTimeout),
        (ScanError::ProgramMissing { program: "scanimage" }, ErrorCode::ScannerMissing),
        (ScanError::AccessDenied, ErrorCode::ScannerDenied),
        (failed, ErrorCode::ScannerFailed),
        (ScanError::Io { path: "may-cua-lan/quet".into(), source: io }, ErrorCode::ScannerFailed),
    ];
    let mut said = std::collections::HashSet::new();
    for (error, code) in states {
        let (shown, own_words) = (error.to_string(), matches!(error, ScanError::Failed { .. }));
        station.feeder.ails(error);
        let seen = look(&desk);
        let one = state(&seen.findings);
        if code == ErrorCode::ScannerFailed {
            assert_eq!(one.detail.is_some(), own_words, "a driver's words are told, a path is not: {one:?}");
        } else {
            assert_eq!(one.code, Some(code), "{shown}");
            assert!(said.insert(one.said.clone()), "two states are told alike: {}", one.said);
        }
        assert!(!one.fine && one.advice.as_ref().is_some_and(|advice| !advice.is_empty()), "{shown}: {one:?}");
        assert!(!seen.report.contains("lan"), "a report names nobody: {}", seen.report);
    }
    let fine = look(&desk);
    assert!(fine.findings.iter().all(|one| one.fine), "{fine:?}");
}

/// A watched folder is a scanner too; its name and its place are people's and stay out of the report.
#[test]
fn a_folder_that_is_away_is_told_and_not_named() {
    let (station, desk) = Station::new();
    let path = station.dir.path().join("quet-cua-co-lan");
    std::fs::create_dir_all(&path).unwrap();
    desk.watch_folder(&path, FolderDone::Move).unwrap();
    assert!(look(&desk).findings.iter().all(|one| one.fine));
    std::fs::remove_dir_all(&path).unwrap();
    let seen = look(&desk);
    let wrong: Vec<_> = seen.findings.iter().filter(|one| !one.fine).collect();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!((wrong[0].code, wrong[0].name.as_deref()), (Some(ErrorCode::FolderAway), Some("quet-cua-co-lan")));
    assert!(seen.report.contains("folder_away") && !seen.report.contains("lan"), "{}", seen.report);
}

/// A device that is asked in the middle of a scan may drop its pages: the doctor waits, and it can be stopped.
#[test]
fn it_never_looks_while_pages_come_and_stops_when_told() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let (tell, told) = mpsc::channel();
    let asking = Arc::clone(&desk);
    station.feeder.pages([1]);
    station.feeder.then(move || tell.send(asking.examine_scanners(None, &mut |_| {})).unwrap());
    desk.scan(id, 1, &request(), &mut |_| {}).unwrap();
    assert!(matches!(told.recv().unwrap(), Err(Error::ScanRunning)));
    let mut seen = 0;
    let outcome = desk.examine_scanners(None, &mut |_| {
        seen += 1;
        desk.cancel_run();
    });
    let outcome = outcome.unwrap();
    assert!(outcome.stopped && seen == 1 && outcome.findings.len() == 1, "{outcome:?}");
    assert!(!look(&desk).stopped, "the next one goes on from the start");
}
