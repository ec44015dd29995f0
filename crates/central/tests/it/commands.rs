//! Commands: the same one is taken once, and only with all that it names.

use crate::world::{World, id, received};
use domain::FileHash;
use serde_json::{Value, json};

#[test]
fn an_accepted_command_is_proven_by_hash() {
    let world = World::new();
    let station = world.station();
    let (one, two) = (b"%PDF one".as_slice(), b"%PDF two".as_slice());
    assert_eq!(station.put(one).status, 201);
    assert_eq!(station.put(two).status, 201);
    let command = received("H99.1-261123-0001", false, &[two, one, two]);
    let answer = station.say(&command);
    assert_eq!(answer.status, 200, "{answer:?}");
    let acceptance = answer.json();
    assert_eq!(acceptance["command"], command["id"]);
    assert_eq!(acceptance["body_sha256"], FileHash::of(command.to_string().as_bytes()).to_string());
    assert_eq!(acceptance["files"], json!([two, one, two].map(|bytes| FileHash::of(bytes).to_string())));
    assert_eq!(acceptance["code"], "H99.1-261123-0001");
    assert_eq!(acceptance["replayed"], false);
    assert_eq!(world.stats(), (1, 2, 16, 1));
}

/// T-38: the answer was lost, and the station sends the same again, now or after the server's restart.
#[test]
fn the_same_command_again_gets_the_same_answer() {
    let world = World::new();
    let station = world.station();
    let command = received("H99.1-261123-T0001-0001", true, &[]);
    let first = station.say(&command).json();
    let mut expected = first.clone();
    expected["replayed"] = Value::Bool(true);
    assert_eq!(station.say(&command).json(), expected, "only `replayed` may differ");
    let world = world.crash();
    let station = crate::world::Station { address: world.address(), ..station };
    assert_eq!(station.say(&command).json(), expected, "a restart must not make it a new command");
    assert_eq!(world.stats().0, 1, "sent three times, there once");
}

/// T-39: by double click, by timer and by hand at once.
#[test]
fn the_same_command_from_many_threads_is_one_dossier() {
    let world = World::new();
    let station = world.station();
    for round in 0..5 {
        let command = received(&format!("H99.1-261123-T0001-{round:04}"), true, &[]);
        let answers: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| station.say(&command))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
        let new = answers.iter().filter(|answer| answer.json()["replayed"] == false).count();
        assert_eq!(new, 1, "exactly one of six was the first");
        let codes: std::collections::BTreeSet<_> = answers.iter().map(|a| a.json()["code"].to_string()).collect();
        assert_eq!(codes.len(), 1, "one dossier has one code");
    }
    assert_eq!(world.stats().0, 5);
}

/// T-40, ODK #5317: the same id never stands for two contents.
#[test]
fn a_key_is_for_one_content() {
    let world = World::new();
    let station = world.station();
    let mut command = received("H99.1-261123-0001", false, &[]);
    assert_eq!(station.say(&command).status, 200);
    command["body"]["note"] = "khác".into();
    let answer = station.say(&command);
    assert_eq!((answer.status, answer.code().as_str()), (409, "key_reused"));
    let garbage = station.submit(command["id"].as_str().unwrap(), b"{");
    assert_eq!((garbage.status, garbage.code().as_str()), (409, "key_reused"));
    assert_eq!(world.stats().0, 1);
}

#[test]
fn nothing_is_accepted_before_its_files() {
    let world = World::new();
    let station = world.station();
    let (here, absent) = (b"here".as_slice(), b"absent".as_slice());
    station.put(here);
    let command = received("H99.1-261123-0001", false, &[here, absent, absent]);
    let answer = station.say(&command);
    assert_eq!((answer.status, answer.code().as_str()), (422, "files_missing"));
    assert_eq!(answer.json()["missing"], json!([FileHash::of(absent).to_string()]), "each missing file once");
    assert_eq!(world.stats().0, 0, "a refused command leaves nothing");
    station.put(absent);
    let answer = station.say(&command);
    assert_eq!((answer.status, answer.json()["replayed"].clone()), (200, Value::Bool(false)));
}

/// The acceptance is a promise about bytes on the disk, so they are read, not remembered.
#[test]
fn a_file_that_rotted_is_asked_for_again() {
    let world = World::new();
    let station = world.station();
    let file = b"whole bytes".as_slice();
    station.put(file);
    let hash = FileHash::of(file).to_string();
    std::fs::write(world.path_of(&hash), b"rotten byte").unwrap();
    let command = received("H99.1-261123-0001", false, &[file]);
    let answer = station.say(&command);
    assert_eq!((answer.status, answer.code().as_str()), (422, "files_missing"));
    assert_eq!(station.send("HEAD", &format!("/v1/files/{hash}"), None).status, 404, "it can be sent again");
    assert_eq!(station.put(file).status, 201);
    assert_eq!(station.say(&command).status, 200);
    assert_eq!(std::fs::read(world.path_of(&hash)).unwrap(), file);
}

#[test]
fn a_code_belongs_to_one_dossier() {
    let world = World::new();
    let (station, other) = (world.station(), world.station());
    assert_eq!(station.say(&received("H99.1-261123-0001", false, &[])).status, 200);
    let answer = station.say(&received("H99.1-261123-0001", false, &[]));
    assert_eq!((answer.status, answer.code().as_str()), (409, "code_taken"), "a station cloned from a disk image");
    let other_office = world.station_of("H99.2");
    let mut command = received("H99.2-261123-0001", false, &[]);
    command["body"]["office"]["code"] = "H99.2".into();
    assert_eq!(other_office.say(&command).status, 200, "another office counts for itself");
    let day = other.enrolled["lease"]["from"].as_str().unwrap();
    let day = format!("{}{}{}", &day[2..4], &day[5..7], &day[8..10]);
    let answer = station.say(&received(&format!("H99.1-{day}-0501"), false, &[]));
    assert_eq!((answer.status, answer.code().as_str()), (409, "code_taken"), "0501 is the other station's to give");
    assert_eq!(other.say(&received(&format!("H99.1-{day}-0501"), false, &[])).status, 200);
    assert_eq!(world.stats().0, 3);
}

/// A later command about a known dossier adds no dossier and moves no code.
#[test]
fn a_dossier_keeps_its_code() {
    let world = World::new();
    let station = world.station();
    let first = received("H99.1-261123-T0001-0001", true, &[]);
    let code = station.say(&first).json()["code"].clone();
    let again = |code: &Value, provisional: bool| {
        let mut command = first.clone();
        command["id"] = id().into();
        command["body"]["code"] = code.clone();
        command["body"]["provisional"] = provisional.into();
        station.say(&command)
    };
    assert_eq!(again(&first["body"]["code"], true).json()["code"], code);
    assert_eq!(again(&code, false).json()["code"], code);
    assert_eq!(again(&"H99.1-261123-0400".into(), false).code(), "code_taken");
    assert_eq!(world.stats().0, 1);
}

#[test]
fn provisional_dossiers_get_numbers_that_no_station_gives() {
    let world = World::new();
    let station = world.station();
    station.lease("2026-11-23");
    let numbers: Vec<u32> = (0..4)
        .map(|n| {
            let answer = station.say(&received(&format!("H99.1-261123-T0001-{n:04}"), true, &[])).json();
            let code = answer["code"].as_str().unwrap().to_owned();
            code.strip_prefix("H99.1-261123-").expect("the day of receipt").parse().unwrap()
        })
        .collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "one after the other: {numbers:?}");
    let later = station.lease("2026-11-23").json();
    let blocks = [(1, 500), (later["first"].as_u64().unwrap(), later["last"].as_u64().unwrap())];
    for number in numbers {
        for (first, last) in blocks {
            assert!(!(first..=last).contains(&u64::from(number)), "{number} lies in {first}..={last}");
        }
    }
}

#[test]
fn what_does_not_fit_is_malformed() {
    let world = World::new();
    let station = world.station();
    let good = || received("H99.1-261123-0001", false, &[]);
    let changed = |path: &str, value: Value| {
        let mut command = good();
        *command.pointer_mut(path).unwrap() = value;
        command
    };
    for (why, command) in [
        ("another office", changed("/body/office/code", "H99.2".into())),
        ("no code", changed("/body/code", "".into())),
        ("a code of another office", changed("/body/code", "H99.2-261123-0001".into())),
        ("a provisional code as official", changed("/body/code", "H99.1-261123-T0001-0001".into())),
        ("an official code as provisional", changed("/body/provisional", true.into())),
        ("an unknown kind", changed("/body/kind", "dossier_eaten".into())),
        ("no time", changed("/at", "yesterday".into())),
        ("a number for a name", changed("/body/applicant/name", 7.into())),
    ] {
        let answer = station.say(&command);
        assert_eq!((answer.status, answer.code().as_str()), (400, "malformed"), "{why}");
        assert!(!answer.json()["message"].as_str().unwrap().contains("Đặng"), "a refusal quotes nobody");
    }
    let file = b"four".as_slice();
    station.put(file);
    let mut wrong_size = received("H99.1-261123-0001", false, &[file]);
    wrong_size["body"]["components"][0]["file"]["bytes"] = 5.into();
    assert_eq!(station.say(&wrong_size).code(), "malformed");
    assert_eq!(station.submit(&id(), good().to_string().as_bytes()).code(), "malformed", "key and id differ");
    assert_eq!(station.submit("", good().to_string().as_bytes()).code(), "malformed", "no key");
    assert_eq!(world.stats().0, 0);
}

fn moved(dossier: &Value, step: &str, status: &str) -> Value {
    json!({
        "id": id(),
        "at": "2026-11-23T09:00:00+07:00",
        "body": {
            "kind": "dossier_moved", "dossier": dossier, "event": id(), "step": step, "status": status,
            "at": "2026-11-23T09:00:00+07:00", "reason": "", "clerk": "canbo"
        }
    })
}

/// D§9.3: where a step leads is worked out here; a step that cannot follow, or leads elsewhere, is refused for good.
#[test]
fn a_step_follows_from_those_before_it() {
    let world = World::new();
    let station = world.station();
    let received = received("H99.1-261123-0001", false, &[]);
    let dossier = &received["body"]["dossier"];
    let early = station.say(&moved(dossier, "processing", "processing"));
    assert_eq!((early.status, early.code().as_str()), (400, "malformed"), "nobody has heard of it yet");
    assert_eq!(station.say(&received).status, 200);
    let skipped = station.say(&moved(dossier, "done", "done"));
    assert_eq!((skipped.status, skipped.code().as_str()), (400, "malformed"));
    let elsewhere = station.say(&moved(dossier, "processing", "done"));
    assert_eq!((elsewhere.status, elsewhere.code().as_str()), (400, "malformed"));
    for (step, status) in [("processing", "processing"), ("done", "done"), ("undone", "processing"), ("done", "done")] {
        let answer = station.say(&moved(dossier, step, status));
        assert_eq!(answer.status, 200, "{step}: {answer:?}");
        assert_eq!(answer.json()["code"], "H99.1-261123-0001");
    }
    let stranger = world.station_of("H99.2").say(&moved(dossier, "returned", "returned"));
    assert_eq!((stranger.status, stranger.code().as_str()), (400, "malformed"), "another office's dossier");
    let world = world.crash();
    let station = crate::world::Station { address: world.address(), ..station };
    assert_eq!(station.say(&moved(dossier, "returned", "returned")).status, 200, "the steps were kept");
}

/// D2, D7: a date that was appointed or corrected is taken with its reason, and only so; the dossier stands where it stood.
#[test]
fn a_date_that_is_set_comes_with_its_reason() {
    let world = World::new();
    let station = world.station();
    let received = received("H99.1-261123-0001", false, &[]);
    let dossier = &received["body"]["dossier"];
    assert_eq!(station.say(&received).status, 200);
    let set = |step: &str, due: Option<&str>, reason: &str| {
        let mut command = moved(dossier, step, "received");
        command["body"]["reason"] = json!(reason);
        if let Some(due) = due {
            command["body"]["due_at"] = json!(due);
        }
        command
    };
    let due = Some("2026-12-08T16:00:00+07:00");
    for bad in [
        set("appointed", None, "Chờ xác minh"),
        set("corrected", None, "Lịch thay đổi"),
        set("appointed", due, " "),
        set("appointed", Some("2026-11-20T16:00:00+07:00"), "Chờ xác minh"),
    ] {
        let answer = station.say(&bad);
        assert_eq!((answer.status, answer.code().as_str()), (400, "malformed"), "{bad}");
    }
    for good in [set("appointed", due, "Chờ xác minh"), set("corrected", due, "Lịch thay đổi")] {
        assert_eq!(station.say(&good).status, 200, "{good}");
    }
    assert_eq!(station.say(&moved(dossier, "undone", "received")).status, 200, "the correction is taken back");
    assert_eq!(station.say(&moved(dossier, "processing", "processing")).status, 200);
}
