//! A code reader on a real pseudo terminal: plugged in, read with, pulled out and plugged in again.

use devices::Cancel;
use devices::reader::{Away, Encoding, Heard, Line, listen};
use serialport::{SerialPort, TTYPort};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

const CARD: &str = "099199000001||TRẦN THỊ MẪU|02011999|Nữ|Tổ 5, phường Mẫu|02052021";
const PATIENCE: Duration = Duration::from_secs(20);

/// A place where a reader may be plugged in, and somebody listening at it.
struct Socket {
    dir: TempDir,
    heard: Receiver<Heard>,
    stop: Cancel,
    listening: Option<JoinHandle<()>>,
}

impl Socket {
    fn listened_to(encoding: Encoding) -> Self {
        let (dir, (send, heard), stop) = (tempdir().unwrap(), channel(), Cancel::new());
        let line = Line { port: dir.path().join("reader").to_string_lossy().into_owned(), speed: 9_600, encoding };
        let stopped = stop.clone();
        let listening = std::thread::spawn(move || listen(&line, &stopped, &mut |heard| send.send(heard).unwrap()));
        Self { dir, heard, stop, listening: Some(listening) }
    }

    fn place(&self) -> PathBuf {
        self.dir.path().join("reader")
    }

    /// Plugs a reader in: what is written to the answer comes in at the port.
    fn plug_in(&self) -> TTYPort {
        let (reader, port) = TTYPort::pair().unwrap();
        symlink(port.name().unwrap(), self.place()).unwrap();
        assert_eq!(self.next(), Heard::Ready);
        reader
    }

    fn pull_out(&self, reader: TTYPort) {
        std::fs::remove_file(self.place()).unwrap();
        drop(reader);
        assert_eq!(self.next(), Heard::Away(Away::Missing));
    }

    fn next(&self) -> Heard {
        self.heard.recv_timeout(PATIENCE).expect("something is heard")
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.stop.cancel();
        let ended = self.listening.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking(), "the listener ended by itself");
    }
}

fn text(text: &str) -> Heard {
    Heard::Text(text.to_owned())
}

/// T-52: bursts, an end or none, two in a row; and the cable pulled out between and within readings.
#[test]
fn a_reader_is_heard_through_pulling_out_and_plugging_in() {
    let socket = Socket::listened_to(Encoding::Auto);
    assert_eq!(socket.next(), Heard::Away(Away::Missing), "nothing is plugged in");
    let mut reader = socket.plug_in();
    for burst in CARD.as_bytes().chunks(16) {
        reader.write_all(burst).unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    reader.write_all(b"\r\n").unwrap();
    assert_eq!(socket.next(), text(CARD));
    reader.write_all(CARD.as_bytes()).unwrap();
    assert_eq!(socket.next(), text(CARD), "a reader that sends no end");
    reader.write_all(format!("{CARD}\r{CARD}\r").as_bytes()).unwrap();
    assert_eq!((socket.next(), socket.next()), (text(CARD), text(CARD)));
    reader.write_all(b"099199").unwrap();
    socket.pull_out(reader);
    let mut reader = socket.plug_in();
    reader.write_all(b"000002||A|B\r").unwrap();
    assert_eq!(socket.next(), text("000002||A|B"), "what was torn off before does not run into it");
    socket.pull_out(reader);
}

#[test]
fn bytes_of_a_code_page_become_letters() {
    let socket = Socket::listened_to(Encoding::Cp1258);
    assert_eq!(socket.next(), Heard::Away(Away::Missing));
    let mut reader = socket.plug_in();
    reader.write_all(b"NGUY\xCA\xDEN V\xC3N\r").unwrap();
    assert_eq!(socket.next(), text("NGUYÊ\u{303}N VĂN"));
}
