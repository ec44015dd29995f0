//! What a hostile page in the window could do: nothing. Tried from inside, with the page's own script (Q9, T-58).

use crate::CARD;
use anyhow::Result;
use serde_json::Value;
use std::net::TcpListener;
use tests::station::Station;

/// Calls that would reach the system, were they allowed.
const FORBIDDEN: [&str; 6] = [
    "plugin:fs|read_text_file",
    "plugin:shell|execute",
    "plugin:http|fetch",
    "plugin:dialog|open",
    "plugin:window|create",
    "plugin:webview|create_webview_window",
];

#[tokio::test]
async fn a_hostile_page_reaches_nothing() -> Result<()> {
    // Somebody who listens and must never be called.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let outside = format!("http://{}/", listener.local_addr()?);
    let station = Station::new()?;
    let app = station.open().await?;
    app.sign_in("clerk").await?;
    app.new_dossier().await?;
    app.reads_card(CARD).await?;

    for call in FORBIDDEN {
        let refused = format!(
            "window.tried = null; window.__TAURI_INTERNALS__.invoke('{call}', {{}}) \
             .then(() => window.tried = 'let through', () => window.tried = 'refused'); return true"
        );
        app.run(&refused).await?;
        app.until(&format!("{call} is answered"), "return window.tried !== null").await?;
        assert_eq!(app.run("return window.tried").await?, Value::from("refused"), "{call}");
    }
    for way in [
        format!("fetch('{outside}').catch(() => 0); return true"),
        format!("new Image().src = '{outside}'; return true"),
        format!(
            "const s = document.createElement('script'); s.src = '{outside}'; document.head.append(s); return true"
        ),
        format!("navigator.sendBeacon('{outside}', 'x'); return true"),
        format!(
            "const f = document.createElement('iframe'); f.src = '{outside}'; document.body.append(f); return true"
        ),
        format!("window.open('{outside}'); return true"),
        format!("location.href = '{outside}'; return true"),
        "location.href = 'file:///'; return true".to_owned(),
    ] {
        let _ = app.run(&way).await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(listener.accept().is_err(), "something got out");
    let here = app.run("return location.protocol").await?;
    assert_eq!(here, Value::from("tauri:"), "the window is still ours");

    let kept = "return JSON.stringify([localStorage.length, sessionStorage.length, document.cookie.length])";
    assert_eq!(app.run(kept).await?, Value::from("[0,0,0]"), "nothing is kept in the page");
    let picture = "window.seen = null; const i = new Image(); i.onload = () => window.seen = true; \
                   i.onerror = () => window.seen = false; i.src = 'page://localhost/0123/thumb/x'; return true";
    app.run(picture).await?;
    app.until("the picture is refused", "return window.seen === false").await?;
    app.close().await
}
