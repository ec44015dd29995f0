//! `motcua init`, `intake`, `search`, `devices`, `scan`: a dossier without a window.

use anyhow::Result;
use serde_json::{Value, json};
use std::path::Path;
use tests::papers;
use tests::station::Station;

/// An intake of a birth registration with these files for its two papers.
pub(crate) fn birth(name: &str, first: &[&Path], second: &[&Path]) -> Value {
    json!({
        "procedure": "1.001193", "case": null, "channel": "counter",
        "applicant": { "id_number": "099199000001", "name": name, "birth_date": "1999-01-02", "sex": "female",
            "address": "Thôn 1, xã An Mẫu, thành phố Cần Thơ", "phone": "0292 000 0001", "email": "" },
        "representative": null, "received": null,
        "components": [
            { "index": 1, "originals": 1, "copies": 0, "certified": 0, "files": first },
            { "index": 2, "originals": 1, "copies": 0, "certified": 0, "files": second },
        ],
        "fee": { "paid": 0, "method": "none" }, "note": "",
    })
}

/// Runs the intake and gives what came back, whatever it is.
pub(crate) fn take_in(station: &Station, intake: &Value) -> Result<std::process::Output> {
    let file = station.home("intake.json");
    std::fs::write(&file, intake.to_string())?;
    station.motcua(["intake".as_ref(), file.as_os_str()])
}

/// A whole dossier of sample pages; its code.
pub(crate) fn received(station: &Station, name: &str) -> Result<String> {
    let samples = papers::samples()?;
    let output = take_in(station, &birth(name, &[&samples[0], &samples[1]], &[&samples[2]]))?;
    let answer = tests::programs::json(&output)?;
    Ok(answer["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned())
}

#[test]
fn a_new_station_takes_a_dossier_in_and_finds_it_again() -> Result<()> {
    let station = Station::at_console()?;
    let samples = papers::samples()?;
    let (png, tiff, pdf) = (station.home("giấy 1.png"), station.home("giấy 2.tiff"), station.home("giấy 3.pdf"));
    papers::draw(&png, 1)?;
    papers::draw(&tiff, 3)?;
    papers::plain_pdf(&pdf)?;

    let output = take_in(&station, &birth("Đặng Thị Ngọc Mẫu", &[&samples[0], &png, &tiff], &[&pdf]))?;
    let answer = tests::programs::json(&output)?;
    assert_eq!(output.status.code(), Some(0), "{answer}");
    let code = answer["code"].as_str().unwrap();
    assert!(code.starts_with("H99.1-"), "{answer}");
    assert_eq!(answer["provisional"], true, "without a block of numbers the code is provisional and says so: {answer}");
    for time in ["received", "due"] {
        assert!(answer[time].as_str().unwrap().ends_with("+07:00"), "{answer}");
    }

    for (typed, why) in [
        ("dang", "đ is found as d"),
        ("ĐẶNG", "marks and case do not matter"),
        ("ngoc mau", "words"),
        ("099199000001", "the number"),
        (code, "the code"),
    ] {
        let found = station.answer(["search", typed, "--limit", "5"])?;
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 1, "{typed}: {why}: {found}");
        assert_eq!((hits[0]["code"].as_str(), hits[0]["state"].as_str()), (Some(code), Some("received")), "{found}");
        assert_eq!(hits[0]["applicant"], "Đặng Thị Ngọc Mẫu", "{found}");
        assert!(hits[0]["id"].is_string() && hits[0]["procedure"].is_string() && hits[0]["due"].is_string(), "{found}");
        assert!(found["ms"].is_number(), "{found}");
    }
    assert_eq!(station.answer(["search", "khong co ai"])?["hits"], json!([]), "nothing is found where nothing is");
    assert_eq!(station.answer(["log", "verify"])?["first_broken"], Value::Null, "the audit chain is whole");
    Ok(())
}

#[test]
fn the_training_scanner_feeds_its_pages_byte_for_byte() -> Result<()> {
    let station = Station::at_console()?;
    let devices = station.answer(["devices"])?;
    let scanner = &devices["devices"][0];
    assert_eq!(
        (scanner["id"].as_str(), scanner["kind"].as_str()),
        (Some("virtual:training"), Some("virtual")),
        "{devices}"
    );
    for list in ["sources", "resolutions", "modes"] {
        assert!(scanner[list].as_array().is_some_and(|values| !values.is_empty()), "{devices}");
    }

    let out = station.home("scans");
    let words = ["scan", "--device", "virtual:training", "--out"].map(std::ffi::OsStr::new);
    let run = station.answer(words.into_iter().chain([out.as_os_str()]))?;
    assert_eq!(
        (run["fed"].as_u64(), run["received"].as_u64(), run["kept"].as_u64()),
        (Some(3), Some(3), Some(3)),
        "{run}"
    );
    assert_eq!(run["ended"], "empty", "{run}");
    for (file, sample) in run["files"].as_array().unwrap().iter().zip(papers::samples()?) {
        let same = std::fs::read(file.as_str().unwrap())? == std::fs::read(&sample)?;
        assert!(same, "{file} is not {} as it was fed", sample.display());
    }

    let none = station.motcua(
        words.into_iter().take(2).chain(["nothing:here", "--out"].map(std::ffi::OsStr::new)).chain([out.as_os_str()]),
    )?;
    assert_eq!(none.status.code(), Some(1), "{none:?}");
    assert_eq!(tests::programs::json(&none)?["error"]["code"], "scanner_not_found");
    Ok(())
}
