//! What the central system understands and will not do: the outbox blocks, a person looks.

use crate::world::{LIMITS, Shelf, World, paper, parcel};
use courier::{Courier, Error};
use domain::outbox::Attempt;
use domain::{CommandId, FileHash};
use protocol::ProblemCode;

fn blocks(error: &Error) -> bool {
    !error.is_transient() && error.attempt() == Attempt::Refused
}

/// ODK #5317, T-40.
#[tokio::test(flavor = "multi_thread")]
async fn one_id_never_stands_for_two_contents() {
    let world = World::new().await;
    let courier = world.courier();
    let (mut parcel, shelf) = parcel(&[]);
    courier.deliver(&parcel, &shelf).await.unwrap();
    let before = world.stats();
    let text = String::from_utf8(parcel.body).unwrap();
    parcel.body = text.replace("Nguyễn", "Trần").into_bytes();
    let error = courier.deliver(&parcel, &shelf).await.unwrap_err();
    assert!(matches!(error, Error::Refused { code: ProblemCode::KeyReused, .. }) && blocks(&error), "{error:?}");
    assert_eq!(world.stats(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_does_not_read_is_refused() {
    let world = World::new().await;
    let (mut parcel, shelf) = parcel(&[]);
    parcel.body = b"{\"id\":".to_vec();
    let error = world.courier().deliver(&parcel, &shelf).await.unwrap_err();
    assert!(matches!(error, Error::Refused { code: ProblemCode::Malformed, .. }) && blocks(&error), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_blocks() {
    let world = World::new().await;
    let file = paper(10);
    let (with_file, shelf) = parcel(&[&file]);
    let (without, _) = parcel(&[]);
    let wrong = Some(format!("{}0", world.secret));
    for secret in [None, Some(String::new()), Some("nobody".into()), wrong] {
        let courier = Courier::with_limits(&world.url(), secret.clone(), LIMITS).unwrap();
        for parcel in [&with_file, &without] {
            let error = courier.deliver(parcel, &shelf).await.unwrap_err();
            assert!(matches!(error, Error::Unauthorized) && blocks(&error), "{secret:?}: {error:?}");
        }
        let error = courier.lease("2026-11-23".parse().unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::Unauthorized), "{error:?}");
        assert!(courier.health().await.is_ok(), "health is open to all");
    }
    assert!(matches!(Courier::new(&world.url(), Some("a\nb".into())), Err(Error::Unauthorized)), "no header injection");
    assert_eq!(world.stats().dossiers, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_once() {
    let world = World::new().await;
    let courier = Courier::new(&world.url(), None).unwrap();
    let request = world.request();
    let answer = courier.enroll(&request).await.unwrap();
    assert!(answer.lease.first <= answer.lease.last);
    for token in [request.token.clone(), "made up".into(), String::new()] {
        let error = courier.enroll(&protocol::EnrollRequest { token, ..request.clone() }).await.unwrap_err();
        assert!(matches!(error, Error::TokenRefused) && blocks(&error), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_here_sends_nothing() {
    let world = World::new().await;
    let courier = world.courier();
    let file = paper(10);
    let hash = FileHash::of(&file);
    let (parcel, _) = parcel(&[&file]);
    let rotten = Shelf([(hash, paper(10))].into());
    for shelf in [Shelf::default(), rotten] {
        let error = courier.deliver(&parcel, &shelf).await.unwrap_err();
        assert!(matches!(error, Error::FileGone { hash: gone } if gone == hash) && blocks(&error), "{error:?}");
    }
    let stats = world.stats();
    assert_eq!((stats.dossiers, stats.files), (0, 0));
}

/// T-41: an item that is refused for ever holds up no other.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_parcel_holds_up_no_other() {
    let world = World::new().await;
    let courier = world.courier();
    let (mut bad, shelf) = parcel(&[]);
    bad.id = CommandId::from_bytes([1; 16]);
    assert!(blocks(&courier.deliver(&bad, &shelf).await.unwrap_err()));
    for _ in 0..3 {
        let (good, shelf) = parcel(&[]);
        courier.deliver(&good, &shelf).await.unwrap();
    }
    assert_eq!(world.stats().dossiers, 3);
}
