//! The outbox and the central system.

use super::{Answer, TheDesk, ask};
use desk::CommandId;
use desk::view::{OutboxItemView, SyncView};

#[tauri::command]
pub(crate) async fn sync_state(desk: TheDesk<'_>) -> Answer<SyncView> {
    ask(&desk, desk::Desk::sync_state).await
}

#[tauri::command]
pub(crate) async fn outbox(desk: TheDesk<'_>) -> Answer<Vec<OutboxItemView>> {
    ask(&desk, desk::Desk::outbox).await
}

#[tauri::command]
pub(crate) async fn sync_now(desk: TheDesk<'_>) -> Answer<SyncView> {
    let synced = desk.sync_now().await.and_then(|_| desk.sync_state());
    synced.map_err(|error| desk.explain(&error))
}

#[tauri::command]
pub(crate) async fn outbox_retry(desk: TheDesk<'_>, id: CommandId) -> Answer<SyncView> {
    desk.outbox_retry(id).await.map_err(|error| desk.explain(&error))
}
