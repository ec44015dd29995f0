//! Both sides by a scanner that sees one: the program is killed between fronts and backs, and nothing is lost (T-25, G9).

use anyhow::Result;
use tests::app::{App, css};
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn backs_are_joined_to_fronts_that_a_killed_program_kept() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.press("Alt+h").await?;
    app.until_attribute("duplex", "data-fronts", "3").await?;
    pictures::take(&app, "17-both-sides-fronts").await?;
    app.kill()?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.appears("draft-row").await?;
    app.click("draft-row").await?;
    app.until_attribute("duplex", "data-fronts", "3").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.focus("component-1").await?;
    app.press("F5").await?;
    app.until_attribute("duplex", "data-backs", "3").await?;
    app.until("every side can be looked at", &drawn("duplex-page")).await?;
    pictures::take(&app, "18-both-sides-backs").await?;
    rest(&app).await?;
    app.press("F5").await?;
    app.until("the sides lie in the paper", "return document.querySelector('[data-testid=duplex]') === null").await?;
    app.until_attribute("page-account", "data-kept", "6").await?;
    pictures::take(&app, "19-both-sides-joined").await?;
    app.close().await?;

    let pages = station.answer(["show", &id])?["components"][0]["pages"].clone();
    assert_eq!(pages.as_array().map(Vec::len), Some(6), "{pages}");
    Ok(())
}

fn drawn(id: &str) -> String {
    let all = format!("[...document.querySelectorAll('{} img')]", css(id));
    format!("const all = {all}; return all.length > 0 && all.every((one) => one.naturalWidth > 0)")
}

/// The run is over, and F5 is free again.
async fn rest(app: &App) -> Result<()> {
    app.until("F5 joins", "return !document.querySelector('[data-testid=f-key-F5]').disabled").await
}
