//! Paper that was photographed, by the real program: files, and a phone that opened a link. The phone is `curl`, which knows
//! nothing of us.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use tests::photo::{CORNERS, by_a_camera, on_a_table, without_edges};
use tests::station::Station;

fn draft(station: &Station) -> Result<String> {
    let made = station.answer(["draft", "--procedure", "1.000894"])?;
    Ok(made["id"].as_str().context("an id")?.to_owned())
}

fn written(station: &Station, name: &str, bytes: &[u8]) -> Result<String> {
    let path = station.home(name);
    std::fs::write(&path, bytes)?;
    Ok(path.to_string_lossy().into_owned())
}

fn near(flat: &Value) -> bool {
    let off = |(n, (x, y)): (usize, (u16, u16))| {
        let corner = |axis: usize| flat["corners"][n][axis].as_f64().unwrap_or(1e9);
        (corner(0) - f64::from(x)).hypot(corner(1) - f64::from(y))
    };
    CORNERS.into_iter().enumerate().map(off).fold(0.0, f64::max) < 40.0
}

/// G8: the edges are found, what is too coarse is refused while the paper is at hand, and laying flat can be taken back.
#[test]
fn photographs_of_paper_are_laid_flat() -> Result<()> {
    let station = Station::at_console()?;
    let dossier = draft(&station)?;
    let fine = written(&station, "ro.jpg", &on_a_table(2_400, 3_200)?)?;
    let coarse = written(&station, "xa.jpg", &on_a_table(1_200, 1_600)?)?;
    let bare = written(&station, "sat.jpg", &without_edges(1_800, 2_546)?)?;
    let import = ["import", "--dossier", &dossier, "--component", "1", "--photo", &fine, &coarse, &bare];
    let told = station.answer(import)?;
    assert_eq!((&told["outcome"]["kept"], &told["outcome"]["refused"]), (&2.into(), &1.into()), "{told}");
    assert_eq!(
        (&told["refused"][0]["file"], &told["refused"][0]["error"]["code"]),
        (&"xa.jpg".into(), &"photo_coarse".into())
    );
    let shown = station.answer(["pages", &dossier])?;
    let pages = &shown["components"][0]["pages"];
    let flat = &pages[0]["edit"]["flat"];
    assert!(near(flat), "{shown}");
    assert_eq!((&flat["width"], &flat["height"]), (&2_100.into(), &2_970.into()));
    assert!(pages[1]["edit"]["flat"].is_null(), "nothing is invented where no edge is seen");

    let page = pages[0]["id"].as_str().context("an id")?;
    let whole = station.answer(["pages", &dossier, "flatten", page])?;
    assert!(whole["components"][0]["pages"][0]["edit"]["flat"].is_null(), "{whole}");
    let back = station.answer(["pages", &dossier, "undo"])?;
    assert_eq!((&back["undone"], &back["components"][0]["pages"][0]["edit"]["flat"]), (&"flatten".into(), flat));
    let by_hand = [
        "pages",
        &dossier,
        "flatten",
        page,
        "--paper",
        "a5",
        "--corners",
        "1000",
        "1000",
        "9000",
        "1000",
        "9000",
        "9000",
        "1000",
        "9000",
    ];
    let said = station.answer(by_hand)?;
    assert_eq!(said["components"][0]["pages"][0]["edit"]["flat"]["width"], 1_480, "{said}");
    let crossed = ["pages", &dossier, "flatten", page, "--corners", "0", "0", "9000", "9000", "9000", "0", "0", "9000"];
    let refused = station.motcua(crossed)?;
    ensure!(!refused.status.success(), "crossed corners are no paper's");
    Ok(())
}

/// What a camera says that it took is a photograph; the same picture without that word is a page as it is.
#[test]
fn a_cameras_file_is_told_from_a_scanners() -> Result<()> {
    let station = Station::at_console()?;
    let dossier = draft(&station)?;
    let plain = on_a_table(2_400, 3_200)?;
    let scan = written(&station, "quet.jpg", &plain)?;
    let photo = written(&station, "chup.jpg", &by_a_camera(&plain))?;
    station.answer(["import", "--dossier", &dossier, "--component", "1", &scan, &photo])?;
    let shown = station.answer(["pages", &dossier])?;
    let pages = &shown["components"][0]["pages"];
    assert!(pages[0]["edit"]["flat"].is_null() && near(&pages[1]["edit"]["flat"]), "{shown}");
    Ok(())
}

fn curl(jar: &Path, url: &str, arguments: &[&str]) -> Result<String> {
    let jar = jar.to_string_lossy().into_owned();
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--insecure", "--max-time", "60", "--cookie", &jar, "--cookie-jar", &jar]);
    curl.args(["--header", "X-Mot-Cua: 1", "--write-out", "\n%{http_code}"]);
    let output = curl.args(arguments).arg(url).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

/// G8, G13: a phone opens the link once, each photograph is told as stored when it is, and the link ends with the phone.
#[test]
fn a_phone_takes_photographs_over_tls() -> Result<()> {
    let station = Station::at_console()?;
    let dossier = draft(&station)?;
    let fine = written(&station, "ro.jpg", &on_a_table(2_400, 3_200)?)?;
    let coarse = written(&station, "xa.jpg", &on_a_table(1_200, 1_600)?)?;
    let mut phone = station
        .console()?
        .args(["phone", "--dossier", &dossier, "--component", "1", "--address", "127.0.0.1", "--minutes", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut said = BufReader::new(phone.stderr.take().context("standard error")?).lines();
    let link = said.next().context("a link")??;
    let (site, token) = link.split_once('#').context("a token")?;
    let reading = std::thread::spawn(move || said.map_while(Result::ok).count());
    let jar = station.home("jar");
    let at = |path: &str| format!("{site}{path}");
    ensure!(curl(&jar, &at("state"), &[])?.ends_with("403"), "nobody without the token");
    ensure!(curl(&jar, &at("enter"), &["--data", token])?.ends_with("204"));
    ensure!(curl(&jar, &at("enter"), &["--data", token])?.ends_with("410"), "the link works once");
    let send = |file: &str| curl(&jar, &at("picture"), &["--data-binary", &format!("@{file}")]);
    let stored = send(&fine)?;
    ensure!(stored.contains("\"ok\":true") && stored.contains("\"received\":1"), "{stored}");
    let refused = send(&coarse)?;
    ensure!(refused.contains("\"ok\":false") && refused.contains("200 dpi"), "{refused}");
    let nonsense = curl(&jar, &at("picture"), &["--data-binary", "<html>"])?;
    ensure!(nonsense.contains("\"ok\":false"), "{nonsense}");
    ensure!(curl(&jar, &at("state"), &[])?.contains("\"received\":1"));
    ensure!(curl(&jar, &at("done"), &["--data", ""])?.ends_with("204"));
    let told: Value = serde_json::from_slice(&phone.wait_with_output()?.stdout)?;
    ensure!(reading.join().is_ok_and(|lines| lines > 10), "the code is drawn");
    assert_eq!((&told["outcome"]["kept"], &told["outcome"]["refused"]), (&1.into(), &2.into()), "{told}");
    assert!(near(&told["pages"][0]["flat"]), "{told}");
    let shown = station.answer(["pages", &dossier])?;
    assert_eq!(shown["pages"]["kept"], 1, "{shown}");
    ensure!(!curl(&jar, &at(""), &[])?.ends_with("200"), "nobody serves it any more");
    Ok(())
}
