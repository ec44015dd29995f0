//! A real CUPS of our own, on a socket of our own, with a real cups-pdf queue. Needs root, as its backend does.
#![cfg(unix)]

use crate::stand::{file_named, program, skipped};
use devices::printer::Cups;
use devices::{JobState, Media, PrintError, PrintJob, PrintRequest, Printer};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const QUEUE: &str = "Quay_1";
const DRIVER: &str = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd";
/// One empty A5 page with its cross-reference table.
const A5_PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 419.53 595.28]>>endobj\n\
xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n\
trailer<</Size 4/Root 1 0 R>>\nstartxref\n168\n%%EOF\n";

struct Scheduler {
    folder: TempDir,
    process: Child,
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Scheduler {
    fn start() -> Option<Self> {
        let cupsd = program("cupsd")?;
        program("lpadmin")?;
        if !Path::new(DRIVER).exists() || !Path::new("/usr/lib/cups/backend/cups-pdf").exists() {
            skipped("cups-pdf is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        // Filters and backends run as another user.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        for name in ["root", "cache", "state", "spool", "tmp", "log"] {
            std::fs::create_dir(at(name)).unwrap();
        }
        std::fs::set_permissions(at("tmp"), std::fs::Permissions::from_mode(0o1777)).unwrap();
        let places = [
            ("ServerRoot", "root"),
            ("CacheDir", "cache"),
            ("StateDir", "state"),
            ("RequestRoot", "spool"),
            ("TempDir", "tmp"),
        ];
        let logs = [("AccessLog", "log/access"), ("ErrorLog", "log/error"), ("PageLog", "log/page")];
        let files: String = places.iter().chain(&logs).map(|(key, name)| format!("{key} {}\n", at(name))).collect();
        std::fs::write(at("cups-files.conf"), files + "SystemGroup root\n").unwrap();
        let all = "Order allow,deny\nAllow all\n";
        let rules = format!(
            "Listen {}\nBrowsing No\nWebInterface No\nDefaultAuthType None\n<Location />\n{all}</Location>\n\
             <Location /admin>\n{all}</Location>\n<Policy default>\n<Limit All>\n{all}</Limit>\n</Policy>\n",
            at("socket")
        );
        std::fs::write(at("cupsd.conf"), rules).unwrap();
        let process = Command::new(cupsd)
            .args(["-f", "-c", &at("cupsd.conf"), "-s", &at("cups-files.conf")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let scheduler = Self { folder, process };
        let end = Instant::now() + Duration::from_secs(10);
        while scheduler.cups().printers().is_err() {
            if Instant::now() > end {
                skipped("cupsd does not start here");
                return None;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let added = scheduler.tool("lpadmin", &["-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", DRIVER]);
        if !added {
            skipped("a cups-pdf queue cannot be added here");
            return None;
        }
        Some(scheduler)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn cups(&self) -> Cups {
        Cups::at(self.socket().display().to_string())
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> bool {
        let mut tool = Command::new(name);
        tool.args(arguments).env("CUPS_SERVER", self.socket()).stdout(Stdio::null()).stderr(Stdio::null());
        tool.status().is_ok_and(|status| status.success())
    }

    /// Waits until the job is neither waiting nor printing.
    fn outcome(&self, job: &PrintJob) -> JobState {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            match self.cups().state(job).unwrap() {
                JobState::Waiting | JobState::Printing if Instant::now() < end => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                state => return state,
            }
        }
    }
}

fn request(title: &str) -> PrintRequest {
    PrintRequest { printer: Some(QUEUE.to_owned()), title: title.to_owned(), media: Media::A5, copies: 1 }
}

#[test]
fn a_receipt_goes_through_a_real_queue_and_its_outcome_is_known() {
    let Some(scheduler) = Scheduler::start() else { return };
    let cups = scheduler.cups();
    let printers = cups.printers().unwrap();
    assert_eq!(printers.len(), 1);
    assert_eq!((printers[0].name.as_str(), printers[0].default, printers[0].ready), (QUEUE, false, true));

    let title = format!("motcua-it-{}", std::process::id());
    let job = cups.print(A5_PDF, &request(&title)).unwrap();
    assert_eq!(scheduler.outcome(&job), JobState::Finished, "{job:?}");
    let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_else(|| "/root".into()));
    let printed =
        file_named(&home.join("PDF"), &title.replace('-', "_")).or_else(|| file_named(&home.join("PDF"), &title));
    let printed = printed.expect("cups-pdf writes into the user's PDF folder");
    let paper = Command::new("pdfinfo").arg(&printed).output();
    std::fs::remove_file(&printed).unwrap();
    if let Ok(paper) = paper {
        let paper = String::from_utf8_lossy(&paper.stdout).into_owned();
        assert!(paper.contains("(A5)"), "an A5 form comes out on A5 and at 100 %: {paper}");
    }

    let sole = cups.print(A5_PDF, &PrintRequest { printer: None, ..request("sole") }).unwrap();
    assert_eq!(sole.printer, QUEUE, "the only printer needs no choosing");
    scheduler.outcome(&sole);
    if let Some(file) = file_named(&home.join("PDF"), "sole") {
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn a_stopped_printer_a_cancelled_job_and_a_broken_file_are_told_apart() {
    let Some(scheduler) = Scheduler::start() else { return };
    let cups = scheduler.cups();
    assert!(scheduler.tool("cupsdisable", &["-r", "Het giay", QUEUE]));
    let printer = cups.printers().unwrap().swap_remove(0);
    assert!(!printer.ready && printer.trouble.is_some_and(|why| why.contains("Het giay")), "the clerk sees why (T-54)");

    let job = cups.print(A5_PDF, &request("held")).unwrap();
    assert_eq!(cups.state(&job).unwrap(), JobState::Waiting, "taken, but nothing is printed");
    assert!(scheduler.tool("cancel", &[&job.job]));
    let cancelled = scheduler.outcome(&job);
    assert!(
        matches!(&cancelled, JobState::Failed { reason } if reason.starts_with("cancelled")),
        "a job deleted in the queue was not printed (T-54): {cancelled:?}"
    );
    let purged = PrintJob { job: format!("{QUEUE}-9999"), ..job };
    assert_eq!(
        cups.state(&purged).unwrap(),
        JobState::Gone,
        "a job that nobody knows any more is not counted as printed"
    );

    assert!(scheduler.tool("cupsenable", &[QUEUE]));
    let broken = cups.print(b"%PDF-1.4 and then nothing that is a PDF", &request("broken")).unwrap();
    let state = scheduler.outcome(&broken);
    // cups-pdf writes an empty page all the same; only what is newer than this scheduler is ours to remove.
    let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_else(|| "/root".into()));
    let number = broken.job.rsplit('-').next().unwrap_or_default();
    let age = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    if let Some(file) = file_named(&home.join("PDF"), &format!("_PDF-job_{number}.pdf"))
        && age(&file) > age(&scheduler.folder.path().join("cupsd.conf"))
    {
        std::fs::remove_file(file).unwrap();
    }
    assert!(matches!(state, JobState::Failed { .. }), "a file the filters refuse was not printed: {state:?}");
}

#[test]
fn no_printer_of_that_name_and_a_refusing_one_take_nothing() {
    let Some(scheduler) = Scheduler::start() else { return };
    let cups = scheduler.cups();
    for name in ["Quay_2", "", "-h", "Quay_1; reboot", "Quay_1/instance", "quay_1 "] {
        let wanted = PrintRequest { printer: Some(name.to_owned()), ..request("x") };
        assert!(matches!(cups.print(A5_PDF, &wanted), Err(PrintError::NotFound { .. })), "{name:?} is not in the list");
    }
    assert!(scheduler.tool("cupsreject", &[QUEUE]));
    let refused = cups.print(A5_PDF, &request("x"));
    assert!(matches!(&refused, Err(PrintError::Failed { reason }) if reason.contains("not accepting")), "{refused:?}");
    assert!(!cups.printers().unwrap()[0].ready);
}

#[test]
fn without_a_scheduler_there_is_no_print_system() {
    if program("lpstat").is_none() {
        return;
    }
    let cups = Cups::at("/nonexistent/socket");
    assert!(matches!(cups.printers(), Err(PrintError::Unavailable)));
    assert!(matches!(cups.print(A5_PDF, &request("x")), Err(PrintError::Unavailable)));
}
