//! Who may open the station: people come and go, passwords change, and the key in the safe opens on the worst day.

use crate::world::{PASSWORD, Station, accepted};
use chrono::TimeDelta;
use desk::{Desk, Error, Form, NewPerson, Role};

const NEW: &str = "mat-khau-moi";

fn person(login: &str, role: Role) -> NewPerson {
    NewPerson { login: login.into(), name: "Trần Văn Mẫu".into(), role, password: NEW.into() }
}

fn supervised() -> (Station, std::sync::Arc<Desk>) {
    let (station, desk) = Station::created();
    desk.sign_in("supervisor", PASSWORD).unwrap();
    (station, desk)
}

fn wrong(result: Result<desk::view::StaffView, Error>) -> bool {
    matches!(result, Err(Error::Store(store::Error::WrongPassword)))
}

#[test]
fn a_new_person_works_here_until_taken_away() {
    let (station, desk) = supervised();
    desk.add_person(&person("hoa", Role::Clerk)).unwrap();
    assert!(matches!(desk.add_person(&person("hoa", Role::Clerk)), Err(Error::LoginTaken)));
    let desk = station.reopen(desk);
    assert_eq!(desk.sign_in("hoa", NEW).unwrap().role, Role::Clerk);
    let done = accepted(&desk, 1);
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.remove_person("hoa").unwrap();
    assert!(wrong(desk.sign_in("hoa", NEW)));
    let receipt = desk.paper_pdf(Form::Receipt, &done.id.to_string(), None).unwrap();
    assert!(!receipt.is_empty(), "what they received stays under their name");
    desk.add_person(&NewPerson { role: Role::Postal, ..person("hoa", Role::Postal) }).unwrap();
    assert_eq!(desk.sign_in("hoa", NEW).unwrap().role, Role::Postal, "and may come back");
}

#[test]
fn the_last_administrator_cannot_go() {
    let (_station, desk) = supervised();
    assert!(matches!(desk.remove_person("supervisor"), Err(Error::LastAdministrator)));
    let down = desk.change_person("supervisor", "Trần Minh Đức", Role::Clerk);
    assert!(matches!(down, Err(Error::LastAdministrator)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    let table = r#"{"administrator": ["administer"]}"#;
    assert!(matches!(desk.set_rights(table), Err(Error::LastAdministrator)), "nobody here is one");
    desk.add_person(&person("quan-tri", Role::Administrator)).unwrap();
    desk.remove_person("supervisor").unwrap();
    assert!(desk.station().signed_in.is_none(), "whoever is taken away is not at the desk any more");
}

#[test]
fn nothing_is_added_half() {
    let (_station, desk) = supervised();
    for new in [
        NewPerson { login: "Hoa ".into(), ..person("", Role::Clerk) },
        NewPerson { login: String::new(), ..person("", Role::Clerk) },
        NewPerson { name: "  ".into(), ..person("hoa", Role::Clerk) },
        NewPerson { password: "1234567".into(), ..person("hoa", Role::Clerk) },
    ] {
        assert!(desk.add_person(&new).is_err(), "{}", new.login);
    }
    assert_eq!(desk.people().unwrap().len(), 3);
}

#[test]
fn everybody_changes_their_own_password() {
    let (station, desk) = Station::new();
    assert!(desk.change_password("khong-phai", NEW).is_err());
    assert!(matches!(desk.change_password(PASSWORD, "ngan"), Err(Error::WeakPassword)));
    desk.change_password(PASSWORD, NEW).unwrap();
    drop(desk);
    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    assert!(wrong(desk.sign_in("clerk", PASSWORD)));
    desk.sign_in("clerk", NEW).unwrap();
    assert!(matches!(desk.reset_password("postal", NEW), Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.reset_password("postal", NEW).unwrap();
    desk.sign_in("postal", NEW).unwrap();
}

/// Q4: every password forgotten, the sheet in the safe opens the station with nothing lost.
#[test]
fn the_key_in_the_safe_opens_what_no_password_does() {
    let (station, desk) = supervised();
    let first = desk.new_recovery_key().unwrap();
    let key = desk.new_recovery_key().unwrap();
    desk.sign_in("clerk", PASSWORD).unwrap();
    assert!(matches!(desk.new_recovery_key(), Err(Error::NotAllowed)));
    let done = accepted(&desk, 1);
    drop(desk);

    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    let mistyped = desk.recover(&key[1..], "clerk", NEW);
    assert!(matches!(mistyped, Err(Error::Store(store::Error::MistypedRecovery))));
    let old = desk.recover(&first, "clerk", NEW);
    assert!(matches!(old, Err(Error::Store(store::Error::WrongPassword))), "an older sheet holds no more");
    assert!(matches!(desk.recover(&key, "nobody", NEW), Err(Error::StaffNotFound)));
    desk.recover(&key.to_lowercase().replace('-', " "), "clerk", NEW).unwrap();
    assert!(desk.station().signed_in.is_none(), "the key opens the door, it does not sit down at the desk");
    desk.sign_in("clerk", NEW).unwrap();
    assert_eq!(desk.open_dossier(done.id).unwrap().code, done.code);
    assert_eq!(desk.verify_log().unwrap().first_broken, None);
}

/// Q5: a desk that nobody is at locks itself; the next person goes on where it stood.
#[test]
fn an_idle_desk_locks_itself() {
    let (station, desk) = Station::new();
    let id = desk.new_dossier().unwrap().id;
    station.wall.pass(TimeDelta::minutes(14));
    assert!(!desk.lock_if_idle().unwrap());
    desk.stay_awake();
    station.wall.pass(TimeDelta::minutes(14));
    assert!(!desk.lock_if_idle().unwrap(), "somebody moved meanwhile");
    station.wall.pass(TimeDelta::minutes(2));
    assert!(desk.lock_if_idle().unwrap());
    assert!(matches!(desk.open_dossier(id), Err(Error::NotSignedIn)));
    assert!(desk.sync_state().is_ok(), "sending goes on");
    desk.sign_in("postal", PASSWORD).unwrap();
    assert!(desk.open_dossier(id).is_ok());
    assert!(matches!(desk.set_idle_minutes(0), Err(Error::NotAllowed)));
    desk.sign_in("supervisor", PASSWORD).unwrap();
    desk.set_idle_minutes(0).unwrap();
    station.wall.pass(TimeDelta::days(1));
    assert!(!desk.lock_if_idle().unwrap(), "nought: never");
}

/// A clock that is set back does not lock anybody out, nor keep the desk open for ever.
#[test]
fn a_clock_set_back_neither_locks_out_nor_keeps_open() {
    let (station, desk) = Station::new();
    station.wall.pass(TimeDelta::days(-400));
    assert!(!desk.lock_if_idle().unwrap());
    station.wall.pass(TimeDelta::minutes(16));
    assert!(desk.lock_if_idle().unwrap());
    for _ in 0..9 {
        let _ = desk.sign_in("clerk", "sai");
        station.wall.pass(TimeDelta::minutes(10));
    }
    let _ = desk.sign_in("clerk", "sai");
    station.wall.pass(TimeDelta::days(-400));
    let Err(Error::Throttled { seconds }) = desk.sign_in("clerk", PASSWORD) else { panic!("still throttled") };
    assert!(seconds <= 320, "{seconds}");
}

/// Ending the program does not give a guesser new tries, and what was tried is in the log afterwards.
#[test]
fn guesses_are_remembered_beyond_the_end_of_the_program() {
    let (station, desk) = Station::created();
    drop(desk);
    for _ in 0..5 {
        let desk = Desk::open(&station.data(), station.parts()).unwrap();
        assert!(wrong(desk.sign_in("clerk", "sai")));
    }
    let desk = Desk::open(&station.data(), station.parts()).unwrap();
    assert!(matches!(desk.sign_in("clerk", PASSWORD), Err(Error::Throttled { .. })));
    station.wall.pass(TimeDelta::minutes(1));
    desk.sign_in("clerk", PASSWORD).unwrap();
    let text = std::fs::read_to_string(station.data().join("sign-ins.json")).unwrap();
    assert!(!text.contains("clerk"), "{text}");
    let before = desk.verify_log().unwrap().entries;
    assert!(before >= 6, "five failures and a sign-in: {before}");
}
