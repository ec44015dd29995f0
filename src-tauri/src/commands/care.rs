//! Backup and check of the store. The folder is chosen here: the web side knows no path it could ask for.

use super::{Answer, TheDesk, ask};
use desk::view::{BackupView, CareStep, CareView, CheckView, Locale};
use tauri::AppHandle;
use tauri::ipc::Channel;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn care(desk: TheDesk<'_>) -> Answer<CareView> {
    ask(&desk, desk::Desk::care_state).await
}

/// Nothing where the person chose no folder.
#[tauri::command]
pub(crate) async fn pick_backup(
    app: AppHandle,
    desk: TheDesk<'_>,
    progress: Channel<CareStep>,
) -> Answer<Option<BackupView>> {
    let title = match desk.station().locale {
        Locale::Vi => "Chọn nơi sao lưu",
        Locale::En => "Choose where to back up to",
    };
    let dialog = app.dialog().file().set_title(title);
    ask(&desk, move |desk| {
        let folder = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok());
        let Some(folder) = folder else { return Ok(None) };
        desk.back_up_here(Some(&folder), &mut |step| drop(progress.send(step))).map(Some)
    })
    .await
}

#[tauri::command]
pub(crate) async fn back_up(desk: TheDesk<'_>, progress: Channel<CareStep>) -> Answer<BackupView> {
    ask(&desk, move |desk| desk.back_up_here(None, &mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn check(desk: TheDesk<'_>, progress: Channel<CareStep>) -> Answer<CheckView> {
    ask(&desk, move |desk| desk.check_here(&mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) fn cancel_care(desk: TheDesk<'_>) {
    desk.cancel_care();
}
