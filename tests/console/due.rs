//! `motcua due`: the default rule on the published calendar, row by row.

use anyhow::Result;
use serde_json::Value;
use std::process::{Command, Output};
use tests::programs::{json, program};

fn due(received: &str, limit: &str) -> Result<Output> {
    let mut command = Command::new(program("motcua")?);
    Ok(command.args(["--json", "due", "--received", received, "--limit", limit]).output()?)
}

/// The kinds of the days, as letters: r c w h m.
fn days(answer: &Value) -> String {
    let kinds = answer["days"].as_array().unwrap().iter().map(|day| day["kind"].as_str().unwrap());
    kinds.map(|kind| kind.chars().next().unwrap()).collect()
}

#[test]
fn the_date_and_every_day_of_its_reason() -> Result<()> {
    // 23/11/2026 is a Monday and 24/11 a holiday; 14–22/02/2026 is Tết with its weekends.
    for (received, limit, expected, kinds) in [
        ("2026-11-16T09:15:00+07:00", "3wd", "2026-11-19T09:15:00+07:00", "rccc"),
        ("2026-11-23T08:00:00+07:00", "3wd", "2026-11-27T08:00:00+07:00", "rhccc"),
        ("2026-11-20T16:30:00+07:00", "1wd", "2026-11-23T16:30:00+07:00", "rwwc"),
        ("2026-02-13T10:00:00+07:00", "3wd", "2026-02-25T10:00:00+07:00", "rwwhhhhhwwccc"),
        ("2026-11-23T16:00:00+07:00", "36h", "2026-12-01T10:00:00+07:00", "rhcccwwcc"),
        ("2026-11-26T08:00:00+07:00", "10d", "2026-12-07T08:00:00+07:00", "rcccccccccwc"),
        ("2026-11-16T06:00:00+07:00", "1wd", "2026-11-17T07:00:00+07:00", "rc"),
        ("2026-11-16T12:00:00+07:00", "1wd", "2026-11-17T13:30:00+07:00", "rc"),
    ] {
        let output = due(received, limit)?;
        let answer = json(&output)?;
        let told = (answer["due"].as_str(), days(&answer), answer["confirmed"].as_bool());
        assert_eq!(told, (Some(expected), kinds.to_owned(), Some(true)), "{received} {limit}: {answer}");
        assert_eq!(output.status.code(), Some(0));
    }
    Ok(())
}

#[test]
fn a_year_without_a_published_calendar_is_not_confirmed() -> Result<()> {
    let answer = json(&due("2033-03-07T09:00:00+07:00", "3wd")?)?;
    assert_eq!(answer["confirmed"], false, "nobody has published the holidays of 2033: {answer}");
    Ok(())
}

/// Stages follow one another, and each has a date of its own.
#[test]
fn stages_one_after_the_other() -> Result<()> {
    let answer = json(&due("2026-11-25T16:00:00+07:00", "2h+3wd")?)?;
    // An hour on Wednesday and one on Thursday; three working days from Thursday at eight.
    assert_eq!(answer["stages"][0]["due"], "2026-11-26T08:00:00+07:00");
    assert_eq!(
        (&answer["due"], &answer["stages"][1]["due"]),
        (&answer["stages"][1]["due"], &"2026-12-01T08:00:00+07:00".into())
    );
    assert_eq!(days(&answer), "rccwwcc");
    Ok(())
}

#[test]
fn what_is_no_time_or_limit_is_wrong_usage_and_gives_no_date() -> Result<()> {
    for (received, limit) in [
        ("yesterday", "3wd"),
        ("2026-11-23", "3wd"),
        ("2026-02-30T08:00:00+07:00", "3wd"),
        ("2026-11-23T08:00:00+07:00", "3"),
        ("2026-11-23T08:00:00+07:00", "-3wd"),
        ("2026-11-23T08:00:00+07:00", "wd"),
        ("2026-11-23T08:00:00+07:00", "99999999999999999999wd"),
    ] {
        let output = due(received, limit)?;
        assert_eq!(output.status.code(), Some(2), "{received} {limit}: {output:?}");
        assert!(output.stdout.is_empty(), "never a date from an error (T-51): {output:?}");
        assert!(!output.stderr.is_empty(), "it says what is wrong");
    }
    Ok(())
}
