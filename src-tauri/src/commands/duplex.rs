//! Both sides by a scanner that sees one: fronts, the stack turned, backs, joined.

use super::{Answer, TheDesk, ask};
use desk::view::{DossierView, DuplexPass, DuplexView, MixedStep, ScanRequest};
use desk::{DossierId, Joining, StackId};
use tauri::ipc::Channel;

#[tauri::command]
pub(crate) async fn duplex(desk: TheDesk<'_>, stack: StackId) -> Answer<DuplexView> {
    ask(&desk, move |desk| desk.duplex(stack)).await
}

#[tauri::command]
pub(crate) async fn scan_fronts(
    desk: TheDesk<'_>,
    id: DossierId,
    component: u32,
    request: ScanRequest,
    progress: Channel<MixedStep>,
) -> Answer<DuplexPass> {
    ask(&desk, move |desk| desk.scan_fronts(id, component, &request, &mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn scan_backs(
    desk: TheDesk<'_>,
    stack: StackId,
    request: ScanRequest,
    again: bool,
    progress: Channel<MixedStep>,
) -> Answer<DuplexPass> {
    ask(&desk, move |desk| desk.scan_backs(stack, &request, again, &mut |step| drop(progress.send(step)))).await
}

#[tauri::command]
pub(crate) async fn join_duplex(desk: TheDesk<'_>, stack: StackId, joining: Option<Joining>) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.join_duplex(stack, joining)).await
}
