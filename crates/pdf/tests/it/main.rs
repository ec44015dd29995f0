//! The papers, looked at by others: poppler, qpdf and zbar are witnesses that know nothing of this code.

mod archive;
mod read;
mod receipt;
mod samples;
mod witness;
