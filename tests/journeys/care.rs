//! What keeps the station safe, in the window: people change places at one desk, the safe's key, backup and check.

use crate::CARD;
use anyhow::Result;
use std::process::Command;
use tests::app::App;
use tests::pictures;
use tests::programs::{json, program};
use tests::station::Station;

/// Q5: the desk is locked with a draft on it; another clerk signs in and goes on with it.
#[tokio::test]
async fn another_clerk_goes_on_at_the_locked_desk() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    app.click("procedure-hit-1.001193").await?;
    app.appears("component-1").await?;
    app.press("Ctrl+L").await?;
    app.appears("locked").await?;
    pictures::take(&app, "30-locked").await?;
    app.sign_in("supervisor").await?;
    app.appears("component-1").await?;
    assert_eq!(app.text("applicant-name").await?, "TRẦN THỊ NGỌC MẪU", "the same dossier, as it was");
    pictures::take(&app, "31-taken-over").await?;
    app.close().await
}

/// J4, Q4, S4: whoever administers sees how the station is kept, backs it up and checks it.
#[tokio::test]
async fn the_station_is_backed_up_and_checked_in_the_window() -> Result<()> {
    let station = Station::at_console()?;
    let disk = station.home("disk");
    std::fs::create_dir(&disk)?;
    // The native dialog cannot be driven from outside, so that the place is set where it can be named.
    let mut first = station.console()?;
    first.env("MOTCUA_USER", "supervisor").arg("backup").arg(&disk).arg("--daily");
    assert!(first.output()?.status.success());
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("supervisor").await?;
    for (theme, size) in
        [("light", (1366, 768)), ("dark", (1366, 768)), ("light", (1920, 1080)), ("dark", (1920, 1080))]
    {
        app.resize(size.0, size.1).await?;
        app.click("nav-settings").await?;
        app.choose("theme-select", theme).await?;
        look(&app, "people", "32-people").await?;
        look(&app, "safety", "33-safety").await?;
    }
    app.click("backup-now").await?;
    app.until(
        "it is backed up",
        "return /Đã sao lưu/.test(document.querySelector('[data-testid=backup-said]').textContent)",
    )
    .await?;
    app.click("check-now").await?;
    app.until(
        "it is checked",
        "return /không có gì hỏng/.test(document.querySelector('[data-testid=check-said]').textContent)",
    )
    .await?;
    pictures::take(&app, "34-cared-for").await?;
    app.close().await?;
    let mut elsewhere = Command::new(program("motcua")?);
    elsewhere.arg("--json").arg("--data").arg(station.home("elsewhere")).arg("restore").arg(&disk);
    let restored =
        json(&elsewhere.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", station.home("password")).output()?)?;
    assert!(
        restored["bytes"].as_u64().is_some_and(|bytes| bytes > 0),
        "what the window wrote opens elsewhere: {restored}"
    );
    Ok(())
}

async fn look(app: &App, part: &str, name: &str) -> Result<()> {
    app.click(&format!("settings-nav-{part}")).await?;
    app.until("the part is in sight", &format!("return document.activeElement.id === 'settings-{part}'")).await?;
    pictures::take(app, name).await?;
    Ok(())
}
