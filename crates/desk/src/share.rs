//! A scanner of this station lent to other counters (chia sẻ máy quét, G15): which, at what address, and who scans now.
//!
//! Pages pass to the other counter and touch nothing here. The address is a secret like any other and stands inside the
//! encryption, so that nothing is lent before somebody has signed in; from then on it is, also while the desk is locked.

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{DeskEvent, ShareGuest, ShareStatus, SharedScanner, SharesView};
use chrono::{DateTime, FixedOffset};
use devices::escl::share::{self, Lent, Request, Served, ServedEnd, Share, Terms};
use devices::tls::Identity;
use devices::{Cancel, Caps, DeviceKind};
use domain::Right;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

pub(crate) const SHARES: &str = "shares";
/// Where it is listened, if nobody said otherwise.
const PORT: u16 = 9443;
/// More than a counter has.
const MOST: usize = 8;
/// Until somebody has signed in it is not known what is lent; asked again this often.
const UNKNOWN: Duration = Duration::from_secs(1);
/// A port that is taken is tried again this often.
const AGAIN: Duration = Duration::from_secs(15);

/// What is lent, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    identity: Identity,
    port: u16,
    scanners: Vec<KeptScanner>,
}

#[derive(Clone, Serialize, Deserialize)]
struct KeptScanner {
    device: String,
    name: String,
    uuid: String,
    secret: String,
    caps: Caps,
    on: bool,
}

impl Kept {
    fn new() -> Result<Self, Error> {
        Ok(Self {
            identity: Identity::make("motcua").map_err(share::ShareError::from)?,
            port: PORT,
            scanners: Vec::new(),
        })
    }

    fn scanner(&mut self, device: &str) -> Result<&mut KeptScanner, Error> {
        self.scanners.iter_mut().find(|one| one.device == device).ok_or(Error::BadInput("device"))
    }

    fn terms(&self, one: impl Fn(&KeptScanner) -> bool) -> Option<Terms> {
        let lent = |kept: &KeptScanner| Lent {
            device: kept.device.clone(),
            name: format!("{}{}", share::MARK, kept.name),
            uuid: kept.uuid.clone(),
            secret: kept.secret.clone(),
            caps: kept.caps.clone(),
        };
        let lent: Vec<Lent> = self.scanners.iter().filter(|kept| one(kept)).map(lent).collect();
        (!lent.is_empty()).then(|| Terms::new(lent, self.identity.clone(), self.port))
    }
}

/// What is known of the sharing now.
#[derive(Default)]
pub(crate) struct Sharing {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    status: ShareStatus,
    /// Ends what is lent, to begin anew with what was changed.
    stop: Cancel,
    guest: Option<Guest>,
}

struct Guest {
    device: String,
    peer: IpAddr,
    pages: u32,
    since: DateTime<FixedOffset>,
    cancel: Cancel,
}

impl Desk {
    /// What is lent, with the addresses to give to others.
    ///
    /// # Errors
    /// When the role may not use scanners: whoever has the address can scan.
    pub fn shares(&self) -> Result<SharesView, Error> {
        self.require(Right::Intake)?;
        let Some(kept) = self.kept_shares()? else { return Ok(SharesView { port: PORT, ..SharesView::default() }) };
        let now = lock(&self.sharing.now);
        let name = |device: &str| kept.scanners.iter().find(|one| one.device == device).map(|one| one.name.clone());
        let guest = now.guest.as_ref().map(|guest| ShareGuest {
            device: guest.device.clone(),
            name: name(&guest.device).unwrap_or_default(),
            peer: guest.peer.to_string(),
            pages: guest.pages,
            since: self.shown(guest.since),
        });
        let scanner = |one: &KeptScanner| -> Result<SharedScanner, Error> {
            let address = share::address_of(&one.secret, None, kept.port);
            let rows = pdf::forms::squares(&address)?;
            Ok(SharedScanner { device: one.device.clone(), name: one.name.clone(), on: one.on, address, rows })
        };
        Ok(SharesView {
            status: now.status,
            port: kept.port,
            fingerprint: kept.identity.fingerprint(),
            scanners: kept.scanners.iter().map(scanner).collect::<Result<_, _>>()?,
            guest,
        })
    }

    /// Lends a scanner while the program runs, or no longer. Its address stays the same.
    ///
    /// # Errors
    /// [`Error::BadInput`] for one that is not of this machine, or one too many; when it does not answer.
    pub fn share_scanner(&self, device: &str, on: bool) -> Result<SharesView, Error> {
        self.require(Right::Intake)?;
        let found = if on && !self.is_kept(device)? { Some(self.own_scanner(device)?) } else { None };
        self.change_shares(if on { "share.on" } else { "share.off" }, device, |kept| {
            kept.scanners.extend(found);
            kept.scanner(device)?.on = on;
            Ok(())
        })
    }

    /// Gives a scanner another address: whoever had the one before can use it no longer.
    ///
    /// # Errors
    /// [`Error::BadInput`] for one that was never lent.
    pub fn renew_share(&self, device: &str) -> Result<SharesView, Error> {
        let secret = share::new_secret().map_err(share::ShareError::from)?;
        self.change_shares("share.renew", device, |kept| {
            kept.scanner(device)?.secret = secret;
            Ok(())
        })
    }

    /// Lends one scanner, switched on or not, until `stop`: for the console. `opened` is told at which address of `at`.
    ///
    /// # Errors
    /// As [`Self::share_scanner`]; [`Error::Share`] when the port is taken.
    pub fn serve_share(
        &self,
        device: &str,
        (at, port): (Option<IpAddr>, Option<u16>),
        stop: &Cancel,
        opened: &mut dyn FnMut(&str, &str),
    ) -> Result<(), Error> {
        self.require(Right::Intake)?;
        let found = if self.is_kept(device)? { None } else { Some(self.own_scanner(device)?) };
        self.change_shares("share.serve", device, |kept| {
            kept.scanners.extend(found);
            // Nought is any port, for this once: an address with it opens nothing.
            kept.port = port.filter(|port| *port != 0).unwrap_or(kept.port);
            Ok(())
        })?;
        let kept = self.kept_shares()?.ok_or(Error::BadInput("device"))?;
        let terms = kept.terms(|one| one.device == device).ok_or(Error::BadInput("device"))?;
        let secret = terms.lent.first().map(|lent| lent.secret.clone()).unwrap_or_default();
        self.lend(&Terms { address: at, port: port.unwrap_or(kept.port), ..terms }, stop, &mut |port| {
            opened(&share::address_of(&secret, at, port), &kept.identity.fingerprint());
        })
    }

    /// Lends what is switched on for as long as the window is open, on a thread of its own.
    pub fn keep_sharing(&self) {
        while !self.watching_stopped() {
            let stop = Cancel::new();
            lock(&self.sharing.now).stop = stop.clone();
            let known = self.opened.get().is_some();
            let kept = if known { self.kept_shares().ok().flatten() } else { None };
            let wait = match kept.and_then(|kept| kept.terms(|one| one.on)) {
                // Once it is known, whoever changes it says so.
                None => {
                    if known {
                        AGAIN
                    } else {
                        UNKNOWN
                    }
                }
                Some(terms) => match self.lend(&terms, &stop, &mut |_| {}) {
                    Ok(()) => Duration::ZERO,
                    Err(error) => {
                        tracing::warn!(%error, "scanners are not lent");
                        self.share_is(ShareStatus::Failed);
                        AGAIN
                    }
                },
            };
            let now = lock(&self.sharing.now);
            if !stop.is_cancelled() {
                drop(self.sharing.changed.wait_timeout(now, wait).unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    /// Whether another counter scans on `device` now, and from where.
    pub(crate) fn lent_to(&self, device: Option<&str>) -> Option<IpAddr> {
        let now = lock(&self.sharing.now);
        now.guest.as_ref().filter(|guest| device.is_none_or(|device| guest.device == device)).map(|guest| guest.peer)
    }

    fn kept_shares(&self) -> Result<Option<Kept>, Error> {
        // Nothing stands there once this became another station.
        Ok(self.store()?.read(|r| r.setting::<Option<Kept>>(SHARES))?.flatten())
    }

    fn is_kept(&self, device: &str) -> Result<bool, Error> {
        Ok(self.kept_shares()?.is_some_and(|kept| kept.scanners.iter().any(|one| one.device == device)))
    }

    /// A scanner that is plugged in here. One on the network can be reached by everybody as it is, and what is lent is not
    /// lent on.
    fn own_scanner(&self, device: &str) -> Result<KeptScanner, Error> {
        let found = self.scanners.devices()?.into_iter().find(|one| one.id == device);
        let found = found.ok_or_else(|| devices::ScanError::NotFound { device: device.to_owned() })?;
        match found.kind {
            DeviceKind::Sane | DeviceKind::Wia | DeviceKind::Virtual => {}
            DeviceKind::Escl | DeviceKind::Folder => return Err(Error::BadInput("device")),
        }
        let secret = share::new_secret().map_err(share::ShareError::from)?;
        let uuid = share::new_uuid().map_err(share::ShareError::from)?;
        Ok(KeptScanner { device: found.id, name: found.name, uuid, secret, caps: found.caps, on: false })
    }

    fn change_shares(
        &self,
        what: &'static str,
        device: &str,
        change: impl FnOnce(&mut Kept) -> Result<(), Error>,
    ) -> Result<SharesView, Error> {
        let staff = self.require(Right::Intake)?;
        let mut kept = match self.kept_shares()? {
            Some(kept) => kept,
            None => Kept::new()?,
        };
        change(&mut kept)?;
        if kept.scanners.len() > MOST {
            return Err(Error::BadInput("device"));
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(SHARES, &kept)?;
            tx.log(now, Some(staff.id), what, device)?;
            Ok(())
        })?;
        self.lend_anew(Some(device));
        self.shares()
    }

    /// Lends by what is kept now. Whoever scans by what was changed is cut off: an address that is taken back ends at once.
    /// None changes them all.
    pub(crate) fn lend_anew(&self, changed: Option<&str>) {
        let known = lock(&self.sharing.now);
        known.stop.cancel();
        if let Some(guest) = known.guest.as_ref().filter(|guest| changed.is_none_or(|device| guest.device == device)) {
            guest.cancel.cancel();
        }
        self.sharing.changed.notify_all();
    }

    fn lend(&self, terms: &Terms, stop: &Cancel, opened: &mut dyn FnMut(u16)) -> Result<(), Error> {
        let share = Share::open(terms)?;
        self.share_is(ShareStatus::Open);
        opened(share.port());
        let busy = || {
            if self.watching_stopped() {
                stop.cancel();
            }
            lock(&self.running).is_some()
        };
        share.run(stop, &busy, &mut |request| self.serve_guest(request, stop));
        drop(share);
        self.share_is(ShareStatus::Off);
        Ok(())
    }

    fn share_is(&self, status: ShareStatus) {
        if std::mem::replace(&mut lock(&self.sharing.now).status, status) != status {
            tracing::info!(?status, "scanners are lent");
            self.tell(DeskEvent::Shares);
        }
    }

    /// Serves one job, unless pages come in here: the scanner is then told to be busy.
    fn serve_guest(&self, request: Request, stop: &Cancel) {
        let Some(guest) = self.let_in(&request) else { return };
        let (peer, device) = (request.peer(), request.device().to_owned());
        if let Err(error) = self.log_guest("share.begin", &format!("{peer} {device}")) {
            tracing::warn!(%error, "a job that cannot be written down is not served");
            return;
        }
        if stop.is_cancelled() {
            guest.cancel.cancel();
        }
        self.tell(DeskEvent::Shares);
        let served = request.run(self.scanners.as_ref(), &guest.cancel, &mut |pages| {
            if let Some(guest) = lock(&self.sharing.now).guest.as_mut() {
                guest.pages = pages;
            }
            self.tell(DeskEvent::Shares);
        });
        drop(guest);
        let told = format!("{peer} {device} {}", account(&served));
        if let Err(error) = self.log_guest("share.end", &told) {
            tracing::warn!(%error, "the end of a lent job is not written down");
        }
        self.tell(DeskEvent::Shares);
    }

    /// Held under the lock of the runs, so that none of this station begins between.
    fn let_in(&self, request: &Request) -> Option<GuestHere<'_>> {
        let running = lock(&self.running);
        if running.is_some() {
            return None;
        }
        let cancel = Cancel::new();
        let (device, peer) = (request.device().to_owned(), request.peer());
        let guest = Guest { device, peer, pages: 0, since: self.now(), cancel: cancel.clone() };
        lock(&self.sharing.now).guest = Some(guest);
        drop(running);
        Some(GuestHere { desk: self, cancel })
    }

    fn log_guest(&self, what: &'static str, about: &str) -> Result<(), Error> {
        let now = self.now();
        Ok(self.store()?.write(|tx| tx.log(now, None, what, about))?)
    }
}

/// Another counter that scans; dropping it gives the scanner back, however it ended.
struct GuestHere<'a> {
    desk: &'a Desk,
    cancel: Cancel,
}

impl Drop for GuestHere<'_> {
    fn drop(&mut self) {
        lock(&self.desk.sharing.now).guest = None;
    }
}

/// Counts and the kind of end, for the log.
fn account(served: &Served) -> String {
    let end = match &served.end {
        ServedEnd::Done => "done",
        ServedEnd::Cancelled => "cancelled",
        ServedEnd::Vanished => "vanished",
        ServedEnd::Fault(_) => "fault",
    };
    format!("fetched={} unfetched={} {end}", served.fetched, u32::from(served.left))
}
