//! A scan profile in the real window: made and locked by a supervisor, bound to a kind of paper, scanned with by a clerk who
//! cannot change it nor go around it; the console says what came (G4).

use anyhow::Result;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_locked_profile_is_scanned_with_and_not_changed() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("supervisor").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.click("nav-settings").await?;
    app.click("settings-nav-profiles").await?;
    app.click("profile-add").await?;
    app.fill("profile-name", "Tờ khai trên mặt kính").await?;
    app.fill("profile-papers", "tờ khai").await?;
    app.choose("profile-source", "glass").await?;
    app.click("profile-save").await?;
    app.click("profile-lock").await?;
    let locked = "return document.querySelector('[data-testid=profile-row] .head')?.children.length > 1";
    app.until("it is locked", locked).await?;
    app.close().await?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.click("nav-settings").await?;
    app.click("settings-nav-profiles").await?;
    app.appears("profile-row").await?;
    let shut = "return document.querySelector('[data-testid=profile-edit]').disabled && \
                document.querySelector('[data-testid=profile-lock]') === null";
    app.until("a clerk cannot change it", shut).await?;
    pictures::take(&app, "50-locked-profile").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.scan().await?;
    app.until_attribute("component-1", "data-pages", "1").await?;
    app.close().await?;

    // The feeder would have given three.
    let told = station.answer(["pages", &id])?;
    assert_eq!(told["pages"]["received"], 1, "{told}");
    let all = station.answer(["profile", "list"])?;
    let text = all.to_string();
    assert!(text.contains("Tờ khai trên mặt kính") && text.contains("\"locked\":true"), "{all}");
    Ok(())
}
