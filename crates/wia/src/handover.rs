//! A page goes from the driver's thread to the one that keeps it, and the driver waits until it is kept (G13).
//!
//! COM calls back on a thread of its own choosing, where whoever asked for the scan cannot be called.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// The driver's end.
#[derive(Debug)]
pub struct Giving<T> {
    pages: SyncSender<T>,
    kept: Receiver<ControlFlow<()>>,
    given: u32,
}

/// The end where pages are kept.
#[derive(Debug)]
pub struct Taking<T> {
    pages: Receiver<T>,
    kept: SyncSender<ControlFlow<()>>,
}

/// Makes both ends.
#[must_use]
pub fn handover<T>() -> (Giving<T>, Taking<T>) {
    // No page lies in between: one that was given is one that is being kept.
    let (pages, taken) = sync_channel(0);
    let (verdict, kept) = sync_channel(1);
    (Giving { pages, kept, given: 0 }, Taking { pages: taken, kept: verdict })
}

impl<T> Giving<T> {
    /// Gives a page and comes back when it is kept; breaks when no further page is wanted.
    pub fn give(&mut self, page: T) -> ControlFlow<()> {
        if self.pages.send(page).is_err() {
            return ControlFlow::Break(());
        }
        self.given += 1;
        self.kept.recv().unwrap_or(ControlFlow::Break(()))
    }

    /// How many pages were given.
    #[must_use]
    pub fn given(&self) -> u32 {
        self.given
    }
}

impl<T> Taking<T> {
    /// Keeps page after page until the driver's end is dropped.
    pub fn each(self, keep: &mut dyn FnMut(T) -> ControlFlow<()>) {
        for page in &self.pages {
            // Nobody waits for the verdict where the driver is gone.
            let _ = self.kept.send(keep(page));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn a_page_is_kept_before_the_next_is_given() {
        // G13
        static KEPT: AtomicU32 = AtomicU32::new(0);
        let (mut giving, taking) = handover();
        let driver = std::thread::spawn(move || {
            for page in 1..=50 {
                assert!(giving.give(page).is_continue());
                assert_eq!(KEPT.load(Ordering::SeqCst), page, "the driver went on before the page was kept");
            }
            giving.given()
        });
        taking.each(&mut |page| {
            KEPT.store(page, Ordering::SeqCst);
            ControlFlow::Continue(())
        });
        assert_eq!(driver.join().unwrap(), 50);
    }

    #[test]
    fn a_break_reaches_the_driver_and_so_does_an_end() {
        let (mut giving, taking) = handover();
        let driver = std::thread::spawn(move || (1..).take_while(|&page| giving.give(page).is_continue()).count());
        taking.each(&mut |page| if page < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) });
        assert_eq!(driver.join().unwrap(), 2, "the third was kept and was the last");
        let (mut giving, taking) = handover();
        drop(taking);
        assert!(giving.give(1).is_break() && giving.given() == 0, "a page that nobody took was not given");
    }
}
