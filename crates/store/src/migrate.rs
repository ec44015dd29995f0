//! Forward-only migrations, numbered by `user_version`. Never edited once merged: `migrations/HASHES` holds them.
//!
//! Before the first new one a copy is made and proven whole; without a whole copy nothing is changed (S4).

use crate::vault::sync_dir;
use crate::{Error, connection};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, TransactionBehavior};
use std::fs::{self, File};
use std::path::Path;
use zeroize::Zeroizing;

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_care.sql"),
    include_str!("../migrations/0003_scale.sql"),
    include_str!("../migrations/0004_search.sql"),
    include_str!("../migrations/0005_papers.sql"),
    include_str!("../migrations/0006_visit.sql"),
    include_str!("../migrations/0007_party.sql"),
    include_str!("../migrations/0008_catalogue.sql"),
    include_str!("../migrations/0009_print_outcome.sql"),
    include_str!("../migrations/0010_fees.sql"),
    include_str!("../migrations/0011_calendar.sql"),
    include_str!("../migrations/0012_stacks.sql"),
    include_str!("../migrations/0013_stack_sides.sql"),
    include_str!("../migrations/0014_page_changes.sql"),
    include_str!("../migrations/0015_loose_pages.sql"),
    include_str!("../migrations/0016_queue.sql"),
];

/// Brings the database up to this program's version. `key` opens the copy that is made of an older one first.
pub(crate) fn run(connection: &mut Connection, dir: &Path, key: &Zeroizing<[u8; 32]>) -> Result<(), Error> {
    let found = version(connection)?;
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        copy_first(connection, &dir.join(format!("motcua-before-{}.db", found + 1)), key)?;
    }
    know_fold(connection)?;
    for (version, sql) in (found + 1..).zip(MIGRATIONS.iter().skip(found as usize)) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
    }
    Ok(())
}

/// Teaches a connection `fold(text)` and `initials(text)`, so that a migration can write the search indexes anew.
fn know_fold(connection: &Connection) -> Result<(), Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let teach = |name, function: fn(&str) -> String| {
        connection.create_scalar_function(name, 1, flags, move |call| call.get::<String>(0).map(|text| function(&text)))
    };
    teach("fold", domain::fold::fold)?;
    teach("initials", domain::fold::initials)?;
    Ok(())
}

fn version(connection: &Connection) -> Result<u32, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Copies the database and looks at the copy before it is trusted. An old copy of the same step is of no use: it may
/// be of another day.
fn copy_first(connection: &Connection, copy: &Path, key: &Zeroizing<[u8; 32]>) -> Result<(), Error> {
    if copy.exists() {
        fs::remove_file(copy).map_err(Error::io(copy))?;
    }
    snapshot(connection, copy)?;
    let opened = connection::connect(copy, key, connection::read_only())?;
    if version(&opened)? != version(connection)? || !is_whole(&opened)? {
        return Err(Error::Damaged("the copy before the migration".into()));
    }
    Ok(())
}

/// Writes a copy of the database with the same key, durable when it returns. Writers go on meanwhile.
pub(crate) fn snapshot(connection: &Connection, copy: &Path) -> Result<(), Error> {
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    File::open(copy).and_then(|file| file.sync_all()).map_err(Error::io(copy))?;
    sync_dir(copy.parent().unwrap_or(Path::new(".")))
}

/// Whether every page of the database file is sealed rightly and every row and index fits.
pub(crate) fn is_whole(connection: &Connection) -> Result<bool, Error> {
    Ok(seals_hold(connection)? && rows_fit(connection, "integrity_check")?)
}

/// Whether every page of the database file is sealed rightly, as far as SQLCipher's own check can tell. What lies beyond
/// its reach is for [`rows_fit`], which reads every page that holds something and opens its seal on the way.
pub(crate) fn seals_hold(connection: &Connection) -> Result<bool, Error> {
    // Told as text.
    let told: String = connection.pragma_query_value(None, "cipher_page_size", |row| row.get(0))?;
    let page_bytes = told.parse().map_err(|_| Error::Damaged(format!("pages of {told} bytes")))?;
    // Each wrong page of the file is one row, and so none is the good answer.
    let mut seals = connection.prepare("PRAGMA cipher_integrity_check")?;
    let mut findings = seals.query([])?;
    while let Some(finding) = findings.next()? {
        if !beyond_reach(&finding.get::<_, String>(0)?, page_bytes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// SQLCipher 4.14 works out in 32 bits where a page begins: from 4 GiB on its check looks at the wrong place and finds
/// every seal broken. Such a finding says nothing about the page.
fn beyond_reach(finding: &str, page_bytes: u32) -> bool {
    const REACH: u64 = 1 << 32;
    let said = ["HMAC verification failed for page ", "HMAC operation failed for page "];
    let page = said.iter().find_map(|said| finding.strip_prefix(said)?.parse::<u64>().ok());
    page.is_some_and(|page| page.saturating_sub(1).saturating_mul(page_bytes.into()) >= REACH)
}

/// Whether `integrity_check`, or the faster `quick_check`, finds nothing.
pub(crate) fn rows_fit(connection: &Connection, check: &str) -> Result<bool, Error> {
    let told: String = connection.query_row(&format!("PRAGMA {check}(1)"), [], |row| row.get(0))?;
    Ok(told == "ok")
}

/// An empty database of today's layout, for tests that look at it.
#[cfg(test)]
pub(crate) fn empty() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    know_fold(&connection).unwrap();
    connection.execute_batch(&MIGRATIONS.concat()).unwrap();
    connection
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::OpenFlags;

    fn key() -> Zeroizing<[u8; 32]> {
        Zeroizing::new([7; 32])
    }

    /// A database as the first version of the program left it, with one page.
    fn first_version(dir: &Path) -> Connection {
        let connection = connection::connect(&dir.join("motcua.db"), &key(), OpenFlags::default()).unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.execute_batch(include_str!("../tests/first_version.sql")).unwrap();
        connection
    }

    /// S4: a whole copy of the old state lies beside the new one.
    #[test]
    fn an_older_database_is_copied_and_brought_up() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = first_version(dir.path());
        run(&mut connection, dir.path(), &key()).unwrap();
        let page = domain::PageId::from_bytes([0; 16]);
        let thumb = crate::Reader(&connection).thumb(page).unwrap();
        assert_eq!(thumb, Some(vec![0xAB, 0xCD]), "what was kept moved along");
        let found = crate::Reader(&connection).search_dossiers("dang 0990 h99", 5).unwrap();
        assert_eq!(found.len(), 1, "what was written before is found by the new index");
        assert!(is_whole(&connection).unwrap());
        let copy =
            connection::connect(&dir.path().join("motcua-before-2.db"), &key(), connection::read_only()).unwrap();
        assert_eq!(version(&copy).unwrap(), 1);
        assert!(copy.column_exists(None, "page", "thumb").unwrap(), "the copy is the database before the change");
    }

    /// What SQLCipher's check says of pages that it cannot reach is no damage; whatever else it says is.
    #[test]
    fn only_findings_beyond_4_gib_are_passed_over() {
        let finding = |page: u64| format!("HMAC verification failed for page {page}");
        let first_beyond = (1 << 32) / 4_096 + 1;
        assert!(!beyond_reach(&finding(first_beyond - 1), 4_096), "the last page that it reads rightly");
        assert!(beyond_reach(&finding(first_beyond), 4_096));
        assert!(beyond_reach(&format!("HMAC operation failed for page {first_beyond}"), 4_096));
        assert!(!beyond_reach(&finding(first_beyond), 1_024), "with smaller pages it lies before 4 GiB");
        assert!(beyond_reach(&finding((1 << 32) / 65_536 + 1), 65_536));
        for other in [
            "page 1048577 has an invalid size of 17 bytes (expected 4096 bytes)",
            "error reading 4096 bytes from file page 1048577 at offset 0",
            "HMAC verification failed for page 1048577x",
            "HMAC verification failed for page ",
            "database file is undefined",
            "",
        ] {
            assert!(!beyond_reach(other, 4_096), "{other}");
        }
    }

    /// Without a copy nothing is changed: here its name is taken by a folder.
    #[test]
    fn without_a_copy_nothing_is_changed() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = first_version(dir.path());
        fs::create_dir_all(dir.path().join("motcua-before-2.db/in the way")).unwrap();
        assert!(run(&mut connection, dir.path(), &key()).is_err());
        assert_eq!(version(&connection).unwrap(), 1);
    }

    #[test]
    fn a_newer_database_is_refused_and_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = first_version(dir.path());
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(run(&mut connection, dir.path(), &key()), Err(Error::Newer { found: 99, .. })));
        assert_eq!(version(&connection).unwrap(), 99);
    }
}
