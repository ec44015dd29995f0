//! Finding, with and without diacritics.

use crate::house::{create, draft, procedure, received};
use domain::Status;
use store::Store;
use store::tables::procedure::Offered;
use tempfile::tempdir;

fn names(store: &Store, text: &str) -> Vec<String> {
    store.read(|r| r.search_dossiers(text, 20)).unwrap().into_iter().map(|line| line.applicant).collect()
}

#[test]
fn names_are_found_without_diacritics_the_letter_d_included() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    for (n, name) in [(1, "Đặng Thị Mẫu"), (2, "Đỗ Văn Mẫu"), (3, "Nguyễn Đình Dũng")] {
        store.write(|tx| tx.put_dossier(&received(n, name))).unwrap();
    }
    assert_eq!(names(&store, "dang"), ["Đặng Thị Mẫu"]);
    assert_eq!(names(&store, "Đỗ"), ["Đỗ Văn Mẫu"]);
    assert_eq!(names(&store, "do van"), ["Đỗ Văn Mẫu"]);
    assert_eq!(names(&store, "nguyen dung"), ["Nguyễn Đình Dũng"]);
    assert_eq!(names(&store, "H99.1-261123-0002"), ["Đỗ Văn Mẫu"]);
    assert_eq!(names(&store, "\"* OR NEAR("), Vec::<String>::new(), "search signs are only words");
}

// O8: the provisional code on a printed receipt finds the dossier after the official code came.
#[test]
fn an_earlier_code_still_finds_the_dossier() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let mut dossier = received(1, "A");
    dossier.code = Some(domain::DossierCode::from_stored("H99.1-261123-TABCD-0001".into()));
    store.write(|tx| tx.put_dossier(&dossier)).unwrap();
    dossier.code = Some(domain::DossierCode::from_stored("H99.1-261123-0042".into()));
    store.write(|tx| tx.put_dossier(&dossier)).unwrap();
    for code in ["H99.1-261123-TABCD-0001", "H99.1-261123-0042"] {
        assert_eq!(store.read(|r| r.dossier_by_code(code)).unwrap(), Some(dossier.id));
        assert_eq!(names(&store, code), ["A"]);
    }
}

#[test]
fn a_put_away_draft_leaves_search_and_comes_back() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let mut dossier = draft(1, "Trần Văn Mẫu");
    for (status, found) in [(Status::Draft, 1), (Status::Discarded, 0), (Status::Draft, 1)] {
        dossier.status = status;
        store.write(|tx| tx.put_dossier(&dossier)).unwrap();
        assert_eq!(names(&store, "tran").len(), found, "{status:?}");
    }
}

// C2
#[test]
fn procedures_are_found_by_name_code_and_nickname() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let offer = |procedure: &domain::Procedure| {
        store.write(|tx| tx.offer_procedure(procedure, crate::house::now().date_naive())).unwrap()
    };
    assert_eq!(offer(&procedure()), Offered::New);
    assert_eq!(offer(&procedure()), Offered::Same);
    let mut renamed = procedure();
    renamed.name = "Đăng ký khai sinh mới".into();
    assert_eq!(offer(&renamed), Offered::Updated);
    for text in ["dang ky khai", "KHAI SINH", "1.001193", "ks", "ho tich", ""] {
        let found = store.read(|r| r.find_procedures(text, crate::house::staff().id, 20)).unwrap();
        let names: Vec<_> = found.into_iter().map(|found| found.name).collect();
        assert_eq!(names, ["Đăng ký khai sinh mới"], "{text:?} finds the version on offer, once");
    }
}

/// A11: by the number as it was meant, however it was written; of an organization by its tax code.
#[test]
fn what_somebody_handed_in_lately_is_found_by_their_number() {
    let dir = tempdir().unwrap();
    let (_vault, store) = create(dir.path());
    let mut person = received(1, "Đặng Thị Mẫu");
    person.applicant.id_number = "099 199 000.001".into();
    let mut firm = received(2, "Công ty TNHH Mẫu");
    firm.applicant.kind = domain::applicant::PartyKind::Organization;
    firm.applicant.id_number = "099199000001".into();
    firm.applicant.tax_code = "0100000000-001".into();
    let mut nameless = received(3, "Đặng Thị Mẫu");
    nameless.applicant.birth_date = Some("1999-01-02".parse().unwrap());
    for dossier in [&person, &firm, &nameless] {
        store.write(|tx| tx.put_dossier(dossier)).unwrap();
    }
    let asked = draft(9, "DANG THI MAU");
    let found = |like: &domain::Applicant, procedure: &str, since| {
        let key = like.person_key().unwrap();
        let lines = store.read(|r| r.handed_in_lately(&key, procedure, since, asked.id)).unwrap();
        lines.into_iter().map(|line| line.id).collect::<Vec<_>>()
    };
    let before = crate::house::now() - chrono::TimeDelta::days(1);
    let number = |number: &str| domain::Applicant { id_number: number.into(), ..domain::Applicant::default() };
    assert_eq!(found(&number("099199000001"), "1.001193", before), [person.id]);
    assert_eq!(found(&number("099199000001"), "1.000894", before), [], "another procedure");
    assert_eq!(
        found(&number("099199000001"), "1.001193", crate::house::now() + chrono::TimeDelta::days(1)),
        [],
        "before"
    );
    assert_eq!(found(&firm.applicant, "1.001193", before), [firm.id]);
    let named = domain::Applicant { birth_date: nameless.applicant.birth_date, ..asked.applicant.clone() };
    assert_eq!(found(&named, "1.001193", before), [nameless.id]);
}
