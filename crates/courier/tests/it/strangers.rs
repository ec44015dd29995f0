//! Answers that are not from a central system, and a server that lies (T-46, T-47).

use crate::peer::{Peer, answer, ours};
use crate::world::{LIMITS, World, paper, parcel, transient};
use courier::{Courier, Error};
use domain::{CommandId, FileHash};
use protocol::{Acceptance, ProblemCode};
use std::time::{Duration, Instant};

fn to(peer: &Peer) -> Courier {
    Courier::with_limits(&peer.url, Some("x.y".into()), LIMITS).unwrap()
}

const PORTAL: &str = "<!doctype html><title>Đăng nhập Wi-Fi</title>";

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_told_from_the_central_system() {
    let html = "content-type: text/html\r\n";
    let large = "x".repeat(3 * 1024 * 1024);
    let deep = "[".repeat(200_000);
    type Case = (&'static str, Vec<u8>, fn(&Error) -> bool);
    let cases: Vec<Case> = vec![
        ("a portal", answer("200 OK", html, PORTAL), |e| matches!(e, Error::Foreign { status: 200 })),
        ("a page for 404", answer("404 Not Found", html, PORTAL), |e| matches!(e, Error::Foreign { status: 404 })),
        ("a proxy's 401", answer("401 Unauthorized", html, PORTAL), |e| matches!(e, Error::Foreign { status: 401 })),
        ("JSON of another", answer("200 OK", "content-type: application/json\r\n", "{}"), |e| {
            matches!(e, Error::Foreign { status: 200 })
        }),
        ("another version", answer("200 OK", "motcua-protocol: 2\r\n", "{}"), |e| matches!(e, Error::Foreign { .. })),
        ("garbage JSON", ours("200 OK", "{\"central\":"), |e| matches!(e, Error::Foreign { status: 200 })),
        ("nothing", ours("200 OK", ""), |e| matches!(e, Error::Foreign { .. })),
        ("deep JSON", ours("200 OK", &deep), |e| matches!(e, Error::Foreign { .. })),
        ("a flood", ours("200 OK", &large), |e| matches!(e, Error::Foreign { .. })),
        ("a refusal that does not read", ours("409 Conflict", "no"), |e| matches!(e, Error::Foreign { status: 409 })),
        ("500", ours("500 Internal Server Error", "{}"), |e| matches!(e, Error::ServerFailed { status: 500 })),
        ("a gateway's 502", answer("502 Bad Gateway", html, PORTAL), |e| {
            matches!(e, Error::ServerFailed { status: 502 })
        }),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), |e| matches!(e, Error::Unreachable(_))),
        ("silence and a hang-up", Vec::new(), |e| matches!(e, Error::Unreachable(_))),
    ];
    for (what, bytes, expected) in cases {
        let peer = Peer::saying(move |_| bytes.clone()).await;
        let error = transient(to(&peer).health().await, what);
        assert!(expected(&error), "{what}: {error:?}");
        let file = paper(10);
        let (parcel, shelf) = parcel(&[&file]);
        transient(to(&peer).deliver(&parcel, &shelf).await, what);
    }
}

/// A page at 200 must not stand for a file that is there, nor for one that was stored.
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_after_a_good_start_is_noticed() {
    let file = paper(10);
    let hash = FileHash::of(&file);
    let portal = || answer("200 OK", "content-type: text/html\r\n", PORTAL);
    let stored = format!(r#"{{"sha256":"{hash}","bytes":10}}"#);
    for turn in ["HEAD", "PUT", "POST"] {
        let stored = stored.clone();
        let peer = Peer::saying(move |line| match line.split(' ').next().unwrap() {
            method if method == turn => portal(),
            "HEAD" => ours("404 Not Found", ""),
            "PUT" => ours("201 Created", &stored),
            _ => unreachable!("{line}"),
        })
        .await;
        let (parcel, shelf) = parcel(&[&file]);
        let error = transient(to(&peer).deliver(&parcel, &shelf).await, turn);
        assert!(matches!(error, Error::Foreign { status: 200 }), "{turn}: {error:?}");
        assert!(peer.requests().last().unwrap().starts_with(turn), "nothing is sent on to a stranger");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_redirect_is_followed() {
    let login = Peer::saying(|_| ours("200 OK", r#"{"central":"x","now":"2026-11-23T08:00:00+07:00"}"#)).await;
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect"] {
        let location = format!("location: {}/\r\nmotcua-protocol: 1\r\n", login.url);
        let peer = Peer::saying(move |_| answer(status, &location, "")).await;
        let error = transient(to(&peer).health().await, status);
        assert!(matches!(error, Error::Foreign { .. }), "{status}: {error:?}");
    }
    assert_eq!(login.requests(), Vec::<String>::new(), "the secret goes to nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_headers_are_not_waited_for() {
    let bytes = ours("200 OK", "{}");
    let peer = Peer::dripping(bytes, Duration::from_millis(100)).await;
    let began = Instant::now();
    let error = transient(to(&peer).health().await, "one byte at a time");
    assert!(matches!(error, Error::TimedOut), "{error:?}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_body_is_not_waited_for() {
    let mut bytes = ours("200 OK", &" ".repeat(400));
    let body = bytes.split_off(bytes.len() - 400);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let courier = Courier::with_limits(&format!("http://{}", listener.local_addr().unwrap()), None, LIMITS).unwrap();
    let drip = async {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await.unwrap();
        stream.write_all(&bytes).await.unwrap();
        for byte in body {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if stream.write_all(&[byte]).await.is_err() {
                break;
            }
        }
    };
    let began = Instant::now();
    let (result, ()) = tokio::join!(courier.health(), drip);
    assert!(matches!(transient(result, "a body without end"), Error::TimedOut));
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_handshake_is_told_from_a_dead_network() {
    let peer = Peer::saying(|_| Vec::new()).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(peer);
    let courier = Courier::with_limits(&format!("https://{address}"), None, LIMITS).unwrap();
    let plain = async {
        use tokio::io::AsyncWriteExt;
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(&answer("400 Bad Request", "", "plain HTTP")).await.unwrap();
        // Long enough for the other side to read it before the reset.
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    let (result, ()) = tokio::join!(courier.health(), plain);
    let error = transient(result, "no TLS there");
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
    drop(listener);
    let error = transient(courier.health().await, "nobody there");
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
}

/// T-46: "sent" is believed only with the hashes of what was sent.
#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_of_something_else_proves_nothing() {
    let world = World::new().await;
    let file = paper(10);
    let (parcel, shelf) = parcel(&[&file]);
    let honest = world.courier().deliver(&parcel, &shelf).await.unwrap().acceptance;
    let other = FileHash::of(b"something else");
    let lies = [
        ("another command", Acceptance { command: CommandId::from_bytes([9; 16]), ..honest.clone() }),
        ("another body", Acceptance { body_sha256: other, ..honest.clone() }),
        ("no file", Acceptance { files: Vec::new(), ..honest.clone() }),
        ("another file", Acceptance { files: vec![other], ..honest.clone() }),
        ("a file too many", Acceptance { files: vec![FileHash::of(&file), other], ..honest.clone() }),
    ];
    for (what, lie) in lies {
        let text = serde_json::to_string(&lie).unwrap();
        let peer = Peer::saying(move |line| ours("200 OK", if line.starts_with("HEAD") { "" } else { &text })).await;
        let error = transient(to(&peer).deliver(&parcel, &shelf).await, what);
        assert!(matches!(error, Error::Unproven), "{what}: {error:?}");
    }
    let text = serde_json::to_string(&honest).unwrap();
    let peer = Peer::saying(move |line| ours("200 OK", if line.starts_with("HEAD") { "" } else { &text })).await;
    assert!(to(&peer).deliver(&parcel, &shelf).await.is_ok(), "the honest answer from the same peer is believed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_file_is_proven_too() {
    let file = paper(10);
    let (parcel, shelf) = parcel(&[&file]);
    for (hash, bytes) in [(FileHash::of(b"other"), 10), (FileHash::of(&file), 9)] {
        let stored = format!(r#"{{"sha256":"{hash}","bytes":{bytes}}}"#);
        let peer = Peer::saying(move |line| {
            if line.starts_with("HEAD") { ours("404 Not Found", "") } else { ours("201 Created", &stored) }
        })
        .await;
        let error = transient(to(&peer).deliver(&parcel, &shelf).await, "stored something else");
        assert!(matches!(error, Error::Unproven), "{error:?}");
        assert_eq!(peer.count("POST"), 0, "a command does not go before its files");
    }
}

/// A server that never finds a file gets it twice and no more in one attempt, however long its list is.
#[tokio::test(flavor = "multi_thread")]
async fn files_missing_for_ever_end_the_attempt() {
    let file = paper(10);
    let hash = FileHash::of(&file);
    let (parcel, shelf) = parcel(&[&file]);
    let stored = format!(r#"{{"sha256":"{hash}","bytes":10}}"#);
    let list = vec![format!("\"{hash}\""); 50].join(",");
    let missing = format!(r#"{{"code":"files_missing","message":"","missing":[{list}]}}"#);
    let peer = Peer::saying(move |line| match line.split(' ').next().unwrap() {
        "HEAD" => ours("404 Not Found", ""),
        "PUT" => ours("201 Created", &stored),
        _ => ours("422 Unprocessable Entity", &missing),
    })
    .await;
    let error = transient(to(&peer).deliver(&parcel, &shelf).await, "files missing for ever");
    assert!(matches!(error, Error::Refused { code: ProblemCode::FilesMissing, .. }), "{error:?}");
    assert_eq!((peer.count("PUT"), peer.count("POST")), (2, 2));
}
