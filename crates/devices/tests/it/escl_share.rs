//! A scanner lent to other counters: by our own client over TLS, by a bare one that knows nothing of us, and by SANE's
//! airscan backend, over the training scanner and SANE's test device.

use crate::stand::{Stand, TEST_DEVICE, program, quick, skipped};
use devices::escl::Network;
use devices::escl::share::{Lent, Request, Served, ServedEnd, Share, Terms, address_of, new_secret, new_uuid};
use devices::tls::Identity;
use devices::{
    Applied, Cancel, Caps, Device, DeviceKind, Ended, Escl, Mode, ScanEnd, ScanError, ScanSettings, ScannedSide,
    Scanner, Size, Source, TRAINING_ID, VirtualScanner,
};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A JPEG that fills a page, each `n` another one.
fn page(n: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let noise: Vec<u8> = (0..3 * 800_u32 * 1_100).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 ^ n).collect();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95)
        .encode(&noise, 800, 1_100, image::ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// A share that serves whatever is asked until it is dropped, and tells how each job went.
struct Lending {
    share_address: String,
    served: mpsc::Receiver<Served>,
    stop: Cancel,
    busy: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Lending {
    fn of(device: &str, caps: Caps, scanner: Arc<dyn Scanner>) -> Self {
        Self::with(device, caps, scanner, Duration::from_secs(20))
    }

    fn with(device: &str, caps: Caps, scanner: Arc<dyn Scanner>, patience: Duration) -> Self {
        let lent = Lent {
            device: device.into(),
            name: format!("{}Máy <quét> & thử", devices::escl::share::MARK),
            uuid: new_uuid().unwrap(),
            secret: new_secret().unwrap(),
            caps,
        };
        let secret = lent.secret.clone();
        let terms = Terms {
            address: Some(LOCAL),
            hold: Duration::from_millis(400),
            patience,
            ..Terms::new(vec![lent], Identity::make("motcua").unwrap(), 0)
        };
        let share = Share::open(&terms).unwrap();
        let share_address = address_of(&secret, Some(LOCAL), share.port());
        let (stop, busy) = (Cancel::new(), Arc::new(AtomicBool::new(false)));
        let (tell, served) = mpsc::channel();
        let (stopped, used) = (stop.clone(), Arc::clone(&busy));
        let thread = std::thread::spawn(move || {
            share.run(&stopped, &|| used.load(Ordering::Relaxed), &mut |request: Request| {
                assert_eq!(request.peer(), LOCAL);
                if used.load(Ordering::Relaxed) {
                    return;
                }
                let run = Cancel::new();
                let _ = tell.send(request.run(scanner.as_ref(), &run, &mut |_| {}));
            });
        });
        Self { share_address, served, stop, busy, thread: Some(thread) }
    }

    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.share_address)
    }

    fn served(&self) -> Served {
        self.served.recv_timeout(Duration::from_secs(30)).expect("a job that ends")
    }

    fn escl(&self) -> Escl {
        let network = Network::default();
        network.set_addresses(vec![self.share_address.clone()]);
        Escl::new(network).with_patience(Duration::from_millis(20), Duration::from_secs(20))
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            let joined = thread.join();
            assert!(joined.is_ok() || std::thread::panicking(), "the share's own thread");
        }
    }
}

/// A scanner that does as told: pages, then an end.
#[derive(Default)]
struct Told {
    pages: Mutex<Vec<Vec<u8>>>,
    fault: Mutex<Option<ScanError>>,
    /// Pages given and not taken back by a fault.
    moved: AtomicU32,
    /// What every page takes.
    takes: Duration,
    asked: Mutex<Vec<ScanSettings>>,
}

fn told_caps() -> Caps {
    Caps {
        sources: vec![Source::Feeder, Source::Glass],
        resolutions: vec![200, 300],
        modes: vec![Mode::Color, Mode::Gray],
        ..Caps::default()
    }
}

impl Scanner for Told {
    fn devices(&self) -> Result<Vec<Device>, ScanError> {
        Ok(vec![Device { id: "told:1".into(), name: "Told".into(), kind: DeviceKind::Virtual, caps: told_caps() }])
    }

    fn scan(
        &self,
        _: &str,
        settings: &ScanSettings,
        cancel: &Cancel,
        on_side: &mut dyn FnMut(ScannedSide) -> ControlFlow<()>,
    ) -> Result<ScanEnd, ScanError> {
        self.asked.lock().unwrap().push(settings.clone());
        let source = settings.source.unwrap_or(Source::Feeder);
        let mut ended = Ended::Empty;
        let mut pages = std::mem::take(&mut *self.pages.lock().unwrap());
        pages.truncate(if source == Source::Glass { 1 } else { pages.len() });
        for bytes in pages {
            std::thread::sleep(self.takes);
            if cancel.is_cancelled() {
                ended = Ended::Cancelled;
                break;
            }
            let number = self.moved.fetch_add(1, Ordering::SeqCst) + 1;
            if on_side(ScannedSide { bytes, dpi: Some(300), number }).is_break() {
                ended = Ended::Cancelled;
                break;
            }
        }
        match self.fault.lock().unwrap().take().filter(|_| ended == Ended::Empty) {
            Some(fault) => Err(fault),
            None => Ok(ScanEnd { fed: None, ended, applied: Applied { source, dpi: Some(300), mode: None } }),
        }
    }
}

fn told(pages: u8, fault: Option<ScanError>) -> Arc<Told> {
    Arc::new(Told { pages: Mutex::new((0..pages).map(page).collect()), fault: Mutex::new(fault), ..Told::default() })
}

/// The one scanner of an address, and its whole stack.
fn fetch(escl: &Escl, settings: &ScanSettings) -> (Vec<ScannedSide>, Result<ScanEnd, ScanError>) {
    let device = crate::stand::only(escl.devices().unwrap());
    let mut sides = Vec::new();
    let end = escl.scan(&device.id, settings, &Cancel::new(), &mut |side| {
        sides.push(side);
        ControlFlow::Continue(())
    });
    (sides, end)
}

/// A client that knows nothing of us.
fn bare() -> Client {
    Client::builder().danger_accept_invalid_certs(true).timeout(Duration::from_secs(20)).build().unwrap()
}

const SETTINGS: &str = "<scan:ScanSettings xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" \
    xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"><pwg:InputSource>Feeder</pwg:InputSource></scan:ScanSettings>";

fn post(client: &Client, lending: &Lending, body: impl Into<reqwest::blocking::Body>) -> Response {
    client.post(lending.at("ScanJobs")).body(body).send().unwrap()
}

/// Begins a job; its address.
fn job(client: &Client, lending: &Lending) -> String {
    let made = post(client, lending, SETTINGS);
    assert_eq!(made.status(), StatusCode::CREATED);
    let location = made.headers()["location"].to_str().unwrap().to_owned();
    let origin = lending.share_address.split('/').take(3).collect::<Vec<_>>().join("/");
    format!("{origin}{location}")
}

fn next(client: &Client, job: &str) -> Response {
    loop {
        let answer = client.get(format!("{job}/NextDocument")).send().unwrap();
        if answer.status() != StatusCode::SERVICE_UNAVAILABLE {
            return answer;
        }
    }
}

fn status(client: &Client, lending: &Lending) -> String {
    client.get(lending.at("ScannerStatus")).send().and_then(Response::text).unwrap()
}

/// A feeder of ten sheets, byte for byte, and none asked of the scanner before the one before it was kept (G13).
#[test]
fn escl_share_ten_sheets_of_the_training_scanner_arrive_as_they_were() {
    let pages: Vec<Vec<u8>> = (0..10).map(page).collect();
    let scanner = VirtualScanner::new(pages.clone()).with_stack(10).with_rhythm(Duration::from_millis(5));
    let caps = scanner.caps(TRAINING_ID).unwrap();
    let lending = Lending::of(TRAINING_ID, caps.clone(), Arc::new(scanner));
    let escl = lending.escl();
    let device = crate::stand::only(escl.devices().unwrap());
    assert_eq!((&device.caps.sources, &device.caps.resolutions), (&caps.sources, &caps.resolutions));
    assert!(device.name.contains("Máy <quét> & thử"), "{}", device.name);
    assert!(!device.id.contains(&lending.share_address), "an id stands in logs, and the address is a secret");
    assert!(escl.check(&device.id).is_ok());
    let (sides, end) = fetch(&escl, &ScanSettings::default());
    assert_eq!(end.unwrap().ended, Ended::Empty);
    let got: Vec<Vec<u8>> = sides.into_iter().map(|side| side.bytes).collect();
    assert!(got == pages, "byte for byte, in order, each once");
    let served = lending.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Done, 10, false)), "{served:?}");
    // At once again, and on the glass, where the client stops asking after the one page.
    let (sides, end) = fetch(&escl, &ScanSettings { source: Some(Source::Glass), ..ScanSettings::default() });
    assert!(sides.len() == 1 && end.is_ok());
    let served = lending.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Done, 1, false)), "{served:?}");
}

#[test]
fn escl_share_the_test_device_of_sane_is_lent() {
    let Some(stand) = Stand::new() else { return };
    let sane = Arc::new(stand.sane());
    let caps = sane.caps(TEST_DEVICE).unwrap();
    // Every job names a size of paper, a mode and a resolution that is offered.
    let asked = ScanSettings { size: Some(Size::A4), mode: Some(Mode::Color), dpi: Some(200), ..quick(Source::Feeder) };
    let (own, _) = crate::stand::scan_all(sane.as_ref(), &asked);
    let lending = Lending::of(TEST_DEVICE, caps, sane);
    let (sides, end) = fetch(&lending.escl(), &asked);
    assert_eq!(end.unwrap().ended, Ended::Empty);
    assert_eq!((sides.len(), own.len()), (10, 10));
    assert!(sides.iter().zip(&own).all(|(got, own)| got.bytes == own.bytes), "what the driver gives, byte for byte");
    assert_eq!(lending.served().fetched, 10);
    stand.assert_clean();
}

/// The next sheet is pulled when somebody asks for it, and not before.
#[test]
fn escl_share_no_paper_moves_before_somebody_asks() {
    let scanner = told(3, None);
    let lending = Lending::of("told:1", told_caps(), scanner.clone());
    let client = bare();
    let job = job(&client, &lending);
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(scanner.moved.load(Ordering::SeqCst), 0, "a job alone moves nothing");
    for n in 0..3_u8 {
        let answer = next(&client, &job);
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        assert!(answer.bytes().unwrap() == page(n));
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(scanner.moved.load(Ordering::SeqCst), u32::from(n) + 1, "page {n} is not kept yet");
    }
    assert!(status(&client, &lending).contains("<pwg:JobState>Processing"));
    assert_eq!(next(&client, &job).status(), StatusCode::NOT_FOUND, "the paper has ended");
    let after = status(&client, &lending);
    assert!(after.contains("ScannerAdfEmpty") && after.contains("JobCompletedSuccessfully"), "{after}");
    assert!(after.contains("<pwg:ImagesCompleted>3<"), "{after}");
    assert_eq!(lending.served().fetched, 3);
}

/// What goes wrong is said: never a page without bytes.
#[test]
fn escl_share_faults_are_told_as_they_are() {
    let client = bare();
    for (fault, word) in [
        (ScanError::Jam, "ScannerAdfJam"),
        (ScanError::CoverOpen, "ScannerAdfHatchOpen"),
        (ScanError::DoubleFeed, "ScannerAdfMultipickDetected"),
    ] {
        let lending = Lending::of("told:1", told_caps(), told(2, Some(fault)));
        let job = job(&client, &lending);
        assert!((0..2).all(|_| !next(&client, &job).bytes().unwrap().is_empty()));
        assert_eq!(next(&client, &job).status(), StatusCode::CONFLICT);
        let said = status(&client, &lending);
        assert!(said.contains(word) && said.contains("<pwg:JobState>Aborted") && said.contains("Stopped"), "{said}");
        assert!(matches!(lending.served(), Served { fetched: 2, left: false, end: ServedEnd::Fault(_) }));
    }
    let ours = |pages, fault| {
        let lending = Lending::of("told:1", told_caps(), told(pages, Some(fault)));
        let (sides, end) = fetch(&lending.escl(), &ScanSettings::default());
        (sides.len(), end)
    };
    assert!(matches!(ours(2, ScanError::Jam), (2, Err(ScanError::Jam))), "T-12");
    assert!(matches!(ours(1, ScanError::CoverOpen), (1, Err(ScanError::CoverOpen))));
    assert!(matches!(ours(0, ScanError::FeederEmpty), (0, Err(ScanError::FeederEmpty))));
    let broken = ScanError::Failed { message: "x".into(), code: None };
    assert!(matches!(ours(1, broken), (1, Err(ScanError::Failed { .. }))));
}

#[test]
fn escl_share_a_client_stops_it() {
    let scanner = told(5, None);
    let lending = Lending::of("told:1", told_caps(), scanner.clone());
    let escl = lending.escl();
    let device = crate::stand::only(escl.devices().unwrap());
    let mut got = 0;
    let end = escl.scan(&device.id, &ScanSettings::default(), &Cancel::new(), &mut |_| {
        got += 1;
        if got == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((got, end.unwrap().ended), (2, Ended::Cancelled));
    let served = lending.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Cancelled, 2, false)), "{served:?}");
    assert_eq!(scanner.moved.load(Ordering::SeqCst), 2, "no sheet after it");
    assert!(status(&bare(), &lending).contains("JobCanceledByUser"));
}

/// A client that goes away ends the job after a while; the page it did not take is told of.
#[test]
fn escl_share_a_client_that_vanishes_does_not_keep_the_scanner() {
    let client = bare();
    let patience = Duration::from_millis(600);
    let lending = Lending::with("told:1", told_caps(), told(3, None), patience);
    let first = job(&client, &lending);
    assert!(next(&client, &first).bytes().is_ok_and(|bytes| !bytes.is_empty()));
    // It asks for the second page and is gone before it comes.
    let slow = Lending::with(
        "told:1",
        told_caps(),
        Arc::new(Told {
            pages: Mutex::new(vec![page(1), page(2)]),
            takes: Duration::from_millis(300),
            ..Told::default()
        }),
        patience,
    );
    let second = job(&client, &slow);
    let hasty =
        Client::builder().danger_accept_invalid_certs(true).timeout(Duration::from_millis(100)).build().unwrap();
    assert!(hasty.get(format!("{second}/NextDocument")).send().is_err());
    let served = slow.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Vanished, 0, true)), "{served:?}");
    let served = lending.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Vanished, 1, false)), "{served:?}");
    assert_eq!(next(&client, &first).status(), StatusCode::NOT_FOUND);
    assert!(status(&client, &lending).contains("JobTimedOut"));
    assert_eq!(post(&client, &lending, SETTINGS).status(), StatusCode::CREATED, "others can scan again");
}

/// Half a page that was not taken whole is sent again, from its first byte.
#[test]
fn escl_share_a_page_that_broke_off_is_sent_again() {
    let mut large = page(1);
    // Behind the end of the picture, where no reader looks: more than any line holds by itself.
    large.extend(vec![0; 24 << 20]);
    let scanner = Arc::new(Told { pages: Mutex::new(vec![large.clone()]), ..Told::default() });
    let lending = Lending::of("told:1", told_caps(), scanner);
    let client = bare();
    let job = job(&client, &lending);
    let broken = next(&bare(), &job);
    assert_eq!(broken.content_length(), Some(large.len() as u64));
    drop(broken);
    assert!(next(&client, &job).bytes().unwrap() == large);
    assert_eq!(next(&client, &job).status(), StatusCode::NOT_FOUND);
    assert_eq!(lending.served().fetched, 1);
}

#[test]
fn escl_share_one_at_a_time() {
    let lending = Lending::of("told:1", told_caps(), told(2, None));
    let client = bare();
    let first = job(&client, &lending);
    assert_eq!(post(&client, &lending, SETTINGS).status(), StatusCode::SERVICE_UNAVAILABLE);
    let escl = lending.escl();
    let device = crate::stand::only(escl.devices().unwrap());
    assert!(matches!(escl.check(&device.id), Err(ScanError::Busy)));
    let refused = escl.scan(&device.id, &ScanSettings::default(), &Cancel::new(), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(ScanError::Busy)), "{refused:?}");
    assert_eq!(client.delete(&first).send().unwrap().status(), StatusCode::OK);
    assert!(matches!(lending.served().end, ServedEnd::Cancelled));
    assert_eq!(fetch(&escl, &ScanSettings::default()).0.len(), 2, "after it there is room");
    // While the owner scans nobody else does.
    lending.busy.store(true, Ordering::Relaxed);
    assert_eq!(post(&client, &lending, SETTINGS).status(), StatusCode::SERVICE_UNAVAILABLE);
    std::thread::sleep(Duration::from_millis(250));
    assert!(status(&client, &lending).contains("<pwg:State>Processing"));
}

/// Whoever does not know the secret gets one answer, slowly, and nothing without TLS.
#[test]
fn escl_share_a_stranger_gets_nothing() {
    let scanner = told(2, None);
    let lending = Lending::of("told:1", told_caps(), scanner.clone());
    let client = bare();
    let (origin, rest) = lending.share_address.split_at(lending.share_address.rfind(":").unwrap());
    let port = rest[1..].split('/').next().unwrap();
    let site = format!("{origin}:{port}");
    let secret = rest.split('/').nth(1).unwrap();
    let wrong = format!("{}0", &secret[..31]);
    let mut answers = Vec::new();
    for path in ["", "eSCL/ScannerCapabilities", &format!("{wrong}/eSCL/ScannerStatus"), "x/eSCL/ScanJobs", "..%2f"] {
        let began = Instant::now();
        let answer = client.get(format!("{site}/{path}")).send().unwrap();
        assert!(began.elapsed() > Duration::from_millis(400), "{path}");
        let mut headers: Vec<String> = answer.headers().keys().map(ToString::to_string).collect();
        headers.sort();
        answers.push((answer.status(), headers, answer.bytes().unwrap()));
    }
    assert!(answers.iter().all(|one| *one == answers[0]) && answers[0].0 == StatusCode::NOT_FOUND, "{answers:?}");
    for (method, path) in
        [("PUT", "ScanJobs"), ("GET", "ScanJobs/1/NextDocument"), ("DELETE", "ScanJobs/1"), ("GET", "../x")]
    {
        let answer = client.request(method.parse().unwrap(), lending.at(path)).send().unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
    }
    assert!(
        client.get(lending.at("ScannerStatus").replacen("https", "http", 1)).send().is_err(),
        "nothing without TLS"
    );
    // Silent strangers take their own places and nobody else's patience.
    let address = site.trim_start_matches("https://").to_owned();
    let silent: Vec<TcpStream> = (0..40).filter_map(|_| TcpStream::connect(&address).ok()).collect();
    drop(silent);
    assert_eq!(client.get(lending.at("ScannerStatus")).send().unwrap().status(), StatusCode::OK);
    assert_eq!(scanner.moved.load(Ordering::SeqCst), 0);
}

#[test]
fn escl_share_hostile_settings_end_and_begin_nothing() {
    let scanner = told(1, None);
    // The last job is begun and left: it is not waited for long.
    let lending = Lending::with("told:1", told_caps(), scanner.clone(), Duration::from_secs(2));
    let client = bare();
    let deep = "<a>".repeat(10_000);
    for (body, expected) in [
        (String::new(), StatusCode::BAD_REQUEST),
        ("<html><body>login</body></html>".into(), StatusCode::BAD_REQUEST),
        (deep, StatusCode::BAD_REQUEST),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><ScanSettings>&b;&b;".into(), StatusCode::BAD_REQUEST),
        (SETTINGS.replace("Feeder", "Camera"), StatusCode::CONFLICT),
        ("x".repeat(200_000), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        assert_eq!(post(&client, &lending, body.clone()).status(), expected, "{body:.60}");
    }
    assert!(scanner.asked.lock().unwrap().is_empty(), "nothing was begun");
    assert_eq!(post(&client, &lending, SETTINGS).status(), StatusCode::CREATED, "and nothing is kept by it");
}

/// Nothing of an address that is a secret stands in what is told of a scanner that does not answer.
#[test]
fn escl_share_faults_of_our_client_do_not_name_the_secret() {
    let lending = Lending::of("told:1", told_caps(), told(1, None));
    let escl = lending.escl();
    let device = crate::stand::only(escl.devices().unwrap());
    let secret = lending.share_address.split('/').nth(3).unwrap().to_owned();
    drop(lending);
    let errors = [
        escl.devices().err(),
        escl.scan(&device.id, &ScanSettings::default(), &Cancel::new(), &mut |_| ControlFlow::Continue(())).err(),
    ];
    for error in errors {
        let error = error.expect("nobody answers any more");
        let words = format!("{error} {error:?}");
        assert!(!words.contains(&secret), "{words}");
    }
}

/// SANE's own network backend, which knows nothing of us, fetches a stack.
#[test]
fn escl_share_sane_airscan_fetches_a_stack() {
    let Some(scanimage) = program("scanimage") else { return };
    let library = std::path::Path::new("/usr/lib/x86_64-linux-gnu/sane/libsane-airscan.so.1");
    if !library.exists() {
        return skipped("sane-airscan is not installed");
    }
    let pages: Vec<Vec<u8>> = (0..4).map(page).collect();
    let scanner = VirtualScanner::new(pages).with_stack(4).with_rhythm(Duration::from_millis(5));
    let caps = scanner.caps(TRAINING_ID).unwrap();
    let lending = Lending::of(TRAINING_ID, caps, Arc::new(scanner));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dll.conf"), "airscan\n").unwrap();
    let config = format!("[devices]\n\"lent\" = {}, eSCL\n[options]\ndiscovery = disable\n", lending.share_address);
    std::fs::write(folder.path().join("airscan.conf"), config).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&scanimage);
        command.env("SANE_CONFIG_DIR", folder.path()).env("LC_ALL", "C").current_dir(folder.path());
        command.args(arguments).output().unwrap()
    };
    let listed = String::from_utf8_lossy(&run(&["-L"]).stdout).into_owned();
    let device = listed.split('`').nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default().to_owned();
    assert!(device.starts_with("airscan:"), "{listed}");
    let batch = run(&["-d", &device, "--source", "ADF", "--format=png", "--batch=p%d.png"]);
    let said = String::from_utf8_lossy(&batch.stderr);
    let served = lending.served();
    assert!(matches!((&served.end, served.fetched, served.left), (ServedEnd::Done, 4, false)), "{served:?} {said}");
    let sizes: Vec<(u32, u32)> =
        (1..=4).map(|n| image::image_dimensions(folder.path().join(format!("p{n}.png"))).unwrap()).collect();
    assert_eq!(sizes.len(), 4, "{said}");
}
