//! Finding dossiers again.

use super::{Answer, TheDesk, ask};
use desk::view::{BulkMove, BulkView, CodeRead, ListCounts, SearchView, TodayView, WorkList};
use desk::{DossierId, EventKind};

#[tauri::command]
pub(crate) async fn today(desk: TheDesk<'_>) -> Answer<TodayView> {
    ask(&desk, desk::Desk::today_view).await
}

#[tauri::command]
pub(crate) async fn search(desk: TheDesk<'_>, text: String, limit: u32) -> Answer<SearchView> {
    ask(&desk, move |desk| desk.search(&text, limit)).await
}

#[tauri::command]
pub(crate) async fn read_code(desk: TheDesk<'_>, text: String) -> Answer<CodeRead> {
    ask(&desk, move |desk| desk.read_code(&text)).await
}

#[tauri::command]
pub(crate) async fn work_list(desk: TheDesk<'_>, list: WorkList, limit: u32) -> Answer<SearchView> {
    ask(&desk, move |desk| desk.work_list(list, limit)).await
}

#[tauri::command]
pub(crate) async fn list_counts(desk: TheDesk<'_>) -> Answer<ListCounts> {
    ask(&desk, desk::Desk::list_counts).await
}

#[tauri::command]
pub(crate) async fn bulk_moves(desk: TheDesk<'_>, ids: Vec<DossierId>) -> Answer<Vec<BulkMove>> {
    ask(&desk, move |desk| desk.bulk_moves(&ids)).await
}

#[tauri::command]
pub(crate) async fn move_many(
    desk: TheDesk<'_>,
    ids: Vec<DossierId>,
    step: EventKind,
    reason: String,
) -> Answer<BulkView> {
    ask(&desk, move |desk| desk.move_many(&ids, step, &reason)).await
}
