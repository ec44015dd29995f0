//! Known people, their consent, and the population database: the real console against the real
//! `motcua-central serve --training`, which stands in for the register (B3, B4, B5, T-53).

use crate::intake::take_in;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::process::Stdio;
use tests::central::Central;
use tests::station::Station;

/// A marriage registration handed in by this person, its one paper counted; its code.
fn received(station: &Station, number: &str, name: &str, born: &str) -> Result<String> {
    let intake = json!({
        "procedure": "1.000894",
        "applicant": { "id_number": number, "name": name, "birth_date": born, "sex": "female", "address": "Thôn 1",
            "phone": "0912345678", "email": "" },
        "components": [{ "index": 1, "originals": 1 }],
    });
    let answer = tests::programs::json(&take_in(station, &intake)?)?;
    Ok(answer["code"].as_str().with_context(|| answer.to_string())?.to_owned())
}

/// As whoever may administer.
fn supervisor<const N: usize>(station: &Station, arguments: [&str; N]) -> Result<Value> {
    let mut command = station.console()?;
    let output = command.env("MOTCUA_USER", "supervisor").args(arguments).stdin(Stdio::null()).output()?;
    anyhow::ensure!(output.status.success(), "refused: {output:?}");
    tests::programs::json(&output)
}

fn identity(station: &Station, code: &str) -> Result<Value> {
    Ok(station.answer(["show", code])?["identity"][0].clone())
}

/// Every answer a register can give, and none at all; no acceptance waits for any of them.
#[test]
fn people_are_held_against_the_register_after_they_were_received() -> Result<()> {
    let station = Station::at_console()?;
    let mut register = Central::serve_training(&station.home("register"))?;
    assert_eq!(supervisor(&station, ["population", "set", &register.url()])?["url"], register.url());
    assert_eq!(station.motcua(["population", "off"])?.status.code(), Some(1), "a clerk may not");
    register.turn_off();
    let same = received(&station, "099199000001", "Trần Thị Mẫu", "1999-01-02")?;
    let other = received(&station, "099190000001", "Nguyễn Thị Đặng", "1991-01-02")?;
    let unknown = received(&station, "099199099999", "Lê Thị Lạ", "1999-05-05")?;
    let code = received(&station, "099199000003", "Lê Thị Ba", "1999-03-03")?;
    assert_eq!(station.answer(["population", "ask"])?["answered"], 0);
    let waiting = identity(&station, &same)?;
    assert_eq!((waiting["state"].as_str(), waiting["fault"].as_str()), (Some("unchecked"), Some("unreachable")));
    assert!(waiting["next"].is_string(), "and is asked again: {waiting}");

    register.turn_on()?;
    let others = [&other, &unknown, &code];
    assert_eq!(station.answer(["population", "ask"])?["answered"], 1, "whoever was not asked yet; one differs");
    let [differs, stranger, locked] = others.map(|code| identity(&station, code).unwrap());
    assert_eq!(
        (differs["state"].as_str(), differs["register_birth_date"].as_str()),
        (Some("mismatched"), Some("1990-01-02"))
    );
    assert_eq!((stranger["state"].as_str(), stranger["fault"].as_str()), (Some("unchecked"), Some("not_found")));
    assert_eq!((locked["state"].as_str(), locked["fault"].as_str()), (Some("unchecked"), Some("one_time_code")));

    // Received while the register answers.
    let fresh = received(&station, "099099000000", "Nguyễn Văn Mẫu", "1999-01-01")?;
    assert_eq!(station.answer(["population", "ask"])?["answered"], 1);
    assert_eq!(identity(&station, &fresh)?["state"], "matched");
    assert_eq!(supervisor(&station, ["population", "off"])?["url"], Value::Null);
    Ok(())
}

/// A central system that was not started for training has no register in it: nobody is taken for checked.
#[test]
fn a_central_system_is_no_register() -> Result<()> {
    let station = Station::at_console()?;
    let central = Central::serve(&station.home("central"))?;
    supervisor(&station, ["population", "set", &central.url()])?;
    let code = received(&station, "099199000001", "Trần Thị Mẫu", "1999-01-02")?;
    assert_eq!(station.answer(["population", "ask"])?["answered"], 0);
    assert_eq!(identity(&station, &code)?["state"], "unchecked");
    Ok(())
}

#[test]
fn known_people_are_found_and_their_consent_is_kept() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, "099199000001", "Trần Thị Mẫu", "1999-01-02")?;
    let found = station.answer(["known", "find", "tran thi"])?;
    let person = &found["people"][0];
    assert_eq!(
        (person["name"].as_str(), person["number_end"].as_str()),
        (Some("Trần Thị Mẫu"), Some("0001")),
        "{found}"
    );
    assert_eq!((person["code"].as_str(), &person["consent"]), (Some(code.as_str()), &Value::Null), "{found}");
    assert!(!found.to_string().contains("099199000001"), "no whole number in a list of names: {found}");
    let consent = |more: &[&str]| -> Result<Value> {
        let words = ["known", "consent", "099199000001"].into_iter().chain(more.iter().copied());
        Ok(station.answer(words)?["consent"].clone())
    };
    assert_eq!(consent(&[])?, Value::Null);
    assert_eq!(consent(&["given"])?, true);
    assert_eq!(station.answer(["known", "find", "tran thi"])?["people"][0]["consent"], true);
    assert_eq!(consent(&["withdrawn"])?, false);
    Ok(())
}
