//! Asking again while a scanner is busy or warms up (T-10).

use crate::verdict::{Code, is_passing};
use std::time::{Duration, Instant};

/// How often, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between two tries.
    pub pause: Duration,
    /// After that the last answer counts.
    pub most: Duration,
}

impl Patience {
    /// A lamp warms up in half a minute; a colleague's scan on a shared scanner is over in a minute.
    pub const USUAL: Self = Self { pause: Duration::from_secs(1), most: Duration::from_secs(60) };

    /// Tries until it succeeds, fails for good or for too long; none when `stopped` meanwhile.
    ///
    /// # Errors
    /// With the code of the last try.
    pub fn with<T>(
        self,
        stopped: &dyn Fn() -> bool,
        mut attempt: impl FnMut() -> Result<T, Code>,
    ) -> Result<Option<T>, Code> {
        let end = Instant::now() + self.most;
        loop {
            if stopped() {
                return Ok(None);
            }
            match attempt() {
                Ok(done) => return Ok(Some(done)),
                Err(code) if is_passing(code) && Instant::now() < end => std::thread::sleep(self.pause),
                Err(code) => return Err(code),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const BUSY: Code = 0x8021_0006_u32.cast_signed();
    const JAM: Code = 0x8021_0002_u32.cast_signed();
    const BRIEF: Patience = Patience { pause: Duration::from_millis(1), most: Duration::from_secs(60) };

    #[test]
    fn busy_is_asked_again_and_a_jam_is_not() {
        // T-10
        let tries = Cell::new(0);
        let count = || {
            tries.set(tries.get() + 1);
            tries.get()
        };
        assert_eq!(BRIEF.with(&|| false, || if count() < 25 { Err(BUSY) } else { Ok("page") }), Ok(Some("page")));
        tries.set(0);
        assert_eq!(BRIEF.with(&|| false, || if count() < 5 { Err::<(), _>(JAM) } else { Ok(()) }), Err(JAM));
        assert_eq!(tries.get(), 1);
    }

    #[test]
    fn busy_for_ever_is_told_and_a_stop_is_heard() {
        let at_once = Patience { most: Duration::ZERO, ..BRIEF };
        assert_eq!(at_once.with(&|| false, || Err::<(), _>(BUSY)), Err(BUSY));
        let tries = Cell::new(0);
        let attempt = || {
            tries.set(tries.get() + 1);
            Err::<(), _>(BUSY)
        };
        assert_eq!(BRIEF.with(&|| tries.get() == 3, attempt), Ok(None));
    }
}
