//! What a document says of itself, twice: the Info dictionary and XMP must agree in PDF/A (T-32).

use super::{ArchiveInfo, PRODUCER};
use chrono::{Datelike, SecondsFormat, Timelike};
use pdf_writer::{Date, Pdf, Ref, TextStr};

/// Writes the Info dictionary.
pub(super) fn info(pdf: &mut Pdf, id: Ref, info: &ArchiveInfo) {
    let date = date(info);
    pdf.document_info(id)
        .title(TextStr(&clean(&info.title)))
        .creator(TextStr(&clean(&info.creator)))
        .producer(TextStr(PRODUCER))
        .creation_date(date)
        .modified_date(date);
}

/// The XMP packet; `archival` adds the claim of PDF/A-2b.
pub(super) fn xmp(info: &ArchiveInfo, archival: bool) -> String {
    let claim = if archival {
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>"
    } else {
        ""
    };
    let (title, creator) = (escape(&info.title), escape(&info.creator));
    let time = info.created.to_rfc3339_opts(SecondsFormat::Secs, false);
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\
         <xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>\
         <xmp:MetadataDate>{time}</xmp:MetadataDate>\
         </rdf:Description>{claim}</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}

fn date(info: &ArchiveInfo) -> Date {
    let at = info.created;
    let offset = at.offset().local_minus_utc() / 60;
    let part = |n: u32| u8::try_from(n).unwrap_or_default();
    Date::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(i8::try_from(offset / 60).unwrap_or_default())
        .utc_offset_minute(part(offset.unsigned_abs() % 60))
}

/// Text without control characters: XML cannot hold them, and the two places must agree.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}

fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
