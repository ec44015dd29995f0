//! The outbox and the real central system, which is turned off and on again, killed, and replaced by strangers.

use crate::intake::received;
use crate::peer::Peer;
use anyhow::Result;
use serde_json::Value;
use tests::central::Central;
use tests::programs::json;
use tests::station::{OFFICE, Station};

/// A station that is enrolled with a central system of its own.
fn enrolled() -> Result<(Station, Central)> {
    let station = Station::at_console()?;
    let central = Central::serve(&station.home("elsewhere"))?;
    let token = central.token(OFFICE, "Quầy 1")?;
    let answer = station.answer(["enroll", "--central", &central.url(), "--token", &token])?;
    assert!(answer["station"].is_string() && answer["central"].is_string(), "{answer}");
    Ok((station, central))
}

fn item(station: &Station) -> Result<Value> {
    let outbox = station.answer(["outbox"])?;
    assert_eq!(outbox["items"].as_array().map(Vec::len), Some(1), "{outbox}");
    Ok(outbox["items"][0].clone())
}

#[test]
fn off_and_on_again_loses_nothing_and_doubles_nothing() -> Result<()> {
    let (station, mut central) = enrolled()?;
    central.turn_off();
    let code = received(&station, "Đặng Thị Ngọc Mẫu")?;
    let first = item(&station)?;
    assert_eq!((first["state"].as_str(), first["attempts"].as_u64()), (Some("queued"), Some(0)), "{first}");

    let run = station.answer(["sync", "--once"])?;
    assert_eq!((run["accepted"].as_u64(), run["blocked"].as_u64()), (Some(0), Some(0)), "{run}");
    let waiting = item(&station)?;
    assert_eq!((waiting["state"].as_str(), waiting["attempts"].as_u64()), (Some("queued"), Some(1)), "{waiting}");
    assert!(
        waiting["reason"].as_str().is_some_and(|reason| !reason.is_empty()),
        "the row says what happened: {waiting}"
    );
    assert!(waiting["next"].is_string(), "and when it is tried again: {waiting}");
    assert_eq!(central.stats()?["dossiers"], 0);

    central.turn_on()?;
    let run = station.answer(["sync", "--once"])?;
    assert_eq!((run["sent"].as_u64(), run["accepted"].as_u64()), (Some(1), Some(1)), "{run}");
    assert!(run["bytes_sent"].as_u64().is_some_and(|bytes| bytes > 100_000), "two PDFs went over: {run}");
    let accepted = item(&station)?;
    assert_eq!(
        (accepted["state"].as_str(), accepted["id"].as_str()),
        (Some("accepted"), first["id"].as_str()),
        "{accepted}"
    );
    let stats = central.stats()?;
    assert_eq!((stats["dossiers"].as_u64(), stats["files"].as_u64()), (Some(1), Some(2)), "{stats}");
    let found = station.answer(["search", &code])?;
    assert_eq!(found["hits"][0]["sync"], "accepted", "{found}");

    central.turn_off();
    central.turn_on()?;
    for _ in 0..2 {
        let run = station.answer(["sync", "--once"])?;
        assert_eq!(
            (run["sent"].as_u64(), run["bytes_sent"].as_u64()),
            (Some(0), Some(0)),
            "nothing is sent twice: {run}"
        );
    }
    assert_eq!(central.stats()?, stats, "nothing is doubled (T-38)");
    Ok(())
}

#[test]
fn what_the_central_system_forgot_to_answer_is_proven_later_and_once() -> Result<()> {
    let (station, mut central) = enrolled()?;
    received(&station, "Nguyễn Văn Mẫu")?;
    received(&station, "Lê Thị Mẫu")?;
    let address = central.address().to_owned();
    central.turn_off();
    let html =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Đăng nhập mạng khách</html>";
    let failing = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    for (attempt, answer) in (1..).zip([html, failing]) {
        let peer = Peer::at(&address, Some(answer))?;
        let run = station.answer(["sync", "--once"])?;
        drop(peer);
        assert_eq!(run["accepted"], 0, "a page of a network is no proof (T-47): {run}");
        let outbox = station.answer(["outbox"])?;
        let tried = outbox["items"].as_array().unwrap().iter().find(|item| item["attempts"] == attempt);
        let tried = tried.unwrap_or_else(|| panic!("{attempt}: {outbox}"));
        assert_eq!(tried["state"], "queued", "work goes on and it is tried again: {outbox}");
        assert!(tried["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{outbox}");
        assert!(tried["next"].is_string(), "{outbox}");
    }
    central.turn_on()?;
    let run = station.answer(["sync", "--once"])?;
    assert_eq!(run["accepted"], 2, "{run}");
    assert_eq!(central.stats()?["dossiers"], 2);
    Ok(())
}

#[test]
fn a_token_serves_once_and_a_station_that_is_not_enrolled_says_so() -> Result<()> {
    let station = Station::at_console()?;
    let output = station.motcua(["sync", "--once"])?;
    assert_eq!(
        (output.status.code(), json(&output)?["error"]["code"].as_str()),
        (Some(1), Some("not_enrolled")),
        "{output:?}"
    );
    let central = Central::serve(&station.home("elsewhere"))?;
    let token = central.token(OFFICE, "Quầy 1")?;
    let enroll = |station: &Station, url: &str, token: &str| {
        let output = station.motcua(["enroll", "--central", url, "--token", token])?;
        anyhow::Ok((output.status.code(), json(&output)?["error"]["code"].as_str().unwrap_or("none").to_owned()))
    };
    assert_eq!(enroll(&station, &central.url(), "nonsense")?, (Some(1), "token_refused".into()));
    assert_eq!(enroll(&station, "nonsense", &token)?, (Some(1), "central_address".into()));
    assert_eq!(enroll(&station, "http://127.0.0.1:1", &token)?, (Some(1), "central_unreachable".into()));
    assert_eq!(enroll(&station, &central.url(), &token)?, (Some(0), "none".into()));
    let other = Station::at_console()?;
    assert_eq!(enroll(&other, &central.url(), &token)?, (Some(1), "token_refused".into()), "one token, one station");
    assert_eq!(central.stats()?["stations"], 1);
    Ok(())
}
