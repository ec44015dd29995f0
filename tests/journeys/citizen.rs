//! The citizen's screen (F7): opened and closed by the clerk, and never what keeps the program running.

use crate::CARD;
use anyhow::Result;
use tests::station::Station;

#[tokio::test]
async fn the_citizens_screen_opens_and_ends_with_the_program() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.press("Ctrl+Shift+M").await?;
    app.click("user-menu").await?;
    app.until_attribute("citizen-toggle", "data-open", "true").await?;
    app.click("citizen-toggle").await?;
    app.click("user-menu").await?;
    app.until_attribute("citizen-toggle", "data-open", "false").await?;
    app.click("citizen-toggle").await?;
    app.click("user-menu").await?;
    app.until_attribute("citizen-toggle", "data-open", "true").await?;
    // With both windows open, closing the clerk's ends the program.
    app.close().await
}
