//! The line breaks, freezes or crawls: an attempt fails in time, the next one succeeds, nothing is there twice.

use crate::line::{Fault, Line};
use crate::world::{World, paper, parcel, transient};
use courier::Error;
use domain::FileHash;
use std::time::Instant;

/// T-38: the server has it, the answer is lost, the station sends it again.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_doubles_nothing() {
    let world = World::new().await;
    let line = Line::to(world.address()).await;
    let courier = world.courier_by(&line.url);
    let file = paper(30_000);
    let (parcel, shelf) = parcel(&[&file]);
    for request in ["HEAD", "PUT", "POST"] {
        line.arm(Fault::LoseAnswer(request));
        transient(courier.deliver(&parcel, &shelf).await, request);
        assert!(line.struck(), "{request}: the test must lose what it says");
    }
    assert_eq!(world.stats().dossiers, 1, "the lost answer was an acceptance");
    let delivered = courier.deliver(&parcel, &shelf).await.unwrap();
    assert!(delivered.acceptance.replayed, "the server remembers");
    assert_eq!(delivered.bytes_sent, parcel.body.len() as u64);
    let stats = world.stats();
    assert_eq!((stats.dossiers, stats.files), (1, 1));
}

/// T-43: the upload is cut in every class of places, the next attempt ends with the same hash.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_cut_anywhere_succeeds_the_next_time() {
    let world = World::new().await;
    let line = Line::to(world.address()).await;
    let size = 5 * 65_536 + 7;
    let places = [0, 1, 150, 400, 1_000].into_iter().chain((1..=5).map(|n| n * 65_536)).chain([size + 700]);
    for (round, place) in (1..).zip(places) {
        let courier = world.courier_by(&line.url);
        let file = paper(size);
        let (parcel, shelf) = parcel(&[&file]);
        line.arm(Fault::CutUpload(place));
        transient(courier.deliver(&parcel, &shelf).await, &format!("cut after {place}"));
        assert!(line.struck(), "cut after {place}: the line must have been cut");
        let delivered = courier.deliver(&parcel, &shelf).await.unwrap();
        assert_eq!(delivered.acceptance.files, [FileHash::of(&file)]);
        assert_eq!(std::fs::read(world.path_of(&FileHash::of(&file))).unwrap(), file, "cut after {place}");
        let stats = world.stats();
        assert_eq!((stats.dossiers, stats.files), (round, round), "cut after {place}: no orphan, nothing twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cut_anywhere_is_no_answer() {
    let world = World::new().await;
    let line = Line::to(world.address()).await;
    for (round, place) in (1..).zip([0, 1, 12, 60, 120, 200, 300, 450, 600]) {
        let courier = world.courier_by(&line.url);
        let file = paper(1_000);
        let (parcel, shelf) = parcel(&[&file]);
        line.arm(Fault::CutAnswer(place));
        transient(courier.deliver(&parcel, &shelf).await, &format!("cut after {place}"));
        assert!(line.struck(), "cut after {place}: the line must have been cut");
        courier.deliver(&parcel, &shelf).await.unwrap();
        let stats = world.stats();
        assert_eq!((stats.dossiers, stats.files), (round, round), "cut after {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_line_is_noticed() {
    let world = World::new().await;
    let line = Line::to(world.address()).await;
    let courier = world.courier_by(&line.url);
    let file = paper(20 * 1024 * 1024);
    let (parcel, shelf) = parcel(&[&file]);
    for place in [0, 100, 5_000_000] {
        line.arm(Fault::Freeze(place));
        let began = Instant::now();
        let error = transient(courier.deliver(&parcel, &shelf).await, "frozen");
        assert!(matches!(error, Error::TimedOut), "{error:?}");
        assert!(began.elapsed().as_secs() < 8, "after {place}: {:?}", began.elapsed());
    }
    let delivered = courier.deliver(&parcel, &shelf).await.unwrap();
    assert!(!delivered.acceptance.replayed);
    assert_eq!(world.stats().files, 1);
}

/// A slow line is no dead one: the whole takes longer than any wait, but something always moves. The smaller
/// file is taken by the system's buffer long before the line has carried it.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_line_is_waited_for() {
    let world = World::new().await;
    for (size, rate) in [(600 * 1024, 2 * 1024), (6 * 1024 * 1024, 48 * 1024)] {
        let line = Line::to(world.address()).await;
        let courier = world.courier_by(&line.url);
        let file = paper(size);
        let (parcel, shelf) = parcel(&[&file]);
        line.arm(Fault::Slow(rate));
        let began = Instant::now();
        courier.deliver(&parcel, &shelf).await.unwrap();
        assert!(began.elapsed() > 2 * crate::world::LIMITS.stall, "the line was slow: {:?}", began.elapsed());
        assert!(line.uploaded() < file.len() + 10_000, "nothing went twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_off_is_unreachable() {
    let mut world = World::new().await;
    let courier = world.courier();
    let file = paper(1_000);
    let (parcel, shelf) = parcel(&[&file]);
    let address = world.kill();
    let error = transient(courier.deliver(&parcel, &shelf).await, "the server is off");
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    world.restart(address).await;
    assert!(!courier.deliver(&parcel, &shelf).await.unwrap().acceptance.replayed);
    assert_eq!(world.stats().dossiers, 1);
}
