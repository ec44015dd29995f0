//! Bytes and rows: all or nothing, and never something else.

use crate::house::{create, draft, now, received, staff};
use domain::{Event, EventId, EventKind, MediaType, status};
use store::Error;
use tempfile::tempdir;

// T-02, T-08: what fails in the middle was never there.
#[test]
fn a_failed_change_leaves_nothing() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let lost = draft(1, "A");
    let result = store.write(|tx| {
        tx.put_dossier(&lost)?;
        tx.log(now(), None, "x", "")?;
        Err::<(), Error>(Error::Damaged("on purpose".into()))
    });
    assert!(result.is_err());
    assert_eq!(store.read(|r| r.dossier(lost.id)).unwrap(), None);
    assert_eq!(store.read(|r| r.audit_head()).unwrap().0, 0);
}

#[test]
fn bytes_come_back_as_they_were_and_are_kept_once() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let page: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let hash = store.put_file(&page).unwrap();
    assert_eq!(store.put_file(&page).unwrap(), hash);
    assert_eq!(store.file(&hash).unwrap(), page);
    assert_eq!(store.file(&store.put_file(b"").unwrap()).unwrap(), b"");
}

// T-60: a document of a thousand pages is kept as it is made; whatever ends its making leaves nothing.
#[test]
fn a_long_file_is_kept_while_it_is_written() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let piece: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let whole = piece.repeat(11);
    let write = |out: &mut dyn std::io::Write, parts: usize| (0..parts).try_for_each(|_| out.write_all(&piece));
    let kept = store.put_stream(|out| {
        write(out, 11).unwrap();
        Ok::<_, Error>("made")
    });
    let (hash, bytes, made) = kept.unwrap();
    assert_eq!((hash, bytes, made), (domain::FileHash::of(&whole), whole.len() as u64, "made"));
    assert_eq!(store.file(&hash).unwrap(), whole);
    assert_eq!(store.put_file(&whole).unwrap(), hash, "however it was written, the same bytes are kept once");

    let broken_off = store.put_stream(|out| {
        write(out, 5).unwrap();
        Err::<(), _>(Error::Damaged("on purpose".into()))
    });
    assert!(matches!(broken_off, Err(Error::Damaged(why)) if why == "on purpose"));
    assert_eq!(std::fs::read_dir(dir.path().join("files/new")).unwrap().count(), 0, "nothing half stays");
}

// J4: a changed or exchanged file is noticed when it is read.
#[test]
fn a_tampered_file_is_damage() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let (one, two) = (store.put_file(b"page one").unwrap(), store.put_file(b"page two").unwrap());
    let path = |hash: &domain::FileHash| dir.path().join("files").join(&hash.to_string()[..2]).join(hash.to_string());
    std::fs::copy(path(&two), path(&one)).unwrap();
    assert!(matches!(store.file(&one), Err(Error::Damaged(_))), "a file under another's name");
    let mut bytes = std::fs::read(path(&two)).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(path(&two), bytes).unwrap();
    assert!(matches!(store.file(&two), Err(Error::Damaged(_))), "a flipped bit");
    std::fs::remove_file(path(&two)).unwrap();
    assert!(matches!(store.file(&two), Err(Error::Damaged(_))), "a missing file");
}

#[test]
fn the_status_is_the_logs_fold() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let dossier = received(1, "A");
    let event = Event {
        id: crate::house::id::<EventId>(9),
        kind: EventKind::Received,
        at: now(),
        by: staff().id,
        reason: String::new(),
        due: None,
    };
    store
        .write(|tx| {
            tx.put_dossier(&dossier)?;
            tx.add_event(dossier.id, &event)
        })
        .unwrap();
    let events = store.read(|r| r.events(dossier.id)).unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(status::fold(events.iter().map(|event| event.kind)), Ok(dossier.status));
}

#[test]
fn a_dossier_cannot_be_received_without_code_or_due_date() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let whole = received(1, "A");
    for half in [
        domain::Dossier { code: None, ..whole.clone() },
        domain::Dossier { deadline: None, ..whole.clone() },
        domain::Dossier { procedure: None, ..whole.clone() },
    ] {
        assert!(store.write(|tx| tx.put_dossier(&half)).is_err());
    }
    assert!(store.write(|tx| tx.put_dossier(&whole)).is_ok());
}

#[test]
fn a_dossier_keeps_the_version_it_was_opened_under() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let dossier = received(1, "A");
    let mut newer = crate::house::procedure();
    newer.cases[0].limit_text = "Ba ngày".into();
    store
        .write(|tx| {
            tx.offer_procedure(&crate::house::procedure(), now().date_naive())?;
            tx.put_dossier(&dossier)?;
            tx.offer_procedure(&newer, now().date_naive())
        })
        .unwrap();
    assert_eq!(store.read(|r| r.procedure("1.001193")).unwrap(), Some(newer));
    assert_eq!(store.read(|r| r.dossier(dossier.id)).unwrap(), Some(dossier), "T-45: pinned to its version (C4)");
}

#[test]
fn a_file_row_names_its_size() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let hash = store.put_file(b"12345").unwrap();
    store.write(|tx| tx.add_file(&hash, 5, MediaType::Jpeg, now())).unwrap();
    assert_eq!(store.read(|r| r.file_size(&hash)).unwrap(), Some(5));
}
