//! Tickets of the queue before the counter, and what was filled in while each was served.

use super::{id16, millis, time, word};
use crate::{Error, Reader, Writer};
use chrono::NaiveDate;
use domain::queue::{Ticket, TicketState};
use domain::{DossierId, StaffId};
use rusqlite::{OptionalExtension, Params, Row};

const TICKET: &str = "SELECT n, day, label, priority, state, taken_ms, called_ms, ended_ms, staff FROM ticket";

/// A row before its words and times are read.
type Raw = (i64, String, String, bool, String, Option<i64>, Option<i64>, Option<i64>, Option<[u8; 16]>);

impl Reader<'_> {
    /// The tickets of a day, in the order in which they came.
    ///
    /// # Errors
    /// [`Error::Damaged`] when one does not read back.
    pub fn tickets(&self, day: NaiveDate) -> Result<Vec<Ticket>, Error> {
        self.ticket_rows(&format!("{TICKET} WHERE day = ?1 ORDER BY n"), [day.to_string()])
    }

    /// The ticket of `day` that says `label`.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn ticket(&self, day: NaiveDate, label: &str) -> Result<Option<Ticket>, Error> {
        let sql = format!("{TICKET} WHERE day = ?1 AND label = ?2");
        Ok(self.ticket_rows(&sql, (day.to_string(), label))?.pop())
    }

    /// The ticket that a person serves, of whatever day.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn ticket_served_by(&self, staff: StaffId) -> Result<Option<Ticket>, Error> {
        let sql = format!("{TICKET} WHERE staff = ?1 AND state = 'serving'");
        Ok(self.ticket_rows(&sql, [staff.as_bytes()])?.pop())
    }

    /// The ticket that a dossier was filled in for.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it does not read back.
    pub fn ticket_of(&self, dossier: DossierId) -> Result<Option<Ticket>, Error> {
        let sql = format!("{TICKET} WHERE n = (SELECT ticket FROM ticket_dossier WHERE dossier = ?1)");
        Ok(self.ticket_rows(&sql, [dossier.as_bytes()])?.pop())
    }

    /// What was filled in for a ticket, in the order in which it was opened.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dossiers_of_ticket(&self, n: i64) -> Result<Vec<DossierId>, Error> {
        let sql = "SELECT d.id FROM ticket_dossier t JOIN dossier d ON d.id = t.dossier \
                   WHERE t.ticket = ?1 AND d.status <> 'discarded' ORDER BY d.n";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([n], |row| id16(row, 0))?;
        rows.map(|row| row.map(DossierId::from_bytes).map_err(Error::from)).collect()
    }

    fn ticket_rows(&self, sql: &str, bound: impl Params) -> Result<Vec<Ticket>, Error> {
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map(bound, raw)?;
        rows.map(|row| build(row?)).collect()
    }
}

impl Writer<'_> {
    /// Keeps a new ticket; none where one of that day says the same.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_ticket(&self, ticket: &Ticket, own: Option<u32>) -> Result<Option<i64>, Error> {
        let sql = "INSERT INTO ticket (day, label, priority, state, number, taken_ms) \
                   VALUES (?1, ?2, ?3, 'waiting', ?4, ?5) ON CONFLICT (day, label) DO NOTHING RETURNING n";
        let bound = (ticket.day.to_string(), &ticket.label, ticket.priority, own, ticket.taken.map(millis));
        Ok(self.0.prepare_cached(sql)?.query_row(bound, |row| row.get(0)).optional()?)
    }

    /// The number of ours that comes next on `day`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn next_ticket_number(&self, day: NaiveDate) -> Result<u32, Error> {
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM ticket WHERE day = ?1";
        Ok(self.0.prepare_cached(sql)?.query_row([day.to_string()], |row| row.get(0))?)
    }

    /// Keeps where a ticket stands now.
    ///
    /// # Errors
    /// When the database refuses, also where somebody would serve two at once.
    pub fn put_ticket(&self, ticket: &Ticket) -> Result<(), Error> {
        let sql = "UPDATE ticket SET state = ?2, called_ms = ?3, ended_ms = ?4, staff = ?5, priority = ?6 WHERE n = ?1";
        let bound = (
            ticket.n,
            state_word(ticket.state),
            ticket.called.map(millis),
            ticket.ended.map(millis),
            ticket.by.as_ref().map(StaffId::as_bytes),
            ticket.priority,
        );
        self.0.prepare_cached(sql)?.execute(bound)?;
        Ok(())
    }

    /// Says for whom a dossier is filled in; `None` for nobody with a ticket.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_ticket_of(&self, dossier: DossierId, ticket: Option<i64>) -> Result<(), Error> {
        match ticket {
            Some(n) => {
                let sql = "INSERT INTO ticket_dossier (dossier, ticket) VALUES (?1, ?2) \
                           ON CONFLICT (dossier) DO UPDATE SET ticket = excluded.ticket";
                self.0.prepare_cached(sql)?.execute((dossier.as_bytes(), n))?;
            }
            None => {
                let sql = "DELETE FROM ticket_dossier WHERE dossier = ?1";
                self.0.prepare_cached(sql)?.execute([dossier.as_bytes()])?;
            }
        }
        Ok(())
    }
}

fn state_word(state: TicketState) -> &'static str {
    match state {
        TicketState::Waiting => "waiting",
        TicketState::Serving => "serving",
        TicketState::Served => "served",
        TicketState::Absent => "absent",
    }
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
    ))
}

fn build((n, day, label, priority, state, taken, called, ended, staff): Raw) -> Result<Ticket, Error> {
    Ok(Ticket {
        n,
        day: day.parse().map_err(|_| Error::Damaged(format!("day of ticket {n}")))?,
        label,
        priority,
        state: word(&state)?,
        taken: taken.map(time).transpose()?,
        called: called.map(time).transpose()?,
        ended: ended.map(time).transpose()?,
        by: staff.map(StaffId::from_bytes),
    })
}
