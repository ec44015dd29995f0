//! The queue before the counter, in the real window by its keys: handed out, called, tied to the dossier that is filled in
//! then, there again after the power went; the console tells the same (A4).

use anyhow::Result;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_ticket_is_called_and_its_dossier_is_its_own() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.appears("queue-take").await?;
    app.press("Shift+F4").await?;
    app.press("Shift+F4").await?;
    let two = "return /2 người chờ/.test(document.querySelector('[data-testid=queue-waiting]')?.innerText ?? '')";
    app.until("two wait", two).await?;
    app.press("Shift+F2").await?;
    app.appears("queue-serving").await?;
    let called = app.text("queue-serving").await?;
    pictures::take(&app, "48-queue").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.until_attribute("save-state", "data-state", "saved").await?;
    app.kill()?;

    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.appears("queue-serving").await?;
    assert_eq!(app.text("queue-serving").await?, called, "whoever stood at the counter stands there still");
    app.close().await?;

    let told = station.answer(["queue", "show"])?;
    let text = told.to_string();
    assert!(text.contains(called.trim()), "{told}");
    assert_eq!(told["waiting"].as_array().map(Vec::len), Some(1), "{told}");
    let shown = station.answer(["show", &id])?;
    assert_eq!(shown["ticket"]["label"], called.trim(), "{shown}");
    Ok(())
}
