//! A phone as a camera, by a client that knows nothing of us: who may send, what is told, and that a link ends.

use devices::Cancel;
use devices::phone::{Answer, LARGEST, Phone, PhoneEnd, Terms, Told};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

fn terms() -> Terms {
    Terms {
        station: "Quầy 1".into(),
        title: "Giấy khai sinh".into(),
        locale: "vi".into(),
        address: Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        idle: Duration::from_secs(60),
        most: Duration::from_secs(120),
    }
}

/// A browser: keeps its cookies, believes the certificate because a person said so.
fn browser() -> Client {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .tls_info(true)
        .timeout(Duration::from_secs(20))
        .build()
        .expect("a client")
}

struct Opened {
    site: String,
    token: String,
    told: mpsc::Receiver<Told>,
    cancel: Cancel,
    fingerprint: String,
    ended: std::thread::JoinHandle<PhoneEnd>,
}

/// A link whose events the test sees as they come.
fn opened(terms: &Terms) -> Opened {
    let phone = Phone::open(terms).expect("a link");
    let (site, token) =
        phone.link().url.split_once('#').map(|(site, token)| (site.to_owned(), token.to_owned())).expect("a token");
    let fingerprint = phone.link().fingerprint.clone();
    let (tell, told) = mpsc::channel();
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let ended = std::thread::spawn(move || phone.run(&stop, &mut |event| drop(tell.send(event))));
    Opened { site, token, told, cancel, fingerprint, ended }
}

impl Opened {
    fn enter(&self, client: &Client) -> Response {
        client.post(format!("{}enter", self.site)).body(self.token.clone()).send().expect("an answer")
    }

    fn cookie(&self, client: &Client) -> String {
        let answer = self.enter(client);
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        let cookie = answer.headers()["set-cookie"].to_str().expect("text").to_owned();
        for part in ["Secure", "HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(matches!(self.told.recv(), Ok(Told::Opened)));
        cookie.split(';').next().unwrap_or_default().to_owned()
    }
}

fn send(client: &Client, site: &str, cookie: &str, body: Vec<u8>) -> Response {
    let request = client.post(format!("{site}picture")).header("x-mot-cua", "1").header("cookie", cookie);
    request.body(body).send().expect("an answer")
}

#[test]
fn one_phone_sends_and_each_picture_is_answered_for_itself() {
    let link = opened(&terms());
    let client = browser();
    let page = client.get(&link.site).send().expect("the page");
    let certificate =
        page.extensions().get::<reqwest::tls::TlsInfo>().and_then(|tls| tls.peer_certificate()).expect("a certificate");
    let shown: Vec<String> = Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(shown.join(":"), link.fingerprint);
    assert!(page.headers()["content-security-policy"].to_str().expect("text").starts_with("default-src 'none'"));
    assert!(page.text().expect("text").contains("/phone.js"));

    let cookie = link.cookie(&client);
    let link_site = link.site.clone();
    let told = std::thread::scope(|scope| {
        let sending = scope.spawn(|| send(&client, &link_site, &cookie, b"a photograph".to_vec()));
        let Ok(Told::Picture(picture)) = link.told.recv() else { panic!("no picture") };
        assert_eq!(picture.bytes, b"a photograph");
        picture.answer(Answer { ok: true, text: String::new(), remedy: String::new(), received: 1 });
        sending.join().expect("sent").json::<serde_json::Value>().expect("an answer")
    });
    assert_eq!((told["ok"].as_bool(), told["received"].as_u64()), (Some(true), Some(1)));
    let state = client.get(format!("{}state", link.site)).header("x-mot-cua", "1").header("cookie", &cookie).send();
    let state: serde_json::Value = state.and_then(Response::json).expect("the state");
    assert_eq!((state["title"].as_str(), state["received"].as_u64()), (Some("Giấy khai sinh"), Some(1)));

    let done =
        client.post(format!("{}done", link.site)).header("x-mot-cua", "1").header("cookie", &cookie).body("").send();
    assert_eq!(done.expect("an answer").status(), StatusCode::NO_CONTENT);
    assert_eq!(link.ended.join().expect("ended"), PhoneEnd::Done);
    assert!(client.get(&link.site).send().is_err(), "nobody serves it any more");
}

#[test]
fn a_stranger_gets_nothing() {
    let link = opened(&terms());
    let client = browser();
    assert_eq!(
        client.post(format!("{}enter", link.site)).body("0".repeat(32)).send().expect("an answer").status(),
        StatusCode::GONE
    );
    let cookie = link.cookie(&client);
    assert_eq!(link.enter(&client).status(), StatusCode::GONE, "the link is spent");
    for (cookie, header) in [(None, true), (Some("__Host-phone=00"), true), (Some(cookie.as_str()), false)] {
        for path in ["state", "picture", "done"] {
            let url = format!("{}{path}", link.site);
            let mut request = if path == "state" { client.get(url) } else { client.post(url).body("x") };
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            if header {
                request = request.header("x-mot-cua", "1");
            }
            assert_eq!(request.send().expect("an answer").status(), StatusCode::FORBIDDEN, "{path} with {cookie:?}");
        }
    }
    let elsewhere = client.get(&link.site).header("host", "quay.example").send().expect("an answer");
    assert_eq!(elsewhere.status(), StatusCode::MISDIRECTED_REQUEST, "a name that was made to point here");
    let plain = link.site.replacen("https", "http", 1);
    assert!(client.get(plain).send().is_err(), "nothing without TLS");
    assert_eq!(send(&client, &link.site, &cookie, vec![0; LARGEST + 1]).status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(link.told.try_recv().is_err(), "nothing of it came through");
    link.cancel.cancel();
    assert_eq!(link.ended.join().expect("ended"), PhoneEnd::Cancelled);
}

#[test]
fn a_link_ends_by_itself_and_with_strangers_on_the_line() {
    let link = opened(&Terms { idle: Duration::from_millis(300), ..terms() });
    let address = link.site.trim_start_matches("https://").trim_end_matches('/').to_owned();
    // They say nothing, and take every place.
    let silent: Vec<TcpStream> = (0..20).filter_map(|_| TcpStream::connect(&address).ok()).collect();
    let began = Instant::now();
    assert_eq!(link.ended.join().expect("ended"), PhoneEnd::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(silent);
}

#[test]
fn a_picture_that_is_never_answered_keeps_nobody() {
    let phone = Phone::open(&terms()).expect("a link");
    let (site, token) =
        phone.link().url.split_once('#').map(|(site, token)| (site.to_owned(), token.to_owned())).expect("a token");
    let client = browser();
    let sender = std::thread::spawn(move || {
        let entered = client.post(format!("{site}enter")).body(token).send();
        entered.map(|answer| answer.status())
    });
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    drop(phone);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let _ = sender.join();
}
