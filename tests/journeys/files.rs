//! Files picked in the system's own dialog, a broken one among them.

use crate::CARD;
use anyhow::{Result, bail};
use std::path::Path;
use std::time::{Duration, Instant};
use tests::app::App;
use tests::programs::{has_tool, skipped, tool};
use tests::station::Station;
use tests::{papers, pictures};

#[tokio::test]
async fn a_broken_file_is_refused_by_name_and_the_others_stay() -> Result<()> {
    if !has_tool("xdotool") {
        skipped("no xdotool to type into the file dialog");
        return Ok(());
    }
    let station = Station::new()?;
    let sample = std::fs::read(&papers::samples()?[0])?;
    let (good, broken) = (station.home("to-khai.jpg"), station.home("anh-hong.jpg"));
    std::fs::write(&good, &sample)?;
    std::fs::write(&broken, &sample[..sample.len() / 2])?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;

    pick(&app, &good).await?;
    app.until_attribute("component-1", "data-pages", "1").await?;
    pick(&app, &broken).await?;
    app.appears("refused-file").await?;
    let said = app.text("refused-file").await?;
    assert!(said.contains("anh-hong.jpg") && said.contains("hỏng"), "it names the file and the reason: {said}");
    assert_eq!(app.attribute("component-1", "data-pages").await?, "1", "the page before is untouched");
    assert_eq!(app.text("applicant-name").await?, "TRẦN THỊ NGỌC MẪU", "and so is the dossier");
    pictures::take(&app, "17-file-refused").await?;
    app.close().await
}

/// Ctrl+O, then types the path into the dialog like a person: it opens its line for paths at the first slash.
pub(crate) async fn pick(app: &App, file: &Path) -> Result<()> {
    app.appears("run-summary").await?;
    app.press("Ctrl+O").await?;
    let dialog = dialog(app.pid()).await?;
    tool("xdotool", ["windowfocus", "--sync", &dialog])?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    // What is typed while the line for paths opens is lost.
    tool("xdotool", ["type", "/"])?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let rest = file.to_string_lossy();
    tool("xdotool", ["type", "--delay", "15", rest.trim_start_matches('/')])?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    tool("xdotool", ["key", "Return"]).map(drop)
}

/// The second window of the program, when it has come.
async fn dialog(pid: u32) -> Result<String> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let found = tool("xdotool", ["search", "--onlyvisible", "--pid", &pid.to_string()]).unwrap_or_default();
        let found = String::from_utf8(found)?;
        for window in found.lines() {
            let name = String::from_utf8(tool("xdotool", ["getwindowname", window])?)?;
            if name.trim() != "Một Cửa" && !name.trim().is_empty() && name.trim() != "motcua-desktop" {
                return Ok(window.to_owned());
            }
        }
        if Instant::now() > end {
            bail!("no dialog among {found:?}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
