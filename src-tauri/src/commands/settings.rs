//! What the station lets people choose.

use super::{Answer, TheDesk, ask};
use desk::view::{Locale, StationView, SyncView, Theme};
use desk::{Preferences, Zoom};
use std::collections::BTreeMap;

#[tauri::command]
pub(crate) async fn set_locale(desk: TheDesk<'_>, locale: Locale) -> Answer<StationView> {
    ask(&desk, move |desk| desk.set_locale(locale)).await
}

#[tauri::command]
pub(crate) async fn set_theme(desk: TheDesk<'_>, theme: Theme) -> Answer<StationView> {
    ask(&desk, move |desk| desk.set_theme(theme)).await
}

/// The engine enlarges, not the page: what is measured in pixels there stays right.
#[tauri::command]
pub(crate) async fn set_zoom(window: tauri::WebviewWindow, desk: TheDesk<'_>, zoom: Zoom) -> Answer<StationView> {
    let station = ask(&desk, move |desk| desk.set_zoom(zoom)).await?;
    crate::window::enlarge(&window, station.zoom);
    Ok(station)
}

#[tauri::command]
pub(crate) async fn preferences(desk: TheDesk<'_>) -> Answer<Preferences> {
    ask(&desk, desk::Desk::preferences).await
}

#[tauri::command]
pub(crate) async fn set_preferences(desk: TheDesk<'_>, preferences: Preferences) -> Answer<Preferences> {
    ask(&desk, move |desk| desk.set_preferences(&preferences)).await
}

#[tauri::command]
pub(crate) async fn shortcuts(desk: TheDesk<'_>) -> Answer<BTreeMap<String, String>> {
    ask(&desk, desk::Desk::shortcuts).await
}

#[tauri::command]
pub(crate) async fn set_shortcuts(
    desk: TheDesk<'_>,
    shortcuts: BTreeMap<String, String>,
) -> Answer<BTreeMap<String, String>> {
    ask(&desk, move |desk| desk.set_shortcuts(&shortcuts)).await
}

#[tauri::command]
pub(crate) async fn enroll(desk: TheDesk<'_>, url: String, token: String) -> Answer<SyncView> {
    desk.enroll(&url, &token).await.map_err(|error| desk.explain(&error))
}
