//! The scanner doctor: every scanner looked at without moving paper, each finding in words with what to do.

use crate::fault::Error;
use crate::sentences;
use crate::station::{Desk, Parts};
use crate::view::{DeviceView, Locale, ScannerExamination, ScannerFinding, ScannerStep};
use devices::{DeviceKind, DeviceOption, ScanError, Scanner};
use domain::Right;
use std::path::Path;

/// A driver's own words beyond this are not words.
const LONGEST: usize = 200;

/// Looks at all scanners of `parts`, or at `only` one: whether any is found, whether each answers and could scan, what it
/// can do. For use without anybody signed in, so that watched folders are not known.
#[must_use]
pub fn examine_scanners(parts: &Parts, data: &Path, only: Option<&str>) -> ScannerExamination {
    let locale = crate::station::load_profile(data).map(|profile| profile.locale).unwrap_or_default();
    let listed = crate::scan::list_devices(parts, data);
    let mut findings = Vec::new();
    let mut tell = |finding| {
        findings.push(finding);
        true
    };
    examine(listed, only, locale, &|id| Ok(parts.scanners.check(id)?), &mut tell);
    let report = report(&findings, locale);
    ScannerExamination { findings, report, stopped: false }
}

/// Every option that the driver of `device` offers, in its own words.
///
/// # Errors
/// When the device does not answer.
pub fn scanner_options(parts: &Parts, data: &Path, device: &str) -> Result<Vec<DeviceOption>, Error> {
    crate::scanners::tell_unopened(&parts.network, data);
    Ok(parts.scanners.all_options(device)?)
}

impl Desk {
    /// As [`examine_scanners`], with watched folders, each finding told as it comes; `cancel_run` stops it before the next one.
    ///
    /// # Errors
    /// When nobody is signed in, or pages are coming: a scanner that is asked meanwhile may lose them.
    pub fn examine_scanners(
        &self,
        only: Option<&str>,
        tell: &mut dyn FnMut(&ScannerFinding),
    ) -> Result<ScannerExamination, Error> {
        self.require(Right::Read)?;
        let run = self.begin_scan(None)?;
        let locale = self.profile().locale;
        let away: Vec<String> = self.folders()?.into_iter().filter(|one| !one.there).map(|one| one.id).collect();
        let check = |id: &str| match id.strip_prefix("folder:") {
            Some(folder) if away.iter().any(|one| one == folder) => Err(Error::FolderAway),
            Some(_) => Ok(()),
            None => Ok(Scanner::check(self.scanners.as_ref(), id)?),
        };
        let mut findings = Vec::new();
        let mut stopped = false;
        examine(self.devices(), only, locale, &check, &mut |finding| {
            tell(&finding);
            findings.push(finding);
            stopped = run.cancel.is_cancelled();
            !stopped
        });
        let report = report(&findings, locale);
        Ok(ScannerExamination { findings, report, stopped })
    }
}

type Check<'a> = &'a dyn Fn(&str) -> Result<(), Error>;

/// Goes from one to the next for as long as `tell` says so.
fn examine(
    listed: Result<Vec<DeviceView>, Error>,
    only: Option<&str>,
    locale: Locale,
    check: Check<'_>,
    tell: &mut dyn FnMut(ScannerFinding) -> bool,
) {
    if !tell(found(&listed, locale)) {
        return;
    }
    let all = listed.unwrap_or_default();
    let ids = match only {
        Some(id) => vec![id.to_owned()],
        None => all.iter().map(|device| device.id.clone()).collect(),
    };
    for id in ids {
        let device = all.iter().find(|device| device.id == id);
        if !tell(state(check, &id, device, locale)) {
            return;
        }
        // What comes into a folder was scanned elsewhere: nothing can be chosen here.
        if let Some(device) = device.filter(|device| device.kind != DeviceKind::Folder)
            && !tell(abilities(device, locale))
        {
            return;
        }
    }
}

fn found(listed: &Result<Vec<DeviceView>, Error>, locale: Locale) -> ScannerFinding {
    match listed {
        Ok(all) => finding(ScannerStep::Found, None, !all.is_empty(), sentences::scanners_found(all.len(), locale)),
        Err(error) => failed(ScannerStep::Found, None, error, locale),
    }
}

fn state(check: Check<'_>, id: &str, device: Option<&DeviceView>, locale: Locale) -> ScannerFinding {
    let named = Some((id, device.map_or(id, |device| device.name.as_str())));
    match check(id) {
        Ok(()) if device.is_some_and(|device| device.kind == DeviceKind::Folder) => {
            finding(ScannerStep::State, named, true, sentences::folder_ready(locale))
        }
        Ok(()) => finding(ScannerStep::State, named, true, sentences::scanner_ready(locale)),
        Err(error) => failed(ScannerStep::State, named, &error, locale),
    }
}

fn abilities(device: &DeviceView, locale: Locale) -> ScannerFinding {
    let told = !device.sources.is_empty() && !device.modes.is_empty();
    let said = sentences::scanner_abilities(&device.sources, &device.resolutions, &device.modes, locale);
    finding(ScannerStep::Abilities, Some((&device.id, &device.name)), told, said)
}

fn failed(step: ScannerStep, device: Option<(&str, &str)>, error: &Error, locale: Locale) -> ScannerFinding {
    let told = error.for_person(locale);
    // Only a driver's words: what a disk says may name a folder, and a folder a person.
    let words = match error {
        Error::Scan(ScanError::Failed { message, .. }) => Some(message.as_str()),
        _ => None,
    };
    let one_line = |words: &str| words.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let detail = words.map(one_line).filter(|words: &String| !words.is_empty());
    let said = finding(step, device, false, (told.message, told.hint));
    ScannerFinding { code: Some(told.code), detail, ..said }
}

fn finding(
    step: ScannerStep,
    device: Option<(&str, &str)>,
    fine: bool,
    (said, advice): (String, Option<String>),
) -> ScannerFinding {
    let (device, name) = device.map(|(id, name)| (id.to_owned(), name.to_owned())).unzip();
    ScannerFinding { step, device, name, fine, code: None, said, advice, detail: None }
}

/// The findings for whoever looks after the machine: the program and the system, then a line each. No person, no path, no dossier.
fn report(findings: &[ScannerFinding], locale: Locale) -> String {
    let mut lines = vec![format!(
        "{}: Một Cửa {} · {} {}",
        sentences::scanner_report(locale),
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )];
    for one in findings {
        let sign = if one.fine { "+" } else { "-" };
        // A folder is named by people.
        let folder = one.device.as_ref().filter(|id| id.starts_with("folder:"));
        let name = folder.or(one.name.as_ref()).map(|name| format!("{name}: ")).unwrap_or_default();
        let id = one.device.as_ref().filter(|id| folder.is_none() && one.name.as_ref() != Some(id));
        let id = id.map(|id| format!(" [{id}]")).unwrap_or_default();
        let code = one.code.and_then(|code| serde_json::to_string(&code).ok());
        let code = code.map(|code| format!(" ({})", code.trim_matches('"'))).unwrap_or_default();
        let detail = one.detail.as_ref().map(|words| format!(" \u{2013} {words}")).unwrap_or_default();
        lines.push(format!("{sign} {name}{}{code}{id}{detail}", one.said));
    }
    crate::support::comb(&(lines.join("\n") + "\n"))
}
