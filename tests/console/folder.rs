//! The data folder and the door to it: one process at a time, the right person, wrong usage.

use crate::intake::received;
use crate::peer::Peer;
use anyhow::Result;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::central::Central;
use tests::programs::{json, program};
use tests::station::{OFFICE, Station};

#[test]
fn a_second_process_is_told_that_the_folder_is_in_use_and_harms_nothing() -> Result<()> {
    let station = Station::at_console()?;
    let mut central = Central::serve(&station.home("elsewhere"))?;
    let token = central.token(OFFICE, "Quầy 1")?;
    station.answer(["enroll", "--central", &central.url(), "--token", &token])?;
    received(&station, "Nguyễn Văn Mẫu")?;
    // A central system that never answers keeps the first process in the folder.
    let address = central.address().to_owned();
    central.turn_off();
    let silence = Peer::at(&address, None)?;
    let mut first = station.console()?.args(["sync", "--once"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // It takes hold of the folder first thing; looking sooner would take the folder from it.
    std::thread::sleep(Duration::from_secs(1));
    let end = Instant::now() + Duration::from_secs(5);
    let second = loop {
        let output = station.motcua(["outbox"])?;
        if !output.status.success() || Instant::now() > end {
            break output;
        }
    };
    let still_there = first.try_wait()?.is_none();
    first.kill()?;
    first.wait()?;
    drop(silence);
    assert!(still_there, "the first was at work meanwhile");
    assert_eq!(second.status.code(), Some(1), "{second:?}");
    assert_eq!(json(&second)?["error"]["code"], "data_in_use", "{second:?}");

    central.turn_on()?;
    assert_eq!(station.answer(["sync", "--once"])?["accepted"], 1, "a killed process leaves no lock and loses nothing");
    assert_eq!(central.stats()?["dossiers"], 1);
    Ok(())
}

#[test]
fn only_people_of_the_station_get_in() -> Result<()> {
    let station = Station::at_console()?;
    let wrong = station.home("wrong");
    std::fs::write(&wrong, "mat-khau-sai\n")?;
    let refused = station.console()?.arg("outbox").env("MOTCUA_PASSWORD_FILE", &wrong).output()?;
    assert_eq!((refused.status.code(), json(&refused)?["error"]["code"].as_str()), (Some(1), Some("sign_in_failed")));
    let stranger = station.console()?.arg("outbox").env("MOTCUA_USER", "nobody").output()?;
    assert_eq!(json(&stranger)?["error"]["code"], "sign_in_failed", "a wrong name sounds like a wrong password");
    for user in ["clerk", "postal", "supervisor"] {
        let output = station.console()?.args(["search", "x"]).env("MOTCUA_USER", user).output()?;
        assert_eq!(output.status.code(), Some(0), "{user}: {output:?}");
    }
    let again = station.motcua(["init", "--office", OFFICE, "--name", "X", "--station", "Y", "--training"])?;
    assert_eq!(
        (again.status.code(), json(&again)?["error"]["code"].as_str()),
        (Some(1), Some("data_exists")),
        "{again:?}"
    );
    let nothing = Station::new()?.motcua(["outbox"])?;
    assert_eq!((nothing.status.code(), json(&nothing)?["error"]["code"].as_str()), (Some(1), Some("data_missing")));
    let data = std::fs::read(station.data().join("station.json"))?;
    assert!(!String::from_utf8_lossy(&data).contains("tap-huan"), "no password lies in the folder");
    Ok(())
}

#[test]
fn wrong_usage_is_exit_two_and_says_nothing_on_standard_output() -> Result<()> {
    let station = Station::new()?;
    for words in [
        &["frob"][..],
        &[],
        &["due"],
        &["sync"],
        &["intake"],
        &["digitize"],
        &["digitize", "x.jpg"],
        &["print", "nothing", "x"],
        &["print", "receipt"],
        &["scan", "--device", "x"],
        &["search", "x", "--limit", "many"],
        &["catalogue"],
        &["init", "--office", OFFICE],
    ] {
        let output = Command::new(program("motcua")?)
            .args(["--json", "--data"])
            .arg(station.data())
            .args(words)
            .env("MOTCUA_USER", "clerk")
            .env("MOTCUA_PASSWORD_FILE", station.home("password"))
            .output()?;
        assert_eq!(output.status.code(), Some(2), "{words:?}: {output:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{words:?}: {output:?}");
    }
    Ok(())
}
