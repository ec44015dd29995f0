//! The corners of a photographed paper, set by hand in the real window over a picture that was turned: dragged with the
//! pointer, laid flat by the keys, taken back; the console says where they lie on the stored picture (G8, H6).

use crate::files::pick;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::app::css;
use tests::photo::{CORNERS, on_a_table};
use tests::pictures;
use tests::programs::{has_tool, skipped};
use tests::station::Station;

#[tokio::test]
async fn a_photograph_is_laid_flat_by_its_corners() -> Result<()> {
    if !has_tool("xdotool") {
        skipped("no xdotool to type into the file dialog");
        return Ok(());
    }
    let station = Station::new()?;
    let photo = station.home("anh-chup.jpg");
    // Nothing in the file says that a camera took it, so that it comes in as a page from edge to edge.
    std::fs::write(&photo, on_a_table(2_400, 3_200)?)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    app.focus("component-1").await?;
    pick(&app, &photo).await?;
    app.until_attribute("component-1", "data-pages", "1").await?;
    let id = app.dossier_id().await?;
    app.run(&format!("document.querySelector('{}').focus(); return true", css("page-thumb"))).await?;
    app.press("r").await?;
    app.appears("page-source").await?;
    app.press("n").await?;
    app.appears("flat-frame").await?;
    let found = app.attribute("flat-corner-0", "aria-valuetext").await?;
    app.drag("flat-corner-0", (90.0, 60.0)).await?;
    ensure!(app.attribute("flat-corner-0", "aria-valuetext").await? != found, "the corner came along");
    pictures::take(&app, "44-corners-by-hand").await?;
    app.drag("flat-corner-0", (-90.0, -60.0)).await?;
    app.press("Enter").await?;
    app.until("the frame is gone", &format!("return document.querySelector('{}') === null", css("flat-frame"))).await?;
    app.appears("viewer-whole").await?;
    pictures::take(&app, "45-laid-flat").await?;
    app.close().await?;

    let flat = flat(&station, &id)?;
    for (n, (x, y)) in CORNERS.into_iter().enumerate() {
        let at = |axis: usize| flat["corners"][n][axis].as_f64().unwrap_or(1e9);
        let off = (at(0) - f64::from(x)).hypot(at(1) - f64::from(y));
        ensure!(off < 60.0, "corner {n} lies {off} off: {flat}");
    }
    ensure!((&flat["width"], &flat["height"]) == (&2_100.into(), &2_970.into()), "{flat}");
    station.answer(["pages", &id, "undo"])?;
    ensure!(self::flat(&station, &id)?.is_null(), "and it is taken back");
    Ok(())
}

fn flat(station: &Station, dossier: &str) -> Result<Value> {
    let told = station.answer(["pages", dossier])?;
    let page = told["components"][0]["pages"].get(0).context("a page")?;
    ensure!(page["edit"]["turns"] == 1, "it stays turned: {page}");
    Ok(page["edit"]["flat"].clone())
}
