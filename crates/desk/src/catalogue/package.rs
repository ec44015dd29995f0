//! Signed packages (gói danh mục): whose are taken, and making one out of this station's catalogue.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::KeyView;
use chrono::NaiveDate;
use domain::package::{self, Base, Content, Package, Repeal};
use domain::{Procedure, Right};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use store::tables::package::TrustedKey;

/// What a new package is to be.
#[derive(Debug, Clone)]
pub struct NewPackage {
    /// The file with the secret key.
    pub key: PathBuf,
    /// Its series.
    pub series: String,
    /// Who makes it.
    pub issuer: String,
    /// Packages that it changes, the whole one first and then its deltas in their order; none for a whole one.
    pub base: Vec<PathBuf>,
    /// Its number; one more than the base's where it is left out.
    pub serial: Option<u32>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageMade {
    /// Its series.
    pub series: String,
    /// Its number.
    pub serial: u32,
    /// Procedures in it.
    pub procedures: usize,
    /// Procedures that end with it.
    pub repealed: usize,
    /// The public key that stations have to trust.
    pub key: String,
    /// The hash of its content, which a delta upon it names.
    pub content: String,
}

/// Makes a new key for signing packages in a new file that only its owner reads; gives the public key.
///
/// # Errors
/// When the file is there already or cannot be written.
pub fn new_package_key(path: &Path) -> Result<String, Error> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Error::Internal(error.to_string()))?;
    let failed = |error| Error::file(path, error);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    writeln!(file, "{}", package::hex(&secret)).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(package::hex(&package::public_key(&secret)))
}

impl Desk {
    /// Takes packages signed with the public key `key` from now on.
    ///
    /// # Errors
    /// [`Error::BadInput`] for what is no key.
    pub fn trust_key(&self, key: &str, name: &str) -> Result<KeyView, Error> {
        let staff = self.require(Right::Administer)?;
        let key = package::key_of(key).ok_or(Error::BadInput("key"))?;
        let name = crate::intake::short(name, 200);
        if name.is_empty() {
            return Err(Error::BadInput("name"));
        }
        let trusted = TrustedKey { key, name, at: self.now() };
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.trust_key(&trusted, staff.id)?;
            tx.log(trusted.at, Some(staff.id), "catalogue.trust", &package::hex(&key))?;
            Ok(())
        })?;
        Ok(self.key_view(trusted))
    }

    /// Takes no more packages signed with `key`; what came in with it stays.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a key that was not trusted.
    pub fn distrust_key(&self, key: &str) -> Result<(), Error> {
        let staff = self.require(Right::Administer)?;
        let key = package::key_of(key).ok_or(Error::BadInput("key"))?;
        let now = self.now();
        self.store()?.write(|tx| -> Result<(), Error> {
            if !tx.distrust_key(&key)? {
                return Err(Error::BadInput("key"));
            }
            tx.log(now, Some(staff.id), "catalogue.distrust", &package::hex(&key))?;
            Ok(())
        })
    }

    pub(super) fn key_view(&self, trusted: TrustedKey) -> KeyView {
        KeyView { key: package::hex(&trusted.key), name: trusted.name, since: self.shown(trusted.at) }
    }

    /// Writes this station's catalogue as a signed package to a new file: whole, or what changed since a base.
    ///
    /// # Errors
    /// When the role may not; when the key, a base or the file do not read or write.
    pub fn make_package(&self, new: &NewPackage, out: &Path) -> Result<PackageMade, Error> {
        let staff = self.require(Right::Administer)?;
        self.turn_catalogue()?;
        let secret = secret_of(&new.key)?;
        let (now, today) = (self.now(), self.today());
        let (base, before) = base_of(&new.base, &new.series)?;
        let offered = self.store()?.read(|r| r.procedures(today))?;
        let codes: BTreeSet<&String> = offered.iter().map(|one| &one.code).collect();
        let gone: BTreeSet<&String> = before.iter().map(|one| &one.code).filter(|code| !codes.contains(code)).collect();
        let repealed: Vec<Repeal> = gone.into_iter().map(|code| Repeal { code: code.clone(), from: today }).collect();
        let known: BTreeMap<_, &Procedure> = before.iter().map(|one| ((&one.code, one.valid_from), one)).collect();
        let changed = |one: &&Procedure| known.get(&(&one.code, one.valid_from)) != Some(one);
        let procedures: Vec<Procedure> = offered.iter().filter(changed).cloned().collect();
        let next = base.map_or(1, |base| base.serial + 1);
        let content = Content {
            series: new.series.clone(),
            serial: new.serial.unwrap_or(next),
            base,
            issuer: new.issuer.clone(),
            issued: today,
            procedures,
            repealed,
        };
        let text = content.sign(&secret)?;
        let package = Package::read(text.as_bytes())?;
        crate::write_whole(out, text.as_bytes())?;
        let about = format!("{} {}", content.series, content.serial);
        self.store()?.write(|tx| tx.log(now, Some(staff.id), "catalogue.package", &about))?;
        Ok(PackageMade {
            series: content.series,
            serial: content.serial,
            procedures: content.procedures.len(),
            repealed: content.repealed.len(),
            key: package::hex(&package.key),
            content: package.hash.to_string(),
        })
    }
}

/// The last package of a chain, and the procedures that it and those before it name.
fn base_of(paths: &[PathBuf], series: &str) -> Result<(Option<Base>, Vec<Procedure>), Error> {
    let mut last: Option<Base> = None;
    let mut all: BTreeMap<(String, NaiveDate), Procedure> = BTreeMap::new();
    for path in paths {
        let package = Package::read(&super::import::unpacked(path)?)?;
        let content = package.content;
        if content.series != series || content.base != last {
            let needs = content.base.map_or(0, |base| base.serial);
            return Err(Error::PackageBase { needs, has: last.map(|last| last.serial) });
        }
        last = Some(Base { serial: content.serial, content: package.hash });
        all.extend(content.procedures.into_iter().map(|one| ((one.code.clone(), one.valid_from), one)));
        all.retain(|(code, _), _| !content.repealed.iter().any(|end| end.code == *code));
    }
    Ok((last, all.into_values().collect()))
}

fn secret_of(path: &Path) -> Result<[u8; 32], Error> {
    let mut text = String::new();
    let failed = |error| Error::file(path, error);
    std::fs::File::open(path).map_err(failed)?.take(200).read_to_string(&mut text).map_err(failed)?;
    package::key_of(&text).ok_or(Error::BadInput("key"))
}
