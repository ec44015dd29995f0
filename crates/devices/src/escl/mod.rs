//! Network scanners that speak eSCL (AirScan), over HTTP and HTTPS, without any driver.
//!
//! What a device can do is what it says; what it does besides stands in `assets/quirks/escl.json`. Pages are asked for one
//! at a time, the next only after the one before was handed over.

mod capabilities;
mod discovery;
mod job;
mod quirks;
pub mod share;
mod wire;
mod xml;

use crate::device::{Caps, Device, DeviceKind};
use crate::scanner::{Cancel, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner};
use capabilities::About;
use discovery::Discovery;
use job::{Job, Patience};
use quirks::{QuirkTable, Quirks};
use reqwest::Url;
use reqwest::blocking::Client;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use wire::{Wire, client, failed, shown};

/// A page of A3 at 600 dpi over a slow network.
const PAGE_PATIENCE: Duration = Duration::from_secs(120);

/// What this station knows of network scanners: where they are, and a quirk table of its own. Shared between who sets it
/// and who scans.
#[derive(Debug, Clone, Default)]
pub struct Network(Arc<Mutex<(Vec<String>, Option<String>)>>);

impl Network {
    /// Puts these addresses in the place of those before.
    pub fn set_addresses(&self, addresses: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = addresses;
    }

    /// Adds the station's own quirk table, of the form of `assets/quirks/escl.json`, to the one that ships.
    pub fn set_quirks(&self, own: Option<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = own;
    }

    fn addresses(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn quirks(&self) -> QuirkTable {
        QuirkTable::with(self.0.lock().unwrap_or_else(PoisonError::into_inner).1.as_deref())
    }
}

/// The address of a device's eSCL, from what a person types: `192.0.2.14`, `may-quet.local:8080`, `https://…/eSCL`.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let mut url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let path = if path.is_empty() { "/eSCL/".to_owned() } else { format!("{path}/") };
    url.set_path(&path);
    url.set_fragment(None);
    Some(url.into())
}

/// Network scanners.
pub struct Escl {
    network: Network,
    patience: Patience,
    page_patience: Duration,
    client: OnceLock<Option<Client>>,
    /// What the devices said of themselves, by id, so that a scan does not ask again.
    seen: Mutex<HashMap<String, (Url, About)>>,
    /// Who announces itself, where it is listened for.
    discovery: Option<Discovery>,
}

impl Escl {
    /// Makes the driver of the scanners in `network`.
    #[must_use]
    pub fn new(network: Network) -> Self {
        Self {
            network,
            patience: Patience::default(),
            page_patience: PAGE_PATIENCE,
            client: OnceLock::new(),
            seen: Mutex::default(),
            discovery: None,
        }
    }

    /// Also listens for devices that announce themselves (mDNS), from the first listing on.
    #[must_use]
    pub fn with_discovery(mut self) -> Self {
        self.discovery = Some(Discovery::default());
        self
    }

    /// Sets how long a device that is not ready is waited for between two tries, and how long a page may take.
    #[must_use]
    pub fn with_patience(mut self, pause: Duration, page: Duration) -> Self {
        (self.patience.pause, self.page_patience) = (pause, page);
        self
    }

    fn client(&self) -> Result<Client, ScanError> {
        // Made at the first use: it starts threads of its own.
        let made =
            self.client.get_or_init(|| client().inspect_err(|error| tracing::warn!(%error, "no HTTP client")).ok());
        made.clone().ok_or_else(|| failed("no network client on this machine"))
    }

    /// Asks the device at `root` what it is.
    fn look(&self, root: &Url) -> Result<(String, About), ScanError> {
        let wire = Wire::new(self.client()?, root.clone(), self.page_patience);
        let answer = wire.get("ScannerCapabilities")?;
        if answer.is_web_page() {
            return Err(failed("a web page came in place of an answer; is this the scanner's address?"));
        }
        let about = About::read(&answer.text()).filter(|_| answer.status == 200);
        let about = about.ok_or_else(|| failed(&format!("what answers at {} is no eSCL scanner", shown(root))))?;
        // A device keeps its name when it gets another address (T-18).
        let id = about.uuid.as_ref().map_or_else(|| format!("escl:{root}"), |uuid| format!("escl:{uuid}"));
        Ok((id, about))
    }

    fn known(&self, id: &str) -> Option<(Url, About)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Where to ask: the addresses that the station was told of, then those announced.
    fn roots(&self) -> Vec<Url> {
        let mut roots: Vec<Url> = Vec::new();
        let announced = self.discovery.as_ref().map(Discovery::addresses).unwrap_or_default();
        for text in self.network.addresses().iter().chain(&announced) {
            let root = address(text).and_then(|text| Url::parse(&text).ok());
            roots.extend(root.filter(|root| !roots.contains(root)));
        }
        roots
    }

    /// Asks every address anew, all at once. A device that has several is known by the first of them that answered, so
    /// that nobody takes another's name by announcing it.
    fn refresh(&self) -> Vec<Result<(String, Url, About), ScanError>> {
        let roots = self.roots();
        let found: Vec<_> = std::thread::scope(|scope| {
            let asked: Vec<_> = roots.iter().map(|root| scope.spawn(move || self.look(root))).collect();
            asked.into_iter().zip(&roots).map(|(one, root)| one.join().map(|found| (found, root.clone()))).collect()
        });
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut all, mut ids) = (Vec::new(), HashSet::new());
        for (found, root) in found.into_iter().flatten() {
            match found {
                Ok((id, _)) if !ids.insert(id.clone()) => {}
                Ok((id, about)) => {
                    seen.insert(id.clone(), (root.clone(), about.clone()));
                    all.push(Ok((id, root, about)));
                }
                Err(error) => all.push(Err(error)),
            }
        }
        all
    }

    fn scan_at(
        &self,
        root: &Url,
        about: &About,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let (wire, quirks) = self.reach(root, about)?;
        Job { wire: &wire, about, quirks: &quirks, patience: self.patience, cancel }.run(settings, on_side)
    }

    /// The way to a device whose manners are known.
    fn reach(&self, root: &Url, about: &About) -> Result<(Wire, Quirks), ScanError> {
        let quirks = self.network.quirks().of(&about.make_and_model);
        let wire = Wire::new(self.client()?, root.clone(), self.page_patience).with(&quirks);
        Ok((wire, quirks))
    }
}

impl Scanner for Escl {
    /// A device that does not answer now is left out; it is an error only when there is none that does.
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        let (mut devices, mut failure) = (Vec::new(), None);
        for found in self.refresh() {
            match found {
                Ok((id, root, about)) => {
                    let name = format!("{} ({})", about.make_and_model, root.host_str().unwrap_or_default());
                    devices.push(Device { id, name, kind: DeviceKind::Escl, caps: about.caps });
                }
                Err(error) => failure = Some(error),
            }
        }
        match failure {
            Some(error) if devices.is_empty() => Err(error),
            _ => Ok(devices),
        }
    }

    fn scan(
        &self,
        device_id: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        let not_found = || ScanError::NotFound { device: device_id.to_owned() };
        let known = self.known(device_id);
        let fresh = known.is_none();
        let (root, about) = match known {
            Some(known) => known,
            None => {
                drop(self.refresh());
                self.known(device_id).ok_or_else(not_found)?
            }
        };
        let mut handed_over = false;
        let outcome = self.scan_at(&root, &about, settings, cancel, &mut |side| {
            handed_over = true;
            on_side(side)
        });
        match outcome {
            // It may have moved to another of the addresses since it was seen.
            Err(ScanError::NotFound { .. }) if !handed_over && !fresh => {
                self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(device_id);
                drop(self.refresh());
                let (root, about) = self.known(device_id).ok_or_else(not_found)?;
                self.scan_at(&root, &about, settings, cancel, on_side)
            }
            Err(ScanError::NotFound { .. }) => Err(not_found()),
            other => other,
        }
    }

    fn caps(&self, device_id: &str) -> Result<Caps, ScanError> {
        if self.known(device_id).is_none() {
            drop(self.refresh());
        }
        let found = self.known(device_id).map(|(_, about)| about.caps);
        found.ok_or_else(|| ScanError::NotFound { device: device_id.to_owned() })
    }

    fn check(&self, device_id: &str) -> Result<(), ScanError> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).remove(device_id);
        drop(self.refresh());
        let (root, about) =
            self.known(device_id).ok_or_else(|| ScanError::NotFound { device: device_id.to_owned() })?;
        let (wire, quirks) = self.reach(&root, &about)?;
        let job = Job { wire: &wire, about: &about, quirks: &quirks, patience: self.patience, cancel: &Cancel::new() };
        job.ready()
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn what_a_person_types_becomes_an_address() {
        for (typed, expected) in [
            ("192.0.2.14", Some("http://192.0.2.14/eSCL/")),
            (" may-quet.local:8080 ", Some("http://may-quet.local:8080/eSCL/")),
            ("https://192.0.2.14/eSCL", Some("https://192.0.2.14/eSCL/")),
            ("http://192.0.2.14/airscan/eSCL/", Some("http://192.0.2.14/airscan/eSCL/")),
            ("[2001:db8::1]:80", Some("http://[2001:db8::1]/eSCL/")),
            ("", None),
            ("file:///etc/passwd", None),
            ("http://user:pass@192.0.2.14", None),
            ("http://192.0.2.14/?x=1", None),
        ] {
            assert_eq!(address(typed).as_deref(), expected, "{typed}");
        }
    }
}
