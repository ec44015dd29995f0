//! The worker's side: a driver that may hang or crash, in a process that is there for nothing else.

use super::talk::{BEAT, Fault, Order, Word, line, read};
use crate::scanner::{Cancel, ScanSettings, ScannedSide, Scanner};
use sha2::{Digest, Sha256};
use std::io::{BufRead, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Does the one thing it is ordered to on `orders`, with `scanner`, and returns. Pages are put into `folder`.
///
/// # Errors
/// When nobody listens any more; there is nothing to be done then but to end.
pub fn serve(
    scanner: &dyn Scanner,
    orders: impl BufRead + Send + 'static,
    says: impl Write + Send + 'static,
    folder: &Path,
) -> std::io::Result<()> {
    let says = Arc::new(Mutex::new(says));
    let cancel = Cancel::new();
    let (first, next) = listen(orders, cancel.clone());
    beat(Arc::clone(&says));
    let say = |word: &Word| -> std::io::Result<()> {
        let mut says = says.lock().unwrap_or_else(PoisonError::into_inner);
        says.write_all(&line(word))?;
        says.flush()
    };
    match first.recv() {
        Ok(Order::List) => match scanner.devices() {
            Ok(devices) => say(&Word::Devices(devices)),
            Err(error) => say(&Word::Fault(Fault::of(&error))),
        },
        Ok(Order::Scan { device, settings }) => scan(scanner, &device, &settings, &cancel, &next, folder, &say),
        // Anything else comes after a scan, and a closed pipe is a program that is gone.
        Ok(Order::Next | Order::Cancel) | Err(_) => Ok(()),
    }
}

fn scan(
    scanner: &dyn Scanner,
    device: &str,
    settings: &ScanSettings,
    cancel: &Cancel,
    next: &Receiver<()>,
    folder: &Path,
    say: &dyn Fn(&Word) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut lost = None;
    let outcome = scanner.scan(device, settings, cancel, &mut |side| match hand_over(&side, folder, say) {
        // The next sheet moves only after this page is kept on the other side (G13).
        Ok(()) if next.recv().is_ok() && !cancel.is_cancelled() => ControlFlow::Continue(()),
        Ok(()) => ControlFlow::Break(()),
        Err(error) => {
            lost = Some(error);
            ControlFlow::Break(())
        }
    });
    if let Some(error) = lost {
        return Err(error);
    }
    match outcome {
        Ok(end) => say(&Word::end(&end)),
        Err(error) => say(&Word::Fault(Fault::of(&error))),
    }
}

fn hand_over(side: &ScannedSide, folder: &Path, say: &dyn Fn(&Word) -> std::io::Result<()>) -> std::io::Result<()> {
    let name = format!("p{:05}", side.number);
    std::fs::write(folder.join(&name), &side.bytes)?;
    let sha256 = hex(&side.bytes);
    say(&Word::Page { number: side.number, name, bytes: side.bytes.len() as u64, sha256, dpi: side.dpi })
}

/// SHA-256 in lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hears orders on a thread of its own: the driver may not come back for minutes.
fn listen(orders: impl BufRead + Send + 'static, cancel: Cancel) -> (Receiver<Order>, Receiver<()>) {
    let (order, first) = channel();
    let (go_on, next) = channel();
    std::thread::spawn(move || {
        for order_line in orders.lines().map_while(Result::ok) {
            match read(&order_line) {
                Some(Order::Next) => drop(go_on.send(())),
                Some(Order::Cancel) => cancel.cancel(),
                Some(other) => drop(order.send(other)),
                None => {}
            }
        }
        // Whoever started this is gone: the paper is stopped, and nobody waits for a next order.
        cancel.cancel();
    });
    (first, next)
}

fn beat(says: Arc<Mutex<impl Write + Send + 'static>>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(BEAT);
            let mut says = says.lock().unwrap_or_else(PoisonError::into_inner);
            if says.write_all(&line(&Word::Beat)).and_then(|()| says.flush()).is_err() {
                return;
            }
        }
    });
}
