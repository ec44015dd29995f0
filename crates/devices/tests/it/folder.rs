//! A watched folder, with real files, links, pipes and a slow writer (T-09, T-22, T-24).

use devices::folder::{DONE, Done, Found, State, Watch, Why, claim, left};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const QUIET: Duration = Duration::from_secs(2);

fn jpeg() -> Vec<u8> {
    let pixels: Vec<u8> = (0..300 * 200_u32).map(|n| (n * 7 % 251) as u8).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode(&pixels, 300, 200, ExtendedColorType::L8).unwrap();
    bytes
}

fn judge(bytes: &[u8]) -> Result<u32, Why> {
    match imaging::examine(bytes, 64) {
        Ok(pages) => Ok(pages.len() as u32),
        Err(imaging::Refusal::UnknownKind) => Err(Why::Kind),
        Err(_) => Err(Why::Incomplete),
    }
}

struct Folder {
    dir: TempDir,
    watch: Watch,
    now: Duration,
}

impl Folder {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let watch = Watch::new(dir.path(), QUIET);
        Self { dir, watch, now: Duration::ZERO }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// Looks after so many seconds of the watch's own clock.
    fn after(&mut self, seconds: u64) -> Vec<Found> {
        self.now += Duration::from_secs(seconds);
        self.watch.look(self.now, &judge, &|_| [0; 32]).unwrap()
    }

    fn state(&mut self, name: &str, seconds: u64) -> Option<State> {
        self.after(seconds).into_iter().find(|found| found.name == name).map(|found| found.state)
    }
}

const READY: Option<State> = Some(State::Ready { pages: 1, hash: [0; 32] });

/// T-22: it appears, grows, pauses while the lamp warms up, grows again; it is offered when it is whole, and not before.
#[test]
fn a_growing_file_waits_until_it_is_whole() {
    let (mut folder, bytes) = (Folder::new(), jpeg());
    let path = folder.path("scan.jpg");
    fs::write(&path, []).unwrap();
    assert_eq!(folder.state("scan.jpg", 0), Some(State::Arriving(Why::Growing)));
    assert_eq!(folder.state("scan.jpg", 3), Some(State::Arriving(Why::Empty)));
    for part in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&path, &bytes[..part]).unwrap();
        assert_eq!(folder.state("scan.jpg", 1), Some(State::Arriving(Why::Growing)), "{part} bytes");
        assert_eq!(folder.state("scan.jpg", 8), Some(State::Arriving(Why::Incomplete)), "a pause of 8 s is no end");
    }
    fs::write(&path, &bytes).unwrap();
    assert_eq!(folder.state("scan.jpg", 1), Some(State::Arriving(Why::Growing)));
    assert_eq!(folder.state("scan.jpg", 2), READY);
}

/// T-22: a network drive tells the final size and time while holes are still being filled: what did not read is read again
/// although nothing about it changed, at longer and longer intervals, and never judged for good.
#[test]
fn holes_that_are_filled_later_are_found_without_any_sign() {
    let (mut folder, bytes) = (Folder::new(), jpeg());
    let path = folder.path("scan.jpg");
    fs::write(&path, vec![0; bytes.len()]).unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    folder.after(0);
    assert_eq!(folder.state("scan.jpg", 2), Some(State::Arriving(Why::Kind)));
    let put = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    let mut half = bytes.clone();
    half[bytes.len() / 2..].fill(0);
    put(&half);
    for _ in 0..40 {
        assert_ne!(folder.state("scan.jpg", 60), READY);
    }
    assert_eq!(folder.state("scan.jpg", 60), Some(State::Arriving(Why::Incomplete)));
    put(&bytes);
    assert_eq!(folder.state("scan.jpg", 60), READY, "after an hour as well");
}

/// T-24: what is no page is listed with its reason, stops nothing, and a link is never followed.
#[test]
fn what_is_no_page_stops_nothing() {
    let mut folder = Folder::new();
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("secret.jpg"), jpeg()).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.jpg"), folder.path("link.jpg")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path("linked-folder.pdf")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.jpg")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("socket.jpg")).unwrap();
    fs::create_dir(folder.path("folder.pdf")).unwrap();
    fs::create_dir(folder.path("sub")).unwrap();
    for name in ["a.jpg.tmp", "b.jpg~", "c.part", "._d.jpg", ".hidden.jpg", "~$e.pdf"] {
        fs::write(folder.path(name), jpeg()).unwrap();
    }
    fs::write(folder.path("words.txt"), "no page").unwrap();
    let odd = OsStr::from_bytes(b"\xff\xfe.jpg");
    fs::write(folder.dir.path().join(odd), jpeg()).unwrap();
    fs::write(folder.path("z.jpg"), jpeg()).unwrap();
    folder.after(0);
    let found = folder.after(2);
    let state = |name: &str| found.iter().find(|one| one.name == name).map(|one| one.state);
    for (name, why) in [
        ("link.jpg", Why::Link),
        ("linked-folder.pdf", Why::Link),
        ("pipe.jpg", Why::Special),
        ("socket.jpg", Why::Special),
        ("folder.pdf", Why::Folder),
    ] {
        assert_eq!(state(name), Some(State::Refused(why)), "{name}");
    }
    for name in ["a.jpg.tmp", "b.jpg~", "c.part", "._d.jpg", ".hidden.jpg", "~$e.pdf"] {
        assert_eq!(state(name), Some(State::Arriving(Why::Temporary)), "{name}");
    }
    assert_eq!(state("words.txt"), Some(State::Arriving(Why::Kind)));
    assert_eq!(state("sub"), None);
    assert_eq!(state("z.jpg"), READY);
    assert!(found.iter().any(|one| one.name == odd && Some(one.state) == READY), "a name that is no text");
}

/// T-24: a temporary name that becomes the real one is offered then.
#[test]
fn a_renamed_file_is_offered() {
    let mut folder = Folder::new();
    fs::write(folder.path("x.jpg.tmp"), jpeg()).unwrap();
    folder.after(0);
    assert_eq!(folder.state("x.jpg.tmp", 5), Some(State::Arriving(Why::Temporary)));
    fs::rename(folder.path("x.jpg.tmp"), folder.path("x.jpg")).unwrap();
    folder.after(0);
    assert_eq!(folder.state("x.jpg", 2), READY);
}

/// T-24: many takers of one folder at the same moment: every file goes to exactly one.
#[test]
fn two_stations_take_each_file_once() {
    let dir = TempDir::new().unwrap();
    let names: Vec<OsString> = (0..60).map(|n| format!("{n}.jpg").into()).collect();
    names.iter().for_each(|name| fs::write(dir.path().join(name), name.as_bytes()).unwrap());
    let take = |station: &'static str| {
        let (dir, names) = (dir.path().to_owned(), names.clone());
        std::thread::spawn(move || {
            let taken = names.iter().filter_map(|name| claim(&dir, name, station).ok());
            taken.map(|claimed| (claimed.name().to_owned(), claimed.finish(Done::Move).unwrap()).0).collect::<Vec<_>>()
        })
    };
    let all: Vec<OsString> = ["a", "b", "c"].map(take).into_iter().flat_map(|one| one.join().unwrap()).collect();
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!((all.len(), once.len()), (60, 60));
    assert_eq!(fs::read_dir(dir.path().join(DONE)).unwrap().count(), 60);
}

/// T-09: whatever a file is called, and however often that name was there before, nothing is written over or lost.
#[test]
fn no_name_loses_a_file() {
    let dir = TempDir::new().unwrap();
    let long = format!("{}.jpg", "dài".repeat(62));
    let names = [OsString::from(long), OsStr::from_bytes(b"\xff\xfe{n}.jpg").to_owned(), "%s {} ..jpg".into()];
    for name in &names {
        for n in 0..4 {
            fs::write(dir.path().join(name), format!("{n}")).unwrap();
            claim(dir.path(), name, "1").unwrap().finish(Done::Move).unwrap();
        }
    }
    let texts = |dir: &Path| {
        let mut texts: Vec<String> =
            fs::read_dir(dir).unwrap().filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok()).collect();
        texts.sort();
        texts.concat()
    };
    assert_eq!(texts(&dir.path().join(DONE)), "000111222333");
    // Given back while its program has written the next of that name.
    fs::write(dir.path().join("x.pdf"), "old").unwrap();
    let claimed = claim(dir.path(), OsStr::new("x.pdf"), "1").unwrap();
    fs::write(dir.path().join("x.pdf"), "new").unwrap();
    claimed.give_back().unwrap();
    assert_eq!(texts(dir.path()), "newold");
}

/// What a crash left is found again; a folder that is away is not taken for an empty one.
#[test]
fn what_a_crash_left_is_found() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("x.pdf"), "x").unwrap();
    assert_eq!(left(dir.path(), "1").unwrap().len(), 0);
    let crashed = claim(dir.path(), OsStr::new("x.pdf"), "1").unwrap();
    drop(crashed);
    assert_eq!(left(dir.path(), "2").unwrap().len(), 0, "another station's");
    let found = left(dir.path(), "1").unwrap();
    assert_eq!(found.iter().map(|one| one.name().to_owned()).collect::<Vec<_>>(), ["x.pdf"]);
    assert!(left(&dir.path().join("away"), "1").is_err());
}
