//! Bringing a catalogue in: the national records, answers of the national interface, procedures in our own format, and
//! our signed packages, all in one transaction.
//!
//! A file may come from anywhere: it is bounded before it is unpacked and before it is parsed, everything is read before
//! anything is written, and what does not read is listed rather than guessed.

use crate::fault::Error;
use crate::sentences;
use crate::station::Desk;
use crate::view::{CatalogueStep, CatalogueTaken, Locale};
use chrono::NaiveDate;
use domain::national::{self, Record, pull};
use domain::package::{self, Content, MOST_PROCEDURES, Package};
use domain::procedure::Doubt;
use domain::{FileHash, Procedure, Right};
use serde::Serialize;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::Ordering;
use store::tables::package::Taken;
use store::tables::procedure::Offered;

/// A file of the whole national catalogue has 50 MB unpacked.
const MOST_BYTES: u64 = 128 << 20;
/// The longest national record has 92 kB.
const LONGEST_RECORD: usize = 2 << 20;
/// Commas, colons and brackets: what a parsed value grows by. The national catalogue has a tenth of these.
const MOST_SIGNS: usize = 4_000_000;
/// How often somebody is told how far it is.
const STEP: usize = 32;

/// What an import did (interfaces.md: `motcua catalogue import`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CatalogueImport {
    /// False when it was stopped: then nothing changed.
    pub finished: bool,
    /// New procedures.
    pub imported: u32,
    /// New versions of known ones.
    pub updated: u32,
    /// Versions that take effect on a day to come.
    pub coming: u32,
    /// Versions older than what is on offer: kept, and offered to nobody.
    pub older: u32,
    /// Procedures that were as known.
    pub same: u32,
    /// Procedures that end.
    pub repealed: u32,
    /// What could not be read, and why; nothing is guessed.
    pub unread: Vec<Unread>,
}

/// Something that did not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Code of the procedure, where it could be read.
    pub code: String,
    /// What did not read.
    pub field: String,
    /// Why.
    pub reason: String,
}

impl Unread {
    pub(super) fn of(code: &str, doubt: &Doubt, locale: Locale) -> Self {
        Self { code: code.to_owned(), field: doubt.field().to_owned(), reason: sentences::doubt(doubt, locale) }
    }
}

/// A file's catalogue, read and not yet kept.
#[derive(Default)]
struct Brought {
    /// Procedures that name their day.
    dated: Vec<Procedure>,
    /// Publications that name none.
    undated: Vec<Procedure>,
    /// Records that are none: code, name, why.
    refused: Vec<(String, String, Doubt)>,
    /// The package it came in.
    package: Option<Package>,
}

/// Why it did not come to its end.
enum Halt {
    Stopped,
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<store::Error> for Halt {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Tells how far it is, and hears whether it may go on.
struct Watch<'a> {
    told: &'a mut dyn FnMut(CatalogueStep) -> bool,
    done: usize,
    total: usize,
}

impl Watch<'_> {
    fn step(&mut self) -> Result<(), Halt> {
        self.done += 1;
        if !self.done.is_multiple_of(STEP) && self.done < self.total {
            return Ok(());
        }
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let step = CatalogueStep { done: small(self.done), total: small(self.total.max(self.done)) };
        if (self.told)(step) { Ok(()) } else { Err(Halt::Stopped) }
    }
}

impl Desk {
    /// Brings a catalogue in from a file, plain or packed with gzip: the national records (one a line), answers of the
    /// national interface, an array in our own format, or a signed package. All of it or nothing; `told` hears how far
    /// it is and stops it by answering false.
    ///
    /// # Errors
    /// [`Error::BadCatalogue`] and [`Error::CatalogueTooLarge`] for a file that is none; [`Error::PackageKeyUnknown`],
    /// [`Error::PackageOld`] or [`Error::PackageBase`] for a package that may not come in.
    pub fn import_catalogue(
        &self,
        path: &Path,
        told: &mut dyn FnMut(CatalogueStep) -> bool,
    ) -> Result<CatalogueImport, Error> {
        let staff = self.require(Right::Administer)?;
        let _one = self.catalogue.gate.try_lock().map_err(|_| Error::CareRunning)?;
        let text = unpacked(path)?;
        let today = self.today();
        let mut watch = Watch { told, done: 0, total: 0 };
        let brought = match self.read_catalogue(&text, today, &mut watch) {
            Ok(brought) => brought,
            Err(Halt::Stopped) => return Ok(CatalogueImport::default()),
            Err(Halt::Failed(error)) => return Err(error),
        };
        drop(text);
        watch.total = watch.done + brought.dated.len() + brought.undated.len();
        let (now, locale) = (self.now(), self.profile().locale);
        let mut import = CatalogueImport { finished: true, ..CatalogueImport::default() };
        let kept = self.store()?.write(|tx| -> Result<(), Halt> {
            if let Some(package) = &brought.package {
                fits(tx, &package.content, package.hash)?;
            }
            let dated = brought.dated.into_iter().map(|one| (one, true));
            for (procedure, dated) in dated.chain(brought.undated.into_iter().map(|one| (one, false))) {
                watch.step()?;
                import.unread.extend(procedure.doubts.iter().map(|doubt| Unread::of(&procedure.code, doubt, locale)));
                let offered =
                    if dated { tx.offer_procedure(&procedure, today)? } else { tx.offer_undated(procedure, today)? };
                *match offered {
                    Offered::New => &mut import.imported,
                    Offered::Updated => &mut import.updated,
                    Offered::Coming => &mut import.coming,
                    Offered::Older => &mut import.older,
                    Offered::Same => &mut import.same,
                } += 1;
            }
            for (code, name, doubt) in &brought.refused {
                tx.list_unread(code, name, std::slice::from_ref(doubt))?;
                import.unread.push(Unread::of(code, doubt, locale));
            }
            if let Some(Package { content, hash, .. }) = &brought.package {
                for end in &content.repealed {
                    import.repealed += u32::from(tx.repeal_procedure(&end.code, end.from, today)?);
                }
                tx.take_package(&content.series, Taken { serial: content.serial, content: *hash }, now)?;
            }
            let changed = import.imported + import.updated + import.coming + import.repealed;
            tx.log(now, Some(staff.id), "catalogue.import", &changed.to_string())?;
            Ok(())
        });
        match kept {
            Ok(()) => Ok(import),
            Err(Halt::Stopped) => Ok(CatalogueImport::default()),
            Err(Halt::Failed(error)) => Err(error),
        }
    }

    /// The same at the press of a button, with counts for the window. [`Desk::cancel_catalogue`] stops it.
    ///
    /// # Errors
    /// As [`Desk::import_catalogue`].
    pub fn import_catalogue_here(
        &self,
        path: &Path,
        told: &mut dyn FnMut(CatalogueStep),
    ) -> Result<CatalogueTaken, Error> {
        self.catalogue.stopped.store(false, Ordering::SeqCst);
        let import = self.import_catalogue(path, &mut |step| {
            told(step);
            !self.catalogue.stopped.load(Ordering::SeqCst)
        })?;
        Ok(CatalogueTaken {
            finished: import.finished,
            imported: import.imported,
            updated: import.updated,
            coming: import.coming,
            older: import.older,
            same: import.same,
            repealed: import.repealed,
            unread: u32::try_from(import.unread.len()).unwrap_or(u32::MAX),
        })
    }

    /// Stops the import that is under way; nothing of it is kept.
    pub fn cancel_catalogue(&self) {
        self.catalogue.stopped.store(true, Ordering::SeqCst);
    }

    fn read_catalogue(&self, text: &[u8], today: NaiveDate, watch: &mut Watch<'_>) -> Result<Brought, Halt> {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        if package::is_package(text) {
            let package = Package::read(text).map_err(Error::from)?;
            let key = package.key;
            let trusted = self.store()?.read(|r| r.trusted_keys())?;
            if !trusted.iter().any(|trusted| trusted.key == key) {
                return Err(Error::PackageKeyUnknown(package::hex(&key)).into());
            }
            return Ok(Brought {
                dated: package.content.procedures.clone(),
                package: Some(package),
                ..Brought::default()
            });
        }
        let signs = text.iter().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count();
        if signs > MOST_SIGNS {
            return Err(Error::CatalogueTooLarge.into());
        }
        let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let first = lines.next().ok_or_else(|| Error::BadCatalogue("empty".into()))?;
        if serde_json::from_slice::<Record>(first).is_ok() {
            let all: Vec<&[u8]> = std::iter::once(first).chain(lines).collect();
            return read_lines(&all, today, watch);
        }
        // The parser's own words quote the file, which may be any file; they must not come into the log (T-58).
        let whole: Value =
            serde_json::from_slice(text).map_err(|error| Error::BadCatalogue(format!("line {}", error.line())))?;
        read_values(&whole, today, watch)
    }
}

/// The national records, one a line. A line that does not read is listed, with its number in the place of a code.
fn read_lines(lines: &[&[u8]], today: NaiveDate, watch: &mut Watch<'_>) -> Result<Brought, Halt> {
    if lines.len() > MOST_PROCEDURES {
        return Err(Error::CatalogueTooLarge.into());
    }
    watch.total = lines.len() * 2;
    let mut brought = Brought::default();
    for (line, number) in lines.iter().zip(1..) {
        watch.step()?;
        if line.len() > LONGEST_RECORD {
            return Err(Error::CatalogueTooLarge.into());
        }
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => brought.add(&record.code, &record.name, national::read(&record, today)),
            Err(error) => {
                let text = format!("JSON, {}:{}", number, error.column());
                brought.refused.push((format!("#{number}"), String::new(), Doubt::UnknownPart { text }));
            }
        }
    }
    brought.once();
    Ok(brought)
}

/// One JSON document: records, answers of the national interface, or procedures in our own format.
fn read_values(whole: &Value, today: NaiveDate, watch: &mut Watch<'_>) -> Result<Brought, Halt> {
    let pulled = pull::is_pull(whole);
    let records: Vec<&Value> = match whole {
        _ if pulled => pull::unwrap(whole),
        Value::Array(all) => all.iter().collect(),
        _ => return Err(Error::BadCatalogue("neither an array nor an answer".into()).into()),
    };
    if records.len() > MOST_PROCEDURES {
        return Err(Error::CatalogueTooLarge.into());
    }
    watch.total = records.len() * 2;
    let mut brought = Brought::default();
    for (value, number) in records.into_iter().zip(1..) {
        watch.step()?;
        if pulled {
            brought.add(&pull::code(value), value["TENTTHC"].as_str().unwrap_or_default(), pull::read(value, today));
        } else if value.get("ma_thu_tuc").is_some() {
            match serde_json::from_value::<Record>(value.clone()) {
                Ok(record) => brought.add(&record.code, &record.name, national::read(&record, today)),
                Err(error) => brought.refuse(value["ma_thu_tuc"].as_str(), number, &error),
            }
        } else {
            match serde_json::from_value::<Procedure>(value.clone()) {
                Ok(procedure) => match procedure.sound() {
                    Ok(()) => brought.dated.push(procedure),
                    Err(field) => brought.refused.push((
                        short(&procedure.code, 40),
                        short(&procedure.name, 400),
                        Doubt::UnknownPart { text: field.to_owned() },
                    )),
                },
                Err(error) => brought.refuse(value["code"].as_str(), number, &error),
            }
        }
    }
    brought.once();
    Ok(brought)
}

impl Brought {
    fn add(&mut self, code: &str, name: &str, read: Result<Procedure, Doubt>) {
        let sound = read.and_then(|one| match one.sound() {
            Ok(()) => Ok(one),
            Err(field) => Err(Doubt::UnknownPart { text: field.to_owned() }),
        });
        match sound {
            Ok(procedure) => self.undated.push(procedure),
            Err(doubt) => self.refused.push((short(code, 40), short(name, 400), doubt)),
        }
    }

    fn refuse(&mut self, code: Option<&str>, number: usize, error: &serde_json::Error) {
        let code = code.map_or_else(|| format!("#{number}"), |code| short(code, 40));
        self.refused.push((code, String::new(), Doubt::UnknownPart { text: short(&error.to_string(), 120) }));
    }

    /// Of two records of one code (and day) the later one holds, as if they had come in two files.
    fn once(&mut self) {
        let keep = |all: &mut Vec<Procedure>, dated: bool| {
            let mut seen = std::collections::BTreeSet::new();
            all.reverse();
            all.retain(|one| seen.insert((one.code.clone(), dated.then_some(one.valid_from))));
            all.reverse();
        };
        keep(&mut self.dated, true);
        keep(&mut self.undated, false);
    }
}

/// Whether a package may come in after the one of its series that was taken last.
fn fits(tx: &store::Writer<'_>, content: &Content, hash: FileHash) -> Result<(), Error> {
    let taken = tx.reader().package_taken(&content.series)?;
    if taken.is_some_and(|taken| taken.content == hash) {
        return Ok(());
    }
    if let Some(base) = content.base {
        let found = taken.is_some_and(|taken| taken.content == base.content && taken.serial == base.serial);
        if !found || content.serial <= base.serial {
            return Err(Error::PackageBase { needs: base.serial, has: taken.map(|taken| taken.serial) });
        }
    } else if let Some(taken) = taken.filter(|taken| taken.serial >= content.serial) {
        return Err(Error::PackageOld { serial: content.serial, has: taken.serial });
    }
    Ok(())
}

/// The bytes of a file, unpacked, and never more than a catalogue may have.
pub(super) fn unpacked(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::file(path, error);
    let file = std::fs::File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(Error::BadCatalogue("no file".into()));
    }
    let mut packed = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut packed).map_err(failed)?;
    let text = if packed.starts_with(&[0x1F, 0x8B]) {
        let mut text = Vec::new();
        let unpacked = flate2::read::MultiGzDecoder::new(packed.as_slice()).take(MOST_BYTES + 1).read_to_end(&mut text);
        unpacked.map_err(|_| Error::BadCatalogue("gzip".into()))?;
        text
    } else {
        packed
    };
    if text.len() as u64 > MOST_BYTES { Err(Error::CatalogueTooLarge) } else { Ok(text) }
}

pub(super) fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
