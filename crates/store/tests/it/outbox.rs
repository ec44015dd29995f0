//! The outbox: done only with proof, in order within a dossier, one bad item never in the way.

use crate::house::{create, id, now, received};
use chrono::TimeDelta;
use domain::outbox::OutboxState;
use domain::{CommandId, DossierId};
use store::Store;
use tempfile::tempdir;

fn queue(store: &Store, n: u8, dossier: u8) -> CommandId {
    let command = id::<CommandId>(n);
    store
        .write(|tx| {
            tx.put_dossier(&received(dossier, "A"))?;
            tx.add_outbox(command, id::<DossierId>(dossier), format!("body {n}").as_bytes(), now())
        })
        .unwrap();
    command
}

fn due(store: &Store) -> Vec<CommandId> {
    store.read(|r| r.outbox_due(now(), 10)).unwrap().into_iter().map(|item| item.id).collect()
}

// T-41: an item that fails for ever does not hold up the others.
#[test]
fn one_failing_item_lets_the_others_go() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let (bad, good) = (queue(&store, 1, 1), queue(&store, 2, 2));
    let later = now() + TimeDelta::minutes(5);
    store.write(|tx| tx.fail_outbox(bad, OutboxState::Queued, Some(later), "central_failed", Some("500"))).unwrap();
    assert_eq!(due(&store), [good]);
    store.write(|tx| tx.hurry_outbox()).unwrap();
    assert_eq!(due(&store), [bad, good]);
    store.write(|tx| tx.fail_outbox(bad, OutboxState::Blocked, None, "central_refused", None)).unwrap();
    assert_eq!(due(&store), [good]);
    let count = store.read(|r| r.count_outbox(now())).unwrap();
    assert_eq!((count.waiting, count.blocked), (1, 1));
}

// O6
#[test]
fn a_dossiers_second_command_waits_for_its_first() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let first = queue(&store, 1, 1);
    let second = queue(&store, 2, 1);
    assert_eq!(due(&store), [first]);
    store.write(|tx| tx.accept_outbox(first, "{}", now())).unwrap();
    assert_eq!(due(&store), [second]);
}

// T-46: the table itself refuses "sent" without the server's answer, and proof is never taken back.
#[test]
fn accepted_needs_proof_and_stays() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let item = queue(&store, 1, 1);
    let unproven = store.write(|tx| tx.fail_outbox(item, OutboxState::Accepted, None, "internal", None));
    assert!(unproven.is_err(), "an item must not become accepted without an answer");
    assert!(store.write(|tx| tx.accept_outbox(item, "no json", now())).is_err());
    store.write(|tx| tx.accept_outbox(item, "{\"files\":[]}", now())).unwrap();
    store.write(|tx| tx.fail_outbox(item, OutboxState::Queued, None, "central_failed", None)).unwrap();
    store.write(|tx| tx.requeue_outbox(item)).unwrap();
    assert_eq!(store.read(|r| r.outbox_of(id(1))).unwrap().unwrap().state, OutboxState::Accepted);
    assert_eq!(store.read(|r| r.outbox_body(item)).unwrap().unwrap(), b"body 1", "the bytes that were hashed stay");
}
