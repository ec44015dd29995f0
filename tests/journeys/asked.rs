//! What a procedure asks for beside papers, in the real window: typed, said where it does not fit, there again after the power
//! went, and the console, a process of its own, reads the same (C5, A2).

use anyhow::{Context, Result};
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn what_is_told_beside_papers_outlives_the_program() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.fill("field-child_birth", "31/02/2026").await?;
    app.fill("field-child_name", "Nguyễn Thị Ngọc Mẫu").await?;
    app.appears("field-child_birth-warning").await?;
    pictures::take(&app, "47-asked-beside-papers").await?;
    app.fill("field-child_birth", "5/3/2026").await?;
    app.focus("field-child_name").await?;
    app.until_attribute("save-state", "data-state", "saved").await?;
    app.kill()?;

    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.click("draft-row").await?;
    app.appears("field-child_name").await?;
    assert_eq!(app.text("field-child_name").await?, "Nguyễn Thị Ngọc Mẫu");
    assert_eq!(app.text("field-child_birth").await?, "05/03/2026");
    app.close().await?;

    let told = station.answer(["fill", &id])?;
    let fields = told["fields"].as_array().context("fields")?;
    let value = |key: &str| fields.iter().find(|field| field["key"] == key).map(|field| field["value"].clone());
    assert_eq!(value("child_name"), Some("Nguyễn Thị Ngọc Mẫu".into()), "{told}");
    assert_eq!(value("child_birth"), Some("2026-03-05".into()), "{told}");
    Ok(())
}
