//! The queue before the counter.

use super::{Answer, TheDesk, ask};
use desk::view::{DossierView, QueueView, TicketTaken};
use desk::{DossierId, TicketStep};

#[tauri::command]
pub(crate) async fn queue(desk: TheDesk<'_>) -> Answer<QueueView> {
    ask(&desk, desk::Desk::queue_view).await
}

#[tauri::command]
pub(crate) async fn take_ticket(desk: TheDesk<'_>, priority: bool) -> Answer<TicketTaken> {
    ask(&desk, move |desk| desk.take_ticket(priority)).await
}

#[tauri::command]
pub(crate) async fn add_ticket(desk: TheDesk<'_>, text: String, priority: bool) -> Answer<QueueView> {
    ask(&desk, move |desk| desk.add_ticket(&text, priority)).await
}

#[tauri::command]
pub(crate) async fn call_next(desk: TheDesk<'_>) -> Answer<QueueView> {
    ask(&desk, desk::Desk::call_next).await
}

#[tauri::command]
pub(crate) async fn call_ticket(desk: TheDesk<'_>, text: String) -> Answer<QueueView> {
    ask(&desk, move |desk| desk.call_ticket(&text)).await
}

#[tauri::command]
pub(crate) async fn step_ticket(desk: TheDesk<'_>, text: String, step: TicketStep) -> Answer<QueueView> {
    ask(&desk, move |desk| desk.step_ticket(&text, step)).await
}

#[tauri::command]
pub(crate) async fn set_ticket(desk: TheDesk<'_>, id: DossierId, text: String) -> Answer<DossierView> {
    ask(&desk, move |desk| desk.set_ticket(id, &text)).await
}

#[tauri::command]
pub(crate) async fn set_queue_prefix(desk: TheDesk<'_>, text: String) -> Answer<QueueView> {
    ask(&desk, move |desk| desk.set_queue_prefix(&text)).await
}
