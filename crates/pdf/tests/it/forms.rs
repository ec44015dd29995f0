//! The other forms: slips, lists and the book can be read by people and by programs, whatever they hold.

use crate::samples::{at, dossier, issue, long_dossier};
use crate::witness::{ask, no_overlap, squeezed};
use domain::form::{self, BookRow, Document, FailedPaper, HandedDossier};
use domain::{Channel, Event, EventKind, Form, Regulation};
use pdf::Paper;

const PAPERS: [Paper; 2] = [Paper::A4, Paper::A5];

fn step(kind: EventKind, reason: &str) -> Event {
    let id = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    let by = "00000000-0000-7000-8000-000000000002".parse().unwrap();
    Event { id, kind, at: at("2026-11-25T08:05:00+07:00"), by, reason: reason.to_owned(), due: None }
}

fn log() -> Vec<Event> {
    vec![
        step(EventKind::Received, ""),
        step(EventKind::Processing, "Chuyển công chức tư pháp – hộ tịch"),
        step(EventKind::Done, ""),
        step(EventKind::Returned, ""),
    ]
}

fn handed(n: u32) -> HandedDossier {
    HandedDossier {
        code: format!("H99.1-261123-{n:04}"),
        request: "Đăng ký khai sinh".into(),
        applicant: "NGUYỄN PHƯỚC HOÀNG TRƯỜNG THIÊN BẢO".into(),
        address: "Thôn Đông, xã Mẫu, tỉnh Mẫu".into(),
        channel: if n.is_multiple_of(3) { Channel::Post } else { Channel::Counter },
        received_at: Some(at("2026-11-23T09:15:00+07:00")),
        due: Some(at("2026-11-27T09:15:00+07:00")),
        papers: n,
        charged: n.is_multiple_of(2),
        result: "Giấy khai sinh".into(),
    }
}

fn row(number: u32) -> BookRow {
    BookRow {
        number,
        code: format!("H99.1-261123-{number:04}"),
        procedure: "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con".into(),
        applicant: "TRẦN THỊ MẪU".into(),
        address: "Thôn Đông, xã Mẫu, tỉnh Mẫu; 0912345678".into(),
        received_at: at("2026-11-23T09:15:00+07:00"),
        due: Some(at("2026-11-27T09:15:00+07:00")),
        handed_at: Some(at("2026-11-23T15:10:00+07:00")),
        done_at: None,
        returned_at: None,
        way: "Trực tiếp",
        note: if number.is_multiple_of(7) { "Đã yêu cầu bổ sung 25/11/2026".into() } else { String::new() },
    }
}

/// Every form that is described as blocks, with everyday and with the longest content.
fn all(regulation: Regulation) -> Vec<Document> {
    let issue = || domain::form::Issue { regulation, ..issue() };
    let mut all = Vec::new();
    for dossier in [dossier(), long_dossier()] {
        let reasons = "Bản sao giấy chứng nhận kết hôn của cha, mẹ; Giấy ủy quyền có chứng thực";
        for kind in [EventKind::SupplementAsked, EventKind::Refused, EventKind::Stopped] {
            all.push(form::notice(&dossier, &step(kind, reasons), issue()).unwrap());
        }
        let failed = [
            FailedPaper {
                name: "Giấy chứng sinh".into(), reason: "thiếu chữ ký của cơ sở y tế".into()
            },
            FailedPaper { name: "Giấy ủy quyền".into(), reason: String::new() },
        ];
        all.push(form::supplement_of_draft(&dossier, &failed, issue()));
        let (before, after) = (at("2026-11-27T09:15:00+07:00"), at("2026-12-02T09:15:00+07:00"));
        all.push(form::apology(&dossier, before, after, "Chờ kết quả xác minh của cơ quan công an", issue()));
        all.push(form::control(&dossier, &log(), |_| "Nguyễn Văn Thử".into(), issue()));
        all.push(form::history(&dossier, &log(), |_| "Nguyễn Văn Thử".into(), |_| "Tiếp nhận", issue()));
        all.push(form::result_receipt(&dossier, after, "", issue()));
    }
    for n in [0, 1, 60] {
        let dossiers: Vec<_> = (1..=n).map(handed).collect();
        all.push(form::handover(&dossiers, "Hồ sơ tiếp nhận ngày 23/11/2026", issue()));
        all.push(form::handover_results(&dossiers, "Kết quả ngày 23/11/2026", issue()));
        let rows: Vec<_> = (1..=n).map(row).collect();
        all.push(form::tracking_book(&rows, "Năm 2026 – từ 01/11/2026 đến 30/11/2026", issue()));
    }
    all
}

#[test]
fn every_form_has_its_title_its_people_and_its_number_and_no_word_on_another() {
    for regulation in [Regulation::Tt01, Regulation::Tt03] {
        for document in all(regulation) {
            for paper in PAPERS {
                let what = format!("{:?} {regulation:?} {paper:?}", document.form);
                let bytes = pdf::forms::form(&document, paper).unwrap();
                assert!(bytes.len() < 400_000, "{what}: {} bytes", bytes.len());
                let Some(text) = ask("pdftotext", &["-raw", "{}", "-"], &bytes) else { return };
                let text = squeezed(&text);
                assert!(text.contains(&document.title().to_uppercase()), "{what} lacks its title: {text}");
                if let Some(number) = document.form.number(regulation) {
                    assert!(text.contains(number), "{what} lacks {number}");
                }
                for sign in &document.signatures {
                    assert!(text.contains(sign.role), "{what} lacks {}", sign.role);
                }
                assert!(!text.contains('\u{fffd}'), "{what} has a letter that no font has: {text}");
                no_overlap(&bytes, &what);
            }
        }
    }
}

// D§2.4: what is asked for, entry by entry, and why, in the order of the form.
#[test]
fn the_supplement_slip_asks_for_everything_at_once() {
    let failed = [
        FailedPaper { name: "Giấy chứng sinh".into(), reason: "thiếu chữ ký của cơ sở y tế".into() },
        FailedPaper { name: "Giấy ủy quyền".into(), reason: "chưa chứng thực".into() },
    ];
    let bytes = pdf::forms::form(&form::supplement_of_draft(&dossier(), &failed, issue()), Paper::A5).unwrap();
    let Some(text) = ask("pdftotext", &["-raw", "{}", "-"], &bytes) else { return };
    let text = squeezed(&text);
    let mut rest = text.as_str();
    for phrase in [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Tiếp nhận hồ sơ của Ông/Bà: TRẦN THỊ MẪU",
        "Số CMND/Căn cước/Hộ chiếu: 099199000001",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh (mã thủ tục: 1.001193)",
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:",
        "1. Giấy chứng sinh: thiếu chữ ký của cơ sở y tế",
        "2. Giấy ủy quyền: chưa chứng thực",
        "Xin thông báo cho Ông/Bà được biết và thực hiện.",
        "Điện thoại liên hệ: 0299 3 123 456.",
        "NGƯỜI HƯỚNG DẪN",
        "Nguyễn Văn Thử",
    ] {
        let found = rest.find(phrase).unwrap_or_else(|| panic!("{phrase:?} is not where it belongs in {text}"));
        rest = &rest[found + phrase.len()..];
    }
}

#[test]
fn a_list_is_made_twice_and_goes_on_over_pages() {
    let dossiers: Vec<_> = (1..=60).map(handed).collect();
    let bytes = pdf::forms::form(&form::handover(&dossiers, "Ngày 23/11/2026", issue()), Paper::A5).unwrap();
    let Some(text) = ask("pdftotext", &["{}", "-"], &bytes) else { return };
    for n in 1..=60 {
        assert_eq!(text.matches(&format!("H99.1-261123-{n:04}")).count(), 2, "dossier {n} is on both copies");
    }
    assert!(text.contains("Bản bên giao giữ") && text.contains("Bản bên nhận giữ"));
    for page in text.trim_end_matches('\u{c}').split('\u{c}').filter(|page| page.contains("H99.1-261123-")) {
        assert!(page.contains("Mã hồ sơ"), "the head stands on every page of the list: {page}");
    }
}

#[test]
fn a_reprint_says_so_and_a_box_is_crossed() {
    let mut again = issue();
    again.reprint = 2;
    let document = form::control(&dossier(), &log(), |_| "Nguyễn Văn Thử".into(), again);
    let bytes = pdf::forms::form(&document, Paper::A5).unwrap();
    let Some(text) = ask("pdftotext", &["{}", "-"], &bytes) else { return };
    let text = squeezed(&text);
    assert!(text.contains("BẢN IN LẠI lần 2") && text.contains("Bản in lại lần 2"), "{text}");
    assert!(text.contains("[X] Trước hạn"), "{text}");
    assert_eq!(document.form, Form::Control);
}

#[test]
fn endless_and_hostile_content_does_no_harm() {
    let mut hostile = long_dossier();
    hostile.applicant.name = "Ẩ".repeat(3_000);
    hostile.applicant.address = "a\u{0}\u{202e}\n\t|".repeat(2_000);
    let reason = "x".repeat(20_000);
    for kind in [EventKind::SupplementAsked, EventKind::Refused] {
        let document = form::notice(&hostile, &step(kind, &reason), issue()).unwrap();
        no_overlap(&pdf::forms::form(&document, Paper::A5).unwrap(), "hostile slip");
    }
    let mut dossier = handed(1);
    dossier.request = "Đăng ký ".repeat(4_000);
    no_overlap(&pdf::forms::form(&form::handover(&[dossier], "", issue()), Paper::A4).unwrap(), "hostile list");
}

/// D5: the explanation of a limit of five weeks and of its stages is one page, on half a sheet too.
#[test]
fn an_explanation_of_weeks_is_one_page() {
    let calendar = domain::Calendar::from_json(include_str!("../../../../assets/calendars/vn.json")).unwrap();
    let mut dossier = dossier();
    let received = dossier.received_at.unwrap();
    let stages = domain::deadline::stages("2h+20wd+4wd").unwrap();
    let term = domain::Term::of(Some(domain::Limit::WorkingDays(25)), &stages).unwrap();
    dossier.deadline = Some(term.deadline(received, &calendar).unwrap());
    let document = form::due_explanation(&dossier, Some("Công an xã An Mẫu"), issue()).unwrap();
    for paper in PAPERS {
        let bytes = pdf::forms::form(&document, paper).unwrap();
        assert_eq!(pdf::read::inspect(&bytes).unwrap().len(), 1, "{paper:?}");
    }
}
