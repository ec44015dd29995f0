//! The book of fee receipts (sổ biên lai): blocks of numbers, and what became of each, only ever added to.
//!
//! An entry belongs to one block, so that the book of a block reads by itself: a counter's payment folds the few hundred
//! entries of the block in use and never those of all years.

use super::{json, millis, to_json};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::CommandId;
use domain::fee_receipt::{BookEntry, LAST_SERIAL, Series};
use rusqlite::{OptionalExtension, Row};

/// Where numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Leased from the central system; receipts are printed here.
    Leased,
    /// A printed book of receipts on the table; receipts are written by hand (quyển biên lai giấy).
    Paper,
}

/// A block of numbers and how far it is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialRow {
    /// Its number here.
    pub n: i64,
    /// The series.
    pub series: Series,
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
    /// The next free number.
    pub next: u32,
    /// Where it comes from.
    pub kind: BlockKind,
    /// Why no more of it may be given out here.
    pub ended: Option<String>,
}

const BLOCK: &str = "SELECT n, template, sign, first, last, next, kind, ended FROM serial_block";

fn block(row: &Row<'_>) -> rusqlite::Result<SerialRow> {
    let kind: String = row.get(6)?;
    Ok(SerialRow {
        n: row.get(0)?,
        series: Series { template: row.get(1)?, sign: row.get(2)? },
        first: row.get(3)?,
        last: row.get(4)?,
        next: row.get(5)?,
        kind: if kind == "paper" { BlockKind::Paper } else { BlockKind::Leased },
        ended: row.get(7)?,
    })
}

impl Reader<'_> {
    /// Every block, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn serial_blocks(&self) -> Result<Vec<SerialRow>, Error> {
        let mut query = self.0.prepare_cached(&format!("{BLOCK} ORDER BY n"))?;
        let rows = query.query_map([], block)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The blocks that numbers may still be given out of, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn open_serial_blocks(&self) -> Result<Vec<SerialRow>, Error> {
        let mut query = self.0.prepare_cached(&format!("{BLOCK} WHERE next <= last AND ended IS NULL ORDER BY n"))?;
        let rows = query.query_map([], block)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The block that a number belongs to.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn serial_block_of(&self, series: &Series, serial: u32) -> Result<Option<SerialRow>, Error> {
        let sql = format!("{BLOCK} WHERE template = ?1 AND sign = ?2 AND first <= ?3 AND last >= ?3");
        let mut query = self.0.prepare_cached(&sql)?;
        Ok(query.query_row((&series.template, &series.sign, serial), block).optional()?)
    }

    /// The highest number of a series that was ever held here; nought where none was.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn last_serial(&self, series: &Series) -> Result<u32, Error> {
        let sql = "SELECT coalesce(max(last), 0) FROM serial_block WHERE template = ?1 AND sign = ?2";
        Ok(self.0.prepare_cached(sql)?.query_row((&series.template, &series.sign), |row| row.get(0))?)
    }

    /// The entries of some blocks, in the order in which they were made.
    ///
    /// # Errors
    /// [`Error::Damaged`] when one does not read back.
    pub fn fee_entries(&self, blocks: &[i64]) -> Result<Vec<BookEntry>, Error> {
        let mut entries: Vec<(i64, BookEntry)> = Vec::new();
        let mut query = self.0.prepare_cached("SELECT n, body FROM fee_entry WHERE block = ?1 ORDER BY n")?;
        for block in blocks {
            let rows = query.query_map([block], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (n, body) = row?;
                entries.push((n, json(&body)?));
            }
        }
        entries.sort_by_key(|(n, _)| *n);
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// The block of the receipt that a command made.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn block_of_command(&self, command: CommandId) -> Result<Option<i64>, Error> {
        let mut query = self.0.prepare_cached("SELECT block FROM fee_entry WHERE command = ?1")?;
        Ok(query.query_row([command.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The blocks in which something happened in a stretch of time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn blocks_between(&self, from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> Result<Vec<i64>, Error> {
        let sql = "SELECT DISTINCT block FROM fee_entry WHERE at_ms >= ?1 AND at_ms < ?2 ORDER BY block";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((millis(from), millis(to)), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Takes a block of numbers in, with its entry in the book. False, and nothing changes, where one of its numbers is
    /// in a block that is here already.
    ///
    /// # Errors
    /// [`Error::Damaged`] for an entry that leases nothing; when the database refuses.
    pub fn add_serial_block(
        &self,
        entry: &BookEntry,
        kind: BlockKind,
        at: DateTime<FixedOffset>,
    ) -> Result<bool, Error> {
        let BookEntry::Leased(held) = entry else { return Err(Error::Damaged("no block".into())) };
        let sql = "INSERT INTO serial_block (template, sign, first, last, next, kind) SELECT ?1, ?2, ?3, ?4, ?3, ?5 \
                   WHERE NOT EXISTS (SELECT 1 FROM serial_block \
                   WHERE template = ?1 AND sign = ?2 AND first <= ?4 AND last >= ?3)";
        let kind = if kind == BlockKind::Paper { "paper" } else { "leased" };
        let row = (&held.series.template, &held.series.sign, held.first, held.last.min(LAST_SERIAL), kind);
        if self.0.prepare_cached(sql)?.execute(row)? == 0 {
            return Ok(false);
        }
        let block = self.0.last_insert_rowid();
        self.put_entry(block, "leased", held.first, None, at, entry)?;
        Ok(true)
    }

    /// Adds an entry to the book, and moves its block's next number along with it.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the number is not the next one of its block; when the database refuses.
    pub fn add_fee_entry(&self, block: i64, entry: &BookEntry, at: DateTime<FixedOffset>) -> Result<(), Error> {
        match entry {
            BookEntry::Leased(_) => Err(Error::Damaged("a block is taken in by itself".into())),
            BookEntry::Issued { serial, payment, .. } => {
                self.use_serials(block, *serial, *serial)?;
                self.put_entry(block, "issued", *serial, Some(payment.command), at, entry)
            }
            BookEntry::SetAside(run) => {
                self.use_serials(block, run.first, run.last)?;
                self.put_entry(block, "set_aside", run.first, None, at, entry)
            }
            BookEntry::Voided { serial, .. } => self.put_entry(block, "voided", *serial, None, at, entry),
            BookEntry::Printed { serial, .. } => self.put_entry(block, "printed", *serial, None, at, entry),
        }
    }

    fn use_serials(&self, block: i64, first: u32, last: u32) -> Result<(), Error> {
        let sql = "UPDATE serial_block SET next = ?3 + 1 WHERE n = ?1 AND next = ?2 AND ended IS NULL";
        let used = self.0.prepare_cached(sql)?.execute((block, first, last))?;
        if used == 1 { Ok(()) } else { Err(Error::Damaged(format!("serial {first} is not the next one"))) }
    }

    fn put_entry(
        &self,
        block: i64,
        kind: &str,
        serial: u32,
        command: Option<CommandId>,
        at: DateTime<FixedOffset>,
        entry: &BookEntry,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO fee_entry (block, kind, serial, command, at_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let command = command.as_ref().map(CommandId::as_bytes);
        self.0.prepare_cached(sql)?.execute((block, kind, serial, command, millis(at), to_json(entry)?))?;
        Ok(())
    }

    /// No more leased numbers are given out here: they are another station's from now on. Printed books stay, since
    /// they lie on this table.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end_serials(&self, why: &str) -> Result<(), Error> {
        let sql = "UPDATE serial_block SET ended = ?1 WHERE kind = 'leased' AND ended IS NULL AND next <= last";
        self.0.prepare_cached(sql)?.execute([why])?;
        Ok(())
    }
}
