//! Scanners that announce themselves on the local network (DNS-SD over mDNS, `_uscans._tcp` and `_uscan._tcp`).
//!
//! Anybody on the network can announce anything: an announcement is no more than an address to ask, their number is bounded,
//! and an address that the station was told of goes before them.

use super::address;
use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Those with TLS first: a device that has both is then spoken to so that nobody reads the pages on the way.
const SERVICES: [(&str, &str); 2] = [("https", "_uscans._tcp.local."), ("http", "_uscan._tcp.local.")];
/// How long the first listing waits for devices to speak up. They may take up to a tenth of a second each to answer, and
/// the question is repeated after one second.
const FIRST_WAIT: Duration = Duration::from_millis(1_600);
/// More than an office has; beyond it somebody is shouting.
const MOST: usize = 60;

type Found = Arc<Mutex<BTreeMap<String, String>>>;

/// Listens from the first use on, for as long as it lives.
#[derive(Default)]
pub(super) struct Discovery {
    found: Found,
    listening: OnceLock<Option<(ServiceDaemon, Instant)>>,
}

impl Discovery {
    /// The addresses that are announced now. Only the first call waits.
    pub(super) fn addresses(&self) -> Vec<String> {
        if let Some((_, since)) = self.listening.get_or_init(|| listen(&self.found)) {
            std::thread::sleep(FIRST_WAIT.saturating_sub(since.elapsed()));
        }
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut all, plain): (Vec<_>, Vec<_>) = found.values().cloned().partition(|url| url.starts_with("https"));
        all.extend(plain);
        all
    }
}

impl Drop for Discovery {
    fn drop(&mut self) {
        if let Some(Some((daemon, _))) = self.listening.get() {
            drop(daemon.shutdown());
        }
    }
}

/// A machine without a network has nothing to hear; that is no fault.
fn listen(found: &Found) -> Option<(ServiceDaemon, Instant)> {
    let refused = |error| tracing::info!(%error, "scanners on the network are not listened for");
    let daemon = ServiceDaemon::new().map_err(refused).ok()?;
    for (scheme, service) in SERVICES {
        let heard = daemon.browse(service).map_err(refused).ok()?;
        let found = Arc::clone(found);
        std::thread::spawn(move || {
            while let Ok(event) = heard.recv() {
                note(&mut found.lock().unwrap_or_else(PoisonError::into_inner), scheme, event);
            }
        });
    }
    Some((daemon, Instant::now()))
}

fn note(found: &mut BTreeMap<String, String>, scheme: &str, event: ServiceEvent) {
    match event {
        ServiceEvent::ServiceResolved(service) => {
            let addresses = service.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr);
            if let Some(url) = url(scheme, addresses, service.port, path(&service))
                && (found.len() < MOST || found.contains_key(&service.fullname))
            {
                found.insert(service.fullname, url);
            }
        }
        ServiceEvent::ServiceRemoved(_, name) => drop(found.remove(&name)),
        _ => {}
    }
}

/// Where below the address its eSCL lies: the key `rs`.
fn path(service: &ResolvedService) -> &str {
    service.get_property_val_str("rs").unwrap_or("eSCL")
}

/// The address of a device, IPv4 before IPv6; an IPv6 address that holds on one wire only cannot be written as one.
fn url(scheme: &str, addresses: impl Iterator<Item = IpAddr>, port: u16, path: &str) -> Option<String> {
    let usable = |ip: &IpAddr| match ip {
        IpAddr::V4(ip) => !ip.is_unspecified() && !ip.is_multicast() && !ip.is_broadcast(),
        IpAddr::V6(ip) => !ip.is_unspecified() && !ip.is_multicast() && !ip.is_unicast_link_local(),
    };
    let host = addresses.filter(usable).min()?;
    let path = path.trim_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if port == 0 || path.len() > 100 || !path.chars().all(plain) || path.contains("..") {
        return None;
    }
    address(&format!("{scheme}://{}/{path}", std::net::SocketAddr::new(host, port)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_becomes_an_address_or_nothing() {
        let url = |ips: &[&str], port, path| url("http", ips.iter().map(|ip| ip.parse().unwrap()), port, path);
        let four = Some("http://192.0.2.14/eSCL/".to_owned());
        assert_eq!(url(&["fe80::1", "2001:db8::5", "192.0.2.14"], 80, "eSCL"), four, "IPv4 first");
        assert_eq!(url(&["192.0.2.14"], 80, "/eSCL/"), four, "some write the slash");
        assert_eq!(url(&["192.0.2.14"], 80, ""), four);
        assert_eq!(url(&["2001:db8::5"], 8080, "eSCL").as_deref(), Some("http://[2001:db8::5]:8080/eSCL/"));
        for (ips, port, path) in [
            (&["fe80::1"][..], 80, "eSCL"),
            (&["224.0.0.1"], 80, "eSCL"),
            (&["192.0.2.14"], 0, "eSCL"),
            (&["192.0.2.14"], 80, "../admin"),
            (&["192.0.2.14"], 80, "eSCL?x=\r\nHost: y"),
            (&[], 80, "eSCL"),
        ] {
            assert_eq!(url(ips, port, path), None, "{ips:?} {port} {path}");
        }
    }

    #[test]
    fn a_device_that_leaves_is_forgotten() {
        let mut found = BTreeMap::from([("a._uscan._tcp.local.".to_owned(), "http://192.0.2.14/eSCL/".to_owned())]);
        let name = "a._uscan._tcp.local.".to_owned();
        note(&mut found, "http", ServiceEvent::ServiceRemoved("_uscan._tcp.local.".into(), name));
        assert!(found.is_empty());
    }
}
