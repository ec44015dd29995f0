//! Pages that came into the wrong paper, in the real window and by the keys alone: sent to another, split off, merged and taken
//! back; the console, a process of its own, says where they are then (H6, T-06).

use anyhow::{Context, Result};
use serde_json::Value;
use tests::app::{App, css};
use tests::pictures;
use tests::station::Station;

#[tokio::test]
async fn pages_go_to_the_paper_they_belong_to() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    app.focus("component-1").await?;
    app.scan().await?;
    let id = app.dossier_id().await?;
    let first = in_paper(&app, 1).await?;
    assert_eq!(first.len(), 3, "the training scanner feeds three");

    // From the second page on these are another paper.
    app.run(&format!("document.getElementById('page-{}').focus(); return true", first[0])).await?;
    app.press("ArrowRight").await?;
    app.press("s").await?;
    app.appears("send-papers").await?;
    pictures::take(&app, "42-split-to-paper").await?;
    app.press("3").await?;
    app.until_attribute("component-3", "data-pages", "2").await?;
    app.until_attribute("component-3", "data-selected", "true").await?;
    let on = format!("return document.activeElement?.id === 'page-{}'", first[1]);
    app.until("the hand goes on at the page", &on).await?;
    pictures::take(&app, "43-split-done").await?;

    // One of them goes to the paper beside it, which is marked already; then what is left is merged into the first, and that is taken back.
    app.press("m").await?;
    app.appears("send-papers").await?;
    app.press("Enter").await?;
    app.until_attribute("component-2", "data-pages", "1").await?;
    app.press("g").await?;
    app.appears("send-papers").await?;
    app.press("1").await?;
    app.until_attribute("component-1", "data-pages", "2").await?;
    assert_eq!(in_paper(&app, 1).await?, [first[0].clone(), first[1].clone()]);
    app.press("Ctrl+z").await?;
    app.until_attribute("component-2", "data-pages", "1").await?;
    app.close().await?;

    let told = station.answer(["pages", &id])?;
    let papers = told["components"].as_array().context("components")?;
    let lie: Vec<Vec<&str>> = papers.iter().map(ids).collect();
    let here: Vec<&str> = first.iter().map(String::as_str).collect();
    assert_eq!(lie[..3], [vec![here[0]], vec![here[1]], vec![here[2]]], "{told}");
    Ok(())
}

fn ids(component: &Value) -> Vec<&str> {
    component["pages"].as_array().into_iter().flatten().filter_map(|page| page["id"].as_str()).collect()
}

/// Which pages lie in a paper, in order, as the window shows them.
async fn in_paper(app: &App, component: u32) -> Result<Vec<String>> {
    let of = format!("{} {}", css(&format!("component-{component}")), css("page-thumb"));
    let there = app.run(&format!("return [...document.querySelectorAll('{of}')].map((e) => e.dataset.pageId)")).await?;
    Ok(there.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}
