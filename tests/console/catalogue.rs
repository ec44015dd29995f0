//! `motcua catalogue` as processes: the real records in, what they leave out completed, signed packages from one
//! station to another.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::ffi::OsStr;
use tests::programs::{checkout, json as read, skipped};
use tests::station::Station;

/// `motcua` as the supervisor, who may change the catalogue.
fn supervisor<A: AsRef<OsStr>>(station: &Station, arguments: impl IntoIterator<Item = A>) -> Result<Value> {
    let output = station.console()?.args(arguments).env("MOTCUA_USER", "supervisor").output()?;
    ensure!(output.status.success(), "refused: {output:?}");
    read(&output)
}

/// The code of what a command is refused with.
fn refused<A: AsRef<OsStr>>(station: &Station, arguments: impl IntoIterator<Item = A>) -> Result<String> {
    let output = station.console()?.args(arguments).env("MOTCUA_USER", "supervisor").output()?;
    ensure!(output.status.code() == Some(1), "not refused: {output:?}");
    Ok(serde_json::from_slice::<Value>(&output.stdout)?["error"]["code"].as_str().unwrap_or_default().to_owned())
}

/// C1, C2: 2,642 real records; found without diacritics, by initials and code; a missing limit completed at the counter.
#[test]
fn the_national_records_serve_a_counter() -> Result<()> {
    let records = checkout().join("../shared/data/procedures.jsonl.gz");
    if !records.is_file() {
        skipped("no ../shared/data");
        return Ok(());
    }
    let station = Station::at_console()?;
    let got = supervisor(&station, ["catalogue".as_ref(), "import".as_ref(), records.as_os_str()])?;
    assert!(got["finished"] == true && got["imported"].as_u64() > Some(2_500), "{}", got["imported"]);
    let unread = got["unread"].as_array().unwrap();
    assert!(unread.iter().all(|one| ["code", "field", "reason"].iter().all(|key| one[key].is_string())));

    let first = |text: &str| -> Result<String> {
        let found = station.answer(["catalogue", "search", text])?;
        Ok(found["hits"][0]["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(first("dang ky ket hon co yeu to nuoc ngoai")?, "2.000806");
    assert_eq!(first("2.000806")?, "2.000806");
    station.answer(["catalogue", "star", "2.000806"])?;
    assert_eq!(first("dkkh")?, "2.000806", "by initials, and the favourite first");
    assert_eq!(first("")?, "2.000806");

    // A procedure whose one case has no limit: not to be accepted until somebody says how long it takes.
    let silent = unread.iter().filter(|one| one["field"] == "limit");
    let shown = silent.map(|one| station.answer(["catalogue", "show", one["code"].as_str().unwrap()]));
    let silent = shown.flatten().find(|shown| {
        let cases = shown["procedure"]["cases"].as_array().unwrap();
        cases.len() == 1 && cases[0]["limit"].is_null()
    });
    let silent = silent.expect("some publication names no limit")["procedure"].clone();
    let (code, case) = (silent["code"].as_str().unwrap(), silent["cases"][0]["id"].as_str().unwrap());
    let set = station.answer(["catalogue", "limit", code, case, "3wd", "--reason", "Quy trình nội bộ"])?;
    assert_eq!(set["limit"], "3 ngày làm việc");
    let components: Vec<Value> = (1..=silent["components"].as_array().unwrap().len())
        .map(|index| json!({ "index": index, "originals": 1 }))
        .collect();
    let intake = json!({ "procedure": code, "components": components,
        "applicant": { "id_number": "099199000001", "name": "Nguyễn Thị Mẫu", "address": "Thôn 1, xã An Mẫu" } });
    std::fs::write(station.home("intake.json"), intake.to_string())?;
    let accepted = station.answer(["intake".as_ref(), station.home("intake.json").as_os_str()])?;
    assert!(accepted["due"].is_string(), "{accepted}");
    Ok(())
}

/// C1: a province's station signs, an office's station takes; a forged or unknown package changes nothing.
#[test]
fn a_signed_package_goes_from_station_to_station() -> Result<()> {
    let (here, there) = (Station::at_console()?, Station::at_console()?);
    let path = |name: &str| here.home(name).into_os_string().into_string().unwrap();
    let key = supervisor(&here, ["catalogue", "key", &path("secret")])?["key"].as_str().unwrap().to_owned();
    let make = |name: &str, more: &[&str]| {
        let (secret, out) = (path("secret"), path(name));
        let words =
            ["catalogue", "package", "--key", &secret, "--series", "an-mau", "--issuer", "Sở Tư pháp", "-o", &out];
        supervisor(&here, words.iter().chain(more))
    };
    make("one", &[])?;
    let new = json!([{ "code": "9.000001", "name": "Thủ tục mới", "field": "Hộ tịch", "valid_from": "2026-01-01",
        "cases": [{ "id": "a", "limit": "3wd", "limit_text": "03 ngày làm việc" }], "components": [] }]);
    std::fs::write(here.home("new.json"), new.to_string())?;
    supervisor(&here, ["catalogue", "import", &path("new.json")])?;
    let delta = make("two", &["--base", &path("one")])?;
    assert_eq!((&delta["serial"], &delta["procedures"]), (&json!(2), &json!(1)));

    let import = |name: &str| refused(&there, ["catalogue", "import", &path(name)]);
    assert_eq!(import("one")?, "package_key_unknown");
    supervisor(&there, ["catalogue", "trust", &key, "--name", "Sở Tư pháp"])?;
    assert_eq!(import("two")?, "package_base");
    let mut forged = std::fs::read(here.home("one"))?;
    forged[900] ^= 1;
    std::fs::write(here.home("forged"), forged)?;
    assert_eq!(import("forged")?, "package_forged");
    let before = supervisor(&there, ["catalogue", "show"])?;
    supervisor(&there, ["catalogue", "import", &path("one")])?;
    assert_eq!(supervisor(&there, ["catalogue", "import", &path("two")])?["imported"], 1);
    let after = supervisor(&there, ["catalogue", "show"])?;
    let count = |view: &Value| view["procedures"].as_u64().unwrap();
    assert_eq!(count(&after), count(&before) + 1);
    assert_eq!(there.answer(["catalogue", "search", "thu tuc moi"])?["hits"][0]["code"], "9.000001");
    supervisor(&there, ["catalogue", "distrust", &key])?;
    assert_eq!(import("two")?, "package_key_unknown");
    Ok(())
}
