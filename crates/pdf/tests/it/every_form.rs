//! Every form that a counter prints, on every paper it is printed on, held against three witnesses that know nothing of
//! this code: poppler reads its words and fonts back, zbar its code, and a picture kept beside the test its looks.

use crate::samples::{at, dossier, issue, long_dossier, long_receipt, receipt};
use crate::witness::{alphabet, ask, ask_for_files, bare, no_overlap};
use domain::form::{self, BookRow, Document, HandedDossier};
use domain::{Channel, Dossier, Event, EventKind, Receipt};
use pdf::Paper;
use unicode_normalization::is_nfc;

enum Content {
    Receipt(Box<Receipt>),
    Document(Box<Document>),
}

/// A form with what it may not lack (D§2.3 to D§2.9).
struct Sheet {
    name: &'static str,
    content: Content,
    mandatory: Vec<String>,
}

impl Sheet {
    fn of(name: &'static str, document: Document, mandatory: &[&str]) -> Self {
        let mandatory = mandatory.iter().map(|&phrase| phrase.to_owned()).collect();
        Self { name, content: Content::Document(Box::new(document)), mandatory }
    }

    fn papers(&self) -> &'static [(Paper, &'static str)] {
        match &self.content {
            Content::Document(document) if document.sheet != form::Sheet::AsSet => &[(Paper::A4, "a4")],
            Content::Document(_) | Content::Receipt(_) => &[(Paper::A5, "a5"), (Paper::A4, "a4")],
        }
    }

    fn draw(&self, paper: Paper) -> Vec<u8> {
        match &self.content {
            Content::Receipt(receipt) => pdf::forms::receipt(receipt, paper).unwrap(),
            Content::Document(document) => pdf::forms::form(document, paper).unwrap(),
        }
    }

    fn code(&self) -> String {
        match &self.content {
            Content::Receipt(receipt) => receipt.qr_text(),
            Content::Document(document) => document.code_text.clone(),
        }
    }
}

fn step(kind: EventKind, reason: &str) -> Event {
    let id = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    let by = "00000000-0000-7000-8000-000000000002".parse().unwrap();
    Event { id, kind, at: at("2026-11-25T08:05:00+07:00"), by, reason: reason.to_owned(), due: None }
}

fn log() -> Vec<Event> {
    let step = |kind, day: u32, reason| {
        let mut event = step(kind, reason);
        event.at = at(&format!("2026-11-{day}T15:10:00+07:00"));
        event
    };
    vec![
        step(EventKind::Received, 23, ""),
        step(EventKind::Processing, 23, "Chuyển công chức tư pháp – hộ tịch"),
        step(EventKind::Done, 26, "Giấy khai sinh số 112/2026"),
        step(EventKind::Returned, 27, ""),
    ]
}

fn handed(dossier: &Dossier) -> HandedDossier {
    HandedDossier {
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        request: dossier.procedure.as_ref().map(|procedure| procedure.name.clone()).unwrap_or_default(),
        applicant: dossier.applicant.name.clone(),
        address: dossier.applicant.address.clone(),
        channel: Channel::Post,
        received_at: dossier.received_at,
        due: dossier.deadline.as_ref().map(|deadline| deadline.due),
        papers: 14,
        charged: true,
        result: "Giấy khai sinh".into(),
    }
}

fn row(number: u32, dossier: &Dossier) -> BookRow {
    let handed = handed(dossier);
    BookRow {
        number,
        code: handed.code,
        procedure: handed.request,
        applicant: handed.applicant,
        address: format!("{}; {}", handed.address, dossier.applicant.phone),
        received_at: at("2026-11-23T09:15:00+07:00"),
        due: handed.due,
        handed_at: Some(at("2026-11-23T15:10:00+07:00")),
        done_at: Some(at("2026-11-26T10:00:00+07:00")),
        returned_at: None,
        way: "Qua bưu chính",
        note: "Đã yêu cầu bổ sung 25/11/2026".into(),
    }
}

/// Every form of `dossier`; `receipt` says the same as it.
fn every(dossier: &Dossier, receipt: Receipt) -> Vec<Sheet> {
    let sheets = each(dossier, receipt);
    for sheet in &sheets {
        if let Content::Document(document) = &sheet.content {
            assert_eq!(document.sheet, form::sheet_of(document.form), "{}: settings offer another sheet", sheet.name);
        }
    }
    sheets
}

fn each(dossier: &Dossier, receipt: Receipt) -> Vec<Sheet> {
    let code = dossier.code.as_ref().unwrap().to_string();
    let name = dossier.applicant.name.clone();
    let request = dossier.procedure.as_ref().unwrap().name.clone();
    let (code, name, request) = (code.as_str(), name.as_str(), request.as_str());
    let clerk = |_: &Event| "Nguyễn Văn Thử".to_owned();
    let reasons = "Bản sao giấy chứng nhận kết hôn của cha, mẹ; Giấy ủy quyền có chứng thực";
    let notice = |kind| form::notice(dossier, &step(kind, reasons), issue()).unwrap();
    let (due, later) = (at("2026-11-27T09:15:00+07:00"), at("2026-12-02T09:15:00+07:00"));
    let two = [dossier.clone(), dossier.clone()];
    let list = [handed(dossier), handed(dossier), handed(dossier)];
    let rows = [row(1, dossier), row(2, dossier)];
    let listed = form::ListedDossier {
        code: code.to_owned(),
        provisional: dossier.provisional,
        applicant: name.to_owned(),
        phone: dossier.applicant.phone.clone(),
        request: request.to_owned(),
        received_at: dossier.received_at,
        due: dossier.deadline.as_ref().map(|deadline| deadline.due),
        status: domain::Status::Supplement,
    };
    let lines = [listed.clone(), listed];
    let mandatory =
        [code, name, request, "5. Thời gian trả kết quả giải quyết hồ sơ:", "NGƯỜI TIẾP NHẬN HỒ SƠ"].map(str::to_owned);
    vec![
        Sheet { name: "receipt", content: Content::Receipt(Box::new(receipt)), mandatory: mandatory.to_vec() },
        Sheet::of(
            "supplement",
            notice(EventKind::SupplementAsked),
            &[code, name, request, "2. Giấy ủy quyền có chứng thực", "NGƯỜI HƯỚNG DẪN"],
        ),
        Sheet::of(
            "refusal",
            notice(EventKind::Refused),
            &[code, name, request, "không tiếp nhận, giải quyết hồ sơ này", "NGƯỜI NỘP HỒ SƠ"],
        ),
        Sheet::of("stop", notice(EventKind::Stopped), &[code, name, request, "thông báo dừng giải quyết hồ sơ này"]),
        Sheet::of(
            "apology",
            form::apology(dossier, due, later, "Chờ kết quả xác minh của cơ quan công an", issue()),
            &[
                code,
                name,
                request,
                "09 giờ 15 phút, ngày 27 tháng 11 năm 2026",
                "Chờ kết quả xác minh",
                "09 giờ 15 phút, ngày 02 tháng 12 năm 2026",
                "THỦ TRƯỞNG CƠ QUAN",
            ],
        ),
        Sheet::of(
            "control",
            form::control(dossier, &log(), clerk, issue()),
            &[code, name, request, "Ngày, giờ hẹn trả kết quả:", "1. Giao: Nguyễn Văn Thử", "[X] Trước hạn"],
        ),
        Sheet::of(
            "history",
            form::history(dossier, &log(), clerk, domain::words::step, issue()),
            &[code, name, request, "Chuyển công chức tư pháp – hộ tịch", "15:10 27/11/2026"],
        ),
        Sheet::of(
            "due-explanation",
            form::due_explanation(dossier, None, issue()).unwrap(),
            &[code, name, request, "24/11/2026", "Nghỉ lễ, không tính", "25/11–26/11/2026", "ngày thứ 3; đến hạn"],
        ),
        Sheet::of(
            "result-receipt",
            form::result_receipt(dossier, later, "Giấy khai sinh số 112/2026", issue()),
            &[code, name, request, "Giấy khai sinh số 112/2026", "NGƯỜI NHẬN KẾT QUẢ", "NGƯỜI TRẢ KẾT QUẢ"],
        ),
        Sheet::of(
            "handover",
            form::handover(&list, "Hồ sơ tiếp nhận ngày 23/11/2026", issue()),
            &[code, name, request, "Số lượng hồ sơ: 03", "NGƯỜI GIAO", "NGƯỜI NHẬN"],
        ),
        Sheet::of(
            "handover-results",
            form::handover_results(&list, "Kết quả giải quyết ngày 26/11/2026", issue()),
            &[code, name, request, "Giấy khai sinh", "Số lượng hồ sơ: 03"],
        ),
        Sheet::of(
            "tracking-book",
            form::tracking_book(&rows, "Sổ tháng 11/2026", issue()),
            &[code, name, request, "Qua bưu chính", "Đã yêu cầu bổ sung 25/11/2026"],
        ),
        Sheet::of(
            "dossier-list",
            form::dossier_list(&lines, "Hồ sơ chờ bổ sung", 2, issue()),
            &[code, name, request, "Hồ sơ chờ bổ sung", "Danh sách chỉ có 2 hồ sơ đầu.", "Số lượng hồ sơ: 02"],
        ),
        Sheet::of(
            "visit-receipt",
            form::visit_receipt(&two, issue()).unwrap(),
            &[code, name, request, "02 (kèm theo danh sách)", "BIÊN BẢN GIAO NHẬN HỒ SƠ"],
        ),
        Sheet::of(
            "fee-receipt",
            crate::fees::receipt_of(dossier, false),
            &[code, name, request, "Số: 0000123", "Một trăm linh năm nghìn đồng", "NGƯỜI THU TIỀN"],
        ),
        Sheet::of(
            "fee-receipt-void",
            crate::fees::receipt_of(dossier, true),
            &[code, name, request, "Số: 0000123", "BIÊN LAI ĐÃ HỦY", "lý do: sai tên người nộp"],
        ),
        Sheet::of(
            "shift-close",
            crate::fees::shift_of(name, request),
            &[name, request, "Ca số 17 – Quầy 1", "Chênh lệch: thiếu 20.000 đ", "PHỤ TRÁCH BỘ PHẬN"],
        ),
    ]
}

fn everyday() -> Vec<Sheet> {
    every(&dossier(), receipt())
}

/// Fourteen components, a name of sixty letters, an address of three lines, and every letter of the language in the
/// request, which all forms name.
fn crowded() -> Vec<Sheet> {
    let dossier = crowded_dossier();
    let mut receipt = long_receipt();
    receipt.papers.truncate(14);
    receipt.request.clone_from(&dossier.procedure.as_ref().unwrap().name);
    every(&dossier, receipt)
}

fn crowded_dossier() -> Dossier {
    let mut dossier = long_dossier();
    let words: Vec<String> = alphabet().chunks(7).map(|word| word.iter().collect()).collect();
    dossier.procedure.as_mut().unwrap().name = format!("Đăng ký, cấp {}", words.join(" "));
    let first = dossier.components[0].clone();
    let names = long_receipt().papers.into_iter().take(14).map(|paper| paper.name);
    let component =
        |(index, name): (u32, String)| domain::Component { index, name, originals: index % 5, ..first.clone() };
    dossier.components = (1..).zip(names).map(component).collect();
    dossier
}

// C, F1, F6, T-31: nothing that a form must say is lost, whatever stands in it, and no letter is another.
#[test]
fn every_mandatory_field_and_every_letter_is_read_back_from_every_form() {
    let letters: String = alphabet().iter().collect();
    assert_eq!(letters.chars().count(), 134, "12 vowels with their tones and đ, in both cases, less the plain ones");
    for (sheets, crowded) in [(everyday(), false), (crowded(), true)] {
        for sheet in sheets {
            for (paper, size) in sheet.papers() {
                let what = format!("{} {size}", sheet.name);
                let bytes = sheet.draw(*paper);
                let Some(text) = ask("pdftotext", &["-raw", "{}", "-"], &bytes) else { return };
                assert!(is_nfc(&text), "{what}: letters come out composed");
                let read = bare(&text);
                for phrase in &sheet.mandatory {
                    assert!(read.contains(&bare(phrase)), "{what} lacks {phrase:?}: {text}");
                }
                assert!(!crowded || read.contains(&letters), "{what} loses a letter: {text}");
                assert!(!text.contains('\u{fffd}'), "{what} has a letter that no font has");
                no_overlap(&bytes, &what);
            }
        }
    }
}

// TT 01/2023/TT-VPCP art 26: also from a picture of 150 dots an inch, as a telephone or an old scanner takes it.
fn codes_are_read(sheets: Vec<Sheet>, papers: &[&str]) {
    for sheet in sheets {
        for (paper, size) in sheet.papers().iter().filter(|(_, size)| papers.contains(size)) {
            let bytes = sheet.draw(*paper);
            for (dpi, high) in [("300", "1000"), ("150", "500")] {
                // The upper part of the first page; the rest has no code and takes its time.
                let draw =
                    ["-r", dpi, "-gray", "-singlefile", "-x", "0", "-y", "0", "-W", "9999", "-H", high, "{}", "page"];
                let Some(files) = ask_for_files("pdftoppm", &draw, &bytes) else { return };
                let Some(read) = ask("zbarimg", &["-q", "--raw", "{}"], &files[0].1) else { return };
                assert_eq!(read.trim_end(), sheet.code(), "{} {size} at {dpi} dpi", sheet.name);
            }
        }
    }
}

#[test]
fn the_code_of_every_everyday_form_is_read_at_300_and_at_150_dots_an_inch() {
    codes_are_read(everyday(), &["a5", "a4"]);
}

#[test]
fn the_code_of_every_crowded_form_is_read_at_300_and_at_150_dots_an_inch() {
    codes_are_read(crowded(), &["a5"]);
}

/// K1: other programs' readers read a patch sheet too, fine and coarse, and nothing on it overlaps.
#[test]
fn the_bars_of_a_patch_sheet_are_read() {
    let bytes = pdf::forms::patch_sheet(&issue()).unwrap();
    no_overlap(&bytes, "patch sheet");
    for dpi in ["300", "100"] {
        let Some(files) = ask_for_files("pdftoppm", &["-r", dpi, "-gray", "-singlefile", "{}", "page"], &bytes) else {
            return;
        };
        let Some(read) = ask("zbarimg", &["-q", "--raw", "{}"], &files[0].1) else { return };
        assert!(!read.is_empty() && read.lines().all(|line| line == "PATCHT"), "{dpi} dpi: {read}");
    }
}

/// K3: a scan comes in as it comes, so that the code of a cover sheet is read upright, upside down, coarse and with a
/// stroke through it, and leads back to what was signed.
#[test]
fn the_code_of_a_cover_sheet_is_read_however_it_was_scanned() {
    let key = [3; 32];
    let covers = form::cover_sheets(&crowded_dossier(), None, &key, issue()).unwrap();
    assert_eq!(covers.sheets.len(), 14, "one for each component");
    let bytes = pdf::forms::covers(&covers).unwrap();
    let Some(text) = ask("pdftotext", &["-raw", "{}", "-"], &bytes) else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!(pages.len(), 14, "each on a page of its own");
    for (page, sheet) in pages.iter().zip(&covers.sheets) {
        let wanted =
            [format!("Thành phần số {}", sheet.component), covers.code.clone().unwrap(), covers.applicant.clone()];
        for phrase in wanted {
            assert!(bare(page).contains(&bare(&phrase)), "{phrase}: {page}");
        }
    }
    no_overlap(&bytes, "cover sheets");
    for dpi in ["300", "100"] {
        let draw = ["-r", dpi, "-gray", "-singlefile", "-f", "3", "{}", "page"];
        let Some(files) = ask_for_files("pdftoppm", &draw, &bytes) else { return };
        let upright = read_pgm(&files[0].1);
        let turned = image::imageops::rotate180(&upright);
        // A fold, a pen: a line over both codes that is as thick as two of their modules.
        let mut struck = upright.clone();
        let middle = struck.width() / 2;
        for y in 0..struck.height() {
            for x in 0..struck.width() / 70 {
                struck.put_pixel(middle + x, y, image::Luma([0]));
            }
        }
        for (how, picture) in [("upright", upright), ("upside down", turned), ("struck through", struck)] {
            let Some(read) = ask("zbarimg", &["-q", "--raw", "{}"], &pgm(&picture)) else { return };
            let texts: Vec<&str> = read.lines().collect();
            assert!(!texts.is_empty(), "{how} at {dpi} dpi");
            for text in texts {
                let said =
                    domain::Separator::read(text, &key).unwrap_or_else(|why| panic!("{how} {dpi}: {why}: {text}"));
                let sheet = &covers.sheets[2];
                assert_eq!(u32::from(said.component), sheet.component, "{how} at {dpi} dpi");
                assert_eq!((said.dossier, u32::from(said.papers)), (dossier().id, sheet.papers));
            }
        }
    }
}

// F6: a printer has no Tinos of its own, and a form carries no more of it than the letters of the language.
#[test]
fn the_fonts_of_every_form_are_embedded_and_subset() {
    for sheet in everyday() {
        for (paper, size) in sheet.papers() {
            let Some(said) = ask("pdffonts", &["{}"], &sheet.draw(*paper)) else { return };
            let lines: Vec<&str> = said.lines().skip(2).collect();
            assert!(!lines.is_empty());
            for line in lines {
                let columns: Vec<_> = line.split_whitespace().collect();
                let what = format!("{} {size}: {line}", sheet.name);
                assert_eq!((columns[4], columns[5], columns[6]), ("yes", "yes", "yes"), "{what}");
                assert_eq!(columns[0].find('+'), Some(6), "a subset's name begins with a tag: {what}");
            }
        }
    }
}

/// A gray picture as poppler writes it and zbar reads it, without packing.
fn read_pgm(bytes: &[u8]) -> image::GrayImage {
    let mut lines = bytes.splitn(4, |byte| *byte == b'\n');
    assert_eq!(lines.next(), Some(&b"P5"[..]));
    let size = std::str::from_utf8(lines.next().unwrap()).unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    let pixels = lines.nth(1).unwrap();
    image::GrayImage::from_raw(width.parse().unwrap(), height.parse().unwrap(), pixels.to_vec()).unwrap()
}

fn pgm(picture: &image::GrayImage) -> Vec<u8> {
    let head = format!("P5\n{} {}\n255\n", picture.width(), picture.height());
    [head.as_bytes(), picture.as_raw()].concat()
}

/// Pictures of everyday forms as somebody looked at them and found them good. After a change that is meant,
/// `MOTCUA_GOLDEN=write` keeps new ones, to be looked at before they are committed.
#[test]
fn every_form_looks_as_it_did_when_it_was_last_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let write = std::env::var_os("MOTCUA_GOLDEN").is_some();
    let mut changed = Vec::new();
    for sheet in everyday() {
        for (paper, size) in sheet.papers() {
            let draw = ["-r", "36", "-gray", "-png", "-singlefile", "{}", "page"];
            let Some(files) = ask_for_files("pdftoppm", &draw, &sheet.draw(*paper)) else { return };
            let (drawn, kept) = (&files[0].1, folder.join(format!("{}-{size}.png", sheet.name)));
            if write {
                std::fs::write(&kept, drawn).unwrap();
            }
            let kept = std::fs::read(&kept).unwrap_or_else(|_| panic!("no picture of {} {size}", sheet.name));
            let far = far_apart(drawn, &kept);
            if far > MOST_FAR {
                changed.push(format!("{} {size}: {:.1} % of it", sheet.name, far * 100.0));
            }
        }
    }
    assert!(changed.is_empty(), "these look otherwise than before: {changed:?}");
}

/// The part of a sheet that may differ: another version of poppler draws edges a shade lighter or darker, which the
/// blocks below even out; a line that moved changes more.
const MOST_FAR: f64 = 0.004;

/// The part of the blocks of 4 by 4 pixels whose mean shade differs visibly.
fn far_apart(one: &[u8], other: &[u8]) -> f64 {
    const BLOCK: u32 = 4;
    let read = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_luma8();
    let (one, other) = (read(one), read(other));
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let (columns, rows) = (one.width().div_ceil(BLOCK), one.height().div_ceil(BLOCK));
    let mean = |picture: &image::GrayImage, column: u32, row: u32| {
        let (mut sum, mut count) = (0_u32, 0_u32);
        for y in row * BLOCK..((row + 1) * BLOCK).min(picture.height()) {
            for x in column * BLOCK..((column + 1) * BLOCK).min(picture.width()) {
                sum += u32::from(picture.get_pixel(x, y).0[0]);
                count += 1;
            }
        }
        f64::from(sum) / f64::from(count)
    };
    let differs = |column, row| (mean(&one, column, row) - mean(&other, column, row)).abs() > 24.0;
    let far = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let far = u32::try_from(far.filter(|&(column, row)| differs(column, row)).count()).unwrap();
    f64::from(far) / f64::from(columns * rows)
}

/// The comparison itself: it sees a line of text that is gone, and does not see a shade.
#[test]
fn a_lost_line_is_seen_and_a_paler_edge_is_not() {
    let picture = |change: &dyn Fn(u32, u32, u8) -> u8| {
        let drawn = image::GrayImage::from_fn(200, 300, |x, y| {
            let ink = if y % 12 < 5 && (x / 3) % 2 == 0 { 60 } else { 255 };
            image::Luma([change(x, y, ink)])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        drawn.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let plain = picture(&|_, _, ink| ink);
    assert!(far_apart(&plain, &picture(&|_, _, ink| ink.saturating_add(12))) <= MOST_FAR);
    assert!(far_apart(&plain, &picture(&|_, y, ink| if (120..132).contains(&y) { 255 } else { ink })) > MOST_FAR);
}
