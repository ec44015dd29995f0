//! Rare mornings: a station that has to be enrolled again, a new catalogue over an open draft, one poisoned item.

use crate::capital::Capital;
use crate::line::{Line, Rule, html, json};
use crate::world::{MARRIAGE, PASSWORD, Station, accepted, enroll, person};
use chrono::TimeDelta;
use desk::view::{Link, PaperCounts};
use desk::{Desk, ErrorCode};
use domain::outbox::OutboxState;
use domain::{CommandId, Procedure};

/// A token of another office brings numbers of another office: taking them would print codes that collide (T-49).
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_office_enrolls_nobody() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let refused = desk.enroll(&capital.url(), &capital.token("H99.2")).await;
    assert!(refused.is_err(), "the numbers of H99.2 are not ours to give");
    let sync = desk.sync_state().unwrap();
    assert_eq!((sync.link, sync.numbers_left), (Link::NotEnrolled, None));
    assert!(accepted(&desk, 1).provisional, "the counter goes on as before");
    enroll(&desk, &capital, &capital.url()).await;
    assert_eq!(desk.sync_state().unwrap().link, Link::Online, "the wrong token bound the station to nothing");
}

/// A station that the central system no longer knows is told to enroll again; what waited then goes, by itself.
#[tokio::test(flavor = "multi_thread")]
async fn enrolling_again_frees_what_an_unknown_station_could_not_send() {
    let (old, new) = (Capital::start().await, Capital::start().await);
    let (_station, desk) = Station::new();
    let line = Line::to(old.address()).await;
    enroll(&desk, &old, &line.url).await;
    let view = accepted(&desk, 1);
    let body = r#"{"code":"unauthorized","message":"no such station","missing":[]}"#;
    line.set(Rule::Answer(String::new(), json("401 Unauthorized", body)));
    desk.sync_now().await.unwrap();
    let sync = desk.sync_state().unwrap();
    assert!(sync.reason.is_some_and(|reason| reason.contains("không nhận ra máy trạm")), "the clerk is told why");
    assert_eq!(sync.waiting + sync.blocked, 1, "nothing is lost");
    enroll(&desk, &new, &new.url()).await;
    desk.sync_now().await.unwrap();
    let item = desk.outbox().unwrap().remove(0);
    assert_eq!(
        (item.dossier, item.state),
        (view.id, OutboxState::Accepted),
        "nobody should have to retry each by hand"
    );
}

/// T-49: after a new enrolment no number of the old blocks is given out: they may be those of a copied disk.
#[tokio::test(flavor = "multi_thread")]
async fn enrolling_again_gives_up_the_old_numbers() {
    let (old, new) = (Capital::start().await, Capital::start().await);
    let (_station, desk) = Station::new();
    enroll(&desk, &old, &old.url()).await;
    accepted(&desk, 1);
    let left = desk.sync_state().unwrap().numbers_left.unwrap();
    enroll(&desk, &new, &new.url()).await;
    assert_eq!(desk.sync_state().unwrap().numbers_left, Some(left + 1), "the new block alone, untouched");
}

/// T-41: something on the way answers for one item only, such as a filter that dislikes a word in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_stops_one_item_does_not_stop_the_others() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    let views: Vec<_> = (1..=4).map(|n| accepted(&desk, n)).collect();
    line.set(Rule::Answer(person(2).id_number, html("403 Forbidden")));
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.sent, run.accepted), (4, 3), "the items behind the stopped one must go");
    let stopped = desk.outbox().unwrap().remove(0);
    assert_eq!((stopped.dossier, stopped.state), (views[1].id, OutboxState::Queued));
    line.set(Rule::Pass);
    assert_eq!(desk.sync_now().await.unwrap().accepted, 1);
}

/// T-41: a row that does not read (an older program's, a damaged one) needs a person; the others go.
#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_does_not_read_does_not_stop_the_others() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let sick = accepted(&desk, 1);
    desk.sync_now().await.unwrap();
    let poison = CommandId::from_bytes([3; 16]);
    station.look_inside(desk, |store| {
        store.write(|tx| tx.add_outbox(poison, sick.id, b"{\"id\":\"of tomorrow\"}", station.wall.now())).unwrap();
    });
    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    let views: Vec<_> = (2..=3).map(|n| accepted(&desk, n)).collect();
    let run = desk.sync_now().await;
    assert!(!desk.sync_state().unwrap().sending, "nothing is on the wire any more");
    assert_eq!(run.unwrap().accepted, 2, "the others go");
    for view in &views {
        assert_eq!(desk.open_dossier(view.id).unwrap().sync.unwrap().state, OutboxState::Accepted);
    }
    let row = desk.outbox().unwrap().remove(0);
    assert_eq!((row.id, row.state), (poison, OutboxState::Blocked), "and the sick one is shown");
    assert!(row.reason.is_some());
}

/// Nothing waits, the central system was away and is back: the status bar must not go on saying that it is away.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_is_online_again_once_it_answers() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    station.wall.pass(TimeDelta::days(29));
    desk.sync_now().await.unwrap();
    assert_eq!(desk.sync_state().unwrap().link, Link::Offline, "the lease could not be renewed");
    capital.restart().await;
    desk.sync_now().await.unwrap();
    let sync = desk.sync_state().unwrap();
    assert!(sync.numbers_left.is_some());
    assert_eq!((sync.link, sync.reason), (Link::Online, None), "it just gave us numbers");
}

/// A draft stands on the version of the catalogue under which it was opened; its cases are the ones of that version.
#[test]
fn a_new_catalogue_does_not_change_the_cases_of_an_open_draft() {
    let (_station, desk) = Station::created();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let id = desk.new_dossier().unwrap().id;
    desk.save_applicant(id, &person(1)).unwrap();
    let before = desk.choose_procedure(id, MARRIAGE, None).unwrap();
    let text = include_str!("../../../../assets/training/catalogue.json");
    let mut catalogue: Vec<Procedure> = serde_json::from_str(text).unwrap();
    let marriage = catalogue.iter_mut().find(|procedure| procedure.code == MARRIAGE).unwrap();
    let old = marriage.cases[1].id.clone();
    marriage.cases[1].id = "truong-hop-moi".into();
    let import = crate::world::bring_in(&desk, &serde_json::to_string(&catalogue).unwrap());
    assert_eq!(import.unwrap().updated, 1);
    let moved = desk.choose_procedure(id, MARRIAGE, Some(&old));
    assert_eq!(moved.expect("the draft's own case").case.as_deref(), Some(old.as_str()));
    let unknown = desk.choose_procedure(id, MARRIAGE, Some("truong-hop-moi"));
    assert_eq!(
        unknown.map(|view| view.case).unwrap_err().code().0,
        ErrorCode::CaseNotFound,
        "not silently another case: the time limit hangs on it"
    );
    desk.choose_procedure(id, MARRIAGE, None).unwrap();
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    assert_eq!(
        desk.accept(id).unwrap().procedure,
        before.procedure,
        "it is received under the version it was opened on"
    );
    let fresh = desk.new_dossier().unwrap().id;
    assert!(desk.choose_procedure(fresh, MARRIAGE, Some("truong-hop-moi")).is_ok(), "new ones stand on the new one");
}

/// A file that the station itself lost blocks its own dossier and no other; the clerk sees which.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_lost_here_blocks_only_its_own_dossier() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let id = crate::world::draft(&desk, 1);
    station.feeder.pages([1]);
    crate::world::scan(&desk, id, 1).unwrap();
    desk.accept(id).unwrap();
    let other = accepted(&desk, 2);
    // All page files of the station go; the dossier without pages needs none.
    std::fs::remove_dir_all(station.data().join("files")).unwrap();
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.accepted, run.blocked), (1, 1));
    let row = desk.outbox().unwrap().remove(0);
    assert_eq!((row.dossier, row.state), (id, OutboxState::Blocked));
    assert!(row.reason.is_some_and(|reason| reason.contains("không đọc lại được")), "the clerk is told what it is");
    assert_eq!(desk.open_dossier(other.id).unwrap().sync.unwrap().state, OutboxState::Accepted);
}
