//! Accepting a command: the same key and bytes always get the same answer, and nothing is ever there twice.
//!
//! Files are hashed from the disk before the transaction; the command, its dossier and the answer are one transaction.

use crate::central::{Central, next_number};
use crate::codes;
use crate::error::{Failure, Refusal};
use crate::fees::code_of_paid;
use crate::files::Held;
use crate::tables::dossier::Numbered;
use crate::tables::lease::Holder;
use crate::tables::station::Station;
use crate::tables::{command, dossier, event, fee, file, lease, station as stations};
use chrono::{DateTime, FixedOffset};
use domain::status::fold;
use domain::{CommandId, DossierCode, EventKind, FileHash, Status, Twin};
use protocol::{Acceptance, Command, CommandBody, DossierMoved, DossierReceived, Problem, ProblemCode};
use rusqlite::Transaction;
use std::collections::BTreeMap;

/// Two of the same person for the same procedure within so many days are told of (T-48).
const TWIN_DAYS: i64 = 30;

impl Central {
    /// Accepts the command in `body`, sent under `key`, or gives the answer that it got before.
    ///
    /// # Errors
    /// [`ProblemCode::Malformed`], [`ProblemCode::KeyReused`], [`ProblemCode::FilesMissing`] or
    /// [`ProblemCode::CodeTaken`]; nothing of the command is kept then.
    pub fn accept(&self, station: &Station, key: &str, body: &[u8]) -> Result<Acceptance, Failure> {
        let malformed = |what: &str| Refusal::new(ProblemCode::Malformed, what);
        let id: CommandId = key.parse().map_err(|_| malformed("the idempotency key is no id"))?;
        let body_sha256 = FileHash::of(body);
        if let Some(known) = self.database.read(|db| command::find(db, id))? {
            return again(known, body_sha256);
        }
        // The parser's own words may quote the body, so they are not passed on.
        let sent: Command = serde_json::from_slice(body)
            .map_err(|error| malformed(&format!("the command does not read, line {}", error.line())))?;
        if sent.id != id {
            return Err(malformed("the idempotency key is not the command's id").into());
        }
        if let CommandBody::DossierReceived(received) = &sent.body
            && received.office.code != station.office
        {
            return Err(malformed("the dossier belongs to another office than the station").into());
        }
        let held = self.held(&sent.body)?;
        let now = (self.clock)();
        self.database.write(|tx| {
            // The same command may have been accepted since we looked (T-39).
            if let Some(known) = command::find(tx, id)? {
                return again(known, body_sha256);
            }
            let (code, new) = match &sent.body {
                CommandBody::DossierReceived(received) => code_for(tx, station, received, now)?,
                CommandBody::DossierMoved(moved) => (code_of_moved(tx, station, moved)?, None),
                CommandBody::FeeReceipt(receipt) => (code_of_paid(tx, station, receipt)?, None),
            };
            let files = sent.body.files().map(|file| file.sha256).collect();
            let twins = match (&sent.body, &new) {
                (CommandBody::DossierReceived(received), Some(_)) => twins(tx, station, received)?,
                _ => Vec::new(),
            };
            let log = sent.log;
            let acceptance =
                Acceptance { command: id, body_sha256, files, code, accepted_at: now, log, replayed: false, twins };
            command::add(tx, body, station.id, &acceptance)?;
            match (&sent.body, new) {
                (CommandBody::DossierReceived(received), Some(official)) => dossier::add(tx, received, &official, id)?,
                (CommandBody::DossierReceived(received), None) => dossier::renew(tx, received, id)?,
                (CommandBody::DossierMoved(moved), _) => event::add(tx, moved, id)?,
                (CommandBody::FeeReceipt(receipt), _) => fee::put(tx, &station.office, receipt, id)?,
            }
            for (hash, bytes) in &held {
                file::put(tx, hash, *bytes, now)?;
            }
            Ok(acceptance)
        })
    }

    /// The sizes of the command's files, each read back from the disk and found whole.
    fn held(&self, body: &CommandBody) -> Result<BTreeMap<FileHash, u64>, Failure> {
        let mut held = BTreeMap::new();
        let mut missing = Vec::new();
        for wanted in body.files() {
            if held.contains_key(&wanted.sha256) || missing.contains(&wanted.sha256) {
                continue;
            }
            match self.files.verify(&wanted.sha256)? {
                Held::Whole { bytes } if bytes == wanted.bytes => {
                    held.insert(wanted.sha256, bytes);
                }
                Held::Whole { .. } => {
                    return Err(Refusal::new(ProblemCode::Malformed, "a file has another size than is said").into());
                }
                Held::Missing => missing.push(wanted.sha256),
            }
        }
        if missing.is_empty() {
            return Ok(held);
        }
        let message = format!("{} files are not here", missing.len());
        Err(Refusal(Problem { code: ProblemCode::FilesMissing, message, missing }).into())
    }
}

/// What other stations received of the same person for the same procedure about the same time. What was withdrawn since
/// is nobody's second dossier.
fn twins(tx: &Transaction<'_>, station: &Station, received: &DossierReceived) -> Result<Vec<Twin>, Failure> {
    let mut twins = dossier::twins(tx, received, station.id, TWIN_DAYS)?;
    let mut stands = Vec::new();
    for twin in &twins {
        let life = [EventKind::Received].into_iter().chain(event::steps(tx, twin.dossier)?);
        stands.push(fold(life) != Ok(Status::Withdrawn));
    }
    let mut stands = stands.into_iter();
    twins.retain(|_| stands.next().unwrap_or(true));
    Ok(twins)
}

/// The stored answer, when the key was used with the same bytes.
fn again((first_body, acceptance): (FileHash, Acceptance), body: FileHash) -> Result<Acceptance, Failure> {
    if first_body == body {
        Ok(Acceptance { replayed: true, ..acceptance })
    } else {
        Err(Refusal::new(ProblemCode::KeyReused, "this key was used for another content").into())
    }
}

/// The official code of a dossier that moved on, once the step is found to follow from those before it: where it leads is
/// worked out here and not believed.
fn code_of_moved(tx: &Transaction<'_>, station: &Station, moved: &DossierMoved) -> Result<DossierCode, Failure> {
    let malformed = |what: &str| Failure::from(Refusal::new(ProblemCode::Malformed, what));
    let (office, code) =
        dossier::find(tx, moved.dossier)?.ok_or_else(|| malformed("the dossier was never received here"))?;
    if office != station.office.as_str() {
        return Err(malformed("the dossier belongs to another office than the station"));
    }
    sets_a_date(moved).map_err(malformed)?;
    let life = [EventKind::Received].into_iter().chain(event::steps(tx, moved.dossier)?).chain([moved.step]);
    match fold(life) {
        Ok(status) if status == moved.status => Ok(code),
        Ok(_) => Err(malformed("the step leads elsewhere")),
        Err(illegal) => Err(malformed(&illegal.to_string())),
    }
}

/// A step that sets a date brings it, and says why; what is appointed lies ahead.
fn sets_a_date(moved: &DossierMoved) -> Result<(), &'static str> {
    match (moved.step, moved.due_at) {
        (EventKind::Appointed | EventKind::Corrected, None) => Err("a date is set without one"),
        (EventKind::Appointed, Some(due)) if due <= moved.at => Err("the date appointed has passed"),
        (EventKind::Appointed | EventKind::Corrected, Some(_)) if moved.reason.trim().is_empty() => {
            Err("a date is set without a reason")
        }
        _ => Ok(()),
    }
}

/// The official code of the dossier, and how it is numbered when it is new.
fn code_for(
    tx: &Transaction<'_>,
    station: &Station,
    received: &DossierReceived,
    now: DateTime<FixedOffset>,
) -> Result<(DossierCode, Option<Numbered>), Failure> {
    let office = &station.office;
    let malformed = || Refusal::new(ProblemCode::Malformed, "the code is not one of this office");
    let taken = |message: &str| Failure::from(Refusal::new(ProblemCode::CodeTaken, message));
    if let Some((at, code)) = dossier::find(tx, received.dossier)? {
        if at != office.as_str() {
            return Err(malformed().into());
        }
        return if received.provisional || received.code == code {
            Ok((code, None))
        } else {
            Err(taken("the dossier has another official code already"))
        };
    }
    let (day, number) = if received.provisional {
        let day = codes::provisional(&received.code, office).ok_or_else(malformed)?;
        (day, next_number(tx, office, day, now)?)
    } else {
        let (day, number) = codes::official(&received.code, office).ok_or_else(malformed)?;
        // A code is on paper already, so one that nobody else can give out is taken even without a block.
        match lease::holder(tx, office, day, number)? {
            Holder::Station(holder) if holder == station.id || stations::was(tx, station.id, holder)? => {}
            Holder::Nobody => {}
            Holder::Station(_) | Holder::Central => return Err(taken("the number is in another block")),
        }
        if dossier::owner(tx, office, day, number)?.is_some() {
            return Err(taken("another dossier has this code"));
        }
        (day, number)
    };
    let code = DossierCode::official(office, day, number);
    Ok((code.clone(), Some(Numbered { code, day, number })))
}
