//! Stacks of paper: one row each from before the first page comes, so that a crash leaves an account.

use super::{id16, json, millis, time, to_json, word};
use crate::{Error, Reader, Writer};
use domain::{DossierId, Page, Stack, StackEnd, StackId, StackState, StaffId};
use rusqlite::{OptionalExtension, Row};

const COLUMNS: &str =
    "id, dossier, component, source, state, expected, fed, received, ended, reason, staff, started_ms, ended_ms, sides";

impl Reader<'_> {
    /// The stack `id`.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the row does not read back.
    pub fn stack(&self, id: StackId) -> Result<Option<Stack>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM stack WHERE id = ?1");
        let row = self.0.prepare_cached(&sql)?.query_row([id.as_bytes()], raw).optional()?;
        row.map(build).transpose()
    }

    /// The stacks that were scanned into `dossier`, in the order in which they were begun.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn stacks(&self, dossier: DossierId) -> Result<Vec<Stack>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM stack WHERE dossier = ?1 ORDER BY started_ms, rowid");
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map([dossier.as_bytes()], raw)?;
        rows.map(|row| build(row?)).collect()
    }

    /// The pages that came in a stack, whichever dossier they belong to now.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn pages_of_stack(&self, stack: StackId) -> Result<Vec<Page>, Error> {
        self.pages_where("stack = ?1", stack.as_bytes())
    }

    /// Every stack that was left open, oldest first; after a crash all of them are offered, not only the last (T-03).
    ///
    /// # Errors
    /// [`Error::Damaged`] when a row does not read back.
    pub fn open_stacks(&self) -> Result<Vec<Stack>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM stack WHERE state = 'open' ORDER BY started_ms, rowid");
        let mut query = self.0.prepare_cached(&sql)?;
        let rows = query.query_map([], raw)?;
        rows.map(|row| build(row?)).collect()
    }
}

impl Writer<'_> {
    /// Writes `stack` down, anew or over what was known of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_stack(&self, stack: &Stack) -> Result<(), Error> {
        let sql = format!(
            "INSERT INTO stack ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
             ON CONFLICT (id) DO UPDATE SET dossier = excluded.dossier, component = excluded.component, \
             state = excluded.state, expected = excluded.expected, fed = excluded.fed, received = excluded.received, \
             ended = excluded.ended, reason = excluded.reason, ended_ms = excluded.ended_ms"
        );
        self.0.prepare_cached(&sql)?.execute((
            stack.id.as_bytes(),
            stack.dossier.as_ref().map(DossierId::as_bytes),
            stack.component,
            to_json(&stack.source)?,
            state(stack.state),
            stack.expected,
            stack.fed,
            stack.received,
            stack.ended.map(end),
            stack.reason.as_deref(),
            stack.staff.as_bytes(),
            millis(stack.started_at),
            stack.ended_at.map(millis),
            stack.sides,
        ))?;
        Ok(())
    }
}

fn state(state: StackState) -> &'static str {
    match state {
        StackState::Open => "open",
        StackState::Saved => "saved",
        StackState::Discarded => "discarded",
    }
}

fn end(end: StackEnd) -> &'static str {
    match end {
        StackEnd::Empty => "empty",
        StackEnd::Cancelled => "cancelled",
        StackEnd::Jam => "jam",
        StackEnd::DoubleFeed => "double_feed",
        StackEnd::CoverOpen => "cover_open",
        StackEnd::Fault => "fault",
    }
}

struct Raw {
    id: [u8; 16],
    dossier: Option<[u8; 16]>,
    component: Option<u32>,
    source: String,
    state: String,
    expected: Option<u32>,
    fed: Option<u32>,
    received: u32,
    ended: Option<String>,
    reason: Option<String>,
    staff: [u8; 16],
    started: i64,
    stopped: Option<i64>,
    sides: u32,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: id16(row, 0)?,
        dossier: row.get(1)?,
        component: row.get(2)?,
        source: row.get(3)?,
        state: row.get(4)?,
        expected: row.get(5)?,
        fed: row.get(6)?,
        received: row.get(7)?,
        ended: row.get(8)?,
        reason: row.get(9)?,
        staff: id16(row, 10)?,
        started: row.get(11)?,
        stopped: row.get(12)?,
        sides: row.get(13)?,
    })
}

fn build(raw: Raw) -> Result<Stack, Error> {
    Ok(Stack {
        id: StackId::from_bytes(raw.id),
        dossier: raw.dossier.map(DossierId::from_bytes),
        component: raw.component,
        source: json(&raw.source)?,
        state: word::<StackState>(&raw.state)?,
        sides: raw.sides,
        expected: raw.expected,
        fed: raw.fed,
        received: raw.received,
        ended: raw.ended.as_deref().map(word::<StackEnd>).transpose()?,
        reason: raw.reason,
        staff: StaffId::from_bytes(raw.staff),
        started_at: time(raw.started)?,
        ended_at: raw.stopped.map(time).transpose()?,
    })
}
