//! The citizen's screen.

use super::{Answer, TheDesk, panicked};
use crate::citizen::{self, Shown};
use desk::view::CitizenView;
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn open_citizen(app: AppHandle, desk: TheDesk<'_>) -> Answer<()> {
    citizen::open(&app, &desk.dir().join("web")).map_err(|error| {
        tracing::warn!(%error, "the citizen's screen does not open");
        panicked()
    })
}

#[tauri::command]
pub(crate) async fn close_citizen(app: AppHandle) {
    citizen::close(&app);
}

#[tauri::command]
pub(crate) fn show_citizen(app: AppHandle, view: CitizenView) {
    citizen::show(&app, view);
}

#[tauri::command]
pub(crate) fn citizen_view(shown: State<'_, Shown>) -> CitizenView {
    shown.get()
}
