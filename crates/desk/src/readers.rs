//! The code reader on a serial port: which, how fast, and what becomes of what it reads.
//!
//! A reading goes to the window as if the reader had typed it; while nobody is at the desk it goes nowhere.

use crate::fault::Error;
use crate::station::{Desk, lock};
use crate::view::{DeskEvent, ReaderStatus, ReaderView};
use devices::Cancel;
use devices::reader::{Away, Heard, Line};
use domain::Right;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// What came of trying a reader out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tried {
    /// Whether the port could be opened.
    pub opened: bool,
    /// What was read, in order.
    pub texts: Vec<String>,
}

/// Listens at a port for so long, and says what was read. Needs no station.
#[must_use]
pub fn try_reader(line: &Line, how_long: Duration) -> Tried {
    let (stop, mut tried) = (Cancel::new(), Tried::default());
    let clock = stop.clone();
    std::thread::spawn(move || {
        std::thread::sleep(how_long);
        clock.cancel();
    });
    devices::reader::listen(line, &stop, &mut |heard| match heard {
        Heard::Ready => tried.opened = true,
        Heard::Away(_) => {}
        Heard::Text(text) => tried.texts.push(text),
    });
    tried
}

/// What is known of the reader now.
#[derive(Default)]
pub(crate) struct Reading {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    status: ReaderStatus,
    read: u32,
    last: Option<chrono::DateTime<chrono::FixedOffset>>,
    stop: Cancel,
}

const READER: &str = "reader";

/// Until somebody has signed in it is not known which reader there is; asked again this often.
const UNKNOWN: Duration = Duration::from_secs(1);

/// The least and the most bits a second that are worth trying.
const SPEEDS: std::ops::RangeInclusive<u32> = 300..=921_600;

impl Desk {
    /// The serial ports, which of them is listened to, and how that goes.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn readers(&self) -> Result<ReaderView, Error> {
        self.require(Right::Read)?;
        let line = self.reader_line()?;
        let now = lock(&self.reading.now);
        Ok(ReaderView {
            ports: devices::reader::ports(),
            // Chosen, and its thread has not come round to it yet.
            status: match (&line, now.status) {
                (None, _) => ReaderStatus::Off,
                (Some(_), ReaderStatus::Off) => ReaderStatus::Missing,
                (Some(_), status) => status,
            },
            line,
            read: now.read,
            last: now.last.map(|at| self.shown(at)),
        })
    }

    /// Chooses the port that is listened to, out of those there are; none for no reader.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a port that is not in the list, or a speed that no reader has.
    pub fn choose_reader(&self, line: Option<&Line>) -> Result<ReaderView, Error> {
        self.require(Right::Intake)?;
        if let Some(line) = line {
            let kept = self.reader_line()?.is_some_and(|kept| kept.port == line.port);
            if !kept && devices::reader::ports().iter().all(|port| port.id != line.port) {
                return Err(Error::BadInput("port"));
            }
        }
        self.set_reader(line)
    }

    /// Chooses a port by any name that the system opens, such as one that is not plugged in now.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a speed that no reader has.
    pub fn set_reader(&self, line: Option<&Line>) -> Result<ReaderView, Error> {
        let staff = self.require(Right::Intake)?;
        if line.is_some_and(|line| !SPEEDS.contains(&line.speed)) {
            return Err(Error::BadInput("speed"));
        }
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.set(READER, &line)?;
            tx.log(now, Some(staff.id), "settings.reader", if line.is_some() { "set" } else { "off" })?;
            Ok(())
        })?;
        let mut known = lock(&self.reading.now);
        known.status = if line.is_some() { ReaderStatus::Missing } else { ReaderStatus::Off };
        known.stop.cancel();
        self.reading.changed.notify_all();
        drop(known);
        self.readers()
    }

    /// Listens to the reader for as long as the program runs, on a thread of its own.
    pub fn keep_reading(&self) {
        loop {
            let stop = Cancel::new();
            lock(&self.reading.now).stop = stop.clone();
            // Known only after the first sign-in: it stands inside the encryption.
            match self.opened.get().and_then(|_| self.reader_line().ok().flatten()) {
                Some(line) => devices::reader::listen(&line, &stop, &mut |heard| self.hear(heard)),
                None => {
                    let known = lock(&self.reading.now);
                    drop(self.reading.changed.wait_timeout(known, UNKNOWN).unwrap_or_else(PoisonError::into_inner));
                }
            }
        }
    }

    fn reader_line(&self) -> Result<Option<Line>, Error> {
        Ok(self.store()?.read(|r| r.setting::<Option<Line>>(READER))?.flatten())
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Ready => self.reader_is(ReaderStatus::Ready),
            Heard::Away(Away::Missing) => self.reader_is(ReaderStatus::Missing),
            Heard::Away(Away::Denied) => self.reader_is(ReaderStatus::Denied),
            Heard::Text(text) => {
                let mut known = lock(&self.reading.now);
                known.read = known.read.saturating_add(1);
                known.last = Some(self.now());
                drop(known);
                // On a locked desk a card would fill what its owner cannot see.
                if self.signed_in().is_some() {
                    self.stay_awake();
                    self.tell(DeskEvent::Read { text });
                }
            }
        }
    }

    fn reader_is(&self, status: ReaderStatus) {
        lock(&self.reading.now).status = status;
        tracing::info!(?status, "code reader");
        self.tell(DeskEvent::Reader { status });
    }
}
