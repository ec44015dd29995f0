//! Network scanners: everything that devices were seen to say in place of a page, and that no page comes of it.

use crate::escl_server::{Job, Page, Server};
use devices::escl::Network;
use devices::{Applied, Cancel, Ended, Escl, Mode, ScanEnd, ScanError, ScanSettings, ScannedSide, Scanner, Source};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

const ID: &str = "escl:1c852a4d-0000-1000-8000-099199000001";

/// A JPEG of `width` by 40 dots.
fn picture(width: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![200; usize::from(width) * 40];
    image::codecs::jpeg::JpegEncoder::new(&mut bytes)
        .encode(&pixels, width.into(), 40, image::ExtendedColorType::L8)
        .unwrap();
    bytes
}

pub(crate) fn pages(count: u16) -> Vec<Page> {
    (1..=count).map(|n| Page::Of(picture(99 + n))).collect()
}

pub(crate) fn driver(servers: &[&Server]) -> Escl {
    let network = Network::default();
    network.set_addresses(servers.iter().map(|server| server.url()).collect());
    Escl::new(network).with_patience(Duration::from_millis(2), Duration::from_secs(20))
}

fn scan_with(driver: &Escl, settings: &ScanSettings) -> (usize, Result<ScanEnd, ScanError>) {
    let mut sides: Vec<ScannedSide> = Vec::new();
    let outcome = driver.scan(ID, settings, &Cancel::new(), &mut |side| {
        sides.push(side);
        ControlFlow::Continue(())
    });
    let whole =
        |(at, side): (usize, &ScannedSide)| side.bytes == picture(100 + at as u16) && side.number as usize == at + 1;
    assert!(sides.iter().enumerate().all(whole), "pages as they were sent, in order, each once");
    (sides.len(), outcome)
}

fn scan(server: &Server) -> (usize, Result<ScanEnd, ScanError>) {
    scan_with(&driver(&[server]), &ScanSettings::default())
}

#[test]
fn a_stack_comes_page_by_page_and_the_job_is_ended() {
    let server = Server::new(pages(4));
    let driver = driver(&[&server]);
    let device = driver.devices().unwrap().remove(0);
    assert_eq!((device.id.as_str(), device.caps.sources.len()), (ID, 3));
    let mut seen = 0;
    let end = driver.scan(ID, &ScanSettings::default(), &Cancel::new(), &mut |side| {
        seen += 1;
        assert_eq!(server.asked("NextDocument"), seen, "the next page is asked for only after this one is kept (G13)");
        assert_eq!(side.dpi, Some(300));
        ControlFlow::Continue(())
    });
    let applied = Applied { source: Source::Feeder, dpi: Some(300), mode: Some(Mode::Color) };
    assert_eq!(end.unwrap(), ScanEnd { fed: None, ended: Ended::Empty, applied });
    assert_eq!((seen, server.asked("DELETE /eSCL/ScanJobs/mine")), (4, 1));
}

/// T-10: busy for 25 asks and then a page is no error; busy for ever ends with a clear word and the pages so far.
#[test]
fn busy_for_a_while_is_no_error_and_busy_for_ever_is_one() {
    let busy = |count| std::iter::repeat_n(Page::Status(503), count);
    let server = Server::new(busy(25).chain(pages(1)));
    assert!(matches!(scan(&server), (1, Ok(_))));
    let server = Server::new(pages(2).into_iter().chain(busy(200)));
    assert!(matches!(scan(&server), (2, Err(ScanError::Timeout { .. }))));
    let server = Server::new(pages(1));
    server.set(|device| device.jobs = [503, 503, 500].map(Job::Status).into());
    assert!(matches!(scan(&server), (1, Ok(_))), "a device that wakes up");
    server.set(|device| device.jobs = vec![Job::Status(503); 50].into());
    assert!(matches!(scan(&server), (0, Err(ScanError::Busy))));
}

/// T-11: 404 is the end for most, "not yet" for some; some say jam over an empty feeder, some are empty when asked too early.
#[test]
fn the_same_words_mean_other_things_on_other_models() {
    let wait = [Page::Status(404), Page::Status(410), Page::Status(404)];
    let server = Server::new(wait.iter().cloned().chain(pages(2)));
    server.set(|device| device.model = "XEROX B215 Multifunction Printer");
    assert!(matches!(scan(&server), (2, Ok(_))));
    assert_eq!(server.asked("DELETE"), 0, "its jobs are left alone");
    let server = Server::new(wait.into_iter().chain(pages(2)));
    assert!(matches!(scan(&server), (0, Err(ScanError::FeederEmpty))), "for others it is the end");
    let server = Server::new([Page::Status(404)].into_iter().chain(pages(1)));
    server.set(|device| device.feeder = "ScannerAdfProcessing");
    assert!(matches!(scan(&server), (1, Ok(_))), "between two sheets (Epson)");
    let server = Server::new([]);
    server.set(|device| (device.model, device.feeder) = ("Xerox WorkCentre 3345", "ScannerAdfJam"));
    assert!(matches!(scan(&server), (0, Err(ScanError::FeederEmpty))));
    assert_eq!(server.asked("POST"), 0, "the feeder is looked at before a job is made");
    let slow = || (1..=3).map(|n| Page::Slow(picture(99 + n), Duration::from_millis(300)));
    let server = Server::new(slow());
    server.set(|device| device.model = "Brother MFC-L2710DW series");
    assert!(matches!(scan(&server), (3, Ok(_))), "asked when it is ready again (Brother)");
    assert!(matches!(scan(&Server::new(slow())), (1, Ok(_))), "the same device without its quirk");
}

/// 200 without a byte: the state tells whether it was a jam, an open cover, a fault, or the end (AirSane).
#[test]
fn an_answer_without_bytes_is_never_a_page() {
    let after_two = |last: Page| scan(&Server::new(pages(2).into_iter().chain([last])));
    assert!(matches!(after_two(Page::NothingTurns("ScannerAdfJam")), (2, Err(ScanError::Jam))), "T-12");
    assert!(matches!(after_two(Page::NothingTurns("ScannerAdfHatchOpen")), (2, Err(ScanError::CoverOpen))));
    assert!(matches!(after_two(Page::NothingTurns("ScannerAdfEmpty")), (2, Ok(_))));
    assert!(matches!(after_two(Page::Nothing), (2, Err(ScanError::Failed { .. }))), "paper is left and no page came");
    assert!(matches!(after_two(Page::Turns(409, "ScannerAdfEmpty")), (2, Ok(_))), "the feeder's end as 409");
    assert!(matches!(after_two(Page::Turns(409, "ScannerAdfJam")), (2, Err(ScanError::Jam))));
    assert!(matches!(after_two(Page::Turns(404, "ScannerAdfJam")), (2, Err(ScanError::Jam))), "a jam is no end");
    let server = Server::new([Page::NothingTurns("ScannerAdfEmpty")]);
    assert!(matches!(scan(&server), (0, Err(ScanError::FeederEmpty))));
    let server = Server::new([Page::Nothing]);
    server.set(|device| device.scanner = "Stopped");
    assert!(matches!(scan(&server), (0, Err(ScanError::Failed { .. }))));
}

/// What keeps a device from scanning is told before any paper moves.
#[test]
fn a_device_is_looked_at_without_a_job() {
    let server = Server::new([]);
    let driver = driver(&[&server]);
    let check = |scanner, feeder| {
        server.set(|device| (device.scanner, device.feeder) = (scanner, feeder));
        driver.check(ID)
    };
    assert!(check("Idle", "ScannerAdfLoaded").is_ok());
    assert!(check("Idle", "ScannerAdfEmpty").is_ok(), "there is the glass");
    assert!(matches!(check("Idle", "ScannerAdfJam"), Err(ScanError::Jam)));
    assert!(matches!(check("Idle", "ScannerAdfHatchOpen"), Err(ScanError::CoverOpen)));
    assert!(matches!(check("Idle", "ScannerAdfMultipickDetected"), Err(ScanError::DoubleFeed)), "T-15");
    assert!(matches!(check("Processing", "ScannerAdfLoaded"), Err(ScanError::Busy)));
    assert!(matches!(check("Down", "ScannerAdfLoaded"), Err(ScanError::Failed { .. })));
    assert_eq!(server.asked("POST"), 0);
    drop(server);
    assert!(matches!(driver.check(ID), Err(ScanError::NotFound { .. })));
}

/// T-18: web pages, broken lines, pictures of one dot.
#[test]
fn what_is_no_whole_picture_is_named_and_not_handed_over() {
    let mut cut = picture(400);
    cut.truncate(cut.len() - 30);
    let mut dot = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut dot).encode(&[0], 1, 1, image::ExtendedColorType::L8).unwrap();
    for (page, word) in [
        (Page::Html, "no whole picture"),
        (Page::Of(cut), "no whole picture"),
        (Page::Of(dot), "a few dots"),
        (Page::Half(picture(400)), "broke off"),
        (Page::Of(b"GIF89a".to_vec()), "no whole picture"),
    ] {
        let server = Server::new(pages(1).into_iter().chain([page.clone()]).chain(pages(1)));
        let (count, outcome) = scan(&server);
        let Err(ScanError::Failed { message, .. }) = outcome else { panic!("{page:?}: {outcome:?}") };
        assert!(message.contains(word), "{page:?}: {message}");
        assert_eq!(count, 1, "what came before stays, nothing is asked for behind it: {page:?}");
    }
    let server = Server::new(pages(1));
    server.set(|device| device.jobs = [Job::Html].into());
    let (_, outcome) = scan(&server);
    assert!(matches!(&outcome, Err(ScanError::Failed { message, .. }) if message.contains("web page")), "{outcome:?}");
}

#[test]
fn the_job_is_found_whatever_its_location_says() {
    for location in [
        "/eSCL/ScanJobs/mine",
        "/eSCL/ScanJobs/mine/",
        "http://vm:8090/eSCL/ScanJobs/mine",
        "http://[fe80::1%25eth0]:443/eSCL/ScanJobs/mine",
        "ScanJobs/mine",
    ] {
        let server = Server::new(pages(2));
        server.set(|device| device.jobs = [Job::At(location)].into());
        assert!(matches!(scan(&server), (2, Ok(_))), "{location}");
    }
}

/// T-19: without black and white it is gray, and said so.
#[test]
fn black_and_white_that_is_refused_becomes_gray() {
    let server = Server::new(pages(1));
    server.set(|device| device.jobs = [Job::Status(409)].into());
    let settings = ScanSettings { mode: Some(Mode::Bw), ..ScanSettings::default() };
    let (count, outcome) = scan_with(&driver(&[&server]), &settings);
    assert_eq!((count, outcome.unwrap().applied.mode), (1, Some(Mode::Gray)));
    assert_eq!((server.asked("BlackAndWhite1"), server.asked("Grayscale8</scan:ColorMode><scan:XRes")), (1, 1));
}

/// T-16: from the feeder to the glass and back, at once.
#[test]
fn feeder_glass_and_feeder_again() {
    let server = Server::new([]);
    let driver = driver(&[&server]);
    for (source, count, word) in [
        (Source::Feeder, 2, "<scan:Duplex>false"),
        (Source::Glass, 1, "Platen"),
        (Source::Duplex, 2, "<scan:Duplex>true"),
        (Source::Feeder, 1, "<scan:Duplex>false"),
    ] {
        server.set(|device| {
            device.asked.clear();
            device.feeder = "ScannerAdfLoaded";
            device.pages = pages(if source == Source::Glass { 5 } else { count }).into();
        });
        let settings = ScanSettings { source: Some(source), ..ScanSettings::default() };
        let (came, outcome) = scan_with(&driver, &settings);
        assert_eq!((came, outcome.unwrap().ended), (usize::from(count), Ended::Empty), "{source:?}");
        assert_eq!(server.asked(word), 1, "{source:?}");
    }
}

/// T-18: a device that has another address now is found by its name.
#[test]
fn a_device_that_moved_is_found_again() {
    let old = Server::new(pages(1));
    let new = Server::new(pages(2));
    let network = Network::default();
    network.set_addresses(vec![old.url()]);
    let driver = Escl::new(network.clone()).with_patience(Duration::from_millis(2), Duration::from_secs(20));
    assert_eq!(driver.devices().unwrap().len(), 1);
    drop(old);
    network.set_addresses(vec![new.url()]);
    assert!(matches!(scan_with(&driver, &ScanSettings::default()), (2, Ok(_))));
    drop(new);
    assert!(matches!(scan_with(&driver, &ScanSettings::default()), (0, Err(ScanError::NotFound { .. }))));
}

/// T-17: a device that says nothing is left at once when the clerk stops, and its job is ended.
#[test]
fn a_silent_device_is_left_when_it_is_stopped() {
    let server = Server::new(pages(1).into_iter().chain([Page::Hang]));
    let (cancel, start) = (Cancel::new(), Instant::now());
    let stop = cancel.clone();
    let end = driver(&[&server]).scan(ID, &ScanSettings::default(), &cancel, &mut |_| {
        let stop = stop.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            stop.cancel();
        });
        ControlFlow::Continue(())
    });
    assert_eq!(end.unwrap().ended, Ended::Cancelled);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(server.asked("DELETE"), 1);
}

#[test]
fn what_is_no_scanner_is_left_out_of_the_list() {
    let good = Server::new([]);
    let network = Network::default();
    network.set_addresses(vec![good.url(), "http://127.0.0.1:9/eSCL/".into(), "no address".into()]);
    let driver = Escl::new(network);
    assert_eq!(driver.devices().unwrap().len(), 1);
}

/// T-18: a device that announces itself is in the list without anybody typing its address, once, whatever it is called.
#[test]
fn a_device_that_announces_itself_is_found() {
    let server = Server::new(pages(2));
    server.set(|device| device.uuid = "1c852a4d-0000-1000-8000-099199000077");
    let port = server.url().rsplit(':').next().unwrap().trim_end_matches("/eSCL/").parse().unwrap();
    let daemon = mdns_sd::ServiceDaemon::new().unwrap();
    for name in ["Máy quét tầng 2", "The same again"] {
        let text = [("rs", "eSCL"), ("ty", "Mau MF100")];
        let service =
            mdns_sd::ServiceInfo::new("_uscan._tcp.local.", name, "mau-mf100.local.", "127.0.0.1", port, &text[..]);
        daemon.register(service.unwrap()).unwrap();
    }
    let driver = Escl::new(Network::default()).with_discovery();
    let own = |list: Vec<devices::Device>| list.iter().filter(|one| one.id.ends_with("077")).count();
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut found = 0;
    while found == 0 && Instant::now() < deadline {
        found = own(driver.devices().unwrap_or_default());
    }
    // Somebody else's ears, for machines where no word goes round.
    let heard = daemon.browse("_uscan._tcp.local.").unwrap();
    let mut events = std::iter::from_fn(|| heard.recv_timeout(Duration::from_secs(3)).ok());
    if found == 0 && !events.any(|event| matches!(event, mdns_sd::ServiceEvent::ServiceResolved(_))) {
        return crate::stand::skipped("no multicast on this machine");
    }
    drop(daemon.shutdown());
    assert_eq!(found, 1, "once, though announced twice");
}
