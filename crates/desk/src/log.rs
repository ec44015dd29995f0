//! The audit log as people use it: checked against what the central system noted, and given out whole (Q2, Q3).

use crate::fault::Error;
use crate::station::Desk;
use domain::Right;
use domain::log::{Anchor, ChainCheck, Entry, Walk};
use protocol::{Acceptance, LogHead};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use store::Reader;

impl Desk {
    /// Walks the audit log's chain, and holds it against the heads that the central system's acceptances name.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn verify_log(&self) -> Result<ChainCheck, Error> {
        self.require(Right::Read)?;
        self.store()?.read(|r| -> Result<_, Error> {
            let mut anchors = Vec::new();
            r.acceptances(|json| {
                let head = serde_json::from_str::<Acceptance>(json).ok().and_then(|acceptance| acceptance.log);
                anchors.extend(head.map(|head| Anchor { n: head.n, hash: head.hash }));
            })?;
            let mut walk = Walk::against(anchors);
            r.audit(|entry| -> Result<(), Error> {
                walk.step(&entry);
                Ok(())
            })?;
            Ok(walk.end())
        })
    }

    /// Writes the whole log to a new file, one entry a line, and says how many. It can be checked without this station.
    ///
    /// # Errors
    /// When the role may not, or the file is there already or cannot be written.
    pub fn export_log(&self, path: &Path) -> Result<u64, Error> {
        let staff = self.require(Right::Audit)?;
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "log.export", ""))?;
        let failed = |error| Error::file(path, error);
        let file = std::fs::File::create_new(path).map_err(failed)?;
        let mut out = BufWriter::new(file);
        let mut entries = 0;
        self.store()?.read(|r| {
            r.audit(|entry| -> Result<(), Error> {
                entries += 1;
                serde_json::to_writer(&mut out, &entry).map_err(|error| Error::file(path, error.into()))?;
                out.write_all(b"\n").map_err(failed)
            })
        })?;
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        Ok(entries)
    }
}

/// Walks an exported log, on whatever machine.
///
/// # Errors
/// [`Error::File`] when a line is no entry.
pub fn verify_log_file(path: &Path) -> Result<ChainCheck, Error> {
    let failed = |error| Error::file(path, error);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut walk = Walk::against([]);
    for line in BufReader::new(file).lines() {
        let line = line.map_err(failed)?;
        let entry: Entry = serde_json::from_str(&line).map_err(|error| failed(error.into()))?;
        walk.step(&entry);
    }
    Ok(walk.end())
}

/// How far the log has come, for a command that is about to be written.
pub(crate) fn head(reader: &Reader<'_>) -> Result<LogHead, Error> {
    let (n, hash) = reader.audit_head()?;
    Ok(LogHead { n, hash })
}
