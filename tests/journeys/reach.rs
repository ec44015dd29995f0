//! R1, R3: at twice the size on the smallest screen nothing is lost and everything can be got at, and every stop of the
//! Tab key shows where the focus is.

use crate::CARD;
use crate::screens::seed;
use anyhow::{Result, ensure};
use std::collections::HashSet;
use tests::app::App;
use tests::faults::Faults;
use tests::station::Station;

#[tokio::test]
async fn twice_the_size_loses_nothing() -> Result<()> {
    let mut faults = Faults::default();
    let station = Station::at_console()?;
    seed(&station)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    // Somebody who reads only large letters has to sign in first.
    while app.run("return innerWidth").await?.as_f64().is_some_and(|width| width > 684.0) {
        let before = app.run("return innerWidth").await?;
        app.press("Ctrl+=").await?;
        app.until("it is larger", &format!("return innerWidth < {before}")).await?;
    }
    faults.look_and_reach(&app, "twice-sign-in").await?;
    app.sign_in("clerk").await?;
    app.until_attribute("status-sync", "data-state", "accepted").await?;
    app.appears("received-row").await?;
    faults.look_and_reach(&app, "twice-today").await?;
    app.click("nav-dossiers").await?;
    app.appears("dossier-row").await?;
    faults.look_and_reach(&app, "twice-dossiers").await?;
    app.click("status-sync").await?;
    app.appears("outbox-row").await?;
    faults.look_and_reach(&app, "twice-outbox").await?;
    app.click("nav-settings").await?;
    app.appears("theme-select").await?;
    faults.look_and_reach(&app, "twice-settings").await?;
    app.new_dossier().await?;
    faults.look_and_reach(&app, "twice-intake-empty").await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    faults.look_at_large(&app, "twice-procedure-search").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    app.scan().await?;
    faults.look_and_reach(&app, "twice-intake").await?;
    app.press("F7").await?;
    app.appears("lacking").await?;
    faults.look_and_reach(&app, "twice-lacking").await?;
    app.press("Escape").await?;
    app.press("?").await?;
    app.appears("key-sheet").await?;
    faults.look_and_reach(&app, "twice-keys").await?;
    app.press("Escape").await?;
    app.scan().await?;
    app.press("F9").await?;
    app.appears("dossier-code").await?;
    faults.look_and_reach(&app, "twice-receipt").await?;
    app.press("Escape").await?;
    faults.look_and_reach(&app, "twice-accepted").await?;
    app.press("Ctrl+0").await?;
    app.until("as usual again", "return innerWidth === 1366").await?;
    app.close().await?;
    faults.none()
}

/// Where the focus is, and what is wrong there.
const STOP: &str = "
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = one.matches('.visually-hidden') ? one.closest('label') : one;
    const box = shown.getBoundingClientRect();
    const rings = [one, shown, ...one.querySelectorAll('*')].some((e) => {
        const style = getComputedStyle(e);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    });
    const name = one.dataset.testid ?? (one.id || one.getAttribute('aria-label') || one.textContent.trim().slice(0, 40));
    const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    return `${name}${rings ? '' : ': nothing shows the focus'}${inside ? '' : ': out of sight'}`;";

#[tokio::test]
async fn every_stop_of_the_tab_key_is_seen() -> Result<()> {
    let station = Station::at_console()?;
    seed(&station)?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    let signing = walk(&app).await?;
    app.sign_in("clerk").await?;
    app.appears("received-row").await?;
    let today = walk(&app).await?;
    app.click("nav-dossiers").await?;
    app.appears("dossier-row").await?;
    let dossiers = walk(&app).await?;
    app.click("nav-settings").await?;
    app.appears("theme-select").await?;
    let settings = walk(&app).await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;
    app.find_procedure("khai sinh", "1.001193").await?;
    app.press("Enter").await?;
    app.appears("component-1").await?;
    app.scan().await?;
    let intake = walk(&app).await?;
    app.close().await?;
    let all = [signing, today, dossiers, settings, intake];
    let wrong: Vec<&String> = all.iter().flatten().filter(|stop| stop.contains(": ")).collect();
    ensure!(wrong.is_empty(), "{wrong:#?}");
    assert!(all.iter().all(|stops| stops.len() > 4), "there is something to walk over: {all:#?}");
    let order: Vec<usize> = ["applicant-id-number", "applicant-name", "applicant-address", "note"]
        .iter()
        .filter_map(|field| all[4].iter().position(|stop| stop == field))
        .collect();
    assert!(order.len() == 4 && order.is_sorted(), "the fields come in the order of the form: {:?}", all[4]);
    Ok(())
}

/// Where the focus is once the engine has brought it into sight, which it does for text fields a moment later.
async fn at_rest(app: &App) -> Result<Option<String>> {
    let mut stop = app.run(STOP).await?.as_str().map(str::to_owned);
    for _ in 0..40 {
        if !stop.as_ref().is_some_and(|stop| stop.ends_with(": out of sight")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        stop = app.run(STOP).await?.as_str().map(str::to_owned);
    }
    Ok(stop)
}

/// Presses Tab until the first stop comes again; no stop may hold the focus.
async fn walk(app: &App) -> Result<Vec<String>> {
    app.run("document.activeElement?.blur(); return true").await?;
    let (mut stops, mut seen) = (Vec::new(), HashSet::new());
    for _ in 0..150 {
        app.press("Tab").await?;
        let marked = "const one = document.activeElement; if (one && one !== document.body) { \
             window.stops = (window.stops ?? 0) + 1; const before = one.dataset.stop; one.dataset.stop = window.stops; \
             return before !== undefined } return true";
        let again = app.run(marked).await? == serde_json::Value::Bool(true);
        if again && !stops.is_empty() {
            break;
        }
        if let Some(stop) = at_rest(app).await?
            && seen.insert((stops.len(), stop.clone()))
        {
            stops.push(stop);
        }
    }
    app.run("document.querySelectorAll('[data-stop]').forEach((e) => delete e.dataset.stop); return true").await?;
    ensure!(stops.len() < 149, "the focus never comes round: {stops:#?}");
    Ok(stops)
}
