//! Owners, organizations and who hands in for them (B1, B6, A9; T-52).

use crate::world::*;
use desk::view::{ApplicantForm, PaperCounts, RepresentativeForm};
use desk::{Desk, DossierId, Form, PartyKind, Seat};

const OTHER: &str = "099199000002||LÊ THỊ HAI|03031999|Nữ|Thôn 9, xã An Mẫu|01052021";

/// The receipt's words in their order, by poppler.
fn receipt_text(station: &Station, desk: &Desk, id: DossierId) -> String {
    let path = station.papers().join("receipt.pdf");
    std::fs::write(&path, desk.paper_pdf(Form::Receipt, &id.to_string(), None).unwrap().as_slice()).unwrap();
    let text = std::process::Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("poppler-utils");
    String::from_utf8(text.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

// T-52: two cards in a row are two people.
#[test]
fn a_second_card_asks_before_anybody_is_pushed_out() {
    let (_station, desk) = Station::new();
    let desk = &desk;
    let id = desk.new_dossier().unwrap().id;
    let first = desk.offer_card(id, CARD, Some(Seat::Owner)).unwrap();
    assert_eq!((first.seat, first.question), (Some(Seat::Owner), None));
    let second = desk.offer_card(id, OTHER, Some(Seat::Owner)).unwrap();
    let question = second.question.unwrap();
    assert_eq!(second.dossier.applicant, first.dossier.applicant, "the first person stays");
    assert_eq!((question.card.name.as_str(), question.seats), ("LÊ THỊ HAI", vec![Seat::Representative, Seat::Owner]));
    let seated = desk.read_card(id, OTHER, Seat::Representative).unwrap();
    let representative = seated.representative.unwrap();
    assert_eq!((representative.form.name.as_str(), representative.from_card), ("LÊ THỊ HAI", true));
    assert_eq!(seated.applicant, first.dossier.applicant, "each has a seat of their own");
    // Each card again changes nothing, whatever field is in hand.
    for (card, seat) in [(CARD, Seat::Owner), (OTHER, Seat::Representative)] {
        let again = desk.offer_card(id, card, None).unwrap();
        assert_eq!((again.seat, again.question), (Some(seat), None));
    }
    assert!(desk.offer_card(id, "099199000003||hỏng", None).is_err(), "a torn card is told of, not asked about");
}

#[test]
fn an_organization_hands_in_through_somebody_who_is_named_on_the_receipt() {
    let (station, desk) = Station::new();
    let desk = &desk;
    let id = draft(desk, 1);
    desk.read_card(id, CARD, Seat::Owner).unwrap();
    let view = desk.switch_party(id, PartyKind::Organization).unwrap();
    let moved = view.representative.unwrap();
    assert_eq!(moved.form.name, "NGUYỄN THỊ ĐẶNG", "who was read came for the organization");
    assert_eq!(view.applicant, ApplicantForm { kind: PartyKind::Organization, ..ApplicantForm::default() });
    let back = desk.switch_party(id, PartyKind::Person).unwrap();
    assert_eq!((back.applicant.name.as_str(), back.representative), ("NGUYỄN THỊ ĐẶNG", None), "and back");
    desk.switch_party(id, PartyKind::Organization).unwrap();
    let company = ApplicantForm {
        kind: PartyKind::Organization,
        name: "Công ty  TNHH Mẫu".into(),
        tax_code: "0100233488 001".into(),
        address: "Số 1, phường Mẫu".into(),
        ..ApplicantForm::default()
    };
    let view = desk.save_applicant(id, &company).unwrap();
    assert_eq!(view.applicant.tax_code, "0100233488-001", "as it is printed");
    let form = RepresentativeForm {
        paper_number: "12/GT".into(),
        paper_date: Some("2026-11-20".into()),
        relation: "nhân viên".into(),
        ..moved.form
    };
    let view = desk.save_representative(id, Some(&form)).unwrap();
    let representative = view.representative.unwrap();
    assert!(representative.from_card, "naming the paper leaves the person as read");
    assert_eq!(representative.ground, "theo giấy giới thiệu số 12/GT ngày 20/11/2026, nhân viên");
    desk.set_papers(id, 1, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    desk.accept(id).unwrap();
    let text = receipt_text(&station, desk, id);
    for words in
        ["Tiếp nhận hồ sơ của: Công ty TNHH Mẫu", "Người nộp: NGUYỄN THỊ ĐẶNG", "12/GT", "mã số thuế 0100233488-001"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(desk.search("0100233488", 5).unwrap().hits.len(), 1, "found by the tax code");
    assert_eq!(desk.search("nguyen thi dang", 5).unwrap().hits.len(), 1, "and by who came");
}

#[test]
fn an_organization_without_anybody_who_came_is_not_accepted() {
    let (_station, desk) = Station::new();
    let desk = &desk;
    let id = draft(desk, 1);
    desk.save_applicant(id, &ApplicantForm { kind: PartyKind::Organization, ..person(1) }).unwrap();
    let kinds: Vec<String> = desk
        .open_dossier(id)
        .unwrap()
        .obstacles
        .iter()
        .map(|obstacle| serde_json::to_value(obstacle).unwrap()["field"].to_string())
        .collect();
    assert_eq!(kinds[..3], ["\"tax_code\"", "\"id_number\"", "\"name\""]);
    assert!(desk.accept(id).is_err());
}
