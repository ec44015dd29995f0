//! How long it takes from a key to the picture that answers it, in the real window. Told, never asserted: a test machine is
//! busy with other things (`cargo xtask bench` holds it against the mark on a release build).

use anyhow::{Context, Result};
use tests::app::App;
use tests::station::Station;

/// Times every input event from when the key was pressed to two frames after the list had its new rows. An answer with the
/// same rows changes nothing on the page: the letter in the field is the answer then, and the next key ends the watching.
const WATCH: &str = "
    window.took = [];
    let seen = null;
    const search = document.querySelector('#procedure-search');
    search.addEventListener('input', (event) => {
        const pressed = event.timeStamp;
        const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - pressed)));
        seen?.disconnect();
        const mine = seen = new MutationObserver(() => { mine.disconnect(); frames(); });
        seen.observe(search.closest('.search'), { subtree: true, childList: true, characterData: true, attributes: true });
    }, true);
    return true";

#[tokio::test]
async fn a_key_is_answered_on_the_screen() -> Result<()> {
    let station = Station::new()?;
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.focus("procedure-search").await?;
    app.until("the list", "return document.querySelector('#procedure-0') !== null").await?;
    app.run(WATCH).await?;
    for phrase in ["khai sinh", "ket hon", "chung thuc", "dat dai", "tam tru", "ho kinh doanh", "giam ho", "xay dung"] {
        app.run("const e = document.querySelector('#procedure-search'); e.select(); return true").await?;
        app.type_text(phrase).await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    tell("keystroke to painted", "took", &app).await?;
    app.close().await
}

/// Times every letter in the note from when its key was pressed to when the page answers it, and to two frames after.
const WATCH_NOTE: &str = "
    window.took = []; window.waited = [];
    document.querySelector('#note').addEventListener('input', (event) => {
        const pressed = event.timeStamp;
        window.waited.push(performance.now() - pressed);
        requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - pressed)));
    });
    return true";

const SHEETS: u32 = 60;

// A feeder of 60 sheets a minute, both sides and twice that: 240 pictures a minute come in, each is seen, and who types
// meanwhile is not kept waiting.
#[tokio::test]
async fn a_key_is_answered_while_pages_arrive() -> Result<()> {
    let station = Station::new()?;
    let path = tests::feeder::build(&station.home("feeder"), SHEETS, 0.25)?;
    let station = station.with("PATH", path);
    let app = station.open().await?;
    app.resize(1366, 768).await?;
    app.sign_in("clerk").await?;
    tests::feeder::choose(&app).await?;
    app.begin_dossier("khai sinh", "1.001193").await?;
    app.until_attribute("status-scanner", "data-state", "on").await?;
    app.press("F5").await?;
    let thumbs = "document.querySelectorAll('[data-testid=\"page-thumb\"]').length";

    app.until("pages are seen", &format!("return {thumbs} >= 5")).await?;
    app.run(WATCH_NOTE).await?;
    app.focus("note").await?;
    let before = received(&app).await?;
    app.type_text("Công dân đề nghị trả kết quả qua đường bưu chính, đã dặn mang bản chính khi nhận; sẽ gọi lại.")
        .await?;
    let during = received(&app).await? - before;
    tell("input delay, 240 pages a minute arriving", "waited", &app).await?;
    tell("keystroke to painted, 240 pages a minute arriving", "took", &app).await?;
    assert!(during >= 5, "pages arrived while it was typed, not {during}");
    let mut last = before;
    while received(&app).await? < u64::from(SHEETS) {
        let more = format!("return Number(document.querySelector('[data-received]').dataset.received) > {last}");
        app.until("another page arrives", &more).await?;
        last = received(&app).await?;
    }

    app.close().await
}

async fn received(app: &App) -> Result<u64> {
    Ok(app.attribute("page-account", "data-received").await?.parse()?)
}

/// Prints what was timed.
#[expect(clippy::print_stdout, reason = "the figure is what this is for")]
async fn tell(what: &str, list: &str, app: &App) -> Result<()> {
    let took = app.run(&format!("return window.{list}")).await?;
    let mut took: Vec<f64> = took.as_array().context("times")?.iter().filter_map(serde_json::Value::as_f64).collect();
    took.sort_by(f64::total_cmp);
    assert!(took.len() > 25, "the keys were answered: {took:?}");
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    println!("{what}: p50 {:.1} ms, p99 {:.1} ms, of {} keys", at(0.5), at(0.99), took.len());
    Ok(())
}
