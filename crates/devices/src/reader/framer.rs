//! Where one reading ends and the next begins: at the line end that most readers send, or at a silence. Pure.

use std::time::Duration;

/// A silence longer than this ends a reading: at 9600 bits a second bytes come a millisecond apart, through a slow USB bridge
/// in bursts some 16 ms apart.
const IDLE: Duration = Duration::from_millis(120);

/// No code holds more: QR's largest has 2,953 bytes. What runs on longer is no reading.
const MOST: usize = 4_096;

/// Puts bytes together to readings.
#[derive(Debug, Default)]
pub struct Framer {
    held: Vec<u8>,
    last: Duration,
    /// More came than any code holds: all is dropped until a silence or a line end.
    overrun: bool,
}

impl Framer {
    /// Takes bytes that came `at` (since any fixed moment), and gives the readings that are whole now.
    pub fn take(&mut self, bytes: &[u8], at: Duration) -> Vec<Vec<u8>> {
        let mut whole = self.idle(at);
        self.last = at;
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => whole.extend(self.end()),
                // Start and end of text, which some readers put around each reading, and padding.
                0x00 | 0x02 | 0x03 => {}
                _ if self.held.len() >= MOST => self.overrun = true,
                byte => self.held.push(*byte),
            }
        }
        whole
    }

    /// Says that time has passed; a silence ends the reading that is under way.
    pub fn idle(&mut self, at: Duration) -> Vec<Vec<u8>> {
        if at.saturating_sub(self.last) > IDLE { self.end().into_iter().collect() } else { Vec::new() }
    }

    fn end(&mut self) -> Option<Vec<u8>> {
        let (held, overrun) = (std::mem::take(&mut self.held), std::mem::take(&mut self.overrun));
        (!held.is_empty() && !overrun).then_some(held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn texts(readings: Vec<Vec<u8>>) -> Vec<String> {
        readings.into_iter().map(|reading| String::from_utf8(reading).unwrap()).collect()
    }

    /// T-52: a reader without Enter, with one, and two reads in a row.
    #[test]
    fn a_reading_ends_at_a_line_end_or_a_silence() {
        let mut framer = Framer::default();
        assert_eq!(texts(framer.take(b"099|", ms(0))), [""; 0]);
        assert_eq!(texts(framer.take(b"A|B\r\n1|2|3\r", ms(20))), ["099|A|B", "1|2|3"]);
        assert_eq!(texts(framer.take(b"no end", ms(30))), [""; 0]);
        assert_eq!(texts(framer.idle(ms(100))), [""; 0], "a pause within a reading");
        assert_eq!(texts(framer.idle(ms(151))), ["no end"]);
        assert_eq!(texts(framer.idle(ms(900))), [""; 0], "said once");
        framer.take(b"one", ms(1_000));
        assert_eq!(texts(framer.take(b"two\n", ms(1_500))), ["one", "two"], "bytes that come late are another reading");
    }

    #[test]
    fn signs_around_a_reading_are_no_part_of_it() {
        assert_eq!(texts(Framer::default().take(b"\x02099|A\x03\r", ms(0))), ["099|A"]);
    }

    /// A port that never falls silent is no reader; what comes after it is read again.
    #[test]
    fn what_runs_on_for_ever_is_dropped() {
        let mut framer = Framer::default();
        for n in 0..100 {
            assert_eq!(framer.take(&[b'x'; 100], ms(n)), Vec::<Vec<u8>>::new());
        }
        assert!(framer.held.len() <= MOST, "bounded");
        assert_eq!(texts(framer.take(b"\n099|A\n", ms(101))), ["099|A"]);
    }
}
