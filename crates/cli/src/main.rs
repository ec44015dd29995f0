//! `motcua`: the use cases of the counter at a console. Thin over `desk`, like the window.
//!
//! With `--json` one document goes to standard output and everything else to standard error. Exit 0: done, 1: refused
//! or failed, 2: wrong usage.

mod arguments;
mod commands;
mod fee_arguments;
mod folder_arguments;
mod output;
mod page_arguments;
mod queue_arguments;
mod scan_arguments;
mod session;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    // Its standard output belongs to whoever started it.
    if let Command::ScanWorker { driver } = arguments.command {
        return commands::serve(driver);
    }
    let json = arguments.json;
    match commands::run(arguments) {
        Ok(answer) => output::answer(&answer, json),
        Err(failure) => output::failure(&failure),
    }
}
