//! Shifts at the drawer (ca thu tiền): opened by the first money, closed when the cash is counted against the book.

use super::{fold, written};
use crate::accept::LONGEST_REASON;
use crate::fault::Error;
use crate::station::Desk;
use crate::view::{MethodView, ShiftView};
use chrono::{DateTime, FixedOffset, TimeDelta};
use domain::fee_receipt::{CashCount, FeeBook, Series, SetAside, Shift, ShiftSummary};
use domain::fold::tidy;
use domain::{Dong, Right, Staff};
use serde::{Deserialize, Serialize};
use store::tables::shift::ShiftRow;
use store::{Reader, Writer};

/// What is kept of a shift at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Closed {
    pub(super) counted: CashCount,
    pub(super) expected: Dong,
    pub(super) difference: Dong,
    pub(super) reason: String,
}

/// A shift with its sums.
pub(super) struct Summed {
    pub(super) row: ShiftRow<Closed>,
    pub(super) clerk: Staff,
    pub(super) summary: ShiftSummary,
}

/// The most shifts that are shown.
const MOST: u32 = 100;

/// One tick of the clock that the store keeps.
const TICK: TimeDelta = TimeDelta::milliseconds(1);

impl Desk {
    /// Opens a shift, or sets what lay in the drawer before the one that is open (tiền lẻ đầu ca).
    ///
    /// # Errors
    /// [`Error::BadInput`] for less than nothing; when the role takes no fees.
    pub fn open_shift(&self, float: Dong) -> Result<ShiftView, Error> {
        let staff = self.require(Right::Collect)?;
        if float < Dong::ZERO || float.value() > 1_000_000_000_000 {
            return Err(Error::BadInput("float"));
        }
        let now = self.now();
        let n = self.store()?.write(|tx| -> Result<i64, Error> {
            if let Some(open) = tx.reader().open_shift::<Closed>(staff.id)? {
                tx.set_float(open.n, float)?;
                tx.log(now, Some(staff.id), "shift.float", &open.n.to_string())?;
                return Ok(open.n);
            }
            Ok(self.begin_shift(tx, &staff, float)?.0)
        })?;
        self.shift_numbered(n)
    }

    /// Opens a shift of `staff` and says its number and its first moment.
    pub(super) fn begin_shift(
        &self,
        tx: &Writer<'_>,
        staff: &Staff,
        float: Dong,
    ) -> Result<(i64, DateTime<FixedOffset>), Error> {
        let last = tx.reader().shifts::<Closed>(Some(staff.id), 1)?.pop();
        // Not before the end of the last one: what lies between two shifts would be in neither.
        let from = last.and_then(|shift| shift.to).map_or(self.now(), |to| to.max(self.now()));
        let from = from.with_timezone(&self.calendar.offset());
        let n = tx.add_shift(staff.id, from, float)?;
        tx.log(from, Some(staff.id), "shift.open", &n.to_string())?;
        Ok((n, from))
    }

    /// The open shift of whoever is signed in, as the book has it now; none where none is open.
    ///
    /// # Errors
    /// When the role takes no fees.
    pub fn shift(&self) -> Result<Option<ShiftView>, Error> {
        let staff = self.require(Right::Collect)?;
        self.store()?.read(|r| {
            let Some(open) = r.open_shift::<Closed>(staff.id)? else { return Ok(None) };
            Ok(Some(self.shift_view(&self.summed(r, open)?)))
        })
    }

    /// A shift by its number: one's own, or anybody's with the right.
    ///
    /// # Errors
    /// [`Error::NoShift`], [`Error::NotAllowed`].
    pub fn shift_numbered(&self, n: i64) -> Result<ShiftView, Error> {
        let summed = self.shift_summed(n)?;
        Ok(self.shift_view(&summed))
    }

    pub(super) fn shift_summed(&self, n: i64) -> Result<Summed, Error> {
        let staff = self.require(Right::Collect)?;
        self.store()?.read(|r| {
            let row = r.shift::<Closed>(n)?.ok_or(Error::NoShift)?;
            if row.staff != staff.id && !self.may(&staff, Right::Void) {
                return Err(Error::NotAllowed);
            }
            self.summed(r, row)
        })
    }

    /// The last shifts: one's own, or everybody's with the right.
    ///
    /// # Errors
    /// When the role takes no fees.
    pub fn shifts(&self) -> Result<Vec<ShiftView>, Error> {
        let staff = self.require(Right::Collect)?;
        let whose = if self.may(&staff, Right::Void) { None } else { Some(staff.id) };
        self.store()?.read(|r| {
            let rows = r.shifts::<Closed>(whose, MOST)?;
            rows.into_iter().map(|row| Ok(self.shift_view(&self.summed(r, row)?))).collect()
        })
    }

    /// Closes the open shift with what was counted.
    ///
    /// # Errors
    /// [`Error::NoShift`]; [`Error::ShiftDifference`] where the drawer is short or over and nobody says why;
    /// [`Error::BadInput`] for a note that does not exist. The shift stays open then.
    pub fn close_shift(&self, counted: &CashCount, reason: &str) -> Result<ShiftView, Error> {
        let staff = self.require(Right::Collect)?;
        let reason: String = tidy(reason).chars().take(LONGEST_REASON).collect();
        let n = self.store()?.write(|tx| -> Result<i64, Error> {
            let r = tx.reader();
            let row = r.open_shift::<Closed>(staff.id)?.ok_or(Error::NoShift)?;
            let book = book_since(&r, row.from)?;
            // After everything that is in it, also where the clock was set back meanwhile.
            let last = last_moment(&book, &staff).unwrap_or(row.from);
            let to = self.now().max(last).max(row.from) + TICK;
            let shift = Shift { staff: Some(staff.id), from: row.from, to, float: row.float };
            let summary = ShiftSummary::of(&book, shift, counted).ok_or(Error::BadInput("notes"))?;
            if !summary.may_close(&reason) {
                return Err(Error::ShiftDifference(summary.difference.to_string()));
            }
            let ShiftSummary { expected, difference, .. } = summary;
            let closed = Closed { counted: counted.clone(), expected, difference, reason };
            if !tx.close_shift(row.n, to, &closed)? {
                return Err(Error::NoShift);
            }
            tx.log(to, Some(staff.id), "shift.close", &format!("{} {}", row.n, difference.value()))?;
            Ok(row.n)
        })?;
        self.shift_numbered(n)
    }

    fn summed(&self, r: &Reader<'_>, row: ShiftRow<Closed>) -> Result<Summed, Error> {
        let clerk = r.staff(row.staff)?.ok_or(Error::StaffNotFound)?;
        let book = book_since(r, row.from)?;
        let to = row.to.unwrap_or_else(|| {
            let last = last_moment(&book, &clerk).unwrap_or(row.from);
            self.now().max(last).max(row.from) + TICK
        });
        let shift = Shift { staff: Some(row.staff), from: row.from, to, float: row.float };
        let counted = row.closed.as_ref().map(|closed| closed.counted.clone()).unwrap_or_default();
        let damaged = || Error::from(store::Error::Damaged("a shift's count".into()));
        let summary = ShiftSummary::of(&book, shift, &counted).ok_or_else(damaged)?;
        Ok(Summed { row, clerk, summary })
    }

    fn shift_view(&self, summed: &Summed) -> ShiftView {
        let Summed { row, clerk, summary } = summed;
        let closed = row.closed.as_ref();
        let method = |sums: &domain::fee_receipt::MethodTotal| MethodView {
            method: sums.method,
            receipts: sums.receipts,
            taken: sums.taken,
            void: sums.void,
        };
        ShiftView {
            number: u32::try_from(row.n).unwrap_or_default(),
            clerk: clerk.name.clone(),
            from: self.shown(row.from),
            to: row.to.map(|to| self.shown(to)),
            float: row.float,
            methods: summary.methods.iter().map(method).collect(),
            serials: summary.serials.iter().map(|(series, first, last)| run(series, *first, *last)).collect(),
            void: summary.void.iter().map(|(series, serial)| run(series, *serial, *serial)).collect(),
            set_aside: summary.set_aside.iter().map(aside).collect(),
            expected: closed.map_or(summary.expected, |closed| closed.expected),
            counted: closed.and_then(|closed| closed.counted.total()),
            difference: closed.map(|closed| closed.difference),
            reason: closed.map(|closed| closed.reason.clone()).unwrap_or_default(),
            notes: closed.map(|closed| closed.counted.0.clone()).unwrap_or_default(),
        }
    }
}

/// The book of every block in which something happened since `from`.
fn book_since(r: &Reader<'_>, from: DateTime<FixedOffset>) -> Result<FeeBook, Error> {
    let blocks = r.blocks_between(from, from + TimeDelta::days(36_500))?;
    fold(r.fee_entries(&blocks)?)
}

/// The last moment at which `staff` did something in the book.
fn last_moment(book: &FeeBook, staff: &Staff) -> Option<DateTime<FixedOffset>> {
    use domain::fee_receipt::FeeReceiptState::Void;
    let taken = book.receipts().filter(|receipt| receipt.payment.staff == staff.id).map(|one| one.payment.at);
    let voided = book.receipts().filter_map(|receipt| match &receipt.state {
        Void(voided) if voided.staff == staff.id => Some(voided.at),
        _ => None,
    });
    let aside = book.set_aside().iter().filter(|run| run.staff == staff.id).map(|run| run.at);
    taken.chain(voided).chain(aside).max()
}

/// Numbers as a person reads them: `28AA-26T: 0000001–0000012`.
pub(super) fn run(series: &Series, first: u32, last: u32) -> String {
    let numbers = if first == last { written(first) } else { format!("{}–{}", written(first), written(last)) };
    format!("{}: {numbers}", series.sign)
}

pub(super) fn aside(run_of: &SetAside) -> String {
    format!("{} ({})", run(&run_of.series, run_of.first, run_of.last), run_of.reason)
}
