//! The outbox and the central system: off, sick, foreign, slow to answer; nothing lost, nothing doubled.

use crate::capital::Capital;
use crate::line::{Line, Rule, html, json};
use crate::world::{Station, accepted, draft, enroll, scan};
use chrono::TimeDelta;
use desk::view::{DossierView, Link};
use desk::{Desk, Form, parse_time};
use domain::outbox::OutboxState;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::tables::number::Lease;

fn item(desk: &Desk, dossier: &DossierView) -> desk::view::OutboxItemView {
    desk.outbox().unwrap().into_iter().find(|item| item.dossier == dossier.id).unwrap()
}

/// T-46: off is no error. The item says what happened and when it is tried again, and the counter goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_central_system_that_is_off_stops_nothing() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    let first = accepted(&desk, 1);
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.sent, run.accepted, run.blocked), (1, 0, 0));
    let row = item(&desk, &first);
    assert_eq!((row.state, row.attempts), (OutboxState::Queued, 1));
    let reason = row.reason.unwrap();
    assert!(reason.contains("Không kết nối được hệ thống trung tâm"), "{reason}");
    assert!(parse_time(&row.next.unwrap()).unwrap() > station.wall.now(), "it is tried again by itself");
    let sync = desk.sync_state().unwrap();
    assert_eq!((sync.link, sync.waiting), (Link::Offline, 1));
    assert!(sync.reason.is_some() && sync.next.is_some() && !sync.sending);

    let second = accepted(&desk, 2);
    assert!(!second.provisional, "the leased numbers serve without the network");
    assert!(desk.paper_pdf(Form::Receipt, &second.id.to_string(), None).is_ok());

    capital.restart().await;
    assert_eq!(
        desk.sync_now().await.unwrap().accepted,
        2,
        "everything that waits goes, whether its time has come or not"
    );
    assert_eq!(capital.stats().dossiers, 2);
    let sync = desk.sync_state().unwrap();
    assert_eq!((sync.link, sync.waiting, sync.reason, sync.next), (Link::Online, 0, None, None));
    assert_eq!(item(&desk, &first).reason, None, "an old fault is not shown beside an acceptance");
}

/// T-07: sending fails after a scan. The pages stay where they are and are seen, the next person is served, and nothing is
/// scanned twice once the line is back.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_could_not_be_sent_stays() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let scanned = |n: u32| {
        let id = draft(&desk, n);
        station.feeder.pages([n, n + 10]);
        scan(&desk, id, 1).unwrap();
        desk.accept(id).unwrap()
    };
    let first = scanned(1);
    capital.kill();
    for _ in 0..3 {
        assert_eq!(desk.sync_now().await.unwrap().accepted, 0);
    }
    let pages: Vec<_> = desk.open_dossier(first.id).unwrap().components[0].pages.iter().map(|page| page.id).collect();
    assert_eq!(pages.len(), 2);
    assert!(pages.iter().all(|page| desk.page_picture(*page).is_ok() && desk.thumb(*page).is_ok()));
    let second = scanned(2);
    capital.restart().await;
    assert_eq!(desk.sync_now().await.unwrap().accepted, 2);
    assert_eq!((capital.stats().dossiers, item(&desk, &second).state), (2, OutboxState::Accepted));
}

/// T-42: after a night without network the next try is minutes away, not hours.
#[tokio::test(flavor = "multi_thread")]
async fn waiting_has_a_ceiling() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    let view = accepted(&desk, 1);
    for attempt in 1..=12 {
        desk.sync_now().await.unwrap();
        let row = item(&desk, &view);
        assert_eq!(row.attempts, attempt);
        let wait = parse_time(&row.next.unwrap()).unwrap() - station.wall.now();
        assert!(wait > TimeDelta::zero() && wait <= TimeDelta::minutes(5), "after {attempt} attempts: {wait}");
        station.wall.pass(wait);
    }
}

/// T-42: an attempt that failed while the clock was years ahead does not wait for that year once the clock is right.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_ahead_puts_nothing_off_for_years() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    station.wall.pass(TimeDelta::days(5 * 365));
    accepted(&desk, 1);
    desk.sync_now().await.unwrap();
    station.wall.pass(TimeDelta::days(-5 * 365));
    let desk = station.reopen(desk);
    capital.restart().await;
    let own = Arc::clone(&desk);
    let task = tokio::spawn(async move { own.keep_syncing().await });
    let began = Instant::now();
    while capital.stats().dossiers == 0 {
        assert!(began.elapsed() < Duration::from_secs(10), "it is put off until {:?}", desk.sync_state().unwrap().next);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    task.abort();
}

/// T-42: what waits minutes after many failures goes out as soon as the program finds its central system again, also when
/// the program was started anew meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_returns_ends_every_wait() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    accepted(&desk, 1);
    for _ in 0..8 {
        desk.sync_now().await.unwrap();
    }
    let desk = station.reopen(desk);
    let next = parse_time(&desk.sync_state().unwrap().next.unwrap()).unwrap();
    assert!(next - station.wall.now() > TimeDelta::minutes(1), "this item would wait");
    let own = Arc::clone(&desk);
    let task = tokio::spawn(async move { own.keep_syncing().await });
    let began = Instant::now();
    while desk.sync_state().unwrap().link != Link::Offline {
        assert!(began.elapsed() < Duration::from_secs(10), "it is said that there is no link");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    capital.restart().await;
    let began = Instant::now();
    while capital.stats().dossiers == 0 {
        assert!(began.elapsed() < Duration::from_secs(10), "it is put off until {next}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    task.abort();
}

/// T-47: whoever answers, it is not the central system until it proves it; a sick one is not a lost dossier.
#[tokio::test(flavor = "multi_thread")]
async fn strange_answers_leave_the_item_waiting() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    let view = accepted(&desk, 1);
    let answers = [
        ("a portal's page", html("200 OK"), "trang đăng nhập mạng", Link::Offline),
        ("a redirect", html("302 Found"), "trang đăng nhập mạng", Link::Offline),
        ("a broken server", html("500 Internal Server Error"), "đang lỗi (500)", Link::Online),
        ("a gateway", html("503 Service Unavailable"), "đang lỗi (503)", Link::Online),
        ("an empty yes", json("200 OK", "{}"), "trang đăng nhập mạng", Link::Offline),
    ];
    for (attempt, (what, answer, words, link)) in (1..).zip(answers) {
        line.set(Rule::Answer(String::new(), answer));
        let run = desk.sync_now().await.unwrap();
        assert_eq!((run.accepted, run.blocked), (0, 0), "{what}");
        let row = item(&desk, &view);
        assert_eq!((row.state, row.attempts), (OutboxState::Queued, attempt), "{what}");
        assert!(row.reason.as_ref().is_some_and(|reason| reason.contains(words)), "{what}: {:?}", row.reason);
        assert_eq!(desk.sync_state().unwrap().link, link, "{what}");
    }
    line.set(Rule::Pass);
    assert_eq!(desk.sync_now().await.unwrap().accepted, 1);
    assert_eq!(capital.stats().dossiers, 1);
}

/// T-38: the server has it, the answer is lost, the program is started anew, it is sent again: one dossier.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_doubles_nothing() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    let view = accepted(&desk, 1);
    line.set(Rule::LoseAnswer("POST /v1/commands".into()));
    let run = desk.sync_now().await.unwrap();
    assert_eq!(line.rule(), Rule::Pass, "the answer must have been lost");
    assert_eq!((run.accepted, item(&desk, &view).state), (0, OutboxState::Queued), "no proof, not accepted (T-46)");
    assert_eq!(capital.stats().dossiers, 1, "but the central system has it");
    capital.restart().await;
    let desk = station.reopen(desk);
    assert_eq!(desk.sync_now().await.unwrap().accepted, 1);
    let row = item(&desk, &view);
    assert_eq!((row.state, row.code), (OutboxState::Accepted, view.code.unwrap()));
    assert_eq!(capital.stats().dossiers, 1);
    let proof = station.look_inside(desk, |store| store.read(|r| r.outbox(10)).unwrap());
    assert!(proof[0].accepted_at.is_some());
}

/// T-39: the button, the button again and the loop, all at once.
#[tokio::test(flavor = "multi_thread")]
async fn two_syncs_at_once_send_once() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    for n in 1..=3 {
        accepted(&desk, n);
    }
    let (a, b, c) = tokio::join!(desk.sync_now(), desk.sync_now(), desk.sync_now());
    let sent: u32 = [a, b, c].into_iter().map(|run| run.unwrap().sent).sum();
    assert_eq!(sent, 3, "each item went once");
    assert_eq!(line.count("POST /v1/commands"), 3);
    assert_eq!(capital.stats().dossiers, 3);
}

/// The loop that runs beside the window: it sends what was accepted, without anyone pressing anything.
#[tokio::test(flavor = "multi_thread")]
async fn the_loop_sends_after_sign_out_too() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let own = Arc::clone(&desk);
    let task = tokio::spawn(async move { own.keep_syncing().await });
    accepted(&desk, 1);
    desk.sign_out().unwrap();
    let began = Instant::now();
    while capital.stats().dossiers == 0 || desk.sync_state().unwrap().waiting > 0 {
        assert!(began.elapsed() < Duration::from_secs(15), "nothing was sent: {:?}", desk.sync_state());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(desk.outbox().is_err(), "looking at it still needs a person");
    task.abort();
}

/// T-41, T-49: a station made of another one's disk image gives out a number that is not its own. The central
/// system refuses that one, it needs a person; the others go.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_item_does_not_stop_the_others() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let (clone, other) = Station::new();
    enroll(&other, &capital, &capital.url()).await;
    clone.look_inside(other, |store| {
        let (from, to) = ("2026-11-23".parse().unwrap(), "2026-11-23".parse().unwrap());
        let change = |tx: &store::Writer<'_>| {
            tx.end_leases()?;
            tx.add_lease(&Lease { first: 1, last: 1, from, to })?;
            tx.add_lease(&Lease { first: 501, last: 1_000, from, to })
        };
        store.write(change).unwrap();
    });
    let other = Desk::open(&clone.data(), clone.parts()).unwrap();
    other.sign_in("clerk", crate::world::PASSWORD).unwrap();

    let first = accepted(&desk, 1);
    let refused = accepted(&other, 2);
    assert_eq!(refused.code, first.code, "the test needs two dossiers of one code");
    let rest: Vec<_> = (3..=5).map(|n| accepted(&other, n)).collect();
    assert_eq!(desk.sync_now().await.unwrap().accepted, 1);
    let run = other.sync_now().await.unwrap();
    assert_eq!((run.sent, run.accepted, run.blocked), (4, 3, 1), "{run:?}");
    let row = item(&other, &refused);
    assert_eq!((row.state, row.next.as_deref()), (OutboxState::Blocked, None));
    assert!(row.reason.as_ref().is_some_and(|reason| reason.contains("code_taken")), "named: {:?}", row.reason);
    for view in &rest {
        assert_eq!(item(&other, view).state, OutboxState::Accepted);
    }
    let sync = other.sync_state().unwrap();
    assert_eq!((sync.blocked, sync.waiting), (1, 0));
    assert_eq!(other.sync_now().await.unwrap().sent, 0, "a closed door is not hammered at");
    let sync = other.outbox_retry(row.id).await.unwrap();
    assert_eq!((sync.blocked, sync.waiting), (1, 0), "asked again, refused again, still shown");
    assert_eq!(capital.stats().dossiers, 4);
    assert_eq!(other.open_dossier(refused.id).unwrap().code, refused.code, "the copy here is kept");
}

/// A few pages of files: what was sent before the line broke is not sent again.
#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_there_are_not_sent_again() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    let line = Line::to(capital.address()).await;
    enroll(&desk, &capital, &line.url).await;
    let id = crate::world::draft(&desk, 1);
    station.feeder.pages(1..=3);
    scan(&desk, id, 1).unwrap();
    desk.accept(id).unwrap();
    line.set(Rule::Answer("POST /v1/commands".into(), html("502 Bad Gateway")));
    assert_eq!(desk.sync_now().await.unwrap().accepted, 0);
    line.set(Rule::Pass);
    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.accepted, run.bytes_resent), (1, 0));
    assert_eq!(line.count("PUT /v1/files/"), 1, "the file went up once");
    assert_eq!(capital.stats().files, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_enrolment_changes_nothing() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let token = capital.token("H99.1");
    for (url, token, code) in [
        (capital.url(), "khong-co".to_owned(), desk::ErrorCode::TokenRefused),
        ("127.0.0.1:1".to_owned(), token.clone(), desk::ErrorCode::CentralAddress),
        ("http://127.0.0.1:9".to_owned(), token.clone(), desk::ErrorCode::CentralUnreachable),
    ] {
        let error = desk.enroll(&url, &token).await.unwrap_err();
        assert_eq!(error.code().0, code, "{url}");
        assert_eq!(desk.sync_state().unwrap().link, Link::NotEnrolled);
    }
    desk.enroll(&capital.url(), &token).await.unwrap();
    assert_eq!(desk.enroll(&capital.url(), &token).await.unwrap_err().code().0, desk::ErrorCode::TokenRefused, "once");
    let sync = desk.sync_state().unwrap();
    assert_eq!((sync.link, sync.central, sync.numbers_left), (Link::Online, Some(capital.url()), Some(500)));
}
