//! One PDF per component: pages in order, JPEG bytes as they came.

use crate::clock::Clock;
use crate::fault::Error;
use crate::import::{file_name, read_file};
use crate::pages::look;
use crate::view::Locale;
use chrono::{DateTime, FixedOffset};
use domain::dossier::{Digitized, page_list_hash};
use domain::{Disposition, FileHash, MediaType, Page, PageEdit, PageSource};
use pdf::archive::{ArchiveInfo, ArchivePage, Composer, Seen, compose};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use store::Store;

/// The kept pages of a component, in order.
pub(crate) fn kept(pages: &[Page], component: u32) -> impl Iterator<Item = &Page> {
    pages.iter().filter(move |page| page.component == component && page.disposition == Disposition::Kept)
}

/// Makes and keeps the PDF of a component; none for no pages.
pub(crate) fn component(
    store: &Store,
    title: &str,
    pages: &[&Page],
    now: DateTime<FixedOffset>,
) -> Result<Option<Digitized>, Error> {
    if pages.is_empty() {
        return Ok(None);
    }
    let made_of = page_list_hash(pages.iter().copied());
    let info =
        ArchiveInfo { title: title.to_owned(), creator: CREATOR.into(), created: now, seed: made_of.to_string() };
    let (file, bytes) = match one_file(store, pages)? {
        Some(file) => file,
        None => {
            let (file, bytes, ()) = store.put_stream(|out| write(store, pages, &info, out))?;
            (file, bytes)
        }
    };
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    Ok(Some(Digitized { file, bytes, pages: count, made_of, reused_from: reused_from(pages) }))
}

/// The PDF that came in, where the pages are the whole of it and in its order: its signatures hold then.
fn one_file(store: &Store, pages: &[&Page]) -> Result<Option<(FileHash, u64)>, Error> {
    // Only a PDF can be a document as it is; a picture is read where it is written.
    let whole = |first: &&&Page| first.media == MediaType::Pdf && pages.iter().all(|page| page.file == first.file);
    let Some(first) = pages.first().filter(whole) else { return Ok(None) };
    let bytes = store.file(&first.file)?;
    let pages: Vec<ArchivePage<'_>> =
        pages.iter().map(|page| archive_page(page.media, &bytes, page.file_index, &page.edit)).collect();
    Ok(pdf::archive::whole_file(&pages)?.map(|bytes| (first.file, bytes.len() as u64)))
}

/// Writes the document; pages of one file that follow each other are in memory, and no others.
fn write(store: &Store, pages: &[&Page], info: &ArchiveInfo, out: &mut dyn Write) -> Result<(), Error> {
    let mut composer = Composer::new(info, out)?;
    for run in pages.chunk_by(|one, next| one.file == next.file) {
        let bytes = store.file(&run[0].file)?;
        let run: Vec<_> =
            run.iter().map(|page| archive_page(page.media, &bytes, page.file_index, &page.edit)).collect();
        composer.add(&run)?;
    }
    composer.finish()?;
    Ok(())
}

/// The dossier that all of these pages were taken over from; none where one was scanned for this dossier.
fn reused_from(pages: &[&Page]) -> Option<String> {
    let code = |page: &&Page| match &page.source {
        PageSource::Reused { code, .. } => Some(code.clone()),
        PageSource::Scanner { .. } | PageSource::File { .. } | PageSource::Phone => None,
    };
    let codes: Option<Vec<String>> = pages.iter().map(code).collect();
    codes?.into_iter().next()
}

const CREATOR: &str = "Một Cửa";

fn archive_page<'a>(media: MediaType, bytes: &'a [u8], index: u32, edit: &PageEdit) -> ArchivePage<'a> {
    let seen = Seen { flat: edit.flat.map(crate::photo::on_picture), turns: edit.turns, crop: edit.crop };
    match media {
        MediaType::Pdf => ArchivePage::Pdf { bytes, index, seen },
        MediaType::Jpeg | MediaType::Png | MediaType::Tiff => ArchivePage::Picture { bytes, index, seen },
    }
}

/// Files to put together outside any dossier.
#[derive(Debug, Clone)]
pub struct DigitizeInput<'a> {
    /// The files, in order.
    pub files: &'a [PathBuf],
    /// Where the PDF goes.
    pub output: &'a Path,
    /// Language of refusals.
    pub locale: Locale,
}

/// What was made of them (interfaces.md: `motcua digitize`).
#[derive(Debug, Clone, Serialize)]
pub struct DigitizeReport {
    /// One entry a page, and one a refused file.
    pub pages: Vec<ReportPage>,
    /// The PDF.
    pub output: ReportOutput,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

/// One page of the report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportPage {
    /// Name of the file.
    pub source: String,
    /// Page within the file, from 0.
    pub index: u32,
    /// `kept` or `set_aside`.
    pub disposition: &'static str,
    /// Why it was set aside.
    pub reason: Option<String>,
    /// Resolution.
    pub dpi: u32,
    /// Width.
    pub width_px: u32,
    /// Height.
    pub height_px: u32,
}

/// The PDF of the report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportOutput {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its pages.
    pub pages: u32,
    /// `PDF/A-2b`, or none where a foreign page or color stands against it.
    pub conformance: Option<String>,
    /// Its hash.
    pub sha256: FileHash,
}

/// Puts files together into one PDF. A refused file is set aside with its reason; the others go on.
///
/// # Errors
/// When nothing is left to put together, or the output cannot be written. The output appears whole or not at all.
pub fn digitize_files(input: &DigitizeInput<'_>, clock: &Clock) -> Result<DigitizeReport, Error> {
    let started = std::time::Instant::now();
    let mut pages = Vec::new();
    let mut sources: Vec<(MediaType, Vec<u8>, u32)> = Vec::new();
    let mut last_refusal = None;
    for path in input.files {
        let source = file_name(path);
        match read_file(path).and_then(|bytes| Ok((look(&bytes)?, bytes))) {
            Ok(((media, found), bytes)) => {
                for (index, page) in (0..).zip(&found) {
                    pages.push(ReportPage {
                        source: source.clone(),
                        index,
                        disposition: "kept",
                        reason: None,
                        dpi: page.dpi,
                        width_px: page.width,
                        height_px: page.height,
                    });
                }
                sources.push((media, bytes, u32::try_from(found.len()).unwrap_or_default()));
            }
            Err(error) => {
                let reason = Some(error.for_person(input.locale).message);
                pages.push(ReportPage {
                    source,
                    index: 0,
                    disposition: "set_aside",
                    reason,
                    dpi: 0,
                    width_px: 0,
                    height_px: 0,
                });
                last_refusal = Some(error);
            }
        }
    }
    if sources.is_empty() {
        return Err(last_refusal.unwrap_or(Error::BadInput("files")));
    }
    let archive_pages: Vec<ArchivePage<'_>> = sources
        .iter()
        .flat_map(|(media, bytes, count)| {
            (0..*count).map(move |index| archive_page(*media, bytes, index, &PageEdit::default()))
        })
        .collect();
    let title = file_name(input.output);
    let seed = FileHash::of(title.as_bytes()).to_string();
    let info = ArchiveInfo { title, creator: CREATOR.into(), created: clock.now(), seed };
    let archive = compose(&archive_pages, &info)?;
    write_whole(input.output, &archive.bytes)?;
    Ok(DigitizeReport {
        pages,
        output: ReportOutput {
            path: input.output.to_owned(),
            bytes: archive.bytes.len() as u64,
            pages: archive.pages,
            conformance: archive.conformance.map(str::to_owned),
            sha256: FileHash::of(&archive.bytes),
        },
        ms: started.elapsed().as_secs_f64() * 1_000.0,
    })
}

/// Writes a file so that it is there whole or not at all.
///
/// # Errors
/// When the folder or the disk refuses; nothing half-written stays.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = std::fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&part, path)).map_err(|error| {
        let _ = std::fs::remove_file(&part);
        Error::file(path, error)
    })
}
