//! Papers out and papers looked into: printed forms, archive PDF/A, pages of PDFs that came in.
//!
//! Pure: fonts and color profile are part of the program. Every document is a function of its input
//! alone, so the same dossier gives the same bytes and the same hash.

pub mod archive;
pub mod forms;
pub mod read;

pub use archive::{Archive, ArchiveInfo, ArchivePage, ComposeError};
pub use forms::{FormError, Paper};
pub use read::{PdfPage, PdfRefusal};
