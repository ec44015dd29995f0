//! The straight path: a dossier comes to the counter and is at the central system at the end.

use crate::capital::Capital;
use crate::world::{CARD, MARRIAGE, Station, accepted, draft, enroll, scan};
use crate::{feeder, samples};
use chrono::TimeDelta;
use desk::view::{DeskEvent, Link, PageProgress, RunEnd};
use desk::{Desk, Form, SyncRun};
use domain::Status;
use domain::outbox::OutboxState;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_goes_from_the_counter_to_the_central_system() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    desk.listen(move |event| ear.lock().unwrap().push(event));

    let id = desk.new_dossier().unwrap().id;
    let view = desk.read_card(id, CARD, desk::Seat::Owner).unwrap();
    assert!(view.from_card && view.applicant.name == "NGUYỄN THỊ ĐẶNG", "the card fills the form");
    let found = desk.find_procedures("dang ky ket hon", 5).unwrap();
    assert_eq!(found[0].code, MARRIAGE, "typed without diacritics");
    let view = desk.choose_procedure(id, &found[0].code, None).unwrap();
    assert_eq!(view.obstacles.len(), 1, "only the paper is missing now: {:?}", view.obstacles);

    station.feeder.pages(1..=3);
    let mut seen = Vec::new();
    let outcome = desk
        .scan(id, 1, &crate::world::request(), &mut |progress| {
            let PageProgress::Page { page, received, .. } = progress else { panic!("{progress:?}") };
            seen.push((page.width, received));
        })
        .unwrap();
    assert_eq!((outcome.ended, outcome.received, outcome.fed), (RunEnd::Empty, 3, Some(3)));
    assert_eq!(seen, [(101, 1), (102, 2), (103, 3)], "pages appear as they arrive");

    let view = desk.accept(id).unwrap();
    assert_eq!(view.code.as_deref(), Some("H99.1-261123-0001"), "the first number of the leased block");
    assert!(!view.provisional && view.status == Status::Received);
    assert!(
        view.due.as_ref().is_some_and(|due| due.due.starts_with("2026-11-23T")),
        "due the same day: {:?}",
        view.due
    );
    assert!(view.components[0].digitized, "its PDF is ready");
    assert_eq!(view.sync.unwrap().state, OutboxState::Queued);
    assert!(heard.lock().unwrap().iter().any(|e| matches!(e, DeskEvent::Sync { sync } if sync.waiting == 1)));

    let receipt = desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap();
    assert!(receipt.starts_with(b"%PDF"));
    let shown = desk.paper(Form::Receipt, &id.to_string(), None).unwrap();
    assert_eq!((shown.pages, shown.reprint), (2, false), "one for the citizen, one for the office");

    let run = desk.sync_now().await.unwrap();
    assert_eq!((run.sent, run.accepted, run.blocked, run.bytes_resent), (1, 1, 0, 0));
    let item = &desk.outbox().unwrap()[0];
    assert_eq!((item.state, item.attempts, item.reason.as_deref()), (OutboxState::Accepted, 1, None));
    let sync = desk.sync_state().unwrap();
    assert_eq!((sync.link, sync.waiting, sync.accepted_today, sync.sending), (Link::Online, 0, 1, false));
    assert!(heard.lock().unwrap().contains(&DeskEvent::Dossier { id }), "the screen hears of it");
    assert_eq!(desk.sync_now().await.unwrap(), SyncRun::default(), "what is done is not sent again");

    let stats = capital.stats();
    assert_eq!((stats.dossiers, stats.files), (1, 1));
    let dossier = station.look_inside(desk, |store| store.read(|r| r.dossier(id)).unwrap().unwrap());
    let made = dossier.components[0].digitized.as_ref().unwrap();
    let held = capital.holds(&made.file).expect("the central system holds the PDF under its hash");
    assert_eq!((held.len() as u64, domain::FileHash::of(&held)), (made.bytes, made.file));
}

/// O8: a station that was never enrolled receives all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_provisional_code_becomes_official_and_both_are_found() {
    let capital = Capital::start().await;
    let (_station, desk) = Station::new();
    let first = accepted(&desk, 1);
    let provisional = first.code.unwrap();
    assert!(first.provisional && provisional.starts_with("H99.1-261123-T"), "{provisional}");
    assert_eq!(desk.sync_state().unwrap().link, Link::NotEnrolled);
    assert_eq!(desk.sync_now().await.unwrap_err().code().0, desk::ErrorCode::NotEnrolled);

    enroll(&desk, &capital, &capital.url()).await;
    let second = accepted(&desk, 2).code.unwrap();
    assert_eq!(second, "H99.1-261123-0001", "after enrolment codes come from the lease");
    assert_eq!(desk.sync_now().await.unwrap().accepted, 2);

    let view = desk.open_dossier(first.id).unwrap();
    let official = view.code.clone().unwrap();
    assert!(!view.provisional && !official.contains('T') && official != second, "{official}");
    for code in [&provisional, &official] {
        assert_eq!(desk.find_dossier(code).unwrap(), first.id, "{code}: printed once, found for ever");
        let hits = desk.search(code, 10).unwrap().hits;
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [first.id], "{code}");
    }
    assert_eq!(capital.stats().dossiers, 2);
}

/// O8: what was printed under the provisional code is in somebody's hands, so that the sheet printed again names both,
/// says that it is a reprint, and keeps its number in the book.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_again_names_the_official_code_and_the_provisional_one() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    *station.press.outcome.lock().unwrap() = Some(devices::JobState::Finished);
    let view = accepted(&desk, 1);
    let (about, provisional) = (view.id.to_string(), view.code.unwrap());
    let read = |form: Form| {
        let path = samples::file(&station.papers(), "sheet.pdf", &desk.paper_pdf(form, &about, None).unwrap());
        let text = std::process::Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().ok()?;
        Some(String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if let Some(text) = read(Form::Receipt) {
        assert!(text.contains(&format!("Mã hồ sơ: {provisional} (mã tạm)")), "{text}");
        assert!(!text.contains("Mã tạm đã cấp"), "there was none before: {text}");
        assert!(text.contains("Số thứ tự: 01"), "{text}");
    }
    assert!(!desk.print_paper(Form::Receipt, &about, None, None).unwrap().reprint);
    enroll(&desk, &capital, &capital.url()).await;
    desk.sync_now().await.unwrap();
    let official = desk.open_dossier(view.id).unwrap().code.unwrap();
    for form in [Form::Receipt, Form::Control, Form::History] {
        let Some(text) = read(form) else { return };
        let both = format!("Mã hồ sơ: {official} Mã tạm đã cấp: {provisional}");
        assert!(text.contains(&both), "{form:?} lacks {both}: {text}");
    }
    let Some(text) = read(Form::Receipt) else { return };
    assert!(text.contains("BẢN IN LẠI lần 1") && text.contains("Số thứ tự: 01"), "{text}");
    assert!(desk.print_paper(Form::Receipt, &about, None, None).unwrap().reprint);
}

/// The preview before the official code came must not be what is shown and printed after it.
#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_follows_the_official_code() {
    let capital = Capital::start().await;
    let (station, desk) = Station::new();
    let view = accepted(&desk, 1);
    let before = desk.paper_pdf(Form::Receipt, &view.id.to_string(), None).unwrap();
    enroll(&desk, &capital, &capital.url()).await;
    desk.sync_now().await.unwrap();
    let official = desk.open_dossier(view.id).unwrap().code.unwrap();
    let after = desk.paper_pdf(Form::Receipt, &view.id.to_string(), None).unwrap();
    assert!(before != after, "the receipt still shows the provisional code");
    let path = samples::file(&station.papers(), "receipt.pdf", &after);
    if let Ok(text) = std::process::Command::new("pdftotext").arg(&path).arg("-").output() {
        assert!(String::from_utf8_lossy(&text.stdout).contains(&official), "the receipt must name {official}");
    }
}

/// T-49: the numbers of a block end with its days; the counter goes on with codes of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_without_the_central_system_stops_nothing() {
    let mut capital = Capital::start().await;
    let (station, desk) = Station::new();
    enroll(&desk, &capital, &capital.url()).await;
    capital.kill();
    assert!(!accepted(&desk, 1).provisional);
    station.wall.pass(TimeDelta::days(1));
    let next_day = accepted(&desk, 2);
    assert_eq!(next_day.code.as_deref(), Some("H99.1-261124-0001"), "every day begins at the block's first number");
    station.wall.pass(TimeDelta::days(40));
    assert_eq!(desk.sync_state().unwrap().numbers_left, None, "no block covers this day");
    let late = accepted(&desk, 3);
    assert!(late.provisional, "a dossier is received whatever the lease says");
    capital.restart().await;
    assert_eq!(desk.sync_now().await.unwrap().accepted, 3);
    assert!(!desk.open_dossier(late.id).unwrap().provisional);
    assert!(!accepted(&desk, 4).provisional, "the sync brought the next block");
}

#[test]
fn todays_screen_counts_what_was_received_today() {
    let (station, desk) = Station::new();
    accepted(&desk, 1);
    draft(&desk, 2);
    let today = desk.today_view().unwrap();
    assert_eq!((today.received_count, today.received.len(), today.drafts.len()), (1, 1, 1));
    assert_eq!((today.due_today, today.overdue), (1, 0), "due at the end of the same working day");
    station.wall.pass(TimeDelta::days(1));
    let today = desk.today_view().unwrap();
    assert_eq!((today.received_count, today.due_today, today.overdue), (0, 0, 1));
    assert_eq!(today.drafts.len(), 1, "a draft does not go away over night");
}

#[test]
fn search_forgives_diacritics_and_finds_what_was_not_sent() {
    let (_station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.read_card(id, CARD, desk::Seat::Owner).unwrap();
    // The combining form, as some keyboards give it.
    let decomposed = "đa\u{323}\u{306}ng";
    for text in ["dang", "Đặng", decomposed, "nguyen thi", "099190000001"] {
        assert_eq!(desk.search(text, 10).unwrap().hits.len(), 1, "{text}");
    }
    assert!(desk.search("ai do khac", 10).unwrap().hits.is_empty());
    for nonsense in ["\"", "' OR 1", "*", "NEAR(", "-", "()", "a* b*", "\0"] {
        assert!(desk.search(nonsense, 10).is_ok(), "{nonsense:?} is text, not a query language");
    }
}

/// A code read out over the telephone is typed as it comes.
#[test]
fn a_code_is_found_in_small_letters() {
    let (_station, desk) = Station::new();
    let view = crate::world::accepted(&desk, 1);
    let typed = format!(" {} ", view.code.unwrap().to_lowercase());
    assert_eq!(desk.find_dossier(&typed).unwrap(), view.id);
}

#[test]
fn an_empty_feeder_is_said_to_be_empty() {
    let (_station, desk) = Station::new();
    let outcome = scan(&desk, draft(&desk, 1), 1).unwrap();
    assert_eq!((outcome.ended, outcome.received), (RunEnd::Fault, 0));
    assert_eq!(outcome.error.unwrap().code, desk::ErrorCode::ScannerFeederEmpty);
    assert_eq!(desk.devices().unwrap()[0].id, feeder::FEEDER);
}

/// T-49: four counters of one office, and one that never had numbers, through a day without any network: no code is given
/// twice, every code is what the receipt says, and the central system has them all in the evening.
#[tokio::test(flavor = "multi_thread")]
async fn four_counters_without_a_network_never_give_one_code_twice() {
    const EACH: u32 = 6;
    let mut capital = Capital::start().await;
    let counters: Vec<_> = (0..5).map(|_| Station::new()).collect();
    for (_, desk) in &counters[..4] {
        enroll(desk, &capital, &capital.url()).await;
    }
    capital.kill();
    // In turns, as people come in; and all at once, since nobody waits for another counter.
    let codes: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let work = |(at, (_, desk)): (usize, &(Station, Arc<Desk>))| {
            let desk = Arc::clone(desk);
            let first = u32::try_from(at).unwrap() * 100;
            scope.spawn(move || {
                let code = |n| accepted(&desk, first + n).code.unwrap();
                (at, (1..=EACH).map(code).collect::<Vec<_>>())
            })
        };
        let all: Vec<_> = counters.iter().enumerate().map(work).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let given: BTreeSet<&String> = codes.iter().flat_map(|(_, codes)| codes).collect();
    assert_eq!(given.len(), 5 * EACH as usize, "a code given twice: {codes:?}");
    for (at, codes) in &codes {
        let provisional = codes.iter().filter(|code| code.contains("-T")).count();
        assert_eq!(
            provisional,
            if *at == 4 { codes.len() } else { 0 },
            "only who never had numbers makes do: {codes:?}"
        );
    }

    capital.restart().await;
    enroll(&counters[4].1, &capital, &capital.url()).await;
    for (_, desk) in &counters {
        let left = |desk: &Desk| desk.sync_state().unwrap().waiting;
        for _ in 0..5 {
            desk.sync_now().await.unwrap();
        }
        assert_eq!(left(desk), 0);
    }
    assert_eq!(capital.stats().dossiers, u64::from(5 * EACH));
    let official = |desk: &Desk| {
        let all = desk.outbox().unwrap();
        all.iter().map(|item| desk.open_dossier(item.dossier).unwrap()).collect::<Vec<_>>()
    };
    let all: Vec<_> = counters.iter().flat_map(|(_, desk)| official(desk)).collect();
    let codes: BTreeSet<String> = all.iter().filter_map(|view| view.code.clone()).collect();
    assert!(all.iter().all(|view| !view.provisional), "in the evening every code is official");
    assert_eq!(codes.len(), 5 * EACH as usize);
}
