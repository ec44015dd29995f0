//! What goes well, also the second time and at the same time.

use crate::world::{World, paper, parcel};
use domain::FileHash;

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_with_papers_arrives_and_is_proven() {
    let world = World::new().await;
    let courier = world.courier();
    let (one, two) = (paper(200_000), paper(70));
    let (parcel, shelf) = parcel(&[&one, &two, &one]);
    assert!(!courier.holds(&FileHash::of(&one)).await.unwrap());
    let delivered = courier.deliver(&parcel, &shelf).await.unwrap();
    assert!(!delivered.acceptance.replayed);
    assert_eq!(delivered.acceptance.code.as_str(), "H99.1-261123-0001", "the official code comes back");
    let whole = (one.len() + two.len() + parcel.body.len()) as u64;
    assert_eq!((delivered.bytes_sent, delivered.bytes_resent), (whole, 0), "a paper named twice goes once");
    assert!(courier.holds(&FileHash::of(&one)).await.unwrap());
    let stats = world.stats();
    assert_eq!((stats.dossiers, stats.files, stats.bytes), (1, 2, (one.len() + two.len()) as u64));

    let again = courier.deliver(&parcel, &shelf).await.unwrap();
    assert!(again.acceptance.replayed);
    assert_eq!(again.bytes_sent, parcel.body.len() as u64, "what is there does not go again");
    assert_eq!(again.acceptance.code, delivered.acceptance.code);
    assert_eq!(world.stats(), stats);
}

/// T-39: by double click, by timer and by hand at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_sent_by_many_at_once_arrives_once() {
    let world = World::new().await;
    let courier = world.courier();
    for round in 1..=5 {
        let file = paper(300_000);
        let (parcel, shelf) = parcel(&[&file]);
        let (a, b, c) = tokio::join!(
            courier.deliver(&parcel, &shelf),
            courier.deliver(&parcel, &shelf),
            courier.deliver(&parcel, &shelf)
        );
        let new = [a, b, c].into_iter().filter(|sent| !sent.as_ref().unwrap().acceptance.replayed).count();
        assert_eq!(new, 1, "one of three was the first, the others are told so");
        let stats = world.stats();
        assert_eq!((stats.dossiers, stats.files), (round, round));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_killed_knows_everything_again() {
    let mut world = World::new().await;
    let courier = world.courier();
    let file = paper(50_000);
    let (parcel, shelf) = parcel(&[&file]);
    courier.deliver(&parcel, &shelf).await.unwrap();
    let (stats, block) = (world.stats(), courier.lease("2026-11-23".parse().unwrap()).await.unwrap());
    let address = world.kill();
    crate::world::transient(courier.deliver(&parcel, &shelf).await, "the server is off");
    world.restart(address).await;
    assert!(courier.holds(&FileHash::of(&file)).await.unwrap(), "the same secret opens");
    assert!(courier.deliver(&parcel, &shelf).await.unwrap().acceptance.replayed);
    assert_eq!(world.stats(), stats);
    let next = courier.lease("2026-11-23".parse().unwrap()).await.unwrap();
    assert!(next.first > block.last, "numbers given out stay given out");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_may_end_in_a_slash() {
    let world = World::new().await;
    let courier = world.courier_by(&format!("{}/", world.url()));
    assert_eq!(courier.health().await.unwrap().central, central::NAME);
    assert_eq!(courier.address(), world.url());
}

/// The server says that it has the file, finds it rotten when it accepts, and asks for it again.
#[tokio::test(flavor = "multi_thread")]
async fn files_that_the_server_lost_go_again_once() {
    let world = World::new().await;
    let file = paper(10_000);
    let (first, shelf) = parcel(&[&file]);
    world.courier().deliver(&first, &shelf).await.unwrap();
    std::fs::write(world.path_of(&FileHash::of(&file)), paper(10_000)).unwrap();
    let (second, shelf) = parcel(&[&file]);
    let delivered = world.courier().deliver(&second, &shelf).await.unwrap();
    let body = second.body.len() as u64;
    assert_eq!(delivered.bytes_sent, 2 * body + 10_000);
    assert_eq!(delivered.bytes_resent, body, "the file had not been sent in this attempt before");
    assert_eq!(std::fs::read(world.path_of(&FileHash::of(&file))).unwrap(), file);
    assert_eq!(world.stats().dossiers, 2);
}
