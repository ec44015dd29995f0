//! The one window: native frame, no navigation, nothing kept by the web side.

use crate::{Training, commands, events, page_protocol};
use desk::{Desk, Zoom};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};

/// When the process began, for the line in the log that says when the window was usable.
pub(crate) struct Started(pub(crate) Instant);

/// A web side that never reports itself must not leave the clerk without any window.
const SHOW_ANYWAY: Duration = Duration::from_secs(3);

pub(crate) fn with_desk(
    builder: tauri::Builder<tauri::Wry>,
    desk: Arc<Desk>,
    training: Training,
    started: Instant,
) -> tauri::Result<()> {
    let (pictures, syncing, caring, checking) =
        (Arc::clone(&desk), Arc::clone(&desk), Arc::clone(&desk), Arc::clone(&desk));
    let (reading, watching, pressing) = (Arc::clone(&desk), Arc::clone(&desk), Arc::clone(&desk));
    let (web, zoom) = (desk.dir().join("web"), desk.station().zoom);
    let (printing, lending) = (Arc::clone(&desk), Arc::clone(&desk));
    builder
        .manage(Arc::clone(&desk))
        .manage(training)
        .manage(Started(started))
        .manage(events::Drops::default())
        .manage(crate::citizen::Shown::default())
        .register_asynchronous_uri_scheme_protocol("page", move |_, request, responder| {
            page_protocol::answer(&pictures, &request, responder);
        })
        .on_window_event(events::on_window)
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let handle = app.handle().clone();
            desk.listen(move |event| events::send(&handle, &event));
            open(app, &web, zoom)?;
            std::thread::spawn(move || reading.keep_reading());
            std::thread::spawn(move || watching.keep_watching());
            std::thread::spawn(move || pressing.keep_watching_buttons());
            std::thread::spawn(move || lending.keep_sharing());
            tauri::async_runtime::spawn(async move { syncing.keep_syncing().await });
            tauri::async_runtime::spawn(caring.keep_caring());
            tauri::async_runtime::spawn(printing.keep_following_prints());
            tauri::async_runtime::spawn(async move { checking.keep_checking().await });
            Ok(())
        })
        .run(tauri::generate_context!())
}

/// Shows everything in this size.
pub(crate) fn enlarge(window: &tauri::WebviewWindow, zoom: Zoom) {
    if let Err(error) = window.set_zoom(zoom.factor()) {
        tracing::warn!(%error, "the size stays");
    }
}

/// Windows show the program and nothing else.
pub(crate) fn stays(url: &tauri::Url) -> bool {
    matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost")
}

fn open(app: &tauri::App, web: &Path, zoom: Zoom) -> tauri::Result<()> {
    // The web side keeps nothing that matters: what the engine left behind the last time goes.
    let _ = std::fs::remove_dir_all(web);
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title("Một Cửa")
        .inner_size(1366.0, 720.0)
        .min_inner_size(960.0, 600.0)
        // Shown once the web side has painted, so that no white sheet flashes at the clerk.
        .visible(false)
        // A folder of its own beside the data, since the engine's default one outlives the station.
        .data_directory(web.to_owned())
        .on_navigation(stays)
        .build()?;
    enlarge(&window, zoom);
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(SHOW_ANYWAY).await;
        let _ = window.show();
    });
    Ok(())
}

/// The web side has painted its first screen.
pub(crate) fn ready(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.show();
        let _ = window.set_focus();
    }
    let after = app.state::<Started>().0.elapsed();
    tracing::info!(ms = after.as_millis(), "window usable");
}
