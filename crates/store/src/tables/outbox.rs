//! The outbox: commands for the central system, written in the transaction of what they tell of.
//!
//! A body's bytes never change, since both sides hash them. A row is `accepted` only together with the
//! server's answer; the table itself refuses anything else.

use super::{id16, millis, time, word};
use crate::{Error, Reader, Writer};
use chrono::{DateTime, FixedOffset};
use domain::outbox::{LONGEST_DELAY, OutboxState};
use domain::{CommandId, DossierId};
use rusqlite::{OptionalExtension, Row};

/// One command on its way (lệnh chờ gửi).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Idempotency key.
    pub id: CommandId,
    /// The dossier it tells of.
    pub dossier: DossierId,
    /// Where it stands.
    pub state: OutboxState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried again; none: as soon as possible.
    pub next: Option<DateTime<FixedOffset>>,
    /// What the last attempt met, as a stable code.
    pub fault: Option<String>,
    /// A number or word that belongs to the fault, such as an HTTP status.
    pub detail: Option<String>,
    /// When it was written.
    pub created_at: DateTime<FixedOffset>,
    /// When the central system accepted it.
    pub accepted_at: Option<DateTime<FixedOffset>>,
}

/// How the outbox stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxCount {
    /// Waiting.
    pub waiting: u32,
    /// Blocked.
    pub blocked: u32,
    /// Accepted since the given time.
    pub accepted: u32,
    /// The earliest next try among those that wait for one.
    pub next: Option<DateTime<FixedOffset>>,
}

const COLUMNS: &str = "id, dossier, state, attempts, next_ms, fault, detail, created_ms, accepted_ms";

impl Reader<'_> {
    /// Every item that is not accepted, oldest first, then the accepted ones, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox(&self, limit: u32) -> Result<Vec<OutboxItem>, Error> {
        // Two questions that an index each answers; one that sorts them all would walk every year's items.
        let unfinished =
            format!("SELECT {COLUMNS} FROM outbox WHERE state IN ('queued', 'blocked') ORDER BY n LIMIT ?1");
        let mut items = self.items(&unfinished, [limit])?;
        let room = limit.saturating_sub(u32::try_from(items.len()).unwrap_or(u32::MAX));
        let done = format!(
            "SELECT {COLUMNS} FROM outbox WHERE accepted_ms IS NOT NULL ORDER BY accepted_ms DESC, n DESC LIMIT ?1"
        );
        items.extend(self.items(&done, [room])?);
        Ok(items)
    }

    /// The last item of `dossier`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox_of(&self, dossier: DossierId) -> Result<Option<OutboxItem>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE dossier = ?1 ORDER BY n DESC LIMIT 1");
        Ok(self.items(&sql, [dossier.as_bytes()])?.pop())
    }

    /// The items to try at `now`, oldest first. One that waits for its next try does not hold up the others (T-41);
    /// of one dossier only the oldest unfinished is taken, so that its story arrives in order (O6).
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox_due(&self, now: DateTime<FixedOffset>, limit: u32) -> Result<Vec<OutboxItem>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox o WHERE state = 'queued' AND (coalesce(next_ms, 0) <= ?1 OR next_ms > ?2) AND NOT EXISTS \
             (SELECT 1 FROM outbox e WHERE e.dossier = o.dossier AND e.n < o.n AND e.state <> 'accepted') ORDER BY n LIMIT ?3"
        );
        // Nothing waits longer than that: what does was put off while the clock was ahead, and would wait for years (T-42).
        self.items(&sql, (millis(now), millis(now + LONGEST_DELAY), limit))
    }

    /// The exact bytes of the command `id`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outbox_body(&self, id: CommandId) -> Result<Option<Vec<u8>>, Error> {
        let mut query = self.0.prepare_cached("SELECT body FROM outbox WHERE id = ?1")?;
        Ok(query.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// Gives the server's answers, as JSON, to `take`, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn acceptances(&self, mut take: impl FnMut(&str)) -> Result<(), Error> {
        let mut query = self.0.prepare("SELECT acceptance FROM outbox WHERE state = 'accepted' ORDER BY n")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            take(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        }
        Ok(())
    }

    /// The server's answers for one dossier, as JSON, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn acceptances_of(&self, dossier: DossierId) -> Result<Vec<String>, Error> {
        let sql = "SELECT acceptance FROM outbox WHERE dossier = ?1 AND state = 'accepted' ORDER BY n";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([dossier.as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Dossiers of which everything was accepted before `before`, by the number of their last item, from `after` on.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settled_dossiers(
        &self,
        before: DateTime<FixedOffset>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, DossierId)>, Error> {
        let sql = "SELECT o.n, o.dossier FROM outbox o WHERE o.n > ?1 AND o.state = 'accepted' AND o.accepted_ms < ?2 \
                   AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.dossier = o.dossier AND (e.n > o.n OR e.state <> 'accepted')) \
                   ORDER BY o.n LIMIT ?3";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map((after, millis(before), limit), |row| Ok((row.get(0)?, id16(row, 1)?)))?;
        rows.map(|row| row.map(|(n, id)| (n, DossierId::from_bytes(id))).map_err(Error::from)).collect()
    }

    /// What unfinished items met, counted.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_outbox_faults(&self) -> Result<Vec<(String, u32)>, Error> {
        let sql =
            "SELECT coalesce(fault, 'none'), count(*) FROM outbox WHERE state <> 'accepted' GROUP BY 1 ORDER BY 1";
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Counts the outbox; accepted ones since `since`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_outbox(&self, since: DateTime<FixedOffset>) -> Result<OutboxCount, Error> {
        let sql = "SELECT (SELECT count(*) FROM outbox WHERE state = 'queued'), \
                   (SELECT count(*) FROM outbox WHERE state = 'blocked'), \
                   (SELECT count(*) FROM outbox WHERE accepted_ms >= ?1), \
                   (SELECT min(next_ms) FROM outbox WHERE state = 'queued')";
        let (waiting, blocked, accepted, next) = self.0.prepare_cached(sql)?.query_row([millis(since)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<i64>>(3)?))
        })?;
        Ok(OutboxCount { waiting, blocked, accepted, next: next.map(time).transpose()? })
    }

    fn items(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<OutboxItem>, Error> {
        let mut query = self.0.prepare_cached(sql)?;
        let rows = query.query_map(params, raw)?;
        rows.map(|row| build(row?)).collect()
    }
}

impl Writer<'_> {
    /// Adds a command. Belongs in the transaction of the change it tells of.
    ///
    /// # Errors
    /// When the key is used already.
    pub fn add_outbox(
        &self,
        id: CommandId,
        dossier: DossierId,
        body: &[u8],
        at: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO outbox (id, dossier, body, state, created_ms) VALUES (?1, ?2, ?3, 'queued', ?4)";
        self.0.prepare_cached(sql)?.execute((id.as_bytes(), dossier.as_bytes(), body, millis(at)))?;
        Ok(())
    }

    /// Notes an attempt that brought no proof.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn fail_outbox(
        &self,
        id: CommandId,
        state: OutboxState,
        next: Option<DateTime<FixedOffset>>,
        fault: &str,
        detail: Option<&str>,
    ) -> Result<(), Error> {
        let sql = "UPDATE outbox SET state = ?2, attempts = attempts + 1, next_ms = ?3, fault = ?4, detail = ?5 \
                   WHERE id = ?1 AND state <> 'accepted'";
        self.0.prepare_cached(sql)?.execute((id.as_bytes(), state.as_str(), next.map(millis), fault, detail))?;
        Ok(())
    }

    /// Notes the server's proof (T-46). `acceptance` is its answer as JSON.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn accept_outbox(&self, id: CommandId, acceptance: &str, at: DateTime<FixedOffset>) -> Result<(), Error> {
        let sql = "UPDATE outbox SET state = 'accepted', attempts = attempts + 1, next_ms = NULL, fault = NULL, detail = NULL, \
                   acceptance = ?2, accepted_ms = ?3 WHERE id = ?1 AND state <> 'accepted'";
        self.0.prepare_cached(sql)?.execute((id.as_bytes(), acceptance, millis(at)))?;
        Ok(())
    }

    /// Lets everything that waits for its next try go at once: the network came up, or the clerk said so.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn hurry_outbox(&self) -> Result<(), Error> {
        self.0
            .prepare_cached("UPDATE outbox SET next_ms = NULL WHERE state = 'queued' AND next_ms IS NOT NULL")?
            .execute([])?;
        Ok(())
    }

    /// Puts a blocked item back in the queue.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn requeue_outbox(&self, id: CommandId) -> Result<(), Error> {
        let sql = "UPDATE outbox SET state = 'queued', next_ms = NULL WHERE id = ?1 AND state <> 'accepted'";
        self.0.prepare_cached(sql)?.execute([id.as_bytes()])?;
        Ok(())
    }
}

struct Raw {
    id: [u8; 16],
    dossier: [u8; 16],
    state: String,
    attempts: u32,
    next: Option<i64>,
    fault: Option<String>,
    detail: Option<String>,
    created: i64,
    accepted: Option<i64>,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: id16(row, 0)?,
        dossier: id16(row, 1)?,
        state: row.get(2)?,
        attempts: row.get(3)?,
        next: row.get(4)?,
        fault: row.get(5)?,
        detail: row.get(6)?,
        created: row.get(7)?,
        accepted: row.get(8)?,
    })
}

fn build(raw: Raw) -> Result<OutboxItem, Error> {
    Ok(OutboxItem {
        id: CommandId::from_bytes(raw.id),
        dossier: DossierId::from_bytes(raw.dossier),
        state: word(&raw.state)?,
        attempts: raw.attempts,
        next: raw.next.map(time).transpose()?,
        fault: raw.fault,
        detail: raw.detail,
        created_at: time(raw.created)?,
        accepted_at: raw.accepted.map(time).transpose()?,
    })
}
