//! Without the central system: work goes on, the window says so, and the dossier arrives later, once.

use crate::CARD;
use anyhow::Result;
use tests::app::App;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn work_goes_on_without_the_central_system() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    // Enrolled first, as a station at work is: it holds a block of numbers.
    app.enrolled().await?;
    assert!(app.kill_central()?, "the training central system was running");

    accept_one(&app).await?;
    let code = app.attribute("dossier-code", "data-code").await?;
    app.until_attribute("status-sync", "data-state", "offline").await?;
    assert_eq!(app.attribute("status-sync", "data-waiting").await?, "1");
    pictures::take(&app, "13-offline-accepted").await?;
    app.click("status-sync").await?;
    app.until_attribute("outbox-row", "data-state", "queued").await?;
    let row = app.text("outbox-row").await?;
    assert!(
        row.contains("trung tâm") && row.contains("liên lạc") || row.contains("kết nối"),
        "the row says why: {row}"
    );
    pictures::take(&app, "14-offline-outbox").await?;
    app.close().await?;
    let waiting = station.answer(["outbox"])?["items"][0].clone();
    assert_eq!(
        (waiting["state"].as_str(), waiting["code"].as_str()),
        (Some("queued"), Some(code.as_str())),
        "{waiting}"
    );
    assert!(waiting["reason"].is_string() && waiting["next"].is_string(), "{waiting}");
    assert_eq!(station.stats()?["dossiers"], 0, "nothing has arrived yet");

    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-sync", "data-state", "accepted").await?;
    assert_eq!(station.stats()?["dossiers"], 1, "it arrived, once");
    app.close().await?;
    let accepted = station.answer(["outbox"])?["items"].clone();
    assert_eq!(accepted.as_array().map(Vec::len), Some(1), "{accepted}");
    assert_eq!((accepted[0]["state"].as_str(), accepted[0]["code"].as_str()), (Some("accepted"), Some(code.as_str())));
    Ok(())
}

/// A marriage registration, whose one required paper is counted and not scanned.
async fn accept_one(app: &App) -> Result<()> {
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("ket hon", "1.000894").await?;
    app.click("procedure-hit-1.000894").await?;
    app.appears("component-1").await?;
    app.fill("component-1-count", "1").await?;
    app.until("nothing is missing", "return !document.querySelector('[data-testid=obstacles]')").await?;
    app.press("F9").await?;
    app.appears("dossier-code").await
}
