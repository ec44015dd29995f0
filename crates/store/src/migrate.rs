//! Forward-only migrations, numbered by `user_version`. Never edited once merged: `migrations/HASHES` holds them.

use crate::Error;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001_first.sql")];

/// Brings the database up to this program's version. A copy is made before the first new migration of an existing one.
pub(crate) fn run(connection: &mut Connection, dir: &Path) -> Result<(), Error> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = u32::try_from(MIGRATIONS.len()).expect("a handful of migrations");
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        // VACUUM INTO writes the copy with the same key.
        let copy = dir.join(format!("motcua-before-{}.db", found + 1));
        if !copy.exists() {
            connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
        }
    }
    for (version, sql) in (found + 1..).zip(MIGRATIONS.iter().skip(found as usize)) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
    }
    Ok(())
}
