//! Answers and failures, for people and for programs.

use desk::UserError;
use desk::view::Locale;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// Why a command did not go through.
pub(crate) enum Failure {
    /// The desk refused or failed.
    Refused(Box<UserError>),
    /// What was typed does not fit, in English like clap's own messages.
    Usage(String),
}

impl From<desk::Error> for Failure {
    fn from(error: desk::Error) -> Self {
        Self::Refused(Box::new(error.for_person(Locale::Vi)))
    }
}

pub(crate) fn answer(answer: &Value, json: bool) -> ExitCode {
    let text = if json { answer.to_string() } else { serde_json::to_string_pretty(answer).unwrap_or_default() };
    // A closed pipe is the reader's business.
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}

pub(crate) fn failure(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Refused(error) => {
            let error = json!({ "error": { "code": error.code, "message": error.message, "hint": error.hint, "reference": error.reference } });
            let _ = writeln!(std::io::stdout(), "{error}");
            ExitCode::from(1)
        }
        Failure::Usage(text) => {
            let _ = writeln!(std::io::stderr(), "error: {text}");
            ExitCode::from(2)
        }
    }
}
