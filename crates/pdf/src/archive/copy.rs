//! Pages of a PDF that came in, copied object by object: text stays text, fonts stay fonts.
//!
//! What a page shows comes along, form values and stamps among it; what a page does (scripts, links,
//! actions) and what points outside the page does not.

use super::Seen;
use crate::read::{self, PdfRefusal};
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{Filter, Pdf};
use pdf_writer::{Chunk, Finish, Obj, Rect, Ref};
use std::collections::HashMap;

/// Keys that lead out of a page, or describe parts of the document that are left behind.
const LEFT_BEHIND: [&[u8]; 10] = [
    b"Metadata",
    b"StructParent",
    b"StructParents",
    b"OC",
    b"AF",
    b"PieceInfo",
    b"LastModified",
    b"OPI",
    b"Parent",
    b"Ref",
];

/// What of an annotation is seen.
const SEEN: [&[u8]; 20] = [
    b"Rect",
    b"F",
    b"AP",
    b"AS",
    b"Contents",
    b"C",
    b"Border",
    b"BS",
    b"QuadPoints",
    b"InkList",
    b"L",
    b"Vertices",
    b"IC",
    b"CA",
    b"DA",
    b"LE",
    b"Q",
    b"Name",
    b"RD",
    b"BE",
];

/// Whether the file `bytes` is encrypted, if only with an empty password.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|window| window == b"/Encrypt")
}

/// Copies the pages `indices` of the file `bytes` and returns them.
pub(super) fn write(
    into: &mut Chunk,
    next: &mut Ref,
    tree: Ref,
    bytes: &[u8],
    indices: &[(u32, Seen)],
) -> Result<Vec<Ref>, PdfRefusal> {
    let source = read::open(bytes)?;
    // A panic below must not leave half a page in the document, so everything goes through a chunk of its own.
    let mut copier = Copier { source: &source, next, taken: HashMap::new(), waiting: Vec::new() };
    let mut chunk = Chunk::new();
    let mut pages = Vec::with_capacity(indices.len());
    for (index, seen) in indices {
        let page = source.pages().get(*index as usize).ok_or(PdfRefusal::Damaged)?;
        pages.push(copier.page(&mut chunk, tree, page, *seen));
    }
    copier.drain(&mut chunk);
    into.extend(&chunk);
    Ok(pages)
}

struct Copier<'a, 'n> {
    source: &'a Pdf,
    next: &'n mut Ref,
    taken: HashMap<ObjRef, Ref>,
    waiting: Vec<(ObjRef, Ref)>,
}

impl Copier<'_, '_> {
    fn page(&mut self, chunk: &mut Chunk, tree: Ref, page: &Page<'_>, seen: Seen) -> Ref {
        let annotations = self.annotations(chunk, page.raw());
        let id = self.next.bump();
        let mut sheet = chunk.page(id);
        let turned = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 1,
            Rotation::Flipped => 2,
            Rotation::FlippedHorizontal => 3,
        };
        let quarters = turned + seen.turns % 4;
        // What is seen of it today is what was cut: the crop box, within the sheet.
        let shown = rect(page.intersected_crop_box());
        let [left, bottom, right, top] = seen.part([shown.x1, shown.y1, shown.x2, shown.y2], quarters);
        let crop = if seen.crop.is_some() { Rect::new(left, bottom, right, top) } else { rect(page.crop_box()) };
        sheet.parent(tree).media_box(rect(page.media_box())).crop_box(crop).rotate(Seen::degrees(quarters));
        sheet.annotations(annotations);
        for key in [&b"Contents"[..], b"Group", b"UserUnit"] {
            if let Some(value) = page.raw().get_raw::<Object<'_>>(key) {
                self.value(sheet.insert(pdf_writer::Name(key)), &value);
            }
        }
        let resources = page.resources();
        let mut kinds = sheet.insert(pdf_writer::Name(b"Resources")).dict();
        for (key, dict) in [
            (&b"ExtGState"[..], &resources.ext_g_states),
            (b"Font", &resources.fonts),
            (b"Properties", &resources.properties),
            (b"ColorSpace", &resources.color_spaces),
            (b"XObject", &resources.x_objects),
            (b"Pattern", &resources.patterns),
            (b"Shading", &resources.shadings),
        ] {
            if !dict.is_empty() {
                self.dict(kinds.insert(pdf_writer::Name(key)), dict, &[]);
            }
        }
        kinds.finish();
        sheet.finish();
        id
    }

    /// Copies what is seen of a page's annotations; a filled form field becomes a stamp, since the form stays behind.
    fn annotations(&mut self, chunk: &mut Chunk, page: &Dict<'_>) -> Vec<Ref> {
        let list = page.get::<Array<'_>>("Annots").unwrap_or_default();
        let mut copied = Vec::new();
        for annotation in list.iter::<Dict<'_>>() {
            let Some(kind) = annotation.get::<Name<'_>>("Subtype") else { continue };
            let kind: &[u8] = match kind.as_ref() {
                b"Link" | b"Popup" | b"Movie" | b"Sound" | b"Screen" | b"RichMedia" | b"3D" => continue,
                b"Widget" | b"FileAttachment" if !annotation.contains_key("AP") => continue,
                b"Widget" | b"FileAttachment" => b"Stamp",
                seen => seen,
            };
            let id = self.next.bump();
            let mut copy = chunk.indirect(id).dict();
            copy.pair(pdf_writer::Name(b"Type"), pdf_writer::Name(b"Annot"));
            copy.pair(pdf_writer::Name(b"Subtype"), pdf_writer::Name(kind));
            for (key, value) in annotation.entries() {
                if SEEN.contains(&key.as_ref()) {
                    self.value(copy.insert(pdf_writer::Name(key.as_ref())), &value);
                }
            }
            copy.finish();
            copied.push(id);
        }
        copied
    }

    /// Copies what was pointed at, and what that points at, each object once.
    fn drain(&mut self, chunk: &mut Chunk) {
        while let Some((from, to)) = self.waiting.pop() {
            match self.source.xref().get::<Object<'_>>(from.into()) {
                Some(Object::Stream(stream)) => self.stream(chunk, to, &stream),
                Some(object) => self.object(chunk.indirect(to), &object),
                None => chunk.indirect(to).primitive(pdf_writer::Null),
            }
        }
    }

    fn stream(&mut self, chunk: &mut Chunk, id: Ref, stream: &Stream<'_>) {
        let data = stream.raw_data();
        // The reader has taken the encryption off, so a crypt filter has nothing left to do; such
        // streams are rare, and go in decoded.
        let crypt = stream.filters().contains(&Filter::Crypt);
        let data = if crypt { stream.decoded().unwrap_or(data) } else { data };
        let skip: &[&[u8]] = if crypt { &[b"Length", b"Filter", b"DecodeParms", b"DP", b"F"] } else { &[b"Length"] };
        let mut copy = chunk.stream(id, &data);
        self.entries(&mut copy, stream.dict(), skip);
        copy.finish();
    }

    fn value(&mut self, to: Obj<'_>, value: &MaybeRef<Object<'_>>) {
        match value {
            MaybeRef::Ref(from) => {
                let id = *self.taken.entry(*from).or_insert_with(|| {
                    let id = self.next.bump();
                    self.waiting.push((*from, id));
                    id
                });
                to.primitive(id);
            }
            MaybeRef::NotRef(object) => self.object(to, object),
        }
    }

    fn object(&mut self, to: Obj<'_>, object: &Object<'_>) {
        match object {
            Object::Null(_) => to.primitive(pdf_writer::Null),
            Object::Boolean(value) => to.primitive(*value),
            Object::Number(number) => {
                let value = number.as_f64();
                #[expect(clippy::cast_possible_truncation, reason = "whole and within range, or a real number of PDF")]
                if value.fract() == 0.0 && value.abs() < f64::from(i32::MAX) {
                    to.primitive(value as i32);
                } else {
                    to.primitive(value as f32);
                }
            }
            Object::String(text) => to.primitive(pdf_writer::Str(text.as_ref())),
            Object::Name(name) => to.primitive(pdf_writer::Name(name.as_ref())),
            Object::Dict(dict) => self.dict(to, dict, &[]),
            Object::Array(array) => {
                let mut copy = to.array();
                for item in array.raw_iter() {
                    self.value(copy.push(), &item);
                }
            }
            // A stream stands only by itself; one inside another object is no PDF.
            Object::Stream(_) => to.primitive(pdf_writer::Null),
        }
    }

    fn dict(&mut self, to: Obj<'_>, dict: &Dict<'_>, skip: &[&[u8]]) {
        let mut copy = to.dict();
        self.entries(&mut copy, dict, skip);
    }

    fn entries(&mut self, to: &mut pdf_writer::Dict<'_>, from: &Dict<'_>, skip: &[&[u8]]) {
        for (key, value) in from.entries() {
            if !skip.contains(&key.as_ref()) && !LEFT_BEHIND.contains(&key.as_ref()) {
                self.value(to.insert(pdf_writer::Name(key.as_ref())), &value);
            }
        }
    }
}

fn rect(rect: hayro::hayro_syntax::object::Rect) -> Rect {
    #[expect(clippy::cast_possible_truncation, reason = "a real number of PDF has a float's precision")]
    Rect::new(rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32)
}
