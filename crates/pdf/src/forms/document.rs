//! Pages into bytes. printpdf's document is put right where it is loose: dates of 1970, a random
//! identifier, PDF 1.3, no language. Equal content gives equal bytes.

use super::desk::Style;
use super::sheet::PICTURE;
use super::{FormError, fonts};
use chrono::{DateTime, FixedOffset};
use domain::Office;
use domain::office::Logo;
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, RawImage, RawImageData, RawImageFormat, XObject, XObjectId,
};
use sha2::{Digest, Sha256};

/// What the document says of itself.
pub(super) struct About<'a> {
    pub(super) title: String,
    pub(super) office: &'a Office,
    pub(super) at: DateTime<FixedOffset>,
}

/// The same letters in every form, so the same tag.
const TAG: &[u8; 7] = b"MOTCUA+";

/// Writes the finished document.
pub(super) fn write(about: &About<'_>, style: &Style, pages: Vec<Vec<Op>>) -> Result<Vec<u8>, FormError> {
    let mut document = PdfDocument::new(&about.title);
    document.resources.fonts.map.extend(fonts::resources());
    if let Some(logo) = &about.office.logo {
        let id = XObjectId(PICTURE.to_owned());
        document.resources.xobjects.map.insert(id, XObject::Image(picture(logo)));
    }
    let (width, height) = (Pt(style.width).into(), Pt(style.height).into());
    document.pages = pages.into_iter().map(|ops| PdfPage::new(width, height, ops)).collect();

    let options = PdfSaveOptions { optimize: true, subset_fonts: false, secure: true, image_optimization: None };
    let mut written = printpdf::to_lopdf_doc(&document, &options, &mut Vec::new());
    written.version = "1.7".to_owned();
    let mut info = Dictionary::new();
    info.set("Title", text(&about.title));
    info.set("Author", text(&about.office.name));
    info.set("Creator", text(&about.office.system));
    info.set("Producer", text("Một Cửa"));
    for key in ["CreationDate", "ModDate"] {
        info.set(key, Object::String(date(about.at).into_bytes(), StringFormat::Literal));
    }
    tag_fonts(&mut written);
    let info = written.add_object(info);
    written.trailer.set("Info", info);
    let catalog = written.catalog_mut().map_err(|_| FormError::Unwritable)?;
    catalog.set("Lang", Object::string_literal("vi-VN"));
    catalog.set("PageLayout", "SinglePage");
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    // A form that is scaled to fit is no longer A5.
    viewer.set("PrintScaling", "None");
    catalog.set("ViewerPreferences", viewer);
    written.prune_objects();
    written.compress();

    // The identifier is made of the content, so the random one is taken out first.
    written.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    written.save_to(&mut bytes).map_err(|_| FormError::Unwritable)?;
    let id = Object::String(Sha256::digest(&bytes)[..16].to_vec(), StringFormat::Hexadecimal);
    written.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::with_capacity(bytes.len() + 128);
    written.save_to(&mut bytes).map_err(|_| FormError::Unwritable)?;
    Ok(bytes)
}

fn picture(logo: &Logo) -> RawImage {
    RawImage {
        pixels: RawImageData::U8(logo.samples.clone()),
        width: logo.width as usize,
        height: logo.height as usize,
        data_format: if logo.gray { RawImageFormat::R8 } else { RawImageFormat::RGB8 },
        tag: Vec::new(),
    }
}

/// The fonts that ship with the program hold the letters of the forms only, and their names have to say so by a tag of
/// six letters (ISO 32000-1, 9.6.4): a reader must not take them for the whole face and lend them to another document.
fn tag_fonts(written: &mut lopdf::Document) {
    for object in written.objects.values_mut() {
        let Object::Dictionary(dictionary) = object else { continue };
        tag(dictionary);
        // The font below a composite one stands within it.
        if let Ok(Object::Array(below)) = dictionary.get_mut(b"DescendantFonts") {
            for object in below {
                if let Object::Dictionary(dictionary) = object {
                    tag(dictionary);
                }
            }
        }
    }
}

fn tag(dictionary: &mut Dictionary) {
    for key in [&b"BaseFont"[..], b"FontName"] {
        if let Ok(Object::Name(name)) = dictionary.get_mut(key)
            && name.starts_with(b"Tinos")
        {
            name.splice(0..0, *TAG);
        }
    }
}

/// A text string: UTF-16 with its mark, which every reader understands.
fn text(value: &str) -> Object {
    let bytes = [0xfe, 0xff].into_iter().chain(value.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn date(at: DateTime<FixedOffset>) -> String {
    let minutes = at.offset().local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("D:{}{sign}{:02}'{:02}'", at.format("%Y%m%d%H%M%S"), minutes / 60, minutes % 60)
}
