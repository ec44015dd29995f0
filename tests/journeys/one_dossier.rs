//! The whole path of one dossier, from the sign-in to the proof of the central system.

use crate::CARD;
use anyhow::{Result, ensure};
use serde_json::json;
use std::ffi::OsStr;
use std::path::Path;
use tests::app::{App, css};
use tests::pictures;
use tests::printer::{PrintSystem, QUEUE};
use tests::programs::tool;
use tests::station::Station;

#[tokio::test]
async fn one_dossier_all_the_way() -> Result<()> {
    let printing = PrintSystem::start()?;
    let socket = printing.as_ref().map_or_else(|| "/nonexistent/socket".into(), PrintSystem::socket);
    let station = Station::new()?.with("CUPS_SERVER", socket);
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    pictures::take(&app, "01-sign-in").await?;

    app.sign_in("clerk").await?;
    app.until("the day's screen", "return document.body.innerText.includes('F2')").await?;
    pictures::take(&app, "02-today-empty").await?;

    app.enrolled().await?;
    app.new_dossier().await?;
    pictures::take(&app, "03-intake-empty").await?;
    // Anywhere: here the focus is in a field that is none of the card's.
    app.focus("note").await?;
    app.reads_card(CARD).await?;
    app.until(
        "the applicant is filled",
        &format!("return document.querySelector('{}').value !== ''", css("applicant-name")),
    )
    .await?;
    for (field, value) in [
        ("applicant-id-number", "099199000001"),
        ("applicant-name", "TRẦN THỊ NGỌC MẪU"),
        ("applicant-birth-date", "02/01/1999"),
        ("applicant-sex", "female"),
        ("applicant-address", "Thôn 1, xã An Mẫu, thành phố Cần Thơ"),
        ("note", ""),
    ] {
        assert_eq!(app.text(field).await?, value, "{field} is as the card says, and nothing of it is elsewhere");
    }
    pictures::take(&app, "04-card-read").await?;

    app.find_procedure("khai sinh", "1.001193").await?;
    pictures::take(&app, "05-procedure-search").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    assert_eq!(app.text("procedure-name").await?, "Thủ tục đăng ký khai sinh", "the likeliest is the first hit");
    assert!(app.count("[data-testid^=\"component-\"][data-pages]").await? >= 4, "all its components are listed");
    assert_eq!(app.attribute("component-1", "data-selected").await?, "true", "scanning starts with the first paper");
    pictures::take(&app, "06-components").await?;

    scan_all_that_is_asked_for(&app).await?;
    pictures::take(&app, "07-scanned").await?;

    app.record("sync", &format!("document.querySelector('{}')?.dataset.state", css("status-sync"))).await?;
    app.press("F9").await?;
    app.appears("dossier-code").await?;
    let code = app.attribute("dossier-code", "data-code").await?;
    assert!(code.starts_with("H99.1-"), "the code is of this office: {code}");
    assert!(app.attribute("due-date", "data-due").await?.len() > 10, "the appointment is shown");
    let receipt = format!(
        "const p = document.querySelector('{} img'); return p !== null && p.naturalWidth > 0",
        css("receipt-preview")
    );
    app.until("the receipt is drawn", &receipt).await?;
    pictures::take(&app, "08-receipt").await?;

    print(&app, printing.as_ref(), &station, &code).await?;
    pictures::take(&app, "09-printed").await?;

    app.until_attribute("status-sync", "data-state", "accepted").await?;
    let seen = app.recorded("sync").await?;
    let waited = seen.iter().position(|state| *state == "waiting" || *state == "sending");
    assert!(waited.is_some(), "it waits before it is accepted, and the status bar says so: {seen:?}");
    assert_eq!(app.attribute("status-sync", "data-accepted").await?, "1");
    pictures::take(&app, "10-accepted").await?;
    app.click("status-sync").await?;
    app.appears("outbox-row").await?;
    pictures::take(&app, "11-outbox").await?;

    let stats = station.stats()?;
    assert_eq!(stats["dossiers"], 1, "the central system itself says what it has: {stats}");
    assert_eq!(stats["files"], 2, "one PDF for each component that has pages: {stats}");
    app.close().await?;

    let outbox = station.answer(["outbox"])?;
    assert_eq!(outbox["items"].as_array().map(Vec::len), Some(1), "{outbox}");
    assert_eq!(outbox["items"][0]["state"], "accepted", "the store says the same as the window did: {outbox}");
    let found = station.answer(["search", "ngoc mau"])?;
    assert_eq!(found["hits"][0]["code"], json!(code), "{found}");
    Ok(())
}

/// F5 for each required paper; the pages of the first are watched as they come.
async fn scan_all_that_is_asked_for(app: &App) -> Result<()> {
    let thumbs = format!("document.querySelectorAll('{} {}').length", css("component-1"), css("page-thumb"));
    app.record("thumbs", &thumbs).await?;
    app.scan().await?;
    let seen = app.recorded("thumbs").await?;
    assert_eq!(seen, [json!(0), json!(1), json!(2), json!(3)], "pages appear one by one as they come");
    let drawn =
        format!("return [...document.querySelectorAll('{} img')].every((p) => p.naturalWidth > 0)", css("page-thumb"));
    app.until("the thumbs are drawn", &drawn).await?;
    // The next paper's turn comes by itself.
    app.until_attribute("component-2", "data-selected", "true").await?;
    app.scan().await?;
    assert_eq!(app.attribute("component-1", "data-pages").await?, "3");
    assert_eq!(app.attribute("component-2", "data-pages").await?, "3");
    Ok(())
}

/// Prints with F9 to a real queue; without a print system the window must say so and claim nothing.
async fn print(app: &App, printing: Option<&PrintSystem>, station: &Station, code: &str) -> Result<()> {
    let Some(printing) = printing else {
        // F9 would open the receipt in a viewer, which is not this window's.
        app.until_attribute("receipt-print-outcome", "data-state", "unavailable").await?;
        return Ok(());
    };
    app.press("F9").await?;
    app.until_attribute("receipt-print-outcome", "data-state", "printed").await?;
    assert!(app.text("receipt-print-outcome").await?.contains(QUEUE), "it says where");
    let paper = station.home("printed.pdf");
    std::fs::write(&paper, printing.take("giay tiep nhan")?)?;
    // The queue turns letters into shapes, but what a scanner reads off the paper stays.
    let read = code_on(&paper)?;
    ensure!(read.contains(code), "the paper in the tray has the code {code}: {read}");
    Ok(())
}

/// What a plain scanner reads off the first page.
pub(crate) fn code_on(pdf: &Path) -> Result<String> {
    let page = pdf.with_extension("");
    let draw = ["-r", "300", "-png", "-singlefile"].map(OsStr::new);
    tool("pdftoppm", draw.into_iter().chain([pdf.as_os_str(), page.as_os_str()]))?;
    Ok(String::from_utf8(tool("zbarimg", ["-q".as_ref(), page.with_extension("png").as_os_str()])?)?)
}
