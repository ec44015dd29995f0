//! People known from before, found by the name that is typed (B5).

use crate::world::*;
use desk::view::ApplicantForm;
use desk::{Desk, DossierId, ErrorCode, PartyKind, Seat};

fn received(desk: &Desk, n: u32, form: &ApplicantForm) -> DossierId {
    let id = counted(desk, n);
    desk.save_applicant(id, form).unwrap();
    desk.accept(id).or_else(|_| desk.accept_twice(id, "lần nộp khác")).unwrap().id
}

fn named(n: u32, name: &str) -> ApplicantForm {
    ApplicantForm {
        name: name.into(),
        phone: format!("0912345{n:03}"),
        birth_date: Some("1990-02-01".into()),
        ..person(n)
    }
}

fn names(desk: &Desk, typed: &str) -> Vec<String> {
    desk.find_known(typed, PartyKind::Person).unwrap().people.into_iter().map(|one| one.name).collect()
}

#[test]
fn people_are_found_by_what_is_typed_of_their_name() {
    let (_station, desk) = Station::new();
    received(&desk, 1, &named(1, "Đặng Thị Mẫu"));
    received(&desk, 2, &named(2, "Đặng Thị Mẫu"));
    received(&desk, 1, &named(1, "Đặng Thị Mẫu"));
    received(&desk, 3, &named(3, "Nguyễn Văn Khác"));
    draft(&desk, 4);
    let found = desk.find_known("dang thi m", PartyKind::Person).unwrap().people;
    let ends: Vec<&str> = found.iter().map(|one| one.number_end.as_str()).collect();
    assert_eq!(ends, ["0001", "0002"], "each once, the latest first");
    assert_eq!((found[0].birth_date.as_deref(), found[0].consent), (Some("1990-02-01"), None));
    assert_eq!(names(&desk, "Nguyễn Văn"), ["Nguyễn Văn Khác"]);
    for nobody in ["dang", "Nguyễn Thị Mẫu 4", "099190 0001", "thi dangx", ""] {
        assert_eq!(names(&desk, nobody), [""; 0], "{nobody}: too little, a draft's, a number, or nobody");
    }
    assert_eq!(desk.find_known("dang thi mau", PartyKind::Organization).unwrap().people, []);
}

/// B5: taken over only with consent, which is kept; and whoever is taken is not off a card.
#[test]
fn what_a_known_person_told_is_taken_over_once_they_agree() {
    let (_station, desk) = Station::new();
    received(&desk, 1, &named(1, "Đặng Thị Mẫu"));
    let id = desk.new_dossier().unwrap().id;
    let known = desk.find_known("đặng thị mẫu", PartyKind::Person).unwrap().people.remove(0);
    let take = |agreed| desk.take_known(id, Seat::Owner, known.dossier, known.seat, agreed);
    assert_eq!(take(false).unwrap_err().code().0, ErrorCode::NotOffered);
    assert_eq!(desk.open_dossier(id).unwrap().applicant.name, "", "nothing is filled in");
    let view = take(true).unwrap();
    assert_eq!((view.applicant.id_number.as_str(), view.applicant.phone.as_str()), ("099190000001", "0912345001"));
    assert!(!view.from_card);
    assert_eq!(desk.consent_of("099190000001").unwrap(), Some(true));
    take(false).unwrap();
    desk.set_consent_of("099190000001", false).unwrap();
    assert_eq!(take(false).unwrap_err().code().0, ErrorCode::NotOffered, "and a no takes it back");
    assert_eq!(desk.set_consent_of("  ", true).unwrap_err().code().0, ErrorCode::BadInput);
}

/// Whoever handed in for another is known too, and may hand in for somebody again.
#[test]
fn a_representative_is_known_as_well() {
    let (_station, desk) = Station::new();
    let id = counted(&desk, 1);
    let form = desk::view::RepresentativeForm {
        name: "Lê Thị Hai".into(),
        id_number: "099199000002".into(),
        paper_number: "01/UQ".into(),
        paper_date: Some("2026-11-20".into()),
        ..Default::default()
    };
    desk.save_representative(id, Some(&form)).unwrap();
    desk.accept(id).unwrap();
    let known = desk.find_known("le thi hai", PartyKind::Person).unwrap().people.remove(0);
    assert_eq!(known.seat, Seat::Representative);
    let id = desk.new_dossier().unwrap().id;
    let view = desk.take_known(id, Seat::Representative, known.dossier, known.seat, true).unwrap();
    assert_eq!(view.representative.unwrap().form.id_number, "099199000002");
}
