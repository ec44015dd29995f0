//! How long it takes from a key to the picture that answers it, in the real window. Told, never asserted: a test machine is
//! busy with other things (`cargo xtask bench` holds it against the mark on a release build).

use anyhow::{Context, Result};
use tests::station::Station;

/// Times every input event from when the key was pressed to two frames after the list had its new rows.
const WATCH: &str = "
    window.took = [];
    const search = document.querySelector('#procedure-search');
    search.addEventListener('input', (event) => {
        const pressed = event.timeStamp;
        const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - pressed)));
        const place = search.closest('.search');
        const seen = new MutationObserver(() => { seen.disconnect(); clearTimeout(late); frames(); });
        // An answer with the same rows changes nothing on the page; then the letter in the field is the answer.
        const late = setTimeout(() => { seen.disconnect(); window.same = (window.same ?? 0) + 1; }, 400);
        seen.observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    return true";

#[expect(clippy::print_stdout, reason = "the figure is what this is for")]
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
    let took = app.run("return window.took").await?;
    let mut took: Vec<f64> = took.as_array().context("times")?.iter().filter_map(serde_json::Value::as_f64).collect();
    took.sort_by(f64::total_cmp);
    assert!(took.len() > 40, "the list answered the keys: {took:?}");
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    println!("keystroke to painted: p50 {:.1} ms, p99 {:.1} ms, of {} keys", at(0.5), at(0.99), took.len());
    app.close().await
}
