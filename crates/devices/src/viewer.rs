//! Opening a PDF with the system's own viewer, which stays open when the counter closes.
//!
//! The path goes as one argument to one program, never through a shell.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// There is no such file, or it is no PDF.
    #[error("{} is no PDF file", path.display())]
    NotAPdf {
        /// The path asked for.
        path: PathBuf,
    },
    /// The program that opens files is not installed or did not start.
    #[error("{program} did not start: {source}")]
    NoViewer {
        /// The program's name.
        program: &'static str,
        /// The cause.
        source: std::io::Error,
    },
}

/// Opens `path` with the viewer the user has chosen for PDF files and returns at once.
///
/// # Errors
/// When the file is no PDF or no opener starts.
pub fn open_pdf(path: &Path) -> Result<(), ViewError> {
    let not_a_pdf = || ViewError::NotAPdf { path: path.to_owned() };
    // Openers run whatever a file's type asks for, so only what really is a PDF goes to them.
    if !is_pdf(path) {
        return Err(not_a_pdf());
    }
    let path = std::path::absolute(path).map_err(|_| not_a_pdf())?;
    let mut child = opener()
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|source| ViewError::NoViewer { program: OPENER, source })?;
    // Somebody has to collect the exit status, or the opener stays a zombie for as long as the counter runs.
    std::thread::spawn(move || {
        if let Ok(status) = child.wait()
            && !status.success()
            && !cfg!(windows)
        {
            tracing::warn!(%status, "the PDF viewer reported a failure");
        }
    });
    Ok(())
}

fn is_pdf(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("pdf"));
    let mut head = [0; 5];
    named
        && std::fs::File::open(path).is_ok_and(|mut file| std::io::Read::read_exact(&mut file, &mut head).is_ok())
        && head == *b"%PDF-"
}

#[cfg(windows)]
const OPENER: &str = "explorer.exe";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(any(windows, target_os = "macos")))]
const OPENER: &str = "xdg-open";

#[cfg(unix)]
fn opener() -> Command {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(OPENER);
    // Its own process group, so that closing the counter's terminal does not close the viewer.
    command.process_group(0);
    command
}

#[cfg(not(unix))]
fn opener() -> Command {
    Command::new(OPENER)
}
