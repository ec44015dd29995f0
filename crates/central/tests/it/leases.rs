//! Number blocks: no two of an office share a number on any day (T-49).

use crate::world::{World, received};
use central::{Central, Station};
use chrono::{Days, NaiveDate};
use domain::StationId;
use proptest::prelude::*;
use protocol::{EnrollRequest, NumberLease};

fn overlap(one: &NumberLease, other: &NumberLease) -> bool {
    one.from <= other.to && other.from <= one.to && one.first <= other.last && other.first <= one.last
}

fn enrolled(central: &Central, office: &str, tag: u8) -> (Station, NumberLease) {
    let token = central.enroll_token(&office.parse().unwrap(), "Máy").unwrap();
    let request = EnrollRequest {
        token,
        office: None,
        station: StationId::from_bytes([tag; 16]),
        former: None,
        name: String::new(),
    };
    let answer = central.enroll(&request).unwrap();
    (central.authenticate(&answer.secret).unwrap(), answer.lease)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn four_stations_never_share_a_number(
        asked in prop::collection::vec((0_usize..4, 0_u64..70, any::<bool>()), 1..60),
    ) {
        let dir = tempfile::TempDir::new().unwrap();
        let central = Central::open(dir.path()).unwrap();
        let mut stations = Vec::new();
        let mut leases = Vec::new();
        for tag in 0..4 {
            let (station, lease) = enrolled(&central, "H99.1", tag);
            stations.push(station);
            leases.push(lease);
        }
        let start = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        for (index, (station, ahead, reopen)) in asked.into_iter().enumerate() {
            let day = start + Days::new(ahead);
            // Numbers that the central system takes for itself must stay out of later blocks too.
            if reopen && index % 7 == 0 {
                let code = format!("H99.1-{}-T0001-0001", day.format("%y%m%d"));
                let command = received(&code, true, &[]);
                let body = command.to_string();
                let accepted = central.accept(&stations[station], command["id"].as_str().unwrap(), body.as_bytes());
                let code = accepted.unwrap().code;
                let number = code.as_str().rsplit('-').next().unwrap().parse().unwrap();
                leases.push(NumberLease { first: number, last: number, from: day, to: day });
            }
            leases.push(central.lease(&stations[station], day).unwrap());
        }
        for (index, one) in leases.iter().enumerate() {
            prop_assert!(one.first >= 1 && one.first <= one.last);
            for other in &leases[index + 1..] {
                prop_assert!(!overlap(one, other), "{one:?} and {other:?}");
            }
        }
    }
}

/// Ten thousand numbers a day for each of four stations.
#[test]
fn blocks_grow_as_long_as_they_are_asked_for() {
    let dir = tempfile::TempDir::new().unwrap();
    let central = Central::open(dir.path()).unwrap();
    let stations: Vec<_> = (0..4).map(|tag| enrolled(&central, "H99.1", tag).0).collect();
    let day = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
    let mut numbers = std::collections::BTreeSet::new();
    for _ in 0..20 {
        for station in &stations {
            let lease = central.lease(station, day).unwrap();
            assert_eq!(lease.to, day + Days::new(29), "a month, for stations that stay offline");
            for number in lease.first..=lease.last {
                assert!(numbers.insert(number), "{number} was given out twice");
            }
        }
    }
    assert_eq!(numbers.len(), 40_000);
}

#[test]
fn offices_count_for_themselves() {
    let dir = tempfile::TempDir::new().unwrap();
    let central = Central::open(dir.path()).unwrap();
    assert_eq!(enrolled(&central, "H99.1", 1).1.first, 1);
    assert_eq!(enrolled(&central, "H99.2", 2).1.first, 1);
    assert_eq!(enrolled(&central, "H99.1", 3).1.first, 501);
}

/// A code on paper that lies in no block is taken, and later blocks go round it.
#[test]
fn blocks_go_round_numbers_in_use() {
    let world = World::new();
    let station = world.station();
    assert_eq!(station.say(&received("H99.1-300101-0007", false, &[])).status, 200);
    let lease = station.lease("2029-12-15").json();
    assert_eq!(lease["first"], 8, "{lease}");
}

#[test]
fn days_that_no_code_can_hold_are_refused() {
    let world = World::new();
    let station = world.station();
    for day in ["1999-12-31", "2099-12-20", "9999-12-31", "+262142-12-31", "x", "2026-02-30"] {
        let answer = station.lease(day);
        assert_eq!((answer.status, answer.code().as_str()), (400, "malformed"), "{day}");
    }
}
