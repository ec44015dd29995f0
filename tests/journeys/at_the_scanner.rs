//! A clerk who stands at the scanner, in the real window: paper is waited for, and the key on the device does what F5 does (G6).

use anyhow::Result;
use std::path::Path;
use tests::app::App;
use tests::pictures;
use tests::station::Station;

/// A counter with a feeder of `sheets`, whose settings are open and which is chosen.
async fn counter(sheets: u32) -> Result<(Station, App)> {
    let station = Station::new()?;
    let path = tests::feeder::build(&station.home("feeder"), sheets, 0.05)?;
    let station = station.with("PATH", path);
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    tests::feeder::choose(&app).await?;
    Ok((station, app))
}

async fn choose(app: &App, segments: &str, value: &str) -> Result<()> {
    let input = format!("document.querySelector('[data-testid={segments}] input[value={value}]')");
    app.until(&format!("{segments} can be chosen"), &format!("return {input} !== null")).await?;
    app.run(&format!("{input}.click(); return true")).await?;
    app.until(&format!("{value} is chosen"), &format!("return {input}.checked")).await
}

#[tokio::test]
async fn paper_is_waited_for_and_comes() -> Result<()> {
    let (station, app) = counter(0).await?;
    choose(&app, "when-empty", "wait").await?;
    app.run("document.getElementById('settings-scanner').scrollIntoView(); return true").await?;
    pictures::take(&app, "44-scanner-settings").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    app.press("F5").await?;
    app.until(
        "it waits",
        "return document.querySelector('[data-testid=scan-progress]')?.textContent.includes('chờ giấy')",
    )
    .await?;
    pictures::take(&app, "45-waiting-for-paper").await?;
    // The clerk goes on typing meanwhile.
    app.fill("applicant-name", "Trần Thị Ngọc Mẫu").await?;
    std::fs::write(station.home("feeder/last"), "2")?;
    app.until_attribute("component-1", "data-pages", "2").await?;
    app.until_attribute("component-2", "data-selected", "true").await?;

    // Nobody brings paper for the next: it is left.
    std::fs::write(station.home("feeder/last"), "0")?;
    app.press("F5").await?;
    app.appears("scan-cancel").await?;
    app.press("Escape").await?;
    app.appears("scan").await?;
    assert_eq!(app.attribute("page-account", "data-kept").await?, "2");
    app.close().await
}

#[tokio::test]
async fn the_key_on_the_scanner_scans() -> Result<()> {
    let (station, app) = counter(2).await?;
    choose(&app, "device-button", "yes").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    for paper in 1..=2 {
        app.until_attribute(&format!("component-{paper}"), "data-selected", "true").await?;
        let (looked, up) = (station.home("feeder/looked"), looks(&station.home("feeder/looked")));
        // A key that is up is seen to be up before it is pressed: at the second look from now the first is over.
        for _ in 0..200 {
            if looks(&looked) >= up + 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        key(&station.home("feeder/key"), "yes")?;
        app.until_attribute(&format!("component-{paper}"), "data-pages", "2").await?;
        key(&station.home("feeder/key"), "no")?;
    }
    assert_eq!(app.attribute("page-account", "data-kept").await?, "4", "held down it scans once");
    app.close().await
}

/// How often the driver was asked what the device can do, and whether its key is down.
fn looks(file: &Path) -> usize {
    std::fs::read(file).unwrap_or_default().len()
}

/// The driver reads it at any moment, so it is never half written.
fn key(path: &Path, state: &str) -> Result<()> {
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, state)?;
    Ok(std::fs::rename(fresh, path)?)
}
