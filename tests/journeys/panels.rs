//! Every panel and dialog that opens over a screen, light and dark, small and large: pictures for people to look at, faults
//! of layout, and axe-core (R3).

use crate::screens::{SIZES, dress, open, seed};
use anyhow::Result;
use tests::app::App;
use tests::faults::Faults;
use tests::station::Station;

/// Drafts that show what a draft can show.
struct Drafts {
    /// With papers, one of them failed.
    papers: String,
    /// Of somebody who was here before, for the same matter, and with another procedure beside it.
    known: String,
    /// Of an organization, with somebody who came for it.
    organization: String,
}

#[tokio::test]
async fn panels_in_light() -> Result<()> {
    panels("light").await
}

#[tokio::test]
async fn panels_in_dark() -> Result<()> {
    panels("dark").await
}

async fn panels(theme: &str) -> Result<()> {
    let mut faults = Faults::default();
    let station = Station::at_console()?;
    seed(&station)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-sync", "data-state", "accepted").await?;
    let drafts = make(&app).await?;
    dress(&app, theme).await?;
    for (width, height) in SIZES {
        app.resize(width, height).await?;
        over_the_intake(&app, &mut faults, &drafts).await?;
        over_the_lists(&app, &mut faults).await?;
    }
    app.close().await?;
    faults.none()
}

async fn make(app: &App) -> Result<Drafts> {
    app.new_dossier().await?;
    app.fill("applicant-id-number", "099199000077").await?;
    app.fill("applicant-name", "Hoàng Thị Hồ Sơ Mẫu").await?;
    app.fill("applicant-address", "Thôn 1, xã An Mẫu, thành phố Cần Thơ").await?;
    take(app, "khai tu", "1.000656").await?;
    app.press("Alt+C").await?;
    app.appears("paper-reason").await?;
    app.type_text("chu ky").await?;
    app.press("Enter").await?;
    app.until_attribute("component-1-verdict", "data-verdict", "failed").await?;
    let papers = put_aside(app).await?;

    app.new_dossier().await?;
    app.fill("applicant-id-number", "099099000000").await?;
    app.fill("applicant-name", "Đặng Thị Ngọc Mẫu").await?;
    app.fill("applicant-address", "Thôn 1, xã An Mẫu, thành phố Cần Thơ").await?;
    take(app, "khai sinh", "1.001193").await?;
    app.appears("known").await?;
    app.press("Alt+Y").await?;
    app.appears("consent-withdrawn").await?;
    let known = app.dossier_id().await?;
    app.press("F3").await?;
    app.until("two dossiers", "return document.querySelectorAll('[data-testid=visit-dossier]').length === 2").await?;
    take(app, "ket hon", "1.000894").await?;
    put_aside(app).await?;

    app.new_dossier().await?;
    app.press("Alt+O").await?;
    app.appears("applicant-tax-code").await?;
    app.fill("applicant-tax-code", "0100000001").await?;
    app.fill("applicant-name", "Công ty trách nhiệm hữu hạn một thành viên Xây dựng và Thương mại An Mẫu").await?;
    if !app.shows("representative").await? {
        app.press("Alt+N").await?;
    }
    app.appears("representative").await?;
    app.fill("representative-name", "Nguyễn Văn Đại Diện").await?;
    let organization = put_aside(app).await?;
    Ok(Drafts { papers, known, organization })
}

async fn take(app: &App, typed: &str, code: &str) -> Result<()> {
    app.find_procedure(typed, code).await?;
    app.click(&format!("procedure-hit-{code}")).await?;
    app.appears("component-1").await
}

/// Keeps the draft on the table and says which it is.
async fn put_aside(app: &App) -> Result<String> {
    let id = app.dossier_id().await?;
    app.press("F10").await?;
    app.appears("draft-row").await?;
    Ok(id)
}

async fn over_the_intake(app: &App, faults: &mut Faults, drafts: &Drafts) -> Result<()> {
    open(app, &drafts.papers).await?;
    app.appears("obstacle-failed_paper").await?;
    faults.look(app, "failed-paper").await?;
    app.press("Alt+N").await?;
    app.appears("representative").await?;
    faults.look(app, "representative").await?;
    app.press("Alt+N").await?;
    app.until("nobody hands in", "return !document.querySelector('[data-testid=representative]')").await?;
    app.focus("components").await.ok();
    app.press("Alt+C").await?;
    app.appears("paper-reason").await?;
    faults.look(app, "paper-reason").await?;
    app.press("Escape").await?;
    app.press("F7").await?;
    app.appears("lacking").await?;
    faults.look(app, "lacking").await?;
    app.press("F9").await?;
    let drawn = "return (document.querySelector('[data-testid=receipt-preview] img')?.naturalWidth ?? 0) > 0";
    app.until("the slip is drawn", drawn).await?;
    faults.look(app, "slip-of-a-draft").await?;
    app.press("Escape").await?;
    app.appears("component-1").await?;

    open(app, &drafts.known).await?;
    app.appears("twice").await?;
    app.appears("known").await?;
    faults.look(app, "visit-known-twice").await?;
    app.press("F9").await?;
    app.press("F9").await?;
    faults.look(app, "twice-asked").await?;
    open_without_papers(app, &drafts.organization).await?;
    faults.look(app, "organization").await
}

async fn open_without_papers(app: &App, draft: &str) -> Result<()> {
    app.click("nav-today").await?;
    app.appears("draft-row").await?;
    app.run(&format!("document.querySelector('[data-dossier-id=\"{draft}\"]').click(); return true")).await?;
    app.appears("applicant-tax-code").await
}

async fn over_the_lists(app: &App, faults: &mut Faults) -> Result<()> {
    app.click("nav-dossiers").await?;
    app.appears("dossier-row").await?;
    app.choose("lists", "overdue").await?;
    app.appears("row-left").await?;
    faults.look(app, "list-overdue").await?;
    app.choose("lists", "all").await?;
    app.until("all are there", "return document.querySelectorAll('[data-testid=dossier-row]').length > 8").await?;
    app.focus("dossier-filter").await?;
    app.press("ArrowDown").await?;
    app.press("Space").await?;
    app.press("ArrowDown").await?;
    app.press("Space").await?;
    app.appears("bulk").await?;
    faults.look(app, "bulk").await?;
    app.press("Escape").await?;
    app.click("list-print-open").await?;
    app.until("a dialog", "return document.querySelector('[aria-modal=true]') !== null").await?;
    faults.look(app, "list-print").await?;
    app.press("Escape").await?;
    app.press("Ctrl+K").await?;
    app.appears("search-all").await?;
    app.type_text("mau").await?;
    app.until("hits", "return document.querySelector('#hit-0') !== null").await?;
    faults.look(app, "search").await?;
    app.press("Escape").await?;
    app.click("user-menu").await?;
    app.appears("sign-out").await?;
    faults.look(app, "user-menu").await?;
    app.press("Escape").await?;
    app.click("nav-settings").await?;
    app.click("settings-nav-shortcuts").await?;
    app.until("the keys are in sight", "return document.activeElement.id === 'settings-shortcuts'").await?;
    app.click("shortcut-F4").await?;
    faults.look(app, "shortcuts").await?;
    app.press("Escape").await
}
