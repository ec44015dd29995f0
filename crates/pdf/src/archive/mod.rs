//! The archive document (tài liệu số hóa) of one component: its pages in order, as they came.
//!
//! JPEG bytes go in unchanged, other pictures without loss, a photograph is laid flat, turning is done by the page and not by
//! re-encoding (NĐ 30/2020 Appendix I: scale 100 %, PDF 1.4 or later). A document of pictures alone is
//! PDF/A-2b. A component that is one whole PDF stays that very file, so that its signatures hold (T-34).

mod copy;
mod metadata;
mod picture;
mod sheaf;

use crate::read::{self, PdfRefusal};
use chrono::{DateTime, FixedOffset};
use domain::Crop;
use pdf_writer::types::OutputIntentSubtype;
use pdf_writer::{Finish, Pdf, Ref, TextStr};
use sha2::{Digest, Sha256};
use sheaf::Sheaf;
use std::io::Write;

/// The small sRGB profile of the output intent.
const SRGB: &[u8] = include_bytes!("../../../../assets/icc/srgb.icc");

/// What makes the documents, as they say themselves.
const PRODUCER: &str = "Một Cửa";

/// One page that goes into the archive (trang lưu trữ).
#[derive(Debug, Clone, Copy)]
pub enum ArchivePage<'a> {
    /// A page of a picture file.
    Picture {
        /// The file.
        bytes: &'a [u8],
        /// Which page of it, from 0.
        index: u32,
        /// How it is read.
        seen: Seen,
    },
    /// A page of a PDF that came in.
    Pdf {
        /// The file.
        bytes: &'a [u8],
        /// Which page of it, from 0.
        index: u32,
        /// How it is read.
        seen: Seen,
    },
}

/// How a page is read (chỉnh trang): the reader turns and cuts it, its bytes stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Where the paper lies on a photograph, which is laid flat: the one picture that is drawn anew.
    pub flat: Option<imaging::Flat>,
    /// Quarter turns clockwise.
    pub turns: u8,
    /// What is seen after turning.
    pub crop: Option<Crop>,
}

impl Seen {
    /// As it came.
    pub const WHOLE: Self = Self { flat: None, turns: 0, crop: None };

    /// The part of `sheet` that is seen, before the page is turned by `quarters` in all.
    fn part(self, [left, bottom, right, top]: [f32; 4], quarters: u8) -> [f32; 4] {
        let Some(crop) = self.crop else { return [left, bottom, right, top] };
        let crop = crop.turned(4 - quarters % 4);
        let across = |at: u16| left + (right - left) * f32::from(at) / 10_000.0;
        let down = |at: u16| top - (top - bottom) * f32::from(at) / 10_000.0;
        [across(crop.left), down(crop.bottom), across(crop.right), down(crop.top)]
    }

    /// What a page says of so many quarters.
    fn degrees(quarters: u8) -> i32 {
        i32::from(quarters % 4) * 90
    }
}

impl<'a> ArchivePage<'a> {
    fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Picture { bytes, .. } | Self::Pdf { bytes, .. } => bytes,
        }
    }
}

/// What the document says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveInfo {
    /// Title.
    pub title: String,
    /// The program or system that made it.
    pub creator: String,
    /// When it was made.
    pub created: DateTime<FixedOffset>,
    /// What the document's identifier is made of, beside its title and time: the dossier and component, say.
    pub seed: String,
}

/// A finished archive document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: u32,
    /// `PDF/A-2b`, or none when a foreign PDF page or a picture in inks is inside.
    pub conformance: Option<&'static str>,
}

/// Why no archive document can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// No pages were given.
    #[error("there are no pages")]
    NoPages,
    /// A picture cannot be read.
    #[error("page {page} cannot be read")]
    Picture {
        /// Its place, from 0.
        page: usize,
        /// Why.
        source: imaging::Refusal,
    },
    /// A page of a PDF cannot be read.
    #[error("page {page} cannot be read")]
    Pdf {
        /// Its place, from 0.
        page: usize,
        /// Why.
        source: PdfRefusal,
    },
    /// What the document is written to takes no more, and knows why.
    #[error("the document cannot be written")]
    Write,
}

/// Makes the archive document of `pages`, in their order; equal input gives equal bytes. For what fits into memory;
/// otherwise [`Composer`].
///
/// # Errors
/// [`ComposeError`] names the page that cannot be read.
pub fn compose(pages: &[ArchivePage<'_>], info: &ArchiveInfo) -> Result<Archive, ComposeError> {
    if let Some(bytes) = whole_file(pages)? {
        let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        return Ok(Archive { bytes: bytes.to_vec(), pages: count, conformance: None });
    }
    let mut bytes = Vec::with_capacity(pages.iter().map(|page| page.bytes().len()).sum::<usize>() + 64 * 1024);
    let mut composer = Composer::new(info, &mut bytes)?;
    composer.add(pages)?;
    let Composed { pages, conformance } = composer.finish()?;
    Ok(Archive { bytes, pages, conformance })
}

/// An archive document that goes out as it is made: it holds the pages it is given and nothing of those before.
pub struct Composer<'w> {
    sheaf: Sheaf<'w>,
    info: ArchiveInfo,
    next: Ref,
    catalog: Ref,
    tree: Ref,
    kids: Vec<Ref>,
    archival: bool,
}

/// What a document became that is written already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Composed {
    /// Its pages.
    pub pages: u32,
    /// As [`Archive::conformance`].
    pub conformance: Option<&'static str>,
}

impl<'w> Composer<'w> {
    /// Begins a document that is written to `out`.
    ///
    /// # Errors
    /// [`ComposeError::Write`].
    pub fn new(info: &ArchiveInfo, out: &'w mut dyn Write) -> Result<Self, ComposeError> {
        let mut next = Ref::new(1);
        let (catalog, tree) = (next.bump(), next.bump());
        let sheaf = Sheaf::new(out).map_err(|_| ComposeError::Write)?;
        Ok(Self { sheaf, info: info.clone(), next, catalog, tree, kids: Vec::new(), archival: true })
    }

    /// Adds `pages`. Pages of one PDF that follow each other share what they share there, if they are given together.
    ///
    /// # Errors
    /// [`ComposeError`] names the page that cannot be read, counted over the whole document; nothing can be added then.
    pub fn add(&mut self, pages: &[ArchivePage<'_>]) -> Result<(), ComposeError> {
        let mut run = 0;
        while let Some(page) = pages.get(run) {
            let mut part = Pdf::with_capacity(page.bytes().len() + 4 * 1024);
            let at = self.kids.len();
            match page {
                ArchivePage::Picture { bytes, index, seen } => {
                    let drawn = picture::write(&mut part, &mut self.next, self.tree, bytes, *index, *seen)
                        .map_err(|source| ComposeError::Picture { page: at, source })?;
                    self.archival &= drawn.archival;
                    self.kids.push(drawn.page);
                    run += 1;
                }
                ArchivePage::Pdf { bytes, .. } => {
                    // A run of pages of one file shares what they share, fonts above all.
                    let indices: Vec<(u32, Seen)> =
                        pages[run..].iter().map_while(|page| page_of(page, bytes)).collect();
                    let copied = read::guarded(|| copy::write(&mut part, &mut self.next, self.tree, bytes, &indices))
                        .map_err(|source| ComposeError::Pdf { page: at, source })?;
                    self.archival = false;
                    run += copied.len();
                    self.kids.extend(copied);
                }
            }
            self.sheaf.put(part).map_err(|_| ComposeError::Write)?;
        }
        Ok(())
    }

    /// Ends the document.
    ///
    /// # Errors
    /// [`ComposeError::NoPages`] when none was added; [`ComposeError::Write`].
    pub fn finish(mut self) -> Result<Composed, ComposeError> {
        if self.kids.is_empty() {
            return Err(ComposeError::NoPages);
        }
        let (details, metadata, intent) = (self.next.bump(), self.next.bump(), self.next.bump());
        let pages = u32::try_from(self.kids.len()).unwrap_or(u32::MAX);
        let mut pdf = Pdf::with_capacity(64 * 1024);
        pdf.pages(self.tree).count(i32::try_from(pages).unwrap_or(i32::MAX)).kids(self.kids);
        metadata::info(&mut pdf, details, &self.info);
        pdf.icc_profile(intent, SRGB).n(3).range([0.0, 1.0, 0.0, 1.0, 0.0, 1.0]).finish();
        let xmp = metadata::xmp(&self.info, self.archival);
        pdf.metadata(metadata, xmp.as_bytes()).finish();
        let mut root = pdf.catalog(self.catalog);
        root.pages(self.tree).metadata(metadata).lang(TextStr("vi"));
        root.viewer_preferences().display_doc_title(true);
        if self.archival {
            root.output_intents()
                .push()
                .subtype(OutputIntentSubtype::PDFA)
                .output_condition_identifier(TextStr("sRGB"))
                .info(TextStr("sRGB IEC61966-2.1"))
                .dest_output_profile(intent);
        }
        root.finish();
        let id = identifier(&self.info);
        let written = self.sheaf.put(pdf).and_then(|()| self.sheaf.finish(self.catalog, details, &id));
        written.map_err(|_| ComposeError::Write)?;
        Ok(Composed { pages, conformance: self.archival.then_some("PDF/A-2b") })
    }
}

/// The file that `pages` are the whole of, if they are all of one PDF, in its order and as they came: it stays that very file.
///
/// # Errors
/// [`ComposeError::NoPages`]; [`ComposeError::Pdf`] when it cannot be read.
pub fn whole_file<'a>(pages: &[ArchivePage<'a>]) -> Result<Option<&'a [u8]>, ComposeError> {
    let bytes = match pages.first() {
        None => return Err(ComposeError::NoPages),
        Some(ArchivePage::Picture { .. }) => return Ok(None),
        Some(ArchivePage::Pdf { bytes, .. }) => *bytes,
    };
    let in_order = pages.iter().zip(0..).all(|(page, place)| page_of(page, bytes) == Some((place, Seen::WHOLE)));
    if !in_order {
        return Ok(None);
    }
    let held = read::inspect(bytes).map_err(|source| ComposeError::Pdf { page: 0, source })?;
    // What is archived must stay readable without any secret, so an encrypted file is copied out of its encryption.
    let plain = read::guarded(|| Ok(!copy::is_encrypted(bytes))).unwrap_or(false);
    Ok((plain && held.len() == pages.len()).then_some(bytes))
}

/// The index of `page` and how it is read, when it is one of the file `bytes`.
fn page_of(page: &ArchivePage<'_>, bytes: &[u8]) -> Option<(u32, Seen)> {
    match page {
        ArchivePage::Pdf { bytes: of, index, seen } if std::ptr::eq(*of, bytes) || *of == bytes => {
            Some((*index, *seen))
        }
        ArchivePage::Pdf { .. } | ArchivePage::Picture { .. } => None,
    }
}

fn identifier(info: &ArchiveInfo) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in [&info.seed, &info.title, &info.creator, &info.created.to_rfc3339()] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()[..16].to_vec()
}
