//! Who sits at the counter, what each may do, and who is kept out.

use crate::world::{PASSWORD, Station, accepted, counted, draft, office, person, request};
use chrono::TimeDelta;
use desk::view::{PaperCounts, RunOutcome};
use desk::{Desk, DossierId, Error, ErrorCode, Form, NewStation};
use domain::{Role, Staff, StaffId, StationId};
use store::{NewSlot, Vault};

fn seconds(result: Result<desk::view::StaffView, Error>) -> i64 {
    match result {
        Err(Error::Throttled { seconds }) => seconds,
        other => panic!("must be throttled: {other:?}"),
    }
}

#[test]
fn wrong_passwords_cost_ever_more_time() {
    let (station, desk) = Station::created();
    for _ in 0..5 {
        let refused = desk.sign_in("clerk", "sai").unwrap_err();
        assert_eq!(refused.code().0, ErrorCode::SignInFailed);
    }
    assert_eq!(seconds(desk.sign_in("clerk", PASSWORD)), 5, "even the right one waits now");
    assert_eq!(seconds(desk.sign_in("postal", PASSWORD)), 5, "under another name too");
    let told = desk.explain(&desk.sign_in("clerk", PASSWORD).unwrap_err());
    assert!(told.hint.is_some_and(|hint| hint.contains("5 giây")), "the clerk is told how long");
    station.wall.pass(TimeDelta::seconds(4));
    assert_eq!(seconds(desk.sign_in("clerk", PASSWORD)), 1);
    station.wall.pass(TimeDelta::seconds(1));
    assert_eq!(desk.sign_in("clerk", "sai").unwrap_err().code().0, ErrorCode::SignInFailed);
    assert_eq!(seconds(desk.sign_in("clerk", PASSWORD)), 10, "twice as long after one more");
    for _ in 0..12 {
        station.wall.pass(TimeDelta::minutes(10));
        assert_eq!(desk.sign_in("clerk", "sai").unwrap_err().code().0, ErrorCode::SignInFailed);
    }
    assert!(seconds(desk.sign_in("clerk", PASSWORD)) <= 360, "a forgetful clerk is not locked out for the day");
    station.wall.pass(TimeDelta::minutes(10));
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert_eq!(desk.sign_in("clerk", "sai").unwrap_err().code().0, ErrorCode::SignInFailed);
    assert!(desk.sign_in("clerk", PASSWORD).is_ok(), "a success wipes the slate");
}

#[test]
fn nobody_is_told_whether_a_name_exists() {
    let (_station, desk) = Station::created();
    let unknown = desk.explain(&desk.sign_in("giam-doc", PASSWORD).unwrap_err());
    let wrong = desk.explain(&desk.sign_in("clerk", "sai").unwrap_err());
    assert_eq!((unknown.code, unknown.message, unknown.hint), (wrong.code, wrong.message, wrong.hint));
}

/// Everything a person does at the counter needs a person at the counter.
#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_nothing_is_done_or_shown() {
    let (station, desk) = Station::new();
    let view = accepted(&desk, 1);
    let open = counted(&desk, 2);
    station.feeder.pages([1]);
    crate::world::scan(&desk, open, 1).unwrap();
    let page = desk.open_dossier(open).unwrap().components[0].pages[0].id;
    desk.sign_out().unwrap();
    for (what, result) in everything(&desk, open, page, view.id) {
        assert!(matches!(result, Err(Error::NotSignedIn)), "{what}: {result:?}");
    }
    assert!(matches!(desk.sync_now().await, Err(Error::NotSignedIn)));
    assert!(matches!(desk.enroll("http://127.0.0.1:9", "x").await, Err(Error::NotSignedIn)));
    assert!(desk.sync_state().is_ok(), "the status bar still lives");
    assert!(desk.station().signed_in.is_none());
    desk.sign_in("postal", PASSWORD).unwrap();
    assert_eq!(desk.open_dossier(open).unwrap().pages.kept, 1, "the next one finds everything");
}

/// Every use case that needs somebody, by name.
fn everything(
    desk: &Desk,
    open: DossierId,
    page: desk::PageId,
    done: DossierId,
) -> Vec<(&'static str, Result<(), Error>)> {
    let none = |_: RunOutcome| ();
    vec![
        ("new_dossier", desk.new_dossier().map(drop)),
        ("save_applicant", desk.save_applicant(open, &person(3)).map(drop)),
        ("read_card", desk.read_card(open, crate::world::CARD, desk::Seat::Owner).map(drop)),
        ("choose_procedure", desk.choose_procedure(open, crate::world::BIRTH, None).map(drop)),
        ("choose no procedure", desk.choose_procedure(open, "9.9", None).map(drop)),
        ("set_papers", desk.set_papers(open, 1, PaperCounts::default()).map(drop)),
        ("save_note", desk.save_note(open, "x").map(drop)),
        ("set_channel", desk.set_channel(open, desk::Channel::Post).map(drop)),
        ("discard", desk.discard_draft(open).map(drop)),
        ("restore", desk.restore_draft(open).map(drop)),
        ("scan", desk.scan(open, 1, &request(), &mut |_| {}).map(none)),
        ("import", desk.import_files(open, 1, &[], &mut |_| {}).map(none)),
        ("aside", desk.set_page_aside(page, true).map(drop)),
        ("move", desk.move_page(page, 1, None).map(drop)),
        ("accept", desk.accept(open).map(drop)),
        ("open_dossier", desk.open_dossier(open).map(drop)),
        ("today", desk.today_view().map(drop)),
        ("search", desk.search("nguyen", 5).map(drop)),
        ("find_dossier", desk.find_dossier("H99").map(drop)),
        ("find_procedures", desk.find_procedures("", 5).map(drop)),
        ("thumb", desk.thumb(page).map(drop)),
        ("page_picture", desk.page_picture(page).map(drop)),
        ("receipt", desk.paper(Form::Receipt, &done.to_string(), None).map(drop)),
        ("receipt_pdf", desk.paper_pdf(Form::Receipt, &done.to_string(), None).map(drop)),
        ("receipt_picture", desk.paper_picture(Form::Receipt, &done.to_string(), 0).map(drop)),
        ("print", desk.print_paper(Form::Receipt, &done.to_string(), None, None).map(drop)),
        ("open_receipt", desk.open_paper(Form::Receipt, &done.to_string())),
        ("outbox", desk.outbox().map(drop)),
        ("preferences", desk.preferences().map(drop)),
        ("import_catalogue", crate::world::bring_in(desk, "[]").map(drop)),
        ("verify_log", desk.verify_log().map(drop)),
    ]
}

/// The inspector reads and does nothing else; the clerk does not administer.
#[tokio::test(flavor = "multi_thread")]
async fn each_role_has_its_rights_and_no_more() {
    let station = with_inspector();
    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(
        matches!(crate::world::bring_in(&desk, "[]"), Err(Error::NotAllowed)),
        "a clerk does not change the catalogue"
    );
    let id = desk.new_dossier().unwrap().id;
    desk.sign_out().unwrap();
    desk.sign_in("inspector", PASSWORD).unwrap();
    assert!(desk.open_dossier(id).is_ok() && desk.today_view().is_ok() && desk.search("", 5).is_ok());
    let page: desk::PageId = "019a0000-0000-7000-8000-000000000000".parse().unwrap();
    let may = [
        "open_dossier",
        "today",
        "search",
        "find_dossier",
        "find_procedures",
        "thumb",
        "page_picture",
        "preferences",
        "verify_log",
    ];
    for (what, result) in everything(&desk, id, page, id) {
        let refused = matches!(result, Err(Error::NotAllowed));
        // Reading is what an inspector is for; what it reads may still not be there.
        assert_eq!(refused, !may.contains(&what), "{what}: {result:?}");
    }
    assert!(matches!(desk.sync_now().await, Err(Error::NotAllowed)));
    assert!(matches!(desk.enroll("http://127.0.0.1:9", "x").await, Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    assert!(crate::world::bring_in(&desk, "[]").is_ok());
    assert!(matches!(crate::world::bring_in(&desk, "{}"), Err(Error::BadCatalogue(_))));
}

/// A station that also has an inspector; made by hand because the first staff has none.
fn with_inspector() -> Station {
    let (station, desk) = Station::created();
    drop(desk);
    let profile = std::fs::read(station.data().join("station.json")).unwrap();
    std::fs::remove_dir_all(station.data()).unwrap();
    let people = [("clerk", Role::Clerk), ("inspector", Role::Inspector), ("supervisor", Role::Supervisor)];
    let slots: Vec<_> = people.iter().map(|(login, _)| NewSlot { login, name: login, password: PASSWORD }).collect();
    let (_vault, store) = Vault::create(&station.data(), &slots).unwrap();
    store
        .write(|tx| -> Result<(), store::Error> {
            for (n, (login, role)) in (1..).zip(people) {
                tx.put_staff(&Staff {
                    id: StaffId::from_bytes([n; 16]),
                    login: login.into(),
                    name: login.into(),
                    role,
                    active: true,
                })?;
            }
            tx.set("office", &office())?;
            tx.set("station", &StationId::from_bytes([9; 16]))
        })
        .unwrap();
    std::fs::write(station.data().join("station.json"), profile).unwrap();
    station
}

/// T-57: one folder, one program.
#[test]
fn a_second_program_on_the_folder_is_refused() {
    let (station, desk) = Station::new();
    let Err(refused) = Desk::open(&station.data(), station.parts()) else { panic!("two programs on one folder") };
    assert_eq!(refused.code().0, ErrorCode::DataInUse);
    let new = NewStation { office: office(), station: "Quầy 2".into(), training: false, password: PASSWORD.into() };
    let Err(refused) = Desk::create(&station.data(), &new, station.parts()) else { panic!("made over the old one") };
    assert_eq!(refused.code().0, ErrorCode::DataExists);
    assert!(desk.new_dossier().is_ok(), "the first goes on");
    let empty = station.papers();
    let Err(refused) = Desk::open(&empty, station.parts()) else { panic!("there is no station") };
    assert_eq!(refused.code().0, ErrorCode::DataMissing);
}

/// T-58: nothing of a dossier lies in the folder in the clear.
#[test]
fn no_name_lies_on_the_disk_in_the_clear() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    desk.save_note(id, "GHICHUBIMAT").unwrap();
    station.feeder.pages([1]);
    crate::world::scan(&desk, id, 1).unwrap();
    desk.accept(id).unwrap();
    let words = [&b"GHICHUBIMAT"[..], "Nguyễn Thị Mẫu".as_bytes(), b"099190000001", b"JFIF", PASSWORD.as_bytes()];
    let mut folders = vec![station.data()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for word in words {
                let found = bytes.windows(word.len()).any(|window| window == word);
                assert!(!found, "{} holds {}", path.display(), String::from_utf8_lossy(word));
            }
        }
    }
}

/// Looking is logged too (Q2), and the log is a chain.
#[test]
fn who_looked_is_in_the_log() {
    let (station, desk) = Station::new();
    let id = draft(&desk, 1);
    let actions = |desk: std::sync::Arc<Desk>| {
        let mut actions = Vec::new();
        station.look_inside(desk, |store| {
            let take = |entry: domain::log::Entry| -> Result<(), store::Error> {
                actions.push(entry.action);
                Ok(())
            };
            store.read(|r| r.audit(take)).unwrap();
        });
        actions
    };
    desk.open_dossier(id).unwrap();
    desk.search("Nguyễn Thị Mẫu", 5).unwrap();
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
    let actions = actions(desk);
    for action in ["sign_in", "dossier.open", "dossier.applicant", "dossier.procedure", "dossier.view", "search"] {
        assert!(actions.iter().any(|done| done == action), "{action} is not in {actions:?}");
    }
}

/// T-58: an address of a picture that somebody kept shows nothing once another person is at the desk.
#[test]
fn addresses_of_pictures_end_with_the_session() {
    let (_station, desk) = Station::new();
    let first = desk.station().pictures.unwrap();
    assert!(desk.is_picture_key(&first) && !desk.is_picture_key("") && first.len() == 32);
    desk.sign_in("postal", PASSWORD).unwrap();
    assert!(!desk.is_picture_key(&first));
    let second = desk.station().pictures.unwrap();
    desk.sign_out().unwrap();
    assert_eq!(desk.station().pictures, None);
    assert!(!desk.is_picture_key(&second) && !desk.is_picture_key(""));
}
