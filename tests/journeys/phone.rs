//! A phone as a camera, in the real window: the code is opened by `curl`, which is the phone, and its photographs lie in the paper
//! that was selected (G8, G13). A second client finds the door shut.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use tests::app::App;
use tests::photo::on_a_table;
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn a_phone_opens_the_code_and_its_photographs_come_in() -> Result<()> {
    let station = Station::new()?;
    let fine = station.home("ro.jpg");
    std::fs::write(&fine, on_a_table(2_400, 3_200)?)?;
    let coarse = station.home("xa.jpg");
    std::fs::write(&coarse, on_a_table(1_200, 1_600)?)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    let id = app.dossier_id().await?;
    app.press("Alt+m").await?;
    app.appears("phone-code").await?;
    let link = app.attribute("phone", "data-url").await?;
    let (site, token) = link.split_once('#').context("a token")?;
    pictures::take(&app, "20-phone-code").await?;

    let jar = station.home("jar");
    ensure!(curl(&jar, &format!("{site}enter"), token)?.ends_with("204"), "the phone opens it");
    app.until("the code is gone", "return document.querySelector('[data-testid=phone-code]') === null").await?;
    let stranger = station.home("stranger");
    ensure!(curl(&stranger, &format!("{site}enter"), token)?.ends_with("410"), "and nobody else");
    for (file, ok) in [(&fine, true), (&coarse, false), (&fine, true)] {
        let told = curl(&jar, &format!("{site}picture"), &format!("@{}", file.display()))?;
        ensure!(told.contains(&format!("\"ok\":{ok}")), "{told}");
    }
    app.until_attribute("page-account", "data-kept", "2").await?;
    app.appears("refused-file").await?;
    pictures::take(&app, "21-phone-photographs").await?;
    app.press("Escape").await?;
    app.until("the link is closed", "return document.querySelector('[data-testid=phone]') === null").await?;
    ensure!(!curl(&jar, site, "")?.ends_with("200"), "nobody serves it any more");
    laid_flat(&app).await?;
    app.resize(1920, 1080).await?;
    let shape = "const one = document.querySelector('[data-testid=viewer-picture] img'); return one && one.naturalWidth > 0 && \
                 Math.abs(one.clientWidth / one.clientHeight - 210 / 297) < 0.02";
    app.until("the large page in the shape of A4", shape).await?;
    pictures::take(&app, "22-phone-laid-flat").await?;
    app.close().await?;

    let shown = station.answer(["pages", &id])?;
    let pages = shown["components"][0]["pages"].as_array().context("pages")?;
    ensure!(pages.len() == 2 && pages.iter().all(|page| page["edit"]["flat"].is_object()), "{shown}");
    Ok(())
}

/// The small pictures have the shape of the paper and not of the photograph.
async fn laid_flat(app: &App) -> Result<()> {
    let all = "[...document.querySelectorAll('[data-page-id] img')].filter((one) => one.naturalWidth > 0)";
    let shape = "Math.abs(one.naturalWidth / one.naturalHeight - 210 / 297) < 0.02";
    app.until(
        "two pages in the shape of A4",
        &format!("const all = {all}; return all.length >= 2 && all.every((one) => {shape})"),
    )
    .await
}

fn curl(jar: &Path, url: &str, data: &str) -> Result<String> {
    let mut curl = std::process::Command::new("curl");
    curl.args([
        "--silent",
        "--insecure",
        "--max-time",
        "60",
        "--header",
        "X-Mot-Cua: 1",
        "--write-out",
        "\n%{http_code}",
    ]);
    curl.arg("--cookie").arg(jar).arg("--cookie-jar").arg(jar).args(["--data-binary", data, url]);
    Ok(String::from_utf8(curl.output()?.stdout)?)
}
