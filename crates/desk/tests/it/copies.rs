//! T-49: a station whose disk was copied. Two machines with one name must not give out one number twice, whichever
//! way they are noticed, and nothing that either received is lost.

use crate::capital::Capital;
use crate::world::{PASSWORD, Station, accepted, enroll};
use desk::view::Link;
use desk::{Desk, Error, ErrorCode};
use std::path::Path;
use std::sync::Arc;

/// A second machine with a copy of everything, as `dd` makes it; `machine` is what it calls itself.
pub(crate) fn copy_of(station: &Station, machine: &str) -> (Station, Arc<Desk>) {
    let (copy, made) = Station::created();
    drop(made);
    std::fs::remove_dir_all(copy.data()).unwrap();
    copy_dir(&station.data(), &copy.data());
    *copy.machine.lock().unwrap() = Some(machine.into());
    let desk = Desk::open(&copy.data(), copy.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    (copy, Arc::new(desk))
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() { copy_dir(&from, &to) } else { std::fs::copy(&from, &to).map(drop).unwrap() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_on_another_machine_knows_itself_at_once() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let own = accepted(&desk, 1);
    let (_copy, twin) = copy_of(&station, "may-2");
    let view = accepted(&twin, 2);
    assert!(view.provisional, "it has no numbers of its own");
    let sync = twin.sync_state().unwrap();
    assert_eq!(sync.link, Link::NotEnrolled);
    assert!(sync.central.is_some() && sync.reason.is_some_and(|reason| reason.contains("máy khác")));
    assert!(twin.sync_now().await.is_err_and(|error| error.code().0 == ErrorCode::StationCloned));

    enroll(&twin, &capital, &capital.url()).await;
    twin.sync_now().await.unwrap();
    desk.sync_now().await.unwrap();
    assert_eq!(capital.stats().dossiers, 2, "what lay in both outboxes is there once");
    assert_eq!(desk.open_dossier(own.id).unwrap().code, own.code);
    assert_ne!(accepted(&desk, 3).code, accepted(&twin, 4).code);
}

/// A copied disk may carry the machine's name along; then the central system sees two.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_whole_disk_is_noticed_at_the_first_round() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    accepted(&desk, 1);
    desk.sync_now().await.unwrap();
    let (_copy, twin) = copy_of(&station, "may-1");
    for n in 2..4 {
        accepted(&desk, n);
        desk.sync_now().await.unwrap();
    }
    let other = accepted(&twin, 9);
    assert!(!other.provisional, "offline it cannot know");
    twin.sync_now().await.unwrap();
    assert_eq!(twin.sync_state().unwrap().link, Link::NotEnrolled);
    let mine = accepted(&desk, 4);
    desk.sync_now().await.unwrap();
    assert_eq!(desk.sync_state().unwrap().link, Link::NotEnrolled, "which of the two is right nobody can tell");
    assert_eq!(capital.stats().dossiers, 3, "nothing went in under the shared name since");

    for desk in [&desk, &twin] {
        enroll(desk, &capital, &capital.url()).await;
        desk.sync_now().await.unwrap();
    }
    let codes = [accepted(&desk, 5).code, accepted(&twin, 6).code, mine.code, other.code];
    assert_eq!(codes.iter().flatten().collect::<std::collections::BTreeSet<_>>().len(), codes.len(), "{codes:?}");
    // What the copy gave out before anybody could know stands on two papers: a person has to see to it.
    assert_eq!((desk.sync_state().unwrap().blocked, twin.sync_state().unwrap().blocked), (0, 1));
}

/// A lost answer is no copy: the station may show again what it showed before.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_not_taken_for_a_copy() {
    use crate::line::{Line, Rule};
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    for n in 1..6 {
        accepted(&desk, n);
        line.set(Rule::LoseAnswer("/v1/turn".into()));
        let _ = desk.sync_now().await;
        line.set(Rule::Pass);
        desk.sync_now().await.unwrap();
        assert_eq!(desk.sync_state().unwrap().link, Link::Online, "round {n}");
    }
    assert_eq!(capital.stats().dossiers, 5);
}

/// The head of the log goes out with each dossier; a log rewritten later does not meet what came back.
#[tokio::test(flavor = "multi_thread")]
async fn the_central_system_anchors_the_log() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    accepted(&desk, 1);
    accepted(&desk, 2);
    assert_eq!(desk.verify_log().unwrap().anchors, 0, "nothing came back yet");
    desk.sync_now().await.unwrap();
    let check = desk.verify_log().unwrap();
    assert_eq!((check.first_broken, check.anchors), (None, 2));

    let file = station.papers().join("nhat-ky.jsonl");
    assert!(matches!(desk.export_log(&file), Err(Error::NotAllowed)), "a clerk does not carry the log away");
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let entries = desk.export_log(&file).unwrap();
    let outside = desk::verify_log_file(&file).unwrap();
    assert_eq!((outside.entries, outside.first_broken), (entries, None));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Mẫu") && !text.contains("0991900"), "no citizen is in the log");
    std::fs::write(&file, text.replacen("dossier.open", "dossier.none", 1)).unwrap();
    assert!(desk::verify_log_file(&file).unwrap().first_broken.is_some());
    assert!(matches!(desk.export_log(&file), Err(Error::File { .. })), "an older export is not written over");
}
