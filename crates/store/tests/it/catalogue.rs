//! Versions that take turns, favourites, and what the office completes.

use crate::house::{create, now, procedure, received, staff};
use chrono::{NaiveDate, TimeDelta};
use domain::{Limit, Procedure};
use store::Store;
use store::tables::hand_limit::HandLimit;
use store::tables::procedure::Offered;
use tempfile::tempdir;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn version(from: &str, name: &str) -> Procedure {
    Procedure { valid_from: day(from), name: name.into(), ..procedure() }
}

fn names(store: &Store, text: &str) -> Vec<String> {
    let found = store.read(|r| r.find_procedures(text, staff().id, 20)).unwrap();
    found.into_iter().map(|found| found.name).collect()
}

/// C4: a version of tomorrow is offered tomorrow; a dossier stays on the one it was received under.
#[test]
fn versions_take_turns_on_their_day() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let today = day("2026-11-23");
    let offer = |one: &Procedure| store.write(|tx| tx.offer_procedure(one, today)).unwrap();
    assert_eq!(offer(&version("2026-07-01", "Khai sinh")), Offered::New);
    assert_eq!(offer(&version("2027-03-01", "Khai sinh theo luật mới")), Offered::Coming);
    assert_eq!(offer(&version("2027-03-01", "Khai sinh theo luật mới")), Offered::Same);
    assert_eq!(offer(&version("2026-01-01", "Khai sinh cũ")), Offered::Older);
    assert_eq!(names(&store, "khai sinh"), ["Khai sinh"]);
    let mut dossier = received(1, "A");
    dossier.choose(version("2026-07-01", "Khai sinh"), None);
    store.write(|tx| tx.put_dossier(&dossier)).unwrap();

    let turn = |on: &str| store.write(|tx| tx.turn_procedures(day(on))).unwrap();
    assert_eq!(turn("2027-02-28"), 0);
    assert_eq!(turn("2027-03-01"), 1);
    assert_eq!(names(&store, "khai sinh"), ["Khai sinh theo luật mới"], "found once, in its new words");
    assert_eq!(names(&store, "luat moi").len(), 1);
    assert_eq!(turn("2027-03-02"), 0);
    assert_eq!(store.read(|r| r.dossier(dossier.id)).unwrap(), Some(dossier), "T-45: pinned to its version");
    let turns = store.read(|r| r.turns("1.001193")).unwrap();
    let days: Vec<_> = turns.iter().map(|turn| turn.from.to_string()).collect();
    assert_eq!(days, ["2027-03-01", "2026-07-01", "2026-01-01"]);
    assert_eq!(turn("2027-02-01"), 1, "a clock that was set right again takes the turn back");
    assert_eq!(names(&store, ""), ["Khai sinh"]);
}

#[test]
fn what_is_repealed_is_offered_no_longer() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let today = day("2026-11-23");
    store.write(|tx| tx.offer_procedure(&procedure(), today)).unwrap();
    let repeal = |from: &str| store.write(|tx| tx.repeal_procedure("1.001193", day(from), today)).unwrap();
    assert!(repeal("2026-12-01") && !repeal("2026-12-01"));
    assert_eq!(names(&store, "khai sinh").len(), 1, "not before its day");
    assert_eq!(store.write(|tx| tx.turn_procedures(day("2026-12-01"))).unwrap(), 1);
    assert_eq!(names(&store, "khai sinh").len() + names(&store, "").len(), 0);
    assert_eq!(store.read(|r| r.procedure("1.001193")).unwrap(), None);
    let back = version("2027-01-01", "Khai sinh");
    assert_eq!(store.write(|tx| tx.offer_procedure(&back, day("2027-01-02"))).unwrap(), Offered::Updated);
    assert_eq!(names(&store, "khai sinh").len(), 1);
}

/// The national records name no day: read again on another day they are no new version.
#[test]
fn the_same_publication_read_again_is_no_new_version() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let undated = |one: Procedure, on: &str| store.write(|tx| tx.offer_undated(one, day(on))).unwrap();
    assert_eq!(undated(procedure(), "2026-11-23"), Offered::New);
    assert_eq!(undated(procedure(), "2026-11-30"), Offered::Same);
    let changed = Procedure { name: "Khai sinh sửa đổi".into(), ..procedure() };
    assert_eq!(undated(changed.clone(), "2026-12-01"), Offered::Updated);
    assert_eq!(undated(changed, "2026-12-02"), Offered::Same);
    let turns = store.read(|r| r.turns("1.001193")).unwrap();
    assert_eq!(turns.iter().map(|turn| turn.from).collect::<Vec<_>>(), [day("2026-12-01"), day("2026-11-23")]);
}

/// C2: the starred ones keep their places, so that the hand finds them; what was used last comes next.
#[test]
fn favourites_come_first_in_their_order_then_the_recent_ones() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let code = |n: u32| format!("1.00000{n}");
    store
        .write(|tx| {
            for n in 0..6 {
                let one = Procedure { code: code(n), name: format!("Đăng ký việc {n}"), ..procedure() };
                tx.offer_procedure(&one, now().date_naive())?;
            }
            let at = |minutes| now() + TimeDelta::minutes(minutes);
            tx.star_procedure(staff().id, &code(4), true, at(0))?;
            tx.star_procedure(staff().id, &code(1), true, at(1))?;
            tx.star_procedure(staff().id, &code(4), true, at(2))?;
            for (n, minute) in [(2, 1), (2, 2), (2, 3), (3, 4), (1, 5)] {
                tx.count_procedure_use(&code(n), at(minute))?;
            }
            Ok::<(), store::Error>(())
        })
        .unwrap();
    let found = |text: &str, staff| -> Vec<String> {
        let found = store.read(|r| r.find_procedures(text, staff, 20)).unwrap();
        found.iter().map(|one| one.code[7..].to_owned()).collect()
    };
    assert_eq!(found("", staff().id), ["4", "1", "3", "2", "0", "5"]);
    assert_eq!(found("dang ky viec", staff().id)[..3], ["1", "4", "2"], "typed: the favourites, the used ones first");
    assert_eq!(found("dkv", staff().id).len(), 6, "by initials");
    assert_eq!(found("1000003", staff().id), ["3"], "a code without its point");
    assert_eq!(found("", crate::house::id(9))[..3], ["1", "3", "2"], "another's favourites are not mine");
    store.write(|tx| tx.star_procedure(staff().id, &code(4), false, now())).unwrap();
    assert_eq!(found("", staff().id)[0], "1");
}

/// The office may complete what a publication leaves out; what it does say stands.
#[test]
fn a_limit_by_hand_completes_and_never_replaces() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let mut silent = procedure();
    silent.cases[0].limit = None;
    let today = now().date_naive();
    let (code, case) = (silent.code.clone(), silent.cases[0].id.clone());
    let set = HandLimit {
        code,
        case,
        limit: Limit::WorkingDays(3),
        reason: "Quyết định".into(),
        staff: staff().id,
        at: now(),
    };
    store
        .write(|tx| {
            tx.offer_procedure(&silent, today)?;
            tx.set_hand_limit(&set)
        })
        .unwrap();
    let offered = || store.read(|r| r.procedure("1.001193")).unwrap().unwrap();
    assert_eq!(
        (offered().cases[0].limit, offered().cases[0].limit_text.as_str()),
        (Some(Limit::WorkingDays(3)), "3 ngày làm việc")
    );
    assert_eq!(store.read(|r| r.procedures(today)).unwrap(), [silent], "what is published is as it was");
    assert_eq!(store.read(|r| r.hand_limits(None)).unwrap().len(), 1);
    store.write(|tx| tx.offer_procedure(&procedure(), today)).unwrap();
    assert_eq!(offered().cases[0].limit, Some(Limit::SameDay), "the publication now says it itself");
    assert!(store.write(|tx| tx.drop_hand_limit("1.001193", &set.case)).unwrap());
}
