//! A1: a dossier of five papers, from an empty screen to the printed receipt, in at most twelve actions of the hand and by
//! the keys alone.
//!
//! An action is what a clerk's hand does once, as the budget of the design counts it: a key or chord that is pressed, a
//! card that is held to the reader, a phrase that is typed into a field. Enter behind a phrase is an action of its own.
//! Nothing else is done meanwhile: no click, and no focus that is put anywhere from outside. Laying a paper into the
//! scanner, waiting for it and looking at the screen is no action: a clerk does that with any program.

use crate::one_dossier::code_on;
use crate::{CARD, form};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::app::App;
use tests::pictures;
use tests::printer::{PrintSystem, QUEUE};
use tests::station::Station;

/// The budget (features.md A1).
const BUDGET: usize = 12;

/// A registration whose usual case asks for five papers, all of them handed in.
const PROCEDURE: &str = "1.004088";
const PAPERS: usize = 5;

/// The clerk's hands; every action is noted.
struct Hands<'a> {
    app: &'a App,
    taken: Vec<String>,
}

impl Hands<'_> {
    async fn press(&mut self, chord: &str) -> Result<()> {
        self.taken.push(chord.to_owned());
        self.app.press(chord).await
    }

    async fn phrase(&mut self, text: &str) -> Result<()> {
        self.taken.push(format!("“{text}”"));
        self.app.type_text(text).await
    }

    /// A card that is torn by a busy machine and read again is an action each time.
    async fn card(&mut self) -> Result<()> {
        let held_up = self.app.reads_card(CARD).await?;
        self.taken.extend(std::iter::repeat_n("card".to_owned(), held_up));
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "the count is what this is for")]
#[tokio::test]
async fn five_papers_in_twelve_actions() -> Result<()> {
    let Some(printing) = PrintSystem::start()? else { return Ok(()) };
    let station = Station::new()?.with("CUPS_SERVER", printing.socket());
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.enrolled().await?;
    // Once, when the counter is set up: this station prints here.
    app.click("nav-settings").await?;
    app.click("printer-option").await?;
    app.until("the station is bound", "return document.querySelector('[data-testid=printer-option]').checked").await?;
    app.click("nav-today").await?;
    app.appears("received-count").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.run("document.activeElement?.blur(); return true").await?;

    let mut hands = Hands { app: &app, taken: Vec::new() };
    hands.press("F2").await?;
    focus_is(&app, "applicant-id-number").await?;
    hands.card().await?;
    focus_is(&app, "procedure-search").await?;
    hands.phrase("dang ky tau").await?;
    let first =
        format!("return document.querySelector('#procedure-0')?.dataset.testid === 'procedure-hit-{PROCEDURE}'");
    app.until("the likeliest is the first", &first).await?;
    hands.press("Enter").await?;
    app.appears(&format!("component-{PAPERS}")).await?;
    assert_eq!(
        app.count("[data-testid^=\"component-\"][data-pages]").await?,
        PAPERS as u64,
        "a dossier of five papers"
    );
    for paper in 1..=PAPERS {
        app.until_attribute(&format!("component-{paper}"), "data-selected", "true").await?;
        hands.press("F5").await?;
        let came = format!("return +document.querySelector('[data-testid=component-{paper}]').dataset.pages > 0");
        app.until("pages came", &came).await?;
        app.appears("run-summary").await?;
    }
    assert_eq!(form(&app).await?[1], "TRẦN THỊ NGỌC MẪU");
    pictures::take(&app, "40-twelve-before-f9").await?;
    hands.press("F9").await?;
    app.until_attribute("receipt-print-outcome", "data-state", "printed").await?;
    assert!(app.text("receipt-print-outcome").await?.contains(QUEUE), "it says where");
    pictures::take(&app, "41-twelve-printed").await?;

    let taken = std::mem::take(&mut hands.taken);
    println!("{} actions: {}", taken.len(), taken.join(" · "));
    assert!(taken.len() <= BUDGET, "{} actions: {taken:?}", taken.len());

    let code = app.attribute("dossier-code", "data-code").await?;
    let paper = station.home("printed.pdf");
    std::fs::write(&paper, printing.take("giay tiep nhan")?)?;
    let read = code_on(&paper)?;
    ensure!(read.contains(&code), "the paper in the tray has the code {code}: {read}");
    app.close().await?;
    let shown = station.answer(["show", code.as_str()])?;
    let with_pages = shown["components"].as_array().into_iter().flatten();
    let with_pages = with_pages.filter(|one| one["pages"].as_array().is_some_and(|pages| !pages.is_empty())).count();
    assert_eq!(with_pages, PAPERS, "every paper was scanned: {shown}");
    assert_eq!(shown["status"], json!("received"));
    Ok(())
}

/// The focus is where the next thing is typed, without anybody having put it there.
async fn focus_is(app: &App, id: &str) -> Result<()> {
    let is = format!("return document.activeElement?.dataset.testid === '{id}'");
    app.until(&format!("the focus is in {id}"), &is).await
}
