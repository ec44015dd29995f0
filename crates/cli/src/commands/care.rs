//! Whether what is kept is whole, and a second place for it.

use super::{told, value};
use crate::output::Failure;
use crate::session::{password, user};
use desk::{BackupStep, Desk, Parts};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

/// `motcua check`. Ended from outside, it goes on from there the next time.
pub(crate) fn check(desk: &Desk, fresh: bool) -> Result<Value, Failure> {
    let mut news = News::default();
    let report = desk.check(fresh, &mut |progress| {
        news.tell(progress.checked, progress.total);
        true
    });
    Ok(value(told(desk, report)?))
}

/// `motcua backup`
pub(crate) fn back_up(desk: &Desk, folder: &Path, daily: bool) -> Result<Value, Failure> {
    let mut news = News::default();
    let report = desk.back_up(folder, daily, &mut |BackupStep { done, total }| {
        news.tell(done, total);
        true
    });
    Ok(value(told(desk, report)?))
}

/// `motcua restore`
pub(crate) fn restore(dir: &Path, folder: &Path) -> Result<Value, Failure> {
    let mut news = News::default();
    let who = (user()?, password()?);
    // Whether it is a training station is not known yet; no scanner is used.
    let parts = Parts::of_this_machine(false)?;
    let report = Desk::restore(folder, dir, (&who.0, &who.1), &parts, &mut |BackupStep { done, total }| {
        news.tell(done, total);
    });
    Ok(value(report?))
}

/// A line on standard error now and then, so that people see that it goes on.
#[derive(Default)]
struct News(Option<Instant>);

impl News {
    fn tell(&mut self, done: u64, of: u64) {
        let last = self.0.get_or_insert_with(Instant::now);
        if last.elapsed() > Duration::from_secs(5) {
            tracing::warn!(done, of, "going on");
            *last = Instant::now();
        }
    }
}
