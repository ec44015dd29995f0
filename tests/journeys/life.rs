//! After acceptance: papers are asked for with a reason, a wrong step is taken back, and the console tells the same story.

use crate::CARD;
use anyhow::Result;
use serde_json::Value;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_dossier_moves_on_and_a_wrong_step_is_taken_back() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.enrolled().await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("ket hon", "1.000894").await?;
    app.click("procedure-hit-1.000894").await?;
    app.appears("component-1").await?;
    app.fill("component-1-count", "1").await?;
    app.until("nothing is missing", "return !document.querySelector('[data-testid=obstacles]')").await?;
    app.press("F9").await?;
    app.appears("dossier-code").await?;
    let code = app.attribute("dossier-code", "data-code").await?;
    app.press("Escape").await?;

    app.click("move-processing").await?;
    app.click("move-supplement_asked").await?;
    app.appears("life-reason").await?;
    app.type_text("Giấy xác nhận tình trạng hôn nhân đã quá thời hạn 06 tháng; đề nghị ông/bà xin cấp lại").await?;
    pictures::take(&app, "20-life-reason").await?;
    app.press("Ctrl+Enter").await?;
    app.appears("move-undone").await?;
    app.until("papers are waited for", "return document.querySelectorAll('[data-testid=life] li').length === 3")
        .await?;
    app.click("move-undone").await?;
    app.type_text("Bấm nhầm hồ sơ").await?;
    app.click("life-confirm").await?;
    app.appears("move-done").await?;
    app.click("move-supplement_asked").await?;
    app.type_text("Thiếu giấy xác nhận tình trạng hôn nhân").await?;
    app.press("Ctrl+Enter").await?;
    app.click("move-processing").await?;
    app.until_attribute("due-waits", "data-rule", "restart").await?;
    for (size, name) in [((1366, 768), "21-life-small"), ((1920, 1080), "22-life-large")] {
        app.resize(size.0, size.1).await?;
        app.run("document.querySelector('[data-testid=life]').scrollIntoView({ block: 'end' })").await?;
        pictures::take(&app, name).await?;
    }
    app.until_attribute("status-sync", "data-state", "accepted").await?;
    app.close().await?;

    let shown = station.answer(["show", code.as_str()])?;
    assert_eq!(shown["status"], "processing", "{shown}");
    let steps: Vec<&Value> = shown["history"].as_array().into_iter().flatten().map(|entry| &entry["step"]).collect();
    assert_eq!(
        steps,
        ["received", "processing", "supplement_asked", "undone", "supplement_asked", "processing"],
        "{shown}"
    );
    let sent = station.answer(["outbox"])?;
    let accepted = sent["items"].as_array().into_iter().flatten().filter(|item| item["state"] == "accepted").count();
    assert_eq!(accepted, 6, "each step arrived: {sent}");
    Ok(())
}
