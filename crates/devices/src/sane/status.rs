//! What `scanimage` says when something goes wrong, read into our few faults.
//!
//! The words are those of `sane_strstatus` and are the same for every driver. The exit code is the status too, but 1
//! is also everything else, so the words decide and the code only tells whether there was a fault at all.

use crate::scanner::ScanError;

/// What the last message of a run means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The feeder has no paper (left).
    NoPaper,
    /// Somebody pressed Cancel at the device.
    Cancelled,
    /// Nothing of note.
    Fine,
}

/// Reads the messages and exit code of a run for the device `name`; the code is none after a signal.
pub(super) fn read(name: &str, lines: &[String], code: Option<i32>) -> Result<Said, ScanError> {
    let verdict = lines.iter().rev().find_map(|line| verdict(line).map(|(opening, text)| (line, opening, text)));
    let failed = |line: &str| ScanError::Failed { message: shorten(line), code };
    let Some((line, opening, text)) = verdict else {
        return match code {
            Some(0) => Ok(Said::Fine),
            _ => Err(failed(lines.iter().rev().find(|line| !line.trim().is_empty()).map_or("", |line| line))),
        };
    };
    match text {
        "Document feeder out of documents" => Ok(Said::NoPaper),
        "Operation was canceled" | "Operation was cancelled" => Ok(Said::Cancelled),
        "Document feeder jammed" => Err(ScanError::Jam),
        "Scanner cover is open" => Err(ScanError::CoverOpen),
        "Device busy" | "Lamp not ready, please retry" => Err(ScanError::Busy),
        "Access to resource has been denied" => Err(ScanError::AccessDenied),
        // An unplugged or switched-off device answers the opening in one of these ways.
        "" | "Invalid argument" | "Error during device I/O" | "End of file reached" if opening => {
            Err(ScanError::NotFound { device: format!("sane:{name}") })
        }
        // Whatever the exit code: taking a fault for the end of the paper would lose sheets silently (T-13).
        _ => Err(failed(line)),
    }
}

/// Whether `line` tells a fault or the end of the paper, after which no page comes.
pub(super) fn is_verdict(line: &str) -> bool {
    verdict(line).is_some()
}

/// Whether `line` says that the batch has ended.
pub(super) fn is_end(line: &str) -> bool {
    line.starts_with("Batch terminated")
}

/// The status that a line tells, and whether it is of opening the device.
///
/// Drivers chatter on the same channel; only lines of scanimage itself that carry a status count.
fn verdict(line: &str) -> Option<(bool, &str)> {
    let line = line.strip_prefix("scanimage: ")?;
    let marks = ["sane_start: ", "sane_read: ", " failed: ", " failed ("];
    let told = marks.iter().find_map(|mark| line.split_once(mark)).map(|(_, text)| text.trim_end_matches(')'));
    match told {
        Some(text) => Some((line.contains("open of device"), text)),
        None => line.contains("no SANE devices found").then_some((true, "")),
    }
}

/// Like `read`, for runs that do not scan.
pub(super) fn fault(name: &str, lines: &[String], code: Option<i32>) -> Result<(), ScanError> {
    if code == Some(0) { Ok(()) } else { read(name, lines, code).map(|_| ()) }
}

fn shorten(line: &str) -> String {
    line.trim().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[&str], code: Option<i32>) -> Result<Said, ScanError> {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        read("test:0", &lines, code)
    }

    #[test]
    fn every_status_has_its_fault() {
        let after = |text: &str| format!("scanimage: sane_start: {text}");
        let fault =
            |text: &str, code| said(&["Scanning page 3", &after(text), "Batch terminated, 2 pages scanned"], code);
        assert!(matches!(fault("Document feeder jammed", Some(6)), Err(ScanError::Jam)));
        assert!(matches!(fault("Scanner cover is open", Some(8)), Err(ScanError::CoverOpen)));
        assert!(matches!(fault("Device busy", Some(3)), Err(ScanError::Busy)));
        assert!(matches!(fault("Access to resource has been denied", Some(11)), Err(ScanError::AccessDenied)));
        assert!(matches!(fault("Document feeder out of documents", Some(0)), Ok(Said::NoPaper)));
        assert!(matches!(fault("Document feeder out of documents", Some(7)), Ok(Said::NoPaper)));
        assert!(matches!(fault("Operation was canceled", Some(2)), Ok(Said::Cancelled)));
        assert!(
            matches!(fault("Error during device I/O", Some(0)), Err(ScanError::Failed { .. })),
            "a fault is never taken for the end of the paper (T-13)"
        );
        assert!(
            matches!(said(&["[12:00:00] [epson2] sane_read: Error during device I/O"], Some(0)), Ok(Said::Fine)),
            "the chatter of a driver is no status"
        );
        let Err(ScanError::Failed { message, code }) = fault("Error during device I/O", Some(9)) else {
            panic!("an I/O error in the middle is a fault of its own");
        };
        assert_eq!((message.as_str(), code), ("scanimage: sane_start: Error during device I/O", Some(9)));
    }

    #[test]
    fn a_device_that_cannot_be_opened_is_not_found_and_a_held_one_is_busy() {
        let open = |text: &str| said(&[&format!("scanimage: open of device test:9 failed: {text}")], Some(1));
        assert!(matches!(open("Invalid argument"), Err(ScanError::NotFound { device }) if device == "sane:test:0"));
        assert!(matches!(open("Error during device I/O"), Err(ScanError::NotFound { .. })));
        assert!(matches!(open("Device busy"), Err(ScanError::Busy)));
        assert!(matches!(open("Access to resource has been denied"), Err(ScanError::AccessDenied)));
        assert!(matches!(said(&["scanimage: no SANE devices found"], Some(1)), Err(ScanError::NotFound { .. })));
    }

    #[test]
    fn an_option_refused_and_a_crash_keep_the_words() {
        let refused = said(&["scanimage: setting of option --source failed (Invalid argument)"], Some(1));
        assert!(
            matches!(refused, Err(ScanError::Failed { message, .. }) if message.contains("--source")),
            "the option refused is what an administrator has to know"
        );
        let crashed = said(&["free(): invalid pointer"], None);
        assert!(matches!(crashed, Err(ScanError::Failed { code: None, .. })), "a signal has no exit code (T-17)");
    }
}
