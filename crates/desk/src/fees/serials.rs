//! Numbers of receipts (dải số biên lai): which are given out next, printed books, and what is asked of the central
//! system ahead of time.

use super::settings::sign;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::SerialRun;
use domain::Right;
use domain::fee_receipt::{BookEntry, BookRefusal, LAST_SERIAL, SerialBlock, Series};
use store::Reader;
use store::tables::serial::{BlockKind, SerialRow};

/// The blocks that the next number is taken from: all of one template and one kind.
pub(super) struct Chosen {
    pub(super) template: String,
    pub(super) rows: Vec<SerialRow>,
}

/// Longest printed book, in sheets.
const LONGEST_BOOK: u32 = 10_000;

impl Desk {
    /// Which blocks serve: the leased ones of the series that is set, then other leased ones, then a printed book. With
    /// `paper` only a printed book.
    pub(super) fn serials_to_use(
        &self,
        r: &Reader<'_>,
        open: &[SerialRow],
        paper: bool,
    ) -> Result<Option<Chosen>, Error> {
        let set = self.fee_settings_in(r)?.series();
        let leased = |row: &&SerialRow| row.kind == BlockKind::Leased && !paper;
        let today = self.today();
        let mut serving = Vec::new();
        for row in open {
            if self.serves(r, row, today)? {
                serving.push(row);
            }
        }
        let first = serving
            .iter()
            .copied()
            .filter(leased)
            .find(|row| Some(&row.series) == set.as_ref())
            .or_else(|| serving.iter().copied().find(leased))
            .or_else(|| serving.iter().copied().find(|row| row.kind == BlockKind::Paper));
        Ok(first.map(|first| {
            let same = |row: &&&SerialRow| row.kind == first.kind && row.series == first.series;
            let rows = serving.iter().filter(same).map(|row| (*row).clone()).collect();
            Chosen { template: first.series.template.clone(), rows }
        }))
    }

    /// An electronic series ends with its year.
    fn serves(&self, r: &Reader<'_>, row: &SerialRow, day: chrono::NaiveDate) -> Result<bool, Error> {
        let book = super::book_of(r, std::slice::from_ref(row))?;
        Ok(book.left(&row.series.template, day) > 0)
    }

    /// Takes a printed book in: its numbers are given out in their order, and the receipts are written by hand.
    ///
    /// # Errors
    /// [`Error::Book`] where the numbers do not fit or are in another book; [`Error::BadInput`] for the signs.
    pub fn add_receipt_book(&self, run: &SerialRun) -> Result<(), Error> {
        let staff = self.require(Right::Collect)?;
        let series = Series { template: sign(&run.template)?, sign: sign(&run.sign)? };
        if series.template.is_empty() || series.sign.is_empty() {
            return Err(Error::BadInput("series"));
        }
        let (first, last) = (run.first, run.last);
        if first < 1 || last < first || last > LAST_SERIAL || last - first >= LONGEST_BOOK {
            return Err(BookRefusal::BadBlock.into());
        }
        let (now, station) = (self.now(), self.station_id()?);
        let entry = BookEntry::Leased(SerialBlock { series: series.clone(), first, last, station, year: None });
        self.store()?.write(|tx| -> Result<(), Error> {
            if !tx.add_serial_block(&entry, BlockKind::Paper, now)? {
                return Err(BookRefusal::BadBlock.into());
            }
            tx.log(now, Some(staff.id), "receipts.book", &format!("{} {first}-{last}", series.sign))?;
            Ok(())
        })
    }
}
