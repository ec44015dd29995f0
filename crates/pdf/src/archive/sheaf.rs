//! The file as it grows: objects go out as they are made, and only where each begins is remembered.
//!
//! A document of a thousand pages is then never whole in memory (T-60). Cross-reference table and trailer are those of
//! ISO 32000-1, 7.5.4 and 7.5.5.

use pdf_writer::{Pdf, Ref};
use std::io::{self, Write};

/// The bytes of an entry in a cross-reference table.
const ENTRY: usize = 20;

/// A document on its way out.
pub(super) struct Sheaf<'w> {
    out: &'w mut dyn Write,
    at: u64,
    header: usize,
    /// Where each object begins, from number 1; nought for one that was not written.
    places: Vec<u64>,
}

impl<'w> Sheaf<'w> {
    /// Begins a document.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        let (bytes, table) = split(Pdf::new());
        let header = table.unwrap_or_default();
        out.write_all(&bytes[..header])?;
        Ok(Self { out, at: header as u64, header, places: Vec::new() })
    }

    /// Writes the objects of `part`, whose numbers are of this document and not written before.
    pub(super) fn put(&mut self, part: Pdf) -> io::Result<()> {
        let (bytes, table) = split(part);
        let damaged = || io::Error::other("a part without a table");
        let table = table.ok_or_else(damaged)?;
        // `xref`, the range `0 COUNT`, then one entry for each number from nought; nought itself is never used.
        let mut lines = bytes[table..].splitn(3, |byte| *byte == b'\n').skip(1);
        let range = lines.next().and_then(|range| std::str::from_utf8(range).ok());
        let count =
            range.and_then(|range| range.trim().strip_prefix("0 ")?.parse::<usize>().ok()).ok_or_else(damaged)?;
        let entries = lines.next().unwrap_or_default().chunks_exact(ENTRY).take(count).skip(1);
        for (number, entry) in entries.enumerate().filter(|(_, entry)| entry[17] == b'n') {
            let place = std::str::from_utf8(&entry[..10]).ok().and_then(|digits| digits.parse::<u64>().ok());
            if self.places.len() <= number {
                self.places.resize(number + 1, 0);
            }
            self.places[number] = place.ok_or_else(damaged)? + self.at - self.header as u64;
        }
        self.out.write_all(&bytes[self.header..table])?;
        self.at += (table - self.header) as u64;
        Ok(())
    }

    /// Writes the table and the trailer; `id` names the document, of its first form and of this one.
    pub(super) fn finish(self, root: Ref, info: Ref, id: &[u8]) -> io::Result<()> {
        let mut end = format!("xref\n0 {}\n0000000000 65535 f\r\n", self.places.len() + 1);
        for place in &self.places {
            end += &if *place == 0 { "0000000000 00000 f\r\n".to_owned() } else { format!("{place:010} 00000 n\r\n") };
        }
        let id: String = id.iter().map(|byte| format!("{byte:02X}")).collect();
        end += &format!(
            "trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{}\n%%EOF",
            self.places.len() + 1,
            root.get(),
            info.get(),
            self.at
        );
        self.out.write_all(end.as_bytes())
    }
}

/// The bytes of a part, and where its table begins.
fn split(part: Pdf) -> (Vec<u8>, Option<usize>) {
    let bytes = part.finish();
    // The number stands between the last `startxref` and the end mark.
    let tail = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(40)..]).into_owned();
    let table = tail.rsplit_once("startxref").and_then(|(_, number)| number.split_whitespace().next()?.parse().ok());
    (bytes, table)
}
