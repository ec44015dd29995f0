//! Cards on pictures: offered where the paper proves who somebody is, told apart from other codes, never filled in silently.

use crate::samples;
use crate::world::*;
use desk::view::Locale;
use desk::{DigitizeInput, ErrorCode, Seat};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage};
use qrcode::QrCode;
use std::path::PathBuf;

const OTHER: &str = "099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã Mẫu|01052021";

/// A page with a QR code of each text.
fn page_of(texts: &[&str]) -> Vec<u8> {
    let mut page = GrayImage::from_pixel(1_240, 1_754, image::Luma([245]));
    for (n, text) in (0_u32..).zip(texts) {
        let code = QrCode::new(text).unwrap();
        let side = u32::try_from(code.width()).unwrap();
        for (at, color) in (0_u32..).zip(code.to_colors()) {
            if color == qrcode::Color::Dark {
                for (x, y) in (0..16).map(|p| (p % 4, p / 4)) {
                    page.put_pixel(200 + at % side * 4 + x, 150 + n * 500 + at / side * 4 + y, image::Luma([30]));
                }
            }
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85)
        .encode(page.as_raw(), page.width(), page.height(), ExtendedColorType::L8)
        .unwrap();
    bytes
}

fn picture(station: &Station, name: &str, texts: &[&str]) -> PathBuf {
    samples::file(&station.papers(), name, &page_of(texts))
}

/// T-28, T-52: the card among scanned pages is offered, whoever sits there is not, and other codes are nobody.
#[test]
fn a_card_on_a_scanned_page_is_offered_and_changes_nothing() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    let view = desk.choose_procedure(id, MARRIAGE, None).unwrap();
    let proving = view.components.iter().find(|one| one.name.contains("tùy thân")).unwrap().index;
    let pages = [
        picture(&station, "don.jpg", &["https://example.com/hoa-don|1|2|3|4|5|6"]),
        picture(&station, "the.jpg", &[CARD, "GCN|099191271735|374|57"]),
        picture(&station, "the-lan-hai.jpg", &[CARD]),
    ];
    import(&desk, id, proving, &pages);
    let offers = desk.card_offers(id).unwrap();
    assert_eq!(offers.len(), 1, "the same card twice is one: {offers:?}");
    let offer = &offers[0];
    assert_eq!((offer.component, offer.number, offer.card.id_number.as_str()), (Some(proving), 2, "099190000001"));
    assert_eq!(desk.open_dossier(id).unwrap().applicant.name, "", "nothing is filled in");
    let answer = desk.offer_card(id, &offer.text, None).unwrap();
    assert_eq!((answer.seat, answer.dossier.applicant.name.as_str()), (Some(Seat::Owner), "NGUYỄN THỊ ĐẶNG"));
    assert!(answer.dossier.from_card);
    assert_eq!(desk.card_offers(id).unwrap(), [], "whoever sits there is not offered");
}

#[test]
fn pages_of_other_papers_are_left_alone() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    desk.choose_procedure(id, MARRIAGE, None).unwrap();
    import(&desk, id, 1, &[picture(&station, "to-khai.jpg", &[CARD])]);
    assert_eq!(desk.card_offers(id).unwrap(), []);
}

/// A picture that somebody gives for its card: one card, several, none, or no picture at all.
#[test]
fn pictures_given_for_a_card_are_read_or_told_of() {
    let (station, desk) = Station::new();
    let one = desk.cards_in_files(&[picture(&station, "mot.jpg", &[CARD])]).unwrap();
    assert_eq!(one.iter().map(|offer| offer.text.as_str()).collect::<Vec<_>>(), [CARD]);
    let two = desk.cards_in_files(&[picture(&station, "hai.jpg", &[OTHER, CARD])]).unwrap();
    let numbers: Vec<&str> = two.iter().map(|offer| offer.card.id_number.as_str()).collect();
    assert_eq!(numbers, ["099199000002", "099190000001"]);
    let pdf = station.papers().join("the.pdf");
    let pages = [picture(&station, "trang.jpg", &[]), picture(&station, "the.jpg", &[CARD])];
    let input = DigitizeInput { files: &pages, output: &pdf, locale: Locale::Vi };
    desk::digitize_files(&input, &desk::Clock::system(chrono::FixedOffset::east_opt(7 * 3_600).unwrap())).unwrap();
    let paper = desk.cards_in_files(&[pdf]).unwrap();
    assert_eq!((paper.len(), paper[0].number, paper[0].text.as_str()), (1, 2, CARD), "the second page of a PDF");
    let refused = |file: PathBuf| desk.cards_in_files(&[file]).unwrap_err().code().0;
    assert_eq!(refused(picture(&station, "khong.jpg", &["MC1|H99.1-261123-0001"])), ErrorCode::NoCardCode);
    assert_eq!(refused(picture(&station, "rach.jpg", &[&CARD[..25]])), ErrorCode::NoCardCode, "a torn text is no card");
    assert_eq!(refused(samples::file(&station.papers(), "bom.png", &samples::bomb_png())), ErrorCode::FileTooLarge);
    assert_eq!(refused(samples::file(&station.papers(), "chu.txt", b"khong phai anh")), ErrorCode::FileKind);
    assert_eq!(desk.cards_in_files(&[]).unwrap(), [], "nothing was chosen");
}
