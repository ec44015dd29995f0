//! A bundle for whoever helps from afar (Q10): what the program is, what it met, how much it holds. Nothing of any
//! person: counts, kinds and codes only, and the logs once more combed for what looks like a number or an address.

use crate::fault::Error;
use crate::station::Desk;
use domain::Right;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Digits in a row that may be somebody's: identity numbers have 9 or 12, telephones 10.
const TELLING: usize = 8;

impl Desk {
    /// Writes the bundle as a ZIP file and says how many bytes it has.
    ///
    /// # Errors
    /// When nobody is signed in, or the file cannot be written.
    pub fn support_bundle(&self, path: &Path) -> Result<u64, Error> {
        let staff = self.require(Right::Read)?;
        let about = serde_json::to_vec_pretty(&self.about()?).map_err(|error| Error::Internal(error.to_string()))?;
        let mut files = vec![("about.json".to_owned(), about)];
        files.extend(self.combed_logs());
        let bytes = zipped(&files).map_err(|error| Error::file(path, error))?;
        crate::digitize::write_whole(path, &bytes)?;
        let now = self.now();
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "support.bundle", ""))?;
        Ok(bytes.len() as u64)
    }

    fn about(&self) -> Result<Value, Error> {
        let profile = self.profile();
        let store = self.store()?;
        let (states, faults, files, head) = store.read(|r| -> Result<_, Error> {
            Ok((r.count_dossiers_by_status()?, r.count_outbox_faults()?, r.count_files()?, r.audit_head()?.0))
        })?;
        let scanners =
            self.devices().map(|devices| devices.iter().map(|device| json!(device.kind)).collect::<Vec<_>>());
        Ok(json!({
            "made": self.shown(self.now()),
            "version": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "machine": std::env::consts::ARCH,
            "office": profile.office_code,
            "training": profile.training,
            "database": { "version": store.version()?, "bytes": store.size()?, "log_entries": head },
            "dossiers": states,
            "outbox_faults": faults,
            "files": { "count": files.count, "bytes": files.bytes, "bad": files.bad, "purged": files.purged },
            "link": self.sync_state()?.link,
            "scanners": scanners.ok(),
            "printers": self.printers().map(|printers| printers.len()).ok(),
        }))
    }

    /// The program's logs. They hold no names by themselves; this is the second net.
    fn combed_logs(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.dir().join("logs")).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| {
                let text = std::fs::read_to_string(entry.path()).ok()?;
                Some((format!("logs/{}", entry.file_name().to_string_lossy()), comb(&text).into_bytes()))
            })
            .collect()
    }
}

fn zipped(files: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Takes out long numbers, and words with an `@` in them. Ids stay: hexadecimal in groups, they name nobody.
pub(crate) fn comb(text: &str) -> String {
    let mut combed = String::with_capacity(text.len());
    for line in text.lines() {
        let words: Vec<String> = line.split(' ').map(comb_word).collect();
        combed.push_str(&words.join(" "));
        combed.push('\n');
    }
    combed
}

fn comb_word(word: &str) -> String {
    if word.contains('@') {
        return "[…]".into();
    }
    let longest = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    let is_id = word.split('-').count() == 5 && word.chars().filter(char::is_ascii_hexdigit).count() >= 32;
    if longest >= TELLING && !is_id { "[…]".into() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::comb;

    #[test]
    fn numbers_and_addresses_are_combed_out_and_ids_stay() {
        let id = "dossier=019a0000-0000-7000-8000-000000000000";
        let line = format!("2026-11-23T08:15:00 number=099199000001 tel 0912345678, a@b.vn {id} ms=1234567");
        assert_eq!(comb(&line), format!("2026-11-23T08:15:00 […] tel […] […] {id} ms=1234567\n"));
    }
}
