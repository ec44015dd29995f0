//! CUPS through `lp` and `lpstat` as child processes, without a shell; the PDF goes in by standard input.
//!
//! Only the state of a job is asked over IPP: `lpstat` shows a printed and a cancelled job with the same words
//! (measured, CUPS 2.4), and a receipt that was cancelled must not count as printed (T-54).

use super::{JobState, Media, PrintError, PrintJob, PrintRequest, Printer, PrinterInfo, ipp};
use crate::child;
use std::process::Command;
use std::time::Duration;

/// CUPS answers in milliseconds; a remote server that is down takes its connect time.
const PATIENCE: Duration = Duration::from_secs(15);
/// The queue shows it; longer ones break the columns of every tool.
const LONGEST_TITLE: usize = 80;

/// The CUPS print system.
#[derive(Debug, Clone, Default)]
pub struct Cups {
    server: Option<String>,
}

impl Cups {
    /// Makes one for the server that the system is set up for.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes one for the server at `server`: a host, `host:port`, or the path of a socket.
    #[must_use]
    pub fn at(server: impl Into<String>) -> Self {
        Self { server: Some(server.into()) }
    }

    fn run(&self, program: &str, arguments: &[&str], input: Option<&[u8]>) -> Result<child::Output, PrintError> {
        let mut command = Command::new(program);
        // The words are read here; UTF-8 keeps titles and messages whole.
        command.args(arguments).env("LC_ALL", "C.UTF-8").env_remove("LANGUAGE");
        if let Some(server) = &self.server {
            command.env("CUPS_SERVER", server);
        }
        let output = child::run(&mut command, input, PATIENCE).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => PrintError::Unavailable,
            _ => PrintError::Failed { reason: error.to_string() },
        })?;
        if output.status.is_none() {
            return Err(PrintError::Failed { reason: format!("{program} did not answer") });
        }
        Ok(output)
    }

    fn lpstat(&self, arguments: &[&str]) -> Result<String, PrintError> {
        self.run("lpstat", arguments, None).map(|output| output.stdout)
    }

    /// The printer of that name from the list, or the default, or the only one.
    fn choose(&self, wanted: Option<&str>) -> Result<PrinterInfo, PrintError> {
        let mut printers = self.printers()?;
        let at = match wanted {
            Some(name) => printers
                .iter()
                .position(|printer| printer.name == name)
                .ok_or_else(|| PrintError::NotFound { name: name.to_owned() })?,
            None if printers.len() == 1 => 0,
            None => printers.iter().position(|printer| printer.default).ok_or(PrintError::NoPrinter)?,
        };
        Ok(printers.swap_remove(at))
    }
}

impl Printer for Cups {
    fn printers(&self) -> Result<Vec<PrinterInfo>, PrintError> {
        // Without a scheduler the other calls give an empty list, which would look like "no printer".
        if !self.lpstat(&["-r"])?.contains("is running") {
            return Err(PrintError::Unavailable);
        }
        let names = self.lpstat(&["-e"])?;
        let default = self.lpstat(&["-d"])?;
        let default = default.lines().find_map(|line| line.strip_prefix("system default destination: "));
        let states = self.lpstat(&["-l", "-p"])?;
        let accepting = self.lpstat(&["-a"])?;
        Ok(names
            .lines()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| describe(name, default == Some(name), &states, &accepting))
            .collect())
    }

    fn print(&self, pdf: &[u8], request: &PrintRequest) -> Result<PrintJob, PrintError> {
        // CUPS prints anything as something, a broken PDF as pages of letters.
        if !pdf.starts_with(b"%PDF-") {
            return Err(PrintError::Failed { reason: "no PDF".to_owned() });
        }
        let copies = request.copies.clamp(1, 99).to_string();
        let printer = self.choose(request.printer.as_deref())?.name;
        let title: String = request.title.chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
        let media = match request.media {
            Media::A4 => "media=A4",
            Media::A5 => "media=A5",
        };
        let arguments = [
            ["-d", &printer],
            ["-t", &title],
            ["-n", &copies],
            ["-o", media],
            // Forms have their margins; scaled, an A5 receipt comes out at another size (NĐ 30/2020: 100 %).
            ["-o", "fit-to-page=no"],
            ["-o", "print-scaling=none"],
        ];
        let output = self.run("lp", arguments.as_flattened(), Some(pdf))?;
        let job = output.stdout.lines().find_map(|line| line.strip_prefix("request id is ")?.split(' ').next());
        match job {
            Some(job) if output.status.is_some_and(|status| status.success()) => {
                Ok(PrintJob { job: job.to_owned(), printer })
            }
            _ => Err(PrintError::Failed { reason: short(output.stderr.trim().trim_start_matches("lp: ")) }),
        }
    }

    fn state(&self, job: &PrintJob) -> Result<JobState, PrintError> {
        let number = job
            .job
            .rsplit_once('-')
            .and_then(|(_, number)| number.parse::<i32>().ok())
            .ok_or_else(|| PrintError::Failed { reason: format!("{} is no job of CUPS", job.job) })?;
        // Where the system's server is, with client.conf and environment taken into account.
        let server = self.lpstat(&["-H"])?;
        let answer = ipp::job(server.trim(), number)
            .map_err(|error| PrintError::Failed { reason: format!("{}: {error}", server.trim()) })?;
        let Some(told) = answer else { return Ok(JobState::Gone) };
        let failed = |word: &str| {
            let said = if told.message.is_empty() { &told.reasons } else { &told.message };
            JobState::Failed { reason: short(&format!("{word}: {said}")) }
        };
        // RFC 8011, 5.3.7.
        Ok(match told.state {
            3 | 4 => JobState::Waiting,
            5 => JobState::Printing,
            6 => failed("stopped"),
            7 => failed("cancelled"),
            8 => failed("aborted"),
            9 => JobState::Finished,
            _ => return Err(PrintError::Failed { reason: format!("job state {}", told.state) }),
        })
    }
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Reads what `lpstat` says of one printer.
fn describe(name: &str, default: bool, states: &str, accepting: &str) -> PrinterInfo {
    let mut trouble = Vec::new();
    let mut enabled = false;
    let mut lines = states.lines().peekable();
    while let Some(line) = lines.next() {
        let of_this = line.strip_prefix("printer ").and_then(|rest| rest.strip_prefix(name));
        let Some(rest) = of_this.filter(|rest| rest.starts_with(' ')) else { continue };
        enabled = !rest.starts_with(" disabled");
        while let Some(detail) = lines.next_if(|line| line.starts_with('\t')) {
            let detail = detail.trim();
            match detail.split_once(": ") {
                Some(("Alerts", "none")) => {}
                Some(("Alerts", alerts)) => trouble.push(alerts.to_owned()),
                // The first line is the state's message; it means something only while the printer is stopped.
                None if !enabled && trouble.is_empty() && !detail.ends_with(':') => trouble.push(detail.to_owned()),
                _ => {}
            }
        }
        break;
    }
    let taken = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" accepting"));
    let ready = enabled && accepting.lines().any(taken);
    let trouble = (!trouble.is_empty()).then(|| short(&trouble.join("; ")));
    PrinterInfo { name: name.to_owned(), default, ready, trouble }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_ready_only_when_it_takes_jobs_and_prints_them() {
        let states = "printer Quay is idle.  enabled since Mon\n\tForm mounted:\n\tContent types: any\n\tAlerts: none\n\
                      printer Quay-2 disabled since Mon -\n\tHết giấy\n\tForm mounted:\n\tAlerts: media-empty paused\n\
                      printer Quay-3 is idle.  enabled since Mon\n\tAlerts: none\n";
        let accepting = "Quay accepting requests since Mon\nQuay-2 accepting requests since Mon\n\
                         Quay-3 not accepting requests since Mon -\n\tRejecting Jobs\n";
        let told = |name: &str| describe(name, false, states, accepting);
        assert!(told("Quay").ready && told("Quay").trouble.is_none());
        assert!(!told("Quay-2").ready, "a stopped printer prints nothing although it takes jobs");
        assert_eq!(told("Quay-2").trouble.as_deref(), Some("Hết giấy; media-empty paused"));
        assert!(!told("Quay-3").ready, "it refuses jobs");
        assert!(!told("Qua").ready, "the beginning of a name is not the name");
    }

    #[test]
    fn what_is_no_pdf_never_reaches_a_printer() {
        let request = PrintRequest { printer: None, title: String::new(), media: Media::A5, copies: 1 };
        for bytes in [&b""[..], b"<html>", b"\xff\xd8\xff"] {
            assert!(matches!(Cups::new().print(bytes, &request), Err(PrintError::Failed { .. })));
        }
    }
}
