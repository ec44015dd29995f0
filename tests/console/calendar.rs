//! `motcua calendar` and `motcua appoint`: an office's own calendar at the console, and what follows from it.

use anyhow::Result;
use serde_json::{Value, json};
use tests::programs::json as read;
use tests::station::Station;

/// What `motcua` answers somebody, a refusal among the answers.
fn run<const N: usize>(station: &Station, user: &str, arguments: [&str; N]) -> Result<Value> {
    read(&station.console()?.env("MOTCUA_USER", user).args(arguments).output()?)
}

/// What it answers the supervisor.
fn lead<const N: usize>(station: &Station, arguments: [&str; N]) -> Result<Value> {
    let answer = run(station, "supervisor", arguments)?;
    anyhow::ensure!(answer["error"].is_null(), "refused: {answer}");
    Ok(answer)
}

fn refusal<const N: usize>(station: &Station, user: &str, arguments: [&str; N]) -> Result<Value> {
    Ok(run(station, user, arguments)?["error"].clone())
}

fn received(station: &Station) -> Result<String> {
    let file = station.home("intake.json");
    // Five working days from Monday the 7th of December are Monday the 14th.
    let intake = json!({
        "procedure": "1.000894", "case": "xac-minh", "channel": "counter", "received": "2026-12-07T08:00:00+07:00",
        "applicant": {"id_number": "099190000001", "name": "Nguyễn Thị Mẫu", "birth_date": "1990-01-02", "sex": "female",
                      "address": "Thôn 1, xã An Mẫu", "phone": "", "email": ""},
        "representative": null, "components": [{"index": 1, "originals": 1, "copies": 0, "certified": 0, "files": []}],
        "fee": {"paid": 0, "method": "none"}, "note": ""
    });
    std::fs::write(&file, intake.to_string())?;
    let answer = station.answer(["intake", file.to_str().unwrap()])?;
    assert_eq!(answer["due"], "2026-12-14T08:00:00+07:00");
    Ok(answer["code"].as_str().unwrap().to_owned())
}

/// D2, D7 end to end: a day off with its reason, the list of whose date moves, the correction, and everything taken back.
#[test]
fn a_local_day_off_and_whose_date_it_moves() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station)?;
    let said = ["calendar", "day", "2026-12-10", "closed", "--name", "Mất điện", "--reason", "Công văn số 12"];
    assert_eq!(refusal(&station, "clerk", said)?["code"], "not_allowed", "a clerk looks, and changes nothing");
    let month = lead(&station, said)?;
    let day = &month["days"][9];
    assert_eq!((&day["works"], &day["name"]), (&json!(false), &json!("Mất điện")));
    let moved = station.answer(["calendar", "moved"])?;
    assert_eq!((&moved["total"], &moved["dossiers"][0]["code"]), (&json!(1), &json!(code)));
    assert_eq!(moved["dossiers"][0]["after"], "2026-12-15T08:00:00+07:00");
    assert_eq!(lead(&station, ["calendar", "correct", "--reason", "Lịch thay đổi"])?["corrected"], 1);
    let shown = station.answer(["show", &code])?;
    assert_eq!(
        (&shown["due"]["due"], &shown["due"]["changed"]["kind"]),
        (&json!("2026-12-15T08:00:00+07:00"), &json!("corrected"))
    );
    lead(&station, ["calendar", "undo", day["change"].as_str().unwrap(), "--reason", "Có điện lại"])?;
    assert_eq!(station.answer(["calendar", "moved"])?["total"], 1);
    let back = station.answer(["move", &code, "undone", "--reason", "Có điện lại"])?;
    assert_eq!(back["history"].as_array().map(Vec::len), Some(3));
    assert_eq!(station.answer(["calendar", "moved"])?["total"], 0);

    let told = lead(&station, ["appoint", &code, "--due", "2026-12-18T16:00:00+07:00", "--reason", "Chờ xác minh"])?;
    assert_eq!(
        (&told["due"]["due"], &told["due"]["changed"]["before"]),
        (&json!("2026-12-18T16:00:00+07:00"), &json!("2026-12-14T08:00:00+07:00"))
    );
    let noon = ["appoint", &code, "--due", "2026-12-18T12:00:00+07:00", "--reason", "Chờ xác minh"];
    assert_eq!(refusal(&station, "supervisor", noon)?["code"], "appointment_closed");
    Ok(())
}

/// A calendar goes from one station to another as a file; what is wrong with one is named and changes nothing.
#[test]
fn a_calendar_travels_as_a_file() -> Result<()> {
    let station = Station::at_console()?;
    let file = station.home("lich.json");
    let path = file.to_str().unwrap();
    lead(
        &station,
        [
            "calendar",
            "day",
            "2026-12-12",
            "make_up",
            "--name",
            "Làm bù",
            "--hours",
            "07:00-11:30",
            "--reason",
            "Họp bù",
        ],
    )?;
    lead(&station, ["calendar", "export", path])?;
    let other = Station::at_console()?;
    lead(&other, ["calendar", "import", path, "--reason", "Lịch chung của xã"])?;
    let month = other.answer(["calendar", "show", "2026-12"])?;
    assert_eq!(month["days"][11]["hours"], json!([{"opens": "07:00", "closes": "11:30"}]));
    let broken = std::fs::read_to_string(&file)?.replace("15:00", "quarter to three");
    std::fs::write(&file, broken)?;
    let told: Value = refusal(&station, "supervisor", ["calendar", "import", path, "--reason", "Thử"])?;
    assert_eq!(told["code"], "bad_calendar_file");
    assert!(told["message"].as_str().unwrap().contains("quarter to three"), "{told}");
    Ok(())
}
