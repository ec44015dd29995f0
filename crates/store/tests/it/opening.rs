//! Who gets in, and what is found when they do.

use crate::house::{PASSWORD, create, draft, now};
use store::{Error, Vault};
use tempfile::tempdir;

#[test]
fn what_was_kept_is_there_after_opening_again() {
    let dir = tempdir().unwrap();
    let (vault, store) = create(dir.path());
    let kept = draft(1, "NGUYỄN VĂN MẪU");
    store.write(|tx| tx.put_dossier(&kept)).unwrap();
    drop((vault, store));
    let vault = Vault::open(dir.path()).unwrap();
    let store = vault.store(&vault.unlock("clerk", PASSWORD).unwrap()).unwrap();
    assert_eq!(store.read(|r| r.dossier(kept.id)).unwrap(), Some(kept));
}

#[test]
fn a_wrong_password_opens_nothing() {
    let dir = tempdir().unwrap();
    let (vault, _store) = create(dir.path());
    for (login, password) in [("clerk", ""), ("clerk", "mat khau"), ("nobody", PASSWORD)] {
        assert!(matches!(vault.unlock(login, password), Err(Error::WrongPassword)), "{login} {password}");
    }
}

// T-58: a stolen disk shows neither names nor pages.
#[test]
fn nothing_readable_lies_on_the_disk() {
    let dir = tempdir().unwrap();
    let (vault, store) = create(dir.path());
    store.write(|tx| tx.put_dossier(&draft(1, "SECRETNAME"))).unwrap();
    store.put_file(b"SECRETPAGE of a citizen").unwrap();
    drop((vault, store));
    let mut files = 0;
    for file in walk(dir.path()) {
        let bytes = std::fs::read(&file).unwrap();
        files += 1;
        for secret in ["SECRETNAME", "SECRETPAGE", "SQLite format", "CREATE TABLE"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} lies open in {}", file.display());
        }
    }
    assert!(files >= 3, "the database, the page and the keys were looked at");
}

// T-57
#[test]
fn a_second_copy_is_refused_while_the_first_lives() {
    let dir = tempdir().unwrap();
    let (vault, store) = create(dir.path());
    assert!(matches!(Vault::open(dir.path()), Err(Error::InUse(_))));
    drop((vault, store));
    assert!(Vault::open(dir.path()).is_ok(), "a lock must not outlive its holder");
}

#[test]
fn a_station_is_not_made_over_another() {
    let dir = tempdir().unwrap();
    drop(create(dir.path()));
    assert!(matches!(Vault::create(dir.path(), &[]), Err(Error::Exists(_))));
    let empty = tempdir().unwrap();
    assert!(matches!(Vault::open(empty.path()), Err(Error::Missing(_))));
}

// A creation cut short before its key file counts as none, and can be done again.
#[test]
fn an_interrupted_creation_starts_over() {
    let dir = tempdir().unwrap();
    drop(create(dir.path()));
    std::fs::remove_file(dir.path().join("keys.json")).unwrap();
    let (_vault, store) = create(dir.path());
    assert!(store.read(|r| r.staff_by_login("clerk")).unwrap().is_some());
}

#[test]
fn a_tampered_key_slot_is_damage_and_not_a_hang() {
    let dir = tempdir().unwrap();
    drop(create(dir.path()));
    let path = dir.path().join("keys.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"memory_kib\": 19456", "\"memory_kib\": 4000000000")).unwrap();
    let vault = Vault::open(dir.path()).unwrap();
    assert!(matches!(vault.unlock("clerk", PASSWORD), Err(Error::Damaged(_))));
}

// Q3: what is read back is the chain that was written.
#[test]
fn the_audit_chain_verifies() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    store
        .write(|tx| {
            tx.log(now(), None, "one", "")?;
            tx.log(now(), None, "two", "x")?;
            tx.log(now(), None, "three", "")
        })
        .unwrap();
    let mut walk = domain::log::Walk::against([]);
    store
        .read(|r| {
            r.audit(|entry| -> Result<(), Error> {
                walk.step(&entry);
                Ok(())
            })
        })
        .unwrap();
    let check = walk.end();
    assert_eq!((check.entries, check.first_broken), (3, None));
}

fn walk(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
