//! One picture as one page: at its true size, upright by a matrix, its bytes unchanged where PDF can show them.

use super::Seen;
use fax::encoder::Encoder;
use fax::{Color as Pel, VecWriter};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use imaging::{Color, Format, PageFacts, PngStream, Raster, Refusal};
use pdf_writer::types::Predictor;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};
use std::io::Write;

/// The name of a page's picture in its own resources.
const NAME: Name<'static> = Name(b"P");

/// What became of a picture.
pub(super) struct Drawn {
    /// The page.
    pub(super) page: Ref,
    /// Whether PDF/A allows it beside an sRGB intent.
    pub(super) archival: bool,
}

/// Writes page `index` of the picture file `bytes`.
pub(super) fn write(
    pdf: &mut Pdf,
    next: &mut Ref,
    tree: Ref,
    bytes: &[u8],
    index: u32,
    seen: Seen,
) -> Result<Drawn, Refusal> {
    let (image, content, page) = (next.bump(), next.bump(), next.bump());
    if let Some(flat) = &seen.flat {
        let (facts, laid) = imaging::flat_jpeg(bytes, index, flat)?;
        let drawn = write(pdf, next, tree, &laid, 0, Seen { flat: None, ..seen })?;
        debug_assert_eq!(facts.orientation, 1);
        return Ok(drawn);
    }
    let facts = match imaging::sniff(bytes)? {
        Format::Jpeg if index == 0 => jpeg(pdf, image, bytes)?,
        Format::Png if index == 0 => match imaging::png_stream(bytes)? {
            Some(stream) => png(pdf, image, &stream),
            None => raster(pdf, image, &imaging::decode(bytes, index)?)?,
        },
        Format::Jpeg | Format::Png | Format::Tiff => raster(pdf, image, &imaging::decode(bytes, index)?)?,
        Format::Pdf => return Err(Refusal::UnknownKind),
    };
    let (wide, high) = facts.upright_size();
    // ISO 32000-1 annex C: a page measures 3 to 14,400 units.
    #[expect(clippy::cast_precision_loss, reason = "pixels fit a float's 24 bits")]
    let points = |pixels: u32| (pixels as f32 * 72.0 / facts.dpi as f32).clamp(3.0, 14_400.0);
    let (width, height) = (points(wide), points(high));
    let mut drawing = Content::new();
    drawing.save_state().transform(upright(facts.orientation, width, height)).x_object(NAME).restore_state();
    pdf.stream(content, &drawing.finish()).finish();
    let mut sheet = pdf.page(page);
    sheet.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
    if seen.crop.is_some() {
        let [left, bottom, right, top] = seen.part([0.0, 0.0, width, height], seen.turns);
        sheet.crop_box(Rect::new(left, bottom, right, top));
    }
    if !seen.turns.is_multiple_of(4) {
        sheet.rotate(Seen::degrees(seen.turns));
    }
    sheet.resources().x_objects().pair(NAME, image);
    sheet.finish();
    Ok(Drawn { page, archival: facts.color != Color::Cmyk })
}

/// The matrix that lays the unit square upright on a sheet of `w` by `h`, for each EXIF orientation.
fn upright(orientation: u8, w: f32, h: f32) -> [f32; 6] {
    match orientation {
        2 => [-w, 0.0, 0.0, h, w, 0.0],
        3 => [-w, 0.0, 0.0, -h, w, h],
        4 => [w, 0.0, 0.0, -h, 0.0, h],
        5 => [0.0, -h, -w, 0.0, w, h],
        6 => [0.0, -h, w, 0.0, 0.0, h],
        7 => [0.0, h, w, 0.0, 0.0, 0.0],
        8 => [0.0, h, -w, 0.0, w, 0.0],
        _ => [w, 0.0, 0.0, h, 0.0, 0.0],
    }
}

fn jpeg(pdf: &mut Pdf, id: Ref, bytes: &[u8]) -> Result<PageFacts, Refusal> {
    let shape = imaging::jpeg_shape(bytes)?;
    let mut image = pdf.image_xobject(id, bytes);
    image.filter(Filter::DctDecode);
    describe(&mut image, &shape.facts, shape.facts.color, 8);
    if shape.inverted {
        image.decode([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
    }
    Ok(shape.facts)
}

fn png(pdf: &mut Pdf, id: Ref, stream: &PngStream) -> PageFacts {
    let facts = stream.facts;
    let colors = if stream.palette.is_some() { 1 } else { facts.color.channels() };
    let mut image = pdf.image_xobject(id, &stream.data);
    image.filter(Filter::FlateDecode);
    image
        .decode_parms()
        .predictor(Predictor::PngOptimum)
        .colors(i32::try_from(colors).unwrap_or(1))
        .bits_per_component(i32::from(stream.bits))
        .columns(i32::try_from(facts.width).unwrap_or(i32::MAX));
    match &stream.palette {
        Some(palette) => {
            let last = i32::try_from(palette.len() / 3).unwrap_or(256) - 1;
            image.width(signed(facts.width)).height(signed(facts.height)).bits_per_component(i32::from(stream.bits));
            image.color_space().indexed(Name(b"DeviceRGB"), last.clamp(0, 255), palette);
        }
        None => describe(&mut image, &facts, facts.color, stream.bits),
    }
    facts
}

fn raster(pdf: &mut Pdf, id: Ref, raster: &Raster) -> Result<PageFacts, Refusal> {
    match raster.color {
        Color::Bilevel => {
            let data = group4(raster)?;
            let mut image = pdf.image_xobject(id, &data);
            image.filter(Filter::CcittFaxDecode);
            image.decode_parms().k(-1).columns(signed(raster.facts.width)).rows(signed(raster.facts.height));
            describe(&mut image, &raster.facts, Color::Bilevel, 1);
        }
        Color::Gray | Color::Rgb => {
            png(pdf, id, &imaging::to_png_stream(raster)?);
        }
        Color::Cmyk => {
            let mut zlib = ZlibEncoder::new(Vec::new(), Compression::new(6));
            let written = zlib.write_all(&raster.data).and_then(|()| zlib.finish());
            let data = written.map_err(|_| Refusal::Damaged)?;
            let mut image = pdf.image_xobject(id, &data);
            image.filter(Filter::FlateDecode);
            describe(&mut image, &raster.facts, Color::Cmyk, raster.bits);
        }
    }
    Ok(raster.facts)
}

fn describe(image: &mut pdf_writer::writers::ImageXObject<'_>, facts: &PageFacts, color: Color, bits: u8) {
    image.width(signed(facts.width)).height(signed(facts.height)).bits_per_component(i32::from(bits));
    match color {
        Color::Bilevel | Color::Gray => image.color_space().device_gray(),
        Color::Rgb => image.color_space().device_rgb(),
        Color::Cmyk => image.color_space().device_cmyk(),
    }
}

fn signed(side: u32) -> i32 {
    i32::try_from(side).unwrap_or(i32::MAX)
}

/// CCITT Group 4, lossless (T-35).
fn group4(raster: &Raster) -> Result<Vec<u8>, Refusal> {
    let width = u16::try_from(raster.facts.width).map_err(|_| Refusal::Damaged)?;
    let mut encoder = Encoder::new(VecWriter::with_capacity(64 * 1024));
    for row in raster.rows() {
        let pels =
            (0..usize::from(width)).map(|x| if row[x / 8] >> (7 - x % 8) & 1 == 1 { Pel::White } else { Pel::Black });
        encoder.encode_line(pels, width).unwrap_or_else(|never| match never {});
    }
    let mut writer = encoder.finish().unwrap_or_else(|never| match never {});
    writer.pad();
    Ok(writer.finish())
}
