//! Scan profiles (G4, G5): which a paper is scanned with, what a lock holds, what a scanner cannot do of one.

use crate::feeder::FEEDER;
use crate::world::{PASSWORD, Station, draft, request};
use desk::view::{ScanProfile, ScanRequest};
use desk::{Desk, Error};
use devices::{Mode, Size, Source};

fn profile(name: &str, papers: &[&str]) -> ScanProfile {
    let papers = papers.iter().map(|words| (*words).to_owned()).collect();
    ScanProfile { name: name.into(), papers, ..ScanProfile::default() }
}

/// The profile of this name, as it is kept.
fn kept(desk: &Desk, name: &str) -> ScanProfile {
    desk.find_scan_profile(name).unwrap()
}

#[test]
fn a_paper_is_scanned_with_the_profile_of_its_kind_and_what_the_scanner_cannot_do_is_told() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let form = desk.open_dossier(id).unwrap().components[0].name.clone();
    let color = ScanProfile {
        source: Some(Source::Duplex),
        dpi: Some(300),
        mode: Some(Mode::Gray),
        size: Some(Size::A3),
        ..profile("Tờ khai hai mặt", &[&form])
    };
    desk.set_scan_profile(&color).unwrap();
    let view = desk.scan_profiles(Some(id), Some(FEEDER)).unwrap();
    assert_eq!(view.components.iter().map(|one| (one.component, one.profile)).collect::<Vec<_>>(), [(1, 1)]);
    station.feeder.pages([1, 2]);
    let outcome = desk.scan(id, 1, &request(), &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.profile.as_deref()), (2, Some("Tờ khai hai mặt")));
    let asked = station.feeder.asked();
    assert_eq!(
        (asked.source, asked.dpi, asked.mode, asked.size),
        (Some(Source::Feeder), Some(200), Some(Mode::Color), None)
    );
    assert_eq!(outcome.told.len(), 4, "{:?}", outcome.told);
    assert!(outcome.told[0].contains("mặt sau"), "the backs are still to be scanned: {:?}", outcome.told);
    // Without it, as it was asked.
    station.feeder.pages([3]);
    let none = ScanRequest { profile: Some(0), dpi: Some(150), ..request() };
    let outcome = desk.scan(id, 1, &none, &mut |_| {}).unwrap();
    assert_eq!((outcome.profile, station.feeder.asked().dpi), (None, Some(150)));
    // By hand, whatever the paper is; and what it leaves open is the station's.
    desk.set_scan_profile(&ScanProfile { mode: Some(Mode::Color), ..profile("Bằng tay", &[]) }).unwrap();
    station.feeder.pages([4]);
    let by_hand = ScanRequest { profile: Some(2), dpi: Some(200), ..request() };
    let outcome = desk.scan(id, 1, &by_hand, &mut |_| {}).unwrap();
    assert_eq!((outcome.profile.as_deref(), outcome.told.len()), (Some("Bằng tay"), 0));
    assert_eq!(station.feeder.asked().dpi, Some(200));
}

#[test]
fn a_locked_profile_is_scanned_with_and_not_changed_by_a_clerk() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let form = desk.open_dossier(id).unwrap().components[0].name.clone();
    desk.set_scan_profile(&ScanProfile { dpi: Some(200), ..profile("Tờ khai", &[&form]) }).unwrap();
    desk.set_scan_profile(&ScanProfile { dpi: Some(150), ..profile("Nhanh", &[]) }).unwrap();
    assert!(matches!(desk.lock_scan_profile(1, true), Err(Error::NotAllowed)), "a clerk locks nothing");
    let locking = ScanProfile { locked: true, ..kept(&desk, "Tờ khai") };
    assert!(matches!(desk.set_scan_profile(&locking), Err(Error::NotAllowed)), "not by another way either");

    desk.sign_in("supervisor", PASSWORD).unwrap();
    assert!(desk.scan_profiles(None, None).unwrap().may_lock);
    desk.lock_scan_profile(1, true).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    let changed = ScanProfile { dpi: Some(150), ..kept(&desk, "Tờ khai") };
    let opened = ScanProfile { locked: false, ..changed.clone() };
    for change in [changed, opened] {
        assert!(matches!(desk.set_scan_profile(&change), Err(Error::NotAllowed)));
    }
    assert!(matches!(desk.remove_scan_profile(1), Err(Error::NotAllowed)));
    assert_eq!(kept(&desk, "Tờ khai").dpi, Some(200), "nothing of it changed");
    // Another by its key, and none, come to the locked one; and it is told.
    for (n, asked) in [(1, Some(2)), (2, Some(0)), (3, None)] {
        station.feeder.pages([n]);
        let outcome =
            desk.scan(id, 1, &ScanRequest { profile: asked, dpi: Some(150), ..request() }, &mut |_| {}).unwrap();
        assert_eq!(outcome.profile.as_deref(), Some("Tờ khai"), "{asked:?}");
        assert_eq!(station.feeder.asked().dpi, Some(200), "{asked:?}");
        assert_eq!(outcome.told.len(), usize::from(asked.is_some()), "{asked:?}: {:?}", outcome.told);
    }
    desk.set_scan_profile(&ScanProfile { key: Some(3), ..kept(&desk, "Nhanh") }).unwrap();
    let log = |desk: &Desk| {
        let file = station.papers().join("log.jsonl");
        desk.export_log(&file).unwrap();
        std::fs::read_to_string(file).unwrap()
    };
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let log = log(&desk);
    assert_eq!(log.matches("settings.profile_set").count(), 4, "every change, and nothing that was refused");
}

#[test]
fn a_profile_of_a_scanner_that_does_not_answer_is_scanned_on_the_one_in_use_and_told() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let other = ScanProfile {
        device: Some("peer:other".into()),
        extra: vec![("df-action".into(), "Stop".into())],
        dpi: Some(200),
        ..profile("Máy kia", &[])
    };
    desk.set_scan_profile(&other).unwrap();
    station.feeder.pages([1]);
    let outcome = desk.scan(id, 1, &ScanRequest { profile: Some(1), ..request() }, &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.told.len()), (1, 1), "{:?}", outcome.told);
    assert_eq!(station.feeder.asked().extra, [], "options of another driver would end the scan");
    // On its own scanner it goes with all it has.
    desk.set_scan_profile(&ScanProfile { device: Some(FEEDER.into()), ..kept(&desk, "Máy kia") }).unwrap();
    station.feeder.pages([2]);
    let elsewhere = ScanRequest { device: "peer:gone".into(), dpi: Some(999), profile: Some(1), ..request() };
    let outcome = desk.scan(id, 1, &elsewhere, &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.told), (1, vec![]));
    assert_eq!(station.feeder.asked().extra.len(), 1);
}

#[test]
fn what_is_no_profile_is_refused_by_its_field() {
    let (_station, desk) = Station::new();
    desk.set_scan_profile(&ScanProfile { key: Some(1), ..profile("Một", &[]) }).unwrap();
    let fine = || profile("Hai", &[]);
    for (field, bad) in [
        ("name", ScanProfile { name: "  ".into(), ..fine() }),
        ("name", ScanProfile { name: " MỘT ".into(), ..fine() }),
        ("name", ScanProfile { name: "x".repeat(81), ..fine() }),
        ("papers", ScanProfile { papers: vec!["x".repeat(81)], ..fine() }),
        ("dpi", ScanProfile { dpi: Some(9), ..fine() }),
        ("key", ScanProfile { key: Some(0), ..fine() }),
        ("key", ScanProfile { key: Some(1), ..fine() }),
        ("option", ScanProfile { extra: vec![("x".into(), "y".into())], ..fine() }),
        ("option", ScanProfile { extra: vec![("--x".into(), "y".into())], device: Some(FEEDER.into()), ..fine() }),
        ("profile", ScanProfile { id: 77, ..fine() }),
    ] {
        let refused = desk.set_scan_profile(&bad);
        assert!(matches!(refused, Err(Error::BadInput(named)) if named == field), "{field}: {refused:?}");
    }
    assert_eq!(desk.scan_profiles(None, None).unwrap().profiles.len(), 1);
    desk.set_scan_profile(&fine()).unwrap();
    assert_eq!(desk.remove_scan_profile(1).unwrap().profiles.len(), 1);
    assert!(matches!(desk.remove_scan_profile(1), Err(Error::BadInput("profile"))));
}
