//! Finding dossiers again.

use super::{Answer, TheDesk, ask};
use desk::view::{SearchView, TodayView, WorkList};

#[tauri::command]
pub(crate) async fn today(desk: TheDesk<'_>) -> Answer<TodayView> {
    ask(&desk, desk::Desk::today_view).await
}

#[tauri::command]
pub(crate) async fn search(desk: TheDesk<'_>, text: String, limit: u32) -> Answer<SearchView> {
    ask(&desk, move |desk| desk.search(&text, limit)).await
}

#[tauri::command]
pub(crate) async fn work_list(desk: TheDesk<'_>, list: WorkList) -> Answer<SearchView> {
    ask(&desk, move |desk| desk.work_list(list)).await
}
