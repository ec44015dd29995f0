//! The scanner doctor: every scanner looked at without moving paper, each finding in words with what to do.

use crate::fault::Error;
use crate::sentences;
use crate::station::Parts;
use crate::view::{DeviceView, Locale, ScannerFinding, ScannerStep};
use devices::{DeviceOption, Scanner};
use std::path::Path;

/// Looks at all scanners of `parts`, or at `only` one: whether any is found, whether each answers and could scan, what it
/// can do. For use without anybody signed in.
#[must_use]
pub fn examine_scanners(parts: &Parts, data: &Path, only: Option<&str>) -> Vec<ScannerFinding> {
    let locale = crate::station::load_profile(data).map(|profile| profile.locale).unwrap_or_default();
    let listed = crate::scan::list_devices(parts, data);
    let mut findings = vec![found(&listed, locale)];
    let all = listed.unwrap_or_default();
    let ids = match only {
        Some(id) => vec![id.to_owned()],
        None => all.iter().map(|device| device.id.clone()).collect(),
    };
    for id in ids {
        let device = all.iter().find(|device| device.id == id);
        findings.push(state(parts.scanners.as_ref(), &id, device, locale));
        findings.extend(device.map(|device| abilities(device, locale)));
    }
    findings
}

/// Every option that the driver of `device` offers, in its own words.
///
/// # Errors
/// When the device does not answer.
pub fn scanner_options(parts: &Parts, data: &Path, device: &str) -> Result<Vec<DeviceOption>, Error> {
    crate::scanners::tell_unopened(&parts.network, data);
    Ok(parts.scanners.all_options(device)?)
}

fn found(listed: &Result<Vec<DeviceView>, Error>, locale: Locale) -> ScannerFinding {
    match listed {
        Ok(all) => finding(ScannerStep::Found, None, !all.is_empty(), sentences::scanners_found(all.len(), locale)),
        Err(error) => failed(ScannerStep::Found, None, error, locale),
    }
}

fn state(scanners: &dyn Scanner, id: &str, device: Option<&DeviceView>, locale: Locale) -> ScannerFinding {
    let named = Some((id, device.map_or(id, |device| device.name.as_str())));
    match scanners.check(id) {
        Ok(()) => finding(ScannerStep::State, named, true, sentences::scanner_ready(locale)),
        Err(error) => failed(ScannerStep::State, named, &error.into(), locale),
    }
}

fn abilities(device: &DeviceView, locale: Locale) -> ScannerFinding {
    let told = !device.sources.is_empty() && !device.modes.is_empty();
    let said = sentences::scanner_abilities(&device.sources, &device.resolutions, &device.modes, locale);
    finding(ScannerStep::Abilities, Some((&device.id, &device.name)), told, said)
}

fn failed(step: ScannerStep, device: Option<(&str, &str)>, error: &Error, locale: Locale) -> ScannerFinding {
    let error = error.for_person(locale);
    finding(step, device, false, (error.message, error.hint))
}

fn finding(
    step: ScannerStep,
    device: Option<(&str, &str)>,
    fine: bool,
    (said, advice): (String, Option<String>),
) -> ScannerFinding {
    let (device, name) = device.map(|(id, name)| (id.to_owned(), name.to_owned())).unzip();
    ScannerFinding { step, device, name, fine, said, advice }
}
