//! Files: a name holds whole bytes or nothing.

use crate::http::{connect, receive, send};
use crate::world::World;
use domain::FileHash;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

#[test]
fn a_file_goes_in_once() {
    let world = World::new();
    let station = world.station();
    let bytes = vec![7; 300_000];
    let hash = FileHash::of(&bytes).to_string();
    let path = format!("/v1/files/{hash}");
    assert_eq!(station.send("HEAD", &path, None).status, 404);
    let stored = station.put(&bytes);
    assert_eq!(stored.status, 201);
    assert_eq!(stored.json(), serde_json::json!({ "sha256": hash, "bytes": 300_000 }));
    let head = station.send("HEAD", &path, None);
    assert_eq!((head.status, head.header("content-length")), (200, Some("300000")));
    let before = std::fs::metadata(world.path_of(&hash)).unwrap().modified().unwrap();
    assert_eq!(station.put(&bytes).status, 200);
    assert_eq!(std::fs::metadata(world.path_of(&hash)).unwrap().modified().unwrap(), before, "not written again");
    assert_eq!(world.stats(), (0, 1, 300_000, 1));
    assert_eq!(std::fs::read(world.path_of(&hash)).unwrap(), bytes);
}

#[test]
fn bytes_with_another_hash_leave_nothing() {
    let world = World::new();
    let station = world.station();
    let path = format!("/v1/files/{}", FileHash::of(b"what was said"));
    let answer = station.send("PUT", &path, Some(b"what was sent"));
    assert_eq!((answer.status, answer.code().as_str()), (422, "hash_mismatch"));
    assert_eq!(world.on_disk(), Vec::<String>::new(), "neither a file nor a draft");
    station.put(b"what was said");
    assert_eq!(station.send("PUT", &path, Some(b"what was sent")).status, 422, "also over one that is there");
    assert_eq!(world.stats(), (0, 1, 13, 1));
}

#[test]
fn the_same_file_from_many_threads_is_one() {
    let world = World::new();
    let station = world.station();
    let bytes = vec![3; 2_000_000];
    let statuses: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| station.put(&bytes).status)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| matches!(status, 200 | 201)), "{statuses:?}");
    let hash = FileHash::of(&bytes).to_string();
    assert_eq!(world.on_disk(), vec![format!("{}/{hash}", &hash[..2])], "one file and no draft");
    assert_eq!(std::fs::read(world.path_of(&hash)).unwrap(), bytes);
    assert_eq!(world.stats(), (0, 1, 2_000_000, 1));
}

/// T-43: cut at every 64 KiB.
#[test]
fn an_upload_that_is_cut_leaves_nothing() {
    let world = World::new();
    let station = world.station();
    let bytes = vec![5; 4 * 65_536];
    let hash = FileHash::of(&bytes);
    for sent in [0, 1, 65_536, 2 * 65_536, 3 * 65_536, bytes.len() - 1] {
        let mut stream = connect(world.address());
        let head = format!(
            "PUT /v1/files/{hash} HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: {}\r\n\r\n",
            station.bearer,
            bytes.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&bytes[..sent]).unwrap();
        // Whatever the server says to half a body, once it hangs up it has begun and ended with it.
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    // Its last act may still be under way.
    let began = Instant::now();
    while !world.on_disk().is_empty() && began.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(world.on_disk(), Vec::<String>::new(), "half an upload is no file");
    assert_eq!(station.put(&bytes).status, 201);
    assert_eq!(world.stats().1, 1);
}

#[test]
fn a_draft_of_a_killed_server_is_swept() {
    let world = World::new();
    std::fs::write(world.dir.path().join("files/new/abc"), b"half").unwrap();
    let world = world.crash();
    assert_eq!(world.on_disk(), Vec::<String>::new());
}

#[test]
fn chunks_are_a_body_too() {
    let world = World::new();
    let station = world.station();
    let hash = FileHash::of(b"hello world");
    let mut stream = connect(world.address());
    let head = format!(
        "PUT /v1/files/{hash} HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ntransfer-encoding: chunked\r\n\r\n",
        station.bearer
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n").unwrap();
    assert_eq!(receive(stream, false).status, 201);
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let world = World::new();
    let station = world.station();
    let length = (protocol::LARGEST_FILE + 1).to_string();
    let headers = [("authorization", station.bearer.as_str()), ("content-length", length.as_str())];
    let answer = send(world.address(), "PUT", &format!("/v1/files/{}", FileHash::of(b"x")), &headers, None);
    assert_eq!((answer.status, answer.code().as_str()), (413, "too_large"));
    assert_eq!(world.on_disk(), Vec::<String>::new());
}
