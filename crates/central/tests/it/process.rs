//! `motcua-central` as people run it: a process of its own, with curl as the client.

use crate::world::{id, received};
use domain::FileHash;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_motcua-central");

struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn start(dir: &Path) -> Self {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(dir.join("log")).unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir.join("central"))
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").expect("the first line says where").to_owned();
        assert!(url.starts_with("http://127.0.0.1:") && !url.ends_with(":0"), "{url}");
        Self { child, url }
    }

    fn signal(&mut self, signal: &str) -> std::process::ExitStatus {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// The most memory it ever held, in KiB.
    #[cfg(target_os = "linux")]
    fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).arg("--data").arg(dir.join("central")).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn curl(arguments: &[&str]) -> (u16, Value) {
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--write-out", "\n%{http_code}"])
        .args(arguments)
        .output();
    let output = output.expect("curl is installed");
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
}

#[test]
fn a_station_made_of_curl_delivers_a_dossier() {
    let dir = TempDir::new().unwrap();
    let mut served = Served::start(dir.path());
    let url = served.url.clone();
    let token = run(dir.path(), &["enroll", "--office", "H99.1", "--station", "Máy 1", "--json"]);
    assert!(token.status.success(), "enroll works while serve runs: {token:?}");
    let body = json!({ "token": json_of(&token)["token"], "station": id(), "name": "Quầy số 1" }).to_string();
    let (status, enrolled) = curl(&["--data-binary", &body, &format!("{url}/v1/enroll")]);
    assert_eq!(status, 200, "{enrolled}");
    let secret = enrolled["secret"].as_str().unwrap();
    let bearer = format!("Authorization: Bearer {secret}");

    let bytes = vec![9; 48 * 1024 * 1024];
    let file = dir.path().join("paper.pdf");
    std::fs::write(&file, &bytes).unwrap();
    let put = format!("{url}/v1/files/{}", FileHash::of(&bytes));
    #[cfg(target_os = "linux")]
    let before = served.peak_kib();
    let (status, stored) = curl(&["--header", &bearer, "--upload-file", &file.to_string_lossy(), &put]);
    assert_eq!((status, stored["bytes"].as_u64()), (201, Some(bytes.len() as u64)));
    #[cfg(target_os = "linux")]
    assert!(served.peak_kib() - before < 24 * 1024, "48 MiB went through in {} KiB", served.peak_kib() - before);

    let code = "H99.1-261123-0001";
    let command = received(code, false, &[&bytes]);
    let key = format!("Idempotency-Key: {}", command["id"].as_str().unwrap());
    let text = command.to_string();
    let submit = ["--header", &bearer, "--header", &key, "--data-binary", &text, &format!("{url}/v1/commands")];
    let (status, accepted) = curl(&submit);
    assert_eq!((status, accepted["code"].as_str()), (200, Some(code)), "{accepted}");
    assert_eq!(accepted["body_sha256"], FileHash::of(text.as_bytes()).to_string());

    let expected = json!({ "dossiers": 1, "files": 1, "bytes": bytes.len(), "stations": 1 });
    assert_eq!(json_of(&run(dir.path(), &["stats"])), expected, "stats works while serve runs");
    assert!(!served.signal("-KILL").success());
    let mut served = Served::start(dir.path());
    let again = submit.map(|argument| argument.replace(&url, &served.url));
    let (status, replayed) = curl(&again.each_ref().map(String::as_str));
    assert_eq!((status, replayed["replayed"].as_bool()), (200, Some(true)), "what was accepted survives a kill");
    assert_eq!(json_of(&run(dir.path(), &["stats"])), expected);
    assert!(served.signal("-TERM").success(), "SIGTERM is an orderly end");

    let log = std::fs::read_to_string(dir.path().join("log")).unwrap();
    assert!(log.contains("/v1/commands"), "the log says what was asked");
    for private in ["Đặng", "099090000001", secret, json_of(&token)["token"].as_str().unwrap()] {
        assert!(!log.contains(private), "a log is read by people who may not know {private}");
    }
}

#[test]
fn one_process_serves_a_folder() {
    let dir = TempDir::new().unwrap();
    let served = Served::start(dir.path());
    let second = run(dir.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert_eq!(json_of(&second)["error"]["code"], "data_in_use");
    drop(served);
}

#[test]
fn refusals_have_a_code_a_sentence_and_a_hint() {
    let dir = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (arguments, code) in [
        (vec!["stats"], "data_missing"),
        (vec!["enroll", "--office", "zz", "--station", "x"], "bad_office"),
        (vec!["serve", "--listen", "nowhere"], "bad_address"),
        (vec!["serve", "--listen", &taken], "cannot_listen"),
    ] {
        let output = run(dir.path(), &arguments);
        let error = &json_of(&output)["error"];
        assert_eq!((output.status.code(), error["code"].as_str()), (Some(1), Some(code)), "{arguments:?}");
        assert!(error["message"].is_string() && error["hint"].is_string(), "{error}");
    }
    for usage in [vec!["eat"], vec![], vec!["stats", "--bogus"]] {
        assert_eq!(run(dir.path(), &usage).status.code(), Some(2), "{usage:?}");
    }
}
