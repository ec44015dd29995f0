//! A scanner lent to other counters (G15): it and the station's own runs keep out of each other's way, and a copy lends nothing.

use crate::copies::copy_of;
use crate::feeder::FEEDER;
use crate::world::{Station, draft, request, scan};
use desk::{Cancel, ErrorCode};
use devices::escl::Network;
use devices::{Escl, ScanError, ScanSettings, Scanner};
use std::net::{IpAddr, Ipv4Addr};
use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::time::Duration;

const LOCAL: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));

/// Another counter, which was given the address.
fn other_counter(address: &str) -> Escl {
    let network = Network::default();
    network.set_addresses(vec![address.to_owned()]);
    Escl::new(network).with_patience(Duration::from_millis(5), Duration::from_secs(10))
}

fn fetch(counter: &Escl) -> (usize, Result<(), ScanError>) {
    let device = counter.devices().unwrap().remove(0);
    let mut pages = 0;
    let end = counter.scan(&device.id, &ScanSettings::default(), &Cancel::new(), &mut |_| {
        pages += 1;
        ControlFlow::Continue(())
    });
    (pages, end.map(drop))
}

#[test]
fn whoever_scans_first_has_the_scanner() {
    let (station, desk) = Station::new();
    let (desk, stop) = (Arc::new(desk), Cancel::new());
    let id = draft(&desk, 1);
    let (tell, told) = mpsc::channel();
    let lending = std::thread::spawn({
        let (desk, stop) = (Arc::clone(&desk), stop.clone());
        move || {
            desk.serve_share(FEEDER, (LOCAL, Some(0)), &stop, &mut |address, _| tell.send(address.to_owned()).unwrap())
        }
    });
    let counter = other_counter(&told.recv().unwrap());

    // The other counter is at it.
    let (said, heard) = mpsc::channel();
    station.feeder.pages([1]);
    station.feeder.then({
        let desk = Arc::clone(&desk);
        move || said.send(scan(&desk, id, 1).err().map(|error| error.code().0)).unwrap()
    });
    station.feeder.pages([2]);
    assert!(matches!(fetch(&counter), (2, Ok(()))));
    assert_eq!(heard.recv().unwrap(), Some(ErrorCode::ScannerLent), "this one is told who has it");
    assert_eq!(desk.open_dossier(id).unwrap().pages.received, 0, "its pages touch nothing here");

    // This one is at it.
    let (said, heard) = mpsc::channel();
    station.feeder.pages([3]);
    station.feeder.then(move || said.send(fetch(&counter)).unwrap());
    station.feeder.pages([4]);
    let outcome = desk.scan(id, 1, &request(), &mut |_| {}).unwrap();
    assert_eq!((outcome.received, outcome.error), (2, None));
    assert!(matches!(heard.recv().unwrap(), (0, Err(ScanError::Busy))));
    stop.cancel();
    lending.join().unwrap().unwrap();
    assert_eq!(desk.shares().unwrap().port, 9443, "any port was for that once: no address names it");
}

#[test]
fn a_copied_station_lends_nothing() {
    let (station, desk) = Station::new();
    assert!(desk.share_scanner(FEEDER, true).unwrap().scanners[0].on);
    let (_copy, twin) = copy_of(&station, "may-2");
    assert_eq!(twin.shares().unwrap().scanners, [], "the address is the other machine's");
    assert_eq!(desk.shares().unwrap().scanners.len(), 1);
}
