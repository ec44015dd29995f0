//! Several procedures in one visit (A12), copies (A7), and the same matter twice (A11, T-48).

use crate::capital::Capital;
use crate::world::{BIRTH, MARRIAGE, Station, accepted, counted, enroll};
use chrono::TimeDelta;
use desk::view::{DossierView, PaperCounts};
use desk::{Desk, DossierId, Error, ErrorCode, EventKind, IntakeFile, Status};

/// A counted dossier for `procedure`, of the visit of `of`.
fn next(desk: &Desk, of: DossierId, procedure: &str) -> DossierView {
    let id = desk.next_in_visit(of).unwrap().id;
    desk.choose_procedure(id, procedure, None).unwrap();
    for component in [1, 2] {
        desk.set_papers(id, component, PaperCounts { originals: 1, ..PaperCounts::default() }).unwrap();
    }
    desk.open_dossier(id).unwrap()
}

#[test]
fn the_next_procedure_has_the_same_person_and_the_same_visit() {
    let (_station, desk) = Station::new();
    let first = accepted(&desk, 1);
    assert_eq!(first.visit, None, "who came for one thing has no visit to look after");
    let second = desk.next_in_visit(first.id).unwrap();
    let third = desk.next_in_visit(second.id).unwrap();
    assert_eq!(second.applicant, first.applicant, "nobody types the person twice");
    assert_eq!((second.status, second.procedure.is_none()), (Status::Draft, true));
    let visit = third.visit.unwrap();
    assert_eq!(visit.root, first.id);
    assert_eq!(visit.dossiers.iter().map(|one| one.id).collect::<Vec<_>>(), [first.id, second.id, third.id]);
    assert_eq!(visit.dossiers[0].code, first.code);
    assert_eq!((visit.dossiers[1].missing, visit.dossiers[0].missing), (1, 0), "a procedure is to be chosen");
    desk.discard_draft(second.id).unwrap();
    let visit = desk.open_dossier(first.id).unwrap().visit.unwrap();
    assert_eq!(visit.dossiers.len(), 2, "what was thrown away is no part of it");
}

#[test]
fn a_visit_is_accepted_in_one_go_and_what_is_left_says_why() {
    let (_station, desk) = Station::new();
    let first = counted(&desk, 1);
    let second = next(&desk, first, BIRTH);
    let bare = desk.next_in_visit(first).unwrap();
    let outcome = desk.accept_visit(bare.id).unwrap();
    assert_eq!(outcome.accepted, [first, second.id]);
    assert_eq!(outcome.dossier.id, bare.id, "the dossier on the table stays there");
    let [left] = &outcome.left[..] else { panic!("{:?}", outcome.left) };
    assert_eq!((left.dossier, left.error.code), (bare.id, ErrorCode::NotReady));
    assert!(left.error.message.contains("thủ tục"), "{}", left.error.message);
    assert_eq!(desk.outbox().unwrap().len(), 2, "one command for each");
    let again = desk.accept_visit(first).unwrap();
    assert_eq!((again.accepted.len(), again.left.len()), (0, 1), "nothing is accepted twice");
}

/// A7: counts and case come along, pages and code do not; the copy is a draft like any other and can be thrown away.
#[test]
fn a_copy_is_a_new_draft_of_the_same_kind() {
    let (station, desk) = Station::new();
    station.feeder.pages([1]);
    let id = counted(&desk, 1);
    crate::world::scan(&desk, id, 1).unwrap();
    let model = desk.accept(id).unwrap();
    let copy = desk.copy_dossier(model.id).unwrap();
    assert_eq!((copy.status, copy.code, copy.pages.received), (Status::Draft, None, 0));
    assert_eq!((&copy.applicant, &copy.procedure, &copy.case), (&model.applicant, &model.procedure, &model.case));
    assert_eq!((copy.components[0].originals, copy.visit), (1, None));
    desk.discard_draft(copy.id).unwrap();
}

/// A11: it is seen before acceptance, it is no wall, and the reason is kept.
#[test]
fn the_same_matter_twice_is_warned_of_and_goes_on_with_a_reason() {
    let (station, desk) = Station::new();
    let first = accepted(&desk, 1);
    let code = first.code.unwrap();
    let id = counted(&desk, 1);
    let seen = desk.open_dossier(id).unwrap().duplicates;
    assert_eq!(seen.iter().filter_map(|row| row.code.as_ref()).collect::<Vec<_>>(), [&code]);
    let refused = desk.accept(id).unwrap_err();
    assert_eq!(refused.code(), (ErrorCode::DuplicateDossier, Some(code)));
    assert!(matches!(desk.accept_twice(id, "  "), Err(Error::ReasonMissing)));
    assert_eq!(desk.open_dossier(id).unwrap().status, Status::Draft);
    let view = desk.accept_twice(id, "Đăng ký cho con thứ hai").unwrap();
    assert_eq!(view.history[0].reason, "Đăng ký cho con thứ hai");
    assert!(view.duplicates.is_empty(), "what is accepted is not warned of any more");
    assert_eq!(desk.duplicates(view.id).unwrap().hits.len(), 1, "but can still be asked for");

    // Somebody else, another procedure, what was withdrawn, and what is long ago are not the same matter.
    assert!(desk.open_dossier(counted(&desk, 2)).unwrap().duplicates.is_empty());
    let other = counted(&desk, 1);
    assert!(desk.choose_procedure(other, BIRTH, None).unwrap().duplicates.is_empty());
    desk.choose_procedure(other, MARRIAGE, None).unwrap();
    desk.move_dossier(first.id, EventKind::Withdrawn, "Nộp nhầm").unwrap();
    assert_eq!(desk.open_dossier(other).unwrap().duplicates.len(), 1);
    station.wall.pass(TimeDelta::days(31));
    desk.sign_in("clerk", crate::world::PASSWORD).unwrap();
    assert!(desk.open_dossier(other).unwrap().duplicates.is_empty());
}

#[test]
fn without_a_number_the_name_and_the_day_of_birth_tell() {
    let (_station, desk) = Station::new();
    let named = |name: &str, born: &str| {
        let form = desk::view::ApplicantForm {
            name: name.into(),
            birth_date: Some(born.into()),
            address: "Thôn 1".into(),
            ..Default::default()
        };
        let id = counted(&desk, 7);
        desk.save_applicant(id, &form).unwrap();
        id
    };
    let id = named("Đặng Thị Mẫu", "1999-01-02");
    // A number is needed to accept; here it is taken from somebody's old paper and is then the one that counts.
    assert_eq!(desk.accept(id).unwrap_err().code().0, ErrorCode::NotReady);
    assert!(
        desk.open_dossier(named("DANG THI MAU", "1999-01-02")).unwrap().duplicates.is_empty(),
        "drafts are not handed in"
    );
}

#[test]
fn the_office_says_how_far_back_is_looked() {
    let (station, desk) = Station::new();
    accepted(&desk, 1);
    let id = counted(&desk, 1);
    assert!(matches!(desk.set_duplicate_days(5), Err(Error::NotAllowed)), "a warning is not the clerk's to turn off");
    desk.sign_in("supervisor", crate::world::PASSWORD).unwrap();
    assert_eq!(desk.duplicate_days().unwrap(), 30);
    desk.set_duplicate_days(5).unwrap();
    assert_eq!(desk.open_dossier(id).unwrap().duplicates.len(), 1);
    station.wall.pass(TimeDelta::days(6));
    desk.sign_in("supervisor", crate::world::PASSWORD).unwrap();
    assert!(desk.open_dossier(id).unwrap().duplicates.is_empty());
    desk.set_duplicate_days(0).unwrap();
    desk.accept(id).unwrap();
}

/// Where nobody is there to be asked, it goes on and says so.
#[test]
fn an_intake_from_a_file_goes_on_and_tells() {
    let (_station, desk) = Station::new();
    let file = |more: &str| -> IntakeFile {
        let text = format!(
            r#"{{"procedure":"{MARRIAGE}","applicant":{{"id_number":"099190000001","name":"Trần Thị Mẫu","address":"Thôn 1"}},
            "components":[{{"index":1,"originals":1}}]{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    let first = desk.intake(&file("")).unwrap();
    assert!(first.duplicates.is_empty());
    let second = desk.intake(&file(&format!(r#","visit":"{}""#, first.code))).unwrap();
    assert_eq!(second.duplicates, [first.code]);
    assert_eq!(desk.open_dossier(second.id).unwrap().visit.unwrap().root, first.id);
}

/// T-48: two stations without a line receive the same; once both have told, a human sees both codes and decides.
#[tokio::test]
async fn what_two_offline_stations_received_is_flagged_after_the_merge() {
    let capital = Capital::start().await;
    let (_here, desk) = Station::new();
    let (_there, other) = Station::new();
    for desk in [&desk, &other] {
        enroll(desk, &capital, &capital.url()).await;
    }
    let first = accepted(&other, 1);
    let second = accepted(&desk, 1);
    assert!(second.duplicates.is_empty(), "neither knows of the other");
    other.sync_now().await.unwrap();
    desk.sync_now().await.unwrap();
    assert!(other.open_dossier(first.id).unwrap().twins.is_empty(), "the first one stood alone");
    let view = desk.open_dossier(second.id).unwrap();
    let [twin] = &view.twins[..] else { panic!("{:?}", view.twins) };
    assert_eq!(Some(&twin.code), first.code.as_ref());
    let item = &desk.outbox().unwrap()[0];
    assert_eq!((&item.code, item.twins.len()), (&second.code.unwrap(), 1), "the outbox shows both codes");
    let row = &desk.search("Mẫu 1", 5).unwrap().hits[0];
    assert_eq!(row.twin, first.code, "and so does every list");
    // Somebody else's dossier, and another procedure of the same person, are no twins.
    let third = accepted(&desk, 2);
    desk.sync_now().await.unwrap();
    assert!(desk.open_dossier(third.id).unwrap().twins.is_empty());

    assert!(matches!(desk.settle_twins(second.id, ""), Err(Error::ReasonMissing)));
    let view = desk.settle_twins(second.id, "Hai người con").unwrap();
    assert!(view.twins.is_empty(), "what was looked into is no longer shown");
    assert_eq!(desk.search("Mẫu 1", 5).unwrap().hits[0].twin, None);
}
