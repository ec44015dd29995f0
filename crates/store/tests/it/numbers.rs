//! Numbers: none twice, none burnt, and an honest end.

use crate::house::{create, now};
use chrono::{Days, NaiveDate};
use store::Error;
use store::tables::number::Lease;
use tempfile::tempdir;

fn today() -> NaiveDate {
    now().date_naive()
}

fn lease(first: u32, last: u32) -> Lease {
    Lease { first, last, from: today(), to: today() + Days::new(30) }
}

// T-49
#[test]
fn numbers_run_through_every_block_and_then_stop() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    store.write(|tx| tx.add_lease(&lease(1, 3))).unwrap();
    store.write(|tx| tx.add_lease(&lease(501, 502))).unwrap();
    store.write(|tx| tx.add_lease(&lease(1, 3))).unwrap();
    assert_eq!(store.read(|r| r.numbers_left(today())).unwrap(), Some(5), "the same block twice is one block");
    let taken: Vec<_> = (0..6).map(|_| store.write(|tx| tx.take_number(today())).unwrap()).collect();
    assert_eq!(taken, [Some(1), Some(2), Some(3), Some(501), Some(502), None]);
    assert_eq!(store.write(|tx| tx.take_number(today() + Days::new(1))).unwrap(), Some(1), "each day begins anew");
    assert_eq!(store.write(|tx| tx.take_number(today() + Days::new(31))).unwrap(), None, "the block has an end");
    assert_eq!(store.read(|r| r.numbers_left(today() + Days::new(31))).unwrap(), None);
}

// T-49
#[test]
fn a_number_of_a_failed_acceptance_is_not_burnt() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    store.write(|tx| tx.add_lease(&lease(7, 9))).unwrap();
    let failed: Result<(), Error> = store.write(|tx| {
        assert_eq!(tx.take_number(today())?, Some(7));
        Err(Error::Random)
    });
    assert!(failed.is_err());
    assert_eq!(store.write(|tx| tx.take_number(today())).unwrap(), Some(7));
}

#[test]
fn provisional_numbers_count_on_their_own() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    store.write(|tx| tx.add_lease(&lease(1, 1))).unwrap();
    let provisional = || store.write(|tx| tx.take_provisional_number(today())).unwrap();
    assert_eq!((provisional(), provisional()), (1, 2));
    assert_eq!(store.write(|tx| tx.take_number(today())).unwrap(), Some(1));
}
