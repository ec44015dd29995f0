//! A scanner lent from the real window: switched on in Settings, used by another station's console, its address changed (G15).

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::app::css;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn another_counter_scans_while_the_window_is_open() -> Result<()> {
    let (here, there) = (Station::new()?, Station::at_console()?);
    let app = here.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.click("nav-settings").await?;
    app.click("share-on").await?;
    app.appears("share-code").await?;
    app.click("settings-nav-scanner").await?;
    app.until_attribute("settings-nav-scanner", "aria-current", "location").await?;
    let told = app.attribute("share-code", "data-payload").await?;
    // By whatever address this machine is reached: here it is reached by itself.
    let (_, rest) = told.split_once("://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or_default();
    let port = host.rsplit(':').next().unwrap_or_default();
    let address = format!("https://127.0.0.1:{port}/{path}");
    there.answer(["scanner", "add", &address])?;
    let id = there.network_scanner()?;
    let dossier = there.answer(["draft", "--procedure", "1.000894"])?;
    let dossier = dossier["id"].as_str().unwrap_or_default().to_owned();
    let scan = there.answer(["scan", "--device", &id, "--dossier", &dossier, "--component", "1"])?;
    let pages = there.answer(["pages", &dossier])?;
    ensure!(pages["pages"]["received"].as_u64() >= Some(1), "{scan}");
    pictures::take(&app, "46-scanner-lent").await?;
    app.click("share-renew").await?;
    let changed = format!("return document.querySelector('{}')?.dataset.payload !== '{told}'", css("share-code"));
    app.until("the address is another one", &changed).await?;
    let refused = there.motcua(["scan", "--device", &id, "--dossier", &dossier, "--component", "1"])?;
    let said: Value = serde_json::from_slice(&refused.stdout).unwrap_or_default();
    ensure!(!refused.status.success(), "the address of before opens nothing: {said}");
    app.close().await
}
