//! Carrying the outbox to the central system, and bringing back its proof.
//!
//! An item is done only with the server's answer in hand, checked by `courier` against what was sent (T-46). What
//! fails waits and is tried again, longer each time up to a ceiling; nothing here ever stops the counter.

use crate::error::ErrorCode;
use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{DeskEvent, Link, OutboxItemView, SyncView};
use chrono::Days;
use courier::{Courier, Delivered, FileSource, Parcel};
use domain::outbox::{Attempt, OutboxState, after};
use domain::{CommandId, FileHash, Right, StationId};
use protocol::{Command, EnrollRequest};
use serde::{Deserialize, Serialize};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::Store;
use store::tables::number::Lease;
use store::tables::outbox::OutboxItem;

/// Where and as whom the station sends.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CentralLink {
    pub(crate) url: String,
    pub(crate) secret: String,
    pub(crate) name: String,
    /// What to show at the next round, so that a copy of this station is told from it.
    #[serde(default)]
    pub(crate) turn: Option<String>,
    /// True once this station may no longer speak as who it was; the address stays, to be offered again.
    #[serde(default)]
    pub(crate) void: bool,
    /// The id under which this station spoke before.
    #[serde(default)]
    pub(crate) former: Option<StationId>,
}

pub(crate) const CENTRAL: &str = "central";

/// What the loop knows of the link, for the status bar.
#[derive(Default)]
pub(crate) struct SyncState {
    link: Mutex<Link>,
    fault: Mutex<Option<(ErrorCode, Option<String>)>>,
    sending: AtomicBool,
    /// One sync at a time: the timer and the clerk's button must not send the same item twice at once (T-39).
    gate: tokio::sync::Mutex<()>,
}

/// What one pass did (interfaces.md: `motcua sync --once`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SyncRun {
    /// Items put on the wire.
    pub sent: u32,
    /// Items the central system proved it has.
    pub accepted: u32,
    /// Items that need a person.
    pub blocked: u32,
    /// Bytes of files and commands sent.
    pub bytes_sent: u64,
    /// Of those, bytes sent before.
    pub bytes_resent: u64,
}

/// Numbers left today below which the next block is asked for.
const FEW_NUMBERS: u32 = 100;

/// How long the loop sleeps when nothing is due.
const IDLE: Duration = Duration::from_secs(20);

/// How often a lost link is looked for while something waits: work goes out within seconds of its return,
/// however long the items themselves would wait (T-42).
const PROBE: Duration = Duration::from_secs(5);

/// Items taken at a time.
const BATCH: u32 = 50;

impl Desk {
    /// How the outbox and the link stand.
    ///
    /// # Errors
    /// Before the first sign-in.
    pub fn sync_state(&self) -> Result<SyncView, Error> {
        let store = self.store()?;
        let today = self.today();
        let since = self.midnight(today);
        let (central, count, numbers_left) = store.read(|r| -> Result<_, Error> {
            Ok((r.setting::<CentralLink>(CENTRAL)?, r.count_outbox(since)?, r.numbers_left(today)?))
        })?;
        let void = central.as_ref().is_some_and(|central| central.void);
        let link = match (&central, *lock(&self.sync.link)) {
            (None, _) => Link::NotEnrolled,
            _ if void => Link::NotEnrolled,
            (Some(_), Link::NotEnrolled) => Link::Unknown,
            (Some(_), link) => link,
        };
        let locale = self.profile().locale;
        let fault = lock(&self.sync.fault).clone().or_else(|| void.then_some((ErrorCode::StationCloned, None)));
        Ok(SyncView {
            link,
            central: central.map(|central| central.url),
            waiting: count.waiting,
            blocked: count.blocked,
            accepted_today: count.accepted,
            sending: self.sync.sending.load(Ordering::Acquire),
            next: count.next.map(|next| self.shown(next)),
            reason: fault.map(|(code, detail)| crate::sentences::sentence(code, detail.as_deref(), locale).0),
            numbers_left,
        })
    }

    /// The outbox, unfinished items first.
    ///
    /// # Errors
    /// When the role may not look at it.
    pub fn outbox(&self) -> Result<Vec<OutboxItemView>, Error> {
        self.require(Right::Sync)?;
        self.store()?.read(|r| {
            let items = r.outbox(500)?;
            items
                .iter()
                .map(|item| Ok(self.outbox_view(item, &r.dossier(item.dossier)?.ok_or(Error::DossierNotFound)?)))
                .collect()
        })
    }

    /// Enrolls the station with a central system.
    ///
    /// # Errors
    /// [`courier::Error`] says why not; the station works on as before.
    pub async fn enroll(&self, url: &str, token: &str) -> Result<SyncView, Error> {
        self.require(Right::Intake)?;
        let courier = Courier::new(url, None)?;
        let office = self.office()?.code;
        let request = EnrollRequest {
            token: token.trim().to_owned(),
            office: Some(office.clone()),
            station: self.station_id()?,
            former: self.central()?.and_then(|central| central.former),
            name: self.profile().station,
        };
        let answer = courier.enroll(&request).await?;
        // The numbers of another office are not ours to give; codes made of them would collide there (T-49).
        if answer.office != office {
            return Err(courier::Error::TokenRefused.into());
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            // Blocks of the enrolment before are another central system's, or those of the station this is a copy of (T-49).
            tx.end_leases()?;
            tx.hurry_outbox()?;
            let (secret, name) = (answer.secret.clone(), answer.central.clone());
            tx.set(CENTRAL, &CentralLink { url: url.to_owned(), secret, name, turn: None, void: false, former: None })?;
            tx.add_lease(&lease(&answer.lease))?;
            tx.log(now, self.signed_in().map(|staff| staff.id), "station.enroll", "")?;
            Ok(())
        })?;
        self.note_link(Link::Online, None);
        self.wake.notify_one();
        self.announce();
        self.sync_state()
    }

    /// Points an enrolled station at another address of the same central system, and lets what waits go there at
    /// once (T-42). Says whether it is enrolled.
    pub(crate) fn move_central(&self, url: &str) -> Result<bool, Error> {
        let Some(central) = self.central()?.filter(|central| !central.void) else { return Ok(false) };
        if central.url != url {
            self.store()?.write(|tx| -> Result<(), Error> {
                tx.set(CENTRAL, &CentralLink { url: url.to_owned(), ..central })?;
                Ok(tx.hurry_outbox()?)
            })?;
        }
        self.wake.notify_one();
        Ok(true)
    }

    /// Sends everything that waits, whether its time has come or not.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`]. A central system that fails is no error here: the items say so.
    pub async fn sync_now(&self) -> Result<SyncRun, Error> {
        self.require(Right::Sync)?;
        match self.central()? {
            None => return Err(Error::NotEnrolled),
            Some(central) if central.void => return Err(courier::Error::Cloned.into()),
            Some(_) => {}
        }
        self.store()?.write(|tx| tx.hurry_outbox())?;
        self.sync_pass().await
    }

    /// Puts a blocked item back in the queue and tries it.
    ///
    /// # Errors
    /// When the role may not sync.
    pub async fn outbox_retry(&self, id: CommandId) -> Result<SyncView, Error> {
        self.require(Right::Sync)?;
        self.store()?.write(|tx| tx.requeue_outbox(id))?;
        self.sync_pass().await?;
        self.sync_state()
    }

    /// Syncs for as long as the program runs: after each acceptance, when a wait is over, and now and then.
    pub async fn keep_syncing(&self) {
        loop {
            let wait = if self.opened.get().is_some() {
                if let Err(error) = self.lock_if_idle() {
                    tracing::warn!(code = ?error.code().0, "locking was not logged");
                }
                if let Err(error) = self.sync_pass().await {
                    tracing::warn!(code = ?error.code().0, "sync pass failed");
                }
                self.next_wait()
            } else {
                IDLE
            };
            // Whichever comes first: the time, or somebody who put something into the outbox.
            let _ = tokio::time::timeout(wait, self.wake.notified()).await;
        }
    }

    fn next_wait(&self) -> Duration {
        let sync = self.sync_state().ok();
        if sync.as_ref().is_some_and(|sync| sync.link != Link::Online && sync.waiting > 0) {
            return PROBE;
        }
        let next = sync.and_then(|sync| sync.next).and_then(|next| chrono::DateTime::parse_from_rfc3339(&next).ok());
        let until = next.and_then(|next| (next - self.now()).to_std().ok());
        until.map_or(IDLE, |until| until.clamp(Duration::from_millis(200), IDLE))
    }

    /// One pass over everything that is due.
    async fn sync_pass(&self) -> Result<SyncRun, Error> {
        let _one = self.sync.gate.lock().await;
        let mut run = SyncRun::default();
        let store = self.store()?;
        let Some(central) = self.central()?.filter(|central| !central.void) else { return Ok(run) };
        let courier = Courier::new(&central.url, Some(central.secret.clone()))?;
        if !self.link_is_back(&courier).await? || !self.begin_round(&courier, &central).await? {
            return Ok(run);
        }
        self.renew_lease(&courier).await?;
        self.renew_serials(&courier).await?;
        loop {
            let items = store.read(|r| r.outbox_due(self.now(), BATCH))?;
            if items.is_empty() {
                break;
            }
            self.sync.sending.store(true, Ordering::Release);
            self.announce();
            let reached = self.send_all(&courier, &items, &mut run).await;
            // Whatever came of it, nothing is on the wire now.
            self.sync.sending.store(false, Ordering::Release);
            self.announce();
            if !reached? {
                break;
            }
        }
        Ok(run)
    }

    /// Sends items until the link is lost: without one the others would only fail one by one; they keep their turn.
    async fn send_all(&self, courier: &Courier, items: &[OutboxItem], run: &mut SyncRun) -> Result<bool, Error> {
        for item in items {
            if !self.send(courier, item, run).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// After a lost link, or none yet since the program began: whether it is worth going on. Items whose time has come
    /// are tried as they are; while all wait, the central system is asked, and if it answers they all go at once. What
    /// they waited for was the link, so that a new one ends the wait, whichever run of the program they failed in (T-42).
    async fn link_is_back(&self, courier: &Courier) -> Result<bool, Error> {
        let store = self.store()?;
        if *lock(&self.sync.link) == Link::Online || !store.read(|r| r.outbox_due(self.now(), 1))?.is_empty() {
            return Ok(true);
        }
        if let Err(error) = courier.health().await {
            self.note_link(Link::Offline, Some(Error::from(error).code()));
            self.announce();
            return Ok(false);
        }
        self.note_link(Link::Online, None);
        store.write(|tx| tx.hurry_outbox())?;
        Ok(true)
    }

    /// Shows the central system whose round this is, where there is something to ask or to send. False once it is
    /// another machine's. A link that fails here fails for the items too, which then say so.
    async fn begin_round(&self, courier: &Courier, central: &CentralLink) -> Result<bool, Error> {
        let store = self.store()?;
        let few = self.few_numbers()? || self.serials_wanted()?.is_some();
        if !few && store.read(|r| r.outbox_due(self.now(), 1))?.is_empty() {
            return Ok(true);
        }
        match courier.turn(central.turn.clone()).await {
            Ok(turn) => {
                // Kept before anything else is asked: the server has forgotten the one before.
                store.write(|tx| tx.set(CENTRAL, &CentralLink { turn, ..central.clone() }))?;
                Ok(true)
            }
            Err(courier::Error::Cloned) => {
                self.become_another()?;
                Ok(false)
            }
            Err(error) => {
                tracing::info!(code = ?Error::from(error).code().0, "no turn");
                Ok(true)
            }
        }
    }

    pub(crate) fn central(&self) -> Result<Option<CentralLink>, Error> {
        Ok(self.store()?.read(|r| r.setting(CENTRAL))?)
    }

    /// Sends one item and notes what came of it. Says whether the central system was reached at all.
    async fn send(&self, courier: &Courier, item: &OutboxItem, run: &mut SyncRun) -> Result<bool, Error> {
        let store = self.store()?;
        let body = store.read(|r| r.outbox_body(item.id))?.ok_or_else(|| Error::Internal("outbox body".into()))?;
        run.sent += 1;
        let Ok(command) = serde_json::from_slice::<Command>(&body) else {
            // It reads no better the next time; a person has to look, and the others go (T-41).
            tracing::error!(item = %item.id, "an outbox item does not read");
            store.write(|tx| tx.fail_outbox(item.id, OutboxState::Blocked, None, "data_damaged", None))?;
            self.tell(DeskEvent::Dossier { id: item.dossier });
            run.blocked += 1;
            return Ok(true);
        };
        let parcel = Parcel { id: item.id, files: command.body.files().copied().collect(), body };
        match courier.deliver(&parcel, &Kept(store)).await {
            Ok(delivered) => {
                run.accepted += 1;
                run.bytes_sent += delivered.bytes_sent;
                run.bytes_resent += delivered.bytes_resent;
                self.note_link(Link::Online, None);
                self.note_accepted(item, &delivered)?;
                Ok(true)
            }
            Err(error) => {
                let judged = error.attempt();
                let (code, detail) = Error::from(error).code();
                self.note_doubtful();
                // What is wrong with the link is mended once, in the settings; no item is to blame for it.
                let reached = !matches!(
                    code,
                    ErrorCode::CentralUnreachable
                        | ErrorCode::CentralForeign
                        | ErrorCode::CentralCertificate
                        | ErrorCode::CentralUnauthorized
                        | ErrorCode::StationCloned
                        | ErrorCode::CentralAddress
                );
                let attempt = if reached { judged } else { Attempt::Failed };
                // Something on the way may stop this one item only, such as a filter; then the others go (T-41).
                let doubtful = matches!(code, ErrorCode::CentralUnreachable | ErrorCode::CentralForeign);
                let reached = reached || (doubtful && courier.health().await.is_ok());
                tracing::info!(item = %item.id, ?code, ?attempt, "delivery failed");
                let (state, next) = after(attempt, item.attempts + 1, self.now(), self.clock.seed());
                let name = serde_json::to_value(code).ok();
                let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or("internal");
                store.write(|tx| tx.fail_outbox(item.id, state, next, name, detail.as_deref()))?;
                self.tell(DeskEvent::Dossier { id: item.dossier });
                if attempt == Attempt::Refused {
                    run.blocked += 1;
                }
                self.note_link(if reached { Link::Online } else { Link::Offline }, Some((code, detail)));
                Ok(reached)
            }
        }
    }

    /// Keeps the proof, and with it the official code where a provisional one was sent (O8).
    fn note_accepted(&self, item: &OutboxItem, delivered: &Delivered) -> Result<(), Error> {
        let acceptance = &delivered.acceptance;
        let proof = serde_json::to_string(acceptance).map_err(|error| Error::Internal(error.to_string()))?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.accept_outbox(item.id, &proof, now)?;
            let mut dossier = tx.reader().dossier(item.dossier)?.ok_or(Error::DossierNotFound)?;
            let before = dossier.clone();
            if dossier.code.as_ref() != Some(&acceptance.code) {
                dossier.code = Some(acceptance.code.clone());
                dossier.provisional = false;
            }
            if !acceptance.twins.is_empty() {
                // Both may be on paper by now: which of them stands is for a human to say (T-48).
                dossier.twins.clone_from(&acceptance.twins);
                tx.log(now, None, "dossier.twin", &dossier.id.to_string())?;
            }
            if dossier != before {
                tx.put_dossier(&dossier)?;
            }
            tx.log(now, None, "outbox.accepted", &item.id.to_string())?;
            Ok(())
        })?;
        self.tell(DeskEvent::Dossier { id: item.dossier });
        Ok(())
    }

    /// Asks for numbers before they run out. A failure here stops nothing: the old block or provisional codes serve.
    async fn renew_lease(&self, courier: &Courier) -> Result<(), Error> {
        if !self.few_numbers()? {
            return Ok(());
        }
        match courier.lease(self.today()).await {
            Ok(block) => self.store()?.write(|tx| tx.add_lease(&lease(&block)))?,
            Err(error) => {
                let (code, detail) = Error::from(error).code();
                self.note_link(Link::Offline, Some((code, detail)));
            }
        }
        Ok(())
    }

    fn few_numbers(&self) -> Result<bool, Error> {
        let today = self.today();
        let (now, next_week) = self
            .store()?
            .read(|r| -> Result<_, Error> { Ok((r.numbers_left(today)?, r.numbers_left(today + Days::new(7))?)) })?;
        Ok(now.is_none_or(|left| left < FEW_NUMBERS) || next_week.is_none())
    }

    pub(crate) fn note_link(&self, link: Link, fault: Option<(ErrorCode, Option<String>)>) {
        *lock(&self.sync.link) = link;
        *lock(&self.sync.fault) = fault;
    }

    fn announce(&self) {
        if let Ok(sync) = self.sync_state() {
            self.tell(DeskEvent::Sync { sync });
        }
    }

    /// What the item's last attempt met, in words.
    pub(crate) fn fault_sentence(&self, item: &OutboxItem) -> Option<String> {
        let code =
            serde_json::from_value(serde_json::Value::String(item.fault.clone()?)).unwrap_or(ErrorCode::Internal);
        let (message, hint) = crate::sentences::sentence(code, item.detail.as_deref(), self.profile().locale);
        Some([Some(message), hint].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// The store as the courier sees it: files by hash, nothing else.
struct Kept<'a>(&'a Store);

impl FileSource for Kept<'_> {
    fn read(&self, hash: &FileHash) -> Option<Vec<u8>> {
        self.0.file(hash).ok()
    }
}

fn lease(block: &protocol::NumberLease) -> Lease {
    Lease { first: block.first, last: block.last, from: block.from, to: block.to }
}
