//! What became of a sheet after a printer had taken it (F4, T-54). It is watched for a few seconds while the clerk waits,
//! and followed for as long as the spooler holds it: paper that ran out is often put in a minute later, or the job deleted.
//! A sheet that never came out counts as no print, so that the next one is no reprint, and the clerk is told.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::DeskEvent;
use chrono::TimeDelta;
use devices::{JobState, PrintError, PrintJob};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::tables::print_job::WaitingPrint;

/// How long the spooler is watched before the clerk is told "sent to the printer".
const WATCH: Duration = Duration::from_secs(4);

/// How often what is still held is asked for.
const TICK: Duration = Duration::from_secs(5);

/// What a spooler has held for longer than this, it has forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::hours(24);

impl Desk {
    /// Whether the job came out. An error only where it is sure that it did not: a spooler that cannot be asked may
    /// well be printing.
    pub(super) fn watch(&self, job: &PrintJob) -> Result<bool, PrintError> {
        let until = Instant::now() + WATCH;
        loop {
            match self.printer.state(job).unwrap_or(JobState::Waiting) {
                JobState::Finished => return Ok(true),
                JobState::Failed { reason } => return Err(PrintError::Failed { reason }),
                // A spooler keeps what it printed for a while: what is gone at once was taken out of its queue.
                JobState::Gone => return Err(PrintError::Failed { reason: "gone from the queue".to_owned() }),
                JobState::Waiting | JobState::Printing if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(150));
                }
                JobState::Waiting | JobState::Printing => return Ok(false),
            }
        }
    }

    /// Asks what became of the sheets that a spooler still held; the answer is how many did not come out.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn follow_prints(&self) -> Result<u32, Error> {
        let Some(store) = self.opened.get() else { return Ok(0) };
        let mut lost = 0;
        for waiting in store.read(|r| r.waiting_prints())? {
            let old = self.now() - waiting.at > FORGOTTEN;
            match self.printer.state(&PrintJob { printer: waiting.printer.clone(), job: waiting.job.clone() }) {
                Ok(JobState::Failed { reason }) => {
                    self.take_back(&waiting)?;
                    lost += 1;
                    let (form, printer) = (waiting.sheet.form, waiting.printer);
                    self.tell(DeskEvent::PrintLost { form, printer, reason });
                }
                // Gone later is printed and forgotten: a sheet too much says "bản in lại", which is the safe side.
                Ok(JobState::Finished | JobState::Gone) => store.write(|tx| tx.settle_print(waiting.id))?,
                Ok(JobState::Waiting | JobState::Printing) | Err(_) if old => {
                    store.write(|tx| tx.settle_print(waiting.id))?;
                }
                Ok(JobState::Waiting | JobState::Printing) | Err(_) => {}
            }
        }
        Ok(lost)
    }

    fn take_back(&self, waiting: &WaitingPrint) -> Result<(), Error> {
        let now = self.now();
        let sheet = &waiting.sheet;
        let object = sheet.dossier.map_or_else(|| sheet.subject.clone(), |dossier| dossier.to_string());
        self.store()?.write(|tx| -> Result<(), Error> {
            tx.take_back_print(waiting.id)?;
            tx.log(now, None, "print.failed", &object)?;
            Ok(())
        })
    }

    /// Follows what spoolers hold for as long as the program runs.
    pub async fn keep_following_prints(self: Arc<Self>) {
        loop {
            tokio::time::sleep(TICK).await;
            let own = Arc::clone(&self);
            match tokio::task::spawn_blocking(move || own.follow_prints()).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::warn!(code = ?error.code().0, "prints not followed"),
                Err(_) => tracing::error!("following prints ended early"),
            }
        }
    }
}
