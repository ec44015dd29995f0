//! Stacks of many dossiers: taken in, split, given by hand, taken back.

use super::{Answer, TheDesk, ask};
use crate::events::Drops;
use desk::view::{MixedRow, MixedStep, MixedTaken, MixedView, ScanRequest};
use desk::{BlankPolicy, DossierId, PageId, StackId};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

#[tauri::command]
pub(crate) async fn mixed_stacks(desk: TheDesk<'_>) -> Answer<Vec<MixedRow>> {
    ask(&desk, desk::Desk::mixed_stacks).await
}

#[tauri::command]
pub(crate) async fn mixed_stack(desk: TheDesk<'_>, stack: StackId) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.mixed_stack(stack)).await
}

#[tauri::command]
pub(crate) async fn scan_mixed(
    desk: TheDesk<'_>,
    request: ScanRequest,
    covers: Option<u32>,
    progress: Channel<MixedStep>,
) -> Answer<MixedTaken> {
    ask(&desk, move |desk| desk.scan_mixed(&request, covers, &mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn pick_mixed(
    app: AppHandle,
    desk: TheDesk<'_>,
    covers: Option<u32>,
    progress: Channel<MixedStep>,
) -> Answer<MixedTaken> {
    let title = match desk.station().locale {
        desk::view::Locale::Vi => "Chọn tệp quét của xấp lẫn nhiều hồ sơ",
        desk::view::Locale::En => "Choose the scanned files of a mixed stack",
    };
    let kinds = ["jpg", "jpeg", "png", "tif", "tiff", "pdf"];
    let dialog = app.dialog().file().set_title(title).add_filter("JPEG, PNG, TIFF, PDF", &kinds);
    ask(&desk, move |desk| {
        let picked = dialog.blocking_pick_files().unwrap_or_default();
        let files: Vec<_> = picked.into_iter().filter_map(|file| file.into_path().ok()).collect();
        desk.take_mixed(&files, covers, &mut |step| drop(progress.send(step)))
    })
    .await
}

#[tauri::command]
pub(crate) async fn mixed_dropped(
    desk: TheDesk<'_>,
    drops: State<'_, Drops>,
    drop: u32,
    covers: Option<u32>,
    progress: Channel<MixedStep>,
) -> Answer<MixedTaken> {
    let files = drops.take(drop);
    ask(&desk, move |desk| desk.take_mixed(&files, covers, &mut |step| std::mem::drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn read_mixed(desk: TheDesk<'_>, stack: StackId, progress: Channel<MixedStep>) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.read_mixed(stack, &mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn split_mixed(
    desk: TheDesk<'_>,
    stack: StackId,
    blank: BlankPolicy,
    reason: String,
) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.split_mixed(stack, blank, &reason)).await
}

#[tauri::command]
pub(crate) async fn undo_split(desk: TheDesk<'_>, stack: StackId) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.undo_split(stack).and_then(|_| desk.mixed_stack(stack))).await
}

#[tauri::command]
pub(crate) async fn give_loose(
    desk: TheDesk<'_>,
    pages: Vec<PageId>,
    dossier: DossierId,
    component: u32,
) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.give_loose(&pages, dossier, component)).await
}

#[tauri::command]
pub(crate) async fn set_loose_aside(desk: TheDesk<'_>, pages: Vec<PageId>, aside: bool) -> Answer<MixedView> {
    ask(&desk, move |desk| desk.set_loose_aside(&pages, aside)).await
}
