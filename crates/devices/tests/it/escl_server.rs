//! An eSCL scanner that can misbehave: written from what devices were seen to do, over bare sockets, so that it shares
//! nothing with the client it tests.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What it says to a request for the next page.
#[derive(Debug, Clone)]
pub(crate) enum Page {
    /// 200 with these bytes.
    Of(Vec<u8>),
    /// 200 with these bytes, which take so long; asked again within a third of that it has an empty feeder (Brother).
    Slow(Vec<u8>, Duration),
    /// 200 with nothing, as AirSane says for any fault.
    Nothing,
    /// This status.
    Status(u16),
    /// This status, and from then on this state of the feeder.
    Turns(u16, &'static str),
    /// 200 with nothing, and from then on this state of the feeder.
    NothingTurns(&'static str),
    /// A web page with 200.
    Html,
    /// Half of these bytes, then the line breaks.
    Half(Vec<u8>),
    /// No answer.
    Hang,
}

/// What it says to a new job.
#[derive(Debug, Clone)]
pub(crate) enum Job {
    /// 201 with this `Location`.
    At(&'static str),
    /// This status.
    Status(u16),
    /// A web page with 200.
    Html,
}

/// The inside of the device.
#[derive(Debug, Default)]
pub(crate) struct Inside {
    pub(crate) model: &'static str,
    pub(crate) uuid: &'static str,
    pub(crate) feeder: &'static str,
    pub(crate) scanner: &'static str,
    pub(crate) job_state: &'static str,
    pub(crate) jobs: VecDeque<Job>,
    pub(crate) pages: VecDeque<Page>,
    /// Until when the next page is not to be asked for.
    pub(crate) rests: Option<Instant>,
    /// What it was asked, in order: method and path, and the body of a job.
    pub(crate) asked: Vec<String>,
}

pub(crate) struct Server {
    pub(crate) inside: Arc<Mutex<Inside>>,
    address: std::net::SocketAddr,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// A device that behaves, with this paper in its feeder.
    pub(crate) fn new(pages: impl IntoIterator<Item = Page>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Inside {
            model: "Mau MF100",
            uuid: "1c852a4d-0000-1000-8000-099199000001",
            feeder: "ScannerAdfLoaded",
            scanner: "Idle",
            job_state: "Processing",
            jobs: VecDeque::new(),
            pages: pages.into_iter().collect(),
            rests: None,
            asked: Vec::new(),
        };
        let (inside, stop) = (Arc::new(Mutex::new(inside)), Arc::new(AtomicBool::new(false)));
        let (own, stopped) = (Arc::clone(&inside), Arc::clone(&stop));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let own = Arc::clone(&own);
                std::thread::spawn(move || drop(answer(stream, &own)));
            }
        });
        Self { inside, address, stop }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/eSCL/", self.address)
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Inside)) {
        change(&mut self.inside.lock().unwrap());
    }

    pub(crate) fn asked(&self, what: &str) -> usize {
        self.inside.lock().unwrap().asked.iter().filter(|one| one.contains(what)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Gone only when nobody answers there any more.
        for _ in 0..200 {
            if TcpStream::connect(self.address).is_err() {
                return;
            }
            sleep(Duration::from_millis(5));
        }
    }
}

fn answer(mut stream: TcpStream, inside: &Mutex<Inside>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    let mut device = inside.lock().unwrap();
    device.asked.push(format!("{method} {path} {}", String::from_utf8_lossy(&body)));
    match (method.as_str(), path.as_str()) {
        ("GET", "/eSCL/ScannerCapabilities") => {
            let text = capabilities(&device);
            drop(device);
            reply(&mut stream, 200, "text/xml", text.as_bytes(), "")
        }
        ("GET", "/eSCL/ScannerStatus") => {
            let text = status(&device);
            drop(device);
            reply(&mut stream, 200, "text/xml", text.as_bytes(), "")
        }
        ("POST", "/eSCL/ScanJobs") => {
            let job = device.jobs.pop_front().unwrap_or(Job::At("/eSCL/ScanJobs/mine"));
            drop(device);
            match job {
                Job::At(location) => reply(&mut stream, 201, "text/xml", b"", &format!("Location: {location}\r\n")),
                Job::Status(code) => reply(&mut stream, code, "text/plain", b"", ""),
                Job::Html => reply(&mut stream, 200, "text/html", b"<!DOCTYPE html><html>login</html>", ""),
            }
        }
        ("GET", "/eSCL/ScanJobs/mine/NextDocument") => {
            let early = device.rests.is_some_and(|rests| Instant::now() < rests);
            let page = device.pages.pop_front().filter(|_| !early).unwrap_or(Page::Turns(404, "ScannerAdfEmpty"));
            if let Page::Slow(_, takes) = &page {
                sleep(*takes);
                device.rests = Some(Instant::now() + *takes / 3);
            }
            if let Page::Turns(_, state) | Page::NothingTurns(state) = &page {
                device.feeder = state;
                device.job_state = "Completed";
            }
            drop(device);
            match page {
                Page::Of(bytes) | Page::Slow(bytes, _) => reply(&mut stream, 200, "image/jpeg", &bytes, ""),
                Page::Nothing | Page::NothingTurns(_) => reply(&mut stream, 200, "image/jpeg", b"", ""),
                Page::Status(code) | Page::Turns(code, _) => reply(&mut stream, code, "text/plain", b"", ""),
                Page::Html => reply(&mut stream, 200, "text/html", b"<html>busy</html>", ""),
                Page::Half(bytes) => {
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n",
                        bytes.len()
                    );
                    stream.write_all(head.as_bytes())?;
                    stream.write_all(&bytes[..bytes.len() / 2])
                }
                Page::Hang => {
                    sleep(Duration::from_secs(30));
                    Ok(())
                }
            }
        }
        ("DELETE", _) => {
            drop(device);
            reply(&mut stream, 200, "text/plain", b"", "")
        }
        _ => {
            drop(device);
            reply(&mut stream, 404, "text/plain", b"", "")
        }
    }
}

fn reply(stream: &mut TcpStream, code: u16, kind: &str, body: &[u8], more: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {code} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

fn capabilities(device: &Inside) -> String {
    let input = "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MaxHeight>3508</scan:MaxHeight>\
        <scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>BlackAndWhite1</scan:ColorMode>\
        <scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>\
        <scan:SupportedResolutions><scan:DiscreteResolutions><scan:DiscreteResolution><scan:XResolution>200</scan:XResolution>\
        <scan:YResolution>200</scan:YResolution></scan:DiscreteResolution><scan:DiscreteResolution><scan:XResolution>300</scan:XResolution>\
        <scan:YResolution>300</scan:YResolution></scan:DiscreteResolution></scan:DiscreteResolutions></scan:SupportedResolutions>\
        </scan:SettingProfile></scan:SettingProfiles>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><scan:ScannerCapabilities xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" \
         xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"><pwg:Version>2.62</pwg:Version><pwg:MakeAndModel>{}</pwg:MakeAndModel>\
         <scan:UUID>{}</scan:UUID><scan:Platen><scan:PlatenInputCaps>{input}</scan:PlatenInputCaps></scan:Platen><scan:Adf>\
         <scan:AdfSimplexInputCaps>{input}</scan:AdfSimplexInputCaps><scan:AdfDuplexInputCaps>{input}</scan:AdfDuplexInputCaps>\
         </scan:Adf></scan:ScannerCapabilities>",
        device.model, device.uuid
    )
}

fn status(device: &Inside) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><scan:ScannerStatus xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" \
         xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"><pwg:Version>2.62</pwg:Version><pwg:State>{}</pwg:State>\
         <scan:AdfState>{}</scan:AdfState><scan:Jobs><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/phantom</pwg:JobUri>\
         <pwg:JobState>Pending</pwg:JobState></scan:JobInfo><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/mine</pwg:JobUri>\
         <pwg:JobState>{}</pwg:JobState></scan:JobInfo></scan:Jobs></scan:ScannerStatus>",
        device.scanner, device.feeder, device.job_state
    )
}
