//! Scanners lent to other counters.

use super::{Answer, TheDesk, ask};
use desk::view::SharesView;

#[tauri::command]
pub(crate) async fn shares(desk: TheDesk<'_>) -> Answer<SharesView> {
    ask(&desk, desk::Desk::shares).await
}

#[tauri::command]
pub(crate) async fn share_scanner(desk: TheDesk<'_>, device: String, on: bool) -> Answer<SharesView> {
    ask(&desk, move |desk| desk.share_scanner(&device, on)).await
}

#[tauri::command]
pub(crate) async fn renew_share(desk: TheDesk<'_>, device: String) -> Answer<SharesView> {
    ask(&desk, move |desk| desk.renew_share(&device)).await
}
