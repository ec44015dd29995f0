//! The one IPP request that is needed: Get-Job-Attributes (RFC 8011, 4.3.4), over the socket or TCP.
//!
//! HTTP/1.0 is spoken on purpose: it has no chunked answers and the connection ends with the answer.

use std::io::{Error, ErrorKind, Read, Write};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);
/// A few hundred bytes are usual.
const MOST_ANSWER: u64 = 64 << 10;

const OPERATION_GROUP: u8 = 0x01;
const END: u8 = 0x03;
const INTEGER: u8 = 0x21;
const ENUM: u8 = 0x23;
const NAME: u8 = 0x42;
const KEYWORD: u8 = 0x44;
const URI: u8 = 0x45;
const CHARSET: u8 = 0x47;
const LANGUAGE: u8 = 0x48;

/// What a print system says of a job.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// `job-state`, 3 to 9.
    pub(super) state: i32,
    /// `job-state-reasons`, joined.
    pub(super) reasons: String,
    /// `job-printer-state-message`.
    pub(super) message: String,
}

/// Asks `server`, a path or `host:port`, for job `number`; none when it does not know it.
pub(super) fn job(server: &str, number: i32) -> std::io::Result<Option<Told>> {
    let body = request(number);
    let head = format!(
        "POST /jobs/ HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/ipp\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let message = [head.as_bytes(), &body].concat();
    let mut answer = Vec::new();
    if server.starts_with('/') {
        let mut stream = std::os::unix::net::UnixStream::connect(server)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(&message)?;
        stream.take(MOST_ANSWER).read_to_end(&mut answer)?;
    } else {
        let address = std::net::ToSocketAddrs::to_socket_addrs(server)?.next().ok_or(ErrorKind::NotFound)?;
        let mut stream = std::net::TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(&message)?;
        stream.take(MOST_ANSWER).read_to_end(&mut answer)?;
    }
    read(&answer)
}

fn request(number: i32) -> Vec<u8> {
    // Version 2.0, Get-Job-Attributes, request 1.
    let mut body = vec![2, 0, 0, 9, 0, 0, 0, 1, OPERATION_GROUP];
    let mut put = |tag: u8, name: &str, value: &[u8]| {
        body.push(tag);
        for part in [name.as_bytes(), value] {
            // All are constants or a number of at most ten digits.
            body.extend(u16::try_from(part.len()).unwrap_or(0).to_be_bytes());
            body.extend(part);
        }
    };
    put(CHARSET, "attributes-charset", b"utf-8");
    put(LANGUAGE, "attributes-natural-language", b"en");
    put(URI, "job-uri", format!("ipp://localhost/jobs/{number}").as_bytes());
    let user = std::env::var("USER").unwrap_or_default();
    put(NAME, "requesting-user-name", if user.len() < 256 { user.as_bytes() } else { b"" });
    put(KEYWORD, "requested-attributes", b"job-state");
    put(KEYWORD, "", b"job-state-reasons");
    put(KEYWORD, "", b"job-printer-state-message");
    body.push(END);
    body
}

/// Reads the answer; whatever is not understood is an error, never a state.
fn read(answer: &[u8]) -> std::io::Result<Option<Told>> {
    let bad = |what: &str| Error::new(ErrorKind::InvalidData, what.to_owned());
    let gap = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| bad("no HTTP answer"))?;
    let first = String::from_utf8_lossy(&answer[..gap]);
    let code = first.split(' ').nth(1).unwrap_or_default();
    if !first.starts_with("HTTP/1.") || code != "200" {
        return Err(bad(&format!("HTTP {code:.20}")));
    }
    let body = &answer[gap + 4..];
    let status = body.get(2..4).map(|two| u16::from_be_bytes([two[0], two[1]])).ok_or_else(|| bad("no IPP answer"))?;
    match status {
        // client-error-not-found
        0x0406 => return Ok(None),
        0..=0x00ff => {}
        _ => return Err(bad(&format!("IPP status {status:#06x}"))),
    }
    let mut told = Told::default();
    let mut rest = body.get(8..).ok_or_else(|| bad("no attributes"))?;
    let mut name = Vec::new();
    let cut = || bad("the answer is cut short");
    while let Some((&tag, after)) = rest.split_first() {
        rest = after;
        if tag == END {
            break;
        }
        // Below this are the marks between groups, which have no value.
        if tag < 0x10 {
            continue;
        }
        let own = field(&mut rest).ok_or_else(cut)?;
        let value = field(&mut rest).ok_or_else(cut)?;
        // An empty name is one more value of the attribute before.
        if !own.is_empty() {
            name = own.to_vec();
        }
        match (name.as_slice(), tag) {
            (b"job-state", ENUM | INTEGER) => told.state = i32::from_be_bytes(value.try_into().map_err(|_| cut())?),
            (b"job-state-reasons", KEYWORD) => {
                if !told.reasons.is_empty() {
                    told.reasons.push(' ');
                }
                told.reasons.push_str(&String::from_utf8_lossy(value));
            }
            (b"job-printer-state-message", _) => told.message = String::from_utf8_lossy(value).trim().to_owned(),
            _ => {}
        }
    }
    if told.state == 0 { Err(bad("the answer has no state")) } else { Ok(Some(told)) }
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<2>()?;
    let (value, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *rest = after;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(attributes: &[u8]) -> Vec<u8> {
        [b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n\r\n\x02\x00\x00\x00\x00\x00\x00\x01\x02", attributes]
            .concat()
    }

    #[test]
    fn a_state_with_its_reasons_is_read() {
        let good = answer(b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x07\x44\x00\x11job-state-reasons\x00\x01a\x44\x00\x00\x00\x01b\x03");
        let told = Told { state: 7, reasons: "a b".to_owned(), message: String::new() };
        assert_eq!(read(&good).unwrap(), Some(told));
    }

    #[test]
    fn what_is_no_answer_is_an_error_and_never_a_state() {
        let good = answer(b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09");
        assert!(read(&good).is_ok());
        for end in 0..good.len() {
            assert!(read(&good[..end]).is_err(), "an answer cut after {end} bytes must not say printed");
        }
        for bytes in [&b"<html>"[..], b"HTTP/1.1 401 Unauthorized\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n<html></html>"] {
            assert!(read(bytes).is_err(), "only IPP is believed");
        }
        assert!(read(&answer(b"\x23\x00\x09job-state\x00\x02\x00\x09")).is_err(), "a state of two bytes");
    }

    #[test]
    fn an_unknown_job_is_told_apart_from_a_fault() {
        assert_eq!(read(b"HTTP/1.0 200 OK\r\n\r\n\x02\x00\x04\x06\x00\x00\x00\x01\x03").unwrap(), None);
        assert!(read(b"HTTP/1.0 200 OK\r\n\r\n\x02\x00\x05\x00\x00\x00\x00\x01\x03").is_err(), "a server error");
    }
}
