//! Watched folders and what waits in them. Folders are chosen here and files go by ids: the web side knows no path it could ask for.

use super::{Answer, TheDesk, ask};
use desk::view::{FolderView, Locale, PageProgress, RunOutcome, TrayView};
use desk::{DossierId, FolderDone};
use tauri::AppHandle;
use tauri::ipc::Channel;
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn folders(desk: TheDesk<'_>) -> Answer<Vec<FolderView>> {
    ask(&desk, desk::Desk::folders).await
}

/// Nothing changes where the person chose no folder.
#[tauri::command]
pub(crate) async fn pick_folder(app: AppHandle, desk: TheDesk<'_>) -> Answer<Vec<FolderView>> {
    let title = match desk.station().locale {
        Locale::Vi => "Chọn thư mục mà máy quét lưu tệp vào",
        Locale::En => "Choose the folder that the machine scans into",
    };
    let dialog = app.dialog().file().set_title(title);
    ask(&desk, move |desk| {
        let folder = dialog.blocking_pick_folder().and_then(|folder| folder.into_path().ok());
        match folder {
            Some(folder) => desk.add_folder(&folder),
            None => desk.folders(),
        }
    })
    .await
}

#[tauri::command]
pub(crate) async fn set_folder_done(desk: TheDesk<'_>, id: String, done: FolderDone) -> Answer<Vec<FolderView>> {
    ask(&desk, move |desk| desk.set_folder_done(&id, done)).await
}

#[tauri::command]
pub(crate) async fn forget_folder(desk: TheDesk<'_>, id: String) -> Answer<Vec<FolderView>> {
    ask(&desk, move |desk| desk.forget_folder(&id)).await
}

#[tauri::command]
pub(crate) async fn tray(desk: TheDesk<'_>) -> Answer<TrayView> {
    ask(&desk, desk::Desk::tray).await
}

#[tauri::command]
pub(crate) async fn take_incoming(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    files: Vec<String>,
    progress: Channel<PageProgress>,
) -> Answer<RunOutcome> {
    ask(&desk, move |desk| desk.take_incoming(id, component, &files, &mut |page| drop(progress.send(page)))).await
}
