//! Garbage: always an answer or a closed connection, always JSON, never a dead server.

use crate::http::{Answer, connect, send};
use crate::world::{World, id};
use std::io::{Read, Write};
use std::time::{Duration, Instant};

fn is_ours(answer: &Answer) {
    assert_eq!(answer.header("motcua-protocol"), Some("1"), "{answer:?}");
    assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:?}");
    answer.json();
}

#[test]
fn every_refusal_is_json_and_names_the_protocol() {
    let world = World::new();
    let station = world.station();
    let deep = "[".repeat(100_000);
    let long = format!("/v1/files/{}", "a".repeat(3_000));
    let cases: [(&str, &str, Option<&[u8]>, u16); 16] = [
        ("GET", "/", None, 404),
        ("GET", "/v2/health", None, 404),
        ("POST", "/v1/health", Some(b""), 405),
        ("GET", "/v1/commands", None, 405),
        ("DELETE", "/v1/files/00", None, 405),
        ("POST", "/v1/enroll", Some(b""), 400),
        ("POST", "/v1/enroll", Some(b"null"), 400),
        ("POST", "/v1/enroll", Some(b"\xff\xfe{}"), 400),
        ("POST", "/v1/enroll", Some(&[b' '; 20_000]), 413),
        ("POST", "/v1/leases", Some(b"{}"), 400),
        ("PUT", "/v1/files/zz", Some(b"x"), 400),
        ("PUT", "/v1/files/%ff%fe", Some(b"x"), 400),
        ("PUT", "/v1/files/..%2f..%2fcentral.db", Some(b"x"), 400),
        ("PUT", &long, Some(b"x"), 400),
        ("POST", "/v1/commands", Some(b"{}"), 400),
        ("POST", "/v1/commands", Some(deep.as_bytes()), 400),
    ];
    for (method, path, body, status) in cases {
        let key = id();
        let headers = [("authorization", station.bearer.as_str()), ("idempotency-key", key.as_str())];
        let answer = send(world.address(), method, path, &headers, body);
        assert_eq!(answer.status, status, "{method} {path}");
        is_ours(&answer);
    }
    let large = vec![b' '; 3 * 1024 * 1024];
    assert_eq!(station.submit(&id(), &large).status, 413, "a command is text about one dossier");
    assert_eq!(world.stats(), (0, 0, 0, 1));
}

#[test]
fn nothing_but_enrolment_and_health_is_open() {
    let world = World::new();
    let hash = format!("/v1/files/{}", "0".repeat(64));
    for (method, path) in [("PUT", hash.as_str()), ("POST", "/v1/commands"), ("POST", "/v1/leases")] {
        let answer = send(world.address(), method, path, &[], Some(b"{}"));
        assert_eq!((answer.status, answer.code().as_str()), (401, "unauthorized"), "{method} {path}");
        is_ours(&answer);
    }
    assert_eq!(send(world.address(), "HEAD", &hash, &[], None).status, 401);
    let health = send(world.address(), "GET", "/v1/health", &[], None);
    assert_eq!(health.status, 200);
    is_ours(&health);
    assert!(health.json()["now"].as_str().unwrap().ends_with("+07:00"));
}

#[test]
fn bytes_that_are_no_http_hurt_nobody() {
    let world = World::new();
    for garbage in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/enroll HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /v1/enroll HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /v1/enroll HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let mut stream = connect(world.address());
        stream.write_all(garbage).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // A reset is an answer as well.
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2"), "{garbage:?}");
    }
    assert_eq!(send(world.address(), "GET", "/v1/health", &[], None).status, 200, "the server lives");
}

#[test]
fn slow_headers_are_cut_off() {
    let world = World::with_slow_headers(Duration::from_millis(300));
    let mut stream = connect(world.address());
    stream.write_all(b"GET /v1/health HTTP/1.1\r\nhost: ").unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(began.elapsed() < Duration::from_secs(5), "a client that never ends its headers holds a place for ever");
    assert!(!answer.starts_with(b"HTTP/1.1 2"));
}
