//! Enrolment: a token opens once, a secret is one station's, and neither can be read off the disk.

use crate::http::send;
use crate::world::{World, id};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::sync::atomic::{AtomicI64, Ordering};

#[test]
fn a_token_opens_once() {
    let world = World::new();
    let token = world.token("H99.1");
    assert_eq!(world.enroll(&token, &id()).status, 200);
    let answer = world.enroll(&token, &id());
    assert_eq!((answer.status, answer.code().as_str()), (403, "token_refused"));
    assert_eq!(world.stats().3, 1);
}

#[test]
fn one_token_at_once_enrolls_one() {
    let world = World::new();
    let token = world.token("H99.1");
    let opened = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| world.enroll(&token, &id()).status)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).filter(|status| *status == 200).count()
    });
    assert_eq!(opened, 1, "two who read the same paper must not both get in");
}

#[test]
fn guesses_open_nothing() {
    let world = World::new();
    let token = world.token("H99.1");
    let (name, rest) = token.split_once('.').unwrap();
    let flipped = format!("{name}.{}{}", if rest.starts_with('0') { '1' } else { '0' }, &rest[1..]);
    for guess in ["", ".", name, &flipped, &format!("{token}0"), "đ".repeat(40).as_str(), &"a".repeat(10_000)] {
        let answer = world.enroll(guess, &id());
        assert_eq!((answer.status, answer.code().as_str()), (403, "token_refused"), "{guess}");
    }
    assert_eq!(world.enroll(&token, &id()).status, 200, "guessing does not use it up");
}

#[test]
fn a_station_is_known_by_its_whole_secret() {
    let world = World::new();
    let (station, other) = (world.station(), world.station());
    let mixed = format!("{}.{}", station.bearer.split('.').next().unwrap(), other.bearer.split('.').nth(1).unwrap());
    for wrong in ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer x.y", &mixed, &format!("{}0", station.bearer)] {
        let headers = [("authorization", wrong)];
        let answer = send(world.address(), "POST", "/v1/leases", &headers, Some(br#"{"from":"2026-11-23"}"#));
        assert_eq!((answer.status, answer.code().as_str()), (401, "unauthorized"), "{wrong}");
    }
    assert_eq!(station.lease("2026-11-23").status, 200);
}

#[test]
fn enrolling_again_changes_the_secret() {
    let world = World::new();
    let me = id();
    let first = world.enroll(&world.token("H99.1"), &me).json();
    let second = world.enroll(&world.token("H99.1"), &me).json();
    let holds = |enrolled: &serde_json::Value| world.central.authenticate(enrolled["secret"].as_str().unwrap()).is_ok();
    assert!(!holds(&first), "the old secret is worth nothing");
    assert!(holds(&second));
    assert!(first["lease"]["last"].as_u64() < second["lease"]["first"].as_u64(), "numbers given out stay given out");
    assert_eq!(world.stats().3, 1);
    let moved = world.enroll(&world.token("H99.2"), &me);
    assert_eq!(moved.code(), "token_refused", "a station's dossiers belong to its office");
}

#[test]
fn a_token_grows_old() {
    static AHEAD: AtomicI64 = AtomicI64::new(0);
    fn clock() -> DateTime<FixedOffset> {
        let start = DateTime::parse_from_rfc3339("2026-11-23T08:00:00+07:00").unwrap();
        start + TimeDelta::days(AHEAD.load(Ordering::Relaxed))
    }
    let world = World::with_clock(clock);
    let (good, late) = (world.token("H99.1"), world.token("H99.1"));
    AHEAD.store(6, Ordering::Relaxed);
    let answer = world.enroll(&good, &id());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["lease"]["from"], "2026-11-29", "the block begins on the day of the server's clock");
    AHEAD.store(8, Ordering::Relaxed);
    assert_eq!(world.enroll(&late, &id()).code(), "token_refused");
}

#[test]
fn the_disk_holds_no_secret() {
    let world = World::new();
    let token = world.token("H99.1");
    let secret = world.enroll(&token, &id()).json()["secret"].as_str().unwrap().to_owned();
    let mut seen = 0;
    for file in std::fs::read_dir(world.dir.path()).unwrap().flatten().filter(|file| file.path().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        seen += bytes.len();
        for text in [&token, &secret] {
            let tail = text.split_once('.').unwrap().1.as_bytes();
            assert!(!bytes.windows(tail.len()).any(|window| window == tail), "{:?}", file.path());
        }
    }
    assert!(seen > 0, "the database was looked at");
}
