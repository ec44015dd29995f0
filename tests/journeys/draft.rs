//! A draft outlives the program, however it ends (A2, T-02).

use crate::{CARD, form};
use anyhow::Result;
use tests::app::css;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_draft_survives_kill_9() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    app.fill("applicant-phone", "0292 000 0001").await?;
    app.fill("note", "Gọi trước khi trả").await?;
    app.focus("component-1").await?;
    app.scan().await?;
    app.until_attribute("component-2", "data-selected", "true").await?;
    app.until_attribute("save-state", "data-state", "saved").await?;
    let before = form(&app).await?;

    // The power goes in the middle of the next run, when its first page has been shown.
    app.press("F5").await?;
    let thumb = format!("return document.querySelector('{} {}') !== null", css("component-2"), css("page-thumb"));
    app.until("a page of the second run appears", &thumb).await?;
    let thumbs = format!("return [...document.querySelectorAll('{}')].map((e) => e.dataset.pageId)", css("page-thumb"));
    let shown = app.run(&thumbs).await?;
    app.kill()?;

    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.appears("draft-row").await?;
    assert_eq!(app.count(&css("draft-row")).await?, 1);
    let row = app.text("draft-row").await?;
    assert!(row.contains("TRẦN THỊ NGỌC MẪU"), "the list says whose it is: {row}");
    pictures::take(&app, "15-draft-after-kill").await?;
    app.click("draft-row").await?;
    app.appears("component-1").await?;
    assert_eq!(form(&app).await?, before, "every field is as it was");
    assert_eq!(app.text("procedure-name").await?, "Thủ tục đăng ký khai sinh");
    let kept = app.run(&thumbs).await?;
    let (kept, shown) = (kept.as_array().unwrap(), shown.as_array().unwrap());
    assert_eq!(kept[..shown.len().min(kept.len())], shown[..], "every page that was shown is there, in its place");
    assert!(shown.len() >= 4, "three pages of the first run and one of the second: {shown:?}");
    let drawn =
        format!("return [...document.querySelectorAll('{} img')].every((p) => p.naturalWidth > 0)", css("page-thumb"));
    app.until("every page can be looked at", &drawn).await?;
    pictures::take(&app, "16-draft-opened-again").await?;
    app.close().await
}
