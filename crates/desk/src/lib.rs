//! The use cases of the counter, in the order of the day; the only crate that joins the others.
pub mod error;
pub mod view;
