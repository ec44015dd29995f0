//! T-57: what people and other programs do to the folder behind the program's back. It opens whole, or it is refused;
//! it is never half.

use crate::house::{PASSWORD, create, draft, now};
use std::path::Path;
use store::{Error, Store, Vault};
use tempfile::tempdir;

/// Some work that still lies in the write-ahead log, as a power cut leaves it.
fn cut_off(dir: &Path) {
    let (vault, store) = create(dir);
    for n in 1..20 {
        store.write(|tx| tx.put_dossier(&draft(n, "NGUYỄN VĂN MẪU"))).unwrap();
        store.write(|tx| tx.log(now(), None, "work", &n.to_string())).unwrap();
    }
    // Never closed: nothing is folded in, and the lock goes with the files' handles.
    std::mem::forget(store);
    drop(vault);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn entries(store: &Store) -> i64 {
    store.read(|r| r.audit_head()).unwrap().0
}

fn opened(dir: &Path) -> Result<(Vault, Store), Error> {
    let vault = Vault::open(dir)?;
    let store = vault.store(&vault.unlock("clerk", PASSWORD)?)?;
    Ok((vault, store))
}

#[test]
fn a_copy_made_while_it_was_open_opens_whole() {
    let (dir, other) = (tempdir().unwrap(), tempdir().unwrap());
    cut_off(dir.path());
    copy(dir.path(), other.path());
    let (_vault, store) = opened(other.path()).unwrap();
    assert_eq!(entries(&store), 19);
}

/// Whoever deletes the log takes away what lay in it; what is left is an earlier whole state, not a torn one.
#[test]
fn without_its_write_ahead_log_it_is_older_and_whole() {
    let (dir, folded, other) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    cut_off(dir.path());
    copy(dir.path(), folded.path());
    drop(opened(folded.path()).unwrap());
    let (_held, late) = opened(folded.path()).unwrap();
    late.write(|tx| tx.log(now(), None, "late", "")).unwrap();
    copy(folded.path(), other.path());
    let _ = std::fs::remove_file(other.path().join("motcua.db-wal"));
    let (_vault, store) = opened(other.path()).unwrap();
    assert_eq!(entries(&store), 19, "what was folded in before is all there");
    store.write(|tx| tx.put_dossier(&draft(50, "TRẦN THỊ MẪU"))).unwrap();
}

#[test]
fn a_database_that_was_scribbled_over_is_refused_with_words() {
    let dir = tempdir().unwrap();
    drop(create(dir.path()));
    let path = dir.path().join("motcua.db");
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in &mut bytes[..64] {
        *byte ^= 0x55;
    }
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(opened(dir.path()), Err(Error::Damaged(_))));
}

/// A page kept under its name whose bytes have rotted does not swallow the same page scanned again.
#[test]
fn rotten_bytes_are_replaced_when_the_page_comes_again() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let hash = store.put_file(b"a page").unwrap();
    let name = hash.to_string();
    let path = dir.path().join("files").join(&name[..2]).join(&name);
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(store.file(&hash), Err(Error::Damaged(_))));
    assert_eq!(store.put_file(b"a page").unwrap(), hash);
    assert_eq!(store.file(&hash).unwrap(), b"a page");
}
