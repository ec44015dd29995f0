//! The papers, looked at by others: poppler, qpdf and zbar are witnesses that know nothing of this code.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod archive;
mod every_form;
mod fees;
mod forms;
mod read;
mod receipt;
mod samples;
mod seen;
mod witness;
